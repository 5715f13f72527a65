import { expect, it } from 'vitest'
import { momentOf, openAt } from './hours.ts'

const at = (weekday: number, hour: number, minute = 0) => ({ weekday, minutes: hour * 60 + minute })

it.each([
  ['工作日8:30至16:30', at(1, 8, 30), true],
  ['工作日8:30至16:30', at(1, 8, 29), false],
  ['工作日8:30至16:30', at(1, 16, 30), false],
  ['工作日8:30至16:30', at(6, 10), false],
  ['每日9:00至20:00', at(0, 19, 59), true],
  ['9:00-17:00', at(3, 12), true],
  ['周一至周五 9：00—12：00、13：00—17：00', at(5, 12, 30), false],
  ['周一至周五 9：00—12：00、13：00—17：00', at(5, 13), true],
  ['周一至周五 9：00—12：00、13：00—17：00', at(0, 13), false],
  ['周六 9:00–16:00', at(6, 9), true],
  ['工作日 8:30-17:00，周末 10:00-15:00', at(0, 11), true],
  ['工作日 8:30-17:00，周末 10:00-15:00', at(0, 16), false],
  ['周五至周一 9:00-17:00', at(0, 10), true],
  ['周五至周一 9:00-17:00', at(3, 10), false],
  ['24小时', at(3, 3), true],
  ['每日24小时开放', at(3, 3), true],
  ['上班时间', at(1, 10), null],
  ['9:00-17:00，节假日除外', at(1, 10), null],
  ['9:00-17:00，节假日除外', at(1, 18), false],
  ['假期 9:00-17:00', at(1, 10), null],
  ['22:00-6:00', at(1, 23), null],
  ['', at(1, 10), null],
])('%s at %o: %s', (hours, moment, open) => {
  expect(openAt(hours, moment)).toBe(open)
})

it('tells the moment on China’s clock wherever the reader is', () => {
  expect(momentOf(new Date('2020-03-08T16:30:00Z'))).toEqual({ weekday: 1, minutes: 30 })
})
