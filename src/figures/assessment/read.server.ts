import { sql, type RawBuilder } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import type { OrgBrief, Tier } from '#org/api.ts'
import { briefOf } from '#org/brief.server.ts'
import { visible } from '#record/visible.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type {
  Column,
  Given,
  Objection,
  Sheet,
  SheetCard,
  SheetLine,
  SheetState,
  UnitSheet,
  UnitTotal,
  UnitTotals,
} from './api.ts'
import { columns } from './api.ts'
import { autoOf, type Auto } from './facts.server.ts'
import { columnOf, owedBy, totalOf } from './rules.ts'
import { untoldLines } from './withhold.server.ts'

/** What stood when the result was published. */
export type Results = { units: UnitTotal[]; auto: Record<string, Record<string, Auto>> }

export type Stored = {
  id: string
  orgId: number
  issuer: OrgBrief
  issuerScope: string
  districtId: number
  year: number
  title: string
  note: string
  tiers: Tier[]
  fromYm: number
  untilYm: number
  selfDue: string
  reviewDue: string
  finalDue: string
  lines: SheetLine[]
  state: SheetState
  proposedBy: string | null
  proposer: string | null
  publishedBy: string | null
  publishedAt: string | null
  results: Results | null
  version: number
}

const named = (column: string): RawBuilder<unknown> =>
  sql`(SELECT a.name FROM app.account a WHERE a.id = ${sql.raw(column)})`

const storedOf = (tx: Tx, where: RawBuilder<unknown>): Promise<Stored[]> =>
  rows<Stored>(
    tx,
    sql`SELECT s.id, s.org_id AS "orgId", ${briefOf('i')} AS issuer, i.scope_code AS "issuerScope", i.district_id AS "districtId", s.year, s.title, s.note,
        s.tiers, s.from_ym AS "fromYm", s.until_ym AS "untilYm", s.self_due AS "selfDue", s.review_due AS "reviewDue", s.final_due AS "finalDue",
        s.lines, s.state, ${named('s.proposed_by')} AS "proposedBy", s.proposed_by AS proposer, ${named('s.published_by')} AS "publishedBy",
        to_jsonb(s.published_at) #>> '{}' AS "publishedAt", s.results, s.version
      FROM app.assessment s JOIN app.org i ON i.id = s.org_id WHERE ${where} ORDER BY s.year DESC, s.created_at DESC`,
  )

/** Whether a sheet is told to the actor: of her unit, of one below it, or (once open) of one above. */
const isTold = (sheet: Stored, { org }: Actor): boolean =>
  sheet.issuerScope.startsWith(org.scopeCode) ||
  (sheet.state !== 'draft' && org.scopeCode.startsWith(sheet.issuerScope))

/** Open sheets of which a column is due between two days. */
export const openSheets = (tx: Tx, from: string, until: string): Promise<Stored[]> =>
  storedOf(
    tx,
    sql`s.state = 'open' AND (s.self_due BETWEEN ${from}::date AND ${until}::date OR s.review_due BETWEEN ${from}::date AND ${until}::date
      OR s.final_due BETWEEN ${from}::date AND ${until}::date)`,
  )

/** One sheet. @throws Problem.notFound */
export async function getSheet(tx: Tx, actor: Actor, id: string): Promise<Stored> {
  const [found] = await storedOf(tx, sql`s.id = ${id}::uuid`)
  if (!found || !isTold(found, actor)) throw Problem.notFound()
  return found
}

/**
 * Holds a sheet until the transaction ends: many may score at once, its state is changed by one alone, so that nothing is given
 * between the last look and the result. By its number: a unit may not lock the row, which is the issuer's.
 */
export const holdSheet = (tx: Tx, id: string, how: 'shared' | 'alone'): Promise<unknown> =>
  first(
    tx,
    how === 'shared'
      ? sql`SELECT pg_advisory_xact_lock_shared(hashtextextended(${id}, 0))`
      : sql`SELECT pg_advisory_xact_lock(hashtextextended(${id}, 0))`,
  )

const isAssessed = (sheet: Stored, org: Actor['org']): boolean =>
  sheet.tiers.includes(org.tier) && org.id !== sheet.orgId && org.scopeCode.startsWith(sheet.issuerScope)

const cardOf = (sheet: Stored, actor: Actor): SheetCard => ({
  id: sheet.id,
  year: sheet.year,
  title: sheet.title,
  issuer: sheet.issuer,
  state: sheet.state,
  selfDue: sheet.selfDue,
  reviewDue: sheet.reviewDue,
  finalDue: sheet.finalDue,
  own: isAssessed(sheet, actor.org),
})

/** Sheets of the actor's unit and of the units above it, newest year first. */
export async function listSheets(tx: Tx, actor: Actor): Promise<SheetCard[]> {
  const found = await storedOf(
    tx,
    sql`(s.org_id = ${actor.org.id} OR starts_with(${actor.org.scopeCode}, i.scope_code) AND s.state <> 'draft')`,
  )
  return found.map((sheet) => cardOf(sheet, actor))
}

async function sheetOf(tx: Tx, actor: Actor, stored: Stored): Promise<Sheet> {
  const open = await first<{ n: number }>(
    tx,
    sql`SELECT count(*)::int AS n FROM app.assessment_objection b JOIN app.org o ON o.id = b.org_id
      WHERE b.assessment_id = ${stored.id}::uuid AND b.state <> 'closed' AND starts_with(o.scope_code, ${actor.org.scopeCode})`,
  )
  const { note, tiers, fromYm, untilYm, lines, version, proposedBy, publishedBy, publishedAt } = stored
  return {
    ...cardOf(stored, actor),
    note,
    tiers,
    fromYm,
    untilYm,
    lines,
    version,
    proposedBy,
    publishedBy,
    publishedAt,
    objections: open!.n,
  }
}

export const readSheet = async (tx: Tx, actor: Actor, id: string): Promise<Sheet> =>
  sheetOf(tx, actor, await getSheet(tx, actor, id))

export type Assessed = { org: OrgBrief; districtId: number; aboveId: number; above: string }

/** The units that a sheet assesses, of today's tree, in official order: by tier as the sheet names them, then by code. */
export const assessedOf = (
  tx: Tx,
  sheet: Stored,
  scopeCode: string,
  one: number | null = null,
): Promise<Assessed[]> =>
  rows<Assessed>(
    tx,
    sql`SELECT ${briefOf('u')} AS org, u.district_id AS "districtId", p.id AS "aboveId", p.short_name AS above
      FROM app.org u JOIN app.org_edge e ON e.child_id = u.id AND e.line = 1 AND e.to_ym = 999912 JOIN app.org p ON p.id = e.parent_id
      WHERE u.scope_code >= ${scopeCode} AND u.scope_code < ${`${scopeCode}~`} AND starts_with(u.scope_code, ${sheet.issuerScope})
        AND u.tier = ANY(${sheet.tiers}::text[]) AND u.id <> ${sheet.orgId} AND u.closed_on IS NULL AND (${one}::int IS NULL OR u.id = ${one})
      ORDER BY array_position(${sheet.tiers}::text[], u.tier), u.org_code`,
  )

type Mark = { org: number; line: string; col: Column; points: number }

const marksOf = (tx: Tx, sheet: string, units: readonly number[]): Promise<Mark[]> =>
  rows<Mark>(
    tx,
    sql`SELECT org_id AS org, line_key AS line, col, points FROM app.assessment_score
      WHERE assessment_id = ${sheet}::uuid AND org_id = ANY(${[...units]}::int[])`,
  )

/** What the columns of units sum to, as the books and columns stand now. */
export async function liveTotals(
  tx: Tx,
  sheet: Stored,
  units: readonly Assessed[],
): Promise<{ totals: UnitTotal[]; auto: Map<number, Map<string, Auto>> }> {
  const ids = units.map(({ org }) => org.id)
  const [auto, marks, objections] = await Promise.all([
    autoOf(tx, sheet, ids),
    marksOf(tx, sheet.id, ids),
    rows<{ org: number; n: number }>(
      tx,
      sql`SELECT org_id AS org, count(*)::int AS n FROM app.assessment_objection
        WHERE assessment_id = ${sheet.id}::uuid AND state <> 'closed' GROUP BY 1`,
    ),
  ])
  const kinds = new Map(sheet.lines.map((line) => [line.key, line.kind]))
  const totals = units.map(({ org, above, aboveId }): UnitTotal => {
    const points = new Map([...auto.get(org.id)!].map(([key, one]) => [key, one.points]))
    const given = (col: Column) =>
      new Map(marks.filter((m) => m.org === org.id && m.col === col).map((m) => [m.line, m.points]))
    const [self, review, final] = columns.map(given) as [
      Map<string, number>,
      Map<string, number>,
      Map<string, number>,
    ]
    const hasReview = aboveId !== sheet.orgId
    return {
      org,
      above,
      auto: [...points.values()].reduce<number>((sum, n) => sum + (n ?? 0), 0),
      self: totalOf(sheet.lines, points, self),
      review: totalOf(sheet.lines, points, review),
      final: totalOf(sheet.lines, points, final),
      missing: {
        self: owedBy(sheet.lines, self),
        review: hasReview ? owedBy(sheet.lines, review) : null,
        final: owedBy(sheet.lines, final),
      },
      isVetoed: [...final].some(([key, value]) => kinds.get(key) === 'veto' && value > 0),
      objections: objections.find((one) => one.org === org.id)?.n ?? 0,
    }
  })
  return { totals, auto }
}

/** The result table in official order: before publication of the reader's scope, then of all, as it was published. */
export async function readTotals(tx: Tx, actor: Actor, id: string): Promise<UnitTotals> {
  const sheet = await getSheet(tx, actor, id)
  const totals =
    sheet.results?.units ??
    (await liveTotals(tx, sheet, await assessedOf(tx, sheet, actor.org.scopeCode))).totals
  const ids = totals.map(({ org }) => org.id)
  const untold = await untoldLines(tx, actor, sheet.lines, ids)
  const rows = totals.map((one) => (untold(one.org.id).size > 0 ? { ...one, auto: null } : one))
  return { isFrozen: sheet.results !== null, rows }
}

/** One assessed unit in the actor's scope. @throws Problem.notFound */
export async function getAssessed(tx: Tx, actor: Actor, sheet: Stored, org: number): Promise<Assessed> {
  const [unit] = await assessedOf(tx, sheet, actor.org.scopeCode, org)
  if (!unit) throw Problem.notFound()
  return unit
}

type GivenRow = Given & { line: string; col: Column }

/** A unit's sheet: each line with what came from figures and what the three columns say, side by side. */
export async function readUnit(tx: Tx, actor: Actor, id: string, org: number): Promise<UnitSheet> {
  const stored = await getSheet(tx, actor, id)
  const unit = await getAssessed(tx, actor, stored, org)
  const { totals, auto } = await liveTotals(tx, stored, [unit])
  const given = await rows<GivenRow>(
    tx,
    sql`SELECT c.line_key AS line, c.col, c.points, c.note, c.version, to_jsonb(c.scored_at) #>> '{}' AS at,
        coalesce(${named('c.scored_by')}, '') AS by,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'programme', p.key, 'title', r.title) ORDER BY r.occurred_on, r.id), '[]')
          FROM app.record r JOIN app.programme p ON p.id = r.programme WHERE r.id = ANY(c.records) AND ${visible(actor)}) AS records
      FROM app.assessment_score c WHERE c.assessment_id = ${id}::uuid AND c.org_id = ${org}`,
  )
  const at = (key: string, col: Column): Given | null => {
    const found = given.find((one) => one.line === key && one.col === col)
    if (!found) return null
    const { line: _line, col: _col, ...rest } = found
    return rest
  }
  const frozen = stored.results?.auto[String(org)]
  const untold = (await untoldLines(tx, actor, stored.lines, [org]))(org)
  const total = stored.results?.units.find((one) => one.org.id === org) ?? totals[0]!
  const writes = columnOf(actor.org.id, { org, above: unit.aboveId, issuer: stored.orgId })
  return {
    org: unit.org,
    sheet: await sheetOf(tx, actor, stored),
    writes: stored.state === 'open' && actor.role === 'cadre' ? writes : null,
    hasReview: unit.aboveId !== stored.orgId,
    isOwn: org === actor.org.id,
    lines: stored.lines.map(({ key }) => ({
      key,
      auto: untold.has(key) ? null : (frozen?.[key] ?? auto.get(org)?.get(key) ?? null),
      self: at(key, 'self'),
      review: at(key, 'review'),
      final: at(key, 'final'),
    })),
    total: untold.size > 0 ? { ...total, auto: null } : total,
    objections: await objectionsOf(tx, id, org),
  }
}

const objectionsOf = (tx: Tx, id: string, org: number): Promise<Objection[]> =>
  rows<Objection>(
    tx,
    sql`SELECT b.id, b.line_key AS line, b.body, b.state, b.answer, coalesce(${named('b.raised_by')}, '') AS by, to_jsonb(b.raised_at) #>> '{}' AS at
      FROM app.assessment_objection b WHERE b.assessment_id = ${id}::uuid AND b.org_id = ${org} ORDER BY b.raised_at`,
  )
