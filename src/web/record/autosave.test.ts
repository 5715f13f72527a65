import { expect, test } from 'vitest'
import {
  Autosave,
  LOCAL_AFTER_MS,
  SERVER_EVERY_MS,
  type Attempt,
  type Ports,
  type SaveState,
} from './autosave.ts'

const ok: Attempt = { ok: true, at: '2020-04-16T06:03:00Z' }
const offline: Attempt = { ok: false, again: true, error: new Error('offline') }
const refused: Attempt = { ok: false, again: false, error: new Error('409') }

/** A bench with a hand-turned clock: what was put, what was kept, what was told. */
function bench(answers: Attempt[] = []) {
  const timers: { act: () => void; at: number }[] = []
  let now = 0
  const puts: { values: unknown; sequence: number }[] = []
  const kept: { values: unknown; sequence: number }[] = []
  const states: SaveState[] = []
  const gates: (() => void)[] = []
  let gated = false
  const ports: Ports = {
    put: async (values, sequence) => {
      puts.push({ values, sequence })
      if (gated) await new Promise<void>((open) => gates.push(open))
      return answers.shift() ?? ok
    },
    keep: async (values, sequence) => {
      kept.push({ values, sequence })
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
    autosave: new Autosave(ports, 3),
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
  expect(kept).toEqual([{ values: { title: '流动课堂' }, sequence: 4 }])
  expect(puts).toEqual([])
  await pass(SERVER_EVERY_MS - LOCAL_AFTER_MS)
  expect(puts).toEqual([{ values: { title: '流动课堂' }, sequence: 4 }])
  expect(states.at(-1)).toEqual({ kind: 'saved', at: '2020-04-16T06:03:00Z' })
  await pass(10 * SERVER_EVERY_MS)
  expect(puts).toHaveLength(1)
})

test('without a line it keeps here, says so, and goes on until the server has it', async () => {
  const { autosave, puts, kept, states, pass } = bench([offline, offline])
  autosave.change({ title: '甲' })
  await pass(SERVER_EVERY_MS)
  expect(states.at(-1)).toEqual({ kind: 'offline', local: true })
  expect(kept.at(-1)!.values).toEqual({ title: '甲' })
  autosave.change({ title: '甲乙' })
  await pass(SERVER_EVERY_MS)
  await pass(SERVER_EVERY_MS)
  expect(puts.map((p) => p.sequence)).toEqual([4, 5, 6])
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
