import { formatInstant, toldInstant, type Clock } from '#kit/day.ts'
import type { Book, BookRow } from '#paper/sheet/book.ts'
import type { StatutoryTable } from './api.ts'
import { layoutOf, registerDay } from './layouts.ts'

const text = (title: string, width: number) => ({ title, kind: 'text' as const, width })
const number = (title: string) => ({ title, kind: 'number' as const, width: 14 })

/** 「沙河口区总工会_2019统计年度_工会女职工工作统计年报表.xlsx」 */
export const bookName = ({ org, layout, period, signed }: StatutoryTable): string =>
  `${org.name}_${period.label}_${layoutOf(layout).label}${signed ? '' : '（未签发）'}.xlsx`

/** A table as a workbook: its lines, its head with the signature, and what the checks found. */
export function bookOf(table: StatutoryTable, isDemo: boolean, clock: Clock): Book {
  const layout = layoutOf(table.layout)
  const cells = new Map(table.cells.map((c) => [c.code, c]))
  const lines: BookRow[] = layout.sections.flatMap(({ title, lines: inside }) => [
    { cells: ['', title, '', null, null, ''] },
    ...inside.map(({ code, label, unit, inner, from }) => {
      const cell = cells.get(code)!
      const source =
        'indicator' in from
          ? '记录'
          : 'register' in from
            ? `组织登记（${registerDay(from.register, table.registerOn, table.areHeadsOfDay)}）`
            : '填报'
      return { cells: [code, `${inner ? '　其中：' : ''}${label}`, unit, cell.value, cell.before, source] }
    }),
  ])
  const { head, signed } = table
  const has = (id: string) => table.findings.some((finding) => finding.id === id)
  const facts: [string, string][] = [
    ['报表名称', layout.label],
    ['填报单位', table.org.name],
    ['报告期', table.period.label],
    ['表号', head?.formNo ?? '尚未录入'],
    ['制定机关', head?.issuer ?? '尚未录入'],
    ['批准或备案文号', head?.approvalNo ?? '尚未录入'],
    ['有效期限', head ? `${head.validFrom} 至 ${head.validUntil}` : '尚未录入'],
    ['填表人', table.preparedBy ?? ''],
    ['签发人', signed?.by ?? '未签发'],
    ['签发时间', signed ? formatInstant(toldInstant(signed.at, clock)) : ''],
    ['第几次签发', signed ? String(table.revision) : ''],
    ['内容校验码', signed?.hash ?? ''],
    ...(isDemo ? [['说明', '演示数据，人物和数字均为虚构'] as [string, string]] : []),
  ]
  return {
    keys: {},
    sheets: [
      {
        name: '统计表',
        columns: [
          text('行号', 8),
          text('指标', 36),
          text('单位', 8),
          number(has('begins.now') ? '本期（不是全期）' : '本期'),
          number(has('begins.before') ? '上年同期（不是全期）' : '上年同期'),
          text('来源', 24),
        ],
        rows: lines,
      },
      {
        name: '表头与签发',
        columns: [text('项目', 18), text('内容', 70)],
        rows: facts.map((cells) => ({ cells })),
      },
      {
        name: '逻辑审核',
        columns: [text('行号', 12), text('审核结果', 70), text('说明', 50)],
        rows: table.findings.map(({ id, codes, message }) => ({
          cells: [codes.join('、'), message, table.notes[id] ?? ''],
        })),
      },
    ],
  }
}
