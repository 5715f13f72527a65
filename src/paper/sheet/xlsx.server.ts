import { FileRefused } from '../refused.ts'
import { attribute, walkPlain, walkXml } from '../xml.server.ts'
import { GuardedZip } from '../zip.server.ts'
import { caps } from './caps.ts'
import { columnLetters, columnOf, type Cell } from './cell.ts'
import { dayOfSerial, showsDay } from './dateFormat.ts'
import type { RowSink } from './sink.ts'

const zipCaps = {
  name: 'Excel 工作簿（.xlsx）',
  fileBytes: caps.fileBytes,
  smaller: '请删去图片或分成几个文件再上传',
  entries: caps.entries,
  partBytes: caps.sheetBytes,
  totalBytes: caps.totalBytes,
  ratio: caps.ratio,
}

/**
 * Reads the rows of an .xlsx of somebody else's into a sink. Formulas count by the value that the program which wrote the
 * file kept; nothing is ever computed, no link followed. @throws FileRefused with one sentence
 */
export function readXlsx(bytes: Uint8Array, sink: RowSink): void {
  const zip = new GuardedZip(bytes, zipCaps)
  const names = zip.names.map((name) => name.toLowerCase())
  if (names.some((name) => name.endsWith('workbook.bin')))
    refuse('这是 .xlsb 二进制工作簿，请在 Excel 中另存为 .xlsx 后再上传')
  if (names.some((name) => name.startsWith('xl/externallinks/')))
    refuse('文件引用了别的工作簿（外部链接），请在“数据 → 编辑链接”中断开链接，另存后再上传')
  const main = mainPart(zip)
  const book = main === null ? null : zip.read(main)
  if (main === null || book === null) return refuse('这不是 Excel 工作簿，请另存为 .xlsx 后再上传')
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const targets = relations(zip.read(`${folder}_rels/${main.slice(folder.length)}.rels`) ?? '<none/>', folder)
  const { sheets, since1904 } = readBook(book)
  if (sheets.length > caps.sheets) refuse(`工作表不能超过 ${caps.sheets} 张，请删去不用的再上传`)
  const byType = (type: string) => [...targets.values()].find((t) => t.type.endsWith(`/${type}`))?.path
  const strings = readStrings(zip, byType('sharedStrings'))
  const isDay = readStyles(zip, byType('styles'))
  for (const { name, hidden, id } of sheets) {
    const target = targets.get(id)
    // Sheets of charts and dialogs hold no rows.
    if (!target?.type.endsWith('/worksheet')) continue
    const xml = zip.pieces(target.path)
    if (xml === null) refuse('文件已损坏，请用办公软件另存一份后再上传')
    sink.sheet({ name, hidden })
    readSheet(xml, { name, strings, isDay, since1904 }, sink)
  }
}

function refuse(sentence: string): never {
  throw new FileRefused(sentence)
}

type Target = { type: string; path: string }

function relations(xml: string, folder: string): Map<string, Target> {
  const found = new Map<string, Target>()
  walkXml(xml, {
    open(tag) {
      if (tag.local !== 'Relationship' || attribute(tag, 'TargetMode') === 'External') return
      const target = attribute(tag, 'Target') ?? ''
      const path = target.startsWith('/') ? target.slice(1) : folder + target
      found.set(attribute(tag, 'Id') ?? '', { type: attribute(tag, 'Type') ?? '', path })
    },
  })
  return found
}

function mainPart(zip: GuardedZip): string | null {
  const rels = zip.read('_rels/.rels')
  if (rels === null) return null
  const main = [...relations(rels, '').values()].find((t) => t.type.endsWith('/officeDocument'))
  return main?.path ?? null
}

function readBook(xml: string) {
  const sheets: { name: string; hidden: boolean; id: string }[] = []
  let since1904 = false
  walkXml(xml, {
    open(tag) {
      if (tag.local === 'workbookPr') since1904 = /^(1|true)$/.test(attribute(tag, 'date1904') ?? '')
      if (tag.local !== 'sheet') return
      const hidden = (attribute(tag, 'state') ?? 'visible') !== 'visible'
      sheets.push({ name: attribute(tag, 'name') ?? '', hidden, id: attribute(tag, 'id') ?? '' })
    },
  })
  return { sheets, since1904 }
}

/** `_x000D_` stands for a character that XML cannot hold, `_x005F_` for an underline that would look like one. */
const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : text

function readStrings(zip: GuardedZip, path: string | undefined): string[] {
  const strings: string[] = []
  const xml = path === undefined ? null : zip.pieces(path, caps.stringsBytes)
  if (xml === null) return strings
  let now = ''
  let inText = false
  let phonetic = 0
  walkPlain(xml, {
    open(local) {
      if (local === 'si') now = ''
      else if (local === 'rPh') phonetic++
      else if (local === 't') inText = phonetic === 0
    },
    close(local) {
      if (local === 't') inText = false
      else if (local === 'rPh') phonetic--
      else if (local === 'si') strings.push(unescaped(now))
    },
    text(text) {
      if (inText) now += text
    },
  })
  return strings
}

/** Whether the style of a number shows a day. */
function readStyles(zip: GuardedZip, path: string | undefined): boolean[] {
  const styles: boolean[] = []
  const xml = path === undefined ? null : zip.pieces(path, caps.stylesBytes)
  if (xml === null) return styles
  const codes = new Map<number, string>()
  let inCells = false
  walkXml(xml, {
    open(tag) {
      if (tag.local === 'numFmt')
        codes.set(Number(attribute(tag, 'numFmtId')), attribute(tag, 'formatCode') ?? '')
      else if (tag.local === 'cellXfs') inCells = true
      else if (tag.local === 'xf' && inCells) {
        const id = Number(attribute(tag, 'numFmtId') ?? 0)
        styles.push(showsDay(id, codes.get(id)))
      }
    },
    close({ local }) {
      if (local === 'cellXfs') inCells = false
    },
  })
  return styles
}

type Reading = { name: string; strings: string[]; isDay: boolean[]; since1904: boolean }

function readSheet(xml: Iterable<string>, reading: Reading, sink: RowSink): void {
  let row = 0
  let cells: Cell[] = []
  let column = -1
  let type: string | null = null
  let style = 0
  let value = ''
  let inline = ''
  let holds: 'v' | 't' | null = null
  let hasFormula = false
  let phonetic = 0
  walkPlain(xml, {
    open(local, attributes) {
      switch (local) {
        case 'row':
          row = rowNumber(attributes['r'], row, reading.name)
          cells = []
          column = -1
          break
        case 'c': {
          const address = attributes['r']
          column = (address === undefined ? null : columnOf(address)) ?? column + 1
          type = attributes['t'] ?? 'n'
          style = Number(attributes['s'] ?? 0)
          value = inline = ''
          hasFormula = false
          break
        }
        case 'f':
          hasFormula = true
          break
        case 'v':
          holds = 'v'
          break
        case 'rPh':
          phonetic++
          break
        case 't':
          holds = phonetic === 0 ? 't' : null
      }
    },
    text(text) {
      if (holds === 'v') value += text
      else if (holds === 't') inline += text
    },
    close(local) {
      if (local === 'v' || local === 't') holds = null
      else if (local === 'rPh') phonetic--
      else if (local === 'c' && type !== null) {
        const cell = cellOf(type)
        if (cell !== null) place(cell)
        type = null
      } else if (local === 'row' && cells.length > 0) sink.row(row, cells)
    },
  })

  function place(cell: Cell): void {
    if (column >= caps.columns)
      refuse(`工作表“${reading.name}”的第 ${row} 行超过 ${caps.columns} 列，请删去不用的列再上传`)
    if (typeof cell === 'string' && cell.length > caps.cellLength)
      refuse(
        `${reading.name}!${columnLetters(column)}${row} 的内容超过 ${caps.cellLength} 个字，请精简后再上传`,
      )
    while (cells.length < column) cells.push(null)
    cells[column] = cell
  }

  function cellOf(type: string): Cell {
    if (type === 'inlineStr') return unescaped(inline) || null
    if (hasFormula && value === '') return type === 'str' ? null : { error: '公式没有结果' }
    if (value === '') return null
    switch (type) {
      case 's':
        return reading.strings[Number(value)] || null
      case 'str':
        return unescaped(value)
      case 'b':
        return value === '1' || value === 'true'
      case 'e':
        return { error: value }
      case 'd':
        return { day: value.slice(0, 10) }
      default:
        return numberOf(value)
    }
  }

  function numberOf(text: string): Cell {
    const number = Number(text)
    if (!Number.isFinite(number)) return text
    const day = reading.isDay[style] ? dayOfSerial(number, reading.since1904) : null
    return day === null ? number : { day }
  }
}

/** Numbers of rows rise; whatever else is no file that a program wrote. */
function rowNumber(said: string | undefined, before: number, sheet: string): number {
  const row = said === undefined ? before + 1 : Number(said)
  if (!Number.isInteger(row) || row <= before || row > 1_048_576)
    refuse(`工作表“${sheet}”的行号错乱，请用办公软件另存一份后再上传`)
  return row
}
