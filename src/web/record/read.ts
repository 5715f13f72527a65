import { isDay } from '#kit/day.ts'
import type { Field } from '#kit/field/kind.ts'

const plain = (text: string): string => text.normalize('NFKC').replace(/[\s,，]/g, '')

/** 「１，２００」 → 1200. What is no number stays as typed, so that the form can say so and nothing is lost. */
export function readNumber(text: string): number | string | null {
  const digits = plain(text)
  if (digits === '') return null
  return /^-?\d+(\.\d+)?$/.test(digits) && digits.length <= 15 ? Number(digits) : text
}

/** 「2019.8.5」, 「2019年8月5日」, 「20190805」 → `2019-08-05`; anything else stays as typed. */
export function readDay(text: string): string | null {
  const t = plain(text)
  if (t === '') return null
  const m = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/.exec(t) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(t)
  if (!m) return text.trim()
  const day = `${m[1]}-${m[2]!.padStart(2, '0')}-${m[3]!.padStart(2, '0')}`
  return isDay(day) ? day : text.trim()
}

/** A pasted cell as a value of its field; unreadable cells stay text for the form to mark. */
export function readCell(field: Field, cell: string): unknown {
  const text = cell.trim()
  if (text === '') return null
  switch (field.kind) {
    case 'count':
    case 'money':
      return readNumber(text)
    case 'day':
      return readDay(text)
    case 'yesNo':
      return /^(是|有|√|✓|1|y|yes)$/i.test(text) ? true : /^(否|无|×|0|n|no)$/i.test(text) ? false : text
    case 'choice':
      return field.choices?.find((choice) => choice === text) ?? text
    case 'text':
    case 'note':
    case 'creditCode':
    case 'org':
      return text
  }
}

/** Rows and cells of a copied sheet range; quoted cells may hold tabs and line breaks. One cell gives null. */
export function pastedRows(clip: string): string[][] | null {
  const text = clip.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  if (!/[\t\n]/.test(text)) return null
  const rows: string[][] = [[]]
  const cells = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/g
  for (const m of text.matchAll(cells)) {
    if (m[0] === '' && m.index === text.length && !/[\t\n]$/.test(text)) break
    rows.at(-1)!.push(m[1] === undefined ? m[2]! : m[1].replaceAll('""', '"'))
    if (m[3] === '') break
    if (m[3] === '\n') rows.push([])
  }
  return rows
}

type Lines = readonly Readonly<Record<string, unknown>>[]

/** Rows filled from a pasted range, from row `at` and column `from` on; rows are added as needed, at most `max`. */
export function fillRows(
  fields: Readonly<Record<string, Field>>,
  lines: Lines,
  at: number,
  from: string,
  cells: readonly (readonly string[])[],
  max = 500,
): Lines {
  const columns = Object.keys(fields)
  const first = columns.indexOf(from)
  const next = [...lines]
  for (const [i, row] of cells.entries()) {
    if (at + i >= max) break
    const line: Record<string, unknown> = { ...next[at + i] }
    for (const [j, cell] of row.entries()) {
      const name = columns[first + j]
      if (name !== undefined) line[name] = readCell(fields[name]!, cell)
    }
    next[at + i] = line
  }
  return next
}
