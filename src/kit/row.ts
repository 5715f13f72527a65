/** Typed row without knowledge of its programme. */
export type AnyRow = Readonly<Record<string, unknown>>
