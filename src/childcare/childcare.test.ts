import { describe, expect, it } from 'vitest'
import { blocksAbove, blocksOf, checkHoldsUntil, oldestCheck, unscannedBlocks } from './blocks.ts'
import { noticedWords } from './noticed.ts'
import { countedChildren, enrolledOn, heldOf } from './enrolled.ts'
import { childcareSafety, childcareSubsidy } from './rules.ts'
import { actsFor, classStates, type ClassState, type HeldBy } from './states.ts'
import { subsidyOf, type Inputs } from './subsidy.ts'
import type { Hand } from '#record/hands.ts'
import type { Hindrance, NoticeState } from '#publicNotice/state.ts'

describe('a check of staff', () => {
  it.each([
    ['2020-04-16', 12, '2019-04-16'],
    ['2020-02-29', 12, '2019-02-28'],
    ['2021-02-28', 12, '2020-02-28'],
    ['2020-01-31', 11, '2019-02-28'],
    ['2020-03-01', 1, '2020-02-01'],
  ])('on %s holds for %i months since %s', (today, months, oldest) =>
    expect(oldestCheck(today, months)).toBe(oldest),
  )
  it.each([
    ['2019-04-16', '2020-04-16'],
    ['2019-02-28', '2020-02-28'],
    ['2020-02-29', '2021-02-28'],
  ])('of %s holds until %s', (on, until) => expect(checkHoldsUntil(on, 12)).toBe(until))
})

const said = (state: NoticeState, hindrance: Hindrance | null) =>
  noticedWords({ id: '1', closesOn: '2020-04-23', state, hindrance })

describe('of its notice a class says', () => {
  it.each([
    ['open', null, '公示到 2020年4月23日'],
    ['passed', null, '公示期满'],
    ['blocked', 'open', '答复后才能'],
    ['blocked', 'valid', '异议成立，不能同意开班'],
  ] as const)('%s, with %s in its way', (state, hindrance, words) =>
    expect(said(state, hindrance)).toContain(words),
  )
})

describe('a class is shown to nobody', () => {
  const whole = { staff: 3, unchecked: 0, stale: 0, unfit: 0, uncertified: 0 }
  it.each([
    [whole, [], 0],
    [{ ...whole, staff: 0 }, [], 1],
    [{ ...whole, unchecked: 1 }, [], 1],
    [{ ...whole, stale: 1 }, [], 1],
    [{ ...whole, unfit: 1 }, [], 1],
    [{ ...whole, uncertified: 1 }, [], 1],
    [whole, ['消防安全'], 1],
    [{ staff: 3, unchecked: 1, stale: 1, unfit: 1, uncertified: 1 }, ['食品安全', '房屋安全'], 5],
  ])('with %o and without %o', (staffing, missing, n) =>
    expect(blocksOf(staffing, missing, 12)).toHaveLength(n),
  )
})

it('tells those above whether all are checked, not how many are not', () =>
  expect([blocksAbove(true, []), blocksAbove(false, ['消防安全'])]).toEqual([
    [],
    ['入职查询或健康证未齐', '安全材料缺少或者过期：消防安全'],
  ]))

it('says of each paper by itself that its scan lacks', () =>
  expect(unscannedBlocks(['消防安全', '食品安全'])).toEqual([
    '消防安全：还没有上传扫描件',
    '食品安全：还没有上传扫描件',
  ]))

it('asks for a check within the year of the law, whatever a city enters', () => {
  const { schema, versions } = childcareSafety
  expect(schema.safeParse({ ...versions[0]!.value, checkMonths: 13 }).success).toBe(false)
})

describe('a subsidy', () => {
  const terms = childcareSubsidy.versions[0]!.value
  const held: Inputs = { season: '暑假', children: 20, days: 20, came: 280, due: 400 }
  it.each<[Partial<Inputs>, number, number]>([
    [{}, 11_000, 0],
    [{ children: 19, came: 280, due: 380 }, 0, 1],
    [{ days: 19, came: 280, due: 380 }, 0, 1],
    [{ came: 279 }, 0, 1],
    [{ season: '课后', days: 99, came: 1980, due: 1980 }, 0, 1],
    [{ season: '课后', days: 100, came: 1400, due: 2000 }, 11_000, 0],
    [{ children: 50, came: 1000, due: 1000 }, 20_000, 0],
    [{ children: 51, came: 1020, due: 1020 }, 20_000, 0],
    [{ children: 1, days: 0, came: 0, due: 0 }, 0, 2],
  ])('of %o', (change, yuan, lacking) => {
    const found = subsidyOf({ ...held, ...change }, terms)
    expect([found.yuan, found.lacking.length]).toEqual([yuan, lacking])
  })
  it('judges each day by the number of its day, days without a child too', () => {
    const childrenOn = { '2020-04-16': 25, '2020-05-10': 20 }
    expect(['2020-04-01', '2020-05-09', '2020-05-10'].map((day) => enrolledOn(childrenOn, day))).toEqual([
      25, 25, 20,
    ])
    expect(enrolledOn({}, '2020-04-16')).toBeNull()
    const days = [
      { onDay: '2020-04-16', came: 20 },
      { onDay: '2020-04-17', came: 0 },
      { onDay: '2020-05-10', came: 20 },
    ]
    expect(heldOf(days, childrenOn)).toEqual({ days: 2, came: 40, due: 70, noted: 3 })
  })
  it('counts no child that came in by a number raised at the end', () => {
    const noted = { days: 20, came: 400, due: 410, noted: 20 }
    expect([
      countedChildren(30, noted),
      countedChildren(18, noted),
      countedChildren(9, heldOf([], {})),
    ]).toEqual([20, 18, 9])
  })
})

describe('the acts of a class', () => {
  it.each<[Hand[], ClassState, string[]]>([
    [['owner'], 'draft', ['withdraw', 'submit']],
    [['recommender'], 'draft', []],
    [['recommender'], 'district', ['recommend', 'return']],
    [['city'], 'district', []],
    [['city'], 'city', ['announce', 'approve', 'returnDown', 'refuse']],
    [['owner'], 'approved', ['withdraw', 'publish']],
    [['city'], 'approved', []],
    [['owner'], 'published', ['takeDown', 'finish']],
    [['recommender'], 'published', ['suspend']],
    [['city'], 'published', ['suspend']],
    [['owner', 'recommender'], 'published', ['takeDown', 'finish']],
    [['owner'], 'suspended', ['publish', 'finish']],
    // What somebody above took down is let up by nobody below.
    [['city'], 'suspended', []],
    [['city'], 'finished', ['refuse', 'close']],
    [['owner'], 'finished', []],
  ])('of %o in %s', (hands, state, acts) => expect(actsFor(state, hands).toSorted()).toEqual(acts.toSorted()))
  it.each<[Hand[], HeldBy, string[]]>([
    [['owner'], 'city', ['finish']],
    [['owner'], 'recommender', ['finish']],
    [['recommender'], 'city', []],
    [['recommender'], 'recommender', ['release']],
    [['city'], 'recommender', ['release']],
    [['city'], 'city', ['release']],
    [['owner', 'recommender'], 'city', ['finish']],
  ])('of %o where the %s took it down', (hands, heldBy, acts) =>
    expect(actsFor('suspended', hands, heldBy)).toEqual(acts),
  )
  it('end where a class has ended', () => {
    for (const state of ['closed', 'refused', 'withdrawn'] as const)
      expect(actsFor(state, ['owner', 'recommender', 'city'])).toEqual([])
    expect(classStates).toHaveLength(10)
  })
})
