import { sql } from 'kysely'
import { first, inTransaction, wholeTree, type Db } from '#server/database.server.ts'
import { keptYears, yearsBefore } from './retention.ts'

/**
 * Erases persons who left so long ago that the register has no more use for them, old rows of the access log and consents
 * that were withdrawn. Counts of closed periods stay: memberships and ledger do.
 * @param today business date; @param now of the real clock, for the log
 * @returns how many persons were erased
 */
export async function purgePersons(db: Db, today: string, now = new Date()): Promise<number> {
  const read = new Date(now)
  read.setUTCFullYear(read.getUTCFullYear() - keptYears.access)
  const done = await inTransaction(db, wholeTree, (tx) =>
    first<{ n: number }>(
      tx,
      sql`SELECT app.purge_persons(${yearsBefore(today, keptYears.left)}::date, ${read}::timestamptz) AS n`,
    ),
  )
  return done!.n
}
