import { sql } from 'kysely'
import type { AnyRow, Programme } from '#kit/programme.ts'
import { monthOf } from '#kit/day.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import { overtaken } from './act.server.ts'
import { enterChange } from './books.server.ts'
import { changesBetween } from './changes.ts'
import { historyOf } from './create.server.ts'
import { placements } from './place.server.ts'
import { insertOrigins } from './origin.server.ts'
import type { Origin } from './origin.ts'
import { insertHistory, replaceTyped, spineOfHead, type Loaded } from './rows.server.ts'
import { wordsOf, type Spine } from './spine.ts'

/** How the spine changes besides its values. */
export type Amendment = Partial<
  Pick<Spine, 'state' | 'turn_of' | 'submitted_by' | 'decided_by' | 'warnings' | 'warning_note' | 'co_hosts'>
> & {
  action: string
  reason: string | null
  /** Whose correction it is, when another accepts it. */
  accountId?: string
  /** The workbook that the new values came from. */
  origin?: Origin | null
}

/**
 * Replaces the values of a record: spine, typed row, history and books move together.
 * A new date may place the fact in another month; it stays in its district, since a unit's district of the month decides
 * only where rows lie (the owner's line decides where they count).
 */
export async function amendRecord(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  before: Loaded,
  row: AnyRow,
  how: Amendment,
): Promise<Spine> {
  const { spine } = before
  const [place] = await placements(tx, spine.org_id, [monthOf(String(row['endsOn']))])
  const next: Spine = {
    ...spine,
    ...spineOfHead(row),
    then_code: place!.then_code,
    then_view: spine.class <= 1 ? place!.then_view : null,
    state: how.state ?? spine.state,
    turn_of: how.turn_of === undefined ? spine.turn_of : how.turn_of,
    version: spine.version + 1,
    submitted_by: how.submitted_by ?? spine.submitted_by,
    decided_by: how.decided_by ?? spine.decided_by,
    co_hosts: how.co_hosts ?? spine.co_hosts,
    warnings: how.warnings ?? spine.warnings,
    warning_note: how.warning_note === undefined ? spine.warning_note : how.warning_note,
    words: wordsOf(row),
    updated_at: new Date().toISOString(),
  }
  const done = await first(
    tx,
    sql`UPDATE app.record r SET title = n.title, starts_on = n.starts_on, occurred_on = n.occurred_on, place = n.place,
      grade = n.grade, tags = n.tags, note = n.note, then_code = n.then_code, then_view = n.then_view, state = n.state,
      turn_of = n.turn_of, version = n.version, submitted_by = n.submitted_by, co_hosts = n.co_hosts, decided_by = n.decided_by,
      warnings = n.warnings, warning_note = n.warning_note, words = n.words, updated_at = n.updated_at
      FROM jsonb_populate_record(NULL::app.record, ${JSON.stringify(next)}::jsonb) n
      WHERE r.district_id = ${spine.district_id} AND r.id = ${spine.id}::uuid AND r.version = ${spine.version} RETURNING r.id`,
  )
  if (!done) throw await overtaken(tx, spine)
  replaceTyped(tx, programme, { spine: next, row })
  const changes = changesBetween(programme, before.row, row)
  const { actor } = work
  insertHistory(tx, [
    historyOf(
      next,
      how.accountId ? { accountId: how.accountId, org: { id: spine.org_id } } : actor,
      how.action,
      next.updated_at,
      { reason: how.reason, changes },
    ),
  ])
  insertOrigins(tx, [{ spine: next, origin: how.origin ?? null }])
  enterChange(
    work,
    deps.catalogue,
    programme,
    next,
    { row: before.row, state: spine.state },
    { row, state: next.state },
  )
  work.audit({
    districtId: spine.district_id,
    action: `record.${how.action}`,
    object: `${programme.key}:${spine.id}`,
    fields: changes.map((c) => c.field),
    body: row,
  })
  return next
}
