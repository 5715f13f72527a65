import type { Hand } from '#record/hands.ts'
import { describe, expect, it } from 'vitest'
import {
  acts,
  actsFor,
  areaIssues,
  columnIssues,
  columnOf,
  ratingStates,
  scoreIssues,
  sumOf,
} from './rating.ts'

const line = (key: string, points: number, must = false) => ({ key, label: `第${key}项`, points, must })
const lines = [line('a', 50, true), line('b', 50)]
const scores = (a?: number, b?: number) =>
  new Map([...(a === undefined ? [] : [['a', a] as const]), ...(b === undefined ? [] : [['b', b] as const])])

describe('the flow', () => {
  it('every state is left or is an end, and every act leads on', () => {
    const ends = ratingStates.filter(
      (state) => !Object.values(acts).some((a) => (a.from as readonly string[]).includes(state)),
    )
    expect(ends).toEqual(['refused', 'withdrawn', 'ended'])
    for (const act of Object.values(acts)) expect(act.from as readonly string[]).not.toContain(act.to)
  })

  it.each<[Hand[], (typeof ratingStates)[number], string[]]>([
    [['owner'], 'self', ['forward', 'withdraw']],
    [['owner'], 'district', ['withdraw']],
    [['recommender'], 'self', []],
    [['recommender'], 'district', ['recommend', 'return', 'decline']],
    [['city'], 'district', []],
    [['city'], 'city', ['returnDown', 'announce', 'refuse']],
    [['owner'], 'notice', []],
    [['city'], 'notice', ['refuse', 'grant']],
    [['city'], 'granted', ['end']],
    [['owner', 'recommender'], 'district', ['withdraw', 'recommend', 'return', 'decline']],
  ])('%j may in %s', (hands, state, expected) => expect(actsFor(state, hands)).toEqual(expected))

  it('each column is open in one state, to one hand', () => {
    expect(ratingStates.map(columnOf)).toEqual([
      { column: 'self', by: 'owner' },
      { column: 'district', by: 'recommender' },
      { column: 'city', by: 'city' },
      null,
      null,
      null,
      null,
      null,
    ])
  })
})

describe('scores', () => {
  it('lie between nothing and full', () => {
    expect(scoreIssues(lines, scores(0, 50))).toEqual([])
    expect(scoreIssues(lines, scores(-1, 51)).map((i) => i.field)).toEqual(['scores.a', 'scores.b'])
    expect(scoreIssues(lines, new Map([['z', 1]]))[0]!.field).toBe('scores.z')
    expect(sumOf(lines, scores(30, 40))).toBe(70)
  })

  it.each<[string, ReturnType<typeof scores>, 'self' | 'city', string[]]>([
    ['just enough', scores(20, 50), 'city', []],
    ['one point less', scores(19, 50), 'city', ['scores']],
    ['a must that is missing', scores(0, 50), 'city', ['scores.a']],
    ['not whole', scores(50), 'city', ['scores.b']],
    ['a self-score may be low', scores(0, 0), 'self', []],
    ['but is whole', scores(undefined, 3), 'self', ['scores.a']],
  ])('%s', (_, given, column, fields) =>
    expect(columnIssues(lines, given, column, 70).map((i) => i.field)).toEqual(fields),
  )
})

it('a grade asks for its square metres', () => {
  expect(areaIssues(8, '四星', 8)).toEqual([])
  expect(areaIssues(7, '四星', 8)[0]!.message).toBe('四星要求不少于 8 平方米，这间是 7 平方米')
  expect(areaIssues(10, '五星', 10)).toEqual([])
  expect(areaIssues(9, '五星', 10)).toHaveLength(1)
})
