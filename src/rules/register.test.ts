import * as z from 'zod/mini'
import { describe, expect, it } from 'vitest'
import { isDay } from '#kit/day.ts'
import { fieldsOfRule, linesOf, ruleIssues, type RuleField } from './drawn.ts'
import { ruleTables } from './register.ts'
import { builtInRules, defineRule, ruleBook } from '#kit/rule.ts'

const levels = defineRule({
  key: 'levels',
  title: '档次',
  explain: '按收入分档。',
  schema: z.object({
    days: z.int().check(z.gte(1), z.lte(60)),
    cap: z.nullable(z.number()),
    levels: z.array(z.object({ name: z.string().check(z.minLength(1)), upTo: z.number() })),
    kinds: z.array(z.string()),
  }),
  labels: {
    days: '公示天数',
    cap: '上限',
    levels: '各档',
    'levels.name': '档名',
    'levels.upTo': '不高于',
    kinds: '种类',
  },
  versions: [
    {
      fromOn: '2016-01-01',
      basis: '办法 第一条',
      value: { days: 5, cap: null, levels: [{ name: '一', upTo: 1 }], kinds: ['甲'] },
    },
    { fromOn: '2019-01-01', basis: '办法 第二条', value: { days: 7, cap: 9, levels: [], kinds: [] } },
  ],
})
const city = (fromOn: string, value: unknown) => ({ key: 'levels', fromOn, basis: '市总〔2020〕1号', value })
const ten = { days: 10, cap: 9, levels: [], kinds: [] }

describe('a table on a day', () => {
  it.each([
    ['2010-01-01', 5],
    ['2018-12-31', 5],
    ['2019-01-01', 7],
  ])('of the program: %s', (day, days) => expect(builtInRules.on(levels, day).value.days).toBe(days))

  it('goes by what the city entered from its first day, and by the program before', () => {
    const book = ruleBook([city('2020-05-01', ten)])
    expect(book.on(levels, '2020-04-30')).toMatchObject({ version: 'levels@2019-01-01', value: { days: 7 } })
    expect(book.on(levels, '2020-05-01')).toMatchObject({
      version: 'levels@2020-05-01·市',
      basis: '市总〔2020〕1号',
      value: { days: 10 },
    })
  })

  it('passes over what no longer fits the table', () =>
    expect(ruleBook([city('2020-05-01', { days: 0 })]).on(levels, '2020-06-01').value.days).toBe(7))
})

describe('the editor', () => {
  it('is drawn from schema and labels', () => {
    expect(fieldsOfRule(levels).map(({ label, kind, required }) => [label, kind, required])).toEqual([
      ['公示天数', 'number', true],
      ['上限', 'number', false],
      ['各档', 'rows', true],
      ['种类', 'list', true],
    ])
    expect(
      linesOf(fieldsOfRule(levels), levels.versions[0]!.value).map((l) => `${l.label} ${l.text}`),
    ).toEqual(['公示天数 5', '上限 不设', '各档（1） 档名 一，不高于 1', '种类 甲'])
  })

  it('names what is wrong at its field', () =>
    expect(ruleIssues(levels, { days: 61, cap: null, levels: [{ name: '', upTo: 'x' }], kinds: [] })).toEqual(
      [
        { field: 'value.days', message: '公示天数应为 1 至 60 的整数' },
        { field: 'value.levels.0.name', message: '请填写档名' },
        { field: 'value.levels.0.upTo', message: '不高于应为数字' },
      ],
    ))
})

const named = (fields: readonly RuleField[]): boolean =>
  fields.every((f) => f.name === '' || (/\p{Script=Han}/u.test(f.label) && named(f.fields ?? [])))

describe.each(ruleTables.map((rule) => [rule.key, rule] as const))('%s', (_, rule) => {
  it('can be drawn and has a Chinese name for every value', () => {
    const fields = fieldsOfRule(rule)
    expect(fields.length).toBeGreaterThan(0)
    expect(named(fields)).toBe(true)
  })

  it('has versions in order, each with its basis and fitting its schema', () => {
    expect(rule.versions.length).toBeGreaterThan(0)
    for (const [n, { fromOn, basis, value }] of rule.versions.entries()) {
      expect(isDay(fromOn)).toBe(true)
      expect(basis.trim()).not.toBe('')
      expect(ruleIssues(rule, value)).toEqual([])
      expect(fromOn > (rule.versions[n - 1]?.fromOn ?? '')).toBe(true)
    }
  })
})

it('every table has a key of its own', () =>
  expect(new Set(ruleTables.map((rule) => rule.key)).size).toBe(ruleTables.length))
