import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { first, rows, type Tx } from '#server/database.server.ts'
import { stageOf, type Stage } from '../support/client.ts'
import { openNative, withoutNative, type Native } from '../support/native.ts'
import { signupAt, type Signup } from '../support/signup.ts'
import { loadWorld } from '../support/world.ts'

let native: Native
let stage: Stage
let play: Signup
beforeAll(async () => {
  if (withoutNative) return
  native = await openNative(40)
  stage = await stageOf(await loadWorld(native.owner, native.app), () => native.close())
  play = await signupAt(stage, native, 5000)
})
afterAll(() => stage?.close())

/** As it is often written: take a lock of one's own, count, insert; statement by statement in the transaction that holds it. */
async function countUnderLock(tx: Tx, event: string, person: string, cap: number): Promise<boolean> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${event}, 0))`.execute(tx)
  const { n, twice } = (await first<{ n: number; twice: boolean }>(
    tx,
    sql`SELECT count(*)::int AS n, coalesce(bool_or(person = ${person}::uuid), false) AS twice FROM public.plain_entry WHERE event = ${event}::uuid`,
  ))!
  if (twice || n >= cap) return false
  await sql`INSERT INTO public.plain_entry VALUES (gen_random_uuid(), ${event}::uuid, ${person}::uuid, now())`.execute(
    tx,
  )
  return true
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

describe.skipIf(withoutNative)('five thousand for two hundred', () => {
  it('all decided, exactly 200 placed, the others in one line; how long it took is printed', async () => {
    const event = await play.event({ cap: 200 })
    const waits: number[] = []
    const took = await seconds(() =>
      // Forty at once, as many as there are connections: a request that waits for one has not begun.
      inTurns(play.women, 40, async (one) => {
        const start = performance.now()
        await play.enrol(event, one)
        waits.push(performance.now() - start)
      }),
    )
    const entries = await play.entries(event)
    expect(entries.map(({ state }) => state)).toEqual(entries.map((_, n) => (n < 200 ? 'placed' : 'waiting')))
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, n) => n + 1))
    expect(await play.drift()).toEqual([])
    const p99 = waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.99)]!
    process.stdout.write(`5,000 for 200 with a line: ${took.toFixed(1)} s, p99 ${p99.toFixed(0)} ms\n`)
  })

  it('gives neither more nor fewer places than counting under an advisory lock; how quickly each does is printed', async () => {
    await sql`CREATE TABLE public.plain_entry (id uuid PRIMARY KEY, event uuid NOT NULL, person uuid NOT NULL, at timestamptz NOT NULL)`.execute(
      native.owner,
    )
    await sql`CREATE INDEX ON public.plain_entry (event)`.execute(native.owner)
    await sql`GRANT USAGE ON SCHEMA public TO app`.execute(native.owner)
    await sql`GRANT SELECT, INSERT ON public.plain_entry TO app`.execute(native.owner)
    const rates: [string, number, number][] = []
    for (const [what, askers, cap] of [
      ['5,000 for 200', play.women, 200],
      ['2,000 for 2,000', play.women.slice(0, 2000), 2000],
    ] as const) {
      const event = await play.event({ cap, hasList: false })
      const ours = await seconds(() => inTurns(askers, 40, (one) => play.enrol(event, one)))
      expect((await play.taken(event)).taken).toBe(cap)
      const plain = await play.event({ cap, hasList: false })
      const theirs = await seconds(() =>
        inTurns(askers, 40, (one) => play.as('U1', (tx) => countUnderLock(tx, plain, one, cap))),
      )
      const [{ n }] = (await rows<{ n: number }>(
        native.owner,
        sql`SELECT count(*)::int AS n FROM public.plain_entry WHERE event = ${plain}::uuid`,
      )) as [{ n: number }]
      expect(n).toBe(cap)
      rates.push([what, cap / ours, cap / theirs])
    }
    for (const [what, ours, theirs] of rates)
      process.stdout.write(
        `${what}: ${ours.toFixed(0)} admissions/s, counting under a lock ${theirs.toFixed(0)}/s: ${(ours / theirs).toFixed(2)} ×\n`,
      )
  })
})

/** Runs `work` on each, `most` of them at once. */
async function inTurns<T>(
  list: readonly T[],
  most: number,
  work: (one: T) => Promise<unknown>,
): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: most }, async () => {
      while (next < list.length) await work(list[next++]!)
    }),
  )
}
