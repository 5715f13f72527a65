import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { briefOf } from '#org/brief.server.ts'
import type { Actor } from '#identity/actor.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Seat, SeatEntry } from './api.ts'

const refuse = (field: string, message: string): Problem => Problem.invalid({ issues: [{ field, message }] })

/** Every handler post in office and what it is in the silos. */
export const listSeats = (tx: Tx, actor: Actor): Promise<Seat[]> =>
  rows(
    tx,
    sql`SELECT p.id AS "postId", a.name, a.person_id <> ${actor.personId}::uuid AS "mayChange",
        coalesce(jsonb_agg(jsonb_build_object('silo', s.silo, 'duty', s.duty) ORDER BY s.silo) FILTER (WHERE s.silo IS NOT NULL), '[]') AS silos,
        (SELECT ${briefOf('o')} FROM app.org o WHERE o.id = min(s.home_org)) AS home
      FROM app.post p JOIN app.account a ON a.id = p.account_id LEFT JOIN app.silo_seat s ON s.post_id = p.id
      WHERE p.role = 'handler' AND a.disabled_at IS NULL AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date
      GROUP BY p.id, a.name, a.person_id ORDER BY a.name, p.id`,
  )

/** Says all that a post is in the silos. Matters that are with it stay there until a lead hands them over. @throws Problem.notFound, invalid */
export async function setSeats(tx: Tx, work: UnitOfWork, postId: string, given: SeatEntry): Promise<void> {
  const { actor } = work
  const post = await first<{ person_id: string }>(
    tx,
    sql`SELECT a.person_id FROM app.post p JOIN app.account a ON a.id = p.account_id WHERE p.id = ${postId}::uuid AND p.role = 'handler'`,
  )
  if (!post) throw Problem.notFound()
  if (post.person_id === actor.personId) throw refuse('silos', '不能给自己分工，请由另一位安全管理员办理')
  if (new Set(given.silos.map(({ silo }) => silo)).size < given.silos.length)
    throw refuse('silos', '同一类事项只能有一项分工')
  if (given.homeId !== null && !(await first(tx, sql`SELECT 1 FROM app.org WHERE id = ${given.homeId}`)))
    throw refuse('homeId', '没有这个单位，请重新选择')
  await sql`DELETE FROM app.silo_seat WHERE post_id = ${postId}::uuid`.execute(tx)
  if (given.silos.length > 0)
    await sql`INSERT INTO app.silo_seat (post_id, silo, duty, home_org, set_by)
      SELECT ${postId}::uuid, x.silo, x.duty, ${given.homeId}::int, ${actor.accountId}::uuid
      FROM jsonb_to_recordset(${JSON.stringify(given.silos)}::jsonb) AS x (silo text, duty text)`.execute(tx)
  work.audit({
    districtId: actor.org.districtId,
    action: 'silo.seat',
    object: `post:${postId}`,
    body: given,
  })
}
