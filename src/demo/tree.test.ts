import { afterEach, describe, expect, it, vi } from 'vitest'
import { isMadeUpOrg, isMadeUpPerson } from '#demo/names.ts'
import { demoTree, type OrgSeed } from '#demo/tree.ts'

const tree = demoTree()
const byCode = new Map(tree.map((o) => [o.code, o]))
const of = (tier: OrgSeed['tier']) => tree.filter((o) => o.tier === tier)
const grassroots = of('grassroots')
const share = (some: OrgSeed[], all: OrgSeed[]) => some.length / all.length
const sum = (orgs: OrgSeed[], head: 'workers' | 'womenWorkers') => orgs.reduce((a, o) => a + o[head], 0)

/** The reporting superior in a month. */
const parentIn = (org: OrgSeed, ym: number) =>
  (org.moves ?? []).reduce((parent, m) => (m.fromYm <= ym ? m.parent : parent), org.parent)

/** Codes above a unit in a month; throws on an unknown parent or a cycle. */
function above(org: OrgSeed, ym: number): string[] {
  const path: string[] = []
  for (let at = parentIn(org, ym); at !== null; at = parentIn(byCode.get(at)!, ym)) {
    if (!byCode.has(at)) throw new Error(`${org.code}: no such parent ${at}`)
    if (path.includes(at) || at === org.code) throw new Error(`${org.code}: cycle at ${at}`)
    path.push(at)
  }
  return path
}

const years = (from: string, until: string) => Number(until.slice(0, 4)) - Number(from.slice(0, 4))
const forbid = (name: string) => () => {
  throw new Error(name)
}

const tiersAbove = (o: OrgSeed) => above(o, 190001).map((code) => byCode.get(code)!.tier)
/** The unit of the path directly under the city. */
const top = (o: OrgSeed, ym: number) => [o.code, ...above(o, ym)].at(-2)
const line = (codes: string[]) =>
  codes.some((code) => byCode.get(code)!.tier === 'industry') ? 'industry' : 'territory'
const womenShare = (code: string) => {
  const below = grassroots.filter((o) => above(o, 190001).includes(code))
  return sum(below, 'womenWorkers') / sum(below, 'workers')
}

const moved = tree.filter((o) => o.moves)
const months = [190001, ...new Set(moved.flatMap((o) => o.moves!.map((m) => m.fromYm)))].sort((a, b) => a - b)

afterEach(() => vi.restoreAllMocks())

describe('shape of the tree', () => {
  it('has the units asked for at each tier', () => {
    expect(of('city').map((o) => o.name)).toEqual(['大连市总工会'])
    expect(of('district')).toHaveLength(14)
    expect(of('industry').length).toBeGreaterThanOrEqual(10)
    expect(grassroots.length).toBeGreaterThanOrEqual(3000)
    expect(grassroots.length).toBeLessThan(3400)
  })

  it('gives region codes to the ten county-level units and to nobody else', () => {
    const codes = tree.flatMap((o) => (o.regionCode ? [`${o.regionCode} ${o.shortName}`] : []))
    expect(codes).toEqual([
      '210202 中山区',
      '210203 西岗区',
      '210204 沙河口区',
      '210211 甘井子区',
      '210212 旅顺口区',
      '210213 金州区',
      '210214 普兰店区',
      '210224 长海县',
      '210281 瓦房店市',
      '210283 庄河市',
    ])
    const zones = of('district').filter((o) => !o.regionCode)
    expect(zones.map((o) => o.shortName)).toEqual(['高新区', '金普新区', '长兴岛', '花园口'])
  })

  it('gives each district five to sixteen streets, towns and parks; 长海 has towns', () => {
    const islands = of('subdistrict').filter((o) => o.parent === 'DL08')
    expect(islands.filter((o) => !o.shortName.endsWith('镇'))).toEqual([])
    for (const d of of('district')) {
      const streets = of('subdistrict').filter((o) => o.parent === d.code)
      expect(streets.length).toBeGreaterThanOrEqual(5)
      expect(streets.length).toBeLessThanOrEqual(16)
    }
  })

  it('spreads the grassroots unions: most under streets, some under districts, many under industry unions', () => {
    const industry = grassroots.filter((o) => tiersAbove(o).includes('industry'))
    const direct = grassroots.filter((o) => tiersAbove(o)[0] === 'district')
    expect(share(industry, grassroots)).toBeGreaterThan(0.15)
    expect(share(direct, grassroots)).toBeGreaterThan(0.05)
    expect(share(direct, grassroots)).toBeLessThan(0.15)
    expect(new Set(tree.map((o) => above(o, 190001).length))).toEqual(new Set([0, 1, 2, 3]))
    for (const o of tree.filter((o) => o.tier === 'district' || o.tier === 'industry'))
      expect(tree.filter((g) => above(g, 190001).includes(o.code)).length).toBeGreaterThan(10)
  })
})

describe('codes, names and lines', () => {
  it('has codes of the right form, each once', () => {
    expect(tree.filter((o) => !/^[0-9A-Z]{2,12}$/.test(o.code))).toEqual([])
    expect(byCode.size).toBe(tree.length)
  })

  it('has each name once, and each short name of a grassroots union once', () => {
    expect(new Set(tree.map((o) => o.name)).size).toBe(tree.length)
    expect(new Set(grassroots.map((o) => o.shortName)).size).toBe(grassroots.length)
  })

  it('puts parents, view superiors and targets of moves before their units', () => {
    const seen = new Set<string>()
    for (const o of tree) {
      const superiors = [o.parent, o.view, ...(o.moves ?? []).map((m) => m.parent)]
      expect(superiors.filter((code) => code && !seen.has(code))).toEqual([])
      seen.add(o.code)
    }
    expect(tree.filter((o) => o.parent === null)).toEqual([tree[0]])
  })

  it('leads every unit to the city in every month, without a cycle', () => {
    for (const ym of months) for (const o of tree.slice(1)) expect(above(o, ym).at(-1)).toBe('DL')
  })

  it('moves a handful in 2019 and 2020, some of them across districts, one with its units', () => {
    expect(moved.length).toBeGreaterThanOrEqual(5)
    expect(moved.length).toBeLessThanOrEqual(12)
    for (const o of moved) {
      const yms = o.moves!.map((m) => m.fromYm)
      expect(yms).toEqual([...yms].sort((a, b) => a - b))
      let parent = o.parent
      for (const m of o.moves!) {
        expect(m.parent).not.toBe(parent)
        expect(m.fromYm).toBeGreaterThanOrEqual(201901)
        expect(m.fromYm).toBeLessThanOrEqual(202012)
        parent = m.parent
      }
    }
    const across = moved.filter((o) => o.moves!.some((m) => top(o, m.fromYm) !== top(o, 190001)))
    expect(across.length).toBeGreaterThanOrEqual(2)
    expect(across.length).toBeLessThan(moved.length)
    const withUnits = moved.filter((o) => tree.filter((g) => g.parent === o.code).length > 5)
    expect(withUnits).toHaveLength(1)
  })

  it('hangs about one in twenty in both lines, territory and industry, never under an ancestor', () => {
    const both = grassroots.filter((o) => o.view)
    expect(share(both, grassroots)).toBeGreaterThan(0.035)
    expect(share(both, grassroots)).toBeLessThan(0.065)
    expect(tree.filter((o) => o.view && o.tier !== 'grassroots')).toEqual([])
    const ways = new Set<string>()
    for (const o of both) {
      for (const ym of months) expect(above(o, ym)).not.toContain(o.view)
      const reporting = line(above(o, 190001))
      const view = line([o.view!, ...above(byCode.get(o.view!)!, 190001)])
      expect(view).not.toBe(reporting)
      ways.add(reporting)
    }
    expect(ways).toEqual(new Set(['industry', 'territory']))
  })
})

describe('head counts', () => {
  it('counts no more members than workers, of either sex, and at least one woman member', () => {
    const wrong = tree.filter(
      (o) =>
        o.womenMembers < 1 ||
        o.womenMembers > o.womenWorkers ||
        o.womenMembers > o.members ||
        o.womenWorkers > o.workers ||
        o.members - o.womenMembers > o.workers - o.womenWorkers ||
        ![o.workers, o.womenWorkers, o.members, o.womenMembers].every(Number.isInteger),
    )
    expect(wrong).toEqual([])
  })

  it('has many small unions and few large ones', () => {
    const sizes = grassroots.map((o) => o.workers).sort((a, b) => a - b)
    const at = (q: number) => sizes[Math.floor(sizes.length * q)]!
    expect(at(0.5)).toBeGreaterThan(50)
    expect(at(0.5)).toBeLessThan(110)
    expect(at(0.99)).toBeGreaterThan(5 * at(0.5))
    expect(sum(grassroots, 'workers') / grassroots.length).toBeGreaterThan(1.15 * at(0.5))
  })

  it('finds mostly women in schools and hospitals and few in shipyards', () => {
    expect(womenShare('DL51')).toBeGreaterThan(0.7)
    expect(womenShare('DL52')).toBeGreaterThan(0.7)
    expect(womenShare('DL55')).toBeLessThan(0.15)
  })
})

describe('committees', () => {
  const due = grassroots.filter((o) => o.womenMembers >= 10)

  it('is a committee from ten women members, below that a delegate', () => {
    const wrong = grassroots.filter(
      (o) => o.committee && (o.committee.form === 'committee') !== due.includes(o),
    )
    expect(wrong).toEqual([])
    expect(of('grassroots').filter((o) => o.committee?.form === 'delegate').length).toBeGreaterThan(100)
    expect(due.length).toBeLessThan(grassroots.length)
  })

  it('is missing in about 4 % and overdue in about 6 %, at the grassroots only', () => {
    const missing = tree.filter((o) => o.committee === null)
    expect(missing.filter((o) => o.tier !== 'grassroots' || o.womenMembers < 10)).toEqual([])
    expect(share(missing, due)).toBeGreaterThan(0.03)
    expect(share(missing, due)).toBeLessThan(0.05)
    const overdue = tree.filter((o) => o.committee && o.committee.termUntilOn < '2020-04-16')
    expect(overdue.filter((o) => o.tier !== 'grassroots')).toEqual([])
    expect(share(overdue, grassroots)).toBeGreaterThan(0.05)
    expect(share(overdue, grassroots)).toBeLessThan(0.07)
  })

  it('sits for three or five years, five above the grassroots, by real dates in order', () => {
    for (const { tier, committee } of tree) {
      if (!committee) continue
      const { foundedOn, termFromOn, termUntilOn, termNo } = committee
      const length = years(termFromOn, termUntilOn)
      expect(tier === 'grassroots' ? [3, 5] : [5]).toContain(length)
      for (const day of [foundedOn, termFromOn, termUntilOn])
        expect(new Date(day).toISOString().slice(0, 10)).toBe(day)
      const dayAfter = new Date(new Date(termUntilOn).getTime() + 86_400_000).toISOString()
      expect(dayAfter.slice(5, 10)).toBe(termFromOn.slice(5))
      expect(years(foundedOn, termFromOn)).toBe((termNo - 1) * length)
      expect(termFromOn <= '2020-04-16').toBe(true)
    }
  })

  it('has a director of her own everywhere, by a made-up name', () => {
    const directors = tree.flatMap((o) => (o.committee ? [o.committee.director] : []))
    expect(directors.filter((name) => !isMadeUpPerson(name))).toEqual([])
    expect(new Set(directors).size).toBe(directors.length)
  })
})

describe('made up, and the same everywhere', () => {
  it('gives every grassroots union, park and group a made-up proper name', () => {
    const invented = tree.filter(
      (o) => o.tier === 'grassroots' || o.orgType === '园区' || o.orgType === '集团',
    )
    expect(invented.filter((o) => !isMadeUpOrg(o.name))).toEqual([])
  })

  it('names no real enterprise', () => {
    const real =
      /万达|大商集团|中车|大船|大化集团|瓦轴|冰山|亿达|东软|海信|华为|固特异|英特尔|棒棰岛|大杨|獐子岛集团|辽渔|大连港集?团?股|中石油|中石化|恒力|西太平洋|光洋|百年人寿|佳能|东芝|松下|三洋|富士|友谊集团|大显|华信|华锐|一重|融科|国家电网|中国移动|中国邮政|中远|招商|铁龙|天宝|壹桥|好当家|韩伟|盛道|鞍钢|罗森|麦当劳|肯德基|沃尔玛|家乐福|新玛特/
    expect(tree.filter((o) => real.test(o.name)).map((o) => o.name)).toEqual([])
  })

  it('repeats itself without clock, chance, locale or inexact mathematics', () => {
    vi.spyOn(Date, 'now').mockImplementation(forbid('Date.now'))
    vi.spyOn(String.prototype, 'localeCompare').mockImplementation(forbid('localeCompare'))
    for (const name of ['random', 'exp', 'log', 'cos', 'sin', 'pow'] as const)
      vi.spyOn(Math, name).mockImplementation(forbid(name))
    expect(JSON.stringify(demoTree()) === JSON.stringify(tree)).toBe(true)
  })

  it('is built within 300 ms', () => {
    const times = [1, 2, 3].map(() => {
      const start = performance.now()
      demoTree()
      return performance.now() - start
    })
    expect(Math.min(...times)).toBeLessThan(300)
  })
})
