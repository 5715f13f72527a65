import { hash, hashRaw, parseOptions, verify } from '@node-rs/argon2'
import { Problem } from '#kit/problem.ts'

export type Cost = { memoryCost: number; timeCost: number; parallelism: number }

/** RFC 9106 second choice, at three passes (design: about 150 ms on one core). */
export const standardCost: Cost = { memoryCost: 65_536, timeCost: 3, parallelism: 1 }

/** Hashings that run at once: each takes 64 MiB and a core. */
const atOnce = 2
/** Beyond so many waiting the next is told to come again: a queue of strangers must not starve the rest. */
const mostWaiting = 60

export type Hasher = {
  /** argon2id in PHC form, with the pepper. */
  hash(password: string): Promise<string>
  /**
   * Whether the password fits; null for an account without one, or none at all, costs the same and is false.
   * @throws Problem.busy
   */
  verify(stored: string | null, password: string): Promise<boolean>
  /** The same secret and salt give the same bytes: finds one code among ten with one hashing. */
  digest(secret: string, salt: Uint8Array): Promise<Buffer>
  /** Whether it was made at another cost than today's. */
  isStale(stored: string): boolean
  /** Hashings done so far; tests compare paths by it instead of by the clock. */
  count(): number
}

/** The one place that hashes passwords. The pepper lives in the key file, so a stolen database alone cannot be guessed at. */
export function openHasher(pepper: Uint8Array, cost: Cost = standardCost): Hasher {
  const options = { ...cost, secret: pepper }
  const waiting: (() => void)[] = []
  let running = 0
  let done = 0
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      if (waiting.length >= mostWaiting) throw Problem.busy()
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running++
    try {
      done++
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
  return {
    hash: (password) => inTurn(() => hash(password, options)),
    verify: (stored, password) =>
      inTurn(async () => {
        if (stored !== null) return verify(stored, password, { secret: pepper })
        await hash(password, options)
        return false
      }),
    digest: (secret, salt) => inTurn(() => hashRaw(secret, { ...options, salt })),
    isStale: (stored) => {
      const made = parseOptions(stored)
      return (
        made.memoryCost !== cost.memoryCost ||
        made.timeCost !== cost.timeCost ||
        made.parallelism !== cost.parallelism
      )
    },
    count: () => done,
  }
}
