import { expect, test } from 'vitest'
import { findProgramme } from '#programmes/index.ts'
import { bodyOf, byField, carryForward, judge, layoutOf, onScreen, withValue } from './formState.ts'

const training = findProgramme('training')!
const familyTalk = findProgramme('familyTalk')!
const contract = findProgramme('contract')!
const today = '2020-04-16'

const talk = {
  title: '家风讲堂第一讲',
  startsOn: '2020-04-01',
  endsOn: '2020-04-01',
  mode: '线下',
  count: 1,
  all: 60,
  women: 50,
  topic: '定家规',
  grade: '台账',
}

test('required fields stand open, optional ones fold, an answer brings its follow-up up', () => {
  const closed = layoutOf(familyTalk, { topic: '定家规' }, today)
  expect(closed.main).toContain('topic')
  expect(closed.main).not.toContain('otherTopic')
  expect(closed.more).toContain('note')
  expect(closed.more).not.toContain('otherTopic')
  expect(layoutOf(familyTalk, { topic: '其他' }, today).main).toContain('otherTopic')
})

test('no field of any form stands twice, and twelve at most stand open for an activity', () => {
  const { main, more } = layoutOf(training, {}, today)
  expect(new Set([...main, ...more]).size).toBe(main.length + more.length)
  expect(main.length).toBeLessThanOrEqual(12)
})

test('blanks, hidden fields and empty rows are not sent', () => {
  const body = bodyOf(familyTalk, { ...talk, otherTopic: '写过又改选', place: '  ' })
  expect(body).toEqual(talk)
  const rows = [{ firm: '甲厂', women: 3 }, { firm: '' }, { firm: '乙厂', women: 4 }]
  expect(bodyOf(contract, { covered: rows })['covered']).toHaveLength(2)
})

test('the browser finds what the server finds', () => {
  expect(judge(familyTalk, talk, today).issues).toEqual([])
  expect(byField(judge(familyTalk, { ...talk, women: 70 }, today).issues)).toHaveProperty('women')
  expect(byField(judge(familyTalk, { ...talk, all: '六十' }, today).issues)['all']).toMatch('数字')
  const future = { ...talk, startsOn: '2020-05-01', endsOn: '2020-05-01' }
  expect(byField(judge(familyTalk, future, today).issues)).toHaveProperty('endsOn')
})

test('issues of rows stand at the row on the screen, though empty rows were not sent', () => {
  const values = { covered: [{ firm: '甲厂', women: 3 }, {}, { women: 4 }] }
  const issues = onScreen(contract, values, [{ field: 'covered.1.firm', message: '请填写企业名称' }])
  expect(issues[0]!.field).toBe('covered.2.firm')
  expect(onScreen(contract, values, [{ field: 'covered', message: '行数' }])[0]!.field).toBe('covered')
})

test('an activity of one day ends when it starts; a chosen end is left alone, and no nonsense follows', () => {
  const moved = withValue(
    familyTalk,
    { startsOn: '2020-04-01', endsOn: '2020-04-01' },
    'startsOn',
    '2020-04-02',
  )
  expect(moved['endsOn']).toBe('2020-04-02')
  expect(withValue(familyTalk, {}, 'startsOn', '昨天')['endsOn']).toBeUndefined()
  expect(withValue(familyTalk, {}, 'startsOn', '2020-04-01')).toEqual({
    startsOn: '2020-04-01',
    endsOn: '2020-04-01',
  })
  expect(withValue(familyTalk, { endsOn: '2020-04-03' }, 'startsOn', '2020-04-01')['endsOn']).toBe(
    '2020-04-03',
  )
})

test('carrying forward takes words and choices, never dates or figures', () => {
  const carried = carryForward(familyTalk, { ...talk, cost: 100 })
  expect(carried).toEqual({ mode: '线下', topic: '定家规', grade: '台账' })
})
