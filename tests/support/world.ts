import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { doorOf, lockOf } from '#crypto/door.server.ts'
import { openProvider } from '#crypto/provider.server.ts'
import type { SuiteName } from '#crypto/suite.server.ts'
import { idOf, loadTree } from '#demo/loadTree.server.ts'
import type { OrgSeed, Tier } from '#demo/tree.ts'
import { unwatched } from '#health/probe.server.ts'
import type { Role } from '#identity/api.ts'
import { openHasher } from '#identity/hasher.server.ts'
import { noWayOut } from '#notify/open.server.ts'
import { findProgramme, programmes } from '#programmes/index.ts'
import { openSheets } from '#paper/sheet/port.server.ts'
import { readCatalogue } from '#server/boot.server.ts'
import { intakes } from '#server/intakes.server.ts'
import { onConnection, rolledBack, type Db, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { sheetWorker } from './embedded-worker.ts'

/** The cryptographic profile of tests that name none; JINGUO_SUITE=gm plays all of them under the other. */
export const suiteOfRun: SuiteName = process.env['JINGUO_SUITE'] === 'gm' ? 'gm' : 'intl'

/** Business date of the world; nothing that is entered may lie after it. */
export const today = '2020-04-16'

type Unit = [code: string, tier: Tier, parent: string | null, more?: Pick<OrgSeed, 'view' | 'moves'>]

/**
 * City, three districts (D3 has nothing below), two industry unions, three sub-districts and eight grassroots units.
 * U1 and U2 are siblings, U3 their cousin; U4 and U8 report straight to district and industry; U6 hangs in both lines
 * (reports to I1, seen by S1 and D1); U7 went from S2 of D1 to S3 of D2 in July 2019.
 */
const units: Unit[] = [
  ['C', 'city', null],
  ['D1', 'district', 'C'],
  ['D2', 'district', 'C'],
  ['D3', 'district', 'C'],
  ['I1', 'industry', 'C'],
  ['I2', 'industry', 'C'],
  ['S1', 'subdistrict', 'D1'],
  ['S2', 'subdistrict', 'D1'],
  ['S3', 'subdistrict', 'D2'],
  ['U1', 'grassroots', 'S1'],
  ['U2', 'grassroots', 'S1'],
  ['U3', 'grassroots', 'S2'],
  ['U4', 'grassroots', 'D1'],
  ['U5', 'grassroots', 'S3'],
  ['U6', 'grassroots', 'I1', { view: 'S1' }],
  ['U7', 'grassroots', 'S2', { moves: [{ fromYm: 201907, parent: 'S3' }] }],
  ['U8', 'grassroots', 'I2'],
]

export const orgCodes = units.map(([code]) => code)

const seedOf = ([code, tier, parent, more]: Unit): OrgSeed => ({
  code,
  parent,
  tier,
  name: `示例${code}工会`,
  shortName: `示例${code}`,
  orgType: '独立基层',
  workers: 100,
  womenWorkers: 40,
  members: 90,
  womenMembers: 35,
  committee: null,
  ...more,
})

/** A person in one post with an open session. */
export type Person = {
  name: string
  token: string
  accountId: string
  personId: string
  postId: string
  role: Role
  org: string
}

/** Everybody: two cadres a unit (`U1`, `U1b`), and the posts without a unit's work. `D1x` is U4's cadre in a second post. */
function people(): Omit<Person, 'token' | 'accountId' | 'personId' | 'postId'>[] {
  const cadres = units.flatMap(([org]) =>
    ['', 'b'].map((suffix) => ({ name: org + suffix, role: 'cadre' as const, org })),
  )
  const others: [string, Role, string][] = [
    ['leader', 'leader', 'C'],
    ['leaderD1', 'leader', 'D1'],
    ['worker', 'worker', 'U1'],
    ['handler', 'handler', 'C'],
    ['systemAdmin', 'systemAdmin', 'C'],
    ['securityAdmin', 'securityAdmin', 'C'],
    ['auditAdmin', 'auditAdmin', 'C'],
    ['service', 'service', 'C'],
    ['D1x', 'cadre', 'D1'],
  ]
  return [...cadres, ...others.map(([name, role, org]) => ({ name, role, org }))]
}

/** The loaded world. `deps.db` is what the server uses: inside `trial` the trial's transaction. */
export type World = {
  deps: Deps
  ids: ReadonlyMap<string, number>
  org(code: string): number
  person(name: string): Person
  /** Runs `work` in a transaction of the owner of the schema that is rolled back; the server runs inside it. */
  trial(work: (tx: Tx) => Promise<void>): Promise<void>
}

const insert = (table: string, list: readonly object[]) =>
  sql`INSERT INTO ${sql.raw(`app.${table}`)} SELECT * FROM jsonb_populate_recordset(NULL::${sql.raw(`app.${table}`)}, ${JSON.stringify(list)}::jsonb)`

/** Loads the world as owner of the schema through the loader of the demo tree, and commits it. */
export async function loadWorld(owner: Db, db: Db = owner, suite = suiteOfRun): Promise<World> {
  return (await loadWorlds(owner, db, suite))()
}

/** The same; each call of what it gives is a world over the same rows, with dependencies of its own. */
export async function loadWorlds(owner: Db, db: Db = owner, suite = suiteOfRun): Promise<() => World> {
  const persons = people().map((p, i): Person => {
    const accountId = p.name === 'D1x' ? idOf(2, 2 * orgCodes.indexOf('U4')) : idOf(2, i)
    return {
      ...p,
      token: `token-of-${p.name}`.padEnd(32, '-'),
      accountId,
      personId: accountId,
      postId: idOf(3, i),
    }
  })
  const crypto = openProvider(new Uint8Array(32).fill(7), suite)
  const { inside, outside } = lockOf(crypto)
  const ids = await onConnection(owner, async (tx) => {
    const tree = await loadTree(tx, units.map(seedOf), today)
    const own = persons.filter((p) => p.name !== 'D1x')
    await insert('account', own.map(accountRow)).execute(tx)
    await insert(
      'post',
      persons.map((p) => postRow(p, tree.ids.get(p.org)!)),
    ).execute(tx)
    await insert('session', persons.map(sessionRow)).execute(tx)
    await sql`INSERT INTO app.setting VALUES ('mode', 'demo'), ('startedOn', ${today}), ('openYear', '2020')`.execute(
      tx,
    )
    await sql`SELECT app.fit_door(${inside}, ${outside})`.execute(tx)
    return tree.ids
  })
  const base: Deps = {
    db,
    crypto,
    door: doorOf(crypto),
    anchors: null,
    files: null,
    sheets: openSheets(await sheetWorker()),
    intakes,
    waysOut: noWayOut,
    catalogue: await readCatalogue(db),
    programmes,
    findProgramme,
    mode: 'demo',
    oidc: null,
    filing: null,
    hasher: openHasher(new Uint8Array(32).fill(8), { memoryCost: 64, timeCost: 1, parallelism: 1 }),
    passwordProfile: 'asvs',
    exportAlone: 100,
    today: () => today,
    publicUrl: 'http://127.0.0.1:3000',
    engine: { name: '测试', promise: '测试' },
    probe: unwatched,
    nudge: () => undefined,
  }
  return () => {
    const deps = { ...base }
    return {
      deps,
      ids,
      org: (code) => must(ids.get(code), code),
      person: (name) =>
        must(
          persons.find((p) => p.name === name),
          name,
        ),
      trial: (work) =>
        rolledBack(db, async (tx) => {
          deps.db = tx
          try {
            await work(tx)
          } finally {
            deps.db = db
          }
        }),
    }
  }
}

function must<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`the world has no ${name}`)
  return value
}

const accountRow = (p: Person) => ({
  id: p.accountId,
  person_id: p.personId,
  login: p.name,
  name: `演示${p.name}`,
  title: '演示',
  pitch: null,
  is_demo: true,
  disabled_at: null,
})

const postRow = (p: Person, orgId: number) => ({
  id: p.postId,
  account_id: p.accountId,
  org_id: orgId,
  role: p.role,
  from_on: '2018-01-01',
  until_on: null,
})

const sessionRow = (p: Person) => ({
  token_hash: `\\x${createHash('sha256').update(p.token).digest('hex')}`,
  account_id: p.accountId,
  post_id: p.postId,
  is_demo: true,
  id: p.postId,
  aal: 2,
  factor_at: null,
  is_password_due: false,
  device: '',
  created_at: new Date(),
  seen_at: new Date(),
  expires_at: new Date(Date.now() + 12 * 3_600_000),
})
