import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { brought, mostOfOne, nothing, type Contributor } from '#inbox/contributor.server.ts'
import { aLook, aPaper, type Waiting } from '#inbox/waiting.ts'
import type { OrgBrief } from '#org/api.ts'
import { briefOf } from '#org/brief.server.ts'
import { handsSql } from '#record/hands.server.ts'
import { keeper } from '#record/keeper.server.ts'
import { rows } from '#server/database.server.ts'
import type { DueKind } from './api.ts'
import type { Deps } from '#server/deps.server.ts'
import { askedOn, from, lists, type Asked } from './due.server.ts'

/** What a unit has to do with its own contracts; a look is done by whoever put it on the list, a new text looked at by the unit that accepted. */
const asks: Readonly<Partial<Record<DueKind, Pick<Waiting, 'what' | 'minutes'>>>> = {
  renewal: { what: '合同将到期，请提出续签', minutes: aPaper },
  publish: { what: '合同已生效，请公布并登记', minutes: aLook },
  fix: { what: '履约检查要求整改，请登记整改情况', minutes: aPaper },
  look: { what: '请做履约检查并登记结果', minutes: aPaper },
  text: { what: '审核通过以后换了正式文本，请核对', minutes: aPaper },
}
const firstText = '审核通过以后定了正式文本，请核对'

/** What of a kind is hers to do: of most, what stands at the contracts that her unit keeps, and no others are looked at. */
function hers(deps: Deps, actor: Actor, kind: DueKind, asked: Asked): RawBuilder<unknown> {
  const { org, accountId, personId } = actor
  if (kind === 'look') return sql`${from(deps, actor, kind, asked)} AND i.asked_by = ${accountId}::uuid`
  // Whoever named the text is another person than who looks at it.
  if (kind === 'text')
    return sql`${from(deps, actor, kind, asked)} AND (SELECT h.recommender FROM ${handsSql(deps, keeper('r'))} h) = ${org.id}
      AND NOT EXISTS (SELECT FROM app.account a WHERE a.id = t.noted_by AND a.person_id = ${personId}::uuid)`
  return from(deps, actor, kind, asked, org.id)
}

type Found = { id: string; kind: DueKind; title: string; org: OrgBrief; on: string; isFirst: boolean }

/** Contracts that her unit has to renew, publish or mend by, looks that she has to take, and texts named after the review. */
export const contractWaits: Contributor = async (deps, tx, actor) => {
  if (actor.role !== 'cadre') return nothing
  const asked = await askedOn(tx, deps.today())
  const parts = (Object.keys(asks) as DueKind[]).map(
    (
      kind,
    ) => sql`SELECT r.id, ${kind} AS kind, r.title, ${briefOf('o')} AS org, ${lists[kind].on}::text AS on,
        ${kind === 'text' ? sql`t.n = 1` : sql`false`} AS "isFirst" FROM ${hers(deps, actor, kind, asked)}`,
  )
  const found = await rows<Found>(
    tx,
    sql`SELECT * FROM (${sql.join(parts, sql` UNION ALL `)}) d ORDER BY d.on, d.id LIMIT ${mostOfOne + 1}`,
  )
  return brought(
    found.map(({ id, kind, title, org, on, isFirst }) => ({
      box: kind === 'text' ? 'review' : 'fill',
      id: `${kind}-${id}`,
      kind: 'matter',
      label: '集体合同',
      title,
      org,
      at: on,
      ...asks[kind]!,
      ...(isFirst ? { what: firstText } : {}),
      // A day of publication is the day from which it counted, not one by which it is due.
      due: kind === 'publish' ? null : kind === 'text' ? { turn: 'review' } : { on },
      link: `/records/contract?id=${id}`,
    })),
    found,
  )
}
