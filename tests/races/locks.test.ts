import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LockedFigures } from '#figures/lock/api.ts'
import { compareLocks } from '#figures/lock/verify.server.ts'
import { findProgramme } from '#programmes/index.ts'
import type { RecordDetail } from '#record/api.ts'
import { rows } from '#server/database.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openClient, type Client } from '../support/client.ts'
import { openNative, withoutNative, type Native } from '../support/native.ts'
import { loadWorld } from '../support/world.ts'
import type { Written } from '../support/play.ts'

let native: Native
let client: Client
beforeAll(async () => {
  if (withoutNative) return
  native = await openNative(16)
  client = await openClient(await loadWorld(native.owner, native.app))
})
afterAll(async () => {
  await client?.close()
  await native?.close()
})

const programme = findProgramme('training')!
const bodyAt = (month: number, women: number) => {
  const day = `2019-${String(month).padStart(2, '0')}-15`
  return bodyOf(programme, {
    startsOn: day,
    endsOn: day,
    women,
    all: women,
    title: `第${randomUUID().slice(0, 6)}期`,
  })
}
async function enter(owner: string, month: number): Promise<Written> {
  const sent = { body: bodyAt(month, 10), warningNote: '属实' }
  const { status, body } = await client.as(owner).post<Written>('/api/records/training', sent)
  expect(status).toBe(200)
  return body
}
async function accept(who: string, { id, version }: Written): Promise<Written> {
  const done = await client
    .as(who)
    .post<Written>(`/api/records/training/${id}/actions`, { action: 'accept', version })
  expect(done.status).toBe(200)
  return done.body
}
const units = [
  ['U4', 'D1b'],
  ['U8', 'I2b'],
] as const

/** Locks a month as soon as it can, over whatever still waits. */
async function lock(month: number): Promise<void> {
  let waiting = 0
  for (let n = 0; n < 50; n++) {
    const asked = { calendar: 'month', year: 2019, part: month, note: '', waiting }
    const { status, body } = await client.as('C').post<{ details?: { waiting: number } }>('/api/locks', asked)
    if (status === 200) return
    waiting = body.details?.waiting ?? waiting
  }
  throw new Error('never locked')
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: (() => void) | undefined
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve: resolve! }
}

describe.skipIf(withoutNative)('a lock while others enter and accept', () => {
  it('has each accepted record inside the published value or 补报, never both, never neither', async () => {
    let [inside, after] = [0, 0]
    for (let month = 1; month <= 12; month++) {
      const some = deferred()
      const writer = async ([owner, reviewer]: (typeof units)[number]): Promise<Written[]> => {
        const done: Written[] = []
        for (let n = 0; n < 4; n++) {
          done.push(await accept(reviewer, await enter(owner, month)))
          some.resolve()
        }
        return done
      }
      // Once something is counted, while the rest still is entered and accepted.
      const [writers] = await Promise.all([
        Promise.all([...units, ...units].map(writer)),
        some.promise.then(() => lock(month)),
      ])
      const counted = writers.flat()
      const told = await Promise.all(
        counted.map(
          async ({ id }) =>
            (await client.as('C').get<RecordDetail>(`/api/records/training/${id}`)).body.afterLock,
        ),
      )
      const { figures } = (
        await client.as('C').get<LockedFigures>(`/api/figures/locked?calendar=month&year=2019&part=${month}`)
      ).body
      const since = figures.find((f) => f.indicator === 'training.attendances')!
      const marked = told.filter((isAfter) => isAfter).length
      expect(since).toEqual({
        indicator: 'training.attendances',
        live: told.length * 10,
        locked: (told.length - marked) * 10,
        added: marked * 10,
        corrected: 0,
        records: marked,
      })
      after += marked
      inside += told.length - marked
    }
    console.log(`lock against acceptance: ${inside} inside the published value, ${after} 补报`)
    // Else no race was run.
    expect(Math.min(inside, after)).toBeGreaterThan(0)
    expect((await compareLocks(native.owner as never)).differences).toEqual([])
  }, 120_000)

  it('lets no correction past that was found to need no consent', async () => {
    const [owner, reviewer] = units[0]
    let [before, climbed] = [0, 0]
    for (let round = 0; round < 12; round++) {
      // Districts lock what the city has not: months of 2018, one a round.
      const day = `2018-${String(round + 1).padStart(2, '0')}-15`
      const at = (women: number) =>
        bodyOf(programme, { startsOn: day, endsOn: day, women, all: women, title: `第${round}期` })
      const made = await client
        .as(owner)
        .post<Written>('/api/records/training', { body: at(10), warningNote: '属实' })
      const record = await accept(reviewer, made.body)
      const draft = randomUUID()
      await client.as(owner).put(`/api/drafts/${draft}`, {
        programme: 'training',
        kind: 'correction',
        recordId: record.id,
        baseVersion: record.version,
        body: at(15),
        sequence: 1,
      })
      await client.as(owner).post(`/api/drafts/${draft}/submit`, { body: at(15), reason: '填错' })
      const asked = { calendar: 'month', year: 2018, part: round + 1, note: '', waiting: 1 }
      const [decided, locked] = await Promise.all([
        client
          .as(reviewer)
          .post<Written>(`/api/proposals/${draft}/decision`, { verdict: 'accept', sequence: 2 }),
        client.as('C').post('/api/locks', asked),
      ])
      expect([decided.status, locked.status]).toEqual([200, 200])
      const [kept] = await rows<{ val: number }>(
        native.owner,
        sql`SELECT v.val::int AS val FROM app.period_lock_value v JOIN app.indicator i ON i.id = v.indicator_id
          WHERE v.ym = ${201801 + round} AND i.code = 'training.attendances'`,
      )
      // Applied before the lock it is in the published value; else it waits for the city.
      const isClimbing = decided.body.turnOf?.code === 'C'
      expect(kept!.val).toBe(isClimbing ? 10 : 15)
      if (isClimbing) climbed++
      else before++
    }
    console.log(`lock against correction: ${before} before the lock, ${climbed} that the city is asked for`)
  }, 120_000)
})
