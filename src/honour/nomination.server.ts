import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { monthOf } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { openNotice, noticesOf } from '#publicNotice/open.server.ts'
import { reportingLine } from '#record/place.server.ts'
import { ruleOn } from '#rules/tables.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { NewOpinion, NominationAct, Nominee, OpinionStep } from './api.ts'
import { nomineeFaults, repeats } from './checks.ts'
import {
  getCampaign,
  getNomination,
  honoursBefore,
  setNomination,
  standsNow,
  titleOf,
  type StoredCampaign,
  type StoredNomination,
} from './load.server.ts'
import { honourEligibility } from './tables.ts'
import { tellBack, tellOpinion, tellSent } from './tell.server.ts'
import { campaignStateWords } from './words.ts'

const columns = (
  n: Nominee,
) => sql`type_key = ${n.typeKey}, person_id = ${n.personId}::uuid, name = ${n.name}, employer = ${n.employer}, sex = ${n.sex},
  nation = ${n.nation}, birth_month = ${n.birthMonth}, politics = ${n.politics}, education = ${n.education}, job_title = ${n.jobTitle}, position = ${n.position},
  post_kind = ${n.postKind}, front_since = ${n.frontSince}::date, is_industrial = ${n.isIndustrial}, is_migrant = ${n.isMigrant}, is_head = ${n.isHead},
  is_non_public = ${n.isNonPublic}, size = ${n.size}, women = ${n.women}, head_name = ${n.headName}, head_is_woman = ${n.headIsWoman},
  founded_on = ${n.foundedOn}::date, motto = ${n.motto}, before = ${n.before}, deeds_short = ${n.deedsShort}, deeds = ${n.deeds}`

const note = (
  work: UnitOfWork,
  action: string,
  n: { districtId: number; id: string },
  body?: unknown,
): void => work.audit({ districtId: n.districtId, action, object: `honourNomination:${n.id}`, body })

/** While a campaign takes nominations: from its first day to the end of its last. @throws Problem.invalid, honourState */
function mustTake(campaign: StoredCampaign, today: string): void {
  if (campaign.state !== 'open')
    throw Problem.honourState({ state: campaignStateWords[campaign.state], label: '推荐' })
  if (today < campaign.opensOn)
    throw Problem.invalid({ issues: [{ field: '', message: `推荐从 ${campaign.opensOn} 开始，请到时再报` }] })
  if (today > campaign.closesOn)
    throw Problem.invalid({
      issues: [{ field: '', message: `推荐已于 ${campaign.closesOn} 截止，如需补报请与主办单位联系` }],
    })
}

/** A person of the register is one whom the actor may read. @throws Problem.invalid */
async function mustKnow(tx: Tx, personId: string | null): Promise<void> {
  if (personId === null) return
  const found = await first(tx, sql`SELECT FROM app.person WHERE id = ${personId}::uuid AND state = 'active'`)
  if (!found)
    throw Problem.invalid({ issues: [{ field: 'personId', message: '会员名册里没有这个人，请重新选择' }] })
}

/** Begins a nomination of the own unit: a draft, whatever it still lacks. @throws Problem */
export async function beginNomination(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  { campaignId, ...body }: Nominee & { campaignId: string },
): Promise<{ id: string; version: number }> {
  const { actor } = work
  const campaign = await getCampaign(tx, actor, campaignId)
  mustTake(campaign, deps.today())
  titleOf(campaign, body.typeKey)
  if (body.name === '') throw Problem.invalid({ issues: [{ field: 'name', message: '请填写姓名或名称' }] })
  await mustKnow(tx, body.personId)
  const id = uuidv7()
  await sql`INSERT INTO app.honour_nomination (district_id, id, campaign_id, org_id, type_key, name, employer, submitted_by, submitted_person)
    VALUES (${actor.org.districtId}, ${id}::uuid, ${campaignId}::uuid, ${actor.org.id}, ${body.typeKey}, ${body.name}, ${body.employer},
      ${actor.accountId}::uuid, ${actor.personId}::uuid)`.execute(tx)
  await sql`UPDATE app.honour_nomination SET ${columns(body)} WHERE id = ${id}::uuid`.execute(tx)
  note(work, 'honour.nominate', { id, districtId: actor.org.districtId }, body)
  return { id, version: 1 }
}

async function getOwn(tx: Tx, actor: Actor, id: string, version: number): Promise<StoredNomination> {
  const found = await getNomination(tx, actor, id)
  if (found.orgId !== actor.org.id) throw Problem.denied({ what: '只有推荐单位可以修改推荐表' })
  if (found.version !== version) throw Problem.honourChanged()
  return found
}

/** Changes a draft of the own unit. @throws Problem */
export async function changeNomination(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { version, ...body }: Nominee & { version: number },
): Promise<{ version: number }> {
  const found = await getOwn(tx, work.actor, id, version)
  if (found.state !== 'draft') throw Problem.nominationState({ state: found.state, label: '修改' })
  const campaign = await getCampaign(tx, work.actor, found.campaignId)
  titleOf(campaign, body.typeKey)
  await mustKnow(tx, body.personId)
  await setNomination(tx, found, columns(body))
  note(work, 'honour.editNomination', found, body)
  return { version: version + 1 }
}

/** What a nomination breaks today: what it lacks, and honours that bar its title. */
export async function faultsOf(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  campaign: StoredCampaign,
  n: StoredNomination,
) {
  const today = deps.today()
  const { value } = await ruleOn(tx, honourEligibility, today)
  const title = titleOf(campaign, n.typeKey)
  const before = (await honoursBefore(tx, campaign.id)).get(n.id) ?? []
  return [...nomineeFaults(n, title, value, today), ...repeats(title, before)]
}

const given = (tx: Tx, id: string) =>
  rows<{ step: OpinionStep; agrees: boolean }>(
    tx,
    sql`SELECT step, agrees FROM app.honour_opinion WHERE nomination_id = ${id}::uuid`,
  )

/** Which opinions of her own unit come before it is shown there. */
export const ownSteps = (
  campaign: Pick<StoredCampaign, 'kind'>,
  n: Pick<Nominee, 'isHead'>,
): OpinionStep[] =>
  campaign.kind === 'family' ? ['union'] : ['party', 'union', ...(n.isHead ? (['outside'] as const) : [])]

/**
 * An opinion: of the unit's party and union while it drafts, of the unit above when it is its turn.
 * What disagrees above goes back to the unit with the reason. @throws Problem
 */
export async function giveOpinion(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { step, agrees, body, version }: NewOpinion,
): Promise<void> {
  const { actor } = work
  const found = await getNomination(tx, actor, id)
  if (found.version !== version) throw Problem.honourChanged()
  const isUpper = step === 'upper'
  if (isUpper ? found.turnOf !== actor.org.id : found.orgId !== actor.org.id)
    throw Problem.denied({ what: isUpper ? '现在不由本单位审核' : '这项意见由推荐单位填写' })
  if (found.state !== (isUpper ? 'upper' : 'draft'))
    throw Problem.nominationState({ state: found.state, label: '填写意见' })
  if (isUpper && found.submittedPerson === actor.personId) throw Problem.sameDecider()
  if (body.length < 2) throw Problem.invalid({ issues: [{ field: 'body', message: '请写明意见' }] })
  await sql`INSERT INTO app.honour_opinion (district_id, nomination_id, step, org_id, agrees, body, given_on, account_id)
    VALUES (${found.districtId}, ${id}::uuid, ${step}, ${actor.org.id}, ${agrees}, ${body}, ${deps.today()}::date, ${actor.accountId}::uuid)
    ON CONFLICT ON CONSTRAINT honour_opinion_pkey DO UPDATE SET org_id = excluded.org_id, agrees = excluded.agrees, body = excluded.body,
      given_on = excluded.given_on, account_id = excluded.account_id`.execute(tx)
  const campaign = await getCampaign(tx, actor, found.campaignId)
  if (!isUpper) await setNomination(tx, found, sql`reason = reason`)
  else if (agrees) {
    await mustFit(tx, campaign, found)
    await setNomination(tx, found, sql`${standsNow('listed')}, turn_of = NULL, reason = ''`)
  } else await setNomination(tx, found, sql`${standsNow('draft')}, turn_of = NULL, reason = ${body}`)
  if (isUpper) tellOpinion(tx, work, campaign, found, agrees)
  note(work, 'honour.opinion', found, { step, agrees, body })
}

/** Places that are left for a unit: of the nearest quota at or above it, where the title has any. @throws Problem.invalid */
async function mustFit(tx: Tx, campaign: StoredCampaign, n: StoredNomination): Promise<void> {
  const own = campaign.quotas.filter((q) => q.type === n.typeKey)
  if (own.length === 0) return
  const units = await rows<{ id: number; scope: string; name: string }>(
    tx,
    sql`SELECT id, scope_code AS scope, short_name AS name FROM app.org WHERE id = ANY (${own.map((q) => q.org)}::int[]) AND starts_with(${n.scope}, scope_code)
      ORDER BY length(scope_code) DESC`,
  )
  const [unit] = units
  const title = titleOf(campaign, n.typeKey).name
  if (!unit)
    throw Problem.invalid({ issues: [{ field: 'typeKey', message: `本单位没有分到“${title}”的名额` }] })
  const places = own.find((q) => q.org === unit.id)!.places
  const used = await first<{ n: number }>(
    tx,
    sql`SELECT app.places_taken(${campaign.id}::uuid, ${n.typeKey}, ${unit.scope}, ${n.id}::uuid) AS n`,
  )
  if (used!.n >= places)
    throw Problem.invalid({
      issues: [{ field: 'typeKey', message: `“${title}”分给${unit.name}的 ${places} 个名额已经报满` }],
    })
}

/** The unit that hears it next: the nearest district or industry above that is not the organiser's own or beyond; null = the organiser. */
async function upperOf(
  deps: Deps,
  tx: Tx,
  campaign: StoredCampaign,
  n: StoredNomination,
): Promise<number | null> {
  const line = await reportingLine(tx, n.orgId, monthOf(deps.today()))
  const to = line.findIndex((o) => o.id === campaign.orgId)
  const between = line.slice(1, to < 0 ? line.length : to)
  return between.find((o) => o.tier === 'district' || o.tier === 'industry')?.id ?? null
}

/** Shows it in the unit, sends it up after that, or takes it back. @throws Problem */
export async function moveNomination(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: NominationAct,
): Promise<void> {
  const { act, version } = given
  if (act === 'return') return returnNomination(tx, work, id, given)
  const found = await getOwn(tx, work.actor, id, version)
  const campaign = await getCampaign(tx, work.actor, found.campaignId)
  const refuse = (label: string) => Problem.nominationState({ state: found.state, label })
  if (act === 'withdraw') {
    if (!['draft', 'unitNotice', 'upper'].includes(found.state)) throw refuse('撤回')
    await setNomination(tx, found, sql`${standsNow('withdrawn')}, turn_of = NULL`)
    return note(work, 'honour.withdraw', found)
  }
  mustTake(campaign, deps.today())
  const issues = await faultsOf(deps, tx, campaign, found)
  if (issues.length > 0) throw Problem.invalid({ issues })
  if (act === 'notice') {
    if (found.state !== 'draft') throw refuse('公示')
    await mustBeHeard(tx, campaign, found)
    const notice = await openNotice(deps, tx, work, {
      kind: campaign.kind,
      subject: `honourNomination:${id}`,
      title: `${campaign.title}推荐对象公示`,
      lines: [{ name: found.name, unitName: found.employer, detail: titleOf(campaign, found.typeKey).name }],
      ...(campaign.kind === 'honour' ? { days: 'unit' as const } : {}),
    })
    await setNomination(tx, found, sql`${standsNow('unitNotice')}, notice_id = ${notice.id}::uuid`)
    return note(work, 'honour.unitNotice', found)
  }
  // A family is heard of by the whole city, not in a unit first.
  const straight = campaign.kind === 'family' && found.state === 'draft'
  if (found.state !== 'unitNotice' && !straight) throw refuse('上报')
  if (straight) await mustBeHeard(tx, campaign, found)
  else await mustHavePassed(deps, tx, found)
  await mustFit(tx, campaign, found)
  const upper = await upperOf(deps, tx, campaign, found)
  await setNomination(
    tx,
    found,
    upper === null
      ? sql`${standsNow('listed')}, turn_of = NULL, reason = ''`
      : sql`${standsNow('upper')}, turn_of = ${upper}, reason = ''`,
  )
  tellSent(tx, work, campaign, found.id, upper)
  note(work, 'honour.send', found)
}

async function mustBeHeard(tx: Tx, campaign: StoredCampaign, n: StoredNomination): Promise<void> {
  const opinions = await given(tx, n.id)
  const lacking = ownSteps(campaign, n).filter((step) => !opinions.some((o) => o.step === step && o.agrees))
  if (lacking.length > 0)
    throw Problem.invalid({
      issues: lacking.map((step) => ({
        field: `opinion.${step}`,
        message:
          step === 'party'
            ? '请先填写单位党组织的同意意见'
            : step === 'union'
              ? '请先填写单位工会的同意意见'
              : '企业负责人要先征求有关部门的意见',
      })),
    })
}

/** @throws Problem.noticeNotPassed */
async function mustHavePassed(deps: Deps, tx: Tx, n: StoredNomination): Promise<void> {
  const notice = n.noticeId === null ? undefined : (await noticesOf(deps, tx, [n.noticeId])).get(n.noticeId)
  if (notice?.state !== 'passed')
    throw Problem.noticeNotPassed({ state: notice?.state ?? 'withdrawn', closesOn: notice?.closesOn ?? '' })
}

/** The organiser sends one back that it has on its list, while units may still mend. @throws Problem */
async function returnNomination(tx: Tx, work: UnitOfWork, id: string, given: NominationAct): Promise<void> {
  const { reason = '', version } = given
  const found = await getNomination(tx, work.actor, id)
  if (found.version !== version) throw Problem.honourChanged()
  const campaign = await getCampaign(tx, work.actor, found.campaignId)
  if (campaign.orgId !== work.actor.org.id) throw Problem.denied({ what: '只有主办单位可以退回' })
  if (campaign.state !== 'open' || found.state !== 'listed')
    throw Problem.nominationState({ state: found.state, label: '退回' })
  if (reason.length < 4)
    throw Problem.invalid({ issues: [{ field: 'reason', message: '请写明退回理由（至少 4 个字）' }] })
  await setNomination(tx, found, sql`${standsNow('draft')}, turn_of = NULL, reason = ${reason}`)
  tellBack(tx, work, campaign, found)
  note(work, 'honour.return', found, { reason })
}
