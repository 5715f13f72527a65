import { expect, test } from 'vitest'
import type { Message, MessageKind } from '#notify/api.ts'
import { byDayAndKind, shownRows } from './grouped.ts'

const message = (n: number, day: string, kind: MessageKind, isRead = false): Message => ({
  id: String(n),
  kind,
  subject: `第${n}条`,
  link: '/',
  isRead,
  at: `${day}T0${n % 9}:00:00Z`,
})

test('by day, then by kind in the order of the newest; each counts what is unread', () => {
  const rows = [
    message(1, '2020-04-16', 'task'),
    message(2, '2020-04-16', 'review'),
    message(3, '2020-04-16', 'task', true),
    message(4, '2020-04-15', 'review'),
  ]
  const days = byDayAndKind(rows, (row) => row.at.slice(0, 10))
  expect(days.map(({ day, unread }) => [day, unread])).toEqual([
    ['2020-04-16', 2],
    ['2020-04-15', 1],
  ])
  expect(days[0]!.kins.map(({ kind, rows: same, unread }) => [kind, same.length, unread])).toEqual([
    ['task', 2, 1],
    ['review', 1, 1],
  ])
})

const many = (n: number) => Array.from({ length: n }, (_, i) => message(i, '2020-04-16', 'chase'))

const kin = (n: number) => byDayAndKind(many(n), () => 'x')[0]!.kins[0]!

test('of sixty of a kind three are drawn until she opens them; five stand open', () => {
  expect([kin(5), kin(6), kin(60)].map((one) => shownRows(one, false).length)).toEqual([5, 3, 3])
  expect(shownRows(kin(60), true)).toHaveLength(60)
})
