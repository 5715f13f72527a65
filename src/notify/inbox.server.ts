import { sql } from 'kysely'
import * as z from 'zod/mini'
import { isDay } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { uuid } from '#record/api.ts'
import { firstKeyed, rows, type Tx } from '#server/database.server.ts'
import type { Message, MessageList } from './api.ts'

const pageSize = 30

/** Hers in the post she acts in: what concerns another post waits there. */
const own = ({ accountId, org }: Actor) => sql`m.account_id = ${accountId}::uuid AND m.org_id = ${org.id}`

export async function countUnread(tx: Tx, actor: Actor): Promise<number> {
  const found = await firstKeyed<{ n: number }>(
    tx,
    sql`SELECT count(*) AS n FROM app.message m WHERE ${own(actor)} AND m.read_at IS NULL`,
  )
  return found!.n
}

/** Her messages, newest first. @throws Problem.badCursor */
export async function listMessages(tx: Tx, actor: Actor, after: string | undefined): Promise<MessageList> {
  const [at, id] = after?.split('_') ?? []
  if (after !== undefined && !(at && id && isDay(at.slice(0, 10)) && z.safeParse(uuid, id).success))
    throw Problem.badCursor()
  const [unread, found] = await Promise.all([
    countUnread(tx, actor),
    rows<Message>(
      tx,
      sql`SELECT m.id, m.kind, m.subject, m.link, to_jsonb(m.at) #>> '{}' AS at, m.read_at IS NOT NULL AS "isRead" FROM app.message m
        WHERE ${own(actor)} AND (${at ?? null}::timestamptz IS NULL OR (m.at, m.id) < (${at ?? null}::timestamptz, ${id ?? null}::uuid))
        ORDER BY m.at DESC, m.id DESC LIMIT ${pageSize + 1}`,
    ),
  ])
  const shown = found.slice(0, pageSize)
  const last = found.length > pageSize ? shown.at(-1)! : null
  return { unread, rows: shown, next: last && `${last.at}_${last.id}` }
}

/** Marks messages as read: these, or all of the post. */
export async function markRead(tx: Tx, actor: Actor, ids: readonly string[] | undefined): Promise<void> {
  await sql`UPDATE app.message m SET read_at = now() WHERE ${own(actor)} AND m.read_at IS NULL
    AND (${ids ? [...ids] : null}::uuid[] IS NULL OR m.id = ANY(${ids ? [...ids] : null}::uuid[]))`.execute(
    tx,
  )
}
