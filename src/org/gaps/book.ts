import type { Book } from '#paper/sheet/book.ts'
import { isOfEmployers, type GapLine, type ListKind } from './api.ts'
import { listWords } from './words.ts'

const text = (title: string, width: number) => ({ title, kind: 'text' as const, width })

/** The blind spots as a workbook: a sheet for each kind. */
export const gapBook = (lists: readonly { kind: ListKind; rows: readonly GapLine[] }[]): Book => ({
  keys: {},
  sheets: lists.map(({ kind, rows }) => ({
    name: listWords[kind].label,
    columns: [
      text('单位', 40),
      text('组织编码', 16),
      text('上级（所在地）', 20),
      {
        title: isOfEmployers(kind) || kind === 'unorganised' ? '女职工' : '女会员',
        kind: 'number',
        width: 10,
      },
      text('情况', 40),
      text('最近催办', 12),
    ],
    rows: rows.map((r) => ({
      cells: [r.name, r.org?.code ?? '', r.above, r.women, r.note, r.remindedOn ?? ''],
    })),
  })),
})
