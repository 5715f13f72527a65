import { sql, type RawBuilder } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { briefOf } from '#org/brief.server.ts'
import type { OrgBrief } from '#org/api.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { CampaignCard, HonourTitle, NominationState, Nominee, Quota } from './api.ts'
import type { HonourBefore } from './checks.ts'

export type StoredCampaign = Omit<CampaignCard, 'nominations' | 'isMine' | 'isJuror'> & {
  orgId: number
  scope: string
  districtId: number
  note: string
  types: HonourTitle[]
  quotas: Quota[]
  hasShares: boolean
  version: number
  noticeId: string | null
  proposedBy: string | null
  docNo: string | null
  grantedOn: string | null
  reason: string
}

const campaignColumns = sql`c.id, c.org_id AS "orgId", o.scope_code AS scope, o.district_id AS "districtId", c.kind, c.title, ${briefOf('o')} AS organiser, c.year,
  c.opens_on AS "opensOn", c.closes_on AS "closesOn", c.state, c.note, c.types, c.quotas, c.has_shares AS "hasShares", c.version, c.notice_id AS "noticeId",
  c.proposed_by AS "proposedBy", c.doc_no AS "docNo", c.granted_on AS "grantedOn", c.reason`

export const campaignsWhere = (tx: Tx, where: RawBuilder<unknown>): Promise<StoredCampaign[]> =>
  rows<StoredCampaign>(
    tx,
    sql`SELECT ${campaignColumns} FROM app.honour_campaign c JOIN app.org o ON o.id = c.org_id WHERE ${where}`,
  )

/** A campaign as stored, that the actor's unit organises or stands below or above of. @throws Problem.notFound */
export async function getCampaign(tx: Tx, actor: Actor, id: string): Promise<StoredCampaign> {
  const [found] = await campaignsWhere(tx, sql`c.id = ${id}::uuid`)
  // Drafts are the organiser's own.
  if (!found || (found.state === 'draft' && found.orgId !== actor.org.id)) throw Problem.notFound()
  return found
}

/** Of the actor's own unit, at the version she saw. @throws Problem.notFound, denied, honourChanged */
export async function getLed(tx: Tx, actor: Actor, id: string, version: number): Promise<StoredCampaign> {
  const found = await getCampaign(tx, actor, id)
  if (found.orgId !== actor.org.id) throw Problem.denied({ what: '只有主办单位可以办理' })
  if (found.version !== version) throw Problem.honourChanged()
  return found
}

/** Writes columns of a campaign by compare-and-set. @throws Problem.honourChanged */
export async function setCampaign(
  tx: Tx,
  { id, version }: Pick<StoredCampaign, 'id' | 'version'>,
  set: RawBuilder<unknown>,
): Promise<void> {
  const done = await first(
    tx,
    sql`UPDATE app.honour_campaign SET ${set}, version = version + 1 WHERE id = ${id}::uuid AND version = ${version} RETURNING 1`,
  )
  if (!done) throw Problem.honourChanged()
}

export type StoredNomination = Nominee & {
  id: string
  districtId: number
  campaignId: string
  orgId: number
  scope: string
  org: OrgBrief
  state: NominationState
  turnOf: number | null
  turn: OrgBrief | null
  noticeId: string | null
  reason: string
  submittedBy: string
  submittedPerson: string
  recordId: string | null
  recordDistrictId: number | null
  version: number
}

const nominationColumns = sql`n.id, n.district_id AS "districtId", n.campaign_id AS "campaignId", n.org_id AS "orgId", o.scope_code AS scope, ${briefOf('o')} AS org, n.state,
  n.turn_of AS "turnOf", CASE WHEN t.id IS NULL THEN NULL ELSE ${briefOf('t')} END AS turn, n.notice_id AS "noticeId", n.reason, n.submitted_by AS "submittedBy",
  n.submitted_person AS "submittedPerson", n.record_id AS "recordId", n.record_district_id AS "recordDistrictId", n.version, n.type_key AS "typeKey",
  n.person_id AS "personId", n.name, n.employer, n.sex, n.nation, n.birth_month AS "birthMonth", n.politics, n.education, n.job_title AS "jobTitle", n.position,
  n.post_kind AS "postKind", n.front_since AS "frontSince", n.is_industrial AS "isIndustrial", n.is_migrant AS "isMigrant", n.is_head AS "isHead",
  n.is_non_public AS "isNonPublic", n.size, n.women, n.head_name AS "headName", n.head_is_woman AS "headIsWoman", n.founded_on AS "foundedOn", n.motto, n.before,
  n.deeds_short AS "deedsShort", n.deeds`

export const nominationsWhere = (tx: Tx, where: RawBuilder<unknown>): Promise<StoredNomination[]> =>
  rows<StoredNomination>(
    tx,
    sql`SELECT ${nominationColumns} FROM app.honour_nomination n JOIN app.org o ON o.id = n.org_id LEFT JOIN app.org t ON t.id = n.turn_of
      WHERE ${where} ORDER BY n.type_key, n.created_at, n.id`,
  )

/** Who of the units above sees what of a unit: what it still drafts is its own. */
export const seenBy = (actor: Actor): RawBuilder<unknown> =>
  sql`(n.org_id = ${actor.org.id} OR n.state NOT IN ('draft', 'unitNotice', 'withdrawn'))`

/** @throws Problem.notFound */
export async function getNomination(tx: Tx, actor: Actor, id: string): Promise<StoredNomination> {
  const [found] = await nominationsWhere(tx, sql`n.id = ${id}::uuid AND ${seenBy(actor)}`)
  if (!found) throw Problem.notFound()
  return found
}

/** What a nomination becomes, and that it is so from this moment on: the term of whoever has it now begins. */
export const standsNow = (state: NominationState): RawBuilder<unknown> =>
  sql`state = ${state}, turned_at = now()`

/** @throws Problem.honourChanged */
export async function setNomination(
  tx: Tx,
  { id, version }: Pick<StoredNomination, 'id' | 'version'>,
  set: RawBuilder<unknown>,
): Promise<void> {
  const done = await first(
    tx,
    sql`UPDATE app.honour_nomination SET ${set}, version = version + 1 WHERE id = ${id}::uuid AND version = ${version} RETURNING 1`,
  )
  if (!done) throw Problem.honourChanged()
}

/** Honours in force of those nominated, by nomination. */
export async function honoursBefore(tx: Tx, campaignId: string): Promise<Map<string, HonourBefore[]>> {
  const found = await rows<HonourBefore & { id: string }>(
    tx,
    sql`SELECT nomination_id AS id, title, level, granted_on AS "grantedOn" FROM app.honours_before(${campaignId}::uuid) ORDER BY granted_on DESC`,
  )
  const by = new Map<string, HonourBefore[]>()
  for (const { id, ...honour } of found) by.set(id, [...(by.get(id) ?? []), honour])
  return by
}

export const titleOf = (campaign: Pick<StoredCampaign, 'types'>, key: string): HonourTitle => {
  const found = campaign.types.find((t) => t.key === key)
  if (!found) throw Problem.invalid({ issues: [{ field: 'typeKey', message: '请选择这次评选的称号' }] })
  return found
}
