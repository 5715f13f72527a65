import { executorOf, inTransaction, noConnection, type Context, type Db, type Tx } from './database.server.ts'

/**
 * A transaction in pieces: each statement is one of its own, in its turn. For work on thousands of rows that keeps no connection
 * from others meanwhile; what it read may have changed by its end, so whoever relies on it asks again.
 */
export function piecemeal(db: Db, context: Context): Tx {
  let last: Promise<unknown> = Promise.resolve()
  const executor = executorOf((asked) => {
    const answer = last.then(() =>
      inTransaction(db, context, async (tx) => {
        const { rows } = await tx.getExecutor().executeQuery(asked)
        return { rows: rows as object[] }
      }),
    )
    last = answer.catch(() => undefined)
    return answer
  })
  return { getExecutor: () => executor, connect: noConnection, inside: true }
}
