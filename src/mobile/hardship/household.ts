import { householdFields, householdParts, kinFields } from '#hardship/householdFields.ts'
import { readField } from '#kit/readField.ts'
import type { Field, Fields } from '#kit/field/kind.ts'
import type { AnyRow, Issue } from '#kit/programme.ts'
import { valueOf, type Typed } from '../kit/typed.ts'

export type Line = Record<string, Typed>
export type Values = { own: Line; family: readonly Line[] }

/** The last of these asks for the family, one person after the other. */
export const stepTitles = [...householdParts.map(({ title }) => title), '家庭成员', '核对和提交'] as const
export const familyStep = householdParts.length
export const lastStep = stepTitles.length - 1

export const nothing: Values = { own: {}, family: [] }

const typedOf = (value: unknown): Typed =>
  typeof value === 'boolean'
    ? value
    : typeof value === 'string' || typeof value === 'number'
      ? String(value)
      : undefined
const lineOf = (row: object): Line =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typedOf(value)]))

/** What she sent before, to be mended. */
export const valuesOf = ({ family, ...own }: AnyRow): Values => ({
  own: lineOf(own),
  family: (Array.isArray(family) ? (family as object[]) : []).map(lineOf),
})

const read = (fields: Fields, line: Line): AnyRow => {
  const row: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) {
    const value = valueOf(field, line[name])
    if (value !== undefined) row[name] = value
  }
  return row
}

export const bodyOf = ({ own, family }: Values): AnyRow => ({
  ...read(householdFields, own),
  family: family.map((line) => read(kinFields, line)),
})

function check(fields: Readonly<Record<string, Field>>, line: Line, prefix: string): Issue[] {
  const issues: Issue[] = []
  for (const [name, field] of Object.entries(fields))
    readField(prefix + name, field, valueOf(field, line[name]), issues)
  return issues
}

/** What is missing or wrong on one step; what hangs together is judged by the server. */
export function faultsAt(step: number, { own, family }: Values): Issue[] {
  const part = householdParts[step]
  if (part) return check(Object.fromEntries(part.names.map((name) => [name, householdFields[name]])), own, '')
  return step === familyStep ? family.flatMap((line, n) => check(kinFields, line, `family.${n}.`)) : []
}

/** The step on which a field stands. */
export function stepOf(field: string): number {
  if (field === 'family' || field.startsWith('family.')) return familyStep
  const at = householdParts.findIndex(({ names }) => (names as readonly string[]).includes(field))
  return at < 0 ? lastStep : at
}
