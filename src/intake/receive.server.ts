import type { Readable } from 'node:stream'
import { Problem } from '#kit/problem.ts'
import { nameSort } from '#org/pinyin.server.ts'
import { keysSheet } from '#paper/sheet/book.ts'
import { caps } from '#paper/sheet/caps.ts'
import { columnLetters, textOf, type Cell, type SheetHead, type SheetRow } from '#paper/sheet/cell.ts'
import { FileRefused } from '#paper/refused.ts'
import type { Deps } from '#server/deps.server.ts'
import { findHeadings, type Mapping } from './mapping.ts'
import type { SheetSpec, TargetSpec } from './target.ts'

/** A file as it was read: its sheets that are ours, their rows below the headings. */
export type ReadFile = {
  sheets: { key: string; title: string; headings: string[]; mapping: Mapping }[]
  rows: { sheet: number; line: number; cells: Cell[] }[]
  leftAside: string[]
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

type Found = { head: SheetHead; rows: SheetRow[] }

/**
 * Reads a file for a target: which sheets are whose, where the headings stand. Rows marked 示例 in a template are left aside.
 * @throws Problem.fileRefused with one sentence
 */
export async function readFile(
  deps: Pick<Deps, 'sheets'>,
  target: TargetSpec,
  bytes: Uint8Array,
): Promise<ReadFile> {
  const sheets: Found[] = []
  let count = 0
  try {
    await deps.sheets.read(bytes, (head, rows) => {
      if (sheets.at(-1)?.head !== head) sheets.push({ head, rows: [] })
      if (!head.hidden) count += rows.length
      if (count > target.most + 20)
        throw new FileRefused(`一次最多导入 ${target.most} 行，请分成几个文件再上传`)
      for (const row of rows) sheets.at(-1)!.rows.push(row)
    })
  } catch (error) {
    if (error instanceof FileRefused) throw Problem.fileRefused(error.message)
    throw error
  }
  refuseTemplate(target, sheets)
  const visible = sheets.filter((s) => !s.head.hidden && s.rows.length > 0)
  const file: ReadFile = { sheets: [], rows: [], leftAside: [] }
  const taken = new Set<Found>()
  for (const spec of target.sheets) {
    const found = bestFor(spec, visible, taken, target.sheets.length === 1)
    if (!found) continue
    taken.add(found.sheet)
    const at = file.sheets.length
    const { headings, mapping, row } = found.heads
    const width = Math.max(headings.length, ...found.sheet.rows.map((r) => r.cells.length))
    while (headings.length < width) {
      headings.push(`第 ${columnLetters(headings.length)} 列`)
      mapping.push(null)
    }
    file.sheets.push({ key: spec.key, title: found.sheet.head.name, headings, mapping })
    for (const { row: line, cells } of found.sheet.rows)
      if (line > row && !isSample(cells)) file.rows.push({ sheet: at, line, cells })
  }
  file.leftAside = visible.filter((s) => !taken.has(s)).map((s) => s.head.name)
  if (file.sheets.length === 0) {
    const wanted = Object.values(target.sheets[0]!.fields)
      .filter((f) => f.required)
      .map((f) => f.label)
    throw Problem.fileRefused(
      `没有找到标题行，请让表格里有“${wanted.slice(0, 4).join('、')}”等栏目，或下载模板填写`,
    )
  }
  if (file.rows.length === 0) throw Problem.fileRefused('标题行下面没有内容，请填写后再上传')
  if (file.rows.length > target.most)
    throw Problem.fileRefused(
      `一次最多导入 ${target.most} 行，现有 ${file.rows.length} 行，请分成几个文件再上传`,
    )
  return file
}

/** A row of a template that only shows how to fill it in. */
const isSample = (cells: readonly Cell[]): boolean => textOf(cells[0] ?? null).startsWith('示例')

function bestFor(spec: SheetSpec, sheets: readonly Found[], taken: ReadonlySet<Found>, alone: boolean) {
  const free = sheets.filter((s) => !taken.has(s))
  // A sheet under its own name goes before one that only looks alike.
  const named = free.filter((s) => s.head.name.trim() === spec.label)
  for (const sheet of named.length > 0 ? named : alone ? free : []) {
    const heads = findHeadings(sheet.rows, spec, nameSort)
    if (heads) return { sheet, heads }
  }
  return null
}

/** A template of another list, or an older one, says so itself. */
function refuseTemplate(target: TargetSpec, sheets: readonly Found[]): void {
  const keys = new Map(
    sheets
      .find((s) => s.head.hidden && s.head.name === keysSheet)
      ?.rows.map(({ cells }) => [textOf(cells[0] ?? null), textOf(cells[1] ?? null)] as const) ?? [],
  )
  const of = keys.get('template')
  if (of !== undefined && of !== target.key)
    throw Problem.fileRefused(
      `这是“${keys.get('label') ?? '别的'}”的模板，这里导入的是“${target.label}”，请换一个文件`,
    )
}
