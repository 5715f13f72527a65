import { describe, expect, it } from 'vitest'
import { builtInRules } from '#kit/rule.ts'
import { workCalendar } from '#rules/calendar.ts'
import { stepsOf, type StepDates } from './steps.ts'

const calendar = workCalendar([{ day: '2019-04-05', kind: 'off', name: '清明节' }])
const dates: StepDates = {
  offeredOn: '2019-02-01',
  repliedOn: '2019-02-21',
  draftedOn: '2019-03-01',
  heldOn: '2019-03-10',
  due: 60,
  present: 40,
  inFavour: 30,
  signedOn: '2019-03-12',
  filedOn: '2019-03-22',
  effectiveOn: '2019-04-06',
  termUntilOn: '2021-04-05',
  publishedOn: '2019-04-12',
  unionFiledOn: null,
  finding: null,
}
const states = (changes: Partial<StepDates> = {}, today = '2019-05-01') =>
  Object.fromEntries(
    stepsOf({ ...dates, ...changes }, builtInRules, calendar, today).map(({ key, state }) => [key, state]),
  )

describe('the way of a contract', () => {
  it('on the last day of each term is in time', () => {
    expect(states()).toEqual({
      offeredOn: 'done',
      repliedOn: 'done',
      draftedOn: 'done',
      heldOn: 'done',
      signedOn: 'done',
      filedOn: 'done',
      effectiveOn: 'done',
      publishedOn: 'done',
      unionFiledOn: 'untold',
      termUntilOn: 'waiting',
    })
  })

  it.each([
    ['repliedOn', 'late', { repliedOn: '2019-02-22' }],
    ['repliedOn', 'overdue', { repliedOn: null }],
    ['repliedOn', 'untold', { repliedOn: null, offeredOn: null }],
    ['heldOn', 'lacking', { present: 39 }],
    ['heldOn', 'lacking', { inFavour: 29 }],
    ['filedOn', 'late', { filedOn: '2019-03-23' }],
    ['effectiveOn', 'early', { effectiveOn: '2019-04-05' }],
    ['effectiveOn', 'objected', { finding: '提出异议' }],
    ['publishedOn', 'late', { publishedOn: '2019-04-13' }],
    ['publishedOn', 'overdue', { publishedOn: null }],
  ] as const)('%s is %s a day beyond', (key, state, changes) => {
    expect(states(changes)[key]).toBe(state)
  })

  it('waits for its effect and its publication until the day has gone', () => {
    expect(states({}, '2019-04-05')['effectiveOn']).toBe('waiting')
    expect(states({}, '2019-04-06')['effectiveOn']).toBe('done')
    expect(states({ publishedOn: null }, '2019-04-12')['publishedOn']).toBe('waiting')
    expect(states({ publishedOn: null }, '2019-04-13')['publishedOn']).toBe('overdue')
  })

  it('opens to renewal ninety days before its end', () => {
    const days = ['2021-01-04', '2021-01-05', '2021-04-05', '2021-04-06']
    expect(days.map((today) => states({}, today)['termUntilOn'])).toEqual(['waiting', 'open', 'open', 'done'])
  })
})
