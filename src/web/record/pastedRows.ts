import type { Fields } from '#kit/field/kind.ts'
import { formFields, type Programme } from '#kit/programme.ts'
import { mapHeadings } from '#intake/mapping.ts'
import { blank, withValue, type Values } from './formState.ts'
import { pastedRows, readCell } from './read.ts'
import { isRoster, readRollLine, rollLines } from './roll.ts'

/** Rows of one programme from a pasted text; `left` = headings that no field of the form answers to. */
export type Pasted = { rows: Values[]; left: string[]; roster: number | null }

/** Records of one sending. */
export const mostRows = 100

/** Values with what follows them: a day's end with its beginning. */
export const spread = (programme: Programme, row: Values): Values =>
  Object.entries(row).reduce<Values>(
    (values, [name, value]) => withValue(programme, values, name, values[name] ?? value),
    row,
  )

/** Without headings the cells stand for the fields of the form in their order. */
function fromCells(fields: Fields, cells: readonly (readonly string[])[]): Omit<Pasted, 'roster'> {
  const mapping = mapHeadings(cells[0] ?? [], { key: 'rows', label: '', fields }, () => '')
  const headed = mapping.filter((name) => name !== null).length >= 2
  const columns: readonly (string | null)[] = headed
    ? mapping
    : Object.keys(fields).filter((name) => fields[name]!.required)
  const rows = cells
    .slice(headed ? 1 : 0)
    .map((line) =>
      Object.fromEntries(
        columns.flatMap((name, i) => {
          const value = name === null ? null : readCell(fields[name]!, line[i] ?? '')
          return name === null || blank(value) ? [] : [[name, value]]
        }),
      ),
    )
    .filter((row) => Object.keys(row).length > 0)
  return { rows, left: headed ? cells[0]!.filter((label, i) => mapping[i] === null && label.trim()) : [] }
}

/** Reads what was copied from a sheet or a chat: rows of cells, a numbered roll, or a list of persons that is only counted. */
export function readPasted(programme: Programme, text: string, today: string): Pasted {
  const fields = formFields(programme)
  const roll = text.includes('\t') ? [] : rollLines(text)
  if (isRoster(roll)) {
    const whole = ['all', 'persons', 'beneficiaries'].find((name) => fields[name])
    return { rows: [whole ? { [whole]: roll.length } : {}], left: [], roster: roll.length }
  }
  if (roll.length > 0) {
    const rows = roll.map((line) => spread(programme, readRollLine(fields, line, today)))
    return { rows, left: [], roster: null }
  }
  const cells = pastedRows(text) ?? (text.trim() === '' ? [] : [[text.trim()]])
  const { rows, left } = fromCells(fields, cells)
  return { rows: rows.map((row) => spread(programme, row)), left, roster: null }
}
