import * as z from 'zod/mini'
import type { Issue } from '#kit/programme.ts'
import type { Rule } from '#kit/rule.ts'

/** One value of a table as the editor draws it. `rows` holds lines of its own fields, `list` single texts or numbers. */
export type RuleField = {
  name: string
  label: string
  kind: 'number' | 'text' | 'yesNo' | 'choice' | 'group' | 'rows' | 'list'
  required: boolean
  whole?: boolean
  min?: number
  max?: number
  choices?: string[]
  fields?: RuleField[]
}

type Drawn = {
  type?: string | string[]
  anyOf?: Drawn[]
  enum?: string[]
  const?: string
  minimum?: number
  exclusiveMinimum?: number
  maximum?: number
  maxLength?: number
  properties?: Record<string, Drawn>
  required?: string[]
  items?: Drawn
}

const isNull = (one: Drawn): boolean => one.type === 'null'

function read(
  name: string,
  path: string,
  given: Drawn,
  required: boolean,
  labels: Rule['labels'],
): RuleField {
  const nullable = given.anyOf?.some(isNull) || (Array.isArray(given.type) && given.type.includes('null'))
  const shape = given.anyOf?.find((one) => !isNull(one)) ?? given
  const type = Array.isArray(shape.type) ? shape.type.find((one) => one !== 'null') : shape.type
  const field = { name, label: labels[path] ?? name, required: required && !nullable }
  const within = (one: Drawn): RuleField[] => fieldsOf(one, `${path}.`, labels)
  if (shape.enum) return { ...field, kind: 'choice', choices: shape.enum }
  if (type === 'number' || type === 'integer')
    return {
      ...field,
      kind: 'number',
      whole: type === 'integer',
      ...(shape.minimum === undefined || shape.minimum < -1e12 ? {} : { min: shape.minimum }),
      ...(shape.maximum === undefined || shape.maximum > 1e12 ? {} : { max: shape.maximum }),
    }
  if (type === 'string')
    return { ...field, kind: 'text', ...(shape.maxLength === undefined ? {} : { max: shape.maxLength }) }
  if (type === 'boolean') return { ...field, kind: 'yesNo' }
  if (type === 'object' && shape.properties) return { ...field, kind: 'group', fields: within(shape) }
  if (type === 'array' && shape.items?.properties)
    return { ...field, kind: 'rows', fields: within(shape.items) }
  if (type === 'array' && shape.items)
    return { ...field, kind: 'list', fields: [read('', path, shape.items, true, labels)] }
  throw new Error(`the editor of rule tables cannot draw ${path}`)
}

function fieldsOf(shape: Drawn, prefix: string, labels: Rule['labels']): RuleField[] {
  return Object.entries(shape.properties ?? {}).map(([name, one]) =>
    read(name, prefix + name, one, shape.required?.includes(name) ?? false, labels),
  )
}

/** The fields of a table in the order of its schema. @throws where a value has a form that cannot be drawn */
export const fieldsOfRule = ({ schema, labels }: Rule): RuleField[] =>
  fieldsOf(z.toJSONSchema(schema) as Drawn, '', labels)

const findField = (fields: readonly RuleField[], path: readonly PropertyKey[]): RuleField | undefined => {
  const [head, ...rest] = path
  const found = fields.find((one) => one.name === head)
  if (!found) return undefined
  if (found.kind === 'list') return rest.length > 0 ? { ...found.fields![0]!, label: found.label } : found
  const below = found.kind === 'rows' ? rest.slice(1) : rest
  return below.length === 0 ? found : findField(found.fields ?? [], below)
}

/** What a field wants, in one sentence. */
function wants({ label, kind, whole, min, max, choices }: RuleField): string {
  if (kind === 'choice') return `${label}请从“${choices!.join('、')}”中选择`
  if (kind === 'yesNo') return `${label}请选是或否`
  if (kind === 'rows' || kind === 'list') return `请填写${label}`
  if (kind === 'text') return max === undefined ? `请填写${label}` : `请填写${label}，最多 ${max} 个字`
  const kindOf = whole ? '整数' : '数字'
  if (min !== undefined && max !== undefined) return `${label}应为 ${min} 至 ${max} 的${kindOf}`
  if (min !== undefined) return `${label}应为不小于 ${min} 的${kindOf}`
  return `${label}应为${kindOf}`
}

/** What is wrong with a value, at its fields: `value.levels.2.upTo`. A sentence that the schema gives itself stays. */
export function ruleIssues(rule: Rule, value: unknown): Issue[] {
  const { error } = z.safeParse(rule.schema, value)
  if (!error) return []
  const fields = fieldsOfRule(rule)
  return error.issues.map(({ path, message, code }) => {
    const field = findField(fields, path)
    const own = code === 'custom' && /\p{Script=Han}/u.test(message)
    return { field: ['value', ...path].join('.'), message: own || !field ? message : wants(field) }
  })
}

export type RuleLine = { label: string; text: string; path: string }

const said = (field: RuleField, value: unknown): string => {
  if (value === null || value === undefined) return '不设'
  if (field.kind === 'yesNo') return value ? '是' : '否'
  return typeof value === 'object' ? JSON.stringify(value) : `${value as string | number}`
}

/** A value as lines of words: what the page shows and what two versions are compared by. */
export function linesOf(fields: readonly RuleField[], value: unknown, prefix = '', at = ''): RuleLine[] {
  const given = (value ?? {}) as Record<string, unknown>
  return fields.flatMap((field) => {
    const one = given[field.name]
    const label = prefix + field.label
    const path = at + field.name
    if (field.kind === 'group') return linesOf(field.fields!, one, `${label}·`, `${path}.`)
    if (field.kind === 'list')
      return [{ label, path, text: (one as unknown[]).map(String).join('、') || '不设' }]
    if (field.kind === 'rows')
      return (one as Record<string, unknown>[]).map((row, n) => ({
        label: `${label}（${n + 1}）`,
        path: `${path}.${n}`,
        text: field.fields!.map((cell) => `${cell.label} ${cellText(cell, row[cell.name])}`).join('，'),
      }))
    return [{ label, path, text: said(field, one) }]
  })
}

const cellText = (cell: RuleField, value: unknown): string =>
  cell.kind === 'group' || cell.kind === 'rows' || cell.kind === 'list'
    ? linesOf([{ ...cell, name: 'x', label: '' }], { x: value })
        .map((line) => `${line.label.replace(/^·/, '')} ${line.text}`)
        .join('；')
    : said(cell, value)
