import * as z from 'zod/mini'
import type { Field } from './field/kind.ts'
import type { Issue } from './programme.ts'

/** Nothing typed. */
export const absent = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '')

/** A present value by its schema; what is wrong or missing is told at the field. */
export function readField(name: string, field: Field, value: unknown, issues: Issue[]): unknown {
  if (absent(value)) {
    if (field.required) issues.push({ field: name, message: `${verbOf(field)}${field.label}` })
    return null
  }
  const result = z.safeParse(field.schema, value)
  if (result.success) return result.data
  issues.push({ field: name, message: result.error.issues[0]?.message ?? `${field.label}填写有误` })
  return null
}

const verbOf = (field: Field): string =>
  ['choice', 'day', 'yesNo', 'org'].includes(field.kind) ? '请选择' : '请填写'
