import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { inTransaction, rows, type Db, type Tx } from '#server/database.server.ts'
import { enrol, leave } from '#signup/places.server.ts'
import type { EntryState } from '#signup/states.ts'
import type { Native } from './native.ts'
import type { Stage } from './client.ts'

export const opensAt = new Date('2020-04-16T09:00:00+08:00')
export const closesAt = new Date('2020-04-20T17:00:00+08:00')
export const startsAt = new Date('2020-05-01T09:00:00+08:00')
export const during = new Date('2020-04-16T09:30:00+08:00')
/** Less than a day before the start. */
export const late = new Date('2020-04-30T20:00:00+08:00')

type EventChanges = {
  cap?: number
  hasList?: boolean
  mode?: 'firstCome' | 'review'
  quotas?: Record<string, number>
  halls?: string[]
  /** When it begins; two hours long. */
  starts?: string
  opens?: string
}
export type Entry = { id: string; personId: string; seq: number; state: EntryState; org: string }

export type Woman = { personId: string; token: string }

/** Women of some units in turn, each with an account and a session of her own. */
export async function openWomen(owner: Db, orgs: readonly number[], count: number): Promise<Woman[]> {
  const women = Array.from({ length: count }, (_, n) => {
    const token = `woman-${n}`.padEnd(32, '-')
    const digest = createHash('sha256').update(token).digest('hex')
    return { id: randomUUID(), post: randomUUID(), n, token, digest, org: orgs[n % orgs.length]! }
  })
  const all = sql`jsonb_to_recordset(${JSON.stringify(women)}::jsonb) AS w (id uuid, post uuid, n int, digest text, org int)`
  for (const statement of [
    sql`INSERT INTO app.person (id, org_id, name, id_kind, sex) SELECT w.id, w.org, '示例' || w.n, 'none', '女' FROM ${all}`,
    sql`INSERT INTO app.account (id, person_id, login, name, title, is_demo) SELECT w.id, w.id, 'woman' || w.n, '演示', '', true FROM ${all}`,
    sql`INSERT INTO app.post (id, account_id, org_id, role, from_on) SELECT w.post, w.id, w.org, 'worker', '2018-01-01' FROM ${all}`,
    sql`INSERT INTO app.session (token_hash, account_id, post_id, is_demo, id, aal, is_password_due, device, created_at, seen_at, expires_at)
      SELECT decode(w.digest, 'hex'), w.id, w.post, true, w.post, 2, false, '', now(), now(), now() + interval '12 hours' FROM ${all}`,
  ])
    await statement.execute(owner)
  return women.map(({ id, token }) => ({ personId: id, token }))
}

/** The moves of the sign-up engine on a native database: D1 puts up, the cadres of U1, U3 and U4 sign their women up. */
export async function signupAt(
  stage: Pick<Stage, 'world'>,
  native: Pick<Native, 'owner' | 'app'>,
  women: number,
) {
  const { world } = stage
  const homes = ['U1', 'U3', 'U4', 'U5'] as const
  const persons = await rows<{ id: string; home: string }>(
    native.owner,
    sql`INSERT INTO app.person (id, org_id, name, id_kind, sex) SELECT gen_random_uuid(), u.org, '示例' || n, 'none', '女'
      FROM generate_series(0, ${women - 1}) n JOIN (SELECT unnest(${homes.map((h) => world.org(h))}::int[]) AS org, generate_series(0, 3) AS k) u ON u.k = n % 4
      RETURNING id, (SELECT org_code FROM app.org o WHERE o.id = org_id) AS home`,
  )
  const homeOf = new Map(persons.map(({ id, home }) => [id, home]))
  const scopes = new Map(
    (
      await rows<{ code: string; scope: string }>(
        native.owner,
        sql`SELECT org_code AS code, scope_code AS scope FROM app.org`,
      )
    ).map(({ code, scope }) => [code, scope]),
  )
  const as = <T>(who: string, work: (tx: Tx) => Promise<T>): Promise<T> => {
    const { token, org } = world.person(who)
    return inTransaction(native.app, { scopeCode: scopes.get(org)!, unit: world.org(org), token }, work)
  }
  const hall = async (cap: number): Promise<string> => {
    const id = randomUUID()
    await sql`INSERT INTO app.event_quota SELECT o.district_id, ${id}::uuid, o.id, '示例礼堂', NULL, ${cap} FROM app.org o WHERE o.id = ${world.org('D1')}`.execute(
      native.owner,
    )
    return id
  }
  return {
    women: persons.map(({ id }) => id),
    homeOf: (person: string) => homeOf.get(person)!,
    womenOf: (home: string) => persons.filter((p) => p.home === home).map((p) => p.id),
    hall,
    /** An open event of D1. */
    event: async ({
      cap = 10,
      hasList = true,
      mode = 'firstCome',
      quotas = {},
      halls = [],
      starts = startsAt.toISOString(),
      opens = opensAt.toISOString(),
    }: EventChanges) => {
      const id = randomUUID()
      await sql`INSERT INTO app.event (district_id, id, org_id, title, place, mode, state, opens_at, closes_at, cancel_until, starts_at, ends_at, has_list, is_allotted, cap, made_by, made_on)
        SELECT o.district_id, ${id}::uuid, o.id, '示例课', '示例礼堂', ${mode}, 'open', ${opens}, ${closesAt.toISOString()}, ${starts}, ${starts},
          ${starts}::timestamptz + interval '2 hours', ${hasList}, ${Object.keys(quotas).length > 0}, ${cap}, ${randomUUID()}::uuid, '2020-04-16'
        FROM app.org o WHERE o.id = ${world.org('D1')}`.execute(native.owner)
      const ids = [...halls]
      for (const [code, places] of Object.entries(quotas)) {
        const quota = randomUUID()
        await sql`INSERT INTO app.event_quota SELECT o.district_id, ${quota}::uuid, o.id, ${code}, ${world.org(code)}, ${places} FROM app.org o WHERE o.id = ${world.org('D1')}`.execute(
          native.owner,
        )
        ids.push(quota)
      }
      for (const quota of ids)
        await sql`INSERT INTO app.event_quota_use SELECT o.district_id, ${id}::uuid, ${quota}::uuid FROM app.org o WHERE o.id = ${world.org('D1')}`.execute(
          native.owner,
        )
      return id
    },
    as,
    enrol: (event: string, person: string, at = during) =>
      as(homeOf.get(person)!, (tx) => enrol(tx, event, person, at)),
    leave: (entry: Pick<Entry, 'id' | 'org'>, at = during) => as(entry.org, (tx) => leave(tx, entry.id, at)),
    entries: (event: string): Promise<Entry[]> =>
      rows<Entry>(
        native.owner,
        sql`SELECT n.id, n.person_id AS "personId", n.seq, n.state, o.org_code AS org FROM app.enrolment n JOIN app.org o ON o.id = n.org_id
          WHERE n.event_id = ${event}::uuid ORDER BY n.seq`,
      ),
    /** What a person was told, by the messages of her account. */
    told: async (person: string) =>
      (
        await rows<{ subject: string }>(
          native.owner,
          sql`SELECT m.subject FROM app.message m JOIN app.account a ON a.id = m.account_id WHERE a.person_id = ${person}::uuid ORDER BY m.at, m.id`,
        )
      ).map(({ subject }) => subject),
    /** What the counters say beside what the entries say: nothing, or the engine lies. */
    drift: () => rows(native.owner, sql`SELECT * FROM app.event_drift()`),
    taken: async (event: string) =>
      (
        await rows<{ taken: number; waiting: number }>(
          native.owner,
          sql`SELECT taken, waiting FROM app.event WHERE id = ${event}::uuid`,
        )
      )[0]!,
  }
}
export type Signup = Awaited<ReturnType<typeof signupAt>>
