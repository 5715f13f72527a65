import {
  DefaultQueryExecutor,
  PostgresAdapter,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type QueryExecutor,
} from 'kysely'
import type pg from 'pg'

/** Statements are written as SQL and composed by Kysely; rows carry the type named at the call. */
export type Db = { getExecutor(): QueryExecutor; connect(): Promise<pg.PoolClient> }
/** A connection inside a transaction. Statements that are not awaited one by one travel together. */
export type Tx = Db & { readonly inside: true }

const adapter = new PostgresAdapter()
const compiler = new PostgresQueryCompiler()

const streamQuery = () => {
  throw new Error('no statement is streamed')
}
export const noConnection = () => Promise.reject(new Error('a transaction has its connection'))

/** Statements composed by Kysely, asked in a way of one's own. */
export function executorOf(query: (asked: CompiledQuery) => Promise<{ rows: object[] }>): QueryExecutor {
  const executeQuery = (async (asked) => {
    const { rows: found } = await query(asked)
    return { rows: found ?? [] }
  }) as DatabaseConnection['executeQuery']
  return new DefaultQueryExecutor(compiler, adapter, {
    provideConnection: (consumer) => consumer({ executeQuery, streamQuery }),
  })
}

/** A read by a plain SELECT: whatever becomes of the transaction's begin, it changes nothing. A function that it calls might. */
const isHarmless = (text: string): boolean => /^\s*SELECT\b/i.test(text) && !/\bapp\.\w+\s*\(/i.test(text)

/**
 * The handle of a transaction whose begin is still on its way. PostgreSQL refuses what follows a begin that failed half-way, but not
 * what follows one that it never took: that would stand for itself, each statement committed alone. So only reads travel with the
 * begin; whatever may change something, and what comes behind it, waits until it was answered.
 */
export function behind(tx: Tx, begun: Promise<unknown>): Tx {
  let isSure = false
  let isWaiting = false
  begun.then(
    () => (isSure = true),
    () => undefined,
  )
  const careful = executorOf(async (asked) => {
    isWaiting ||= !isHarmless(asked.sql)
    if (isWaiting) await begun
    return tx.getExecutor().executeQuery<object>(asked)
  })
  return { getExecutor: () => (isSure ? tx.getExecutor() : careful), connect: noConnection, inside: true }
}
