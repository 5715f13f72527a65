import { scaleOf } from '#kit/contribution.ts'
import { Problem } from '#kit/problem.ts'
import { can } from '#identity/decide.ts'
import type { Asked } from '#export/api.ts'
import type { OpenSource } from '#export/source.server.ts'
import type { BookColumn, BookSheet } from '#paper/sheet/book.ts'
import type { Cell } from '#paper/sheet/cell.ts'
import { indicators } from '#programmes/index.ts'
import { sectionNames } from '#programmes/sections.ts'
import type { Drill, Figure, FigureQuery, FigureSet, Withheld } from './api.ts'
import { readDrill, readFigures } from './service.server.ts'

type Ask = Extract<Asked, { kind: 'figures' }>
type Line = (typeof indicators)[number]

const column = (title: string, width: number, kind: BookColumn['kind'] = 'text'): BookColumn => ({
  title,
  kind,
  width,
})

/** As the screen shows it: money in yuan, a small cell as a star, what no released table tells as a dash. */
const cellOf = ({ indicator }: Line, value: number | null, withheld: Withheld | undefined): Cell =>
  value === null ? (withheld === 'small' ? '＊' : '—') : value / 10 ** scaleOf(indicator)

/** Figures as the page shows them, with what each of them means. @throws Problem.denied, notFound, badRequest */
export const openFigures: OpenSource<Ask> = async ({ deps, tx, actor }, ask) => {
  if (!can(actor, 'figure.read')) throw Problem.denied({ what: '您的岗位不查看指标' })
  const { indicator: _, after: __, snapshot: ___, ...filter } = ask.filter
  const asked = ask.section === undefined ? null : indicators.filter((i) => i.section === ask.section)
  if (asked?.length === 0) throw Problem.notFound()
  const found = asked
    ? drillSheet(await readDrill(deps, tx, actor, { ...filter, indicator: codes(asked) }), asked)
    : setSheet(await readFigures(deps, tx, actor, filter))
  return {
    title: asked ? `指标分单位（${sectionNames[ask.section!] ?? ask.section}）` : '指标',
    scope: [found.org, found.period, viewOf(filter)],
    rows: found.count,
    personal: false,
    columns: [],
    sheets: () => [found.sheet, meanings(asked ?? indicators)],
  }
}

const codes = (lines: readonly Line[]): string => lines.map((i) => i.id).join(',')
const viewOf = ({ view }: FigureQuery): string =>
  view === 'today' ? '现行口径（按今天的隶属）' : '当时口径（按事项发生时的隶属）'

type Found = { org: string; period: string; count: number; sheet: BookSheet }

function setSheet({ org, period, figures }: FigureSet): Found {
  const byId = new Map<string, Figure>(figures.map((f) => [f.indicator, f]))
  const rows = indicators.map((line): { cells: Cell[] } => {
    const figure = byId.get(line.id)
    const cell = (value: number | null | undefined) => cellOf(line, value ?? null, figure?.withheld)
    return {
      cells: [
        sectionNames[line.section] ?? line.section,
        line.indicator.label,
        cell(figure?.value),
        line.indicator.unit,
        cell(figure?.waiting),
        cell(figure?.before),
        cell(figure?.viewed),
        line.indicator.notDeduplicated ? '未去重' : null,
      ],
    }
  })
  const columns = [
    column('章节', 18),
    column('指标', 26),
    column('审核通过', 14, 'number'),
    column('单位', 8),
    column('另有待审核', 14, 'number'),
    column('上年同期', 14, 'number'),
    column('会看单位（不计入）', 20, 'number'),
    column('说明', 10),
  ]
  return { org: org.name, period: period.label, count: rows.length, sheet: { name: '指标', columns, rows } }
}

function drillSheet({ org, period, rows: units }: Drill, lines: readonly Line[]): Found {
  const rows = units.map((unit) => ({
    cells: [
      unit.own ? `${unit.org.name}（本级）` : unit.org.name,
      unit.line === 2 ? '会看' : '隶属',
      ...lines.flatMap((line) => {
        const [value, waiting] = unit.values[line.id] ?? [0, 0]
        const withheld = unit.small?.includes(line.id) ? 'small' : 'unreleased'
        return [cellOf(line, value, withheld), cellOf(line, waiting, withheld)]
      }),
    ],
  }))
  const columns = [
    column('单位', 30),
    column('关系', 8),
    ...lines.flatMap(({ indicator: { label, unit } }) => [
      column(`${label}（${unit}）`, label.length * 2 + 8, 'number'),
      column(`${label}待审核`, label.length * 2 + 8, 'number'),
    ]),
  ]
  return { org: org.name, period: period.label, count: rows.length, sheet: { name: '分单位', columns, rows } }
}

/** 口径 goes with the figures wherever they go. */
const meanings = (lines: readonly Line[]): BookSheet => ({
  name: '口径',
  columns: [column('指标', 26), column('单位', 8), column('口径', 100), column('来源项目', 24)],
  rows: lines.map(({ indicator, programme }) => ({
    cells: [indicator.label, indicator.unit, indicator.definition, programme.label],
  })),
})
