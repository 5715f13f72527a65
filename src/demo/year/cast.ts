import { split, type Random } from '#demo/random.ts'
import type { OrgSeed } from '#demo/tree.ts'

/** The units of the demo tree by what they do in the year. */
export type Cast = {
  city: OrgSeed
  /** districts and industry unions */
  upper: OrgSeed[]
  /** streets, towns, parks, trade federations, groups */
  middle: OrgSeed[]
  grassroots: OrgSeed[]
  byCode: ReadonlyMap<string, OrgSeed>
  /** the district or industry union above a unit (or the unit itself), by its first superior; the city above all */
  topOf: (org: OrgSeed) => OrgSeed
  /** how many grassroots unions stand below a unit of the upper tier */
  unitsOf: (top: OrgSeed) => number
}

/** @throws Error when the tree has no city */
export function castOf(tree: readonly OrgSeed[]): Cast {
  const byCode = new Map(tree.map((o) => [o.code, o]))
  const city = tree.find((o) => o.tier === 'city')
  if (!city) throw new Error('castOf: no city in the tree')
  const topOf = (org: OrgSeed): OrgSeed => {
    const above = org.parent === null ? undefined : byCode.get(org.parent)
    return org.tier === 'district' || org.tier === 'industry' || !above ? org : topOf(above)
  }
  const grassroots = tree.filter((o) => o.tier === 'grassroots')
  const units = new Map<string, number>()
  for (const org of grassroots) units.set(topOf(org).code, (units.get(topOf(org).code) ?? 0) + 1)
  return {
    city,
    upper: tree.filter((o) => o.tier === 'district' || o.tier === 'industry'),
    middle: tree.filter((o) => o.tier === 'subdistrict'),
    grassroots,
    byCode,
    topOf,
    unitsOf: (top) => units.get(top.code) ?? 0,
  }
}

/**
 * The first grassroots union, below one unit of the upper tier or anywhere, whose name holds one of the words.
 * @throws Error when there is none
 */
export function named(cast: Cast, words: RegExp, top?: string): OrgSeed {
  const org = cast.grassroots.find((o) => words.test(o.name) && (!top || cast.topOf(o).code === top))
  if (!org) throw new Error(`named: no unit ${words} below ${top ?? 'the city'}`)
  return org
}

/** The three grassroots unions whose childcare classes the city aids and nation or province honour. */
export const classHosts = (cast: Cast): [national: OrgSeed, ...provincial: OrgSeed[]] => [
  named(cast, /软件|数据|信息/, 'DL11'),
  named(cast, /实验小学/, 'DL51'),
  named(cast, /船舶/, 'DL55'),
]

/** Shares of the tiers among the hosts of a programme. */
export type Mix = { city?: number; upper: number; middle: number; grassroots: number; leastWomen?: number }

/** Draws in proportion to weights, with replacement. */
export function drawer<T>(random: Random, list: readonly T[], weight: (item: T) => number): () => T {
  const ends: number[] = []
  let sum = 0
  for (const item of list) ends.push((sum += weight(item)))
  if (!(sum > 0)) throw new RangeError('drawer: nothing to draw')
  return () => {
    const at = random.next() * sum
    let [low, high] = [0, ends.length - 1]
    while (low < high) {
      const mid = (low + high) >> 1
      if (ends[mid]! > at) high = mid
      else low = mid + 1
    }
    return list[low]!
  }
}

/**
 * The hosts of `n` facts. Every district and industry union has its turn in proportion to its unions, the lower
 * tiers by chance, large grassroots unions oftener.
 * @param favour multiplies a unit's chance.
 */
export function hosts(
  random: Random,
  cast: Cast,
  n: number,
  mix: Mix,
  favour: (org: OrgSeed) => number = () => 1,
): OrgSeed[] {
  const shares = split(n, [mix.city ?? 0, mix.upper, mix.middle, mix.grassroots])
  const [city, upper, middle, low] = shares as [number, number, number, number]
  const turns = split(
    upper,
    cast.upper.map((o) => (6 + cast.unitsOf(o) ** 0.7) * favour(o)),
  )
  const draw = (k: number, list: OrgSeed[], weight: (o: OrgSeed) => number): OrgSeed[] => {
    if (k === 0) return []
    const next = drawer(random, list, (o) => weight(o) * favour(o))
    return Array.from({ length: k }, next)
  }
  const fit = cast.grassroots.filter((o) => o.womenWorkers >= (mix.leastWomen ?? 20))
  return random.shuffle([
    ...Array<OrgSeed>(city).fill(cast.city),
    ...turns.flatMap((k, i) => Array<OrgSeed>(k).fill(cast.upper[i]!)),
    ...draw(middle, cast.middle, () => 1),
    ...draw(low, fit, (o) => Math.sqrt(o.womenWorkers)),
  ])
}

/**
 * `split` under upper bounds: what a bound keeps out goes to the others in proportion.
 * @throws RangeError when the bounds hold less than `total`, or as `split` does
 */
export function splitWithin(
  total: number,
  weights: readonly number[],
  bounds: readonly number[],
  minimum = 1,
): number[] {
  const parts = weights.map(() => 0)
  let open = weights.map((_, i) => i)
  let rest = total
  for (;;) {
    const given = split(
      rest,
      open.map((i) => weights[i]!),
      minimum,
    )
    const full = new Set(open.filter((i, k) => given[k]! > bounds[i]!))
    if (full.size === 0) {
      open.forEach((i, k) => (parts[i] = given[k]!))
      return parts
    }
    for (const i of full) {
      parts[i] = bounds[i]!
      rest -= bounds[i]!
    }
    open = open.filter((i) => !full.has(i))
    if (open.length === 0) throw new RangeError(`splitWithin: bounds hold ${total - rest} of ${total}`)
  }
}
