import { Problem } from '#kit/problem.ts'
import { nameSort } from '#org/pinyin.server.ts'
import { choose } from './choose.ts'
import { readLine, type RawLine } from './line.ts'
import type { Mapping } from './mapping.ts'
import { pacer } from './pace.server.ts'
import type { ReadFile } from './receive.server.ts'
import type { Choice, Line, SheetSpec, TargetSpec } from './target.ts'

type Sheets = { sheets: readonly Omit<ReadFile['sheets'][number], 'headingRow'>[] }

/** What the sheet at a place of a workbook is read as. */
export const specAt = (target: TargetSpec, { sheets }: Sheets, sheet: number): SheetSpec =>
  target.sheets.find((spec) => spec.key === sheets[sheet]!.key)!

const pick = (typed: string, choices: readonly string[]) => choose(typed, choices, nameSort)

type RawRow = { sheet: number; line: number; choice?: Choice | null } & Pick<RawLine, 'cells'> &
  Partial<RawLine>

/** Columns of which rows say something: one set for all rows of a sheet that were not typed over. */
const mapped = new WeakMap<Mapping, ReadonlySet<string>>()
function givenBy(mapping: Mapping, typed: Readonly<Record<string, string>>): ReadonlySet<string> {
  const file = mapped.get(mapping) ?? new Set(mapping.filter((key) => key !== null))
  mapped.set(mapping, file)
  const keys = Object.keys(typed)
  return keys.length === 0 ? file : new Set([...file, ...keys])
}

/** Reads rows by the kinds of their columns; nothing of the target's own rules is asked yet. */
export async function readLines(target: TargetSpec, head: Sheets, list: Iterable<RawRow>): Promise<Line[]> {
  const lines: Line[] = []
  const pause = pacer()
  for (const { sheet, line, cells, typed = {}, choice = null } of list) {
    const spec = specAt(target, head, sheet)
    const { mapping } = head.sheets[sheet]!
    lines.push({
      sheet: spec.key,
      line,
      given: givenBy(mapping, typed),
      choice,
      same: false,
      twin: null,
      asks: null,
      of: null,
      ...readLine(spec, mapping, { cells, typed }, pick),
    })
    await pause()
  }
  return lines
}

/** The place of a sheet by its key; the first where none is named. @throws Problem.notFound */
export function sheetAt({ sheets }: Sheets, key: string | undefined): number {
  const at = key === undefined ? 0 : sheets.findIndex((s) => s.key === key)
  if (!sheets[at]) throw Problem.notFound()
  return at
}
