import { sql } from 'kysely'
import { contributions } from '#kit/contribution.ts'
import type { AnyRow } from '#kit/programme.ts'
import { validate } from '#kit/validate.ts'
import { addDays, monthOf } from '#kit/day.ts'
import { openWork, closeWork, type UnitOfWork } from '#audit/unitOfWork.server.ts'
import { openProvider } from '#crypto/provider.server.ts'
import { seeded, type Random } from '#demo/random.ts'
import { actorOfToken, demoAssurance, openSession } from '#identity/session.server.ts'
import { moveOrg } from '#org/move.server.ts'
import type { Tier } from '#org/api.ts'
import { careRoom } from '#programmes/careRoom/definition.ts'
import { actOn, getRecord } from '#record/act.server.ts'
import { amendRecord } from '#record/amend.server.ts'
import { createRecords } from '#record/create.server.ts'
import { countedIn, type RecordState } from '#record/workflow.ts'
import { makeDeps } from '#server/boot.server.ts'
import { inTransaction, wholeTree, type Db, type Tx } from '#server/database.server.ts'
import { identityContext, type Deps } from '#server/deps.server.ts'
import { lineAt, moved, type Edge, type Fact, type Sheet } from '../support/oracle.ts'

export const todayOn = '2020-12-16'
export const todayYm = monthOf(todayOn)
/** Flows and stocks, the latter with entries, exits and exits still to come. */
export const programme = careRoom
export const codes = Object.keys(careRoom.indicators)
const stocks = new Set(codes.filter((c) => careRoom.indicators[c]!.nature === 'stock'))

type Filed = { id: string; org: number; row: AnyRow; state: RecordState }

/** A small tree with two persons in each unit, worked on by the functions that the server calls. */
export type Town = {
  db: Db
  deps: Deps
  random: Random
  units: number[]
  edges: Edge[]
  records: Filed[]
  openYear: number
}

const uuid = (kind: number, n: number): string =>
  `00000000-0000-7000-8${String(kind).padStart(3, '0')}-${String(n).padStart(12, '0')}`
const segOf = (id: number): string => id.toString(36).toUpperCase().padStart(4, '0')
const tiersByDepth: Tier[] = ['city', 'district', 'subdistrict', 'grassroots', 'branch']

/** The sheet of the oracle: what the records of the town must add up to. */
export function sheetOf(town: Town): Sheet {
  const facts: Fact[] = town.records.flatMap(({ org, row, state }) =>
    countedIn(state).flatMap((s) =>
      contributions(careRoom, row).map((c) => ({
        org,
        indicator: c.indicator,
        stock: stocks.has(c.indicator),
        ym: c.ym,
        state: s,
        value: c.value,
      })),
    ),
  )
  return { units: town.units, edges: town.edges, facts }
}

const insert = (table: string, list: object[]) =>
  sql`INSERT INTO ${sql.raw(`app.${table}`)} SELECT * FROM jsonb_populate_recordset(NULL::${sql.raw(`app.${table}`)}, ${JSON.stringify(list)}::jsonb)`

/** Empties a database and settles a new town of `size` units in it, of depth four at most, some of them viewed by another line. */
export async function settle(db: Db, seed: number, size: number): Promise<Town> {
  const random = seeded(seed)
  await sql`TRUNCATE app.org, app.ledger, app.rollup, app.rollup_delta, app.audit, app.audit_head, app.account, app.setting, app.idempotency, app.org_closure CASCADE`.execute(
    db,
  )
  const units = Array.from({ length: size }, (_, i) => i + 1)
  let edges: Edge[] = []
  const depthOf = (u: number) => lineAt(edges, u, 0).length - 1
  for (const child of units.slice(1)) {
    const parents = units.filter((u) => u < child && depthOf(u) < 4)
    edges.push({ child, parent: child <= 4 ? 1 : random.pick(parents), line: 1, fromYm: 0, toYm: 999912 })
  }
  if (random.chance(0.7)) {
    const child = random.int(4, size)
    const others = units.filter(
      (u) => !lineAt(edges, u, 0).includes(child) && !lineAt(edges, child, 0).includes(u),
    )
    if (others.length > 0)
      edges = moved(edges, child, random.pick(others), 2, random.chance(0.5) ? 0 : 201904)
  }
  const org = (id: number) => ({
    id,
    org_code: `T${id}`,
    seg: segOf(id),
    scope_code: `~${id}`,
    district_id: id,
    tier: tiersByDepth[depthOf(id)],
    org_type: '基层工会',
    name: `演示工会${id}`,
    short_name: `工会${id}`,
    name_sort: `${id}`,
    workers: 0,
    women_workers: 0,
    members: 0,
    women_members: 0,
  })
  const people = units.flatMap((u) => [0, 1].map((n) => ({ u, id: uuid(1, u * 10 + n), n })))
  await insert('org', units.map(org)).execute(db)
  await insert(
    'org_edge',
    edges.map((e) => ({
      child_id: e.child,
      parent_id: e.parent,
      line: e.line,
      from_ym: e.fromYm,
      to_ym: e.toYm,
    })),
  ).execute(db)
  await insert(
    'account',
    people.map(({ id, u, n }) => ({
      id,
      person_id: id,
      login: `p${u}-${n}`,
      name: `演示人员${u}-${n}`,
      title: '女工干部',
      is_demo: true,
    })),
  ).execute(db)
  await insert(
    'post',
    people.map(({ id, u }) => ({ id, account_id: id, org_id: u, role: 'cadre', from_on: '2018-01-01' })),
  ).execute(db)
  await sql`INSERT INTO app.setting VALUES ('mode', 'demo'), ('startedOn', '2020-01-01'), ('openYear', '2018')`.execute(
    db,
  )
  await sql`SELECT app.rebuild_closure(${units}::int[]), app.refresh_paths(${units}::int[], ${todayYm}::int)`.execute(
    db,
  )
  const deps = await makeDeps({
    db,
    crypto: openProvider(Buffer.alloc(32, 7)),
    fixedToday: todayOn,
    publicUrl: '',
    engine: { name: '', promise: '' },
    nudge: () => undefined,
  })
  return { db, deps, random, units, edges, records: [], openYear: 2018 }
}

const tokens = new WeakMap<Town, Map<string, string>>()

/** One request of a unit's first (0) or second (1) person: context, work, audit and books in one transaction. */
export async function asCadre<T>(
  town: Town,
  org: number,
  n: 0 | 1,
  work: (tx: Tx, unit: UnitOfWork) => Promise<T>,
): Promise<T> {
  const known = tokens.get(town) ?? new Map<string, string>()
  tokens.set(town, known)
  const account = uuid(1, org * 10 + n)
  const token =
    known.get(account) ??
    (await inTransaction(town.db, identityContext(town.deps), (tx) =>
      openSession(tx, account, demoAssurance()),
    ))!
  known.set(account, token)
  const actor = (await actorOfToken(town.db, token, 'test'))!
  return inTransaction(town.db, { scopeCode: actor.org.scopeCode, token }, async (tx) => {
    const unit = openWork(actor)
    const result = await work(tx, unit)
    await closeWork(tx, unit, town.deps.crypto)
    return result
  })
}

let serial = 0
/** A care room built on a random day up to today, opened, listed and perhaps closed again. */
export function randomBody(random: Random): AnyRow {
  const builtOn = addDays('2018-01-01', random.int(0, 1079))
  const later = (from: string) => addDays(from, random.int(0, 300))
  const [openOn, listedOn] = [later(builtOn), later(builtOn)]
  return {
    title: `第${++serial}号室`,
    grade: '台账',
    form: '室',
    builtOn,
    area: 12,
    address: '演示路 1 号',
    hours: '工作日',
    fathersWelcome: true,
    stepFree: true,
    coveredWomen: random.int(0, 90),
    ...(random.chance(0.3) ? { delistedOn: later(later(builtOn)) } : {}),
    intervals: [
      { attribute: '对外开放', fromOn: openOn, ...(random.chance(0.4) ? { untilOn: later(openOn) } : {}) },
      {
        attribute: '高德上线',
        fromOn: listedOn,
        ...(random.chance(0.4) ? { untilOn: later(listedOn) } : {}),
      },
    ],
  }
}

const rowOf = (body: AnyRow): AnyRow => {
  const { row, issues } = validate(careRoom, body, todayOn)
  if (row === null) throw new Error(JSON.stringify(issues))
  return row
}

/** Enters and submits a record of a unit. */
export async function enter(town: Town, org: number, body: AnyRow = randomBody(town.random)): Promise<Filed> {
  const [made] = await asCadre(town, org, 0, (tx, work) =>
    createRecords(town.deps, tx, work, careRoom, [{ body, warningNote: '已核对' }]),
  )
  const filed: Filed = { id: made!.id, org, row: rowOf(body), state: 'submitted' }
  town.records.push(filed)
  return filed
}

type Turn = { turn_of: number; version: number; tier: Tier }
const turnOf = (town: Town, id: string): Promise<Turn> =>
  inTransaction(town.db, wholeTree, async (tx) => {
    const found =
      await sql<Turn>`SELECT r.turn_of, r.version, o.tier FROM app.record r LEFT JOIN app.org o ON o.id = r.turn_of
      WHERE r.id = ${id}::uuid`.execute(tx)
    return found.rows[0]!
  })

/** Passes a submitted record up from whoever's turn it is until it is accepted. */
export async function accept(town: Town, filed: Filed): Promise<void> {
  for (;;) {
    const { turn_of, version, tier } = await turnOf(town, filed.id)
    const accepting = tier === 'city' || tier === 'district'
    const done = await asCadre(town, turn_of, 1, (tx, work) =>
      actOn(town.deps, tx, work, careRoom, filed.id, { action: accepting ? 'accept' : 'pass', version }),
    )
    if (!accepting) continue
    filed.state = done.state as RecordState
    return
  }
}

export async function withdraw(town: Town, filed: Filed): Promise<void> {
  const { version } = await turnOf(town, filed.id)
  await asCadre(town, filed.org, 0, (tx, work) =>
    actOn(town.deps, tx, work, careRoom, filed.id, { action: 'withdraw', version }),
  )
  filed.state = 'withdrawn'
}

/** Replaces the values of a record, as an accepted correction does; its month may change. */
export async function correct(
  town: Town,
  filed: Filed,
  body: AnyRow = randomBody(town.random),
): Promise<void> {
  const row = rowOf(body)
  await asCadre(town, filed.org, 0, async (tx, work) => {
    const before = await getRecord(tx, work.actor, careRoom, filed.id)
    await amendRecord(town.deps, tx, work, careRoom, before, row, { action: 'correct', reason: '测试' })
  })
  filed.row = row
}

/** The city moves a unit; the sheet of the oracle follows. */
export async function move(
  town: Town,
  child: number,
  parent: number | null,
  line: 1 | 2,
  fromYm: number,
): Promise<void> {
  await asCadre(town, 1, 0, (tx, work) =>
    moveOrg(tx, work, child, { line, parentId: parent, fromYm, docNo: '测试' }, todayOn),
  )
  town.edges = moved(town.edges, child, parent, line, fromYm)
}

/** Opens the next year. */
export async function openNextYear(town: Town): Promise<void> {
  await sql`SELECT app.open_year(${town.openYear + 1}::int)`.execute(town.db)
  town.openYear++
}
