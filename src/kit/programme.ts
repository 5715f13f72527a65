import type { Fields, RowOf } from './field/kind.ts'
import type { Indicator } from './indicator.ts'
import { head } from './head.ts'
import type { AnyRow } from './row.ts'
import type { RuleBook } from './rule.ts'

/** Privacy classes S0 public … S4 sealed silo. */
export type PrivacyClass = 'S0' | 'S1' | 'S2' | 'S3' | 'S4'

/** The tier whose acceptance counts the record; district = nearest district or industry union above, else the city. */
export type AcceptedBy = 'subdistrict' | 'district' | 'city'

/** A message at a field. `field` may name a child cell: `covered.3.women`. */
export type Issue = { field: string; message: string }

export type { AnyRow } from './row.ts'

export type Head = RowOf<typeof head>
export type ChildSpec = { label: string; fields: Fields; hint?: string }
export type Children = Record<string, ChildSpec>

/** A record's values: head, own fields, child rows. */
export type Row<F extends Fields, C extends Children> = Head &
  RowOf<F> & { [K in keyof C]: RowOf<C[K]['fields']>[] }

type OptionalKeys<F extends Fields> = {
  [K in keyof F]: F[K]['required'] extends true ? never : K
}[keyof F]

type Spec<F extends Fields, C extends Children> = {
  key: string
  label: string
  class: PrivacyClass
  acceptedBy?: AcceptedBy
  /** Heading of the annual summary, 一（一）…一（六）. */
  section: string
  fields: F
  children?: C
  /** The one date of programmes that happen on a day; it fills the head's startsOn and endsOn. */
  dated?: keyof F & string
  /** Of things of which a unit has one at a time: the day that ends one. A second that stands beside it is warned of. */
  standsUntil?: keyof F & string
  list: readonly (keyof (F & typeof head) & string)[]
  when?: { [K in OptionalKeys<F>]?: (r: Row<F, C>) => boolean }
  /** Fields of text that take one of the words of a dated table. The row may still have gaps. */
  offers?: { [K in keyof F]?: (rules: RuleBook, r: Partial<Row<F, C>>) => readonly string[] }
  /** Why a record that was typed when that could be is accepted no more. */
  barred?: (r: Row<F, C>) => Issue | null
  indicators: Record<string, Indicator<Row<F, C>>>
  /** Persons whom a record names: where its class is not open, their names leave masked. */
  names?: (r: Row<F, C>) => readonly string[]
  /** Its checks ask dated tables, which are then read before them. */
  ruled?: true
  check?: (r: Row<F, C>, rules: RuleBook) => Issue[]
  warn?: (r: Row<F, C>, rules: RuleBook) => Issue[]
}

/** A programme as the engine sees it. Function members are methods, so that a typed definition fits. */
export interface Programme {
  readonly key: string
  readonly label: string
  readonly class: PrivacyClass
  readonly acceptedBy: AcceptedBy
  readonly section: string
  readonly fields: Fields
  readonly children: Children
  readonly dated: string | null
  readonly standsUntil: string | null
  readonly ruled: boolean
  /** Whether its records name persons. */
  readonly naming: boolean
  readonly list: readonly string[]
  readonly indicators: Readonly<Record<string, Indicator>>
  shown(field: string, row: AnyRow): boolean
  /** The words that a field may take, or null where it may take any. */
  offers(field: string, rules: RuleBook, row: AnyRow): readonly string[] | null
  /** Why a record that was typed when that could be is accepted no more; null where it may be. */
  barred(row: AnyRow): Issue | null
  /** Persons whom a record names; empty where its programme names none. */
  names(row: AnyRow): readonly string[]
  check(row: AnyRow, rules: RuleBook): Issue[]
  warn(row: AnyRow, rules: RuleBook): Issue[]
}

/**
 * Declares a programme: the one place of its fields, rules, indicators, tier and privacy class.
 * Indicator ids become `<key>.<measure>`; a key with a dot is an id already (a figure declared for another programme).
 */
// oxlint-disable-next-line typescript/no-generated-empty-object-type -- a programme without rows of children has no keys
export function defineProgramme<const F extends Fields, const C extends Children = Record<never, never>>(
  spec: Spec<F, C>,
): Programme {
  const when = (spec.when ?? {}) as Record<string, ((r: AnyRow) => boolean) | undefined>
  const offers = (spec.offers ?? {}) as Record<
    string,
    ((b: RuleBook, r: AnyRow) => readonly string[]) | undefined
  >
  const own = spec as unknown as Partial<Pick<Programme, 'check' | 'warn' | 'names' | 'barred'>>
  return {
    key: spec.key,
    label: spec.label,
    class: spec.class,
    acceptedBy: spec.acceptedBy ?? 'district',
    section: spec.section,
    fields: spec.fields,
    children: spec.children ?? {},
    dated: spec.dated ?? null,
    standsUntil: spec.standsUntil ?? null,
    ruled: spec.ruled ?? false,
    list: spec.list,
    indicators: Object.fromEntries(
      Object.entries(spec.indicators).map(([measure, indicator]) => [
        measure.includes('.') ? measure : `${spec.key}.${measure}`,
        indicator as Indicator,
      ]),
    ),
    shown: (field, row) => when[field]?.(row) ?? true,
    offers: (field, rules, row) => offers[field]?.(rules, row) ?? null,
    barred: (row) => own.barred?.(row) ?? null,
    naming: spec.names !== undefined,
    names: (row) => own.names?.(row) ?? [],
    check: (row, rules) => own.check?.(row, rules) ?? [],
    warn: (row, rules) => own.warn?.(row, rules) ?? [],
  }
}

const forms = new WeakMap<Programme, Fields>()

/** Head and own fields together, in the order of the form; a dated programme asks no head dates. */
export function formFields(programme: Programme): Fields {
  let form = forms.get(programme)
  if (!form) {
    const { title, startsOn, endsOn, ...tail } = head
    const dates: Fields = programme.dated ? {} : { startsOn, endsOn }
    form = { title, ...dates, ...programme.fields, ...tail }
    forms.set(programme, form)
  }
  return form
}

/** The fields of a form as a row stands: one that takes the words of a dated table is a choice of them. */
export function offeredFields(programme: Programme, rules: RuleBook, row: AnyRow): Fields {
  return Object.fromEntries(
    Object.entries(formFields(programme)).map(([name, field]) => {
      const choices = programme.offers(name, rules, row)
      return [name, choices ? { ...field, kind: 'choice' as const, choices } : field]
    }),
  )
}
