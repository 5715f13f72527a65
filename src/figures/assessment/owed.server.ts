import { sql, type RawBuilder } from 'kysely'
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

/** Lines by hand of a sheet `s` that a column of a unit `u` still owes; bonus and veto may stay untouched. */
const owedBy = (column: Column): RawBuilder<unknown> =>
  sql`(SELECT count(*)::int FROM jsonb_array_elements(s.lines) l WHERE l ->> 'kind' = 'manual' AND NOT EXISTS (SELECT FROM app.assessment_score c
    WHERE c.district_id = u.district_id AND c.assessment_id = s.id AND c.org_id = u.id AND c.line_key = l ->> 'key' AND c.col = ${column}))`

const isAssessed = sql`u.tier = ANY (s.tiers) AND u.id <> s.org_id AND u.closed_on IS NULL AND starts_with(u.scope_code, i.scope_code)`

/** Whose turn at a unit has come: what stands to the left is whole, or its day is past. */
const selfStands = (today: string): RawBuilder<unknown> =>
  sql`(s.self_due < ${today}::date OR ${owedBy('self')} = 0)`

/** Open sheets in which the actor's unit has points to give, to itself or to others. */
export function owedSheets(tx: Tx, { org }: Actor, today: string): Promise<Owed[]> {
  const units = (where: RawBuilder<unknown>) =>
    sql`(SELECT count(*)::int FROM app.org u JOIN app.org_edge e ON e.child_id = u.id AND e.line = 1 AND e.to_ym = 999912
      WHERE u.scope_code >= ${org.scopeCode} AND u.scope_code < ${`${org.scopeCode}~`} AND ${isAssessed} AND ${where})`
  const review = sql`e.parent_id = ${org.id} AND ${owedBy('review')} > 0 AND ${selfStands(today)}`
  const final = sql`${owedBy('final')} > 0 AND CASE WHEN e.parent_id = s.org_id THEN ${selfStands(today)}
    ELSE s.review_due < ${today}::date OR ${owedBy('review')} = 0 END`
  return rows<Owed>(
    tx,
    sql`SELECT * FROM (SELECT s.id, s.title, ${briefOf('i')} AS issuer, to_jsonb(s.created_at) #>> '{}' AS "openedAt", s.self_due AS "selfDue",
        s.review_due AS "reviewDue", s.final_due AS "finalDue",
        (SELECT ${owedBy('self')} FROM app.org u WHERE u.id = ${org.id} AND ${isAssessed}) AS self,
        CASE WHEN s.org_id = ${org.id} THEN 0 ELSE ${units(review)} END AS review,
        CASE WHEN s.org_id = ${org.id} THEN ${units(final)} ELSE 0 END AS final
      FROM app.assessment s JOIN app.org i ON i.id = s.org_id WHERE s.state = 'open' AND starts_with(${org.scopeCode}, i.scope_code)) x
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
