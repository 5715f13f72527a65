import type { Field } from '#kit/field/kind.ts'
import { textOf, type Cell, type SheetRow } from '#paper/sheet/cell.ts'
import { plain } from './normal.ts'
import { isAsked, type SheetSpec } from './target.ts'

/** Which column of a file is which of ours: for each column of the file a key, or null where it is left aside. */
export type Mapping = (string | null)[]

/** Where the headings of a sheet stand, and what they mean. */
export type HeadingRow = { row: number; headings: string[]; mapping: Mapping }

/** A heading without what people write around it: 「姓 名＊」, 「手机号码(必填)」, 「1.单位」. */
export const bareHeading = (text: string): string =>
  plain(text)
    .replace(/[(（【[][^)）】\]]*[)）】\]]/g, '')
    .replace(/^\d+[.、]/, '')
    .replace(/[\s*＊:：、，,]/g, '')
    .toLowerCase()

type Candidate = { key: string; names: string[] }

const candidatesOf = ({ fields, synonyms = {} }: SheetSpec): Candidate[] =>
  Object.entries(fields).map(([key, field]: [string, Field]) => ({
    key,
    names: [field.label, ...(synonyms[key] ?? [])].map(bareHeading),
  }))

/** Maps headings by label and synonym, then by pinyin, then by what holds a label; each key once, the first that fits. */
export function mapHeadings(
  headings: readonly string[],
  spec: SheetSpec,
  pinyin: (text: string) => string,
): Mapping {
  const candidates = candidatesOf(spec)
  const mapping: Mapping = headings.map(() => null)
  const free = () => candidates.filter((c) => !mapping.includes(c.key))
  const rules: ((heading: string, name: string) => boolean)[] = [
    (heading, name) => heading === name,
    (heading, name) => /^[a-z]+$/.test(heading) && pinyin(name).split(' ').includes(heading),
    (heading, name) => name.length >= 2 && heading.length <= name.length + 6 && heading.includes(name),
  ]
  for (const fits of rules) {
    headings.forEach((heading, column) => {
      const wanted = bareHeading(heading)
      if (wanted === '' || mapping[column] !== null) return
      mapping[column] = free().find((c) => c.names.some((name) => fits(wanted, name)))?.key ?? null
    })
  }
  return mapping
}

/** Rows that may stand above the headings: a title, a line of the unit and the date. */
export const rowsAbove = 10

/** The row whose cells name most columns, among the first; null where none names two (or the only one). */
export function findHeadings(
  rows: readonly SheetRow[],
  spec: SheetSpec,
  pinyin: (text: string) => string,
): HeadingRow | null {
  let best: HeadingRow | null = null
  let most = Math.min(1, Object.keys(spec.fields).length - 1)
  for (const { row, cells } of rows.slice(0, rowsAbove)) {
    const headings = cells.map(headingOf)
    const mapping = mapHeadings(headings, spec, pinyin)
    const named = mapping.filter((key) => key !== null).length
    if (named <= most) continue
    most = named
    best = { row, headings, mapping }
  }
  return best
}

const headingOf = (cell: Cell): string => textOf(cell).replace(/\s+/g, ' ').trim().slice(0, 60)

/** Labels of columns that every row must have and the file has not. */
export const missingLabels = (spec: SheetSpec, mapping: Mapping): string[] =>
  Object.entries(spec.fields)
    .filter(([key]) => isAsked(spec, key) && !mapping.includes(key))
    .map(([, field]) => field.label)
