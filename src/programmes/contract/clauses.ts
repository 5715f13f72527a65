import type * as z from 'zod/mini'
import type { Issue } from '#kit/programme.ts'
import type { RuleBook } from '#kit/rule.ts'
import { contractFloors } from './tables.ts'

type Floors = z.infer<typeof contractFloors.schema>
/** A number that the law sets; `most` where the contract may only be stricter by saying less. */
type Measure = { unit: string; floor: keyof Floors; most?: true }

/** What a contract on the rights of women workers speaks of; those with a measure have a floor in law. */
const items = {
  禁忌劳动: null,
  经期保护: null,
  产前休假: { unit: '天', floor: 'beforeBirthDays' },
  产假: { unit: '天', floor: 'birthDays' },
  难产增加产假: { unit: '天', floor: 'difficultDays' },
  多胞胎增加产假: { unit: '天', floor: 'eachMoreDays' },
  未满四个月流产假: { unit: '天', floor: 'earlyMiscarriageDays' },
  满四个月流产假: { unit: '天', floor: 'lateMiscarriageDays' },
  孕期不加班不上夜班: { unit: '个月起', floor: 'restFromMonth', most: true },
  哺乳期不加班不上夜班: { unit: '个月内', floor: 'nursingMonths' },
  哺乳时间: { unit: '分钟', floor: 'nursingMinutes' },
  多胞胎增加哺乳时间: { unit: '分钟', floor: 'moreNursingMinutes' },
  生育待遇: null,
  妇科检查: null,
  '“两癌”筛查': null,
  性骚扰防治: null,
  女职工关爱室: null,
  子女托管: null,
  教育培训: null,
  同工同酬: null,
  其他: null,
} as const satisfies Record<string, Measure | null>

export type ClauseItem = keyof typeof items
export const clauseItems = Object.keys(items) as [ClauseItem, ...ClauseItem[]]

export type Clause = { item: string; quote: string; agreed: number | null }

/** A clause beside the floor of the day of signing. */
export type Judged = Clause & {
  unit: string
  floor: number | null
  /** Whether the floor is a ceiling: protected from the seventh month at the latest. */
  most: boolean
  basis: string
  below: boolean
}

const measureOf = (item: string): Measure | null => (items as Record<string, Measure | null>)[item] ?? null

export function judge(clause: Clause, rules: RuleBook, signedOn: string): Judged {
  const measure = measureOf(clause.item)
  if (!measure) return { ...clause, unit: '', floor: null, most: false, basis: '', below: false }
  const { value, basis } = rules.on(contractFloors, signedOn)
  const floor = value[measure.floor]
  const { agreed } = clause
  const most = measure.most === true
  const below = agreed !== null && (most ? agreed > floor : agreed < floor)
  return { ...clause, unit: measure.unit, floor, most, basis, below }
}

/** Items of law and custom that a contract is silent on. */
export const silentOn = (clauses: readonly Clause[]): ClauseItem[] =>
  clauseItems.filter((item) => item !== '其他' && !clauses.some((one) => one.item === item))

type Row = { signedOn: string; clauses: readonly Clause[] }

/** Each item once, but for the rest. */
export const clausesCheck = ({ clauses }: Pick<Row, 'clauses'>): Issue[] =>
  clauses.flatMap(({ item }, i) =>
    item !== '其他' && clauses.findIndex((one) => one.item === item) < i
      ? [{ field: `clauses.${i}.item`, message: `“${item}”已经填过，请并入同一条` }]
      : [],
  )

/** What a contract grants below the law does not hold (劳动合同法 第五十五条); the text is as it was signed, so it only warns. */
export const floorWarn = ({ clauses, signedOn }: Row, rules: RuleBook): Issue[] =>
  clauses.flatMap((clause, i) => {
    const { below, floor, most, unit, basis } = judge(clause, rules, signedOn)
    if (!below) return []
    const says = most ? `晚于法定的 ${floor} ${unit}` : `低于法定的 ${floor} ${unit}`
    return [
      {
        field: `clauses.${i}.agreed`,
        message: `“${clause.item}”约定 ${clause.agreed} ${unit}，${says}（${basis}）`,
      },
    ]
  })
