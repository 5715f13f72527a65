import { sql } from 'kysely'
import type { AnyRow, Programme } from '#kit/programme.ts'
import type { OrgBrief } from '#org/api.ts'
import { firstKeyed, keyed, type Tx } from '#server/database.server.ts'
import { concernedMonths, consentSteps } from './consent.ts'
import type { Spine } from './spine.ts'

/** The units whose locks hold for facts of a unit and of some months, by the tree of those months. */
export async function lockersOf(tx: Tx, orgId: number, months: readonly number[]): Promise<number[]> {
  if (months.length === 0) return []
  const found = await keyed<{ id: number }>(
    tx,
    sql`SELECT DISTINCT org_id AS id FROM app.lock_marks(${orgId}, ${[...months]}::int[])`,
  )
  return found.map((f) => f.id)
}

/** Who must agree to a proposal as the locks stand now; whoever applies it has held the unit's place before. */
export async function stepsOf(
  tx: Tx,
  programme: Programme,
  spine: Pick<Spine, 'org_id'>,
  line: readonly OrgBrief[],
  before: AnyRow,
  after: AnyRow | null,
): Promise<OrgBrief[]> {
  const lockers = await lockersOf(tx, spine.org_id, concernedMonths(programme, before, after))
  return consentSteps(line, programme.acceptedBy, lockers)
}

/** Whether a record is 补报: its month is locked, and it was not counted when it was. */
export async function isAfterLock(tx: Tx, spine: Spine): Promise<boolean> {
  const found = await firstKeyed<{ yes: boolean }>(
    tx,
    sql`SELECT app.after_lock(${spine.district_id}, ${spine.id}::uuid, ${spine.org_id}, ${spine.occurred_on}::date) AS yes`,
  )
  return found!.yes
}
