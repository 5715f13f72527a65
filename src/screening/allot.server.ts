import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import { fewest } from './api.ts'
import { loadRound, recount } from './round.server.ts'

type Has = { quota: number; passed: number; used: number; by_org: number }

const refuse = (field: string, message: string): Problem => Problem.invalid({ issues: [{ field, message }] })

/**
 * Hands directed places of the actor's unit on to a unit of its scope, or changes how many. What it has itself is never
 * exceeded, nor is what was handed on or taken below taken back; the database counts, this says why.
 * @throws Problem.notFound, denied, invalid
 */
export async function allot(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: { orgId: number; quota: number },
): Promise<void> {
  const { actor } = work
  const round = await loadRound(tx, id)
  if (round.state === 'closed') throw Problem.denied({ what: '这个轮次已经结束' })
  const isOwner = round.org_id === actor.org.id
  const own = await hasOf(tx, id, actor.org.id)
  if (!isOwner && !own) throw Problem.denied({ what: '上级还没有给本单位分配名额' })
  const unit = await first<{ short_name: string }>(
    tx,
    sql`SELECT short_name FROM app.org WHERE id = ${given.orgId} AND scope_code LIKE ${`${actor.org.scopeCode}%`}`,
  )
  if (!unit) throw Problem.notFound()
  if (given.orgId === actor.org.id && !isOwner)
    throw refuse('orgId', '留在本单位的名额不用分配，没有分出去的就是本单位的')
  const before = await hasOf(tx, id, given.orgId)
  if (before && before.by_org !== actor.org.id)
    throw refuse('orgId', `${unit.short_name}的名额由别的上级分配，请与该上级商量`)
  const left = isOwner ? round.directed - round.passed : own!.quota - own!.passed - own!.used
  const more = given.quota - (before?.quota ?? 0)
  if (more > left) throw refuse('quota', `还剩 ${left} 个定向名额可分，最多填 ${left + (before?.quota ?? 0)}`)
  const bound = (before?.passed ?? 0) + (before?.used ?? 0)
  if (given.quota < bound)
    throw refuse(
      'quota',
      (before?.used ?? 0) < fewest
        ? `${unit.short_name}已用掉或已分出的比这个数多，请填大一些`
        : `${unit.short_name}已用掉或已分出 ${bound} 个，不能少于这个数`,
    )
  if (before)
    await sql`UPDATE app.screening_allotment SET quota = ${given.quota} WHERE round_id = ${id}::uuid AND org_id = ${given.orgId}`.execute(
      tx,
    )
  else
    await sql`INSERT INTO app.screening_allotment (round_id, org_id, by_org, quota) VALUES (${id}::uuid, ${given.orgId}, ${actor.org.id}, ${given.quota})`.execute(
      tx,
    )
  await recount(tx, id)
  work.audit({
    districtId: actor.org.districtId,
    action: 'screening.allot',
    object: `screeningRound:${id}`,
    body: given,
  })
}

/** The places of a unit in sight. */
export const hasOf = (tx: Tx, roundId: string, orgId: number): Promise<Has | null> =>
  first<Has>(
    tx,
    sql`SELECT quota, passed, used, by_org FROM app.screening_allotment WHERE round_id = ${roundId}::uuid AND org_id = ${orgId}`,
  )
