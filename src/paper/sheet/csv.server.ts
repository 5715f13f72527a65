import { CsvError, parse } from 'csv-parse/sync'
import { FileRefused } from '../refused.ts'
import { caps } from './caps.ts'
import type { RowSink } from './sink.ts'
import { decodeText } from './sniff.server.ts'

/** What separates the fields: what stands most often in the first line. Excel writes tabs and, in places, semicolons. */
function delimiterOf(text: string): string {
  const line = text.slice(0, text.search(/[\r\n]|$/))
  const counts = [',', '\t', ';', '，'].map((mark) => ({ mark, n: line.split(mark).length }))
  return counts.reduce((most, c) => (c.n > most.n ? c : most)).mark
}

/** Reads the rows of a text file with separated fields into a sink, as one sheet. @throws FileRefused with one sentence */
export function readCsv(bytes: Uint8Array, sink: RowSink): void {
  if (bytes.length > caps.fileBytes)
    throw new FileRefused(`文本表格（.csv）不能超过${caps.fileBytes / 1024 / 1024}MB，请分成几个文件再上传`)
  const read = decodeText(bytes)
  if (read === null) throw new FileRefused('认不出这个文件，这里只收 Excel 工作簿（.xlsx）或文本表格（.csv）')
  sink.sheet({ name: '表格', hidden: false })
  let row = 0
  for (const fields of recordsOf(read.text)) {
    row++
    if (fields.length > caps.columns)
      throw new FileRefused(`第 ${row} 行超过 ${caps.columns} 列，请删去不用的列再上传`)
    if (fields.some((f) => f.length > caps.cellLength))
      throw new FileRefused(`第 ${row} 行有一格超过 ${caps.cellLength} 个字，请精简后再上传`)
    if (fields.some((f) => f.trim() !== ''))
      sink.row(
        row,
        fields.map((f) => unguarded(f) || null),
      )
  }
}

function recordsOf(text: string): string[][] {
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: caps.recordLength,
      to: caps.rows + 1,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error['lines'] === 'number' ? `第 ${error['lines']} 行附近` : '文件里'
    throw new FileRefused(`${line}的引号或分隔符不成对，读不下去，请检查后再上传`, { cause: error })
  }
}

/** Our own export puts ' before what a spreadsheet would take for a formula; people write 210202… behind one too. */
const unguarded = (field: string): string => (/^'[=+\-@\d\t\r]/.test(field) ? field.slice(1) : field)
