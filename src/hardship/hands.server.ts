import { sql, type RawBuilder } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { randomId } from '#crypto/provider.server.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import { briefOf } from '#org/brief.server.ts'
import { placeOf } from '#person/read.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Handlers } from './api.ts'
import { dutyWords, type Duty, type Step } from './states.ts'

/** As what the actor is named in the unit in which she acts. */
export async function dutiesOf(tx: Tx, actor: Actor): Promise<Duty[]> {
  const found = await rows<{ duty: Duty }>(
    tx,
    sql`SELECT duty FROM app.hardship_handler WHERE org_id = ${actor.org.id} AND person_id = ${actor.personId}::uuid AND ended_at IS NULL`,
  )
  return found.map(({ duty }) => duty)
}

/** @throws Problem.denied unless she is named for one of these */
export async function mustBeNamed(tx: Tx, actor: Actor, ...wanted: Duty[]): Promise<void> {
  const own = await dutiesOf(tx, actor)
  if (own.some((duty) => wanted.includes(duty))) return
  const words = wanted.map((duty) => `“${dutyWords[duty]}”`).join('或')
  throw Problem.denied({
    what: `这一步须由指定的困难帮扶经办人（${words}）办理，请联系帮扶中心指定`,
  })
}

/** Rows of the actor's unit: whose columns, of hers and of the aid centre's, name it. */
export const handled = (actor: Actor, ...columns: string[]): RawBuilder<unknown> =>
  sql`${actor.org.id} IN (${sql.join(columns.map((column) => sql.ref(column)))})`

/** Whether a unit is an aid centre, which others send their files to. */
export const isCentre = (actor: Actor): boolean => ['city', 'district', 'industry'].includes(actor.org.tier)

/** Whether the actor's unit stands where the step is taken. */
export const standsAt = (
  actor: Actor,
  step: Pick<Step, 'at'>,
  file: { org_id: number; centre_id: number },
): boolean =>
  (step.at !== 'centre' && file.org_id === actor.org.id) ||
  (step.at !== 'unit' && file.centre_id === actor.org.id)

/** The aid centre of a unit: the nearest district or industry union at or above it, else the city. */
export async function centreOf(tx: Tx, orgId: number): Promise<number> {
  const found = await first<{ id: number }>(tx, sql`SELECT app.aid_centre(${orgId}::int) AS id`)
  return found!.id
}

/** A post of today; one that ends later is one too. */
const inPost = sql`p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date`

const mayName = async (tx: Tx, actor: Actor, orgId: number): Promise<boolean> => {
  const place = await placeOf(tx, orgId)
  return place !== null && can({ ...actor, stepUp: true }, 'hardship.name', { ...place, class: 3 })
}

/** Who is named in the actor's scope, and who of a unit may be. @throws Problem.notFound */
export async function listHandlers(tx: Tx, actor: Actor, org: string | undefined): Promise<Handlers> {
  const orgId = Number(org ?? actor.org.id)
  if (!(await mayName(tx, actor, orgId))) throw Problem.notFound()
  const [named, offered] = await Promise.all([
    rows<Handlers['rows'][number]>(
      tx,
      sql`SELECT h.id, a.name, ${briefOf('o')} AS org, h.duty, to_jsonb(h.named_at) #>> '{}' AS "namedAt"
        FROM app.hardship_handler h JOIN app.account a ON a.id = h.account_id JOIN app.org o ON o.id = h.org_id
        WHERE h.ended_at IS NULL ORDER BY o.scope_code, a.name, h.duty LIMIT ${bounds.handlers.most}`,
    ),
    rows<Handlers['offered'][number]>(
      tx,
      sql`SELECT DISTINCT a.id AS "accountId", a.name FROM app.post p JOIN app.account a ON a.id = p.account_id
        WHERE p.org_id = ${orgId} AND p.role = 'cadre' AND ${inPost} AND a.disabled_at IS NULL AND a.person_id <> ${actor.personId}::uuid
        ORDER BY a.name LIMIT ${bounds.handlerChoices.most}`,
    ),
  ])
  return { rows: named, offered }
}

const refuse = (message: string): Problem => Problem.invalid({ issues: [{ field: 'accountId', message }] })

/** Names a cadre of a unit of the scope; never herself. @throws Problem.notFound, invalid */
export async function nameHandler(
  tx: Tx,
  work: UnitOfWork,
  given: { orgId: number; accountId: string; duty: Duty },
): Promise<void> {
  const { actor } = work
  if (!(await mayName(tx, actor, given.orgId))) throw Problem.notFound()
  const account = await first<{ person_id: string; tier: string }>(
    tx,
    sql`SELECT a.person_id, o.tier FROM app.account a JOIN app.post p ON p.account_id = a.id JOIN app.org o ON o.id = p.org_id
      WHERE a.id = ${given.accountId}::uuid AND p.org_id = ${given.orgId} AND p.role = 'cadre' AND ${inPost} AND a.disabled_at IS NULL`,
  )
  if (!account) throw refuse('只能指定该单位在岗的女工干部')
  if (account.person_id === actor.personId) throw refuse('不能指定自己，请由另一位同志指定')
  if (['approve', 'pay'].includes(given.duty) && !['city', 'district', 'industry'].includes(account.tier))
    throw Problem.invalid({
      issues: [{ field: 'duty', message: '审批和发放只在区县、产业和市级帮扶中心设' }],
    })
  const id = randomId()
  await sql`INSERT INTO app.hardship_handler (id, org_id, account_id, person_id, duty, named_by)
    VALUES (${id}::uuid, ${given.orgId}, ${given.accountId}::uuid, ${account.person_id}::uuid, ${given.duty}, ${actor.personId}::uuid)`.execute(
    tx,
  )
  audit(work, 'hardship.name', id, given)
}

/** Ends what a person was named for. @throws Problem.notFound */
export async function endHandler(tx: Tx, work: UnitOfWork, id: string): Promise<void> {
  const found = await first<{ org_id: number }>(
    tx,
    sql`SELECT org_id FROM app.hardship_handler WHERE id = ${id}::uuid AND ended_at IS NULL`,
  )
  if (!found || !(await mayName(tx, work.actor, found.org_id))) throw Problem.notFound()
  await sql`UPDATE app.hardship_handler SET ended_at = now(), ended_by = ${work.actor.personId}::uuid WHERE id = ${id}::uuid AND ended_at IS NULL`.execute(
    tx,
  )
  audit(work, 'hardship.unname', id, {})
}

const audit = (work: UnitOfWork, action: string, id: string, body: object): void =>
  work.audit({ districtId: work.actor.org.districtId, action, object: `hardshipHandler:${id}`, body })
