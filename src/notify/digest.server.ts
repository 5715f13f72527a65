import { sql } from 'kysely'
import { inTransaction, first, rows, type Tx } from '#server/database.server.ts'
import { identityContext, type Deps } from '#server/deps.server.ts'
import { enqueue, type Job, type JobKind } from '#server/jobs.server.ts'
import type { ChannelKind } from './channel.ts'
import { NotSent } from './sending.server.ts'
import { addressOf } from './reach.server.ts'
import { endTried, noteAttempt } from './attempts.server.ts'
import { mayTell, waitForDay } from './quiet.server.ts'
import { sendKind } from './jobKinds.ts'
import { digestText } from './words.ts'

/**
 * Lays one digest a day, person and channel ready for whoever has news that no digest told of yet: on working days, from her hour
 * on, never in the quiet hours. Messages and their digest are told apart by nothing but this: run again it lays nothing.
 * @returns how many
 */
export async function queueDigests(deps: Deps, tx: Tx, hour: number): Promise<number> {
  const today = deps.today()
  const open = Object.keys(deps.waysOut.channels)
  if (open.length === 0 || !(await mayTell(deps, tx, hour))) return 0
  const laid = await rows<{ id: string; account: string; district: number }>(
    tx,
    sql`INSERT INTO app.delivery (id, account_id, channel, on_day, unread)
      SELECT gen_random_uuid(), c.account_id, ch, ${today}::date, x.n FROM app.contact c JOIN app.account a ON a.id = c.account_id
      JOIN LATERAL (SELECT count(*) AS n, coalesce(bool_or(m.digest_on IS NULL), false) AS fresh FROM app.message m
        WHERE m.account_id = c.account_id AND m.read_at IS NULL) x ON x.fresh
      CROSS JOIN unnest(c.channels) ch WHERE c.hour <= ${hour} AND ch = ANY(${open}::text[]) AND a.disabled_at IS NULL
      ON CONFLICT DO NOTHING RETURNING id, account_id AS account, (SELECT o.district_id FROM app.post p JOIN app.org o ON o.id = p.org_id
        WHERE p.account_id = delivery.account_id ORDER BY p.from_on, p.id LIMIT 1) AS district`,
  )
  for (const { id, district } of laid)
    await enqueue(tx, { districtId: district, kind: sendKind, key: id, payload: {} })
  await sql`UPDATE app.message SET digest_on = ${today}::date WHERE account_id = ANY(${laid.map((d) => d.account)}::uuid[])
    AND read_at IS NULL AND digest_on IS NULL`.execute(tx)
  return laid.length
}

type Delivery = { account: string; channel: ChannelKind; unread: number; state: string }

const deliveryOf = (tx: Tx, id: string): Promise<Delivery | null> =>
  first<Delivery>(
    tx,
    sql`SELECT account_id AS account, channel, unread, state FROM app.delivery WHERE id = ${id}::uuid`,
  )

const note = (tx: Tx, { key }: Job, state: 'sent' | 'failed', fault: string) =>
  sql`UPDATE app.delivery SET state = ${state}, fault = ${fault}, tries = tries + 1, ended_at = now() WHERE id = ${key}::uuid AND state = 'waiting'`.execute(
    tx,
  )

/** Sends one digest: outside any transaction, under the same id at each attempt, and its end is noted once. */
export const sendDigest = (hour: () => number): JobKind => ({
  kind: sendKind,
  atOnce: 2,
  mostAttempts: 6,
  prepare: async (deps, job, signal): Promise<string> => {
    const found = await inTransaction(deps.db, identityContext(deps), async (tx) => {
      const delivery = await deliveryOf(tx, job.key)
      if (delivery?.state !== 'waiting') return null
      return { ...delivery, to: await addressOf(deps, tx, delivery.account, delivery.channel) }
    })
    const channel = found && deps.waysOut.channels[found.channel]
    if (!found || !channel || found.to === null) return '本人已关闭这种提醒'
    await waitForDay(deps, hour())
    try {
      const text = digestText(found.unread)
      await channel.send({ to: found.to, unread: found.unread, text, id: job.key }, signal)
      return ''
    } catch (error) {
      if (error instanceof NotSent) return error.message
      await noteAttempt(deps, sql`id = ${job.key}::uuid`, error)
      throw error
    }
  },
  finish: async ({ tx, job, prepared }) => {
    const fault = String(prepared)
    await note(tx, job, fault === '' ? 'sent' : 'failed', fault)
  },
  giveUp: async ({ tx, job }) => {
    await endTried(tx, sql`id = ${job.key}::uuid`)
  },
})
