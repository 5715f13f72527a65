import { sql } from 'kysely'
import { first, inTransaction, wholeTree, type Db } from '#server/database.server.ts'
import { keptYears, type KeptTable } from './retention.ts'

/**
 * Retention as the register of fields has it: erases persons who left so long ago that the register has no more use for them, old
 * rows of the access log, consents that were withdrawn, holds that ended. Counts of closed periods stay: memberships and ledger do.
 * Who is held, or about whom something is open, stays whole.
 * @param today business date; @param now of the real clock, for what has an instant
 * @returns how many rows of each table went
 */
export async function purgePersons(
  db: Db,
  today: string,
  now = new Date(),
): Promise<Record<KeptTable, number>> {
  const done = await inTransaction(db, wholeTree, (tx) =>
    first<{ gone: Record<KeptTable, number> }>(
      tx,
      sql`SELECT app.purge_persons(${JSON.stringify(keptYears)}::jsonb, ${today}::date, ${now}::timestamptz) AS gone`,
    ),
  )
  return done!.gone
}
