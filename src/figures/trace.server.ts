import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { Period } from '#kit/period.ts'
import { isDay } from '#kit/day.ts'
import type { OrgBrief } from '#org/api.ts'
import { batchOf } from '#record/origin.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'

const pageSize = 50

/** A figure: of which unit, indicator and period, and by the tree of which month (null: of its time). */
export type Asked = {
  orgId: number
  indicatorId: number
  stock: boolean
  period: Period
  todayYm: number | null
}

const monthOf = ({ stock, period, todayYm }: Pick<Asked, 'stock' | 'period' | 'todayYm'>): number | null =>
  todayYm ?? (stock ? period.untilYm : null)

/**
 * The ledger entries (alias l) behind a unit's figure: a flow by the tree of the entry's month, a stock by the tree of the
 * period's last month, both by the tree of today where `todayYm` is given. The districts, named by their audit streams, let the trace index be used, whose first column they are;
 * a former district too, which is nobody's any more.
 */
export function entries({ orgId, indicatorId, stock, period, todayYm }: Asked) {
  const month = monthOf({ stock, period, todayYm }) ?? sql`l.ym`
  const from = stock ? sql`` : sql`AND l.ym >= ${period.fromYm}`
  return sql`app.ledger l JOIN app.org_closure c ON c.anc = ${orgId} AND c.des = l.org_id AND c.line < 2
      AND c.from_ym <= ${month} AND ${month} < c.to_ym
    WHERE l.district_id = ANY(ARRAY(SELECT district_id FROM app.audit_head)) AND l.indicator_id = ${indicatorId}
      AND l.state = 1 AND l.ym <= ${period.untilYm} ${from}`
}

export type TraceRow = {
  id: string
  programme: number
  title: string
  org: OrgBrief
  endsOn: string
  grade: string
  state: string
  afterLock: boolean
  value: number
  batch: string | null
}

/**
 * One page of the records whose contributions sum to a figure, newest first, by key; a voided one stays, with 0.
 * @param most highest privacy class shown; the sums count the others as well
 * @throws Problem.badCursor
 */
export async function traceRows(
  tx: Tx,
  asked: Asked,
  most: number,
  after: string | null,
): Promise<{ rows: TraceRow[]; next: string | null }> {
  let bound = sql`true`
  if (after) {
    const [on, id] = after.split('_')
    if (!on || !id || !isDay(on) || !/^[0-9a-f-]{36}$/.test(id)) throw Problem.badCursor()
    bound = sql`(r.occurred_on, r.id) < (${on}::date, ${id}::uuid)`
  }
  const found = await rows<TraceRow>(
    tx,
    sql`SELECT r.id, r.programme, r.title, r.occurred_on::text AS "endsOn", r.grade, r.state, e.value,
      app.after_lock(r.district_id, r.id, r.org_id, r.occurred_on) AS "afterLock", ${batchOf} AS batch,
      jsonb_build_object('id', o.id, 'code', o.org_code, 'name', o.name, 'shortName', o.short_name, 'tier', o.tier) AS org
      FROM (SELECT l.district_id, l.record_id, sum(l.val)::float8 AS value FROM ${entries(asked)}
        GROUP BY 1, 2) e
      JOIN app.record r ON r.district_id = e.district_id AND r.id = e.record_id JOIN app.org o ON o.id = r.org_id
      WHERE ${bound} AND (e.value <> 0 OR r.state = 'voided') AND r.class <= ${most} ORDER BY r.occurred_on DESC, r.id DESC LIMIT ${pageSize + 1}`,
  )
  const shown = found.slice(0, pageSize)
  const last = found.length > pageSize ? shown.at(-1)! : null
  return { rows: shown, next: last ? `${last.endsOn}_${last.id}` : null }
}

/**
 * Sum, number of records and share of each evidence grade of a figure, recomputed from the ledger; `hidden` of the records
 * are counted but not to be seen by the actor: their owner has another superior today, or their class is above `most`.
 */
export async function traceSums(
  tx: Tx,
  asked: Asked,
  most: number,
): Promise<{ sum: number; records: number; hidden: number; grades: { grade: string; value: number }[] }> {
  const found = await rows<{ grade: string; value: number; records: number }>(
    tx,
    sql`SELECT grade, value, records FROM app.trace_sums(${asked.orgId}::int, ${asked.indicatorId}::smallint, ${asked.stock}, ${monthOf(asked)}::int, ${asked.period.fromYm}::int, ${asked.period.untilYm}::int)`,
  )
  const seen = await first<{ n: number }>(
    tx,
    sql`SELECT count(*) AS n FROM (SELECT l.district_id, l.record_id FROM ${entries(asked)}
        GROUP BY 1, 2 HAVING sum(l.val) <> 0) e
      JOIN app.record r ON r.district_id = e.district_id AND r.id = e.record_id WHERE r.class <= ${most}`,
  )
  const records = found.reduce((n, f) => n + f.records, 0)
  return {
    sum: found.reduce((n, f) => n + f.value, 0),
    records,
    hidden: records - seen!.n,
    grades: found.map(({ grade, value }) => ({ grade, value })),
  }
}
