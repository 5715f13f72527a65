import { describe, expect, test } from 'vitest'
import { formatInstant, toldDay } from '#kit/day.ts'
import { remarksSheet } from '#export/remarks.ts'
import type { BookRow } from '#paper/sheet/book.ts'
import type { Sheet } from './assessment/api.ts'
import { resultListing } from './assessment/paper.server.ts'
import type { StatutoryTable } from './statutory/api.ts'
import { bookOf } from './statutory/book.ts'
import { layouts } from './statutory/layouts.ts'

// The year ends in Shanghai while the universal day, and the machine's, may still be the old one or the new one already.
const [before, after] = ['2019-12-31T15:59:50Z', '2019-12-31T16:00:10Z']
const live = { today: '2020-01-01', behind: 0 }
const zones = ['UTC', 'Asia/Shanghai', 'America/Los_Angeles']

const layout = layouts[0]!
const cells = layout.sections.flatMap(({ lines }) =>
  lines.map(({ code }) => ({ code, value: 1, before: null })),
)
const table = (at: string) =>
  ({
    layout: layout.key,
    org: { name: '沙河口区总工会' },
    period: { label: '2019统计年度' },
    registerOn: null,
    areHeadsOfDay: false,
    cells,
    signed: { by: '甲', at, hash: 'x' },
    findings: [],
    notes: {},
  }) as unknown as StatutoryTable
const signedAt = (at: string, clock = live): unknown =>
  [...(bookOf(table(at), false, clock).sheets[1]!.rows as Iterable<BookRow>)].find(
    (row) => row.cells[0] === '签发时间',
  )!.cells[1]

const published = (at: string, clock = live): unknown =>
  resultListing(
    { title: '考核', tiers: [], publishedAt: at } as unknown as Sheet,
    { rows: [] } as never,
    false,
    clock,
  ).date

describe.each(zones)('a paper printed on a machine in %s', (zone) => {
  test('tells the clock of Shanghai on both sides of the end of the year', () => {
    const own = process.env['TZ']
    process.env['TZ'] = zone
    try {
      expect([toldDay(before, live), toldDay(after, live)]).toEqual(['2019-12-31', '2020-01-01'])
      expect([signedAt(before), signedAt(after)]).toEqual(['2019-12-31 23:59', '2020-01-01 00:00'])
      expect([published(before), published(after)]).toEqual([
        '（2019年12月31日发布）',
        '（2020年1月1日发布）',
      ])
      const marked = { title: '', who: '', org: '', scope: [], rows: 1, full: true, reason: '' }
      const watermark = (at: string) =>
        remarksSheet({ ...marked, isDemo: false, back: '', at }).columns[1]!.title
      expect([watermark(before), watermark(after)]).toEqual([
        ' ·  · 2019-12-31 23:59',
        ' ·  · 2020-01-01 00:00',
      ])
      expect(formatInstant('2019-12-31T23:59:50+08:00')).toBe('2019-12-31 23:59')
    } finally {
      if (own === undefined) delete process.env['TZ']
      else process.env['TZ'] = own
    }
  })
})

test('what a demo signs on the real clock is printed on the clock of its business day, as the screen tells it', () => {
  const clock = { today: '2020-04-16', behind: 2418 }
  expect([signedAt('2026-11-29T01:00:00Z', clock), published('2026-11-29T01:00:00Z', clock)]).toEqual([
    '2020-04-16 09:00',
    '（2020年4月16日发布）',
  ])
})
