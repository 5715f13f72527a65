import * as z from 'zod/mini'
import type { Field, Fields } from './field/kind.ts'
import { inOrder } from './check.ts'
import { formFields, type AnyRow, type Issue, type Programme } from './programme.ts'

export type Validated = { row: AnyRow; issues: [] } | { row: null; issues: Issue[] }

const absent = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '')

function readField(name: string, field: Field, value: unknown, issues: Issue[]): unknown {
  if (absent(value)) {
    if (field.required) issues.push({ field: name, message: `${verbOf(field)}${field.label}` })
    return null
  }
  const result = z.safeParse(field.schema, value)
  if (result.success) return result.data
  issues.push({ field: name, message: result.error.issues[0]?.message ?? `${field.label}填写有误` })
  return null
}

const verbOf = (field: Field): string =>
  ['choice', 'day', 'yesNo', 'org'].includes(field.kind) ? '请选择' : '请填写'

function readChildren(programme: Programme, input: AnyRow, issues: Issue[]): Record<string, unknown> {
  const children: Record<string, unknown> = {}
  for (const [name, spec] of Object.entries(programme.children)) {
    const given = input[name] ?? []
    if (!Array.isArray(given) || given.length > 500) {
      issues.push({ field: name, message: `${spec.label}要填成若干行，最多 500 行` })
      continue
    }
    children[name] = given.map((line: unknown, i) => {
      const row = typeof line === 'object' && line !== null ? (line as AnyRow) : {}
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

/** Names that a body may carry: form fields and children; anything else is a mistake of the client. */
function strangers(programme: Programme, fields: Fields, input: AnyRow): Issue[] {
  return Object.keys(input)
    .filter((key) => !(key in fields) && !(key in programme.children))
    .map((key) => ({ field: key, message: `没有“${key}”这一项，请检查栏目名称` }))
}

/**
 * Reads a body into a typed row: kinds, required, hidden fields, order of dates, no future, the programme's own checks.
 * @param today business date; accepted facts do not lie after it.
 */
export function validate(programme: Programme, input: AnyRow, today: string): Validated {
  const fields = formFields(programme)
  const issues = strangers(programme, fields, input)
  const row: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) row[name] = readField(name, field, input[name], issues)
  Object.assign(row, readChildren(programme, input, issues))
  if (programme.dated) row['startsOn'] = row['endsOn'] = row[programme.dated]
  for (const name of Object.keys(programme.fields)) if (!programme.shown(name, row)) row[name] = null
  issues.push(
    ...inOrder(row['startsOn'] as string | null, row['endsOn'] as string | null, 'endsOn', ['开始日期', '结束日期']),
  )
  const last = programme.dated ?? 'endsOn'
  if (typeof row[last] === 'string' && row[last] > today) {
    issues.push({ field: last, message: `${fields[last]!.label}（${row[last]}）还没有到，办完再填` })
  }
  // Checks across fields need whole values: they run once the single fields are right.
  if (issues.length === 0) issues.push(...programme.check(row))
  return issues.length > 0 ? { row: null, issues } : { row, issues: [] }
}
