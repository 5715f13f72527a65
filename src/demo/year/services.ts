import { addDays } from '#kit/day.ts'
import { seeded, split, type Random } from '#demo/random.ts'
import { REFERRALS } from '#demo/recordTexts.ts'
import type { OrgSeed } from '#demo/tree.ts'
import { monthsFor, SHAPES, someDay } from './calendar.ts'
import { classHosts, hosts, splitWithin, type Cast } from './cast.ts'
import { accepted, type Body, type DemoRecord } from './record.ts'

const span = (endsOn: string, days: number): Body => ({ startsOn: addDays(endsOn, -days), endsOn })

export function screeningBody(
  random: Random,
  org: OrgSeed,
  endsOn: string,
  persons: number,
  fund: string,
): Body {
  const year = endsOn.slice(0, 4)
  const round = `${year}年第${endsOn.slice(5, 7) < '07' ? '一' : '二'}批`
  return {
    title: `${org.shortName}${round}两癌筛查`,
    ...span(endsOn, random.int(1, 9)),
    grade: random.chance(0.85) ? '台账' : '估报',
    round,
    fund,
    persons,
    ...(random.chance(0.7) ? { cost: persons * random.int(36, 50) * 10 } : {}),
  }
}

/** 14,091 women with funds of province and city; some returns of other funds, which the figure leaves out. */
function screenings(cast: Cast): DemoRecord[] {
  const random = seeded(35)
  const owners = hosts(random, cast, 264, { upper: 0.12, middle: 0.18, grassroots: 0.7, leastWomen: 40 })
  const months = monthsFor(random, 2019, owners.length, SHAPES.screening)
  const persons = splitWithin(
    14091,
    owners.map((o) => (o.tier === 'grassroots' ? o.womenWorkers * 0.6 : 90)),
    owners.map((o) => (o.tier === 'grassroots' ? o.womenWorkers : 400)),
    5,
  )
  const counted = owners.map((org, i) => {
    const day = someDay(random, months[i]!)
    const fund = random.chance(0.18) ? '省总' : '市总'
    return accepted('screening', org, screeningBody(random, org, day, persons[i]!, fund))
  })
  const others = hosts(random, cast, 28, { upper: 0, middle: 0, grassroots: 1, leastWomen: 60 }).map(
    (org) => {
      const body = screeningBody(
        random,
        org,
        someDay(random, 201909),
        Math.ceil(org.womenWorkers * 0.7),
        '单位',
      )
      return accepted('screening', org, body)
    },
  )
  return [...counted, ...others]
}

export function materialBody(
  random: Random,
  org: OrgSeed,
  endsOn: string,
  item: string,
  act: string,
  copies: number,
): Body {
  return {
    title: `${org.shortName}${act}${item}`,
    ...span(endsOn, act === '发放' ? random.int(0, 12) : 0),
    grade: act === '印制' || random.chance(0.8) ? '台账' : '估报',
    item,
    act,
    copies,
  }
}

const LEAFLETS = ['反家庭暴力宣传单', '女职工劳动保护宣传单'] as const

/** 200 handbooks and 10,000 leaflets handed out, 50,000 booklets printed; and what no figure counts. */
function materials(cast: Cast): DemoRecord[] {
  const random = seeded(10)
  const record = (org: OrgSeed, ym: number, item: string, act: string, copies: number): DemoRecord =>
    accepted('material', org, materialBody(random, org, someDay(random, ym), item, act, copies))
  const leaflets = hosts(random, cast, 64, { upper: 0.35, middle: 0.45, grassroots: 0.2, leastWomen: 60 })
  const copies = split(
    10000,
    leaflets.map((o) => (o.tier === 'grassroots' ? 1 : 3) * (0.6 + random.next())),
    20,
  )
  const months = monthsFor(random, 2019, leaflets.length, SHAPES.march)
  const readers = hosts(random, cast, 5, { upper: 1, middle: 0, grassroots: 0 })
  const handbooks = split(200, [4, 4, 4, 4, 4])
  return [
    ...leaflets.map((org, i) => record(org, months[i]!, random.pick(LEAFLETS), '发放', copies[i]!)),
    ...readers.map((org, i) => record(org, 201903 + (i % 3), '性别平等指导手册', '发放', handbooks[i]!)),
    record(cast.city, 201904, '两癌防治手册', '印制', 30000),
    record(cast.city, 201908, '两癌防治手册', '印制', 20000),
    ...LEAFLETS.map((item) => record(cast.city, 201902, item, '印制', 6000)),
    ...cast.upper
      .slice(0, 12)
      .map((org) => record(org, 201905 + random.int(0, 4), '两癌防治手册', '发放', 100 * random.int(4, 30))),
  ]
}

export function referralBody(random: Random, org: OrgSeed, endsOn: string, beneficiaries: number): Body {
  const closed = endsOn >= '2020-02-01'
  const kind = closed ? '信息发布' : random.pick(['招聘会', '招聘会', '信息发布', '定向推荐'] as const)
  return {
    title: `${org.shortName}${REFERRALS[kind]}`,
    ...span(endsOn, kind === '信息发布' ? random.int(3, 20) : 0),
    grade: random.chance(0.6) ? '台账' : '估报',
    kind,
    firms: random.int(3, 60),
    posts: random.int(20, 600),
    intents: Math.floor(beneficiaries * random.next() * 0.4),
    beneficiaries,
  }
}

function referrals(cast: Cast): DemoRecord[] {
  const random = seeded(6325)
  const owners = hosts(random, cast, 61, { city: 0.05, upper: 0.7, middle: 0.25, grassroots: 0 })
  const months = monthsFor(random, 2019, 61, SHAPES.jobs)
  const persons = split(
    6325,
    owners.map((o) => (o.tier === 'subdistrict' ? 1 : 2.5) * (0.5 + random.next())),
    15,
  )
  return owners.map((org, i) =>
    accepted('jobReferral', org, referralBody(random, org, someDay(random, months[i]!), persons[i]!)),
  )
}

/** Nine classes aided by the city, one in the winter holidays, eight in summer; 277 children. */
function childcares(cast: Cast): DemoRecord[] {
  const random = seeded(277)
  const upper = ['DL03', 'DL11', 'DL01', 'DL04', 'DL51', 'DL55'].map((code) => cast.byCode.get(code)!)
  const owners = [...upper, ...classHosts(cast)]
  const children = splitWithin(
    277,
    owners.map(() => 0.7 + random.next()),
    owners.map(() => 40),
    20,
  )
  return owners.map((org, i) => {
    const isWinter = i === 4
    const season = isWinter ? '寒假' : '暑假'
    const dates = isWinter
      ? { startsOn: '2019-01-14', endsOn: '2019-02-01' }
      : {
          startsOn: random.pick(['2019-07-15', '2019-07-17', '2019-07-22']),
          endsOn: random.pick(['2019-08-16', '2019-08-21', '2019-08-23']),
        }
    return accepted('childcare', org, {
      title: `${org.shortName}职工子女${season}托管班`,
      ...dates,
      place: `${org.shortName}职工之家`,
      grade: '台账',
      season,
      workdays: isWinter ? 15 : random.int(24, 29),
      hours: '8:00至17:30',
      places: children[i]! + random.int(0, 5),
      children: children[i]!,
      level: org.tier === 'grassroots' ? '单位级' : '区县（产业）级',
      funds: [
        { source: '市总', amount: 20000 },
        { source: org.tier === 'grassroots' ? '单位' : '区县', amount: 1000 * random.int(5, 20) },
      ],
    })
  })
}

/** What counts persons, copies and classes rather than events. */
export const services = (cast: Cast): DemoRecord[] => [
  ...screenings(cast),
  ...materials(cast),
  ...referrals(cast),
  ...childcares(cast),
]
