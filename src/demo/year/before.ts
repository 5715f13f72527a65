import { addDays, addMonths } from '#kit/day.ts'
import { seeded, split, type Random } from '#demo/random.ts'
import type { OrgSeed } from '#demo/tree.ts'
import { EVENTS } from './activities.ts'
import { SHAPES } from './calendar.ts'
import { splitWithin, type Cast } from './cast.ts'
import { PLANS } from './events.ts'
import { materialBody, referralBody, screeningBody } from './services.ts'
import { accepted, type Body, type DemoRecord } from './record.ts'

/** A month's total of one district or industry union. */
type Cell = { org: OrgSeed; ym: number; count: number; people: number }

/** The last day of a month. */
const endOf = (ym: number): string => {
  const next = addMonths(ym, 1)
  return addDays(`${Math.floor(next / 100)}-${String(next % 100).padStart(2, '0')}-01`, -1)
}

/** `sessions` and `people` of 2018 over units and months; cells without a session fall away. */
function cells(
  cast: Cast,
  random: Random,
  shape: readonly number[],
  sessions: number,
  people: number,
): Cell[] {
  const grid = cast.upper.flatMap((org) =>
    shape.map((weight, i) => ({
      org,
      ym: 201801 + i,
      weight: weight * (6 + cast.unitsOf(org) ** 0.7) * (0.2 + random.next()),
    })),
  )
  const counts = splitWithin(
    sessions,
    grid.map((c) => c.weight),
    grid.map((c) => (c.weight > 0 ? 12 : 0)),
    0,
  )
  const used = grid.map((c, i) => ({ ...c, count: counts[i]! })).filter((c) => c.count > 0)
  const heads = split(
    people,
    used.map((c) => c.count * (0.7 + random.next() * 0.6)),
    10,
  )
  return used.map((c, i) => ({ ...c, people: heads[i]! }))
}

/** A month's sum is no event of a day, has no teacher and only an estimate behind it. */
function monthly(body: Body, org: OrgSeed, label: string, ym: number): Body {
  const { teacher: _teacher, place: _place, cost: _cost, fund, ...rest } = body
  return {
    ...rest,
    ...(label === '两癌筛查' ? { fund } : {}),
    title: `${org.shortName}${Math.floor(ym / 100)}年${ym % 100}月${label}（合计）`,
    startsOn: `${endOf(ym).slice(0, 8)}01`,
    endsOn: endOf(ym),
    grade: '估报',
  }
}

const LABELS: Record<string, string> = {
  training: '女职工教育培训',
  competition: '劳动和技能竞赛',
  quiz: '平安家庭答题',
  lawTalk: '普法讲座',
  skillClass: '实用技能班',
  matchmaking: '婚恋交友活动',
  lecture: '智慧女工大课堂',
  familyTalk: '家风家教讲堂',
}

/** What a sum over many events says where one event would say its own. */
const GENERAL: Record<string, Body> = {
  training: { carrier: '流动课堂', subject: '本月各项培训', hours: null },
  competition: { trade: '各工种' },
  skillClass: { trade: '各类技能' },
  lecture: { course: '各门课程' },
  matchmaking: { brand: null },
}

/** A made-up share of the 2019 value, 5 to 15 per cent below it. */
const below = (random: Random, value: number): number => Math.round(value * (0.85 + random.next() * 0.1))

/**
 * Last year's line: accepted estimates of 2018, one per programme, district or industry union and month, feeding
 * flows only. What feeds a stock, and what honours or signs one by one, has no such sums.
 */
export function before(cast: Cast): DemoRecord[] {
  const random = seeded(2018)
  const records: DemoRecord[] = []
  const add = (
    programme: string,
    label: string,
    shape: readonly number[],
    [sessions, people]: [number, number],
    body: (cell: Cell) => Body,
  ): void => {
    for (const cell of cells(cast, random, shape, sessions, people))
      records.push(accepted(programme, cell.org, monthly(body(cell), cell.org, label, cell.ym)))
  }
  for (const { programme, shape, sessions, people } of PLANS)
    add(programme, LABELS[programme]!, shape, [below(random, sessions), below(random, people)], (cell) => ({
      ...EVENTS[programme](random, { ...cell, day: endOf(cell.ym) }),
      ...GENERAL[programme],
    }))
  add('screening', '两癌筛查', SHAPES.screening, [150, below(random, 14091)], ({ org, ym, people }) =>
    screeningBody(random, org, endOf(ym), people, '市总'),
  )
  add('material', '普法宣传单发放', SHAPES.march, [50, below(random, 10000)], ({ org, ym, people }) =>
    materialBody(random, org, endOf(ym), '反家庭暴力宣传单', '发放', people),
  )
  // One occasion is one record, so the referrals of a month are not summed up.
  for (const { org, ym, count, people } of cells(
    cast,
    random,
    SHAPES.jobs,
    below(random, 61),
    below(random, 6325),
  ))
    for (const beneficiaries of split(people, Array<number>(count).fill(1)))
      records.push(
        accepted('jobReferral', org, {
          ...referralBody(random, org, endOf(ym), beneficiaries),
          startsOn: endOf(ym),
          grade: '估报',
        }),
      )
  return records
}
