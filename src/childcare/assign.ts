/** A child in a round: her number, and the classes of its family's ranking with the level it has in each (1 = first). */
export type Entry = { number: number; wishes: readonly { n: number; level: number }[] }
export type Room = { n: number; places: number }

/** 「12 <id> 3:1,1:4」: number, random id, and each wish as class:level in the family's order. */
export function readList(list: string): (Entry & { id: string })[] {
  return list
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [number = '', id = '', wishes = ''] = line.split(' ')
      return {
        number: Number(number),
        id,
        wishes: wishes.split(',').map((wish) => {
          const [n, level] = wish.split(':').map(Number)
          return { n: n!, level: level! }
        }),
      }
    })
}

/**
 * Deferred acceptance, families proposing (Gale–Shapley): each child is put to the first class of its list; a class keeps whom it
 * has room for, by level and within a level by lot, for the time being; who is let go is put to the next of its list. It ends, the
 * order in which children are taken up changes nothing, no child and class would rather have each other, and no family gains by
 * ranking otherwise than it wishes.
 * @param lotOf of two on one level the smaller goes first
 * @returns the class of each number; who is in none is missing
 */
export function assign(
  entries: readonly Entry[],
  rooms: readonly Room[],
  lotOf: (number: number) => string,
): Map<number, number> {
  const places = new Map(rooms.map(({ n, places: most }) => [n, most]))
  const kept = new Map(rooms.map(({ n }) => [n, [] as { entry: Entry; level: number; lot: string }[]]))
  const next = new Map<number, number>()
  const waiting = [...entries]
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    const at = next.get(entry.number) ?? 0
    const wish = entry.wishes[at]
    if (wish === undefined) continue
    next.set(entry.number, at + 1)
    const held = kept.get(wish.n)
    if (held === undefined) {
      waiting.push(entry)
      continue
    }
    held.push({ entry, level: wish.level, lot: lotOf(entry.number) })
    held.sort((a, b) => a.level - b.level || (a.lot < b.lot ? -1 : 1))
    if (held.length > places.get(wish.n)!) waiting.push(held.pop()!.entry)
  }
  return new Map([...kept].flatMap(([n, held]) => held.map(({ entry }) => [entry.number, n] as const)))
}
