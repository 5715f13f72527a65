import { levels } from '#kit/head.ts'
import { isDay } from '#kit/day.ts'
import { lengthOf } from '#kit/field/index.ts'
import type { Issue } from '#kit/programme.ts'
import type { HonourTitle, Nominee, ShareLine } from './api.ts'

/** Values of the rule table `honourEligibility`. */
export type Eligibility = {
  modelYears: number
  postWomenPercent: number
  shortDeeds: number
  deeds: number
  familyShortDeeds: number
  familyDeeds: number
}
export type Shares = {
  industrialLeast: number
  migrantLeast: number
  headsMost: number
  nonPublicLeast: number
}

/** Most characters of the deeds of a subject. */
export const lengthsOf = (e: Eligibility, isFamily: boolean): { short: number; full: number } =>
  isFamily ? { short: e.familyShortDeeds, full: e.familyDeeds } : { short: e.shortDeeds, full: e.deeds }

const isPerson = (subject: string): boolean => subject === '个人' || subject === '女职工工作者'

/** The same day so many years later; 29 February gives 1 March. */
export function yearsLater(day: string, years: number): string {
  const later = `${Number(day.slice(0, 4)) + years}${day.slice(4)}`
  return isDay(later) ? later : `${later.slice(0, 4)}-03-01`
}

const missing = (value: string | number | boolean | null): boolean => value === null || value === ''

/** What a nomination lacks or breaks on a day; none = it may be sent. */
export function nomineeFaults(n: Nominee, title: HonourTitle, e: Eligibility, today: string): Issue[] {
  const isFamily = title.subject === '家庭'
  const { short, full } = lengthsOf(e, isFamily)
  const faults: Issue[] = []
  const must = (field: keyof Nominee, message: string) => {
    if (missing(n[field])) faults.push({ field, message })
  }
  must('name', isPerson(title.subject) ? '请填写姓名' : '请填写名称')
  must('employer', '请填写所在单位')
  for (const [field, label, most] of [
    ['deedsShort', '简要事迹', short],
    ['deeds', '详细事迹', full],
  ] as const) {
    const length = lengthOf(n[field].trim())
    if (length === 0) faults.push({ field, message: `请填写${label}` })
    else if (length > most)
      faults.push({ field, message: `${label}最多 ${most} 个字，现有 ${length} 个字，请精简` })
  }
  if (isPerson(title.subject)) faults.push(...personFaults(n, title, e, today))
  if (title.subject === '集体') faults.push(...collectiveFaults(n, title, e))
  if (isFamily) must('motto', '请填写家训或家风格言')
  return faults
}

function personFaults(n: Nominee, title: HonourTitle, e: Eligibility, today: string): Issue[] {
  const faults: Issue[] = []
  if (n.sex !== '女') faults.push({ field: 'sex', message: '女职工先进只推荐女性，请核对' })
  if (n.birthMonth === null || !/^\d{4}-(0[1-9]|1[0-2])$/.test(n.birthMonth))
    faults.push({ field: 'birthMonth', message: '请填写出生年月，例如 1985-03' })
  else if (n.birthMonth > today.slice(0, 7))
    faults.push({ field: 'birthMonth', message: '出生年月晚于今天，请核对' })
  if (missing(n.politics)) faults.push({ field: 'politics', message: '请填写政治面貌' })
  if (missing(n.position)) faults.push({ field: 'position', message: '请填写职务或岗位' })
  if (title.demand === 'model') {
    if (n.frontSince === null)
      faults.push({ field: 'frontSince', message: '标兵要在一线岗位，请填写到一线岗位的日期' })
    else if (yearsLater(n.frontSince, e.modelYears) > today)
      faults.push({
        field: 'frontSince',
        message: `在一线岗位未满 ${e.modelYears} 年，${yearsLater(n.frontSince, e.modelYears)} 起可以推荐`,
      })
  }
  return faults
}

function collectiveFaults(n: Nominee, title: HonourTitle, e: Eligibility): Issue[] {
  const faults: Issue[] = []
  if (n.size === null || n.size < 1) faults.push({ field: 'size', message: '请填写集体人数' })
  if (n.women === null || n.women < 0) faults.push({ field: 'women', message: '请填写其中女职工人数' })
  if (missing(n.headName)) faults.push({ field: 'headName', message: '请填写负责人姓名' })
  if (n.size === null || n.women === null) return faults
  if (n.women > n.size)
    faults.push({ field: 'women', message: `女职工 ${n.women} 人多于集体 ${n.size} 人，请核对` })
  else if (title.demand === 'post' && n.women * 100 < n.size * e.postWomenPercent)
    faults.push({
      field: 'women',
      message: `标兵岗女职工应不低于 ${e.postWomenPercent}%，现为 ${Math.floor((n.women * 1000) / n.size) / 10}%`,
    })
  if (title.demand === 'post' && n.headIsWoman !== true)
    faults.push({ field: 'headIsWoman', message: '标兵岗的负责人应为女性' })
  return faults
}

export type HonourBefore = { title: string; level: string; grantedOn: string }

/** Honours in force that bar this title: of the same series at the same level or above. */
export const repeats = (title: HonourTitle, before: readonly HonourBefore[]): Issue[] =>
  before
    .filter(
      (b) =>
        b.title.includes(title.series) &&
        levels.indexOf(b.level as (typeof levels)[number]) <= levels.indexOf(title.level),
    )
    .slice(0, 1)
    .map((b) => ({
      field: 'name',
      message: `${b.grantedOn} 已获${b.level}“${b.title}”，同级或更高的同类荣誉不重复推荐`,
    }))

type Shared = Pick<Nominee, 'isIndustrial' | 'isMigrant' | 'isHead' | 'isNonPublic'>

/** Shares of the persons on a list against the rule; exact, no rounding decides. */
export function sharesOf(list: readonly Shared[], rule: Shares): ShareLine[] {
  const all = list.length
  const line = (key: keyof Shared, label: string, bound: number, atLeast: boolean): ShareLine => {
    const n = list.filter((one) => one[key]).length
    const keeps = all === 0 || (atLeast ? n * 100 >= bound * all : n * 100 <= bound * all)
    return { key, label, percent: all === 0 ? 0 : Math.round((n * 1000) / all) / 10, bound, keeps }
  }
  return [
    line('isIndustrial', '产业工人', rule.industrialLeast, true),
    line('isMigrant', '农民工', rule.migrantLeast, true),
    line('isHead', '企业负责人', rule.headsMost, false),
    line('isNonPublic', '非公有制单位', rule.nonPublicLeast, true),
  ]
}

/** Sentence of a share that is not kept. */
export const shareFault = ({ key, label, percent, bound }: ShareLine): string =>
  key === 'isHead'
    ? `${label}占 ${percent}%，应不超过 ${bound}%`
    : `${label}占 ${percent}%，应不低于 ${bound}%`

/** Hundredths of a point: the mean, without the highest and the lowest where enough have scored. */
export function averageOf(totals: readonly number[], trimFrom: number): number | null {
  if (totals.length === 0) return null
  const sorted = [...totals].sort((a, b) => a - b)
  const counted = sorted.length >= Math.max(3, trimFrom) ? sorted.slice(1, -1) : sorted
  return Math.round((counted.reduce((sum, n) => sum + n, 0) * 100) / counted.length)
}

/** Whether a juror must leave a nomination alone: herself, or her own unit's. */
export const mustRecuse = (
  juror: { personId: string; orgId: number },
  nominated: { personId: string | null; orgId: number },
): boolean => juror.orgId === nominated.orgId || juror.personId === nominated.personId

/** Faults of how places are shared out: the sum of a title's quotas fits its places. */
export function quotaFaults(
  types: readonly HonourTitle[],
  quotas: readonly { type: string; places: number }[],
): Issue[] {
  return types.flatMap((type, at) => {
    const sum = quotas.filter((q) => q.type === type.key).reduce((n, q) => n + q.places, 0)
    return sum > type.places
      ? [
          {
            field: `types.${at}.places`,
            message: `“${type.name}”分到各单位共 ${sum} 个，多于总名额 ${type.places} 个`,
          },
        ]
      : []
  })
}
