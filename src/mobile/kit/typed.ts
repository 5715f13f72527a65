import type { Field } from '#kit/field/kind.ts'

/** What stands in an input of a phone's form. */
export type Typed = string | boolean | undefined

/** What was typed, as the field's schema wants it; nothing typed stays nothing. */
export function valueOf({ kind }: Pick<Field, 'kind'>, typed: Typed): unknown {
  if (typeof typed !== 'string') return typed
  const text = typed.trim()
  if (text === '') return undefined
  if (kind !== 'count' && kind !== 'money') return text
  const number = Number(text.replace(/[,，]/g, ''))
  return Number.isNaN(number) ? text : number
}
