import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { verifyChain } from '#audit/verify.server.ts'
import { recount } from '#figures/verify.server.ts'
import { onConnection, rows } from '#server/database.server.ts'
import type { MyStanding } from '#signup/myApi.ts'
import { openClient, type Client, type Stage } from './client.ts'
import type { Native } from './native.ts'
import { body } from './play.ts'
import type { Signup, Woman } from './signup.ts'
import { portOf, type askOver } from './storm.ts'

type Table = {
  stage: Stage
  native: Native
  play: Signup
  women: readonly Woman[]
  seconds: number
}

/** How often a server dies, and in what window around it a failure is one of the deaths. */
const deathEveryMs = 1500
const windowMs = 1000

/**
 * Women sign up and leave, a cadre enters trainings, each telephone with one key until it is answered; meanwhile servers
 * die with what they had not said. In the end each last
 * answer is what stands, each act stands once in the audit, the counters and the figures are those of a fresh count.
 * @returns what was played, in a line
 */
export async function playChaos(
  { stage, native, play, women, seconds }: Table,
  ask: ReturnType<typeof askOver>,
): Promise<string> {
  const events = [
    await play.event({ cap: 20, opens: '2020-04-15T09:00:00+08:00' }),
    await play.event({ cap: 10, opens: '2020-04-15T09:00:00+08:00' }),
  ]
  let serving: Client = await openClient(stage.world)
  let port = await portOf(serving.app)
  const deaths: number[] = []
  const until = performance.now() + seconds * 1000
  // On a slow machine too some die.
  const isOver = () => performance.now() >= until && deaths.length >= 2
  const failures: number[] = []

  async function die(): Promise<void> {
    const gone = serving
    serving = await openClient(stage.world)
    const next = await portOf(serving.app)
    deaths.push(performance.now())
    gone.app.server.closeAllConnections()
    port = next
    await gone.close()
  }

  /** The same key until an answer comes that is one. */
  async function insist(token: string, path: string, given: object) {
    const key = randomUUID()
    for (let tried = 1; tried < 200; tried++) {
      const reply = await ask({ token }, { path, key, at: port, body: given })
      if (reply && reply.status < 500) return reply
      if (reply && reply.status !== 503) failures.push(performance.now())
      await setTimeout(20 + Math.random() * 80)
    }
    throw new Error(`nothing answers at ${path}`)
  }

  /** How each woman's last act at an event was answered. */
  const last = new Map<string, 'live' | 'left'>()
  const acts = { enrol: 0, leave: 0, submit: 0 }
  const standings = async ({ token, personId }: Woman, n: number): Promise<void> => {
    for (let turn = n; !isOver(); turn++) {
      const event = events[turn % events.length]!
      const entered = await insist(token, `/api/my/events/${event}/entry`, {})
      if (entered.status !== 200) continue
      acts.enrol++
      last.set(`${event} ${personId}`, 'live')
      if (turn % 3 === 0) continue
      const { id } = entered.body as MyStanding
      const left = await insist(token, `/api/enrolments/${id}/leave`, {})
      expect(left.status).toBe(200)
      acts.leave++
      last.set(`${event} ${personId}`, 'left')
    }
  }
  const submits = async (): Promise<void> => {
    const { token } = stage.world.person('U1b')
    while (!isOver()) {
      const done = await insist(token, '/api/records/training', {
        body: body({ title: `第 ${acts.submit + 1} 期培训` }),
        // Records of one day look alike: each says why it is another.
        warningNote: '同一天分期举办',
      })
      expect([done.status, done.body]).toEqual([200, expect.anything()])
      acts.submit++
    }
  }
  const kills = async (): Promise<void> => {
    while (!isOver()) {
      await setTimeout(deathEveryMs)
      await die()
    }
  }
  const before = await booked(native)
  await Promise.all([...women.map(standings), submits(), kills()])
  await serving.close()

  expect(Math.min(acts.enrol, acts.leave, acts.submit, deaths.length)).toBeGreaterThan(0)
  const found = new Map(
    (
      await rows<{ at: string; state: string }>(
        native.owner,
        sql`SELECT event_id || ' ' || person_id AS at, state FROM app.enrolment WHERE event_id = ANY (${events}::uuid[])`,
      )
    ).map(({ at, state }) => [at, ['placed', 'waiting', 'offered'].includes(state) ? 'live' : 'left']),
  )
  expect(found).toEqual(last)
  const after = await booked(native)
  expect({
    enrol: after.enrol - before.enrol,
    leave: after.leave - before.leave,
    submit: after.submit - before.submit,
  }).toEqual(acts)
  expect(
    await rows(native.owner, sql`SELECT 1 FROM app.event WHERE id = ANY (${events}::uuid[]) AND taken > cap`),
  ).toEqual([])
  expect(await rows(native.owner, sql`SELECT * FROM app.event_drift()`)).toEqual([])
  const { crypto } = stage.world.deps
  expect((await onConnection(native.owner, (tx) => verifyChain(tx, crypto.hash))).breaks).toEqual([])
  expect((await onConnection(native.owner, (tx) => recount(stage.world.deps, tx))).differences).toEqual([])
  const strange = failures.filter((at) => !deaths.some((death) => Math.abs(at - death) < windowMs))
  expect(strange).toEqual([])
  return `chaos: ${seconds} s, ${acts.enrol} entries, ${acts.leave} given up, ${acts.submit} records; ${deaths.length} servers died; nothing lost, nothing twice`
}

/** How often each kind of act stands in the audit. */
async function booked({ owner }: Native): Promise<{ enrol: number; leave: number; submit: number }> {
  const [found] = await rows<{ enrol: number; leave: number; submit: number }>(
    owner,
    sql`SELECT count(*) FILTER (WHERE action = 'event.enrol')::int AS enrol, count(*) FILTER (WHERE action = 'event.leave')::int AS leave,
      count(*) FILTER (WHERE action = 'record.submit')::int AS submit FROM app.audit`,
  )
  return found!
}
