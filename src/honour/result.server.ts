import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { Issue } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { enterAccepted } from '#record/flow.server.ts'
import { blockedLines } from '#publicNotice/state.ts'
import { noticesOf, openNotice, withdrawNotice } from '#publicNotice/open.server.ts'
import { readRules } from '#rules/tables.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Decision, Grant } from './api.ts'
import { shareFault, sharesOf } from './checks.ts'
import { wrong } from './campaign.server.ts'
import {
  getLed,
  nominationsWhere,
  setCampaign,
  setNomination,
  standsNow,
  titleOf,
  type StoredCampaign,
  type StoredNomination,
} from './load.server.ts'
import { readCampaign } from './read.server.ts'
import { honourJury, honourShares } from './tables.ts'
import { tellDecided, tellProposed } from './tell.server.ts'

const note = (work: UnitOfWork, action: string, id: string, body?: unknown): void =>
  work.audit({ districtId: work.actor.org.districtId, action, object: `honourCampaign:${id}`, body })

const chosenOf = (tx: Tx, id: string): Promise<StoredNomination[]> =>
  nominationsWhere(tx, sql`n.campaign_id = ${id}::uuid AND n.state = 'chosen'`)

/** What a list as a whole breaks: places of each title, enough scores, the shares of persons. */
async function listFaults(
  deps: Deps,
  tx: Tx,
  campaign: StoredCampaign,
  list: readonly StoredNomination[],
): Promise<Issue[]> {
  const book = await readRules(tx)
  const jury = book.on(honourJury, deps.today()).value
  const faults: Issue[] = []
  for (const type of campaign.types) {
    const n = list.filter((one) => one.typeKey === type.key).length
    if (n > type.places)
      faults.push({ field: 'nominations', message: `“${type.name}”选了 ${n} 个，名额只有 ${type.places} 个` })
  }
  const given = await rows<{ id: string; n: number }>(
    tx,
    sql`SELECT nomination_id AS id, count(*)::int AS n FROM app.scores_given(${campaign.id}::uuid) WHERE NOT recused GROUP BY 1`,
  )
  for (const one of list) {
    const n = given.find((g) => g.id === one.id)?.n ?? 0
    if (n < jury.leastJurors)
      faults.push({
        field: 'nominations',
        message: `“${one.name}”只有 ${n} 位评委打分，至少要 ${jury.leastJurors} 位`,
      })
  }
  const persons = list.filter((one) =>
    ['个人', '女职工工作者'].includes(titleOf(campaign, one.typeKey).subject),
  )
  if (campaign.hasShares)
    for (const share of sharesOf(persons, book.on(honourShares, deps.today()).value))
      if (!share.keeps) faults.push({ field: 'nominations', message: `个人名单中${shareFault(share)}` })
  return faults
}

/** Puts a list before the party group: of those listed, within places and shares. @throws Problem */
export async function proposeList(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { nominations, version }: { nominations: readonly string[]; version: number },
): Promise<void> {
  const led = await getLed(tx, work.actor, id, version)
  if (led.state !== 'jury') throw wrong(led, '提交审定')
  const wanted = [...new Set(nominations)]
  const list = await nominationsWhere(
    tx,
    sql`n.campaign_id = ${id}::uuid AND n.state = 'listed' AND n.id = ANY (${wanted}::uuid[])`,
  )
  if (list.length < wanted.length)
    throw Problem.invalid({
      issues: [{ field: 'nominations', message: '所选的推荐有变动，请刷新后重新选择' }],
    })
  const { rows: lines } = await readCampaign(deps, tx, work.actor, id)
  const broken = lines.filter((line) => wanted.includes(line.id) && line.faults.length > 0)
  const issues = [
    ...broken.map((line) => ({
      field: 'nominations',
      message: `“${line.name}”：${line.faults[0]!.message}`,
    })),
    ...(await listFaults(deps, tx, led, list)),
  ]
  if (issues.length > 0) throw Problem.invalid({ issues })
  for (const one of list) await setNomination(tx, one, sql`${standsNow('chosen')}`)
  await setCampaign(
    tx,
    led,
    sql`state = 'party', proposed_by = ${work.actor.accountId}::uuid, decided_by = NULL, reason = ''`,
  )
  tellProposed(tx, work, led)
  note(work, 'honour.propose', id, wanted)
}

/** The party group's word, entered by another person than proposed: the list is shown to everybody, or goes back. @throws Problem */
export async function decideList(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { agrees, reason, version }: Decision,
): Promise<void> {
  const led = await getLed(tx, work.actor, id, version)
  if (led.state !== 'party') throw wrong(led, '审定')
  if (led.proposedBy === work.actor.accountId) throw Problem.sameDecider()
  const list = await chosenOf(tx, id)
  if (!agrees) {
    if (reason.length < 4)
      throw Problem.invalid({ issues: [{ field: 'reason', message: '请写明不同意的理由（至少 4 个字）' }] })
    for (const one of list) await setNomination(tx, one, sql`${standsNow('listed')}`)
    await setCampaign(tx, led, sql`state = 'jury', proposed_by = NULL, reason = ${reason}`)
    tellDecided(tx, work, led, false)
    return note(work, 'honour.sendBack', id, { reason })
  }
  const notice = await openNotice(deps, tx, work, {
    kind: led.kind,
    subject: `honourCampaign:${id}`,
    title: `${led.title}拟表彰名单公示`,
    lines: list.map((n) => ({ name: n.name, unitName: n.employer, detail: titleOf(led, n.typeKey).name })),
  })
  await setCampaign(
    tx,
    led,
    sql`state = 'notice', decided_by = ${work.actor.accountId}::uuid, notice_id = ${notice.id}::uuid, reason = ${reason}`,
  )
  tellDecided(tx, work, led, true)
  note(work, 'honour.decide', id, { reason })
}

/** Takes the list back before the jury while it is shown, say for a valid objection that opens a place. @throws Problem */
export async function reopenList(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { reason, version }: { reason: string; version: number },
): Promise<void> {
  const led = await getLed(tx, work.actor, id, version)
  if (led.state !== 'notice' || led.noticeId === null) throw wrong(led, '撤回名单')
  if (reason.length < 4)
    throw Problem.invalid({ issues: [{ field: 'reason', message: '请写明撤回的理由（至少 4 个字）' }] })
  await withdrawNotice(deps, tx, work, led.noticeId, reason)
  for (const one of await chosenOf(tx, id)) await setNomination(tx, one, sql`${standsNow('listed')}`)
  await setCampaign(
    tx,
    led,
    sql`state = 'jury', proposed_by = NULL, decided_by = NULL, notice_id = NULL, reason = ${reason}`,
  )
  note(work, 'honour.reopen', id, { reason })
}

/** The record of an honour, from the nomination that won it. */
function recordOf(campaign: StoredCampaign, n: StoredNomination, { docNo, grantedOn }: Grant) {
  const title = titleOf(campaign, n.typeKey)
  const named = `${n.name}获${title.name}`
  return {
    title: [...named].slice(0, 60).join(''),
    grade: '实名',
    subject: title.subject,
    honoree: n.name,
    employer: n.employer,
    ...(title.subject === '集体' ? { size: n.size, women: n.women } : {}),
    grantedOn,
    docNo,
    titles: [{ honourType: title.name, giver: campaign.organiser.name, level: title.level }],
  }
}

/**
 * Grants what was shown and stood: a record each, accepted by the flow; lines with a valid objection are left out.
 * @throws Problem.noticeNotPassed, invalid, honourState
 */
export async function grantHonours(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: Grant,
): Promise<{ records: string[]; blocked: number }> {
  const led = await getLed(tx, work.actor, id, given.version)
  if (led.state !== 'notice' || led.noticeId === null) throw wrong(led, '表彰')
  const notice = (await noticesOf(deps, tx, [led.noticeId])).get(led.noticeId)!
  if (notice.state !== 'passed')
    throw Problem.noticeNotPassed({ state: notice.state, closesOn: notice.closesOn })
  const issues: Issue[] = []
  if (given.docNo.length < 4) issues.push({ field: 'docNo', message: '请填写表彰决定的文号' })
  if (given.grantedOn <= notice.closesOn)
    issues.push({ field: 'grantedOn', message: `授予日期应在公示期满（${notice.closesOn}）以后` })
  else if (given.grantedOn > deps.today())
    issues.push({ field: 'grantedOn', message: '授予日期还没有到，请到时再办' })
  if (issues.length > 0) throw Problem.invalid({ issues })
  const programme = deps.findProgramme('honour')!
  // Lines of the notice stand in the order in which the list was read.
  const list = await chosenOf(tx, id)
  const blocked = blockedLines(notice)
  const records: string[] = []
  for (const [at, n] of list.entries()) {
    if (blocked.includes(at + 1)) {
      await setNomination(tx, n, sql`${standsNow('blocked')}`)
      continue
    }
    const record = await enterAccepted(
      deps,
      tx,
      work,
      programme,
      {
        orgId: n.orgId,
        accountId: n.submittedBy,
        personId: n.submittedPerson,
        reason: `${led.title}，公示期满`,
      },
      recordOf(led, n, given),
    )
    await setNomination(
      tx,
      n,
      sql`${standsNow('granted')}, record_id = ${record.id}::uuid, record_district_id = ${record.district_id}`,
    )
    records.push(record.id)
  }
  for (const n of await nominationsWhere(
    tx,
    sql`n.campaign_id = ${id}::uuid AND n.state IN ('listed', 'upper')`,
  ))
    await setNomination(tx, n, sql`${standsNow('notChosen')}, turn_of = NULL`)
  await setCampaign(
    tx,
    led,
    sql`state = 'granted', doc_no = ${given.docNo}, granted_on = ${given.grantedOn}::date`,
  )
  note(work, 'honour.grant', id, given)
  return { records, blocked: blocked.length }
}
