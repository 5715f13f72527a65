import { sql } from 'kysely'
import { keptHashes } from '#record/evidence/service.server.ts'
import type { FileStore } from '#record/evidence/store.server.ts'
import { inTransaction, wholeTree, type Db } from './database.server.ts'

/** Days for which a repeated request still gets its first answer. */
const answerDays = 7

/** Takes away what has done its service: sessions a day after their end, counters of failed sign-ins, ways to a provider that nobody came back from, stored answers after a week, files without a row. */
export async function purge(db: Db, files: FileStore | null): Promise<void> {
  await inTransaction(db, wholeTree, async (tx) => {
    await sql`DELETE FROM app.session WHERE expires_at < now() - interval '1 day'`.execute(tx)
    await sql`DELETE FROM app.attempt WHERE greatest(since, next_at) < now() - interval '1 day'`.execute(tx)
    await sql`DELETE FROM app.oidc_flow WHERE expires_at < now()`.execute(tx)
    await sql`DELETE FROM app.idempotency WHERE at < now() - make_interval(days => ${answerDays}::int)`.execute(
      tx,
    )
  })
  await files?.sweep((hashes) => inTransaction(db, wholeTree, (tx) => keptHashes(tx, hashes)))
}
