import { v7 as uuidv7 } from 'uuid'
import { monthOf } from '#kit/day.ts'
import type { AnyRow, Programme } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { Problem } from '#kit/problem.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Tx } from '#server/database.server.ts'
import { enterChange } from './books.server.ts'
import { historyOf, spineOf, warningsOf } from './create.server.ts'
import { mustBeValid } from './valid.server.ts'
import { placements } from './place.server.ts'
import { insertSpines, insertTyped } from './rows.server.ts'
import type { Spine } from './spine.ts'

/** Who brought it, and the unit whose record it is. */
export type Brought = { orgId: number; accountId: string; personId: string; reason: string }

/**
 * Enters a record that a lifecycle has brought to its end: submitted by whoever brought it, accepted by the actor, who is
 * another person. The same row, checks, history and books as of one that was typed in.
 * @throws Problem.invalid, sameDecider
 */
export async function enterAccepted(
  deps: Pick<Deps, 'catalogue' | 'today'>,
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  { orgId, accountId, personId, reason }: Brought,
  body: AnyRow,
): Promise<Pick<Spine, 'id' | 'district_id'>> {
  const { actor } = work
  if (personId === actor.personId) throw Problem.sameDecider()
  const today = deps.today()
  const row = await mustBeValid(tx, programme, body, today)
  const [warnings] = await warningsOf(tx, deps, programme, orgId, [row], [[]])
  const [place] = await placements(tx, orgId, [monthOf(String(row['endsOn']))])
  const now = new Date().toISOString()
  const filing = {
    id: uuidv7(),
    programme,
    orgId,
    accountId,
    personId,
    enteredOn: today,
    coHosts: [],
    state: 'accepted' as const,
    turn_of: null,
    version: 2,
    warnings: warnings!.map((w) => w.message),
    warning_note: warnings!.length > 0 ? reason : null,
  }
  const spine: Spine = {
    ...spineOf(deps, row, place!, filing, now),
    decided_by: actor.personId,
    decided_at: now,
  }
  insertSpines(tx, [spine])
  insertTyped(
    tx,
    programme,
    [{ spine, row }],
    [
      historyOf(
        { ...spine, version: 1, state: 'submitted' },
        { accountId, org: { id: orgId } },
        'submit',
        now,
      ),
      historyOf(spine, actor, 'accept', now, { reason }),
    ],
  )
  enterChange(work, deps.catalogue, programme, spine, null, { row, state: 'accepted' })
  work.audit({
    districtId: spine.district_id,
    action: 'record.accept',
    object: `${programme.key}:${spine.id}`,
    fields: Object.keys(row).filter((key) => row[key] !== null),
    body: row,
  })
  return spine
}
