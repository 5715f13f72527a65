import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { randomId } from '#crypto/provider.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Notice, NoticeKind } from './api.ts'

/** Tells the owner of an account what happened to its safety (ASVS 6.3.7); read at the next sign-in. */
export async function notify(tx: Tx, accountId: string, kind: NoticeKind, detail = ''): Promise<void> {
  await sql`INSERT INTO app.notice (id, account_id, kind, detail) VALUES (${randomId()}::uuid, ${accountId}::uuid, ${kind}, ${detail})`.execute(
    tx,
  )
}

/** The latest of an account, newest first. */
export const noticesOf = (tx: Tx, accountId: string): Promise<Notice[]> =>
  rows(
    tx,
    sql`SELECT id, kind, detail, to_jsonb(at) #>> '{}' AS at, seen_at IS NOT NULL AS "isSeen" FROM app.notice
      WHERE account_id = ${accountId}::uuid ORDER BY at DESC, id LIMIT ${bounds.loginNotices.most}`,
  )

export async function markSeen(tx: Tx, accountId: string): Promise<void> {
  await sql`UPDATE app.notice SET seen_at = now() WHERE account_id = ${accountId}::uuid AND seen_at IS NULL`.execute(
    tx,
  )
}

/** Tells of a sign-in from a device that none of the account's sessions know; the very first one is no news. */
export async function noteDevice(tx: Tx, accountId: string, device: string): Promise<void> {
  const [known] = await rows<{ any: boolean; same: boolean }>(
    tx,
    sql`SELECT count(*) > 0 AS any, coalesce(bool_or(device = ${device}), false) AS same FROM app.session WHERE account_id = ${accountId}::uuid`,
  )
  if (known!.any && !known!.same) await notify(tx, accountId, 'device.new', device)
}
