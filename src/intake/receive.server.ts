import { limitWords } from './limits.ts'
import type { Readable } from 'node:stream'
import { Problem } from '#kit/problem.ts'
import { nameSort } from '#org/pinyin.server.ts'
import { keysSheet } from '#paper/sheet/book.ts'
import { caps } from '#paper/sheet/caps.ts'
import {
  columnLetters,
  textOf,
  type Cell,
  type PackedRows,
  type SheetHead,
  type SheetRow,
} from '#paper/sheet/cell.ts'
import { unpackRows } from '#paper/sheet/packed.server.ts'
import { FileRefused } from '#paper/refused.ts'
import type { Deps } from '#server/deps.server.ts'
import { findHeadings, rowsAbove, type Mapping } from './mapping.ts'
import { pacer } from './pace.server.ts'
import type { SheetSpec, TargetSpec } from './target.ts'

export type FileRow = { sheet: number; line: number; cells: Cell[] }

/** A file as it was read: its sheets that are ours, their rows below the headings, unpacked anew each time they are walked. */
export type ReadFile = {
  sheets: { key: string; title: string; headings: string[]; mapping: Mapping; headingRow: number }[]
  rows: Iterable<FileRow>
  count: number
  leftAside: string[]
  /** The file itself, to be marked and given back; null where it is kept by its rows alone. */
  own: Uint8Array | null
}

/** Takes the bytes of an upload. @throws Problem.fileRefused above the cap */
export async function bytesOf(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of stream as AsyncIterable<Buffer>) {
    size += part.length
    if (size > caps.fileBytes) {
      stream.resume()
      throw Problem.fileRefused('文件过大，单个文件不能超过 30 MB，请分成几个文件再上传')
    }
    parts.push(part)
  }
  return Buffer.concat(parts)
}

type Found = { head: SheetHead; pieces: PackedRows[]; first: SheetRow[] }

/** A sheet's rows in the order of the file. */
function* rowsOf({ pieces }: Found): Iterable<SheetRow> {
  for (const piece of pieces) yield* unpackRows(piece)
}

/** Rows below the headings, without those that a template only shows. */
function* rowsBelow(taken: readonly (readonly [Found, number])[]): Iterable<FileRow> {
  for (const [sheet, [found, heading]] of taken.entries())
    for (const { row: line, cells } of rowsOf(found))
      if (line > heading && !isSample(cells)) yield { sheet, line, cells }
}

async function readSheets(
  deps: Pick<Deps, 'sheets'>,
  target: TargetSpec,
  bytes: Uint8Array,
): Promise<Found[]> {
  const sheets: Found[] = []
  let count = 0
  try {
    await deps.sheets.read(bytes, (head, piece) => {
      if (sheets.at(-1)?.head !== head) sheets.push({ head, pieces: [], first: [] })
      if (!head.hidden) count += piece.count
      if (count > target.most + 20) throw new FileRefused(limitWords(target.key))
      const { pieces, first } = sheets.at(-1)!
      pieces.push(piece)
      if (first.length < rowsAbove) first.push(...unpackRows(piece).slice(0, rowsAbove))
    })
  } catch (error) {
    if (error instanceof FileRefused) throw Problem.fileRefused(error.message)
    throw error
  }
  return sheets
}

/**
 * Reads a file for a target: which sheets are whose, where the headings stand. Rows marked 示例 in a template are left aside.
 * @throws Problem.fileRefused with one sentence
 */
export async function readFile(
  deps: Pick<Deps, 'sheets'>,
  target: TargetSpec,
  bytes: Uint8Array,
): Promise<ReadFile> {
  const sheets = await readSheets(deps, target, bytes)
  refuseTemplate(target, sheets)
  const visible = sheets.filter((s) => !s.head.hidden && s.pieces.length > 0)
  const taken: [Found, number][] = []
  const file: ReadFile = { sheets: [], rows: [], count: 0, leftAside: [], own: isKept(bytes) ? bytes : null }
  for (const spec of target.sheets) {
    const others = target.sheets.filter((s) => s !== spec).map((s) => s.label)
    const free = visible.filter(
      (s) => !taken.some(([found]) => found === s) && !others.includes(s.head.name.trim()),
    )
    const found = bestFor(spec, free, target.sheets.length === 1 || spec.main === true)
    if (!found) continue
    taken.push([found.sheet, found.heads.row])
    const { headings, mapping } = found.heads
    file.sheets.push({
      key: spec.key,
      title: found.sheet.head.name,
      headings,
      mapping,
      headingRow: found.heads.row,
    })
  }
  file.leftAside = visible.filter((s) => !taken.some(([found]) => found === s)).map((s) => s.head.name)
  if (file.sheets.length === 0) {
    const wanted = Object.values(target.sheets[0]!.fields)
      .filter((f) => f.required)
      .map((f) => f.label)
    throw Problem.fileRefused(
      `没有找到标题行，请让表格里有“${wanted.slice(0, 4).join('、')}”等栏目，或下载模板填写`,
    )
  }
  file.rows = { [Symbol.iterator]: () => rowsBelow(taken)[Symbol.iterator]() }
  await measure(file)
  if (file.count === 0) throw Problem.fileRefused('标题行下面没有内容，请填写后再上传')
  if (file.count > target.most)
    throw Problem.fileRefused(`这份表格有 ${file.count} 行，${limitWords(target.key)}`)
  return file
}

/** Above that a file goes back written anew from its rows: its bytes would weigh on the database for a week. */
const mostKept = 3 * 1024 * 1024
/** An .xlsx is a zip. */
const isKept = (bytes: Uint8Array): boolean =>
  bytes.length <= mostKept && bytes[0] === 0x50 && bytes[1] === 0x4b

/** Counts the rows, and names the columns that reach beyond the headings. */
async function measure(file: ReadFile): Promise<void> {
  const pause = pacer()
  for (const { sheet, cells } of file.rows) {
    file.count++
    const { headings, mapping } = file.sheets[sheet]!
    while (headings.length < cells.length) {
      headings.push(`第 ${columnLetters(headings.length)} 列`)
      mapping.push(null)
    }
    await pause()
  }
}

/** A row that says of itself that it only shows how to fill the sheet in; a title may well begin with 示例. */
const isSample = (cells: readonly Cell[]): boolean =>
  /^[（(【]?示例[）)】]?[:：行]?$/.test(textOf(cells[0] ?? null).trim())

function bestFor(spec: SheetSpec, free: readonly Found[], alone: boolean) {
  // A sheet under its own name goes before one that only looks alike.
  const named = free.filter((s) => s.head.name.trim() === spec.label)
  for (const sheet of named.length > 0 ? named : alone ? free : []) {
    const heads = findHeadings(sheet.first, spec, nameSort)
    if (heads) return { sheet, heads }
  }
  return null
}

/** A template of another list, or an older one, says so itself. */
function refuseTemplate(target: TargetSpec, sheets: readonly Found[]): void {
  const said = sheets.find((s) => s.head.hidden && s.head.name === keysSheet)
  const keys = new Map(
    said?.first.map(({ cells }) => [textOf(cells[0] ?? null), textOf(cells[1] ?? null)] as const) ?? [],
  )
  const of = keys.get('template')
  if (of !== undefined && of !== target.key)
    throw Problem.fileRefused(
      `这是“${keys.get('label') ?? '别的'}”的模板，这里导入的是“${target.label}”，请换一个文件`,
    )
}
