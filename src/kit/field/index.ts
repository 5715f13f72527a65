import * as z from 'zod/mini'
import { isDay } from '../day.ts'
import { creditCodeFault } from './creditCode.ts'
import { field, type Field, type Options } from './kind.ts'

type Must = Options & { required: true }

/** Length in characters as a person counts them: 㛃 and 𬱖 are one each. */
export const lengthOf = (text: string): number => Array.from(text).length

/** Trims, normalises to NFC and drops what neither a database nor a document can hold: controls, half a character. */
export function clean(text: string): string {
  return (
    text
      .normalize('NFC')
      // oxlint-disable-next-line no-control-regex -- these are the characters to remove
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]|\p{Surrogate}/gu, '')
      .trim()
  )
}

const oneLine = (text: string): string => clean(text).replace(/\s*[\r\n]+\s*/g, ' ')

const words = (label: string, min: number, max: number, tidy: (text: string) => string) =>
  z.string({ error: `${label}要填文字` }).check(
    z.overwrite(tidy),
    z.refine((s) => lengthOf(s) >= min, { error: min <= 1 ? `请填写${label}` : `${label}至少 ${min} 个字` }),
    z.refine((s) => lengthOf(s) <= max, {
      error: (i) => `${label}最多 ${max} 个字，现有 ${lengthOf(String(i.input))} 个字，请精简`,
    }),
  )

type TextOptions = { min?: number; max?: number }

/** One line of text, 1 to 200 characters unless given. */
export function text(label: string, options: Must & TextOptions): Field<string, true>
export function text(label: string, options?: Options & TextOptions): Field<string, false>
export function text(
  label: string,
  { min = 1, max = 200, ...options }: Options & TextOptions = {},
): Field<string> {
  return field('text', label, options, { schema: words(label, min, max, oneLine), type: 'text', min, max })
}

/** Several lines of text, up to 5,000 characters unless given. */
export function note(label: string, options: Must & TextOptions): Field<string, true>
export function note(label: string, options?: Options & TextOptions): Field<string, false>
export function note(
  label: string,
  { min = 1, max = 5000, ...options }: Options & TextOptions = {},
): Field<string> {
  return field('note', label, options, { schema: words(label, min, max, clean), type: 'text', min, max })
}

type Bounds = { min?: number; max?: number }

/** A whole number from 0 to 9,999,999 unless given. */
export function count(label: string, options: Must & Bounds): Field<number, true>
export function count(label: string, options?: Options & Bounds): Field<number, false>
export function count(
  label: string,
  { min = 0, max = 9_999_999, ...options }: Options & Bounds = {},
): Field<number> {
  const schema = z
    .number({ error: `${label}要填数字` })
    .check(
      z.refine(Number.isInteger, { error: `${label}要填整数` }),
      z.gte(min, { error: `${label}不能小于 ${min}` }),
      z.lte(max, { error: `${label}不能大于 ${max}，请核对是否多填了位数` }),
    )
  return field('count', label, options, {
    schema,
    type: 'integer',
    check: (column) => `${column} BETWEEN ${min} AND ${max}`,
    min,
    max,
  })
}

/** Yuan with at most two decimals, 0 to 9,999,999,999.99. */
export function money(label: string, options: Must): Field<number, true>
export function money(label: string, options?: Options): Field<number, false>
export function money(label: string, options: Options = {}): Field<number> {
  const max = 9_999_999_999.99
  const schema = z.number({ error: `${label}要填金额（元）` }).check(
    z.refine((v) => Number(v.toFixed(2)) === v, { error: `${label}最多两位小数` }),
    z.gte(0, { error: `${label}不能小于 0` }),
    z.lte(max, { error: `${label}过大，请核对单位是否为元` }),
  )
  return field('money', label, options, {
    schema,
    type: 'numeric(12,2)',
    check: (column) => `${column} >= 0`,
    min: 0,
    max,
  })
}

/** A calendar day, `YYYY-MM-DD`. */
export function day(label: string, options: Must): Field<string, true>
export function day(label: string, options?: Options): Field<string, false>
export function day(label: string, options: Options = {}): Field<string> {
  const schema = z
    .string({ error: `${label}要填日期` })
    .check(z.refine(isDay, { error: `${label}不是有效日期，请按 2019-03-08 的样子填写` }))
  return field('day', label, options, { schema, type: 'date' })
}

/** 是 or 否. */
export function yesNo(label: string, options: Must): Field<boolean, true>
export function yesNo(label: string, options?: Options): Field<boolean, false>
export function yesNo(label: string, options: Options = {}): Field<boolean> {
  return field('yesNo', label, options, {
    schema: z.boolean({ error: `${label}请选是或否` }),
    type: 'boolean',
  })
}

/** One of a closed list kept in code. */
export function choice<const C extends readonly string[]>(
  label: string,
  choices: C,
  options: Must,
): Field<C[number], true>
export function choice<const C extends readonly string[]>(
  label: string,
  choices: C,
  options?: Options,
): Field<C[number], false>
export function choice(label: string, choices: readonly string[], options: Options = {}): Field<string> {
  const schema = z.enum(choices, { error: `${label}请从“${choices.join('、')}”中选择` })
  return field<string>('choice', label, options, {
    schema,
    type: 'text',
    check: (column) => `${column} IN (${choices.map((c) => `'${c}'`).join(', ')})`,
    choices,
  })
}

/** An organisation of the tree, by its number. */
export function org(label: string, options: Must): Field<number, true>
export function org(label: string, options?: Options): Field<number, false>
export function org(label: string, options: Options = {}): Field<number> {
  const schema = z
    .number({ error: `${label}请从组织树中选择` })
    .check(z.refine((v) => Number.isInteger(v) && v > 0, { error: `${label}请从组织树中选择` }))
  return field('org', label, options, { schema, type: 'integer' })
}

/** Unified social credit code 统一社会信用代码 (GB 32100-2015). */
export function creditCode(label: string, options: Must): Field<string, true>
export function creditCode(label: string, options?: Options): Field<string, false>
export function creditCode(label: string, options: Options = {}): Field<string> {
  const schema = z.string({ error: `${label}要填 18 位代码` }).check(
    z.overwrite((s) => s.normalize('NFKC').trim().toUpperCase()),
    z.refine((s) => creditCodeFault(s) === null, { error: (i) => creditCodeFault(String(i.input)) ?? label }),
  )
  return field('creditCode', label, options, { schema, type: 'text', max: 18 })
}
