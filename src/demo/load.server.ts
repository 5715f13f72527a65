import { sql } from 'kysely'
import { randomId, type CryptoProvider } from '#crypto/provider.server.ts'
import { addDays, monthOf, realToday } from '#kit/day.ts'
import { validate } from '#kit/validate.ts'
import { closeWork, openWork, type UnitOfWork } from '#audit/unitOfWork.server.ts'
import { foldAll } from '#figures/fold.server.ts'
import { demoPlanTexts } from '#figures/summary/texts.ts'
import type { Actor } from '#identity/actor.ts'
import { findProgramme } from '#programmes/index.ts'
import { enterChange } from '#record/books.server.ts'
import { historyOf, spineOf } from '#record/create.server.ts'
import type { FileStore } from '#record/evidence/store.server.ts'
import { insertSpines, insertTyped, type HistoryLine, type Loaded } from '#record/rows.server.ts'
import { classNumber, type Spine } from '#record/spine.ts'
import { acceptingUnit, turns } from '#record/turns.ts'
import { demoToday, readCatalogue } from '#server/boot.server.ts'
import { onConnection, rows, transact, type Db, type Tx } from '#server/database.server.ts'
import type { Catalogue } from '#server/deps.server.ts'
import { demoRecords } from './records.ts'
import type { DemoRecord } from './year/record.ts'
import { seeded } from './random.ts'
import { demoTree } from './tree.ts'
import { loadEnterprises } from './loadEnterprises.server.ts'
import { loadMembers } from './loadMembers.server.ts'
import { loadCertificates } from './loadCertificates.server.ts'
import { loadAssessment } from './loadAssessment.server.ts'
import { loadInspections } from './loadContracts.server.ts'
import { loadRatings } from './loadRatings.server.ts'
import { loadRooms } from './loadRooms.server.ts'
import { loadCare } from './loadCare.server.ts'
import { loadEarlier } from './loadEarlier.server.ts'
import { loadHonours } from './loadHonours.server.ts'
import { loadPlans } from './loadPlans.server.ts'
import { loadStatutory } from './loadStatutory.server.ts'
import { loadTasks } from './loadTasks.server.ts'
import { loadVoices } from './loadVoices.server.ts'
import { idOf, loadPeople, loadTree, type LoadedTree } from './loadTree.server.ts'

const chunk = 1000
type Keep = { crypto: CryptoProvider; files: FileStore | null; catalogue: Catalogue }

/**
 * Makes a database a demo: tree, people and the demo year, through the same functions that live records pass.
 * `files` takes what hangs on it, where files are kept at all. Loads as owner of the schema in one transaction, then folds with the app login, as the server does.
 * @throws Error when the database already holds a tree
 */
export async function loadDemo(
  owner: Db,
  app: Db,
  crypto: CryptoProvider,
  files: FileStore | null,
  progress: (text: string) => void,
): Promise<void> {
  const catalogue = await readCatalogue(owner)
  await onConnection(owner, (connection) =>
    transact(connection, `BEGIN; SET LOCAL app.scope=''; SET LOCAL app.scope_end='~'`, async (tx) => {
      const [used] = await rows<{ n: number }>(tx, sql`SELECT count(*) AS n FROM app.org`)
      if (used!.n > 0) throw new Error('数据库中已有组织，演示数据只能装入空库')
      progress('正在建立演示组织树…')
      const seeds = demoTree()
      const tree = await loadTree(tx, seeds, demoToday)
      await loadPeople(tx, seeds, tree)
      await settings(tx, crypto)
      progress(`已登记演示用人单位 ${await loadEnterprises(tx, seeds, tree)} 家`)
      progress(`已登记演示会员 ${await loadMembers(tx, crypto, seeds, tree)} 人`)
      await loadYear(tx, { crypto, files, catalogue }, tree, demoRecords(seeds), progress)
    }),
  )
  progress('正在汇总…')
  await foldAll(app, 50_000)
  await sql`ANALYZE`.execute(owner)
}

async function settings(tx: Tx, crypto: CryptoProvider): Promise<void> {
  await sql`INSERT INTO app.setting VALUES ('mode', 'demo'), ('startedOn', ${realToday()}), ('installation', ${randomId()}), ('crypto', ${crypto.profile}), ('openYear', ${demoToday.slice(0, 4)})`.execute(
    tx,
  )
}

async function loadYear(
  tx: Tx,
  { crypto, files, catalogue }: Keep,
  tree: LoadedTree,
  list: DemoRecord[],
  progress: (text: string) => void,
): Promise<void> {
  const work = openWork(loader(tree))
  const random = seeded(2019)
  const places = await placesOf(tx, tree, list)
  await loadTexts(tx, tree)
  const drafts = list.filter((d) => d.state === 'draft')
  for (const [n, d] of drafts.entries()) await insertDraft(tx, catalogue, tree, d, idOf(7, n))
  const filed = list.map((d, n) => ({ d, n })).filter(({ d }) => d.state !== 'draft')
  for (const programme of new Set(filed.map(({ d }) => d.programme))) {
    const own = filed.filter(({ d }) => d.programme === programme)
    for (let at = 0; at < own.length; at += chunk) {
      const part = own
        .slice(at, at + chunk)
        .map(({ d, n }) => file(catalogue, tree, places, d, idOf(6, n), random))
      insertSpines(
        tx,
        part.map((p) => p.loaded.spine),
      )
      insertTyped(
        tx,
        findProgramme(programme)!,
        part.map((p) => p.loaded),
        part.flatMap((p) => p.history),
      )
      for (const p of part) await enter(tx, catalogue, tree, work, p)
    }
    progress(`已装入 ${findProgramme(programme)!.label} ${own.length} 条`)
  }
  const districts = new Set([tree.rootId, ...[...places.values()].map((p) => p.district_id)])
  for (const districtId of districts) work.audit({ districtId, action: 'demo.load', object: 'demo:2019' })
  await loadTasks({ catalogue, today: () => demoToday }, tx, work)
  await closeWork(tx, work, crypto)
  // Targets are shared out by figures of the year, which stand in the books only now.
  const plans = openWork(loader(tree))
  await loadPlans({ catalogue, today: () => demoToday }, tx, plans)
  await loadAssessment(tx, plans)
  await loadStatutory(tx, plans)
  await loadCertificates(tx, crypto, plans)
  await loadRooms(tx, plans)
  await loadHonours(tx, plans)
  await loadRatings(tx)
  await loadCare(tx, crypto, catalogue, files)
  await loadInspections(tx)
  await loadVoices({ crypto, today: () => demoToday }, tx, plans)
  await closeWork(tx, plans, crypto)
  await loadEarlier({ catalogue, today: () => demoToday }, tx, crypto)
}

type Place = Pick<Spine, 'scope_code' | 'view_code' | 'then_code' | 'then_view' | 'district_id'>

const monthAt = (d: DemoRecord): number => {
  const programme = findProgramme(d.programme)!
  return monthOf(String(d.body[programme.dated ?? 'endsOn']))
}

/** Placements of all units and months at once. */
async function placesOf(tx: Tx, tree: LoadedTree, list: readonly DemoRecord[]): Promise<Map<string, Place>> {
  const pairs = [
    ...new Set(
      list.filter((d) => d.state !== 'draft').map((d) => `${tree.ids.get(d.orgCode)} ${monthAt(d)}`),
    ),
  ]
  const found = await rows<Place & { key: string }>(
    tx,
    sql`SELECT p.org || ' ' || p.ym AS key, o.scope_code, o.view_code, string_agg(a.seg, '' ORDER BY c.depth DESC) AS then_code,
      CASE WHEN EXISTS (SELECT FROM app.org_closure v WHERE v.des = o.id AND v.line = 2) THEN app.view_path_at(o.id, p.ym) END AS then_view,
      coalesce((array_agg(c.anc ORDER BY c.depth DESC))[2], (array_agg(c.anc ORDER BY c.depth DESC))[1]) AS district_id
      FROM unnest(${pairs.map((p) => Number(p.split(' ')[0]))}::int[], ${pairs.map((p) => Number(p.split(' ')[1]))}::int[]) p(org, ym)
      JOIN app.org o ON o.id = p.org JOIN app.org_closure c ON c.des = o.id AND c.line < 2 AND c.from_ym <= p.ym AND p.ym < c.to_ym
      JOIN app.org a ON a.id = c.anc GROUP BY p.org, p.ym, o.id`,
  )
  return new Map(found.map(({ key, ...place }) => [key, place]))
}

type Filed = { loaded: Loaded; history: HistoryLine[]; demo: DemoRecord }

/** The record as its owner sent it and its reviewer left it. */
function file(
  catalogue: Catalogue,
  tree: LoadedTree,
  places: Map<string, Place>,
  demo: DemoRecord,
  id: string,
  random: ReturnType<typeof seeded>,
): Filed {
  const programme = findProgramme(demo.programme)!
  const { row, issues } = validate(programme, demo.body, demoToday)
  if (row === null)
    throw new Error(`演示记录无效：${demo.programme} ${JSON.stringify(issues)} ${JSON.stringify(demo.body)}`)
  const orgId = tree.ids.get(demo.orgCode)!
  const line = tree.lines.get(orgId)!
  const accepting = acceptingUnit(line, programme.acceptedBy)
  const enteredOn = demo.enteredOn ?? earlier(addDays(String(row['endsOn']), random.int(1, 20)), demoToday)
  const at = `${enteredOn}T0${random.int(1, 8)}:${String(random.int(10, 59))}:00.000Z`
  const owner = tree.cadres.get(orgId)!
  const spine = spineOf(
    { catalogue },
    row,
    places.get(`${orgId} ${monthAt(demo)}`)!,
    {
      id,
      programme,
      orgId,
      accountId: owner,
      personId: owner,
      enteredOn,
      coHosts: [],
      state: 'submitted',
      turn_of: turns(line, programme.acceptedBy)[0]!.id,
      version: 1,
      warnings: [],
      warning_note: null,
    },
    at,
  )
  const unit = { accountId: owner, org: { id: orgId } }
  const history = [historyOf(spine, unit, 'submit', at)]
  if (demo.state === 'submitted') return { loaded: { spine, row }, history, demo }
  const decidedOn = earlier(addDays(enteredOn, random.int(1, 9)), demoToday)
  const decidedAt = `${decidedOn}T09:${String(random.int(10, 59))}:00.000Z`
  const reviewer = tree.reviewers.get(accepting.id)!
  const last: Spine = {
    ...spine,
    state: demo.state as Spine['state'],
    version: 2,
    turn_of: null,
    updated_at: decidedAt,
  }
  if (demo.state === 'withdrawn') {
    history.push(historyOf(last, unit, 'withdraw', decidedAt))
  } else {
    last.decided_by = reviewer
    last.decided_at = decidedAt
    const action = demo.state === 'accepted' ? 'accept' : 'return'
    const above = { accountId: reviewer, org: { id: accepting.id } }
    history.push(historyOf(last, above, action, decidedAt, { reason: demo.returnRemark?.body ?? null }))
  }
  return { loaded: { spine: last, row }, history, demo }
}

const earlier = (a: string, b: string): string => (a < b ? a : b)

async function enter(
  tx: Tx,
  catalogue: Catalogue,
  tree: LoadedTree,
  work: UnitOfWork,
  { loaded, demo }: Filed,
): Promise<void> {
  const { spine, row } = loaded
  const programme = findProgramme(demo.programme)!
  const counted = (state: Spine['state']) => ({ row: row, state })
  if (spine.state === 'submitted' || spine.state === 'accepted') {
    enterChange(work, catalogue, programme, { ...spine, version: 1 }, null, counted('submitted'))
  }
  if (spine.state === 'accepted')
    enterChange(work, catalogue, programme, spine, counted('submitted'), counted('accepted'))
  if (demo.returnRemark) {
    const reviewer = tree.reviewers.get(
      acceptingUnit(tree.lines.get(spine.org_id)!, programme.acceptedBy).id,
    )!
    await sql`INSERT INTO app.remark VALUES (${spine.district_id}, ${spine.id.replace('-8006-', '-8008-')}::uuid, ${spine.id}::uuid, 2,
      ${demo.returnRemark.field}, ${demo.returnRemark.body}, ${reviewer}::uuid, ${spine.updated_at}::timestamptz, NULL)`.execute(
      tx,
    )
  }
}

async function insertDraft(
  tx: Tx,
  catalogue: Catalogue,
  tree: LoadedTree,
  d: DemoRecord,
  id: string,
): Promise<void> {
  const programme = findProgramme(d.programme)!
  const orgId = tree.ids.get(d.orgCode)!
  await sql`INSERT INTO app.proposal (district_id, id, programme, class, org_id, scope_code, kind, body, owner_id, sequence)
    SELECT o.district_id, ${id}::uuid, ${catalogue.programmeId(d.programme)}, ${classNumber(programme.class)}, o.id, o.scope_code, 'draft',
      ${JSON.stringify(d.body)}::jsonb, ${tree.cadres.get(orgId)!}::uuid, 1 FROM app.org o WHERE o.id = ${orgId}`.execute(
    tx,
  )
}

async function loadTexts(tx: Tx, tree: LoadedTree): Promise<void> {
  await sql`INSERT INTO app.paper (org_id, year, start) VALUES (${tree.rootId}, 2019, ${JSON.stringify(demoPlanTexts)}::jsonb)`.execute(
    tx,
  )
}

/** The loader acts as the service account of the city. */
function loader(tree: LoadedTree): Actor {
  return {
    accountId: tree.service,
    personId: tree.service,
    postId: tree.service,
    name: '系统',
    role: 'service',
    org: {
      id: tree.rootId,
      code: '',
      name: '',
      shortName: '',
      tier: 'city',
      scopeCode: '',
      districtId: tree.rootId,
    },
    aal: 2,
    isPasswordDue: false,
    stepUp: true,
    token: null,
    onBehalf: 'demo loader',
    requestId: 'demo',
  }
}
