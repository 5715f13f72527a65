import { describe, expect, it } from 'vitest'
import { openIntervals } from './intervals.ts'
import {
  following,
  listingStates,
  statementsAfter,
  stepIssues,
  submissionFaults,
  type ListingState,
} from './listing.ts'

const today = '2020-04-16'
const issues = (
  before: [ListingState, string] | null,
  state: ListingState,
  fromOn: string,
  reason = '图商电话告知',
) =>
  stepIssues(
    before && { state: before[0], fromOn: before[1] },
    { state, fromOn, reason },
    '2019-05-20',
    today,
  ).map((i) => `${i.field}: ${i.message}`)

describe('steps', () => {
  it('every state is reached, and none follows on itself', () => {
    const reached = new Set(Object.values(following).flat())
    expect(listingStates.filter((s) => !reached.has(s))).toEqual(['未提交'])
    for (const state of listingStates) expect(following[state]).not.toContain(state)
  })

  it.each<[string, Parameters<typeof issues>, string[]]>([
    ['submitted first', [null, '已提交', '2020-04-16'], []],
    [
      'online without having been submitted',
      [null, '已上线', '2020-04-16'],
      ['state: 现在是“未提交”，接下来只能是“已提交”'],
    ],
    ['tomorrow', [null, '已提交', '2020-04-17'], ['fromOn: 日期不能晚于今天（2020-04-16）']],
    ['on the day it was built', [null, '已提交', '2019-05-20'], []],
    ['the day before', [null, '已提交', '2019-05-19'], ['fromOn: 日期不能早于建成日期（2019-05-20）']],
    ['on the day of the state before', [['已提交', '2020-01-05'], '已上线', '2020-01-05'], []],
    [
      'the day before that',
      [['已提交', '2020-01-05'], '已上线', '2020-01-04'],
      ['fromOn: 日期不能早于上一状态的日期（2020-01-05）'],
    ],
    [
      'gone without a word',
      [['已上线', '2020-01-05'], '已下线', '2020-02-01', ' '],
      ['reason: “已下线”请写明原因'],
    ],
  ])('%s', (_, given, expected) => expect(issues(...given)).toEqual(expected))
})

describe('what a step does to the room', () => {
  const room = { builtOn: '2019-05-20', delistedOn: null }
  const open = { attribute: '对外开放', value: null, fromOn: '2019-06-01', untilOn: null }
  const online = { attribute: '高德上线', value: null, fromOn: '2020-01-05', untilOn: null }
  const on = { state: '已上线', fromOn: '2020-01-05' } as const

  it('online opens it, from that day', () => {
    const lines = statementsAfter([open], '高德', { state: '审核中', fromOn: '2020-01-01' }, on)!
    expect(lines).toEqual([open, online])
    expect(openIntervals({ ...room, intervals: lines })).toEqual([
      { fromOn: '2020-01-05', untilOn: null, value: 1 },
    ])
  })

  it('wrong or gone ends it on the eve', () => {
    const lines = statementsAfter([open, online], '高德', on, { state: '信息有误', fromOn: '2020-02-01' })!
    expect(openIntervals({ ...room, intervals: lines })[0]!.untilOn).toBe('2020-01-31')
  })

  it('gone on the day it came leaves nothing', () => {
    expect(statementsAfter([open, online], '高德', on, { state: '已下线', fromOn: '2020-01-05' })).toEqual([
      open,
    ])
  })

  it('another vendor stays, and what is not online changes nothing', () => {
    const other = { ...online, attribute: '百度上线' }
    expect(
      statementsAfter([open, other, online], '高德', on, { state: '已下线', fromOn: '2020-01-06' }),
    ).toEqual([open, other, { ...online, untilOn: '2020-01-05' }])
    expect(statementsAfter([open], '高德', null, { state: '已提交', fromOn: '2020-01-05' })).toBeNull()
  })
})

it('names what a vendor would send back', () => {
  const good = {
    title: '示例街道女职工特殊关爱室',
    address: '示例路12号',
    hours: '每日9:00至17:00',
    point: { isOutside: false },
    longestName: 20,
  }
  expect(submissionFaults(good)).toEqual([])
  const name = `${'示'.repeat(17)}关爱室`
  expect(submissionFaults({ ...good, title: name })).toEqual([])
  expect(submissionFaults({ ...good, title: `${name}一` })[0]).toContain('21 个字')
  expect(submissionFaults({ ...good, title: '★示例关爱室', address: '示例路', point: null })).toEqual([
    '名称里有“★”，图商一般不收',
    '地址没有门牌号',
    '还没有坐标',
  ])
})
