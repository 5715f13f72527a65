import { randomToken } from '#crypto/provider.server.ts'
import { foreignHmac } from '#crypto/secret.server.ts'
import { waitWords } from '#identity/throttle.ts'
import { Problem } from '#kit/problem.ts'

/** So many of a kind in one window, from one address, or of one person who signs. */
const free = { tell: 60, look: 200, find: 300 } as const
const windowMs = 15 * 60_000

/**
 * Counts who tells and looks, in memory alone: by a digest under a key that is drawn anew with every window and thrown away with
 * it. No table, log or backup ever holds an address of one who tells a matter, nor anything that could be made into one again.
 */
export type Pace = {
  /** @throws Problem.tooManyObjections */
  spend(kind: keyof typeof free, from: string): void
}

export function openPace(now: () => number = Date.now): Pace {
  let key = randomToken()
  let since = now()
  const counts = new Map<string, number>()
  return {
    spend(kind, from) {
      if (now() - since >= windowMs) {
        key = randomToken()
        since = now()
        counts.clear()
      }
      const who = foreignHmac(key, `${kind} ${from}`).toString('base64')
      const n = (counts.get(who) ?? 0) + 1
      if (n > free[kind]) {
        const seconds = Math.ceil((since + windowMs - now()) / 1000)
        throw Problem.tooManyObjections({ wait: waitWords(seconds), seconds })
      }
      counts.set(who, n)
    },
  }
}
