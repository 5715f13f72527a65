import { type Household } from './household.ts'
import { householdFields, kinFields } from './householdFields.ts'
import type { Judged } from './judge.ts'
import { condolenceTerms } from './condolence.ts'
import { hardshipAid, hardshipCategories } from './rules.ts'

const word = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? '是' : '否'
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : ''
}

type Labelled = { label: string }
const pairs = (fields: Readonly<Record<string, Labelled>>, row: object): [string, string][] =>
  Object.entries(fields).flatMap(([name, { label }]) => {
    const text = word((row as Record<string, unknown>)[name])
    return text === '' ? [] : [[label, text] as [string, string]]
  })

/** A household by the labels of its form. */
export const householdPairs = (household: Household): [label: string, text: string][] =>
  pairs(householdFields, household)
export const kinText = (kin: object): string =>
  pairs(kinFields, kin)
    .map(([label, text]) => `${label} ${text}`)
    .join('，')

/** The same in one piece, for her own copy. */
export function householdText(json: string): string {
  const household = JSON.parse(json) as Household
  return [
    ...householdPairs(household).map(([label, text]) => `${label}：${text}`),
    ...household.family.map((kin) => `家庭成员：${kinText(kin)}`),
  ].join('；')
}

export function resultText(json: string): string {
  const { category, why } = JSON.parse(json) as Judged
  return [`困难类别：${category ?? '不符合任何类别'}`, ...why].join('；')
}

/** 「困难帮扶标准（2015-01-01 起）」: by which version of which table something was decided. */
export function ruleText(version: string): string {
  const [key, on] = version.split('@')
  const rule = [hardshipCategories, hardshipAid, condolenceTerms].find((one) => one.key === key)
  return rule ? `${rule.title}（${on} 起）` : version
}
