import { sql } from 'kysely'
import { can } from '#identity/decide.ts'
import { brought, mostOfOne, nothing, ownUnit, type Contributor } from '#inbox/contributor.server.ts'
import { aPaper, type Waiting } from '#inbox/waiting.ts'
import type { OrgBrief } from '#org/api.ts'
import { briefOf } from '#org/brief.server.ts'
import { rows } from '#server/database.server.ts'
import { owedCards, owedSheets } from './owed.server.ts'

/** Scores that her unit still owes, results that a second person publishes, and objections to scores: with whoever issued the sheet till it answers, then with the unit that raised them. */
export const assessmentWaits: Contributor = async (deps, tx, actor) => {
  if (actor.role !== 'cadre' && actor.role !== 'leader') return nothing
  const results = can(actor, 'assessment.publish')
    ? await rows<{ id: string; title: string; by: string; isOwn: boolean }>(
        tx,
        sql`SELECT s.id, s.title, coalesce(a.name, '') AS by, s.proposed_by = ${actor.accountId}::uuid AS "isOwn" FROM app.assessment s
          LEFT JOIN app.account a ON a.id = s.proposed_by WHERE s.state = 'proposed' AND s.org_id = ${actor.org.id} ORDER BY s.id LIMIT ${mostOfOne + 1}`,
      )
    : []
  const publishing = results.map(({ id, title, by, isOwn }): Waiting => ({
    box: isOwn ? 'mine' : 'review',
    id,
    kind: 'matter',
    label: '考核结果',
    title,
    org: ownUnit(actor),
    person: by,
    at: '',
    what: isOwn ? '等另一位同志发布' : '请核对后发布',
    due: null,
    minutes: isOwn ? null : aPaper,
    link: `/assessments/${id}`,
  }))
  if (actor.role === 'leader') return brought(publishing, results)
  const owed = await owedSheets(tx, actor, deps.today())
  const found = await rows<{
    id: string
    sheet: string
    title: string
    org: OrgBrief
    issuer: string
    issuerId: number
    state: 'open' | 'answered'
    by: string
    at: string
  }>(
    tx,
    sql`SELECT b.id, s.id AS sheet, s.title, ${briefOf('o')} AS org, i.short_name AS issuer, s.org_id AS "issuerId", b.state, coalesce(a.name, '') AS by,
        to_jsonb(coalesce(b.answered_at, b.raised_at)) #>> '{}' AS at
      FROM app.assessment_objection b JOIN app.assessment s ON s.id = b.assessment_id JOIN app.org o ON o.id = b.org_id JOIN app.org i ON i.id = s.org_id
      LEFT JOIN app.account a ON a.id = b.raised_by
      WHERE s.state = 'open' AND b.state IN ('open', 'answered') AND ${actor.org.id} IN (s.org_id, b.org_id) ORDER BY b.raised_at, b.id LIMIT ${mostOfOne + 1}`,
  )
  const cards = found.flatMap(({ id, sheet, title, org, issuer, issuerId, state, by, at }): Waiting[] => {
    const card = {
      id,
      kind: 'matter' as const,
      label: '考核异议',
      title,
      org,
      person: by,
      at,
      link: `/assessments/${sheet}/${org.id}`,
    }
    if (issuerId === actor.org.id && state === 'open')
      return [{ ...card, box: 'review', what: '请答复异议', due: { turn: 'review' }, minutes: aPaper }]
    if (org.id !== actor.org.id) return []
    return state === 'answered'
      ? [{ ...card, box: 'returned', what: `${issuer}已答复，请确认`, due: null, minutes: aPaper }]
      : [{ ...card, box: 'mine', what: `现由${issuer}答复`, due: null, minutes: null }]
  })
  const scoring = owed.flatMap((sheet) => owedCards(sheet, actor.org.id))
  return brought([...publishing, ...scoring, ...cards], results, owed, found)
}
