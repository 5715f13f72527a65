import { sql } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { mostOfOne } from '#inbox/contributor.server.ts'
import { aPaper, type Waiting } from '#inbox/waiting.ts'
import type { OrgBrief } from '#org/api.ts'
import { briefOf } from '#org/brief.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Column } from './api.ts'

export type Owed = {
  id: string
  title: string
  issuer: OrgBrief
  openedAt: string
  selfDue: string
  reviewDue: string
  finalDue: string
  /** Lines by hand that her own unit has not given itself; null where it is not assessed. */
  self: number | null
  /** Units that wait for her unit's points. */
  review: number
  final: number
}

/**
 * Open sheets in which the actor's unit has points to give, to itself or to others: lines by hand, bonus and veto may stay
 * untouched. Who stands above has its turn when the column to the left is whole, or its day is past.
 */
export function owedSheets(tx: Tx, { org }: Actor, today: string): Promise<Owed[]> {
  const day = sql`${today}::date`
  return rows<Owed>(
    tx,
    sql`WITH s AS MATERIALIZED (
        SELECT s.id, s.org_id, s.title, s.tiers, s.created_at, s.self_due, s.review_due, s.final_due, i.scope_code, ${briefOf('i')} AS issuer,
          ARRAY(SELECT l ->> 'key' FROM jsonb_array_elements(s.lines) l WHERE l ->> 'kind' = 'manual') AS keys
        FROM app.assessment s JOIN app.org i ON i.id = s.org_id WHERE s.state = 'open' AND starts_with(${org.scopeCode}, i.scope_code)),
      given AS MATERIALIZED (
        SELECT c.assessment_id, c.org_id, count(*) FILTER (WHERE c.col = 'self') AS self, count(*) FILTER (WHERE c.col = 'review') AS review,
          count(*) FILTER (WHERE c.col = 'final') AS final
        FROM s JOIN app.assessment_score c ON c.assessment_id = s.id AND c.line_key = ANY (s.keys) GROUP BY 1, 2),
      u AS (
        SELECT s.id, o.id = ${org.id} AS is_own, e.parent_id, cardinality(s.keys) - coalesce(g.self, 0) AS self, cardinality(s.keys) - coalesce(g.review, 0) AS review,
          cardinality(s.keys) - coalesce(g.final, 0) AS final
        FROM s JOIN app.org o ON o.scope_code >= ${org.scopeCode} AND o.scope_code < ${`${org.scopeCode}~`} AND o.tier = ANY (s.tiers) AND o.id <> s.org_id
          AND o.closed_on IS NULL
        JOIN app.org_edge e ON e.child_id = o.id AND e.line = 1 AND e.to_ym = 999912
        LEFT JOIN given g ON g.assessment_id = s.id AND g.org_id = o.id)
      SELECT * FROM (SELECT s.id, s.title, s.issuer, to_jsonb(s.created_at) #>> '{}' AS "openedAt", s.self_due AS "selfDue", s.review_due AS "reviewDue",
          s.final_due AS "finalDue", n.self, n.review, n.final
        FROM s CROSS JOIN LATERAL (SELECT (max(u.self) FILTER (WHERE u.is_own))::int AS self,
            (count(*) FILTER (WHERE s.org_id <> ${org.id} AND u.parent_id = ${org.id} AND u.review > 0 AND (s.self_due < ${day} OR u.self = 0)))::int AS review,
            (count(*) FILTER (WHERE s.org_id = ${org.id} AND u.final > 0 AND CASE WHEN u.parent_id = s.org_id THEN s.self_due < ${day} OR u.self = 0
              ELSE s.review_due < ${day} OR u.review = 0 END))::int AS final
          FROM u WHERE u.id = s.id) n) x
      WHERE x.self > 0 OR x.review > 0 OR x.final > 0 ORDER BY x."selfDue", x.id LIMIT ${mostOfOne + 1}`,
  )
}

export function owedCards(sheet: Owed, own: number): Waiting[] {
  const card = (column: Column) => ({
    id: `${column}-${sheet.id}`,
    kind: 'matter' as const,
    label: '考核评分表',
    title: sheet.title,
    org: sheet.issuer,
    at: sheet.openedAt,
  })
  const { id, self, review, final } = sheet
  const cards: Waiting[] = []
  if (self)
    cards.push({
      ...card('self'),
      box: 'fill',
      what: `请自评，还有 ${self} 项没有打分`,
      due: { on: sheet.selfDue },
      minutes: Math.max(aPaper, self),
      link: `/assessments/${id}/${own}`,
    })
  for (const [column, n, word, on] of [
    ['review', review, '复核', sheet.reviewDue],
    ['final', final, '终评', sheet.finalDue],
  ] as const)
    if (n > 0)
      cards.push({
        ...card(column),
        box: 'review',
        what: `还有 ${n} 个单位待${word}`,
        due: { on },
        minutes: n * aPaper,
        link: `/assessments/${id}`,
      })
  return cards
}
