import { sql } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { tokenDigest } from '#crypto/secret.server.ts'
import { firstKeyed, inTransaction, type Db } from './database.server.ts'

/** The stored answer of an earlier request of this account with this key, or null. */
export async function findAnswer(
  db: Db,
  actor: Actor,
  key: string,
): Promise<{ route: string; bodyHash: string; value: unknown } | null> {
  const { token } = actor
  if (token === null) return null
  return inTransaction(db, { scopeCode: actor.org.scopeCode }, (tx) =>
    firstKeyed(tx, sql`SELECT * FROM app.stored_answer(${tokenDigest(token)}, ${key})`),
  )
}
