import { sql, type RawBuilder } from 'kysely'
import { isDay } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import { periodOf } from '#kit/period.ts'
import type { Actor } from '#identity/actor.ts'
import { briefOf } from '#org/brief.server.ts'
import { indicators } from '#programmes/index.ts'
import { visible } from '#record/visible.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { otherDeedsOf } from './others.server.ts'
import type { Deed, MyYear, MyYearRecords, MyYearRecordsQuery, Whose, Work } from './api.ts'

// What a cadre and her unit did in a year, by the dates of the facts. It counts work, never use: no log-ins, no times, and
// nobody beside anybody.

const inYear = (year: number): RawBuilder<unknown> =>
  sql`r.occurred_on >= ${`${year}-01-01`}::date AND r.occurred_on <= ${`${year}-12-31`}::date`

/** What of a ledger line l of a record r belongs to a year: of a stock what came with the year's records, as it stands at its end. */
function ofYear(year: number): RawBuilder<unknown> {
  const { fromYm, untilYm } = periodOf('year', year)
  return sql`l.ym <= ${untilYm} AND CASE WHEN i.nature = 'stock' THEN ${inYear(year)} ELSE l.ym >= ${fromYm} END`
}

/** Records of the own office; `whose` narrows them to what she submitted herself. */
const entered = (actor: Actor, whose: Whose): RawBuilder<unknown> =>
  sql`r.org_id = ${actor.org.id} AND r.state <> 'voided' AND ${visible(actor)} ${whose === 'me' ? sql`AND r.submitted_by = ${actor.personId}::uuid` : sql``}`

const acts: Record<'reviewed' | 'returned', RawBuilder<unknown>> = {
  reviewed: sql`h.action IN ('pass', 'accept')`,
  returned: sql`h.action = 'return'`,
}

/** Decisions of the unit or of herself on records that others sent. */
const decided = (actor: Actor, whose: Whose): RawBuilder<unknown> =>
  sql`h.action IN ('pass', 'accept', 'return') AND h.org_id = ${actor.org.id} AND ${visible(actor)}
    ${whose === 'me' ? sql`AND h.account_id = ${actor.accountId}::uuid` : sql``}`

const decisions = sql`app.record_history h JOIN app.record r ON r.district_id = h.district_id AND r.id = h.record_id`

type Counted = { programme: number; deed: Deed; n: number }
type Summed = { programme: number; indicator: string; value: number }

async function worksOf(deps: Deps, tx: Tx, actor: Actor, whose: Whose, year: number): Promise<Work[]> {
  const [counted, summed] = await Promise.all([
    rows<Counted>(
      tx,
      sql`SELECT programme, d.deed, count(*)::int AS n FROM app.record r
          CROSS JOIN LATERAL (SELECT 'entered' AS deed UNION ALL SELECT 'accepted' WHERE r.state = 'accepted') d
          WHERE ${entered(actor, whose)} AND ${inYear(year)} GROUP BY 1, 2
        UNION ALL SELECT programme, CASE WHEN ${acts.returned} THEN 'returned' ELSE 'reviewed' END, count(DISTINCT r.id)::int
          FROM ${decisions} WHERE ${decided(actor, whose)} AND ${inYear(year)} GROUP BY 1, 2`,
    ),
    rows<Summed>(
      tx,
      sql`SELECT r.programme, i.code AS indicator, sum(l.val)::float8 AS value
        FROM app.record r JOIN app.ledger l ON l.district_id = r.district_id AND l.record_id = r.id AND l.state = 1
        JOIN app.indicator i ON i.id = l.indicator_id
        WHERE ${entered(actor, whose)} AND ${ofYear(year)}
        GROUP BY 1, 2 HAVING sum(l.val) <> 0`,
    ),
  ])
  return deps.programmes.flatMap(({ key }) => {
    const number = deps.catalogue.programmeId(key)
    const of = (deed: Deed) => counted.find((c) => c.programme === number && c.deed === deed)?.n ?? 0
    const counts = {
      entered: of('entered'),
      accepted: of('accepted'),
      reviewed: of('reviewed'),
      returned: of('returned'),
    }
    const figures = indicators.flatMap(({ id }) => {
      const found = summed.find((s) => s.programme === number && s.indicator === id)
      return found ? [{ indicator: id, value: found.value }] : []
    })
    const isEmpty = figures.length === 0 && Object.values(counts).every((n) => n === 0)
    return isEmpty ? [] : [{ programme: key, counts, figures }]
  })
}

const askedYear = (deps: Deps, year: string | undefined): number => Number(year ?? deps.today().slice(0, 4))

/** What she and her unit did in a year. */
export async function readMyYear(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  asked: string | undefined,
): Promise<MyYear> {
  const year = askedYear(deps, asked)
  const [account, me, unit, mine, ours] = await Promise.all([
    first<{ title: string }>(tx, sql`SELECT title FROM app.account WHERE id = ${actor.accountId}::uuid`),
    worksOf(deps, tx, actor, 'me', year),
    worksOf(deps, tx, actor, 'unit', year),
    otherDeedsOf(tx, actor, 'me', year),
    otherDeedsOf(tx, actor, 'unit', year),
  ])
  const { id, code, name, shortName, tier } = actor.org
  return {
    year,
    person: actor.name,
    title: account?.title ?? '',
    org: { id, code, name, shortName, tier },
    reviews: tier !== 'grassroots' && tier !== 'branch',
    me,
    unit,
    others: { me: mine, unit: ours },
  }
}

const pageSize = 50

function boundOf(after: string | undefined): RawBuilder<unknown> {
  if (after === undefined) return sql`true`
  const [on, id] = after.split('_')
  if (!on || !id || !isDay(on) || !/^[0-9a-f-]{36}$/.test(id)) throw Problem.badCursor()
  return sql`(r.occurred_on, r.id) < (${on}::date, ${id}::uuid)`
}

/** The records behind one of the numbers, newest first. @throws Problem.notFound, badRequest, badCursor */
export async function readMyYearRecords(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  q: MyYearRecordsQuery,
): Promise<MyYearRecords> {
  const programme = deps.findProgramme(q.programme)
  if (!programme) throw Problem.notFound()
  const year = askedYear(deps, q.year)
  const number = deps.catalogue.programmeId(programme.key)
  const bound = boundOf(q.after)
  const found = await rows<Omit<MyYearRecords['rows'][number], 'programme'>>(
    tx,
    sql`SELECT r.id, r.title, r.occurred_on::text AS "endsOn", ${briefOf('o')} AS org, r.state, ${q.indicator ? sql`e.value` : sql`NULL`} AS value
      FROM app.record r JOIN app.org o ON o.id = r.org_id ${q.indicator ? figureOf(q.indicator, year) : sql``}
      WHERE r.programme = ${number} AND ${bound} AND ${conditionOf(actor, q, year)}
      ORDER BY r.occurred_on DESC, r.id DESC LIMIT ${pageSize + 1}`,
  )
  const shown = found.slice(0, pageSize)
  const last = found.length > pageSize ? shown.at(-1)! : null
  return {
    rows: shown.map((row) => ({ ...row, programme: programme.key })),
    next: last ? `${last.endsOn}_${last.id}` : null,
  }
}

/** What each record adds to a figure in a year. @throws Problem.notFound */
function figureOf(code: string, year: number): RawBuilder<unknown> {
  if (!indicators.some(({ id }) => id === code)) throw Problem.notFound()
  return sql`JOIN LATERAL (SELECT sum(l.val)::float8 AS value FROM app.ledger l JOIN app.indicator i ON i.id = l.indicator_id
    WHERE l.district_id = r.district_id AND l.record_id = r.id AND l.state = 1 AND i.code = ${code} AND ${ofYear(year)}) e ON e.value <> 0`
}

function conditionOf(actor: Actor, q: MyYearRecordsQuery, year: number): RawBuilder<unknown> {
  if (q.indicator) return entered(actor, q.whose)
  switch (q.deed) {
    case 'entered':
      return sql`${entered(actor, q.whose)} AND ${inYear(year)}`
    case 'accepted':
      return sql`${entered(actor, q.whose)} AND r.state = 'accepted' AND ${inYear(year)}`
    case 'reviewed':
    case 'returned':
      return sql`${inYear(year)} AND (r.district_id, r.id) IN (SELECT h.district_id, h.record_id FROM app.record_history h
        WHERE ${acts[q.deed]} AND ${decided(actor, q.whose)})`
    case undefined:
      throw Problem.badRequest({ issues: [{ field: 'deed', message: '请选择要看的数字' }] })
  }
}
