import {
  AlignmentType,
  Document,
  Packer,
  type Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import type { Listing, ListingSection } from '../listing.ts'
import { TYPE_AREA_WIDTH, widthOf } from '../layout.ts'
import { paragraph } from './parts.server.ts'
import { STYLES_XML } from './styles.ts'
import { banner, coreXml, lines, pageNumber, pageProperties, tail } from './write.server.ts'

/** More columns than these are not read across a page: each row then stands by itself, label beside content. */
const mostColumns = 6
const labelWidth = 2200

/** Rows of tables as .docx, for a reader who wants to see what is kept; `mark` as in an official document. */
export async function writeListing(listing: Listing, mark: string | null): Promise<Uint8Array> {
  const file = new Document({
    evenAndOddHeaderAndFooters: true,
    sections: [
      {
        properties: { page: pageProperties(mark !== null) },
        headers: banner(listing.banner),
        footers: { default: pageNumber('odd', mark), even: pageNumber('even', mark) },
        children: [
          paragraph('GwTitle', lines(listing.title)),
          paragraph('GwDate', listing.date),
          ...listing.words.map((text) => paragraph('GwBody', text)),
          ...listing.sections.flatMap(sectionOf),
        ],
      },
    ],
  })
  const parts = [
    { path: 'word/styles.xml', data: STYLES_XML },
    { path: 'docProps/core.xml', data: coreXml(listing.title.join('')) },
  ]
  return new Uint8Array(await Packer.toArrayBuffer(file, false, parts))
}

function sectionOf({ title, columns, rows }: ListingSection): (Paragraph | Table)[] {
  const head = paragraph('GwH1', title, { spacing: { before: 240, after: 80 } })
  if (rows.length === 0) return [head, paragraph('GwBody', '没有记录。')]
  if (columns.length > mostColumns)
    return [
      head,
      ...rows.flatMap((row) => [
        table(
          row.map((text, at) => [columns[at]!, text]),
          [labelWidth, TYPE_AREA_WIDTH - labelWidth],
          'GwCellHead',
        ),
        tail(),
      ]),
    ]
  const widths = widthsOf([columns, ...rows])
  return [head, table([columns, ...rows], widths, 'GwCell'), tail()]
}

/** By the longest text of each column, within bounds: a day and its clock stay on one line. */
function widthsOf(rows: readonly (readonly string[])[]): number[] {
  const weights = rows[0]!.map((_, at) =>
    rows.reduce((most, row) => Math.max(most, Math.min(12, widthOf(row[at]!) + 1)), 4),
  )
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const widths = weights.map((weight) => Math.floor((TYPE_AREA_WIDTH * weight) / whole))
  widths[0]! += TYPE_AREA_WIDTH - widths.reduce((sum, width) => sum + width, 0)
  return widths
}

/** @param first style of the first column */
function table(rows: readonly (readonly string[])[], widths: readonly number[], first: string): Table {
  const isGrid = first === 'GwCell'
  const styleOf = (row: number, column: number) =>
    (isGrid ? row === 0 : column === 0) ? 'GwCellHead' : 'GwCell'
  return new Table({
    rows: rows.map(
      (texts, row) =>
        new TableRow({
          cantSplit: true,
          ...(isGrid && row === 0 ? { tableHeader: true } : {}),
          children: texts.map(
            (text, column) =>
              new TableCell({
                width: { size: widths[column]!, type: WidthType.DXA },
                verticalAlign: VerticalAlignTable.CENTER,
                children: [
                  paragraph(styleOf(row, column), text, {
                    alignment:
                      styleOf(row, column) === 'GwCellHead' ? AlignmentType.CENTER : AlignmentType.LEFT,
                  }),
                ],
              }),
          ),
        }),
    ),
    columnWidths: [...widths],
    width: { size: TYPE_AREA_WIDTH, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    margins: { top: 40, bottom: 40, left: 80, right: 80, marginUnitType: WidthType.DXA },
  })
}
