import type { Fields } from '#kit/field/kind.ts'
import type { AnyRow } from '#kit/programme.ts'
import type { PolicyAction } from '#identity/policy.ts'

/** One sheet that a target reads; its columns are the fields of a form, under the same labels and rules. */
export type SheetSpec = {
  key: string
  label: string
  fields: Fields
  /** Other words for a column that workbooks of people use. */
  synonyms?: Readonly<Record<string, readonly string[]>>
  /** What a row means that leaves a required column out. */
  defaults?: AnyRow
}

/** Whether every row must fill a column in. */
export const isAsked = ({ fields, defaults = {} }: SheetSpec, key: string): boolean =>
  fields[key]!.required && !Object.hasOwn(defaults, key)

/** What rows of a workbook become: members, units and accounts, records of a programme. */
export type TargetSpec = {
  key: string
  label: string
  /** Rises when columns change, so that an old template is told. */
  version: number
  sheets: readonly SheetSpec[]
  /** Rows of one workbook. */
  most: number
  /** Right to bring rows in, and to commit them. */
  enterBy: PolicyAction
  commitBy: PolicyAction
  /** Sentences of the sheet 填写说明. */
  guide: readonly string[]
}

export type Level = 'error' | 'warning'
/** What is to be said about a cell; `column` null: about the row. */
export type LineIssue = { column: string | null; message: string; level: Level }

/** right: may be committed; warned: too, with something to look at; wrong: not; same: is there already, nothing to do; done. */
export const lineStates = ['right', 'warned', 'wrong', 'same', 'done'] as const
export type LineState = (typeof lineStates)[number]

/** A row on its way in. */
export type Line = {
  sheet: string
  /** Row in the file. */
  line: number
  values: AnyRow
  issues: LineIssue[]
  /** Set by the target where the row stands already as it is. */
  same: boolean
}

export const stateOf = ({ issues, same }: Pick<Line, 'issues' | 'same'>): LineState => {
  if (issues.some((i) => i.level === 'error')) return 'wrong'
  if (same) return 'same'
  return issues.length > 0 ? 'warned' : 'right'
}
