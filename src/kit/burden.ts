import { isCarried, type Field, type Fields } from './field/kind.ts'
import { formFields, type Programme } from './programme.ts'

/** Where the value of a field comes from when a unit reports what it reported before. */
export type Source = 'typed' | 'carried' | 'derived'

export const sourceOf = (field: Field): Source =>
  field.follows !== undefined ? 'derived' : isCarried(field) ? 'carried' : 'typed'

/** What a new record must be given before anything is typed: required and shown. */
export const askedFields = (programme: Programme): Fields =>
  Object.fromEntries(
    Object.entries(formFields(programme)).filter(
      ([name, field]) => field.required && programme.shown(name, {}),
    ),
  )

/** Names that come filled in: derived ones always, carried ones where there is a last record to carry from. */
export const filledIn = (fields: Fields, hasLast: boolean): Set<string> =>
  new Set(
    Object.entries(fields).flatMap(([name, field]) => {
      const source = sourceOf(field)
      return source === 'derived' || (source === 'carried' && hasLast) ? [name] : []
    }),
  )

/** What is still typed for a record of a programme that the unit has reported before. */
export function typedFields(programme: Programme): string[] {
  const fields = askedFields(programme)
  const filled = filledIn(fields, true)
  return Object.keys(fields).filter((name) => !filled.has(name))
}
