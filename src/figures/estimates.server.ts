import { sql } from 'kysely'
import { monthOf } from '#kit/day.ts'
import type { Period } from '#kit/period.ts'
import type { Actor } from '#identity/actor.ts'
import { indicators } from '#programmes/index.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Estimates, FigureQuery } from './api.ts'
import { isBound } from './disclosure/bound.ts'
import { estimatesOf } from './earlier/read.server.ts'
import { askedPeriod, askedPlace, yearEarlier } from './service.server.ts'

const byId = new Map(indicators.map((i) => [i.id, i]))

/**
 * How much of a unit's figures of a period, and of the same period a year before, comes from records of grade 估报: totals of years
 * before the system, or what is known only by estimate. Flows only, by the tree of the time; accepted records alone count.
 */
export async function readEstimates(deps: Deps, tx: Tx, actor: Actor, q: FigureQuery): Promise<Estimates> {
  const at = await askedPlace(tx, actor, q.org)
  const period = askedPeriod(deps, q)
  const before = yearEarlier(period, monthOf(deps.today()))
  const found = await estimatedParts(tx, at.id, period, before)
  const isTold = ({ indicator }: { indicator: string }): boolean => {
    const declared = byId.get(indicator)
    return declared !== undefined && !isBound(actor, declared, at)
  }
  const years =
    period.calendar === 'year' ? await yearTotals(tx, at.id, Math.floor(period.untilYm / 100)) : []
  return {
    period,
    rows: found.filter((row) => isTold(row) && (row.value !== 0 || row.before !== 0)),
    years: years.filter(isTold),
  }
}

/** What of each flow in a period, and in an earlier one, comes from records of grade 估报. */
export const estimatedParts = (
  tx: Tx,
  orgId: number,
  period: Pick<Period, 'fromYm' | 'untilYm'>,
  before: Pick<Period, 'fromYm' | 'untilYm'> = period,
): Promise<Estimates['rows']> =>
  rows<Estimates['rows'][number]>(
    tx,
    sql`SELECT i.code AS indicator, coalesce(sum(l.val) FILTER (WHERE l.ym BETWEEN ${period.fromYm} AND ${period.untilYm}), 0)::float8 AS value,
        coalesce(sum(l.val) FILTER (WHERE l.ym BETWEEN ${before.fromYm} AND ${before.untilYm}), 0)::float8 AS before
      FROM app.record r JOIN app.ledger l ON l.district_id = r.district_id AND l.record_id = r.id AND l.state = 1
      JOIN app.indicator i ON i.id = l.indicator_id AND i.nature <> 'stock'
      JOIN app.org_closure c ON c.anc = ${orgId} AND c.des = l.org_id AND c.line < 2 AND c.from_ym <= l.ym AND l.ym < c.to_ym
      WHERE r.grade = '估报' AND r.state = 'accepted' AND l.ym BETWEEN ${before.fromYm} AND ${period.untilYm}
      GROUP BY 1 HAVING sum(l.val) <> 0 ORDER BY 1`,
  )

/** What a year and the one before would have without records: totals of years before the system (估报), never added to a figure. */
export async function yearTotals(tx: Tx, orgId: number, year: number): Promise<Estimates['years']> {
  const years = [year - 1, year]
  const totals = await estimatesOf(tx, orgId, years)
  const found = new Map<string, Estimates['years'][number]>()
  for (const { indicator, year: of, value } of totals) {
    const row = found.get(indicator) ?? { indicator, value: null, before: null }
    row[of === year ? 'value' : 'before'] = value
    found.set(indicator, row)
  }
  return [...found.values()]
}
