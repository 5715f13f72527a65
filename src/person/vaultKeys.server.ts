import { sql } from 'kysely'
import type { CryptoProvider } from '#crypto/provider.server.ts'
import { isWrappedByNewest, open, unwrap, wrap, wrapperOf } from '#crypto/sealed.server.ts'
import { inTransaction, rows, type Tx } from '#server/database.server.ts'
import { identityContext, type Deps } from '#server/deps.server.ts'
import { bytea, keyPlace, phoneIndex, placeOf } from './vault.server.ts'

// What is done to all keys of the register at once: nothing that is opened here leaves.

/**
 * Wraps every person's key by the newest key of the ring, as the service account. Values stay as they are: their key does.
 * @returns how many were wrapped anew
 */
export async function rewrapAll(crypto: CryptoProvider, tx: Tx): Promise<number> {
  const all = await rows<{ id: string; wrapped: Buffer }>(
    tx,
    sql`SELECT person_id AS id, wrapped FROM app.person_key ORDER BY person_id FOR UPDATE`,
  )
  const stale = all.filter((k) => !isWrappedByNewest(crypto, k.wrapped))
  const fresh = stale.map(({ id, wrapped }) => ({
    person_id: id,
    wrapped: bytea(wrap(crypto, unwrap(crypto, wrapped, keyPlace(id)), keyPlace(id))),
  }))
  await sql`UPDATE app.person_key k SET wrapped = n.wrapped FROM jsonb_populate_recordset(NULL::app.person_key, ${JSON.stringify(fresh)}::jsonb) n
    WHERE n.person_id = k.person_id`.execute(tx)
  return fresh.length
}

/** How many persons' keys each key of the ring wraps, by its number; as the service account. */
export async function wrappedBy(tx: Tx): Promise<Map<number, number>> {
  const found = await rows<{ head: Buffer; n: number }>(
    tx,
    sql`SELECT substr(wrapped, 1, 1) AS head, count(*)::int AS n FROM app.person_key WHERE wrapped IS NOT NULL GROUP BY 1`,
  )
  const counts = new Map<number, number>()
  for (const { head, n } of found) counts.set(wrapperOf(head), (counts.get(wrapperOf(head)) ?? 0) + n)
  return counts
}

const atOnce = 200

/**
 * Gives sealed phones from before the index their place in it; what is written since has it. One that does not open is passed by.
 * @param stop between two pieces, once the server leaves
 * @returns how many got it, and whose do not open
 */
export async function indexPhones(
  deps: Pick<Deps, 'db' | 'door' | 'crypto'>,
  stop?: AbortSignal,
): Promise<{ done: number; unread: string[] }> {
  const { crypto } = deps
  const unread: string[] = []
  let done = 0
  for (let last: string | null = null; ;) {
    const found = await inTransaction(deps.db, identityContext(deps), async (tx) => {
      const sealed = await rows<{ id: string; phone: Buffer; wrapped: Buffer }>(
        tx,
        sql`SELECT id, phone, wrapped FROM app.phones_to_index(${atOnce}::int, ${last}::uuid)`,
      )
      const given = sealed.flatMap(({ id, phone, wrapped }) => {
        try {
          const digits = open(unwrap(crypto, wrapped, keyPlace(id)), phone, placeOf('phone', id))
          return [{ id, index: bytea(phoneIndex(crypto, digits)) }]
        } catch {
          unread.push(id)
          return []
        }
      })
      if (given.length > 0) await sql`SELECT app.index_phones(${JSON.stringify(given)}::jsonb)`.execute(tx)
      done += given.length
      return sealed
    })
    last = found.at(-1)?.id ?? null
    if (found.length < atOnce || stop?.aborted) return { done, unread }
  }
}
