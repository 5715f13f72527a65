import { sql } from 'kysely'
import { can } from '#identity/decide.ts'
import { brought, mostOfOne, nothing, type Contributor } from '#inbox/contributor.server.ts'
import { aPaper, type Waiting } from '#inbox/waiting.ts'
import type { OrgBrief } from '#org/api.ts'
import { briefOf } from '#org/brief.server.ts'
import { rows } from '#server/database.server.ts'
import { suggestionLabels, type Suggestion } from './api.ts'

/** What was said to the city tier and is not answered: a card tells of what kind and from which unit, neither her name nor a word. */
export const suggestionWaits: Contributor = async (_deps, tx, actor) => {
  if (!can(actor, 'suggestion.inbox')) return nothing
  const found = await rows<{
    id: string
    kind: Suggestion['kind']
    org: OrgBrief
    at: string
    dueOn: string | null
  }>(
    tx,
    sql`SELECT s.id, s.kind, ${briefOf('o')} AS org, to_jsonb(s.sent_at) #>> '{}' AS at, s.due_on::text AS "dueOn" FROM app.suggestion s JOIN app.org o ON o.id = s.org_id
      WHERE s.state <> 'answered' AND s.person_id IS DISTINCT FROM ${actor.personId}::uuid ORDER BY s.sent_at, s.id LIMIT ${mostOfOne + 1}`,
  )
  return brought(
    found.map(({ id, kind, org, at, dueOn }): Waiting => ({
      box: 'review',
      id,
      kind: 'matter',
      label: kind === 'policy' ? suggestionLabels.policy : '投诉建议',
      title: `收到一件${suggestionLabels[kind]}`,
      org,
      at,
      what: '请阅后答复',
      due: dueOn === null ? { turn: 'review' } : { on: dueOn },
      minutes: aPaper,
      link: '/help?tab=voice',
    })),
    found,
  )
}
