import {
  AlignmentType,
  ExternalHyperlink,
  type Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import type { OfficialDocument, SourceRow } from '../document.ts'
import { figuresOf } from '../document.ts'
import { TYPE_AREA_WIDTH } from '../layout.ts'
import { sourceBookmark } from '../names.ts'
import { bookmarked, paragraph, type Serial, text } from './parts.server.ts'

const APPENDIX_TITLE = '数据来源与口径'

export const appendixTitle = (document: OfficialDocument): string =>
  document.appendix?.title ?? APPENDIX_TITLE

interface Column {
  head: string
  /** In twips; the column without a width takes what is left. */
  width?: number
  centred?: true
  cell(row: SourceRow, ids: Serial): (string | ParagraphChild[])[]
}

const columns: readonly Column[] = [
  { head: '序号', width: 640, centred: true, cell: (row) => [String(row.no)] },
  { head: '项目', width: 1240, cell: (row) => [row.programme] },
  {
    head: '数据名称与代码',
    width: 2360,
    cell: (row, ids) => [
      bookmarked(sourceBookmark(row.indicator, row.of), [text(row.label)], ids),
      [text(row.indicator, 'GwCode')],
    ],
  },
  { head: '准确值', width: 1400, centred: true, cell: (row) => [`${row.value}${row.unit}`] },
  { head: '口径', cell: (row) => [row.definition, ...(row.note ? [[text(row.note)]] : [])] },
]

const trace: Column = {
  head: '溯源',
  width: 640,
  centred: true,
  cell: (row) => [row.link ? [traceLink(row.link)] : '—'],
}

function traceLink(link: string): ExternalHyperlink {
  return new ExternalHyperlink({ link, children: [new TextRun({ text: '查看', underline: {} })] })
}

/**
 * The appendix: on a new page `附件` at the left of the first line, the title on the third (GB/T 9704-2012 7.3.7),
 * then one row per indicator. The column of links falls away where the copy has none.
 */
export function appendix(document: OfficialDocument, ids: Serial): (Paragraph | Table)[] {
  const shown = document.sources.some((row) => row.link) ? [...columns, trace] : columns
  const taken = shown.reduce((sum, column) => sum + (column.width ?? 0), 0)
  const widths = shown.map((column) => column.width ?? TYPE_AREA_WIDTH - taken)
  const snapshots = [...new Set(figuresOf(document).map((figure) => figure.snapshot))].join('、')
  const from = snapshots && `正文数据取自数据快照${snapshots}；`
  return [
    paragraph('GwApp', '附件', { pageBreakBefore: true, keepNext: true }),
    paragraph('GwBody', '', { keepNext: true }),
    paragraph('GwTitle', appendixTitle(document)),
    paragraph('GwBody', '', { keepNext: true }),
    paragraph('GwBody', document.appendix?.note ?? `${from}正文写作约数的，以本表准确值为准。`, {
      spacing: { after: 120 },
    }),
    new Table({
      rows: [headRow(shown, widths), ...document.sources.map((row) => sourceRow(row, shown, widths, ids))],
      columnWidths: widths,
      width: { size: TYPE_AREA_WIDTH, type: WidthType.DXA },
      layout: TableLayoutType.FIXED,
      margins: { top: 40, bottom: 40, left: 80, right: 80, marginUnitType: WidthType.DXA },
    }),
  ]
}

function headRow(shown: readonly Column[], widths: readonly number[]): TableRow {
  const cells = shown.map((column, at) => cell([paragraph('GwCellHead', column.head)], widths[at]))
  return new TableRow({ children: cells, tableHeader: true, cantSplit: true })
}

function sourceRow(
  row: SourceRow,
  shown: readonly Column[],
  widths: readonly number[],
  ids: Serial,
): TableRow {
  const cells = shown.map((column, at) => {
    const alignment = column.centred ? { alignment: AlignmentType.CENTER } : {}
    return cell(
      column.cell(row, ids).map((content) => paragraph('GwCell', content, alignment)),
      widths[at],
    )
  })
  return new TableRow({ children: cells, cantSplit: true })
}

function cell(children: Paragraph[], width = 0): TableCell {
  return new TableCell({
    children,
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
  })
}
