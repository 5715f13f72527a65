import { builtInRules, type RuleBook } from '#kit/rule.ts'
import { isDay } from '#kit/day.ts'
import { isCarried, type Field } from '#kit/field/kind.ts'
import { formFields, type AnyRow, type Issue, type Programme } from '#kit/programme.ts'
import { validate } from '#kit/validate.ts'

/** What has been typed; faulty values stay as typed until they are mended. */
export type Values = Readonly<Record<string, unknown>>

/** Fields that stand open, and those folded under 更多信息, in the order of the definition. */
export type Layout = { main: string[]; more: string[] }

export const blank = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '')

const isRetired = (field: Field, today: string): boolean =>
  field.retired !== undefined && Number(today.slice(0, 4)) >= field.retired

/**
 * Which fields a new or edited record is asked, by what is typed so far. Required fields and those that an answer
 * brings up stand open; optional ones fold. Retired ones are asked no more.
 */
export function layoutOf(programme: Programme, values: Values, today: string): Layout {
  const layout: Layout = { main: [], more: [] }
  for (const [name, field] of Object.entries(formFields(programme))) {
    const asked = programme.shown(name, values) && !isRetired(field, today)
    if (!asked) continue
    const broughtUp = !programme.shown(name, {})
    layout[field.required || broughtUp ? 'main' : 'more'].push(name)
  }
  return layout
}

/** What is sent: known names only, blanks and empty rows left out, hidden fields too. */
export function bodyOf(programme: Programme, values: Values): AnyRow {
  const fields = Object.keys(formFields(programme)).filter((name) => programme.shown(name, values))
  const body: Record<string, unknown> = {}
  for (const name of fields) if (!blank(values[name])) body[name] = values[name]
  for (const name of Object.keys(programme.children)) {
    const rows = Array.isArray(values[name]) ? (values[name] as Values[]) : []
    body[name] = rows.filter((row) => Object.values(row).some((value) => !blank(value)))
  }
  return body
}

/** Where each sent child row stands on the screen: `covered` → [0, 2] when the second row is still empty. */
function sentRows(programme: Programme, values: Values): Record<string, number[]> {
  return Object.fromEntries(
    Object.keys(programme.children).map((name) => {
      const rows = Array.isArray(values[name]) ? (values[name] as Values[]) : []
      return [name, rows.flatMap((row, i) => (Object.values(row).some((value) => !blank(value)) ? [i] : []))]
    }),
  )
}

/** Issues told about sent rows, moved to the rows as they stand on the screen. */
export function onScreen(programme: Programme, values: Values, issues: readonly Issue[]): Issue[] {
  const rows = sentRows(programme, values)
  return issues.map((issue) => {
    const [child = '', i, cell] = issue.field.split('.')
    const at = rows[child]?.[Number(i)]
    return at === undefined
      ? issue
      : { ...issue, field: [child, at, cell].filter((p) => p !== undefined).join('.') }
  })
}

export type Judged = { issues: Issue[]; warnings: Issue[] }

/** Faults and warnings as the server will find them, by the same functions; warnings only once nothing is faulty. */
export function judge(
  programme: Programme,
  values: Values,
  today: string,
  rules: RuleBook = builtInRules,
): Judged {
  const { row, issues } = validate(programme, bodyOf(programme, values), today, rules)
  return {
    issues: onScreen(programme, values, issues),
    warnings: row === null ? [] : onScreen(programme, values, programme.warn(row, rules)),
  }
}

/** First issue of each field, as text at the field. */
export function byField(issues: readonly Issue[]): Record<string, string> {
  const first: Record<string, string> = {}
  for (const { field, message } of issues) first[field] ??= message
  return first
}

/** A value typed, with what follows it until it has a value of its own: an activity of one day ends when it starts. */
export function withValue(programme: Programme, values: Values, name: string, value: unknown): Values {
  const next: Record<string, unknown> = { ...values, [name]: value }
  const fields = formFields(programme)
  if (fields[name]?.kind === 'day' && !(typeof value === 'string' && isDay(value))) return next
  for (const [follower, { follows }] of Object.entries(fields))
    if (follows === name && (blank(values[follower]) || values[follower] === values[name]))
      next[follower] = value
  return next
}

/**
 * The last record carried forward: words and choices stay, dates and numbers are this time's own and start empty.
 */
export function carryForward(programme: Programme, body: AnyRow): Values {
  return Object.fromEntries(
    Object.entries(formFields(programme)).flatMap(([name, field]) =>
      !isCarried(field) || blank(body[name]) ? [] : [[name, body[name]]],
    ),
  )
}

/** How many of the asked fields are already filled, for 「已为您带入 6 项」. */
export const filled = (values: Values): number =>
  Object.values(values).filter((value) => !blank(value) && !Array.isArray(value)).length
