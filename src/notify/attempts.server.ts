import { sql, type RawBuilder } from 'kysely'
import { inTransaction, type Tx } from '#server/database.server.ts'
import { identityContext, type Deps } from '#server/deps.server.ts'
import { faultWords } from './words.ts'

/** That an attempt did not arrive, and why; it will be tried again. */
export const noteAttempt = (
  deps: Pick<Deps, 'db' | 'door'>,
  which: RawBuilder<unknown>,
  error: unknown,
): Promise<unknown> =>
  inTransaction(deps.db, identityContext(deps), (tx) =>
    sql`UPDATE app.delivery SET tries = tries + 1, fault = ${faultWords(error)} WHERE ${which} AND state = 'waiting'`.execute(
      tx,
    ),
  )

/** The last attempt was in vain: it is given up, with the reason of that one. */
export const endTried = (tx: Tx, which: RawBuilder<unknown>): Promise<unknown> =>
  sql`UPDATE app.delivery SET state = 'failed', ended_at = now(), fault = '多次没有送达' || CASE WHEN fault = '' THEN '' ELSE '：' || fault END
    WHERE ${which} AND state = 'waiting'`.execute(tx)
