import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { ruleOn } from '#rules/tables.server.ts'
import { firstKeyed, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { changeRoom, roomFor } from './change.server.ts'
import { heldRating, note, refuse } from './rating.server.ts'
import { subsidySteps, subsidyWords, type SubsidyState } from './rating.ts'
import type { SubsidyAct } from './ratingApi.ts'
import { roomSubsidies } from './tables.ts'

/** What the rule of a day gives for a grade. */
export async function amountFor(
  tx: Tx,
  grade: string,
  day: string,
): Promise<{ yuan: number; basis: string } | null> {
  const { value, basis, version } = await ruleOn(tx, roomSubsidies, day)
  const found = value.amounts.find((one) => one.grade === grade)
  return found ? { yuan: found.yuan, basis: `${version}　${basis}` } : null
}

/** Claims what a plaque brings, by the rule of the day it was granted; once. @throws Problem */
export async function enterSubsidy(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  ratingId: string,
): Promise<{ id: string }> {
  const { found, room } = await heldRating(tx, work.actor, ratingId, null)
  await roomFor(tx, work.actor, found.record_id, 'careRoom.pay')
  if (found.state !== 'granted' || found.granted_on === null) throw refuse('rating', '挂牌以后才能录入补助')
  const amount = await amountFor(tx, found.grade, found.granted_on)
  if (!amount) throw refuse('rating', `补助标准里没有“${found.grade}”，没有补助`)
  const id = uuidv7()
  await sql`INSERT INTO app.care_room_subsidy (district_id, id, org_id, record_id, rating_id, amount, basis, entered_by, entered_on)
    VALUES (${found.district_id}, ${id}::uuid, ${found.org_id}, ${found.record_id}::uuid, ${found.id}::uuid, ${amount.yuan}, ${amount.basis},
      ${work.actor.personId}::uuid, ${deps.today()}::date)`.execute(tx)
  note(work, room, 'subsidy', ['enter', String(amount.yuan)])
  return { id }
}

type Stored = {
  district_id: number
  record_id: string
  amount: number
  state: SubsidyState
  entered_by: string
  entered_on: string
  checked_by: string | null
  approved_by: string | null
  approved_on: string | null
}

/** The next of the four hands; none of them twice. What is paid stands in the record. @throws Problem */
export async function stepSubsidy(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: SubsidyAct,
): Promise<void> {
  const { actor } = work
  const found = await firstKeyed<Stored>(
    tx,
    sql`SELECT district_id, record_id, amount, state, entered_by, entered_on, checked_by, approved_by, approved_on FROM app.care_room_subsidy
      WHERE id = ${id}::uuid FOR UPDATE`,
  )
  if (!found) throw Problem.notFound()
  const room = await roomFor(tx, actor, found.record_id, 'careRoom.pay')
  const where = sql`WHERE district_id = ${found.district_id} AND id = ${id}::uuid`
  const today = deps.today()
  const who = sql`${actor.personId}::uuid`
  if (given.action === 'refuse') {
    const reason = given.reason?.trim() ?? ''
    if (found.state === 'paid' || found.state === 'refused')
      throw refuse('action', `现在是“${subsidyWords[found.state]}”，不能退回`)
    if (found.entered_by === actor.personId) throw Problem.sameMoneyHands()
    if (reason.length < 4) throw refuse('reason', '请写明理由（至少 4 个字）')
    await sql`UPDATE app.care_room_subsidy SET state = 'refused', reason = ${reason} ${where}`.execute(tx)
    note(work, room, 'subsidy', ['refuse'], reason)
    return
  }
  const step = subsidySteps[given.action]
  if (found.state !== step.from)
    throw refuse('action', `现在是“${subsidyWords[found.state]}”，不能“${step.label}”`)
  if ([found.entered_by, found.checked_by, found.approved_by].includes(actor.personId))
    throw Problem.sameMoneyHands()
  if (given.action === 'pay') {
    const voucher = given.voucher?.trim() ?? ''
    const paidOn = given.paidOn ?? today
    if (voucher === '') throw refuse('voucher', '请填写支付凭证号')
    if (paidOn > today) throw refuse('paidOn', `日期不能晚于今天（${today}）`)
    if (found.approved_on !== null && paidOn < found.approved_on)
      throw refuse('paidOn', `日期不能早于批准日期（${found.approved_on}）`)
    await sql`UPDATE app.care_room_subsidy SET state = 'paid', paid_by = ${who}, paid_on = ${paidOn}::date, voucher = ${voucher} ${where}`.execute(
      tx,
    )
    await changeRoom(
      deps,
      tx,
      work,
      room,
      { subsidy: Number(room.row['subsidy'] ?? 0) + found.amount },
      {
        action: 'subsidy',
        reason: `支付补助 ${found.amount} 元，凭证 ${voucher}`,
        field: 'action',
      },
    )
  } else if (given.action === 'check')
    await sql`UPDATE app.care_room_subsidy SET state = 'checked', checked_by = ${who}, checked_on = ${today}::date ${where}`.execute(
      tx,
    )
  else
    await sql`UPDATE app.care_room_subsidy SET state = 'approved', approved_by = ${who}, approved_on = ${today}::date ${where}`.execute(
      tx,
    )
  note(work, room, 'subsidy', [given.action, String(found.amount)])
}
