import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { closeWork, openWork, type UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { actorOfToken } from '#identity/session.server.ts'
import { Problem } from '#kit/problem.ts'
import { findAnswer } from '#server/idempotency.server.ts'
import { first, inTransaction, openDb, openPool, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { enterSelf, lookIn } from '#signup/enter.server.ts'
import { during, openWomen, signupAt } from '../tests/support/signup.ts'
import { loadWorld } from '../tests/support/world.ts'
import { openCluster, settings } from './cluster.ts'
import { timesOf, type Times } from './clock.ts'
import { bar, line, ms, pair, x } from './report.ts'

const clients = 40
const rounds = 3

/** One storm: how many were placed a second while all were decided, how long the answers took, and how long refusals. */
type Storm = { perSecond: number; seconds: number; answers: Times; refusals: Times | null }
type Pair = { what: string; ours: Storm; plain: Storm }
export type SignupTimes = { version: string; pairs: Pair[]; list: Storm }

type Way = {
  look(deps: Deps, actor: Actor, event: string): Promise<number | null>
  enter(tx: Tx, work: UnitOfWork, event: string, cap: number, looked: number | null): Promise<unknown>
}

/** Sign-up by the engine and by counting under an advisory lock, on one PostgreSQL, in turn: each leaves place, audit row and stored answer. */
export async function measureSignup(quick: boolean, say: (text: string) => void): Promise<SignupTimes> {
  const cluster = await openCluster()
  const owner = openPool({ connectionString: cluster.url('postgres'), max: 2 })
  const pool = openPool({ connectionString: cluster.url('app'), max: clients })
  try {
    const [ownerDb, db] = [openDb(owner), openDb(pool)]
    const world = await loadWorld(ownerDb, db)
    const play = await signupAt({ world }, { owner: ownerDb, app: db }, 0)
    const women: Actor[] = []
    for (const { token } of await openWomen(ownerDb, [world.org('U1')], quick ? 1000 : 5000))
      women.push((await actorOfToken(db, token, 'bench'))!)
    await sql`CREATE TABLE public.plain_entry (id uuid PRIMARY KEY, event uuid NOT NULL, person uuid NOT NULL, at timestamptz NOT NULL)`.execute(
      ownerDb,
    )
    await sql`CREATE INDEX ON public.plain_entry (event)`.execute(ownerDb)
    await sql`GRANT USAGE ON SCHEMA public TO app`.execute(ownerDb)
    await sql`GRANT SELECT, INSERT ON public.plain_entry TO app`.execute(ownerDb)
    await sql`ANALYZE`.execute(ownerDb)
    const run = async (way: Way, asked: readonly Actor[], cap: number, hasList: boolean) => {
      const event = await play.event({ cap, hasList })
      return storm(world.deps, asked, way, event, cap)
    }
    const pairs: Pair[] = []
    for (const [what, asked, cap] of [
      ['5,000 for 200, no line', women, women.length / 25],
      ['2,000 for 2,000', women.slice(0, women.length * 0.4), women.length * 0.4],
    ] as const) {
      const found: [Storm[], Storm[]] = [[], []]
      for (let round = 0; round < (quick ? 1 : rounds); round++) {
        found[0].push(await run(byEngine, asked, cap, false))
        found[1].push(await run(byCounting, asked, cap, false))
      }
      pairs.push({ what, ours: median(found[0]), plain: median(found[1]) })
      say(`${what}: measured`)
    }
    const list = await run(byEngine, women, women.length / 25, true)
    say('5,000 for 200 with a line: measured')
    return { version: `PostgreSQL ${cluster.version}; ${settings.slice(1).join(', ')}`, pairs, list }
  } finally {
    await pool.end()
    await owner.end()
    await cluster.close()
  }
}

const byEngine: Way = {
  look: (deps, actor, event) => lookIn(deps.db, actor, event, during),
  enter: (tx, work, event, _, looked) => enterSelf(tx, work, event, during, looked),
}

/** As it is often written: take a lock of one's own, count, insert; statement by statement in the transaction that holds it. */
const byCounting: Way = {
  look: async () => null,
  enter: async (tx, work, event, cap) => {
    const { personId, org } = work.actor
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${event}, 0))`.execute(tx)
    const { n, twice } = (await first<{ n: number; twice: boolean }>(
      tx,
      sql`SELECT count(*)::int AS n, coalesce(bool_or(person = ${personId}::uuid), false) AS twice FROM public.plain_entry WHERE event = ${event}::uuid`,
    ))!
    if (twice || n >= cap) throw Problem.enrolRefused({ why: 'full', sentence: '名额已满' })
    const id = randomUUID()
    await sql`INSERT INTO public.plain_entry VALUES (${id}::uuid, ${event}::uuid, ${personId}::uuid, now())`.execute(
      tx,
    )
    work.audit({ districtId: org.districtId, action: 'event.enrol', object: `enrolment:${id}` })
    return { id, state: 'placed', ahead: null }
  },
}

/** As a request goes past its door: one transaction with audit row and stored answer; who is refused in it is looked up by her key. */
async function request(deps: Deps, actor: Actor, way: Way, event: string, cap: number): Promise<boolean> {
  const key = randomUUID()
  const context = { scopeCode: actor.org.scopeCode, unit: actor.org.id, token: actor.token }
  let isLooking = true
  try {
    const looked = await way.look(deps, actor, event)
    isLooking = false
    await inTransaction(deps.db, context, async (tx) => {
      const work = openWork(actor)
      const value = await way.enter(tx, work, event, cap, looked)
      work.answer = { key, route: 'POST /bench', bodyHash: '', status: 200, value }
      await closeWork(tx, work, deps.crypto)
    })
    return true
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== '409.420') throw error
    if (!isLooking) await findAnswer(deps.db, actor, key)
    return false
  }
}

async function storm(
  deps: Deps,
  women: readonly Actor[],
  way: Way,
  event: string,
  cap: number,
): Promise<Storm> {
  const [answers, refusals]: [number[], number[]] = [[], []]
  let next = 0
  const start = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < women.length) {
        const actor = women[next++]!
        const begun = performance.now()
        const isIn = await request(deps, actor, way, event, cap)
        const took = performance.now() - begun
        answers.push(took)
        if (!isIn) refusals.push(took)
      }
    }),
  )
  const seconds = (performance.now() - start) / 1000
  return {
    perSecond: cap / seconds,
    seconds,
    answers: timesOf(answers),
    refusals: refusals.length ? timesOf(refusals) : null,
  }
}

const median = (list: Storm[]): Storm =>
  [...list].sort((a, b) => a.perSecond - b.perSecond)[list.length >> 1]!

export const signupTitle = '## Signing up'

const told = ({ perSecond, seconds, refusals }: Storm) =>
  `${perSecond.toFixed(0)}/s (all decided in ${seconds.toFixed(1)} s${refusals ? `, refusals ${pair(refusals)}` : ''})`

/** What the engine admits beside counting under an advisory lock. */
export function signupChapter({ version, pairs, list }: SignupTimes): string {
  const [storm, all] = pairs as [Pair, Pair]
  const ratio = ({ ours, plain }: Pair) => ours.perSecond / plain.perSecond
  const rows = [
    line('What', 'Admitted a second', 'Counting under an advisory lock', 'Ratio', 'Bar'),
    line('---', '---', '---', '---', '---'),
    line(storm.what, told(storm.ours), told(storm.plain), x(ratio(storm)), bar('≥ 3 ×', ratio(storm) >= 3)),
    line(all.what, told(all.ours), told(all.plain), x(ratio(all)), ''),
    line('5,000 for 200 with a line', told(list), '', '', bar('≤ 30 s', list.seconds <= 30)),
    line('… answers', pair(list.answers), '', '', bar('p95 ≤ 2 s', list.answers.p95 <= 2000)),
    line(
      '… slowest refusals without a line',
      ms(storm.ours.refusals!.p95),
      ms(storm.plain.refusals!.p95),
      '',
      '',
    ),
  ]
  return `${signupTitle}

${version}; ${clients} connections, ${rounds} rounds in turn, the middle one counts. \`npm run bench -- --signup\`.
Both ways leave a place, an audit row in the chain and a stored answer, in one transaction under the session of the woman who asks.
Where everybody gets a place both are held up by the same thing, the sync of one commit after the other (decision 268).

${rows.join('\n')}
`
}
