import type { Field, Fields } from './field/kind.ts'
import { inOrder } from './check.ts'
import { readField } from './readField.ts'
import { builtInRules, type RuleBook } from './rule.ts'
import { formFields, type AnyRow, type Issue, type Programme } from './programme.ts'

export type Validated = { row: AnyRow; issues: [] } | { row: null; issues: Issue[] }

function readChildren(programme: Programme, input: AnyRow, issues: Issue[]): Record<string, unknown> {
  const children: Record<string, unknown> = {}
  for (const [name, spec] of Object.entries(programme.children)) {
    const given = input[name] ?? []
    children[name] = []
    if (!Array.isArray(given) || given.length > 500) {
      issues.push({ field: name, message: `${spec.label}要填成若干行，最多 500 行` })
      continue
    }
    children[name] = given.map((line: unknown, i) => {
      const row = typeof line === 'object' && line !== null ? (line as AnyRow) : {}
      issues.push(...strangers(row, (key) => Object.hasOwn(spec.fields, key), `${name}.${i}.`))
      return Object.fromEntries(
        Object.entries(spec.fields).map(([key, field]) => [
          key,
          readField(`${name}.${i}.${key}`, field, row[key], issues),
        ]),
      )
    })
  }
  return children
}

/** A name that the form does not have is a mistake of the client, never silently dropped. */
function strangers(input: AnyRow, known: (key: string) => boolean, prefix = ''): Issue[] {
  return Object.keys(input)
    .filter((key) => !known(key))
    .map((key) => ({ field: prefix + key, message: `没有“${key.slice(0, 40)}”这一项，请检查栏目名称` }))
}

const notOffered = ({ kind, label }: Field, value: string, words: readonly string[]): string => {
  if (words.length === 0) return `这一天没有可以填报的${label}，请核对日期`
  const not = kind === 'choice' ? `${label}不能填“${value}”` : `这一天没有名为“${value}”的${label}`
  return `${not}，可以填：${words.join('、')}`
}

/** Reads the fields of a form that is no programme's: kinds, required, no stranger. What is faulty is null in the row. */
export function readForm(fields: Fields, input: AnyRow): { row: AnyRow; issues: Issue[] } {
  const issues = strangers(input, (key) => Object.hasOwn(fields, key))
  const row = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, readField(name, field, input[name], issues)]),
  )
  return { row, issues }
}

/**
 * Reads a body into a typed row: kinds, required, hidden fields, order of dates, no future, the programme's own checks.
 * @param today business date; accepted facts do not lie after it
 * @param rules dated tables; without them those that come with the program
 */
export function validate(
  programme: Programme,
  input: AnyRow,
  today: string,
  rules: RuleBook = builtInRules,
): Validated {
  const fields = formFields(programme)
  const known = (key: string): boolean => Object.hasOwn(fields, key) || Object.hasOwn(programme.children, key)
  let issues = strangers(input, known)
  const row: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) row[name] = readField(name, field, input[name], issues)
  Object.assign(row, readChildren(programme, input, issues))
  if (programme.dated) row['startsOn'] = row['endsOn'] = row[programme.dated]
  // A hidden field holds null, whatever was typed before it was hidden; nobody could mend an issue there.
  const hidden = Object.keys(programme.fields).filter((name) => !programme.shown(name, row))
  for (const name of hidden) row[name] = null
  issues = issues.filter((issue) => !hidden.includes(issue.field))
  for (const name of Object.keys(programme.fields)) {
    const words = programme.offers(name, rules, row)
    const value = row[name]
    if (words && typeof value === 'string' && !words.includes(value))
      issues.push({ field: name, message: notOffered(fields[name]!, value, words) })
  }
  issues.push(
    ...inOrder(row['startsOn'] as string | null, row['endsOn'] as string | null, 'endsOn', [
      '开始日期',
      '结束日期',
    ]),
  )
  const last = programme.dated ?? 'endsOn'
  if (typeof row[last] === 'string' && row[last] > today) {
    issues.push({ field: last, message: `${fields[last]!.label}（${row[last]}）还没有到，办完再填` })
  }
  // Checks across fields need whole values: they run once the single fields are right.
  if (issues.length === 0) issues.push(...programme.check(row, rules))
  return issues.length > 0 ? { row: null, issues } : { row, issues: [] }
}
