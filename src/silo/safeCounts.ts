/** Below this many a count by topic is not told. */
export const least = 11

export type SafeCounts = {
  /** All together; null where even that is too small to be told. */
  total: number | null
  lines: { topic: string; count: number }[]
  /** The other topics together; null where none is left over, or nothing may be told apart. */
  rest: number | null
}

/**
 * Counts by topic as they may be told: what is small is put together with others until the sum says nothing of any of them.
 * Topics that are left over are not named, nor whether they are none. The same counts always give the same table.
 * @param isTotalPublic the total stands in a record anyhow
 */
export function safeCounts(
  counts: Readonly<Record<string, number>>,
  order: readonly string[],
  isTotalPublic: boolean,
): SafeCounts {
  const total = order.reduce((sum, topic) => sum + (counts[topic] ?? 0), 0)
  if (total < least) return { total: isTotalPublic ? total : null, lines: [], rest: null }
  const ranked = order
    .map((topic) => ({ topic, count: counts[topic] ?? 0 }))
    .sort((a, b) => b.count - a.count)
  const shown = ranked.filter(({ count }) => count >= least)
  const others = ranked.filter(({ count }) => count < least)
  const isSafe = (): boolean => {
    const sum = others.reduce((n, { count }) => n + count, 0)
    return sum === 0 || (sum >= least && others.filter(({ count }) => count > 0).length >= 2)
  }
  while (!isSafe() && shown.length > 0) others.push(shown.pop()!)
  if (shown.length === 0) return { total, lines: [], rest: null }
  const rest = others.reduce((n, { count }) => n + count, 0)
  return {
    total,
    lines: order.flatMap((topic) => shown.filter((line) => line.topic === topic)),
    rest: others.length === 0 ? null : rest,
  }
}
