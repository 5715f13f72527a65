import { sql } from 'kysely'
import { contributions } from '#kit/contribution.ts'
import type { Programme } from '#kit/programme.ts'
import { loadRecords, type Loaded } from '#record/rows.server.ts'
import { countedIn } from '#record/workflow.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'

/** One thing that does not add up, in Chinese. */
export type Difference = { what: string }
export type Recount = { records: number; entries: number; totals: number; differences: Difference[] }

const pageSize = 2000
const mostNamed = 100

/**
 * Recounts everything from the typed rows: each record's contributions against its ledger entries, then the ledger, spread
 * over the tree, against roll-up plus pending deltas. To be run in one REPEATABLE READ transaction that sees every class.
 */
export async function recount(deps: Deps, tx: Tx): Promise<Recount> {
  const differences: Difference[] = []
  let records = 0
  for (const programme of deps.programmes) {
    let after = '00000000-0000-0000-0000-000000000000'
    for (;;) {
      const page = await loadPage(deps, tx, programme, after)
      if (page.length === 0) break
      records += page.length
      after = page.at(-1)!.spine.id
      differences.push(...(await compareBooks(deps, tx, programme, page)))
      if (differences.length > mostNamed) return { records, entries: 0, totals: 0, differences }
    }
  }
  differences.push(...(await strayEntries(tx)), ...(await compareTotals(tx)), ...(await comparePlaces(tx)))
  differences.push(...(await compareScores(tx)))
  const counted = await first<{ entries: number; totals: number }>(
    tx,
    sql`SELECT (SELECT count(*) FROM app.ledger) AS entries, (SELECT count(*) FROM app.rollup) AS totals`,
  )
  return { records, ...counted!, differences: differences.slice(0, mostNamed) }
}

/** Places held and turns in the line, as the counters of events and quotas say, against the entries. */
async function comparePlaces(tx: Tx): Promise<Difference[]> {
  const found = await rows<{ id: string; what: string }>(
    tx,
    sql`SELECT of_event AS id, what FROM app.event_drift()`,
  )
  return found.map(({ id, what }) => ({
    what: `${what === 'event' ? '活动' : '活动名额'} ${id}：已占名额或候补人数与报名记录不符`,
  }))
}

/** Scores of quizzes against what the answers say. */
async function compareScores(tx: Tx): Promise<Difference[]> {
  const found = await rows<{ id: string }>(tx, sql`SELECT d AS id FROM app.quiz_drift() d`)
  return found.map(({ id }) => ({ what: `答题 ${id}：得分与作答记录不符` }))
}

async function loadPage(deps: Deps, tx: Tx, programme: Programme, after: string): Promise<Loaded[]> {
  const number = deps.catalogue.programmeId(programme.key)
  const page = await loadRecords(
    tx,
    programme,
    sql`r.id IN (SELECT id FROM app.record WHERE programme = ${number} AND id > ${after}::uuid ORDER BY id LIMIT ${pageSize})`,
  )
  return page.sort((a, b) => (a.spine.id < b.spine.id ? -1 : 1))
}

async function compareBooks(deps: Deps, tx: Tx, programme: Programme, page: Loaded[]): Promise<Difference[]> {
  const books = await rows<{
    record_id: string
    indicator_id: number
    state: number
    org_id: number
    ym: number
    val: number
    district_id: number
  }>(
    tx,
    sql`SELECT district_id, record_id, indicator_id, state, org_id, ym, sum(val)::bigint AS val FROM app.ledger
      WHERE record_id = ANY(${page.map((p) => p.spine.id)}::uuid[]) AND district_id = ANY(${[...new Set(page.map((p) => p.spine.district_id))]}::int[])
      GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(val) <> 0`,
  )
  const found = new Map(
    books.map((b) => [
      [b.record_id, b.district_id, b.indicator_id, b.state, b.org_id, b.ym].join(' '),
      b.val,
    ]),
  )
  const differences: Difference[] = []
  for (const { spine, row } of page) {
    for (const state of countedIn(spine.state)) {
      for (const c of contributions(programme, row)) {
        const key = [
          spine.id,
          spine.district_id,
          deps.catalogue.indicatorId(c.indicator),
          state,
          spine.org_id,
          c.ym,
        ].join(' ')
        const booked = found.get(key) ?? 0
        found.delete(key)
        if (booked !== c.value) {
          differences.push({
            what: `${programme.label}《${spine.title}》（${spine.id}）${c.indicator} ${c.ym}：按记录应为 ${c.value}，账上为 ${booked}`,
          })
        }
      }
    }
  }
  for (const [key, value] of found)
    differences.push({
      what: `${programme.label}：账上多出 ${value}（记录、区、指标、状态、单位、月份：${key}）`,
    })
  return differences
}

/** Ledger entries whose record does not exist in their district and that do not cancel out. */
async function strayEntries(tx: Tx): Promise<Difference[]> {
  const found = await rows<{ record_id: string; val: number }>(
    tx,
    sql`SELECT l.record_id, sum(l.val)::bigint AS val FROM app.ledger l
      WHERE NOT EXISTS (SELECT FROM app.record r WHERE r.district_id = l.district_id AND r.id = l.record_id)
      GROUP BY l.record_id, l.district_id, l.indicator_id, l.state, l.org_id, l.ym HAVING sum(l.val) <> 0 LIMIT ${mostNamed}`,
  )
  return found.map((f) => ({ what: `账上有 ${f.val} 找不到记录 ${f.record_id}` }))
}

/** Ledger spread over the tree minus roll-up minus pending deltas, by unit, year, month, indicator, state, line, district. */
export async function compareTotals(tx: Tx): Promise<Difference[]> {
  const months = sql.raw(
    Array.from({ length: 13 }, (_, m) => `(${m}, r.m${String(m).padStart(2, '0')})`).join(', '),
  )
  const found = await rows<{
    org: string
    indicator: string
    yr: number
    mon: number
    state: number
    line: number
    val: number
  }>(
    tx,
    sql`WITH entry AS (
      SELECT district_id, org_id, ym, indicator_id, state, sum(val) AS val FROM app.ledger GROUP BY 1, 2, 3, 4, 5
      UNION ALL SELECT district_id, org_id, ym, indicator_id, state, -sum(val) FROM app.rollup_delta GROUP BY 1, 2, 3, 4, 5
    ), net AS (
      SELECT district_id, org_id, ym, indicator_id, state, sum(val) AS val FROM entry GROUP BY 1, 2, 3, 4, 5 HAVING sum(val) <> 0
    ), cell AS (
      SELECT s.anc AS org_id, s.yr, s.mon, n.indicator_id, n.state, s.line, n.district_id, n.val * s.sign AS val
      FROM net n JOIN app.indicator i ON i.id = n.indicator_id
      CROSS JOIN (SELECT value::int AS year FROM app.setting WHERE key = 'openYear') o
      CROSS JOIN LATERAL app.spread(n.org_id, n.ym, i.nature, o.year) s
      UNION ALL
      SELECT r.org_id, r.yr, m.mon, r.indicator_id, r.state, r.line, r.district_id, -m.val
      FROM app.rollup r CROSS JOIN LATERAL (VALUES ${months}) m (mon, val) WHERE m.val <> 0
    )
    SELECT o.name AS org, i.code AS indicator, c.yr, c.mon, c.state, c.line, sum(c.val)::float8 AS val
    FROM cell c JOIN app.org o ON o.id = c.org_id JOIN app.indicator i ON i.id = c.indicator_id
    GROUP BY o.name, i.code, c.yr, c.mon, c.state, c.line, c.district_id HAVING sum(c.val) <> 0 LIMIT ${mostNamed}`,
  )
  return found.map((f) => ({
    what: `${f.org} ${f.indicator} ${f.yr}年${f.mon === 0 ? '年初' : `${f.mon}月`}（${f.state === 1 ? '审核通过' : '含待审'}，第 ${f.line} 线）：汇总比台账${f.val > 0 ? '少' : '多'} ${Math.abs(f.val)}`,
  }))
}
