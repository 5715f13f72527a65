import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout } from 'node:timers/promises'
import { sql, type CompiledQuery, type RawBuilder } from 'kysely'
import pg from 'pg'
import type { Door } from '#crypto/door.server.ts'
import { fromDatabase } from './databaseProblem.server.ts'
import { behind, executorOf, noConnection, type Db, type Tx } from './executor.server.ts'

export { executorOf, noConnection, type Db, type Tx }

/** Who the database thinks acts. `token` opens S2 to S4 rows; without it only S0 and S1 are visible. */
export type Context = {
  scopeCode: string
  /** Unit that acts: what it co-hosts is in its lists. */
  unit?: number
  token?: string | null
  /** Opens the tables of identity: sessions, passwords, factors, invitations. */
  door?: Door | undefined
  /** One snapshot for several statements. */ oneSnapshot?: boolean
}

/** The server's own acts (fold, verify, load): sees every S1 row, decides nothing. */
export const wholeTree: Context = { scopeCode: '' }

const types = {
  getTypeParser: (oid: Parameters<typeof pg.types.getTypeParser>[0], format?: 'text' | 'binary') => {
    if (oid === pg.types.builtins.DATE) return (v: string) => v // date stays YYYY-MM-DD
    if (oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC) return Number // bigint totals and numeric(12,2) fit a double exactly
    return pg.types.getTypeParser(oid, format ?? 'text')
  },
}

/** A pool whose values come as the kit wants them: day as text, totals as numbers. */
export function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ ...config, types, pipeline: true })
  // A connection that dies, idle or at work, must not end the process: its queries report it.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Statements over a pool. Whoever holds a transaction must use it: another check-out would wait for itself on a pool of one. */
export function openDb(pool: pg.Pool): Db {
  const checkOut = () => {
    if (current.getStore()) throw new Error('a second connection inside a transaction: pass tx down')
    return pool.connect()
  }
  const executor = executorOf(async (asked) => {
    const client = await checkOut()
    try {
      return await ask(client, asked)
    } finally {
      client.release()
    }
  })
  return { getExecutor: () => executor, connect: checkOut }
}

/** Holds one connection while `work` runs on it; the transaction is its own affair. */
export async function onConnection<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await db.connect()
  const executor = executorOf((asked) => ask(client, asked))
  try {
    return await work({ getExecutor: () => executor, connect: noConnection, inside: true })
  } finally {
    client.release()
  }
}

/** Texts of statements that keep their plan, with their numbers. */
const kept = new Map<string, number>()
/** A text that varies with its values would fill the connections' memory; beyond so many none is kept. */
const mostKept = 400
const numbers = new WeakMap<pg.PoolClient, number>()
let opened = 0

/**
 * What is asked in one turn of the event loop leaves in one system call: written statement by statement, the calls would cost
 * this process more than all else that it does for them.
 */
function gather(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: pg.Connection }).connection
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/** Asks on a connection; kept statements under names of its own, since the embedded engine's connections share a session. */
function ask(client: pg.PoolClient, { sql: text, parameters }: CompiledQuery): Promise<pg.QueryResult> {
  const values = parameters as unknown[]
  gather(client)
  const number = kept.get(text)
  if (number === undefined) return client.query(text, values)
  const own = numbers.get(client) ?? ++opened
  numbers.set(client, own)
  return client.query({ name: `${process.pid}_${own}_${number}`, text, values })
}

/** `rehearsal`: a test's transaction, in which each inTransaction is played by a savepoint with a context of its own. */
const current = new AsyncLocalStorage<{ tx: Tx; rehearsal: boolean }>()

/** A dead-locked transaction is run so often before the request is told that the system is busy. */
const mostAttempts = 5

const scopeShape = /^[0-9A-Z]*$/

/** Role and settings of one transaction as literals: Citus workers see SET LOCAL, not set_config. */
function settings({ scopeCode, unit = 0 }: Context): string {
  if (!scopeShape.test(scopeCode)) throw new Error('scope code has a foreign character')
  return `SET LOCAL ROLE app;SET LOCAL app.scope='${scopeCode}';SET LOCAL app.scope_end='${scopeCode}~';SET LOCAL app.unit='${Math.trunc(unit)}';`
}

/** What opens rows besides: as parameters, since the text of a statement stands in pg_stat_activity for every connection to read. */
function openings(tx: Tx, { token, door }: Context): Promise<unknown>[] {
  const sent: Promise<unknown>[] = []
  if (token) sent.push(keyed(tx, sql`SELECT app.begin(${token})`))
  if (door) {
    const { stamp, proof } = door()
    sent.push(keyed(tx, sql`SELECT app.enter(${stamp}, ${proof})`))
  }
  for (const answer of sent) answer.catch(() => undefined)
  return sent
}

/**
 * Runs `work` in one READ COMMITTED transaction under the app role and the actor's context; inside one already, in a savepoint.
 * A dead-locked or serialisation-failed transaction is run again, a little later each time.
 * @throws Problem mapped from the database error by SQLSTATE and constraint name.
 */
export async function inTransaction<T>(db: Db, context: Context, work: (tx: Tx) => Promise<T>): Promise<T> {
  const outer = current.getStore()
  if (outer) return outer.rehearsal ? rehearsed(outer.tx, context, work) : inSavepoint(outer.tx, work)
  const begin = `BEGIN${context.oneSnapshot ? ' ISOLATION LEVEL REPEATABLE READ' : ''};${settings(context)}`
  for (let attempt = 1; ; attempt++) {
    try {
      return await onConnection(db, (tx) => transact(tx, begin, work, context))
    } catch (error) {
      const code = (error as { code?: string }).code
      if ((code === '40001' || code === '40P01') && attempt < mostAttempts) {
        await setTimeout(attempt * (5 + Math.random() * 20))
        continue
      }
      throw fromDatabase(error)
    }
  }
}

/** Statements of a transaction that were sent and are awaited with its end. */
const sent = new WeakMap<Tx, Promise<unknown>[]>()

/**
 * Notes a statement on its way that is awaited later than another behind it, or never: where it fails, the transaction failed of it,
 * and not of what PostgreSQL refused afterwards.
 */
export function underway<T>(tx: Tx, answer: Promise<T>): Promise<T> {
  answer.catch(() => undefined)
  const list = sent.get(tx)
  if (list) list.push(answer)
  else sent.set(tx, [answer])
  return answer
}

/** Sends a statement that is nobody's condition: it is awaited when the transaction ends, together with that end. */
export const send = (tx: Tx, statement: RawBuilder<unknown>): void => void underway(tx, keyed(tx, statement))

async function settled(tx: Tx, end: Promise<unknown>): Promise<void> {
  await Promise.all([...(sent.get(tx) ?? []), end])
  sent.delete(tx)
}

/** What a transaction failed of: the first of its sent statements that did by itself, else what the work met. */
async function cause(tx: Tx, error: unknown): Promise<unknown> {
  const ended = await Promise.allSettled(sent.get(tx) ?? [])
  sent.delete(tx)
  const failed = ended.flatMap((e) => (e.status === 'rejected' ? [e.reason as { code?: string }] : []))
  return failed.find(({ code }) => code !== '25P02') ?? error
}

/** Runs `work` between `begin` and COMMIT. What begins travels with the first reads. */
export async function transact<T>(
  raw: Tx,
  begin: string,
  work: (tx: Tx) => Promise<T>,
  context: Context = wholeTree,
): Promise<T> {
  const begun = Promise.all([sql.raw(begin).execute(raw), ...openings(raw, context)])
  begun.catch(() => undefined)
  const tx = behind(raw, begun)
  try {
    const result = await current.run({ tx, rehearsal: false }, () => work(tx))
    await settled(tx, sql`COMMIT`.execute(tx))
    await begun
    return result
  } catch (error) {
    // Behind the begin, and so behind what waited for it.
    await begun.catch(() => undefined)
    await sql`ROLLBACK`.execute(raw).catch(() => undefined)
    await begun
    throw await cause(tx, error)
  }
}

let savepoints = 0
async function inSavepoint<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  const name = `s${++savepoints}`
  await sql.raw(`SAVEPOINT ${name}`).execute(tx)
  try {
    const result = await work(tx)
    await settled(tx, sql.raw(`RELEASE SAVEPOINT ${name}`).execute(tx))
    return result
  } catch (error) {
    await sql.raw(`ROLLBACK TO SAVEPOINT ${name};RELEASE SAVEPOINT ${name}`).execute(tx)
    throw fromDatabase(await cause(tx, error))
  }
}

/** A transaction played inside a test's: role, scope and context come with it and are gone after it, as in real life. */
async function rehearsed<T>(tx: Tx, context: Context, work: (tx: Tx) => Promise<T>): Promise<T> {
  const opening = settings(context)
  try {
    return await inSavepoint(tx, async () => {
      await Promise.all([sql.raw(opening).execute(tx), ...openings(tx, context)])
      return await current.run({ tx, rehearsal: false }, () => work(tx))
    })
  } finally {
    await sql
      .raw(
        'SET LOCAL ROLE NONE;RESET app.scope;RESET app.scope_end;RESET app.unit;DELETE FROM app.context;DELETE FROM app.door',
      )
      .execute(tx)
  }
}

/** For tests, as owner of the schema: everything `work` does, nested transactions included, is rolled back. */
export async function rolledBack(db: Db, work: (tx: Tx) => Promise<void>): Promise<void> {
  await onConnection(db, async (tx) => {
    await sql`BEGIN`.execute(tx)
    try {
      await current.run({ tx, rehearsal: true }, () => work(tx))
    } finally {
      await sql`ROLLBACK`.execute(tx)
    }
  })
}

/** Rows of a statement. */
export async function rows<T>(tx: Db, statement: RawBuilder<unknown>): Promise<T[]> {
  return (await statement.execute(tx)).rows as T[]
}

/** The one row of a statement, or null. */
export async function first<T>(tx: Db, statement: RawBuilder<unknown>): Promise<T | null> {
  return (await rows<T>(tx, statement))[0] ?? null
}

/**
 * Rows of a statement that finds them by key: its plan is kept by each connection instead of being made anew, which costs
 * more than such a statement itself. Its text must not vary with its values. Never for a range of scope or date, whose
 * plan depends on the values.
 */
export async function keyed<T>(tx: Db, statement: RawBuilder<unknown>): Promise<T[]> {
  const query = statement.compile(tx)
  if (!kept.has(query.sql) && kept.size < mostKept) kept.set(query.sql, kept.size)
  return (await tx.getExecutor().executeQuery(query)).rows as T[]
}

/** The one row of a keyed statement, or null. */
export async function firstKeyed<T>(tx: Db, statement: RawBuilder<unknown>): Promise<T | null> {
  return (await keyed<T>(tx, statement))[0] ?? null
}
