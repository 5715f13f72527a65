/** A source of repeatable numbers: the same seed gives the same sequence on every machine. */
export type Random = {
  /** in [0, 1) */
  next(): number
  /** whole number, both ends included */
  int(min: number, max: number): number
  /** true with the given probability */
  chance(probability: number): boolean
  /** one element; RangeError on an empty list */
  pick<T>(list: readonly T[]): T
  /** the list in a new order; the argument stays as it is */
  shuffle<T>(list: readonly T[]): T[]
  /** positive real number, half of them below `median`; `sigma` is the spread of its logarithm */
  logNormal(median: number, sigma: number): number
}

/** mulberry32 by Tommy Ettinger: 32 bits of state, integer arithmetic only. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  // Irwin–Hall: the sum of twelve uniforms is close enough to normal and needs no logarithm or cosine.
  const normal = () => {
    let sum = -6
    for (let i = 0; i < 12; i++) sum += next()
    return sum
  }
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: <T>(list: readonly T[]) => {
      if (list.length === 0) throw new RangeError('pick: empty list')
      return list[int(0, list.length - 1)] as T
    },
    shuffle: <T>(list: readonly T[]) => {
      const out = [...list]
      for (let i = out.length - 1; i > 0; i--) {
        const j = int(0, i)
        ;[out[i], out[j]] = [out[j] as T, out[i] as T]
      }
      return out
    },
    logNormal: (median, sigma) => median * exp(sigma * normal()),
  }
}

/** e^x from the four operations alone: engines may differ in the last bit of Math.exp, never in these. */
function exp(x: number): number {
  let sum = 1
  for (let i = 18, y = x / 64; i > 0; i--) sum = 1 + (sum * y) / i
  for (let i = 0; i < 6; i++) sum *= sum
  return sum
}

/**
 * Divides a whole total into whole parts in proportion to the weights, by largest remainder; of equal
 * remainders the earlier part wins. The parts add up to `total` exactly and none is below `minimum`.
 * @throws RangeError when that is impossible (total too small or no integer, negative weights, all of them 0)
 */
export function split(total: number, weights: readonly number[], minimum = 0): number[] {
  const rest = total - minimum * weights.length
  const sum = weights.reduce((a, b) => a + b, 0)
  if (!Number.isInteger(rest) || rest < 0 || weights.some((w) => !(w >= 0)) || (rest > 0 && !(sum > 0)))
    throw new RangeError(`split: ${total} into ${weights.length} parts of at least ${minimum}`)
  const quotas = weights.map((w) => (rest === 0 ? 0 : (rest * w) / sum))
  const parts = quotas.map(Math.floor)
  const remainder = (i: number) => quotas[i]! - parts[i]!
  const order = weights.map((_, i) => i).sort((a, b) => remainder(b) - remainder(a) || a - b)
  const left = rest - parts.reduce((a, b) => a + b, 0)
  const lucky = new Set(order.slice(0, left))
  return parts.map((part, i) => minimum + part + (lucky.has(i) ? 1 : 0))
}
