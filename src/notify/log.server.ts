import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { enqueue } from '#server/jobs.server.ts'
import type { DeliveryLog } from './api.ts'
import { groupKind, sendKind } from './jobKinds.ts'

/** Lines of one look. */
const most = 200
/** Days that are summed up. */
const days = 30

/** What went out by which way and what did not, and why: without a name, an address or a word of what it said. */
export async function readDeliveries(tx: Tx): Promise<DeliveryLog> {
  const [sums, found] = await Promise.all([
    rows<DeliveryLog['days'][number]>(
      tx,
      sql`SELECT on_day::text AS "onDay", channel, count(*) FILTER (WHERE state = 'sent')::int AS sent, count(*) FILTER (WHERE state = 'waiting')::int AS waiting,
          count(*) FILTER (WHERE state = 'failed')::int AS failed FROM app.delivery
        WHERE on_day > (SELECT max(on_day) FROM app.delivery) - ${days}::int GROUP BY 1, 2 ORDER BY 1 DESC, 2`,
    ),
    rows<DeliveryLog['rows'][number]>(
      tx,
      sql`SELECT id, on_day::text AS "onDay", channel, state, tries, fault, to_jsonb(ended_at) #>> '{}' AS "endedAt" FROM app.delivery
        WHERE state <> 'sent' ORDER BY state = 'waiting', on_day DESC, id LIMIT ${most + 1}`,
    ),
  ])
  return { days: sums, rows: found.slice(0, most), more: found.length > most }
}

/** Sends one that failed again, under its own id. @throws Problem.notFound, deliveryMoved where it is not failed any more */
export async function sendAgain(tx: Tx, work: UnitOfWork, id: string): Promise<void> {
  const { districtId } = work.actor.org
  const found = await first<{ state: string }>(tx, sql`SELECT state FROM app.delivery WHERE id = ${id}::uuid`)
  if (!found) throw Problem.notFound()
  const again = await first<{ job: string | null }>(
    tx,
    sql`UPDATE app.delivery SET state = 'waiting', ended_at = NULL WHERE id = ${id}::uuid AND state = 'failed' RETURNING job`,
  )
  if (!again) throw Problem.deliveryMoved()
  await enqueue(tx, {
    districtId,
    kind: again.job === null ? sendKind : groupKind,
    key: again.job ?? id,
    payload: {},
  })
  work.audit({ districtId, action: 'delivery.resend', object: `delivery:${id}` })
}
