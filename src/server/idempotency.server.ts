import { sql } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { firstKeyed, inTransaction, type Db } from './database.server.ts'

/** The stored answer of an earlier request with this key, or null. */
export async function findAnswer(
  db: Db,
  actor: Actor,
  key: string,
): Promise<{ route: string; bodyHash: string; value: unknown } | null> {
  return inTransaction(db, { scopeCode: actor.org.scopeCode }, (tx) =>
    firstKeyed(
      tx,
      sql`SELECT route, body_hash AS "bodyHash", answer AS value FROM app.idempotency
        WHERE account_id = ${actor.accountId}::uuid AND key = ${key}`,
    ),
  )
}
