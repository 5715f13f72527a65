import { sql } from 'kysely'
import type { Programme } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { pacer } from '#intake/pace.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { actOn } from '../act.server.ts'
import { amendRecord } from '../amend.server.ts'
import type { Change } from '../api.ts'
import { deleteDraft, findProposal, removeProposal } from '../draft.server.ts'
import { loadRecords, type Loaded } from '../rows.server.ts'
import type { RecordState } from '../workflow.ts'
import { visible } from '../visible.server.ts'

type Doing = {
  deps: Deps
  tx: Tx
  work: UnitOfWork
  programme: Programme
  reason: string
  /** Records that a task has told of above. */
  reported: ReadonlySet<string>
}

/**
 * Takes back what a workbook became, each by the way that the form has: a new record is withdrawn, a draft thrown away, a
 * record submitted again gets its old values and state, a correction that waits is taken off. What went upward since (passed
 * on, decided, reported with a task) or was acted upon stays (decision 164).
 * @returns those taken back
 */
export async function undoLines(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  made: readonly string[],
  file: string,
): Promise<string[]> {
  const ids = made.filter((text) => /^(?:record|edit):/.test(text)).map((text) => text.split(':')[1]!)
  const reported = await reportedOf(tx, work.actor.org.id, ids)
  const doing = { deps, tx, work, programme, reason: `撤销导入《${file}》`, reported }
  const gone: string[] = []
  const pause = pacer()
  for (const text of new Set(made)) {
    const [kind, id = '', version = '', hosts = ''] = text.split(':')
    const isGone =
      kind === 'record'
        ? await withdrawn(doing, id)
        : kind === 'draft'
          ? await thrownAway(doing, id)
          : kind === 'edit'
            ? await putBack(doing, id, Number(version), hosts.split('.').filter(Boolean).map(Number))
            : await takenOff(doing, id)
    if (isGone) gone.push(text)
    await pause()
  }
  return gone
}

/** Those of the unit's records that stood in a period when it reported a task for it. */
async function reportedOf(tx: Tx, org: number, ids: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    tx,
    sql`SELECT r.id FROM app.record r WHERE r.id = ANY(${ids}::uuid[]) AND EXISTS (
      SELECT FROM app.task t JOIN app.task_answer a ON a.task_id = t.id AND a.org_id = ${org}
      WHERE t.programme = r.programme AND r.occurred_on BETWEEN t.from_on AND t.until_on
        AND a.state IN ('reported', 'closed') AND a.reported_at >= r.submitted_at)`,
  )
  return new Set(found.map((r) => r.id))
}

async function recordOf({ tx, work, programme, reported }: Doing, id: string): Promise<Loaded | null> {
  if (reported.has(id)) return null
  const own = work.actor.org.id
  const [found] = await loadRecords(
    tx,
    programme,
    sql`r.id = ${id}::uuid AND r.org_id = ${own} AND ${visible(work.actor)}`,
  )
  return found ?? null
}

async function withdrawn(doing: Doing, id: string): Promise<boolean> {
  const { deps, tx, work, programme, reason } = doing
  const found = await recordOf(doing, id)
  if (found?.spine.state !== 'submitted' || found.spine.version !== 1) return false
  await actOn(deps, tx, work, programme, id, { action: 'withdraw', version: 1, reason })
  return true
}

async function thrownAway({ tx, work }: Doing, id: string): Promise<boolean> {
  const draft = await findProposal(tx, work.actor, id)
  if (draft?.state !== 'open' || draft.sequence !== 1 || draft.org_id !== work.actor.org.id) return false
  await deleteDraft(tx, work, id)
  return true
}

async function takenOff({ tx, work, programme }: Doing, id: string): Promise<boolean> {
  const correction = await findProposal(tx, work.actor, id)
  if (correction?.state !== 'submitted' || correction.org_id !== work.actor.org.id) return false
  await removeProposal(tx, correction)
  work.audit({
    districtId: correction.district_id,
    action: 'draft.delete',
    object: `${programme.key}:${correction.record_id!}`,
  })
  return true
}

async function putBack(doing: Doing, id: string, version: number, hosts: number[]): Promise<boolean> {
  const { deps, tx, work, programme, reason } = doing
  const found = await recordOf(doing, id)
  if (found?.spine.state !== 'submitted' || found.spine.version !== version) return false
  const { spine, row } = found
  const steps = await rows<{ version: number; state: RecordState; changes: Change[] }>(
    tx,
    sql`SELECT version, state, changes FROM app.record_history WHERE district_id = ${spine.district_id}
      AND record_id = ${id}::uuid AND version IN (${version}, ${version - 1}) ORDER BY version`,
  )
  const [before, change] = steps
  if (!before || !change) return false
  const old = Object.fromEntries(change.changes.map(({ field, old: value }) => [field, value]))
  const dates = programme.dated && old[programme.dated] !== undefined ? { endsOn: old[programme.dated] } : {}
  const starts = programme.dated && dates.endsOn ? { startsOn: dates.endsOn } : {}
  await amendRecord(
    deps,
    tx,
    work,
    programme,
    found,
    { ...row, ...old, ...dates, ...starts },
    {
      action: 'unimport',
      reason,
      state: before.state,
      turn_of: null,
      co_hosts: hosts,
    },
  )
  // Remarks that the new submission settled ask again.
  await first(
    tx,
    sql`UPDATE app.remark SET resolved_at = NULL WHERE district_id = ${spine.district_id} AND record_id = ${id}::uuid
      AND version = ${before.version} RETURNING 1`,
  )
  return true
}
