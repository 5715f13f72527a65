import { sql } from 'kysely'
import { can } from '#identity/decide.ts'
import { brought, mostOfOne, nothing, ownUnit, type Contributor } from '#inbox/contributor.server.ts'
import { aPaper } from '#inbox/waiting.ts'
import { rows } from '#server/database.server.ts'
import { findRule } from './register.ts'

/** Versions of rule tables that wait for a second person of the city. */
export const ruleWaits: Contributor = async (_deps, tx, actor) => {
  if (!can(actor, 'rule.decide')) return nothing
  const found = await rows<{ id: string; key: string; by: string; mine: boolean; at: string }>(
    tx,
    sql`SELECT v.id, v.key, a.name AS by, a.person_id = ${actor.personId}::uuid AS mine, to_jsonb(v.proposed_at) #>> '{}' AS at
      FROM app.rule_version v JOIN app.account a ON a.id = v.proposed_by WHERE v.state = 'proposed' ORDER BY v.proposed_at, v.id LIMIT ${mostOfOne + 1}`,
  )
  return brought(
    found.map(({ id, key, by, mine, at }) => ({
      box: mine ? 'mine' : 'review',
      id,
      kind: 'matter',
      label: '规则表',
      title: findRule(key)?.title ?? key,
      org: ownUnit(actor),
      person: by,
      at,
      what: mine ? '等另一位同志核定' : '新版本请核定',
      due: mine ? null : { turn: 'review' },
      minutes: mine ? null : aPaper,
      link: `/rules?table=${key}`,
    })),
    found,
  )
}
