import { expect, test } from 'vitest'
import { seeded } from '#demo/random.ts'
import { least, safeCounts } from './safeCounts.ts'

const order = ['a', 'b', 'c', 'd']

test.each([
  [{ a: 10 }, false, { total: null, lines: [], rest: null }],
  [{ a: 10 }, true, { total: 10, lines: [], rest: null }],
  [{ a: 11 }, false, { total: 11, lines: [{ topic: 'a', count: 11 }], rest: 0 }],
  // 12 alone beside 3 would tell the 3.
  [{ a: 12, b: 3 }, false, { total: 15, lines: [], rest: null }],
  [{ a: 20, b: 12, c: 3 }, false, { total: 35, lines: [{ topic: 'a', count: 20 }], rest: 15 }],
  [{ a: 20, b: 6, c: 6 }, false, { total: 32, lines: [{ topic: 'a', count: 20 }], rest: 12 }],
])('%o', (counts, isPublic, told) => expect(safeCounts(counts, order, isPublic)).toEqual(told))

test('in 5,000 tables nothing that is hidden can be told, and what is shown is true', () => {
  const random = seeded(25)
  for (let n = 0; n < 5000; n++) {
    const counts = Object.fromEntries(
      order.map((topic) => [topic, random.int(0, random.chance(0.5) ? 9 : 40)]),
    )
    const told = safeCounts(counts, order, false)
    const all = Object.values(counts).reduce((a, b) => a + b, 0)
    expect(told.total).toBe(all < least ? null : all)
    for (const { topic, count } of told.lines) expect(count).toBe(counts[topic])
    expect(told.lines.every(({ count }) => count >= least)).toBe(true)
    const hidden = order.filter((topic) => !told.lines.some((line) => line.topic === topic))
    const sum = hidden.reduce((a, topic) => a + counts[topic]!, 0)
    expect([null, sum]).toContain(told.rest)
    // Of two at least that are any, each may be as little as none: the sum says of neither more than that.
    const parts = hidden.filter((topic) => counts[topic]! > 0).length
    expect(told.lines.length === 0 || sum === 0 || (sum >= least && parts >= 2)).toBe(true)
  }
})
