import { sql } from 'kysely'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import {
  auditWithdrawn,
  noticesOf,
  openNotice,
  withdrawNotice,
  type NoticeFacts,
} from '#publicNotice/open.server.ts'
import { blockedLines, objectedTo } from '#publicNotice/state.ts'
import { ruleOn } from '#rules/tables.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { refuse, type Stored } from './class.server.ts'
import { hindranceWords } from './noticed.ts'
import { childcareNotice } from './rules.ts'

type Shown = Pick<Stored, 'district_id' | 'id' | 'notice_id'>

const setNotice = (tx: Tx, { district_id, id }: Shown, notice: string | null) =>
  sql`UPDATE app.childcare_class SET notice_id = ${notice}::uuid WHERE district_id = ${district_id} AND id = ${id}::uuid`.execute(
    tx,
  )

/** Shows everybody which class the city is about to help open. @throws Problem.invalid where it is shown already */
export async function showClass(deps: Deps, tx: Tx, work: UnitOfWork, found: Stored): Promise<void> {
  if (found.notice_id !== null) throw refuse('act', '已经公示过，不用再公示')
  const unit = await first<{ name: string }>(tx, sql`SELECT name FROM app.org WHERE id = ${found.org_id}`)
  const { id } = await openNotice(deps, tx, work, {
    kind: 'other',
    subject: `childcareClass:${found.id}`,
    title: `${found.title}拟开办公示`,
    lines: [{ name: found.title, unitName: unit!.name, detail: `${found.place}，${found.places} 个托位` }],
  })
  await setNotice(tx, found, id)
}

/** Takes the notice down with the application that goes back. */
export async function unshowClass(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  found: Stored,
  reason: string,
): Promise<void> {
  if (found.notice_id === null) return
  await withdrawNotice(deps, tx, work, found.notice_id, reason)
  await setNotice(tx, found, null)
}

/** The same by the unit that gives up what the city approved: the notice is the city's, so the database looks whether it may. */
export async function unshowOwn(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  found: Stored,
  reason: string,
): Promise<void> {
  if (found.notice_id === null) return
  await sql`SELECT app.withdraw_childcare_notice(${found.district_id}::int, ${found.id}::uuid, ${deps.today()}::date, ${reason})`.execute(
    tx,
  )
  auditWithdrawn(work, found.notice_id, reason)
  await setNotice(tx, found, null)
}

export async function noticeOf(deps: Deps, tx: Tx, id: string | null): Promise<NoticeFacts | null> {
  return id === null ? null : ((await noticesOf(deps, tx, [id])).get(id) ?? null)
}

/** Why a class may not be approved yet, or null. */
function whyNot(notice: NoticeFacts | null, isAsked: boolean): string | null {
  if (notice === null) return isAsked ? '按规则表“托管班开办公示”，公示期满才能同意开班，请先公示' : null
  if (notice.state === 'open') return `公示到 ${notice.closesOn} 当日为止，次日起才能同意开班`
  if (notice.state === 'passed' && blockedLines(notice).length === 0) return null
  return hindranceWords[objectedTo(notice) ?? 'open']
}

/** Whether nothing that was or must be shown stands in the way of an approval today. */
export async function whyNotApproved(
  deps: Deps,
  tx: Tx,
  { notice_id: id }: Pick<Stored, 'notice_id'>,
): Promise<string | null> {
  const { value } = await ruleOn(tx, childcareNotice, deps.today())
  return whyNot(await noticeOf(deps, tx, id), value.isAsked)
}
