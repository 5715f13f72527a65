import {
  AlignmentType,
  Document,
  HeightRule,
  Packer,
  type Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  Tab,
  TabStopType,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import type { FilledCell, FilledForm, FilledRow } from '../form/fill.ts'
import { gridColumns } from '../form/layout.ts'
import { PAGE } from '../layout.ts'
import { paragraph, text } from './parts.server.ts'
import { STYLES_XML } from './styles.ts'
import { banner, coreXml, pageNumber } from './write.server.ts'

const twips = (mm: number): number => Math.round((mm * 1440) / 25.4)

/** A table wants more of the sheet than a text: 22 mm beside, 25 above, 22 below with the page number in it. */
const margin = { top: twips(25), bottom: twips(22), left: twips(22), right: twips(22) }
const tableWidth = PAGE.width - margin.left - margin.right
const columnWidth = Math.floor(tableWidth / gridColumns)

/** A filled form as .docx; `mark` as in an official document. */
export async function writeForm(form: FilledForm, mark: string | null, demo?: string): Promise<Uint8Array> {
  const file = new Document({
    evenAndOddHeaderAndFooters: true,
    sections: [
      {
        properties: {
          page: {
            size: { width: PAGE.width, height: PAGE.height },
            margin: { ...margin, header: twips(12), footer: twips(10), gutter: 0 },
          },
        },
        headers: banner(demo),
        footers: { default: pageNumber('odd', mark), even: pageNumber('even', mark) },
        children: [
          paragraph('GwTitle', form.title, { spacing: { after: 160 } }),
          paragraph(
            'GwCell',
            [text(form.above[0]), new TextRun({ children: [new Tab()] }), text(form.above[1])],
            {
              tabStops: [{ type: TabStopType.RIGHT, position: tableWidth }],
              spacing: { after: 60 },
            },
          ),
          tableOf(form.rows),
          paragraph('GwNote', form.below, { spacing: { before: 80 } }),
        ],
      },
    ],
  })
  const parts = [
    { path: 'word/styles.xml', data: STYLES_XML },
    { path: 'docProps/core.xml', data: coreXml(form.title) },
  ]
  return new Uint8Array(await Packer.toArrayBuffer(file, false, parts))
}

const tableOf = (rows: readonly FilledRow[]): Table =>
  new Table({
    rows: rows.map(
      ({ cells, height }) =>
        new TableRow({
          cantSplit: true,
          height: { value: twips(height), rule: HeightRule.ATLEAST },
          children: cells.map(cellOf),
        }),
    ),
    columnWidths: Array.from({ length: gridColumns }, () => columnWidth),
    width: { size: columnWidth * gridColumns, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    margins: { top: 30, bottom: 30, left: 80, right: 80, marginUnitType: WidthType.DXA },
  })

const cellOf = (cell: FilledCell): TableCell =>
  new TableCell({
    columnSpan: cell.span,
    ...(cell.rows > 1 ? { rowSpan: cell.rows } : {}),
    width: { size: columnWidth * cell.span, type: WidthType.DXA },
    verticalAlign: cell.kind === 'foot' ? VerticalAlignTable.BOTTOM : VerticalAlignTable.CENTER,
    children: contentOf(cell),
  })

function contentOf(cell: FilledCell): Paragraph[] {
  switch (cell.kind) {
    case 'foot':
      return cell.lines.map((line) =>
        line.endsWith('：')
          ? paragraph('GwCell', line, { spacing: { after: 120 } })
          : paragraph('GwCell', line, { alignment: AlignmentType.RIGHT, indent: { right: 240 } }),
      )
    case 'label':
      return cell.text
        .split('\n')
        .map((line) => paragraph('GwCellHead', line, { alignment: AlignmentType.CENTER }))
    case 'number':
      return [paragraph('GwCell', cell.text, { alignment: AlignmentType.RIGHT })]
    case 'value':
      return cell.text.split('\n').map((line) => paragraph('GwCell', line))
  }
}
