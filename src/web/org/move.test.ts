import { expect, test } from 'vitest'
import { meaningOf, type PlannedMove } from './move.ts'

const move: PlannedMove = {
  line: 1,
  fromYm: 202005,
  todayYm: 202004,
  unit: '甲厂工会',
  former: '乙区',
  next: '丙区',
}
const words = (change: Partial<PlannedMove>) => meaningOf({ ...move, ...change }).sentences.join('')

test('a move from now on leaves the past where it was', () => {
  expect(meaningOf(move).correction).toBe(false)
  expect(words({})).toContain('2020年5月以前发生的事项仍计在乙区名下')
  expect(words({})).not.toContain('更正')
})

test('the current month is no correction, an earlier one is and says what becomes of frozen versions', () => {
  expect(meaningOf({ ...move, fromYm: 202004 }).correction).toBe(false)
  expect(meaningOf({ ...move, fromYm: 201903 }).correction).toBe(true)
  expect(words({ fromYm: 201903 })).toContain('2019年3月以来已经计在乙区的数字会改计到丙区')
  expect(words({ fromYm: 201903 })).toContain('定稿不改')
})

test('the view line moves no figure', () => {
  expect(words({ line: 2 })).toContain('数字始终计在隶属单位')
  expect(words({ line: 2, next: null })).toContain('乙区不再会看甲厂工会')
})
