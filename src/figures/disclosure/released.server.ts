import { sql } from 'kysely'
import type { Period } from '#kit/period.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Withheld } from '../api.ts'
import { quartersIn } from './table.ts'

/** A released figure, or why there is none: hidden as too small, or in no table (a month, a unit below, an open quarter). */
export type Released = { value: number; withheld?: undefined } | { value: null; withheld: Withheld }

const notReleased: Released = { value: null, withheld: 'unreleased' }
const hidden: Released = { value: null, withheld: 'small' }

/**
 * What released tables tell of some units and indicators in a period: a quarter, a year, or four whole quarters added up. A
 * sum that holds one hidden cell is hidden.
 */
export async function readReleased(
  tx: Tx,
  orgIds: readonly number[],
  codes: readonly string[],
  period: Period,
): Promise<(orgId: number, code: string) => Released> {
  const quarters = quartersIn(period)
  if (quarters === null || codes.length === 0 || orgIds.length === 0) return () => notReleased
  const wholeYear = period.calendar === 'year'
  const asked = wholeYear ? quarters.slice(-1) : quarters
  const found = await rows<{ orgId: number; code: string; quarters: number; value: number; small: boolean }>(
    tx,
    sql`SELECT c.org_id AS "orgId", i.code, count(DISTINCT c.quarter) AS quarters, sum(c.value)::float8 AS value,
        bool_or(c.value IS NULL) AS small
      FROM app.release_cell c JOIN app.indicator i ON i.id = c.indicator_id
      WHERE c.org_id = ANY (${orgIds}::int[]) AND i.code = ANY (${codes}) AND c.quarter = ANY (${asked}::int[])
        AND c.span = ${wholeYear ? 'year' : 'quarter'} AND NOT c.rest GROUP BY c.org_id, i.code`,
  )
  const known = new Map(found.map((f) => [`${f.orgId} ${f.code}`, f]))
  return (orgId, code) => {
    const cell = known.get(`${orgId} ${code}`)
    if (!cell || cell.quarters < asked.length) return notReleased
    return cell.small ? hidden : { value: cell.value }
  }
}
