import { randomUUID } from 'node:crypto'
import { Agent } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MyStanding } from '#signup/myApi.ts'
import { openClient, stageOf, type Stage } from '../support/client.ts'
import { openNative, withoutNative, type Native } from '../support/native.ts'
import { openWomen, signupAt, type Signup, type Woman } from '../support/signup.ts'
import { playChaos } from '../support/chaos.ts'
import { auditSignup, type Final } from '../support/signupAuditor.ts'
import { askOver, inTurns, portOf, type Reply } from '../support/storm.ts'
import { loadWorld } from '../support/world.ts'

/** Women who come at once, for a twenty-fifth as many places; `npm run faults -- storm` plays the 5,000. */
const crowd = Number(process.env['JINGUO_STORM'] ?? 750)
const cap = crowd / 25
const inFlight = Math.min(1000, crowd)
const patienceMs = 240_000
const mostTries = 6
const mostWaits = 20

let native: Native
let stage: Stage
let play: Signup
let women: Woman[]
let port: number
const agent = new Agent({ keepAlive: true, maxSockets: inFlight })
const ask = askOver(agent)
beforeAll(async () => {
  if (withoutNative) return
  native = await openNative(40)
  stage = await stageOf(await loadWorld(native.owner, native.app), () => native.close())
  play = await signupAt(stage, native, 0)
  women = await openWomen(
    native.owner,
    ['U1', 'U3', 'U4', 'U5'].map((code) => stage.world.org(code)),
    crowd,
  )
  port = await portOf(stage.app)
})
afterAll(async () => {
  agent.destroy()
  await stage?.close()
})

const entryOf = ({ status, body }: Reply): Final => ({
  status,
  entry: (body as Partial<MyStanding>).id ?? null,
})

/** Statuses that nobody should meet: 503 asks her to come again in a moment, everything else of that kind is a fault. */
const faults: number[] = []
let busy = 0

/** As a telephone does: the same key again, a little later each time, while no answer came or the answer was to wait. */
async function insist(
  event: string,
  woman: Woman,
  cutAfterMs: (tried: number) => number | null = () => null,
): Promise<Final> {
  const key = randomUUID()
  for (let tried = 1; tried <= mostTries + mostWaits; tried++) {
    const reply = await ask(woman, {
      path: `/api/my/events/${event}/entry`,
      key,
      cutAfterMs: cutAfterMs(tried),
      at: port,
    })
    if (reply && reply.status < 500) return entryOf(reply)
    if (reply?.status === 503) busy++
    else if (reply) faults.push(reply.status)
    await setTimeout(Math.min(tried, 5) * (50 + Math.random() * 200))
  }
  return null
}

const p99 = (list: number[]): string =>
  (list.sort((a, b) => a - b)[Math.floor(list.length * 0.99)]! / 1000).toFixed(1)

describe.skipIf(withoutNative)('far more than there are places', () => {
  it(
    'a thousand in flight, a third hung up on, repeated: all decided, each place given once, the others in one line',
    { timeout: patienceMs },
    async () => {
      const event = await play.event({ cap, opens: '2020-04-15T09:00:00+08:00' })
      const finals = new Map<string, Final>()
      const waits: number[] = []
      let cuts = 0
      const start = performance.now()
      await inTurns(women, inFlight, async (woman, n) => {
        const begun = performance.now()
        // Three in ten tries end before their answer, at any moment of it; the last ones wait.
        const final = await insist(event, woman, (tried) => {
          const isCut = tried < mostTries && (n * 7 + tried * 3) % 10 < 3
          if (isCut) cuts++
          return isCut ? (n * 13) % 200 : null
        })
        finals.set(woman.personId, final)
        waits.push(performance.now() - begun)
      })
      const took = (performance.now() - start) / 1000
      const entries = await auditSignup(native, stage.world.deps, event, finals)
      expect(faults).toEqual([])
      expect(entries.map(({ seq }) => seq)).toEqual(women.map((_, n) => n + 1))
      expect(entries.map(({ state }) => state)).toEqual(
        entries.map((_, n) => (n < cap ? 'placed' : 'waiting')),
      )
      process.stdout.write(
        `storm: ${crowd} for ${cap} with a line over HTTP, ${inFlight} in flight, ${cuts} hung up on, ${busy} told to wait: ${took.toFixed(1)} s, p99 ${p99(waits)} s\n`,
      )
    },
  )

  it(
    'without a line: the first have a place, each of the others is told that it is full',
    { timeout: patienceMs },
    async () => {
      const event = await play.event({ cap, hasList: false, opens: '2020-04-15T09:00:00+08:00' })
      const finals = new Map<string, Final>()
      const refusals: number[] = []
      const start = performance.now()
      await inTurns(women, inFlight, async (woman) => {
        const begun = performance.now()
        const final = (await insist(event, woman))!
        finals.set(woman.personId, final)
        if (final.status === 409) refusals.push(performance.now() - begun)
      })
      const took = (performance.now() - start) / 1000
      expect(await auditSignup(native, stage.world.deps, event, finals)).toHaveLength(cap)
      expect(faults).toEqual([])
      expect(refusals).toHaveLength(crowd - cap)
      process.stdout.write(`… without a line: ${took.toFixed(1)} s, refusals p99 ${p99(refusals)} s\n`)
    },
  )
})

describe.skipIf(withoutNative)('an answer that is lost', () => {
  it('is found by the repeat after the server died between commit and answer: one entry, one message', async () => {
    const event = await play.event({ cap: 5, opens: '2020-04-15T09:00:00+08:00' })
    const dying = await openClient(stage.world)
    const at = await portOf(dying.app)
    // The commit is done when an answer is about to leave; then the process is gone, with whatever it knew.
    const committed = new Promise<void>((gone) => {
      stage.world.deps.nudge = () => {
        dying.app.server.closeAllConnections()
        gone()
      }
    })
    const cadre = stage.world.person('U1')
    const key = randomUUID()
    const path = `/api/events/${event}/enrolments`
    const sent = { path, key, body: { personIds: [women[0]!.personId] } }
    const lost = await ask(cadre, { ...sent, at })
    await committed
    await dying.close()
    stage.world.deps.nudge = () => undefined
    expect(lost).toBeNull()
    const again = await ask(cadre, { ...sent, at: port })
    expect(again).toMatchObject({ status: 200, body: [{ state: 'placed', refusal: null }] })
    expect(await ask(cadre, { ...sent, at: port })).toEqual(again)
    expect(await ask(cadre, { ...sent, at: port, body: { personIds: [women[4]!.personId] } })).toMatchObject({
      status: 422,
    })
    const [entry] = await auditSignup(
      native,
      stage.world.deps,
      event,
      new Map([[women[0]!.personId, { status: 200, entry: null }]]),
    )
    expect(entry!.state).toBe('placed')
    expect(
      (await play.told(women[0]!.personId)).filter((told) => told.includes('所在单位已为您报名')),
    ).toHaveLength(1)
  })
})

/** How long everything goes on at once; `npm run faults -- chaos` plays the thirty minutes. */
const chaosSeconds = Number(process.env['JINGUO_CHAOS'] ?? 5)

describe.skipIf(withoutNative)('everything at once', () => {
  it(
    'while servers die: no acknowledged act is lost, none is done twice',
    { timeout: (chaosSeconds + 200) * 1000 },
    async () => {
      const told = await playChaos(
        { stage, native, play, women: women.slice(0, 60), seconds: chaosSeconds },
        ask,
      )
      process.stdout.write(`${told}\n`)
      expect(told).toContain(`chaos: ${chaosSeconds} s`)
    },
  )
})
