import { sql, type RawBuilder } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { registrationsOf } from '#identity/registrations.server.ts'
import { briefOf } from '#org/brief.server.ts'
import { consentsOf, giveConsent, textHash } from '#person/consent.server.ts'
import { consentTexts } from '#person/consentTexts.ts'
import { first, keyed, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { nowOf } from '#signup/clock.server.ts'
import { instantOf } from '#signup/event.server.ts'
import { offeredTo } from './round.server.ts'
import {
  wishRefusals,
  type MyRounds,
  type NewWishes,
  type PublicRound,
  type RoundDetail,
  type RoundLine,
  type RoundList,
} from './roundApi.ts'

const columns = sql`r.id, ${briefOf('o')} AS org, r.title, r.about, r.state, ${instantOf('r.opens_at')} AS "opensAt", ${instantOf('r.closes_at')} AS "closesAt", r.reason,
  coalesce((SELECT jsonb_agg(jsonb_build_object('n', k.n, 'title', k.title, 'place', k.place, 'org', h.short_name, 'places', k.places) ORDER BY k.n)
    FROM app.childcare_round_class k JOIN app.org h ON h.id = k.org_id WHERE k.district_id = r.district_id AND k.round_id = r.id), '[]') AS classes`
const from = sql`app.childcare_round r JOIN app.org o ON o.id = r.org_id`

/** Rounds of the actor's unit, and those in which it holds a class. */
const inSight = ({ org }: Actor): RawBuilder<unknown> =>
  sql`(r.org_id = ${org.id} OR r.state <> 'draft' AND EXISTS (SELECT FROM app.childcare_round_class k
    WHERE k.district_id = r.district_id AND k.round_id = r.id AND k.org_id = ${org.id}))`

export async function listRounds(deps: Deps, tx: Tx, actor: Actor): Promise<RoundList> {
  const found = await rows<RoundLine>(
    tx,
    sql`SELECT ${columns} FROM ${from} WHERE ${inSight(actor)} ORDER BY r.opens_at DESC, r.id LIMIT ${bounds.childcareRounds.most}`,
  )
  const offered = await offeredTo(tx, actor, deps.today())
  return { rows: found, offered: offered.map(({ id, title, org, places }) => ({ id, title, org, places })) }
}

/** @throws Problem.notFound */
export async function readRound(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<RoundDetail> {
  const found = await first<Omit<RoundDetail, 'guardians'>>(
    tx,
    sql`SELECT ${columns}, r.version, r.org_id = ${actor.org.id} AS "isOwner", r.source, c.families, c.children,
        ARRAY(SELECT k.class_id::text FROM app.childcare_round_class k WHERE k.district_id = r.district_id AND k.round_id = r.id ORDER BY k.n) AS "classIds"
      FROM ${from} CROSS JOIN LATERAL app.round_counts(r.id) c WHERE r.id = ${id}::uuid AND ${inSight(actor)}`,
  )
  if (!found) throw Problem.notFound()
  const guardians = await rows<RoundDetail['guardians'][number]>(
    tx,
    sql`SELECT n, name, org, child FROM app.round_guardians(${id}::uuid, ${deps.today()}::date, ${actor.requestId})`,
  )
  return { ...found, guardians }
}

/** The material of a round, for anybody. @throws Problem.notFound */
export async function readOpenRound(tx: Tx, id: string): Promise<PublicRound> {
  const found = await first<PublicRound>(
    tx,
    sql`SELECT r.id, r.title, o.name AS org, ${instantOf('r.closes_at')} AS "closesAt", r.secret_hash AS "secretHash", r.source, ${instantOf('r.frozen_at')} AS "frozenAt",
        r.list, r.list_hash AS "listHash", r.public_value AS "publicValue", r.secret, r.seed, ${instantOf('r.placed_at')} AS "placedAt", r.withdrawn, r.result, r.reason,
        (SELECT jsonb_agg(jsonb_build_object('n', k.n, 'title', k.title, 'places', k.places) ORDER BY k.n) FROM app.childcare_round_class k
          WHERE k.district_id = r.district_id AND k.round_id = r.id) AS rooms
      FROM ${from} WHERE r.id = ${id}::uuid AND r.state <> 'draft'`,
  )
  if (!found) throw Problem.notFound()
  return found
}

/** Rounds that are open to her unit, with her own wishes and what came of them. */
export async function readMyRounds(deps: Deps, tx: Tx, actor: Actor): Promise<MyRounds> {
  const now = nowOf(deps).toISOString()
  const her = await first<{ id: string; scopeCode: string }>(
    tx,
    sql`SELECT p.id, o.scope_code AS "scopeCode" FROM app.person p JOIN app.org o ON o.id = p.org_id WHERE p.id = ${actor.personId}::uuid AND p.state = 'active'`,
  )
  const consents = her ? await consentsOf(tx, her.id) : []
  const consent = {
    text: consentTexts.childcare.text,
    textHash: textHash('childcare'),
    isGiven: consents.some(({ purpose, state }) => purpose === 'childcare' && state === 'given'),
  }
  if (!her) return { isRegistered: false, now, consent, rows: [] }
  const found = await rows<MyRounds['rows'][number]>(
    tx,
    sql`SELECT ${columns}, coalesce((SELECT jsonb_agg(jsonb_build_object('ranked', w.ranked, 'number', w.number, 'got', w.got) ORDER BY w.child) FROM app.childcare_wish w
        WHERE w.district_id = r.district_id AND w.round_id = r.id AND w.person_id IN ${registrationsOf(actor)}), '[]') AS children
      FROM ${from} WHERE r.state <> 'draft' AND starts_with(${her.scopeCode}::text, o.scope_code) AND r.closes_at > ${now}::timestamptz - interval '180 days'
      ORDER BY r.closes_at DESC, r.id LIMIT ${bounds.childcareRounds.most}`,
  )
  return { isRegistered: true, now, consent, rows: found }
}

/** Her wishes, in the place of earlier ones; with the first she agrees to what childcare needs. @throws Problem.notFound, enrolRefused, textOutdated */
export async function wishClasses(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { children, textHash: seen }: NewWishes,
  received: Date,
): Promise<void> {
  const { actor } = work
  if (children.some((ranked) => new Set(ranked).size < ranked.length))
    throw Problem.invalid({ issues: [{ field: 'children', message: '同一个班级排了两次，请改一个' }] })
  const [done] = await keyed<{ refusal: keyof typeof wishRefusals | 'round' | null }>(
    tx,
    sql`SELECT app.wish_childcare(${id}::uuid, ${JSON.stringify(children)}::jsonb, ${received.toISOString()}::timestamptz) AS refusal`,
  )
  const refusal = done?.refusal ?? null
  if (refusal === 'round') throw Problem.notFound()
  if (refusal !== null) throw Problem.enrolRefused({ why: refusal, sentence: wishRefusals[refusal] })
  const given = (await consentsOf(tx, actor.personId)).find(({ purpose }) => purpose === 'childcare')
  if (children.length > 0 && given?.state !== 'given') {
    if (seen !== textHash('childcare')) throw Problem.textOutdated()
    await giveConsent(tx, work, {
      personId: actor.personId,
      purpose: 'childcare',
      givenOn: deps.today(),
      form: 'self',
    })
  }
  work.audit({
    districtId: actor.org.districtId,
    action: 'childcareRound.wish',
    object: `childcareRound:${id}`,
    body: { children },
  })
}
