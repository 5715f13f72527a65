import { nameSort } from '#org/pinyin.server.ts'
import { choose } from './choose.ts'
import { readLine, type RawLine } from './line.ts'
import { pacer } from './pace.server.ts'
import type { ReadFile } from './receive.server.ts'
import type { Line, SheetSpec, TargetSpec } from './target.ts'

type Sheets = Pick<ReadFile, 'sheets'>

/** What the sheet at a place of a workbook is read as. */
export const specAt = (target: TargetSpec, { sheets }: Sheets, sheet: number): SheetSpec =>
  target.sheets.find((spec) => spec.key === sheets[sheet]!.key)!

const pick = (typed: string, choices: readonly string[]) => choose(typed, choices, nameSort)

type RawRow = { sheet: number; line: number } & Pick<RawLine, 'cells'> & Partial<RawLine>

/** Reads rows by the kinds of their columns; nothing of the target's own rules is asked yet. */
export async function readLines(target: TargetSpec, head: Sheets, list: Iterable<RawRow>): Promise<Line[]> {
  const lines: Line[] = []
  const pause = pacer()
  for (const { sheet, line, cells, typed = {} } of list) {
    const spec = specAt(target, head, sheet)
    const { mapping } = head.sheets[sheet]!
    lines.push({ sheet: spec.key, line, same: false, ...readLine(spec, mapping, { cells, typed }, pick) })
    await pause()
  }
  return lines
}
