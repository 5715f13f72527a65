import { addDays } from '#kit/day.ts'
import { seeded, split, type Random } from '#demo/random.ts'
import { EQUIPMENT } from '#demo/recordTexts.ts'
import type { OrgSeed } from '#demo/tree.ts'
import { monthsFor, SHAPES, someDay } from './calendar.ts'
import { hosts, splitWithin, type Cast } from './cast.ts'
import { accepted, type Body, type DemoRecord } from './record.ts'

/**
 * The rooms of each year: how many were built, how many women they cover, and how many of them are, at the end of
 * 2019, open to the public and on a map. 85 rooms and 9,846 women in 2019; 11 + 14 + 20 + 18 = 63 open.
 */
const YEARS = [
  { year: 2016, built: 22, women: 2640, open: 11, ended: 1 },
  { year: 2017, built: 31, women: 3715, open: 14, ended: 2 },
  { year: 2018, built: 77, women: 8920, open: 20, ended: 3 },
  { year: 2019, built: 85, women: 9846, open: 18, ended: 0 },
] as const

/** open: at the end of 2019 and on; ended: until some day of 2019; inside: for the staff alone; unlisted: on no map. */
type Fate = 'open' | 'ended' | 'inside' | 'unlisted'
type Line = { attribute: string; value?: string; fromOn: string; untilOn?: string }

const MAPS = ['百度上线', '高德上线', '百度上线', '高德上线', '腾讯上线'] as const

function intervalsOf(random: Random, builtOn: string, fate: Fate): Line[] {
  const openFrom = addDays(builtOn, random.int(0, 20))
  const ended = `2019-0${random.int(2, 9)}-${random.int(10, 28)}`
  const until = fate === 'ended' ? { untilOn: ended } : {}
  const rank = random.chance(0.3)
    ? [{ attribute: '级别', value: random.pick(['市级', '市示范']), fromOn: openFrom }]
    : []
  if (fate === 'inside') return rank
  const lines: Line[] = [{ attribute: '对外开放', fromOn: openFrom, ...until }, ...rank]
  if (fate === 'unlisted') return lines
  // Many early rooms went on the maps in the campaign of 2019.
  const late = builtOn < '2018-10-01' && fate === 'open' && random.chance(0.4)
  const fromOn = late ? someDay(random, 201900 + random.int(2, 10)) : addDays(openFrom, random.int(5, 30))
  const maps = new Set([random.pick(MAPS), ...(random.chance(0.6) ? [random.pick(MAPS)] : [])])
  return [...lines, ...[...maps].map((attribute) => ({ attribute, fromOn }))]
}

export function roomBody(
  random: Random,
  org: OrgSeed,
  builtOn: string,
  coveredWomen: number,
  fate: Fate,
): Body {
  return {
    title: `${org.shortName}女职工特殊关爱室`,
    grade: random.chance(0.7) ? '台账' : '估报',
    form: random.pick(['室', '室', '室', '空间', '角', '母婴室']),
    builtOn,
    area: random.int(8, 36),
    address: `${org.shortName}演示路${random.int(1, 180)}号`,
    doorHint: `${random.int(1, 4)}层`,
    hours: fate === 'inside' ? '工作日8:30至16:30' : random.pick(['每日9:00至17:00', '每日9:00至20:00']),
    fathersWelcome: random.chance(0.6),
    stepFree: random.chance(0.5),
    coveredWomen,
    ...(random.chance(0.5) ? { subsidy: 1000 * random.int(2, 5) } : {}),
    equipment: random
      .shuffle(EQUIPMENT)
      .slice(0, random.int(4, 9))
      .map((item) => ({ item })),
    intervals: intervalsOf(random, builtOn, fate),
  }
}

/** Rooms built from 2016 to 2019, so that the stock of open rooms moves through 2019 and ends at 63. */
export function rooms(cast: Cast): DemoRecord[] {
  const random = seeded(8510)
  return YEARS.flatMap(({ year, built, women, open, ended }) => {
    const owners = hosts(random, cast, built, { upper: 0.1, middle: 0.15, grassroots: 0.75, leastWomen: 60 })
    const covered = splitWithin(
      women,
      owners.map((o) => Math.sqrt(o.womenWorkers + 40)),
      owners.map(() => 600),
      15,
    )
    const days = monthsFor(random, year, built, SHAPES.rooms)
      .map((ym) => someDay(random, ym))
      .sort()
    const rest = split(built - open - ended, [1, 1])
    const fates = random.shuffle([
      ...Array<Fate>(ended).fill('ended'),
      ...Array<Fate>(rest[0]!).fill('inside'),
      ...Array<Fate>(rest[1]!).fill('unlisted'),
    ])
    // The earliest rooms of a year are the open ones: theirs was time to be listed before the year ended.
    return owners.map((org, i) => {
      const fate = i % 2 === 0 && i / 2 < open ? 'open' : fates.pop()!
      return accepted('careRoom', org, roomBody(random, org, days[i]!, covered[i]!, fate))
    })
  })
}
