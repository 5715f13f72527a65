/** Times of a measure in ms. */
export type Times = { median: number; p95: number; count: number }

/** Median and 95th percentile of a list of times. */
export function timesOf(list: readonly number[]): Times {
  const sorted = [...list].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
  return { median: at(0.5), p95: at(0.95), count: sorted.length }
}

/** Times `count` runs, one after another, after two that warm up. */
export async function timed(count: number, work: (n: number) => Promise<unknown>): Promise<Times> {
  const list: number[] = []
  for (let n = -2; n < count; n++) {
    const start = performance.now()
    await work(n + 2)
    if (n >= 0) list.push(performance.now() - start)
  }
  return timesOf(list)
}

/** Times two works in turn, so that whatever disturbs the machine disturbs both. */
export async function sideBySide(
  count: number,
  one: (n: number) => Promise<unknown>,
  other: (n: number) => Promise<unknown>,
): Promise<[Times, Times]> {
  const lists: [number[], number[]] = [[], []]
  for (let n = -3; n < count; n++) {
    for (const [k, work] of [one, other].entries()) {
      const start = performance.now()
      await work(n + 3)
      if (n >= 0) lists[k]!.push(performance.now() - start)
    }
  }
  return [timesOf(lists[0]), timesOf(lists[1])]
}

export type Rate = Times & { perSecond: number }

/** Some clients at once for some seconds, each one request after another. */
export async function together(
  clients: number,
  seconds: number,
  work: (client: number, n: number) => Promise<unknown>,
): Promise<Rate> {
  const list: number[] = []
  const begun = performance.now()
  const end = begun + seconds * 1000
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let n = 0; performance.now() < end; n++) {
        const start = performance.now()
        await work(client, n)
        list.push(performance.now() - start)
      }
    }),
  )
  return { ...timesOf(list), perSecond: list.length / ((performance.now() - begun) / 1000) }
}
