import { sql } from 'kysely'
import { monthOf } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { indicators } from '#programmes/index.ts'
import { brief } from '#record/place.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { FigureQuery } from '../api.ts'
import { isBound } from '../disclosure/bound.ts'
import { askedPeriod, askedPlace } from '../service.server.ts'
import type { YearLine } from './api.ts'
import { sidesOf } from './read.server.ts'
import { basisOf } from './rules.ts'

const byId = new Map(indicators.map((i) => [i.id, i]))
const span = 8

/** A figure over the years up to the asked one: estimates where no record stands, from the first year that has either. */
export async function readYears(deps: Deps, tx: Tx, actor: Actor, q: FigureQuery): Promise<YearLine> {
  const at = await askedPlace(tx, actor, q.org)
  const declared = byId.get(q.indicator ?? '')
  if (!declared) throw Problem.notFound()
  const last = Math.floor(askedPeriod(deps, { year: q.year }).untilYm / 100)
  const head = { org: await brief(tx, at.id), indicator: declared.id }
  if (isBound(actor, declared, at)) return { ...head, years: [], withheld: 'unreleased' }
  const years = Array.from({ length: span }, (_, n) => last - span + 1 + n)
  const [sides, parts] = await Promise.all([
    sidesOf(tx, at.id, years, [declared.id]),
    estimatedParts(tx, at.id, declared.id, years),
  ])
  const line = years.map((year): YearLine['years'][number] => {
    const found = sides.get(`${declared.id} ${year}`) ?? { recorded: null, own: null, below: null }
    const { value, basis } = basisOf(found)
    return {
      year,
      value,
      from: basis === null ? null : basis === 'recorded' ? 'records' : 'estimate',
      estimated: basis === 'recorded' ? (parts.get(year) ?? 0) : 0,
      below: basis === 'own' ? found.below : null,
    }
  })
  // The open year begins with nothing; it stands in the line all the same.
  const first = line.findIndex(({ value }) => value !== null)
  const open = Math.floor(monthOf(deps.today()) / 100)
  const shown = first < 0 ? [] : line.slice(first).filter(({ year }) => year <= open)
  return { ...head, years: shown }
}

/** What of each year's records is of grade 估报; of flows, for a stock's balance comes from records of all years. */
async function estimatedParts(
  tx: Tx,
  orgId: number,
  indicator: string,
  years: readonly number[],
): Promise<Map<number, number>> {
  const found = await rows<{ year: number; value: number }>(
    tx,
    sql`SELECT l.ym / 100 AS year, sum(l.val)::float8 AS value
      FROM app.record r JOIN app.ledger l ON l.district_id = r.district_id AND l.record_id = r.id AND l.state = 1
      JOIN app.indicator i ON i.id = l.indicator_id AND i.nature <> 'stock' AND i.code = ${indicator}
      JOIN app.org_closure c ON c.anc = ${orgId} AND c.des = l.org_id AND c.line < 2 AND c.from_ym <= l.ym AND l.ym < c.to_ym
      WHERE r.grade = '估报' AND r.state = 'accepted' AND l.ym / 100 = ANY (${years}::int[]) GROUP BY 1`,
  )
  return new Map(found.map(({ year, value }) => [year, value]))
}
