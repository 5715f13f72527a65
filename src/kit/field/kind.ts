import * as z from 'zod/mini'

/** Kinds of field in use; each fits one column, one spreadsheet cell, one run of a document. */
export type KindName = 'text' | 'note' | 'count' | 'money' | 'day' | 'yesNo' | 'choice' | 'org' | 'creditCode'

/** What every kind accepts; purpose, legal basis and retention default by privacy class. */
export type Options = {
  required?: boolean
  hint?: string
  /** First year in which the field is no longer asked; old records still show it. */
  retired?: number
  /** Each record's own, never carried forward from the last one: a name, a number of a document. */
  own?: boolean
  /** Name of the field whose value it takes until another is given: a day's end follows its beginning. */
  follows?: string
  purpose?: string
  basis?: string
  retention?: string
}

/** One field of a programme: its Chinese label serves screen, sheet, message and dictionary. */
export type Field<T = unknown, R extends boolean = boolean> = Omit<Options, 'required'> & {
  kind: KindName
  label: string
  required: R
  /** Accepts a present value; absence is decided by `required` and `when`. */
  schema: z.ZodMiniType<T>
  /** PostgreSQL type. */
  type: string
  /** Body of the CHECK for a column name, when the database can hold the rule too. */
  check?: (column: string) => string
  choices?: readonly string[]
  max?: number
  min?: number
}

export type Fields = Record<string, Field>
type Value<F> = F extends Field<infer T> ? T : never

/** The row of a set of fields: required ones present, the others nullable. */
export type RowOf<F extends Fields> = {
  [K in keyof F]: F[K]['required'] extends true ? Value<F[K]> : Value<F[K]> | null
}

/** Makes a field; the two overloads of each kind keep `required: true` a literal type. */
export function field<T>(
  kind: KindName,
  label: string,
  options: Options,
  rest: Pick<Field<T>, 'schema' | 'type' | 'check' | 'choices' | 'max' | 'min'>,
): Field<T> {
  const { required = false, ...others } = options
  return { kind, label, required, ...others, ...rest }
}

/** Whether a value is likely to hold the next time too: words and choices; dates and numbers are each time's own. */
export const isCarried = ({ kind, own }: Pick<Field, 'kind' | 'own'>): boolean =>
  own !== true && !['day', 'count', 'money'].includes(kind)
