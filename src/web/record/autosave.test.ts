import { expect, test } from 'vitest'
import {
  Autosave,
  LOCAL_AFTER_MS,
  SERVER_EVERY_MS,
  type Attempt,
  type Kept,
  type Ports,
  type SaveState,
} from './autosave.ts'
import type { Values } from './formState.ts'

const ok: Attempt = { ok: true, at: '2020-04-16T06:03:00Z' }
const offline: Attempt = { ok: false, again: true, error: new Error('offline') }
const refused: Attempt = { ok: false, again: false, error: new Error('409') }

/** A bench with a hand-turned clock: what was put, what was kept, what was told. */
function bench(answers: Attempt[] = []) {
  const timers: { act: () => void; at: number }[] = []
  let now = 0
  const puts: { values: Values; seen: number }[] = []
  const kept: Kept[] = []
  const states: SaveState[] = []
  const gates: (() => void)[] = []
  let gated = false
  const ports: Ports = {
    put: async (values, seen) => {
      puts.push({ values, seen })
      if (gated) await new Promise<void>((open) => gates.push(open))
      return answers.shift() ?? ok
    },
    keep: async (copy) => {
      kept.push(copy)
      return true
    },
    later: (act, ms) => {
      const timer = { act, at: now + ms }
      timers.push(timer)
      return () => timers.splice(timers.indexOf(timer), 1)
    },
    onState: (state) => states.push(state),
  }
  const pass = async (ms: number): Promise<void> => {
    now += ms
    for (const timer of timers.filter((t) => t.at <= now)) {
      timers.splice(timers.indexOf(timer), 1)
      timer.act()
    }
    for (let i = 0; i < 20; i++) await Promise.resolve()
  }
  return {
    autosave: new Autosave(ports, { base: { values: {}, sequence: 3 } }),
    puts,
    kept,
    states,
    pass,
    gates,
    gate: (on: boolean) => (gated = on),
  }
}

test('many changes are one call after five seconds, with the newest values and the next number', async () => {
  const { autosave, puts, kept, states, pass } = bench()
  autosave.change({ title: '流' })
  autosave.change({ title: '流动课堂' })
  await pass(LOCAL_AFTER_MS)
  expect(kept).toMatchObject([{ values: { title: '流动课堂' }, base: { sequence: 3 } }])
  expect(puts).toEqual([])
  await pass(SERVER_EVERY_MS - LOCAL_AFTER_MS)
  expect(puts).toEqual([{ values: { title: '流动课堂' }, seen: 3 }])
  expect(states.at(-1)).toEqual({ kind: 'saved', at: '2020-04-16T06:03:00Z' })
  await pass(10 * SERVER_EVERY_MS)
  expect(puts).toHaveLength(1)
})

test('without a line it keeps here, says so, and goes on until the server has it', async () => {
  const { autosave, puts, kept, states, pass } = bench([offline, offline])
  autosave.change({ title: '甲' })
  await pass(SERVER_EVERY_MS)
  expect(states.at(-1)).toMatchObject({ kind: 'offline', local: true })
  expect(kept.at(-1)!.values).toEqual({ title: '甲' })
  autosave.change({ title: '甲乙' })
  await pass(SERVER_EVERY_MS)
  await pass(SERVER_EVERY_MS)
  expect(puts.map((p) => p.seen)).toEqual([3, 3, 3])
  expect(puts.at(-1)!.values).toEqual({ title: '甲乙' })
  expect(states.at(-1)!.kind).toBe('saved')
})

test('what is typed while a call is on its way is saved after it, never beside it', async () => {
  const { autosave, puts, states, pass, gates, gate } = bench()
  gate(true)
  autosave.change({ title: '一' })
  await pass(SERVER_EVERY_MS)
  autosave.change({ title: '一二' })
  await pass(SERVER_EVERY_MS)
  expect(puts).toHaveLength(1)
  gate(false)
  gates[0]!()
  await pass(0)
  await pass(SERVER_EVERY_MS)
  expect(puts.map((p) => p.values)).toEqual([{ title: '一' }, { title: '一二' }])
  expect(states.at(-1)!.kind).toBe('saved')
})

test('a refusal ends the calls but not the keeping: what is typed afterwards stays in this browser', async () => {
  const { autosave, puts, kept, states, pass } = bench([refused])
  autosave.change({ title: '一' })
  await pass(SERVER_EVERY_MS)
  expect(states.at(-1)!.kind).toBe('refused')
  autosave.change({ title: '一二三' })
  await pass(2 * SERVER_EVERY_MS)
  expect(puts).toHaveLength(1)
  expect(kept.at(-1)!.values).toEqual({ title: '一二三' })
  expect(states.at(-1)!.kind).toBe('refused')
  expect(await autosave.flush()).toBe(false)
})

test('flush saves at once and tells whether the server has it', async () => {
  const { autosave, puts } = bench([ok, offline])
  expect(await autosave.flush()).toBe(true)
  expect(puts).toHaveLength(0)
  autosave.change({ title: '一' })
  expect(await autosave.flush()).toBe(true)
  autosave.change({ title: '二' })
  expect(await autosave.flush()).toBe(false)
})

test('after stop nothing is saved any more', async () => {
  const { autosave, puts, kept, pass } = bench()
  autosave.change({ title: '一' })
  await autosave.stop()
  autosave.change({ title: '二' })
  await pass(10 * SERVER_EVERY_MS)
  expect(puts).toHaveLength(0)
  expect(kept).toHaveLength(0)
})

test('stop waits for the call on its way, so that a discarded draft is not written after its deletion', async () => {
  const { autosave, pass, gates, gate } = bench()
  gate(true)
  autosave.change({ title: '一' })
  await pass(SERVER_EVERY_MS)
  let stopped = false
  const stopping = autosave.stop().then(() => (stopped = true))
  await pass(0)
  expect(stopped).toBe(false)
  gates[0]!()
  await stopping
  expect(autosave.sequence).toBe(4)
})

const elsewhere = (values: Values, sequence: number): Attempt => ({
  ok: false,
  theirs: { values, sequence },
})

test('a packet whose answer was lost is ours: what was typed after it goes on from there, unasked', async () => {
  const { autosave, puts, states, pass } = bench([offline, elsewhere({ title: '心理' }, 4), ok])
  const merges: unknown[] = []
  autosave.listen((merged) => merges.push(merged))
  autosave.change({ title: '心理' })
  await pass(SERVER_EVERY_MS)
  autosave.change({ title: '心理健康' })
  await pass(SERVER_EVERY_MS)
  expect(puts.map((p) => p.seen)).toEqual([3, 3, 4])
  expect(puts.at(-1)!.values).toEqual({ title: '心理健康' })
  expect([merges, autosave.sequence, states.at(-1)!.kind]).toEqual([[], 5, 'saved'])
})

test('another device filled other fields: both are kept, the form is told, and one more call brings them together', async () => {
  const { autosave, puts, pass } = bench([elsewhere({ place: '礼堂' }, 9), ok])
  const told: Values[] = []
  autosave.listen(({ values }) => told.push(values))
  autosave.change({ title: '春训' })
  await pass(SERVER_EVERY_MS)
  expect(told).toEqual([{ title: '春训', place: '礼堂' }])
  expect(puts.at(-1)).toEqual({ values: { title: '春训', place: '礼堂' }, seen: 9 })
})

test('the same field: the server keeps theirs and this browser ours, until she chooses', async () => {
  const { autosave, puts, kept, pass } = bench([elsewhere({ count: 3 }, 9), ok, ok])
  autosave.change({ count: 2 })
  await pass(SERVER_EVERY_MS)
  expect(puts.at(-1)).toEqual({ values: { count: 3 }, seen: 9 })
  expect(kept.at(-1)).toMatchObject({
    values: { count: 2 },
    rivals: [{ field: 'count', mine: 2, theirs: 3 }],
  })
  autosave.change({ count: 2 }, [])
  await pass(SERVER_EVERY_MS)
  expect(puts.at(-1)).toEqual({ values: { count: 2 }, seen: 10 })
})
