import * as z from 'zod/mini'
import { day, money, text } from '#kit/field/index.ts'
import type { RowOf } from '#kit/field/kind.ts'
import type { AnyRow, Issue } from '#kit/programme.ts'
import { defineRule } from '#kit/rule.ts'
import { readForm } from '#kit/validate.ts'

const yuan = z.number().check(z.gte(0), z.lte(9_999_999))
const words = (most: number) => z.string().check(z.minLength(1), z.maxLength(most))

/** “两癌”慰问金: once a woman in a plan; a base, and what she paid herself up to a most. Who may have it is told in words: what she has is nowhere. */
export const condolenceTerms = defineRule({
  key: 'condolenceTerms',
  title: '“两癌”慰问金标准',
  explain:
    '慰问金 = 基数 + 本人自付部分（扣除互助保障和大病补助），自付部分有上限；一个计划期内一人一次。条件由经办人当面核对材料确认，系统不登记病名、不收材料。',
  schema: z.object({
    plan: words(20),
    base: yuan,
    mostOwn: yuan,
    conditions: z.array(z.object({ text: words(80) })),
  }),
  labels: {
    plan: '计划期',
    base: '基数（元）',
    mostOwn: '自付部分最高（元）',
    conditions: '条件',
    'conditions.text': '内容',
  },
  versions: [
    {
      fromOn: '2018-01-01',
      basis: '“两癌”筛查三年行动计划的慰问办法；金额和条件为演示值，请按本市现行办法录入',
      value: {
        plan: '2018—2020年计划',
        base: 2000,
        mostOwn: 8000,
        conditions: [
          { text: '本人是在册女会员' },
          { text: '诊断日期、种类符合现行慰问办法' },
          { text: '以前没有领过本计划期的慰问金' },
        ],
      },
    },
  ],
})
type Terms = z.infer<typeof condolenceTerms.schema>

/** What is sealed of an application: what it cost her, and where the money goes. No field holds what she has. */
export const claimFields = {
  seenOn: day('当面核对材料的日期', { required: true, hint: '看过即退还本人，不复印、不拍照、不登记病名' }),
  ownPaid: money('本人自付医疗费（元）', { required: true, hint: '没有填 0' }),
  mutual: money('互助保障已补助（元）', { required: true, hint: '没有填 0' }),
  serious: money('大病保险等已补助（元）', { required: true, hint: '没有填 0' }),
  bank: text('开户银行', { required: true, max: 60 }),
  account: text('银行账号', { required: true, min: 10, max: 30, hint: '须为本人账户' }),
}
export type Claim = RowOf<typeof claimFields>

/** Reads a claim, or its faults at their fields. */
export function readClaim(
  input: AnyRow,
  today: string,
): { claim: Claim; issues: [] } | { claim: null; issues: Issue[] } {
  const { row, issues } = readForm(claimFields, input)
  const claim = row as Claim
  if (issues.length === 0 && claim.seenOn > today)
    issues.push({ field: 'seenOn', message: '核对日期不能晚于今天' })
  if (issues.length === 0 && claim.mutual + claim.serious > claim.ownPaid)
    issues.push({ field: 'ownPaid', message: '自付医疗费少于两项补助之和，请核对' })
  return issues.length > 0 ? { claim: null, issues } : { claim, issues: [] }
}

/** Yuan by the terms of the day, to the cent. */
export const condolenceOf = (
  { ownPaid, mutual, serious }: Pick<Claim, 'ownPaid' | 'mutual' | 'serious'>,
  { base, mostOwn }: Pick<Terms, 'base' | 'mostOwn'>,
): number => Math.round((base + Math.min(mostOwn, Math.max(0, ownPaid - mutual - serious))) * 100) / 100

/** A claim by the labels of its form. */
export const claimPairs = (claim: Claim): [label: string, text: string][] =>
  Object.entries(claimFields).map(([name, { label }]) => [label, String(claim[name as keyof Claim])])

/** The same in one piece, for her own copy. */
export const claimText = (json: string): string =>
  claimPairs(JSON.parse(json) as Claim)
    .map((pair) => pair.join('：'))
    .join('；')
