import { blank, type Values } from './formState.ts'

/** A field that was filled differently here and elsewhere since both knew the same draft. */
export type Rival = {
  field: string
  mine: unknown
  theirs: unknown
  /** The other value stands in the record itself: until she chooses, the draft keeps hers. */
  inRecord?: boolean
}

/** `values` holds what either side filled, ours where both did; `taken` the fields that came from elsewhere. */
export type Merged = { values: Values; rivals: Rival[]; taken: string[] }

const canonical = (value: unknown): unknown => {
  if (blank(value)) return null
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object') return value
  const kept = Object.entries(value as Values)
    .filter(([, part]) => !blank(part))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(kept.map(([key, part]) => [key, canonical(part)]))
}

/** One text for all that says the same, whatever the order of its fields; blank and absent are one. */
export const imprint = (value: unknown): string => JSON.stringify(canonical(value))

const empty = (value: unknown): boolean => blank(value) || (Array.isArray(value) && value.length === 0)

/** Whether two values say the same. */
export const same = (a: unknown, b: unknown): boolean => (empty(a) && empty(b)) || imprint(a) === imprint(b)

const isRow = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Rows by position: cells that only one side changed are kept from it; rows that either side added stay. Null = theirs and ours differ. */
function mergeRows(base: unknown[], mine: unknown[], theirs: unknown[]): unknown[] | null {
  const grew = (rows: unknown[]): boolean => base.every((row, i) => i < rows.length && same(row, rows[i]))
  if (grew(mine) && grew(theirs)) {
    const added = theirs.slice(base.length).filter((row) => !mine.some((own) => same(own, row)))
    return [...mine, ...added]
  }
  if (mine.length !== theirs.length || base.length !== mine.length) return null
  const rows = mine.map((own, i) => {
    const other = theirs[i]
    if (!isRow(own) || !isRow(other)) return same(own, other) ? own : null
    const was = base[i]
    const { values, rivals } = merge(isRow(was) ? was : {}, own, other)
    return rivals.length > 0 ? null : values
  })
  return rows.includes(null) ? null : rows
}

/**
 * Three-way, field by field: what only one side changed since `base` is kept from that side; where both did, ours stands
 * beside theirs until she chooses. Nothing goes unasked.
 */
export function merge(base: Values, mine: Values, theirs: Values): Merged {
  const merged: Record<string, unknown> = {}
  const rivals: Rival[] = []
  const taken: string[] = []
  for (const field of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const [was, own, other] = [base[field], mine[field], theirs[field]]
    merged[field] = own
    if (same(own, other) || same(other, was)) continue
    if (same(own, was)) {
      merged[field] = other
      taken.push(field)
      continue
    }
    const rows =
      Array.isArray(own) && Array.isArray(other) ? mergeRows(Array.isArray(was) ? was : [], own, other) : null
    if (rows) {
      merged[field] = rows
      taken.push(field)
    } else {
      rivals.push({ field, mine: own, theirs: other })
    }
  }
  return { values: merged, rivals, taken }
}

/** What the server may hold while she has not chosen: its own value wherever the two differ. */
export const withTheirs = (values: Values, rivals: readonly Rival[]): Values =>
  rivals.length === 0
    ? values
    : { ...values, ...Object.fromEntries(rivals.map(({ field, theirs }) => [field, theirs])) }

/** One side of a draft: what is typed, the copy it grew from, what is still to be chosen, what was sent without an answer. */
export type Side = {
  values: Values
  base: Values
  rivals: readonly Rival[]
  /** Imprints: what the server holds is ours when it is one of these. */
  tried: readonly string[]
}

/** A side meets what the server holds by now; null when there is nothing new in it. What she has not chosen stays a choice. */
export function meet({ values, base, rivals, tried }: Side, theirs: Values): Merged | null {
  if (same(theirs, base) || tried.includes(imprint(theirs))) return null
  const merged = merge(base, values, theirs)
  const waiting = rivals
    .filter(({ field }) => !merged.rivals.some((rival) => rival.field === field))
    .map(({ field }) => ({ field, mine: values[field], theirs: theirs[field] }))
    .filter(({ mine, theirs: other }) => !same(mine, other))
  return { ...merged, rivals: [...waiting, ...merged.rivals] }
}
