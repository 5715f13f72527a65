import { expect, it } from 'vitest'
import { seeded } from '#demo/random.ts'
import { assign, readList, type Entry, type Room } from './assign.ts'

/** Made-up rounds: some short of places, rankings of any length, levels that differ by class. */
function* rounds(many: number): Generator<{ entries: Entry[]; rooms: Room[]; lotOf: (n: number) => string }> {
  const random = seeded(277)
  for (let turn = 0; turn < many; turn++) {
    const rooms = Array.from({ length: random.int(1, 5) }, (_, n) => ({ n: n + 1, places: random.int(1, 3) }))
    const entries = Array.from({ length: random.int(1, 12) }, (_, n): Entry => {
      const order = rooms.map((room) => ({
        n: room.n,
        key: random.int(0, 1_000_000),
        level: random.int(1, 4),
      }))
      order.sort((a, b) => a.key - b.key)
      return {
        number: n + 1,
        wishes: order.slice(0, random.int(1, rooms.length)).map(({ n: of, level }) => ({ n: of, level })),
      }
    })
    const lots = new Map(
      entries.map(({ number }) => [number, String(random.int(1_000_000, 9_999_999)) + number]),
    )
    yield { entries, rooms, lotOf: (number) => lots.get(number)! }
  }
}
const rankOf = (entry: Entry, n: number | undefined) => {
  const at = entry.wishes.findIndex((wish) => wish.n === n)
  return at === -1 ? entry.wishes.length : at
}

it('no class is overfull, nobody is put where the family did not wish, no child and class would rather have each other', () => {
  for (const { entries, rooms, lotOf } of rounds(400)) {
    const got = assign(entries, rooms, lotOf)
    for (const { n, places } of rooms) {
      const inside = entries.filter(({ number }) => got.get(number) === n)
      expect(inside.length).toBeLessThanOrEqual(places)
      for (const entry of entries) {
        const wish = entry.wishes.find((one) => one.n === n)
        if (!wish || rankOf(entry, got.get(entry.number)) <= rankOf(entry, n)) continue
        // It would rather be here: then the class is full of children before it.
        expect(inside.length).toBe(places)
        for (const other of inside) {
          const theirs = other.wishes.find((one) => one.n === n)!
          expect(
            theirs.level < wish.level ||
              (theirs.level === wish.level && lotOf(other.number) < lotOf(entry.number)),
          ).toBe(true)
        }
      }
    }
    for (const entry of entries)
      expect([...entry.wishes.map(({ n }) => n), undefined]).toContain(got.get(entry.number))
  }
})

it('the order in which children are taken up changes nothing', () => {
  for (const { entries, rooms, lotOf } of rounds(100))
    expect([...assign(entries.toReversed(), rooms, lotOf)].toSorted((a, b) => a[0] - b[0])).toEqual(
      [...assign(entries, rooms, lotOf)].toSorted((a, b) => a[0] - b[0]),
    )
})

/** Every list of some of these, in any order. */
const orders = <T>(list: readonly T[]): T[][] =>
  list.length === 0
    ? [[]]
    : [[], ...list.flatMap((one) => orders(list.filter((x) => x !== one)).map((rest) => [one, ...rest]))]

it('no family gains by any other ranking than the one it wishes', () => {
  for (const { entries, rooms, lotOf } of rounds(60)) {
    const honest = assign(entries, rooms, lotOf)
    const [entry] = entries
    for (const wishes of orders(entry!.wishes)) {
      const got = assign([{ ...entry!, wishes }, ...entries.slice(1)], rooms, lotOf).get(entry!.number)
      expect(rankOf(entry!, got)).toBeGreaterThanOrEqual(rankOf(entry!, honest.get(entry!.number)))
    }
  }
})

it('reads a frozen list', () => {
  expect(readList('1 a 2:1,1:4\n2 b 1:3\n')).toEqual([
    {
      number: 1,
      id: 'a',
      wishes: [
        { n: 2, level: 1 },
        { n: 1, level: 4 },
      ],
    },
    { number: 2, id: 'b', wishes: [{ n: 1, level: 3 }] },
  ])
})
