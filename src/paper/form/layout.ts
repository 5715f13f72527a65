import type { AnyRow } from '#kit/row.ts'

/**
 * A seal-ready table of a programme as data: a grid of twelve columns on A4. The wording is our own; a form carries no
 * 表号 and no 文号 of its own.
 */
export type FormLayout = {
  /** Last part of its address; unique within the programme. */
  key: string
  title: string
  rows: readonly FormRow[]
  /** Only for records whose choice is one of these. */
  when?: { field: string; is: readonly string[] }
}

export type FormRow =
  | { cells: readonly FormCell[]; height?: number }
  /** One line for each row of children, and empty ones up to `least`, to be filled by hand. */
  | { child: string; columns: readonly FormColumn[]; least: number }

export type FormColumn = { label: string; field: string; span: number }

/** `rows` = how many rows it reaches down. */
export type FormCell = { span: number; rows?: number } &
  /** A long one is broken by meaning, never by width. */
  (
    | { label: string }
    /** Words with bindings: `{signedOn}`, `{form|boxes}` for all choices with the one ticked, `{@org}` for what is of the form itself. */
    | { say: string }
    /** Room for an opinion by hand; `foot` stands at its lower right edge, where the seal goes, what ends in a colon at the left. */
    | { foot: readonly string[] }
  )

/** What a form knows besides the record's fields. */
export const ofForm = {
  '@org': '填报单位',
  '@person': '填报人',
  '@today': '填表日期',
} as const
export type OfForm = Record<keyof typeof ofForm, string>

export const gridColumns = 12

/** Millimetres: a round seal is 40 to 42 wide and goes over place and date. */
export const sealHeight = 36

const sealFoot = ['（盖章）', '　　　年　　月　　日']
const signFoot = ['签字：', '　　　年　　月　　日']

export const label = (text: string, span = 2, rows?: number): FormCell => ({
  label: text,
  span,
  ...(rows ? { rows } : {}),
})
export const say = (text: string, span = 4): FormCell => ({ say: text, span })

/** Two facts beside each other. */
export const pair = (a: readonly [string, string], b: readonly [string, string]): FormRow => ({
  cells: [label(a[0]), say(a[1]), label(b[0]), say(b[1])],
})
/** One fact over the whole width. */
export const wide = (name: string, text: string, height?: number): FormRow => ({
  cells: [label(name), say(text, 10)],
  ...(height ? { height } : {}),
})
/** An opinion with a seal. */
export const opinion = (name: string): FormRow => ({
  cells: [label(name), { foot: sealFoot, span: 10 }],
  height: sealHeight,
})
/** Two opinions with seals beside each other. */
export const opinions = (a: string, b: string, height = sealHeight + 6): FormRow => ({
  cells: [label(a, 1), { foot: sealFoot, span: 5 }, label(b, 1), { foot: sealFoot, span: 5 }],
  height,
})
/** Two signatures beside each other. */
export const signatures = (a: string, b: string): FormRow => ({
  cells: [label(a), { foot: signFoot, span: 4 }, label(b), { foot: signFoot, span: 4 }],
  height: 20,
})

/** The forms that a record may be printed on. */
export const formsFor = (forms: readonly FormLayout[], row: AnyRow): FormLayout[] =>
  forms.filter(({ when }) => !when || when.is.includes(String(row[when.field])))
