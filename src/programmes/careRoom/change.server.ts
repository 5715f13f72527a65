import { sql } from 'kysely'
import { monthOf } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { AnyRow } from '#kit/row.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { decide } from '#identity/decide.ts'
import { problemOf } from '#identity/denied.ts'
import type { PolicyAction } from '#identity/policy.ts'
import { getRecord } from '#record/act.server.ts'
import { amendRecord } from '#record/amend.server.ts'
import { concernedMonths } from '#record/consent.ts'
import { mustBeValid } from '#record/valid.server.ts'
import { lockersOf } from '#record/lockMarks.server.ts'
import { placements } from '#record/place.server.ts'
import type { Loaded } from '#record/rows.server.ts'
import { placeOf, type Spine } from '#record/spine.ts'
import type { Deps } from '#server/deps.server.ts'
import { firstKeyed, type Tx } from '#server/database.server.ts'
import { careRoom } from './definition.ts'

/** Whether the actor may do something to a room. */
export const mayOn = (actor: Actor, action: PolicyAction, spine: Spine): boolean =>
  decide(actor, action, placeOf(spine)).allow

/** An accepted room on which the actor may do something. @throws Problem.notFound, denied, roomNotCounted */
export async function roomFor(tx: Tx, actor: Actor, id: string, action: PolicyAction): Promise<Loaded> {
  const room = await getRecord(tx, actor, careRoom, id)
  const verdict = decide(actor, action, placeOf(room.spine))
  if (!verdict.allow) throw problemOf(verdict.reason)
  if (room.spine.state !== 'accepted') throw Problem.roomNotCounted()
  return room
}

const monthWords = (months: readonly number[]): string =>
  months.map((ym) => `${Math.floor(ym / 100)}年${ym % 100}月`).join('、')

/**
 * Changes a room's record by what was found of it or given to it: its statements, its subsidy, its end. Those are facts of the
 * unit that keeps the ledger, not values that the owner reported; the history names them. A locked month stays as it was
 * published: there the owner corrects, and whoever locked agrees. So does a correction that waits.
 * @param field where the form shows what the record's own rules refuse
 * @throws Problem.roomLocked, pendingAlready, invalid, changed
 */
export async function changeRoom(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  before: Loaded,
  changes: AnyRow,
  act: { action: string; reason: string; field: string },
): Promise<void> {
  const { spine } = before
  const { startsOn: _, endsOn: __, ...body } = { ...before.row, ...changes }
  // Held from here on: neither a move nor a lock comes between what the locks say and what is written.
  await placements(tx, spine.org_id, [monthOf(deps.today())])
  const row = await readRow(tx, body, deps.today(), act.field)
  const months = concernedMonths(careRoom, before.row, row)
  if ((await lockersOf(tx, spine.org_id, months)).length > 0)
    throw Problem.roomLocked({ months: monthWords(months) })
  const waits = await firstKeyed(
    tx,
    sql`SELECT 1 FROM app.proposal WHERE record_district_id = ${spine.district_id} AND record_id = ${spine.id}::uuid AND state = 'submitted'`,
  )
  if (waits) throw Problem.pendingAlready()
  await amendRecord(deps, tx, work, careRoom, before, row, { action: act.action, reason: act.reason })
}

/** What the record's own rules refuse stands at the one field that the form has. */
async function readRow(tx: Tx, body: AnyRow, today: string, field: string): Promise<AnyRow> {
  try {
    return await mustBeValid(tx, careRoom, body, today)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw Problem.invalid({ issues: error.issues.slice(0, 1).map(({ message }) => ({ field, message })) })
  }
}
