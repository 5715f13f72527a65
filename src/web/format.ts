import { formatInstant as realInstant } from '#kit/day.ts'
import type { Field } from '#kit/field/kind.ts'
import { told } from './clock.ts'

/** An instant on the clock of the business day. */
export const formatInstant = (iso: string): string => realInstant(told(iso))

/** The day of an instant on the same clock. */
export const formatDay = (iso: string): string => formatInstant(iso).slice(0, 10)

/** An instant that is held against the world outside: audit, devices, links that end. */
export { realInstant }

/** What was not given. A zero that was given stays 0. */
export const nothing = '—'

/** 1393 → 「1,393」; at most `decimals` decimals, null → 「—」. */
export function formatCount(value: number | null | undefined, decimals = 0): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return nothing
  const [whole = '0', part] = Math.abs(value).toFixed(decimals).split('.')
  const sign = value < 0 ? '−' : ''
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, ',') + (part ? `.${part}` : '')
}

/** Yuan with two decimals. */
export const formatMoney = (yuan: number | null | undefined): string => formatCount(yuan, 2)

/** 「共 1,393 条」; beyond what is counted exactly, 「1万条以上」. */
export const countText = (count: number, capped: boolean, measure = '条'): string =>
  capped ? `1万${measure}以上` : `共 ${formatCount(count)} ${measure}`

/** How long work takes: 「约 25 分钟」, from two hours on 「约 9 小时」. */
export const effortText = (minutes: number): string =>
  minutes < 120 ? `约 ${formatCount(minutes)} 分钟` : `约 ${formatCount(Math.round(minutes / 60))} 小时`

/** Clock of an instant, 「14:03」. */
export const formatClock = (iso: string): string => formatInstant(iso).slice(11)

/** Field kinds whose values stand at the right, as numbers do. */
export const isNumeric = (field: Field | undefined): boolean =>
  field?.kind === 'count' || field?.kind === 'money'

/**
 * A value of a field as text on screen. Faulty values of a draft are shown as they were typed.
 * @param orgName turns an organisation's number into its name
 */
export function formatValue(
  field: Field | undefined,
  value: unknown,
  orgName?: (id: number) => string,
): string {
  if (value === null || value === undefined || value === '') return nothing
  if (Array.isArray(value)) return `${value.length} 行`
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'number') {
    if (field?.kind === 'money') return formatMoney(value)
    if (field?.kind === 'org') return orgName?.(value) ?? `组织 ${value}`
    return formatCount(value, Number.isInteger(value) ? 0 : 2)
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A month: 201903 → 「2019年3月」. */
export const formatMonth = (ym: number): string => `${Math.floor(ym / 100)}年${ym % 100}月`
