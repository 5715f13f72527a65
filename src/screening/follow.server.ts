import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { briefOf } from '#org/brief.server.ts'
import { noteLook } from '#person/vault.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Follows } from './api.ts'
import { mustBeNamed } from './hands.server.ts'
import { loadRound } from './round.server.ts'

/** Who was asked to call the hospital, and who has: for who is named to follow up, and nobody else. @throws Problem.notFound, denied */
export async function listFollows(deps: Deps, tx: Tx, actor: Actor, roundId: string): Promise<Follows> {
  await loadRound(tx, roundId)
  await mustBeNamed(tx, actor, roundId, 'followUp')
  const found = await rows<Follows[number] & { personId: string }>(
    tx,
    sql`SELECT f.entry_id AS "entryId", e.person_id AS "personId", coalesce(p.name, '（已删除）') AS name, ${briefOf('o')} AS org, d.hospital,
        f.told_on::text AS "toldOn", f.closed_on::text AS "closedOn"
      FROM app.screening_follow f JOIN app.screening_entry e ON e.id = f.entry_id JOIN app.person p ON p.id = e.person_id JOIN app.org o ON o.id = e.org_id
      LEFT JOIN app.screening_day d ON d.id = e.day_id WHERE e.round_id = ${roundId}::uuid
      ORDER BY f.closed_on NULLS FIRST, f.told_on, p.name_sort, f.entry_id LIMIT ${bounds.screeningFollows.most}`,
  )
  const others = found.filter((one) => one.personId !== actor.personId).map((one) => one.personId)
  const why = { purpose: 'screening', reason: '随访：是否已联系医院' } as const
  await noteLook(deps.crypto, tx, actor, others, 'screeningEntry', why)
  return found.map((row) => {
    const { personId: _, ...line } = row
    return line
  })
}

/** She has called: that is all there is to say. @throws Problem.notFound, denied */
export async function endFollow(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  roundId: string,
  entryId: string,
): Promise<void> {
  const { actor } = work
  await loadRound(tx, roundId)
  await mustBeNamed(tx, actor, roundId, 'followUp')
  const done = await rows(
    tx,
    sql`UPDATE app.screening_follow f SET state = 'closed', closed_on = ${deps.today()}::date, closed_by = ${actor.accountId}::uuid
      FROM app.screening_entry e WHERE e.id = f.entry_id AND e.round_id = ${roundId}::uuid AND f.entry_id = ${entryId}::uuid AND f.state = 'needed' RETURNING 1`,
  )
  if (done.length === 0) throw Problem.notFound()
  work.audit({
    districtId: actor.org.districtId,
    action: 'screening.followed',
    object: `screeningRound:${roundId}`,
  })
}
