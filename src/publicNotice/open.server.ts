import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { addDays } from '#kit/day.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { calendarAround } from '#rules/calendar.server.ts'
import { ruleOn } from '#rules/tables.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { NoticeKind } from './api.ts'
import { noticeDays } from './rules.ts'
import { noticeState, type NoticeState, type Objected } from './state.ts'

/** What a lifecycle puts up; names stand as everybody may read them. */
export type NewNotice = {
  kind: NoticeKind
  /** What it is about, `campaign:<id>`. */
  subject: string
  title: string
  note?: string
  lines: readonly { name: string; unitName: string; detail?: string }[]
  /** Where the rule's days of the kind are not those: `unit` for a unit's own list. */
  days?: 'unit'
}

/**
 * Opens a 公示 of the actor's unit; lines are numbered from 1 in the order given.
 * The day of opening is not counted: five working days from a Friday end on the next Friday.
 */
export async function openNotice(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  work: UnitOfWork,
  given: NewNotice,
): Promise<{ id: string; closesOn: string }> {
  const today = deps.today()
  const rule = await ruleOn(tx, noticeDays, today)
  const days = rule.value[given.days ?? given.kind]
  const closesOn = (await calendarAround(tx, today)).add(today, days)
  const { actor } = work
  const id = uuidv7()
  await sql`INSERT INTO app.public_notice (id, org_id, kind, subject, title, note, opened_on, closes_on, days, basis, shown_until, created_by)
    VALUES (${id}::uuid, ${actor.org.id}, ${given.kind}, ${given.subject}, ${given.title}, ${given.note ?? ''}, ${today}::date, ${closesOn}::date, ${days},
      ${rule.version}, ${addDays(closesOn, rule.value.keptDays)}::date, ${actor.accountId}::uuid)`.execute(tx)
  const lines = given.lines.map(({ name, unitName, detail = '' }, at) => ({
    notice_id: id,
    line: at + 1,
    name,
    unit_name: unitName,
    detail,
  }))
  await sql`INSERT INTO app.public_notice_line SELECT * FROM jsonb_populate_recordset(NULL::app.public_notice_line, ${JSON.stringify(lines)}::jsonb)`.execute(
    tx,
  )
  work.audit({
    districtId: actor.org.districtId,
    action: 'publicNotice.open',
    object: `publicNotice:${id}`,
    fields: [String(lines.length), closesOn],
    body: given,
  })
  return { id, closesOn }
}

/** Takes a notice off the public page, with the reason. */
export async function withdrawNotice(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  reason: string,
): Promise<void> {
  await sql`UPDATE app.public_notice SET withdrawn_on = ${deps.today()}::date, withdrawn_for = ${reason} WHERE id = ${id}::uuid AND withdrawn_on IS NULL`.execute(
    tx,
  )
  auditWithdrawn(work, id, reason)
}

export const auditWithdrawn = (work: UnitOfWork, id: string, reason: string): void =>
  work.audit({
    districtId: work.actor.org.districtId,
    action: 'publicNotice.withdraw',
    object: `publicNotice:${id}`,
    purpose: reason,
  })

export type NoticeFacts = {
  id: string
  openedOn: string
  closesOn: string
  withdrawnOn: string | null
  lines: number[]
  objections: Objected[]
  state: NoticeState
}

/** How notices stand, for the lifecycles that opened them: states and counts, no word of what was objected. */
export async function noticesOf(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, NoticeFacts>> {
  if (ids.length === 0) return new Map()
  const found = await rows<Omit<NoticeFacts, 'state'>>(
    tx,
    sql`SELECT n.id, n.opened_on AS "openedOn", n.closes_on AS "closesOn", n.withdrawn_on AS "withdrawnOn",
        (SELECT coalesce(jsonb_agg(l.line ORDER BY l.line), '[]') FROM app.public_notice_line l WHERE l.notice_id = n.id) AS lines,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('line', b.line, 'state', b.state)), '[]') FROM app.objections_of(ARRAY[n.id]) b) AS objections
      FROM app.public_notice n WHERE n.id = ANY (${[...new Set(ids)]}::uuid[])`,
  )
  return new Map(found.map((n) => [n.id, { ...n, state: noticeState(n, deps.today()) }]))
}
