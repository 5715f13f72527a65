import { formatInstant } from '#kit/day.ts'
import type { BookSheet } from '#paper/sheet/book.ts'

export type Remarks = {
  title: string
  who: string
  org: string
  at: string
  scope: readonly string[]
  rows: number
  full: boolean
  reason: string
  isDemo: boolean
  /** What comes back by import, in a sentence. */
  back: string
}

/** The sheet that goes with every workbook: who took what, when, how much and why. With sealed values it is the watermark. */
export function remarksSheet(r: Remarks): BookSheet {
  const mark = r.full ? '含完整个人信息，只限本次用途，用后删除，不得转发' : '敏感栏目已按掩码显示'
  const lines: [string, string][] = [
    ...(r.isDemo ? [['演示数据', '本表全部内容均为虚构，仅供演示'] as [string, string]] : []),
    ['内容', r.title],
    ['范围', r.scope.join('；')],
    ['行数', String(r.rows)],
    ['导出人', r.who],
    ['单位', r.org],
    ['时间', formatInstant(r.at)],
    ['理由', r.reason || '（未填写）'],
    ['提示', mark],
    ...(r.back ? [['再次导入', r.back] as [string, string]] : []),
  ]
  return {
    name: r.full ? '水印' : '导出说明',
    columns: [
      { title: r.full ? '敏感信息导出水印' : '导出说明', kind: 'text', width: 22 },
      { title: `${r.who} · ${r.org} · ${formatInstant(r.at)}`, kind: 'text', width: 70 },
    ],
    rows: lines.map((cells) => ({ cells })),
  }
}
