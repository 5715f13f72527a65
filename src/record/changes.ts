import { formFields, type AnyRow, type Programme } from '#kit/programme.ts'
import type { Change } from './api.ts'

/** Field by field, what differs between two rows of a programme. */
export function changesBetween(programme: Programme, before: AnyRow, after: AnyRow): Change[] {
  return [...Object.keys(formFields(programme)), ...Object.keys(programme.children)]
    .filter((field) => JSON.stringify(before[field] ?? null) !== JSON.stringify(after[field] ?? null))
    .map((field) => ({ field, old: before[field] ?? null, new: after[field] ?? null }))
}
