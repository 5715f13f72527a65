import { sql } from 'kysely'
import type { CryptoProvider } from '#crypto/provider.server.ts'
import { nameDigest } from '#crypto/secret.server.ts'
import { Problem } from '#kit/problem.ts'
import { first, inTransaction, rows, type Tx } from '#server/database.server.ts'
import { identityContext, type Deps } from '#server/deps.server.ts'
import { delayAfter, limitOf, waitWords, type limits } from './throttle.ts'

export type Subject = { kind: keyof typeof limits; digest: string }

/** Who tries, by keyed digests: the counters tell neither names nor addresses. */
export const subjectsOf = (crypto: CryptoProvider, name: string, address: string): Subject[] => [
  { kind: 'account', digest: nameDigest(crypto, `account ${name}`) },
  { kind: 'address', digest: nameDigest(crypto, `address ${address}`) },
]

/**
 * Counts a try as failed, to be given back by `giveBack` when it succeeds: counted afterwards, many at once would all be free.
 * @returns seconds until the next try should this one fail
 * @param refusal what is said while one of them has to wait; a refused try is not counted
 * @throws Problem.tooManyTries, or what `refusal` gives
 */
export async function spendTry(
  tx: Tx,
  subjects: readonly Subject[],
  refusal: Refusal = Problem.tooManyTries,
): Promise<number> {
  const waiting = await first<{ wait: number | null }>(
    tx,
    sql`SELECT max(extract(epoch FROM next_at - clock_timestamp()))::float8 AS wait FROM app.attempt
      WHERE subject = ANY (${subjects.map((s) => s.digest)})`,
  )
  const wait = waiting?.wait ?? 0
  if (wait > 0) throw tooSoon(wait, refusal)
  let longest = 0
  for (const subject of subjects) longest = Math.max(longest, await count(tx, subject, refusal))
  return longest
}

/** Whoever sends or guesses something without signing in, from one address too often, has to wait. @throws what `refusal` gives */
export async function spendFrom(
  deps: Deps,
  what: string,
  address: string,
  refusal: Refusal,
  kind: Exclude<keyof typeof limits, 'account'> = 'address',
): Promise<void> {
  const subjects = [{ kind, digest: nameDigest(deps.crypto, `address ${what} ${address}`) }]
  await inTransaction(deps.db, identityContext(deps), (tx) => spendTry(tx, subjects, refusal))
}

type Refusal = (told: { wait: string; seconds: number }) => Problem

const tooSoon = (wait: number, refusal: Refusal): Problem =>
  refusal({ wait: waitWords(wait), seconds: Math.ceil(wait) })

async function count(tx: Tx, { kind, digest }: Subject, refusal: Refusal): Promise<number> {
  const limit = limitOf(kind)
  const isWhole = 'isWhole' in limit
  const window = sql`make_interval(mins => ${limit.windowMinutes}::int)`
  const isOver = sql`${isWhole ? sql`a.since` : sql`greatest(a.since, a.next_at)`} < clock_timestamp() - ${window}`
  const isSliding = !isWhole && limit.isSliding
  const [counted] = await rows<{ failures: number; left: number }>(
    tx,
    sql`INSERT INTO app.attempt AS a (subject, failures, since, next_at) VALUES (${digest}, 1, clock_timestamp(), clock_timestamp())
      ON CONFLICT (subject) DO UPDATE SET
        failures = CASE WHEN ${isOver} THEN 1 ELSE a.failures + 1 END,
        since = CASE WHEN ${isSliding} OR ${isOver} THEN clock_timestamp() ELSE a.since END
      WHERE a.next_at <= clock_timestamp() RETURNING failures, extract(epoch FROM since + ${window} - clock_timestamp())::float8 AS left`,
  )
  // Another try came between: its lock is gone now, its delay is not.
  if (!counted) throw tooSoon(1, refusal)
  const { failures, left } = counted
  const delay = isWhole ? (failures < limit.free ? 0 : Math.max(1, left)) : delayAfter(failures, limit.free)
  if (delay > 0)
    await sql`UPDATE app.attempt SET next_at = clock_timestamp() + make_interval(secs => ${delay}::float8) WHERE subject = ${digest}`.execute(
      tx,
    )
  return delay
}

/** A success forgets the account's failures; the address only gets its one try back, or one known account would clear the way for guessing others. */
export async function giveBack(tx: Tx, subjects: readonly Subject[]): Promise<void> {
  for (const { kind, digest } of subjects) {
    const change =
      kind === 'account'
        ? sql`DELETE FROM app.attempt WHERE subject = ${digest}`
        : sql`UPDATE app.attempt SET failures = failures - 1, next_at = clock_timestamp() WHERE subject = ${digest}`
    await change.execute(tx)
  }
}
