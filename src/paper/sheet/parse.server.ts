import { FileRefused } from '../refused.ts'
import { caps } from './caps.ts'
import { readCsv } from './csv.server.ts'
import type { RowSink } from './sink.ts'
import { kindOf } from './sniff.server.ts'
import { readXlsx } from './xlsx.server.ts'

/** Reads an uploaded workbook or text file into a sink, by its content. Heavy: only the reading thread calls it. @throws FileRefused */
export function parseRows(bytes: Uint8Array, sink: RowSink): void {
  let rows = 0
  const counted: RowSink = {
    sheet: (head) => sink.sheet(head),
    row(row, cells) {
      if (++rows > caps.rows) throw new FileRefused(`一次最多读 ${caps.rows} 行，请分成几个文件再上传`)
      sink.row(row, cells)
    },
  }
  if (bytes.length === 0) throw new FileRefused('文件是空的，请重新选择')
  if (kindOf(bytes) === 'old')
    throw new FileRefused('文件已加密或是旧版 .xls 格式，请去掉密码，在 Excel 或 WPS 中另存为 .xlsx 后再上传')
  if (kindOf(bytes) === 'zip') readXlsx(bytes, counted)
  else readCsv(bytes, counted)
  if (rows === 0) throw new FileRefused('文件里没有内容，请检查是否存错了文件')
}
