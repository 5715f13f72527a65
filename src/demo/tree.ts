import { KINDS, type Kind, type KindKey, type Mix } from '#demo/kinds.ts'
import { brand, nameMaker } from '#demo/names.ts'
import { DISTRICTS, INDUSTRIES } from '#demo/places.ts'
import { seeded, type Random } from '#demo/random.ts'
import { currentTerm, overdueTerm } from '#demo/term.ts'

export type Tier = 'city' | 'district' | 'industry' | 'subdistrict' | 'grassroots'

/** A unit of the demo tree as it is loaded. Dates are `YYYY-MM-DD`, months yyyymm. */
export type OrgSeed = {
  /** permanent own orgCode; nobody may read anything out of it */
  code: string
  /** reporting superior from the beginning of time, until the first of `moves` */
  parent: string | null
  /** view-line superior: sees the unit's figures and decides nothing */
  view?: string
  /** dated changes of the reporting superior, ascending */
  moves?: { fromYm: number; parent: string }[]
  tier: Tier
  name: string
  shortName: string
  /** GB/T 2260, the ten county-level units only */
  regionCode?: string
  orgType: '独立基层' | '联合基层' | '街道' | '园区' | '行业' | '集团' | '系统' | '区县' | '市'
  /** head counts of the unit itself; above grassroots its own office, so that a scope adds up without double counting */
  workers: number
  womenWorkers: number
  members: number
  womenMembers: number
  /**
   * The women's committee, or below ten women members the one delegate (`director`); null where it is due and
   * missing. Above grassroots there is always a committee, whatever the head count of the office.
   */
  committee: null | {
    form: 'committee' | 'delegate'
    director: string
    termNo: number
    foundedOn: string
    termFromOn: string
    termUntilOn: string
  }
}

const SEED = 20200416
/** Shares of grassroots unions: no committee though due; term over; hanging in the other line as well. */
const MISSING = 0.04
const OVERDUE = 0.06
const INDUSTRY_IN_VIEW_OF_TERRITORY = 0.17
const TERRITORY_IN_VIEW_OF_INDUSTRY = 0.05
/** Share of a district's grassroots unions that report to it directly. */
const DIRECT = 0.12

/**
 * The dated changes of the demo: which superior gives up its last company to whom, and the park that
 * changes districts with all its units. DL01–DL14 are districts, two more digits a street, DL51–DL66 industry
 * unions.
 */
const MOVES: readonly { from: string; to: string[]; fromYm: number[] }[] = [
  { from: 'DL0101', to: ['DL0104'], fromYm: [201904] },
  { from: 'DL0402', to: ['DL0405'], fromYm: [201907] },
  { from: 'DL0903', to: ['DL0905', 'DL0901'], fromYm: [201905, 202001] },
  { from: 'DL0404', to: ['DL0302'], fromYm: [201909] },
  { from: 'DL0601', to: ['DL1203'], fromYm: [201910] },
  { from: 'DL0305', to: ['DL1101', 'DL0305'], fromYm: [201903, 202003] },
  { from: 'DL57', to: ['DL0408'], fromYm: [202001] },
]
const PARK_MOVE = { park: 'DL0414', to: 'DL11', fromYm: 202001 }

/**
 * The organisation tree of the demo: one city federation, fourteen districts and zones, sixteen industry unions,
 * streets, towns, parks, trade federations and groups, and more than 3,000 grassroots unions. The same at each
 * call and on each machine. Breadth first: parents, view superiors and targets of moves stand before their units.
 */
export function demoTree(): OrgSeed[] {
  const random = seeded(SEED)
  const personName = nameMaker(random)
  const usedShortNames = new Set<string>()
  const orgs: OrgSeed[] = []
  const serials = new Map<string, number>()

  const office = (
    seed: Pick<OrgSeed, 'code' | 'parent' | 'tier' | 'name' | 'shortName' | 'orgType' | 'regionCode'>,
    workers: number,
  ): void => {
    const women = Math.ceil(workers * 0.4)
    const heads = { workers, womenWorkers: women, members: workers, womenMembers: women }
    const committee = { form: 'committee' as const, director: personName(), ...currentTerm(random, 5) }
    orgs.push({ ...seed, ...heads, committee })
  }

  const grassroots = (parent: string, key: KindKey, area: string, home: string, view?: string): void => {
    const kind: Kind = KINDS[key]
    const serial = (serials.get(parent) ?? 0) + 1
    serials.set(parent, serial)
    const shortName = freshName(random, kind, usedShortNames)
    const prefix = kind.joint ? home : kind.tail ? random.pick(['大连', '大连', '']) : area
    const heads = headCounts(random, kind)
    orgs.push({
      code: parent + String(serial).padStart(3, '0'),
      parent,
      ...(view && { view }),
      tier: 'grassroots',
      name: `${prefix}${shortName}${kind.tail}${kind.joint ? '联合工会' : '工会'}`,
      shortName,
      orgType: kind.joint ? '联合基层' : '独立基层',
      ...heads,
      committee: grassrootsCommittee(random, heads.womenMembers, personName),
    })
  }

  const streets = DISTRICTS.flatMap((d) =>
    d.streets.map((name, i) => ({ code: numbered(d.code, i), name, district: d })),
  )
  const branches = INDUSTRIES.flatMap((industry) =>
    (industry.branches ?? []).map((b, i) => ({
      ...b,
      code: numbered(industry.code, i),
      parent: industry.code,
    })),
  )

  office(
    { code: 'DL', parent: null, tier: 'city', name: '大连市总工会', shortName: '市总工会', orgType: '市' },
    120,
  )
  for (const d of DISTRICTS) {
    const { code, name, short: shortName, regionCode } = d
    const seed = { code, parent: 'DL', tier: 'district' as const, name, shortName, orgType: '区县' as const }
    office({ ...seed, ...(regionCode && { regionCode }) }, random.int(14, 32))
  }
  for (const { code, name, short: shortName, orgType } of INDUSTRIES)
    office({ code, parent: 'DL', tier: 'industry', name, shortName, orgType }, random.int(8, 18))
  for (const { code, name, district } of streets) {
    const orgType = name.endsWith('园') ? '园区' : '街道'
    // A park's name survives a change of district.
    const full = `${orgType === '园区' ? '大连' : district.short}${name}总工会`
    const parent = district.code
    office({ code, parent, tier: 'subdistrict', name: full, shortName: name, orgType }, random.int(3, 7))
  }
  for (const { code, parent, name, short: shortName, orgType } of branches)
    office({ code, parent, tier: 'subdistrict', name, shortName, orgType }, random.int(3, 9))

  for (const d of DISTRICTS) {
    const deck = deckOf(d.mix)
    const own = streets.filter((s) => s.district === d)
    for (let i = 0; i < d.units; i++) {
      const street = random.chance(DIRECT) ? null : random.pick(own)
      const drawn = random.pick(deck)
      const key = drawn === 'joint' && street?.name.endsWith('镇') ? 'village' : drawn
      const { industry }: Kind = KINDS[key]
      const view = industry && random.chance(TERRITORY_IN_VIEW_OF_INDUSTRY) ? industry : undefined
      grassroots(street?.code ?? d.code, key, d.short, street?.name ?? d.short, view)
    }
  }
  // An industry's unit sits in a district as often as other unions do.
  const seats = streets.flatMap((s) =>
    Array<typeof s>(Math.round(s.district.units / s.district.streets.length)).fill(s),
  )
  for (const industry of INDUSTRIES) {
    const deck = deckOf(industry.mix)
    const own = branches.filter((b) => b.parent === industry.code)
    for (let i = 0; i < industry.units; i++) {
      const parent = own.length > 0 && random.chance(0.4) ? random.pick(own) : industry
      const view = random.chance(INDUSTRY_IN_VIEW_OF_TERRITORY) ? random.pick(seats).code : undefined
      grassroots(parent.code, random.pick(deck), '大连市', '大连市', view)
    }
  }

  for (const { from, to, fromYm } of MOVES) {
    const org = orgs.findLast(
      (o) => o.parent === from && o.name.endsWith('有限公司工会') && !o.view && !o.moves,
    )
    if (!org) throw new Error(`demoTree: ${from} has no company to move`)
    org.moves = to.map((parent, i) => ({ parent, fromYm: fromYm[i]! }))
  }
  const park = orgs.find((o) => o.code === PARK_MOVE.park)
  if (park) park.moves = [{ parent: PARK_MOVE.to, fromYm: PARK_MOVE.fromYm }]
  return orgs
}

/** The code of the i-th unit (from 0) of the middle tier. */
function numbered(code: string, i: number): string {
  return code + String(i + 1).padStart(2, '0')
}

function deckOf(mix: Mix): KindKey[] {
  return (Object.keys(mix) as KindKey[]).flatMap((key) => Array<KindKey>(mix[key] ?? 0).fill(key))
}

function freshName(random: Random, kind: Kind, used: Set<string>): string {
  for (;;) {
    const name = brand(random) + random.pick(kind.fields)
    if (!used.has(name)) {
      used.add(name)
      return name
    }
  }
}

type Heads = Pick<OrgSeed, 'workers' | 'womenWorkers' | 'members' | 'womenMembers'>

/** Women and men join at rates of their own, so members never exceed workers of either sex; one woman at least. */
function headCounts(random: Random, kind: Kind): Heads {
  const workers = Math.max(12, Math.round(random.logNormal(...kind.workers)))
  const share = kind.women + (random.next() + random.next() - 1) * 0.14
  const womenWorkers = Math.min(workers, Math.max(1, Math.round(workers * Math.min(share, 0.98))))
  const joined = (persons: number) => Math.round(persons * (0.82 + random.next() * 0.18))
  const womenMembers = Math.max(1, joined(womenWorkers))
  return { workers, womenWorkers, members: womenMembers + joined(workers - womenWorkers), womenMembers }
}

/** 工会女职工委员会工作条例: from ten women members a committee, below that one delegate. Term 3 or 5 years. */
function grassrootsCommittee(random: Random, womenMembers: number, director: () => string) {
  const due = womenMembers >= 10
  if (due && random.chance(MISSING)) return null
  const years = random.pick([3, 3, 5] as const)
  const term = random.chance(OVERDUE) ? overdueTerm(random, years) : currentTerm(random, years)
  return { form: due ? ('committee' as const) : ('delegate' as const), director: director(), ...term }
}
