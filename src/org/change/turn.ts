import { monthOf } from '#kit/day.ts'
import type { ChangePlan } from './api.ts'

export type Consent = { org: number; account: string; person: string; on: string }
type Turned = { plan: ChangePlan; needs: number[]; consents: Consent[]; asked_on: string }

/** Who has still to agree, the city's own consent being its deed. */
export const missingOf = (row: Pick<Turned, 'needs' | 'consents'>): number[] =>
  row.needs.filter((id) => !row.consents.some((c) => c.org === id))

/** From which month on it holds. */
export const firstMonth = ({ plan }: Pick<Turned, 'plan'>): number =>
  'foundedOn' in plan ? monthOf(plan.foundedOn) : plan.fromYm

/** Since when whoever has the next step has it: asked for, and for the city agreed to by all and of a month that has come. */
export function turnedOn(row: Turned): string {
  if (missingOf(row).length > 0) return row.asked_on
  const days = [
    row.asked_on,
    ...row.consents.map(({ on }) => on),
    `${String(firstMonth(row)).replace(/(..)$/, '-$1')}-01`,
  ]
  return days.reduce((last, day) => (day > last ? day : last))
}
