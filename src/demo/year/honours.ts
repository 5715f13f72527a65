import { nameMaker } from '#demo/names.ts'
import { seeded, split, type Random } from '#demo/random.ts'
import { HONOURS, TEAMS } from '#demo/recordTexts.ts'
import type { OrgSeed } from '#demo/tree.ts'
import { someDay } from './calendar.ts'
import { classHosts, drawer, named, type Cast } from './cast.ts'
import { accepted, type Body, type DemoRecord } from './record.ts'

type Level = keyof typeof HONOURS
type Title = { honourType: string; giver: string; level: string }

/** How many of each level; the eleven named honours, national and provincial, come on top. */
const ORDINARY = {
  person: { total: 1393 - 3, shares: { 市级: 180, '区县（产业）级': 700, 街镇级: 240, 单位级: 270 } },
  team: { total: 150 - 2, shares: { 市级: 40, '区县（产业）级': 78, 街镇级: 15, 单位级: 15 } },
  cadre: { total: 170, shares: { 市级: 50, '区县（产业）级': 120, 街镇级: 0, 单位级: 0 } },
} as const
type Sort = keyof typeof ORDINARY

const SUBJECTS: Record<Sort, string> = { person: '个人', team: '集体', cadre: '女职工工作者' }

/** 三八 in March, 五一 in late April, the rest at the year's end. */
const MONTHS = { person: [0.62, 0.26, 0.12], team: [0.6, 0.3, 0.1], cadre: [0.7, 0.2, 0.1] } as const
const SEASONS = [3, 4, 12] as const

function giverOf(cast: Cast, org: OrgSeed, level: Level): string {
  if (level === '市级') return cast.city.name
  if (level === '区县（产业）级') return cast.topOf(org).name
  const above = cast.byCode.get(org.parent ?? '')
  return level === '街镇级' && above?.tier === 'subdistrict' ? above.name : org.name
}

const employerOf = (org: OrgSeed): string => org.name.replace(/(联合)?工会$/, '')

type Honour = { subject: string; honoree: string; employer?: string; grantedOn: string; titles: Title[] }

/** The docNo says itself that it is none. */
export function honourBody({ titles, ...honour }: Honour): Body {
  return {
    ...honour,
    title: `${honour.honoree}获${titles.map((t) => t.honourType).join('、')}`,
    grade: '台账',
    docNo: `演示文号${honour.grantedOn.slice(0, 7)}`,
    titles,
  }
}

/** An ordinary honour of a grassroots union's member, team or cadre. */
export function ordinary(
  random: Random,
  cast: Cast,
  org: OrgSeed,
  sort: Sort,
  level: Level,
  grantedOn: string,
  name: string,
): Body {
  const team = `${org.shortName}${random.pick(TEAMS)}`
  const size = random.int(8, 40)
  return {
    ...honourBody({
      subject: SUBJECTS[sort],
      honoree: sort === 'team' ? team : name,
      employer: employerOf(org),
      grantedOn,
      titles: [{ honourType: HONOURS[level][sort], giver: giverOf(cast, org, level), level }],
    }),
    ...(sort === 'team' ? { size, women: Math.round(size * (0.6 + random.next() * 0.4)) } : {}),
  }
}

function ordinaries(cast: Cast, name: () => string): DemoRecord[] {
  const random = seeded(20190308)
  const next = drawer(random, cast.grassroots, (o) => Math.sqrt(o.womenWorkers))
  return (Object.keys(ORDINARY) as Sort[]).flatMap((sort) => {
    const { total, shares } = ORDINARY[sort]
    const levels = split(total, Object.values(shares)).flatMap((n, i) =>
      Array<Level>(n).fill(Object.keys(shares)[i] as Level),
    )
    const seasons = split(total, MONTHS[sort]).flatMap((n, i) => Array<number>(n).fill(SEASONS[i]!))
    const months = random.shuffle(seasons)
    return levels.map((level, i) => {
      const org = next()
      const grantedOn =
        months[i] === 3 ? `2019-03-0${random.int(4, 8)}` : someDay(random, 201900 + months[i]!)
      return accepted('honour', org, ordinary(random, cast, org, sort, level, grantedOn, name()))
    })
  })
}

const title = (honourType: string, giver: string, level: string): Title => ({ honourType, giver, level })

const one = (org: OrgSeed, subject: string, honoree: string, grantedOn: string, ...titles: Title[]) =>
  accepted('honour', org, {
    ...honourBody({ subject, honoree, employer: employerOf(org), grantedOn, titles }),
    ...(subject === '集体' ? { size: 16, women: 12 } : {}),
  })

const site = (org: OrgSeed, grantedOn: string, given: Title) =>
  one(org, '托管点', `${org.shortName}职工子女托管班`, grantedOn, given)

/** H01 to H08 of the golden table: recipients made up, one person with two titles in one record. */
function famous(cast: Cast, name: () => string): DemoRecord[] {
  const [union, women, province] = ['中华全国总工会', '中华全国妇女联合会', '辽宁省妇女联合会']
  const coldChain = named(cast, /冷链/)
  const port = named(cast, /港口电力/, 'DL53')
  const [nationalSite, ...provincialSites] = classHosts(cast)
  const person = (words: RegExp, top: string, grantedOn: string, ...titles: Title[]) =>
    one(named(cast, words, top), '个人', name(), grantedOn, ...titles)
  return [
    person(
      /机车/,
      'DL54',
      '2019-03-04',
      title('全国五一巾帼标兵', union, '国家级'),
      title('全国五一巾帼奖章', union, '国家级'),
    ),
    one(
      coldChain,
      '集体',
      `${coldChain.shortName}开发企划部`,
      '2019-03-04',
      title('全国五一巾帼标兵岗', union, '国家级'),
    ),
    person(/船舶/, 'DL55', '2019-03-01', title('全国三八红旗手', women, '国家级')),
    person(/中学/, 'DL51', '2019-03-05', title('辽宁省三八红旗手', province, '省级')),
    one(port, '集体', `${port.shortName}变电所`, '2019-03-05', title('辽宁省三八红旗集体', province, '省级')),
    one(
      named(cast, /社区/, 'DL03'),
      '家庭',
      `${name()}家庭`,
      '2019-05-15',
      title('全国最美家庭', women, '国家级'),
    ),
    site(nationalSite, '2019-10-22', title('全国工会爱心托管班', union, '国家级')),
    ...provincialSites.map((org) =>
      site(org, '2019-11-15', title('辽宁省职工子女托管示范点', '辽宁省总工会', '省级')),
    ),
  ]
}

/** The honours of 2019: eight named ones, the others in plain titles of city, district, street and unit. */
export function honours(cast: Cast, name: () => string = nameMaker(seeded(38))): DemoRecord[] {
  return [...famous(cast, name), ...ordinaries(cast, name)]
}
