import type { Field, Fields } from '#kit/field/kind.ts'
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
  /** A column that says the same as another where it is left out: one day, two dates. */
  implied?: Readonly<Record<string, string>>
  /** Columns that no template shows and nobody types: they come with what was exported. */
  hidden?: readonly string[]
  /** Takes any sheet of the file where none has its name. */
  main?: true
}

/** Whether every row must fill a column in. */
export const isAsked = ({ fields, defaults = {}, implied = {} }: SheetSpec, key: string): boolean =>
  fields[key]!.required && !Object.hasOwn(defaults, key) && !Object.hasOwn(implied, key)

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
  /** The template always has the rows to begin with, and says this of them; else they are last year's, when asked for. */
  startsWith?: string
  /** Rows may become drafts instead. */
  drafts?: true
  /** What an undo within a day takes back, and what it leaves. */
  goesBack: string
  stays: string
  /** Where a row is changed that an undo of its workbook leaves. */
  afterwards: string
}

/** Columns that a screen or a template shows. */
export const shownFields = ({ fields, hidden = [] }: SheetSpec): [string, Field][] =>
  Object.entries(fields).filter(([key]) => !hidden.includes(key))

export type Level = 'error' | 'warning'
/** What is to be said about a cell; `column` null: about the row. `fixes`: texts that would settle it, each one press away. */
export type LineIssue = { column: string | null; message: string; level: Level; fixes?: string[] }

/**
 * right: may be committed; warned: too, with something to look at; update: too, and changes what stands already; wrong: not;
 * double: perhaps there already, she decides; skipped: she decided not to; same: is there already, nothing to do; done; undone.
 */
export const lineStates = [
  'right',
  'warned',
  'update',
  'wrong',
  'double',
  'skipped',
  'same',
  'done',
  'undone',
] as const
export type LineState = (typeof lineStates)[number]
/** States in which a row goes in with a commit. */
export const readyStates: readonly LineState[] = ['right', 'warned', 'update']
export const readyOf = (counts: Readonly<Record<LineState, number>>): number =>
  readyStates.reduce((sum, state) => sum + counts[state], 0)

/** What becomes of a row that perhaps stands already: left out, put in its place, entered all the same. */
export const choices = ['skip', 'update', 'add'] as const
export type Choice = (typeof choices)[number]
/**
 * What stands already, beside the row: its values as texts of the columns, and what may be chosen; where nothing may, the row
 * is an update and shown before and after.
 */
export type Twin = { label: string; values: Record<string, string>; may: Choice[] }

/** What a commit wants in words: why warnings stand, why a correction is made. */
export const asked = ['note', 'reason'] as const
export type Asked = (typeof asked)[number]

/** A row on its way in. */
export type Line = {
  sheet: string
  /** Row in the file. */
  line: number
  values: AnyRow
  issues: LineIssue[]
  /** Columns that the file has or that were typed here: others say nothing about what stands already. */
  given: ReadonlySet<string>
  /** Columns that mean their default because nothing stands in them. */
  assumed: readonly string[]
  /** What she decided about a double. */
  choice: Choice | null
  /** Set by the target where the row stands already as it is. */
  same: boolean
  /** Set by the target where the row perhaps stands already. */
  twin: Twin | null
  asks: Asked | null
  /** The row that this one is part of: what becomes of that becomes of this. */
  of: Line | null
}

export const isWrong = ({ issues }: Pick<Line, 'issues'>): boolean => issues.some((i) => i.level === 'error')

export function stateOf(line: Pick<Line, 'issues' | 'same' | 'twin' | 'choice' | 'of'>): LineState {
  const { issues, same, twin, choice, of } = line
  if (isWrong(line)) return 'wrong'
  if (same) return 'same'
  const isAsked = twin !== null && twin.may.length > 0
  if (isAsked && choice === 'skip') return 'skipped'
  if (isAsked && (choice === null || !twin.may.includes(choice))) return 'double'
  if (twin !== null && (!isAsked || choice === 'update')) return 'update'
  const above = of && stateOf(of)
  if (above && above !== 'right' && above !== 'warned') return above
  return issues.length > 0 ? 'warned' : 'right'
}
