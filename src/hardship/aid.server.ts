import { sql, type RawBuilder } from 'kysely'
import { randomId } from '#crypto/provider.server.ts'
import { monthsAfter } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { mustAgree } from '#person/consent.server.ts'
import { readRules } from '#rules/tables.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { AidStep, NewAid } from './api.ts'
import { periodOf, periodWords } from './clock.ts'
import { loadFile } from './file.server.ts'
import { mustBeNamed, standsAt } from './hands.server.ts'
import { hardshipAid, hardshipTerms } from './rules.ts'
import { aidStateWords, fileStateWords, type AidState, type Duty, type Step } from './states.ts'
import { tellAid } from './told.server.ts'

export type AidDone = { id: string; state: AidState; version: number }

const refuse = (field: string, message: string): Problem => Problem.invalid({ issues: [{ field, message }] })

/**
 * Asks for aid to an open household: once for each kind and period, herself and her spouse together, up to the amount of the
 * rule. The claim is a row with a key: two who ask at once get one.
 * @throws Problem.notFound, denied, invalid, consentMissing, claimedAlready
 */
export async function askAid(deps: Deps, tx: Tx, work: UnitOfWork, given: NewAid): Promise<AidDone> {
  const { actor } = work
  const today = deps.today()
  const file = await loadFile(tx, given.fileId)
  if (!standsAt(actor, { at: 'either' }, file)) throw Problem.notFound()
  await mustBeNamed(tx, actor, 'enter')
  if (file.person_id === actor.personId) throw Problem.denied({ what: '本人的帮扶请由另一位经办人登记' })
  if (file.state !== 'open')
    throw Problem.denied({ what: `档案现为“${fileStateWords[file.state]}”，先建档、后帮扶` })
  const rules = await readRules(tx)
  const by = monthsAfter(file.rechecked_on!, rules.on(hardshipTerms, today).value.recheckMonths)
  if (today > by) throw Problem.denied({ what: `年度复核已于 ${by} 到期，请先复核，再申请帮扶` })
  await mustAgree(tx, file.person_id, 'hardship')
  const rule = rules.on(hardshipAid, today)
  const kind = rule.value.kinds.find((one) => one.kind === given.kind)
  if (!kind) throw refuse('kind', `现行标准里没有“${given.kind}”帮扶`)
  if (!(given.amount > 0) || Number(given.amount.toFixed(2)) !== given.amount)
    throw refuse('amount', '请填写金额，最多两位小数')
  if (given.amount > kind.most)
    throw refuse('amount', `${given.kind}帮扶每次最高 ${kind.most} 元（${rule.basis.split('；')[0]}）`)
  const row = {
    id: randomId(),
    file_id: file.id,
    person_id: file.person_id,
    org_id: file.org_id,
    centre_id: file.centre_id,
    kind: given.kind,
    period: periodOf(today, kind.period),
    amount: given.amount,
    fund: given.fund,
    rule_version: rule.version,
    state: 'asked',
    version: 1,
    asked_on: today,
    entered_person: actor.personId,
  }
  await sql`INSERT INTO app.hardship_aid SELECT * FROM jsonb_populate_record(NULL::app.hardship_aid, ${JSON.stringify(row)}::jsonb)`.execute(
    tx,
  )
  await sql`INSERT INTO app.hardship_claim (id_index, kind, period, aid_id)
    SELECT k.id_index, ${row.kind}, ${row.period}, ${row.id}::uuid FROM app.hardship_kin k
    WHERE k.file_id = ${file.id}::uuid AND k.is_claimant ORDER BY k.id_index`.execute(tx)
  await touch(deps, tx, file.id)
  tellTurn(tx, work, row.id, 'asked')
  auditAid(work, 'ask', row.id, `${row.kind}，${periodWords(row.period)}`)
  return { id: row.id, state: 'asked', version: 1 }
}

const touch = (deps: Deps, tx: Tx, fileId: string) =>
  sql`UPDATE app.hardship_file SET touched_on = ${deps.today()}::date WHERE id = ${fileId}::uuid`.execute(tx)

export type StoredAid = {
  id: string
  /** Null for condolence money. */
  file_id: string | null
  person_id: string
  org_id: number
  centre_id: number
  kind: string
  fund: string
  amount: number
  state: AidState
  version: number
  entered_person: string
  checked_person: string | null
  approved_person: string | null
  paid_on: string | null
  claim: Buffer | null
}

/** Steps of an aid: whose, from which states, and who has had it in hand already. */
export const aidWays: Readonly<
  Record<AidStep['step'], { label: string; at: 'either' | 'centre'; by: Duty; from: readonly AidState[] }>
> = {
  check: { label: '核对', at: 'either', by: 'check', from: ['asked'] },
  approve: { label: '审批', at: 'centre', by: 'approve', from: ['checked'] },
  refuse: { label: '不予发放', at: 'centre', by: 'approve', from: ['asked', 'checked', 'approved'] },
  receipt: { label: '登记签收', at: 'either', by: 'enter', from: ['paid'] },
}

/** Who has had an aid in hand: whoever takes its next step is another person. */
export const hadAid = ({
  entered_person,
  checked_person,
  approved_person,
}: Pick<StoredAid, 'entered_person' | 'checked_person' | 'approved_person'>): (string | null)[] => [
  entered_person,
  checked_person,
  approved_person,
]

/** The same of an aid `g`, as a condition. */
export const hadNoAid = (personId: string): RawBuilder<unknown> =>
  sql`${personId}::uuid <> ALL (array_remove(ARRAY[g.entered_person, g.checked_person, g.approved_person], NULL))`

/** Who has an aid next, by its state. */
export const aidTurns: Readonly<Partial<Record<AidState, Pick<Step, 'at' | 'by'>>>> = {
  asked: { at: aidWays.check.at, by: [aidWays.check.by] },
  checked: { at: aidWays.approve.at, by: [aidWays.approve.by] },
  approved: { at: 'centre', by: ['pay'] },
}

export function tellTurn(tx: Tx, work: UnitOfWork, aid: string, state: AidState): void {
  const to = aidTurns[state]
  if (to) tellAid(tx, work, aid, to, { state, words: aidStateWords[state] })
}

/** Takes a step of an aid. @throws Problem.notFound, denied, wrongState, fourEyes, fileChanged, invalid */
export async function takeAidStep(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: AidStep,
): Promise<AidDone> {
  const { actor } = work
  const aid = await first<StoredAid>(
    tx,
    sql`SELECT * FROM app.hardship_aid WHERE id = ${id}::uuid FOR UPDATE`,
  )
  if (!aid) throw Problem.notFound()
  const way = aidWays[given.step]
  if (!standsAt(actor, way, aid)) throw Problem.denied({ what: `“${way.label}”由帮扶中心办理` })
  await mustBeNamed(tx, actor, way.by)
  if (aid.person_id === actor.personId) throw Problem.denied({ what: '本人的帮扶请由另一位经办人办理' })
  if (!way.from.includes(aid.state))
    throw Problem.wrongState({ state: aidStateWords[aid.state], label: way.label })
  if (aid.version !== given.version) throw Problem.fileChanged()
  if ((given.step === 'check' || given.step === 'approve') && hadAid(aid).includes(actor.personId))
    throw Problem.fourEyes({ what: `这一笔是您${aid.entered_person === actor.personId ? '登记' : '核对'}的` })
  const change = await changeOf(deps, tx, work, aid, given)
  const set = sql.raw(
    Object.keys(change)
      .map((name) => `${name} = n.${name}, `)
      .join(''),
  )
  const done = await first<Pick<StoredAid, 'state' | 'version'>>(
    tx,
    sql`UPDATE app.hardship_aid a SET ${set} version = a.version + 1
      FROM jsonb_populate_record(NULL::app.hardship_aid, ${JSON.stringify(change)}::jsonb) n
      WHERE a.id = ${id}::uuid AND a.version = ${given.version} RETURNING a.state, a.version`,
  )
  if (!done) throw Problem.fileChanged()
  if (aid.file_id !== null) await touch(deps, tx, aid.file_id)
  tellTurn(tx, work, id, done.state)
  auditAid(work, given.step, id, given.reason?.trim() ?? '')
  return { id, ...done }
}

async function changeOf(
  deps: Deps,
  tx: Tx,
  { actor }: UnitOfWork,
  aid: StoredAid,
  given: AidStep,
): Promise<object> {
  switch (given.step) {
    case 'check':
      return { state: 'checked', checked_person: actor.personId, turned_on: deps.today() }
    case 'approve':
      return { state: 'approved', approved_person: actor.personId, turned_on: deps.today() }
    case 'refuse': {
      const reason = given.reason?.trim()
      if (!reason) throw Problem.reasonMissing({ asks: '不予发放的理由', field: 'reason' })
      await sql`DELETE FROM app.hardship_claim WHERE aid_id = ${aid.id}::uuid`.execute(tx)
      return { state: 'refused', answer: reason }
    }
    case 'receipt': {
      const by = given.by?.trim()
      if (!by) throw refuse('by', '请填写签收人姓名')
      if (!given.on) throw refuse('on', '请填写签收日期')
      if (given.on > deps.today()) throw refuse('on', '签收日期不能晚于今天')
      if (given.on < aid.paid_on!) throw refuse('on', `签收日期不能早于到账日期（${aid.paid_on}）`)
      return { receipt_by: by, receipt_on: given.on }
    }
  }
}

export const auditAid = (work: UnitOfWork, step: string, id: string, body: string): void =>
  work.audit({
    districtId: work.actor.org.districtId,
    action: `hardshipAid.${step}`,
    object: `hardshipAid:${id}`,
    body,
  })
