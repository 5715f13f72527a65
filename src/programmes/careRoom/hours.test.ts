import { expect, it } from 'vitest'
import { minutesOf, openAt, weekdayOf } from './hours.ts'

const at = (weekday: number, hour: number, minute = 0, isWorkday = weekday > 0 && weekday < 6) => ({
  weekday,
  minutes: hour * 60 + minute,
  isWorkday,
})

it.each([
  ['工作日8:30至16:30', at(1, 8, 30), true],
  ['工作日8:30至16:30', at(1, 8, 29), false],
  ['工作日8:30至16:30', at(1, 16, 30), false],
  ['工作日8:30至16:30', at(6, 10), false],
  ['工作日8:30至16:30', at(6, 10, 0, true), true],
  ['工作日8:30至16:30', at(4, 10, 0, false), false],
  ['每日9:00至20:00', at(0, 19, 59), true],
  ['9:00-17:00', at(3, 12), true],
  ['开放时间：每天 9:00-17:00', at(3, 12), true],
  ['周一至周五 9：00—12：00、13：00—17：00', at(5, 12, 30), false],
  ['周一至周五 9：00—12：00、13：00—17：00', at(5, 13), true],
  ['周一至周五 9：00—12：00、13：00—17：00', at(0, 13), false],
  ['周一、周三、周五 9:00-17:00', at(3, 10), true],
  ['周一、周三、周五 9:00-17:00', at(2, 10), false],
  ['周六 9:00–16:00', at(6, 9), true],
  ['工作日 8:30-17:00，周末 10:00-15:00', at(0, 11), true],
  ['工作日 8:30-17:00，周末 10:00-15:00', at(0, 16), false],
  ['周五至周一 9:00-17:00', at(0, 10), true],
  ['周五至周一 9:00-17:00', at(3, 10), false],
  ['24小时', at(3, 3), true],
  ['每日24小时开放', at(3, 3), true],
])('%s at %o: %s', (hours, moment, open) => {
  expect(openAt(hours, moment)).toBe(open)
})

it.each([
  '上班时间',
  '9:00-17:00，节假日除外',
  '9:00-17:00（12:00-13:00午休）',
  '上班日9:00-17:00',
  '工作时间9:00-17:00',
  '周一闭馆，其余9:00-17:00',
  '周一、三、五 9:00-17:00',
  '上午9:00-11:30，下午1:30-5:00',
  '假期 9:00-17:00',
  '22:00-6:00',
  '9:00-25:00',
  '9:00-17:00 周一',
  '每日',
  '',
])('claims nothing of 「%s」', (hours) => {
  for (const weekday of [0, 1, 2, 3, 4, 5, 6])
    for (const hour of [3, 10, 12, 14, 23]) expect(openAt(hours, at(weekday, hour))).toBeNull()
})

it('tells the time on China’s clock wherever the reader is', () => {
  expect(minutesOf(new Date('2020-03-08T16:30:00Z'))).toBe(30)
  expect(weekdayOf('2020-03-09')).toBe(1)
})
