import { longDay, toldDay, type Clock } from '#kit/day.ts'
import type { Listing } from '#paper/listing.ts'
import type { Book } from '#paper/sheet/book.ts'
import { tierLabels } from '#org/api.ts'
import type { Sheet, UnitTotal, UnitTotals } from './api.ts'
import { pointsText, stateWords } from './words.ts'

const heads = ['单位', '自动计分', '自评', '复核', '终评', '结论']

const rowOf = (one: UnitTotal): string[] => [
  one.org.shortName,
  pointsText(one.auto),
  pointsText(one.self),
  one.missing.review === null ? '—' : pointsText(one.review),
  pointsText(one.final),
  one.isVetoed ? '一票否决' : one.final === null ? '未评' : '',
]

/** Whether the paper may pass for the result: only what a second person published. */
const standing = (sheet: Sheet, clock: Clock): string =>
  sheet.publishedAt
    ? `（${longDay(toldDay(sheet.publishedAt, clock))}发布）`
    : `（${stateWords[sheet.state]}，不作结果使用）`

/** The result as a Word table, in official order: no rank is printed, since none is made. */
export function resultListing(sheet: Sheet, { rows }: UnitTotals, demo: boolean, clock: Clock): Listing {
  const tiers = sheet.tiers.filter((tier) => rows.some((row) => row.org.tier === tier))
  return {
    title: [sheet.title, '结果'],
    date: standing(sheet, clock),
    words: ['各单位按规范顺序排列，不分名次；自动计分取自审核通过的工作记录。'],
    sections: tiers.map((tier) => ({
      title: tierLabels[tier],
      columns: heads,
      rows: rows.filter((row) => row.org.tier === tier).map(rowOf),
    })),
    ...(demo ? { banner: '演示数据　不作公文使用' } : {}),
  }
}

const number = (points: number | null): number | null => (points === null ? null : points / 100)

/** The same as a workbook, points as numbers. */
export function resultBook(sheet: Sheet, { rows }: UnitTotals): Book {
  return {
    keys: {},
    sheets: [
      {
        name: '考核结果',
        columns: heads.map((title, at) => ({
          title,
          kind: at === 0 || at === 5 ? ('text' as const) : ('money' as const),
          width: at === 0 ? 26 : 12,
        })),
        rows: rows.map((one) => ({
          cells: [
            one.org.name,
            number(one.auto),
            number(one.self),
            one.missing.review === null ? null : number(one.review),
            number(one.final),
            rowOf(one)[5]!,
          ],
        })),
      },
      {
        name: '考核内容',
        columns: [
          { title: '类别', kind: 'text', width: 16 },
          { title: '内容', kind: 'text', width: 60 },
          { title: '分值', kind: 'money', width: 10 },
        ],
        rows: sheet.lines.map((line) => ({ cells: [line.section, line.item, line.points / 100] })),
      },
    ],
  }
}
