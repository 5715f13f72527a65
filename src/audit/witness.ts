import { genesis } from './chain.ts'

// The books by their witnesses: each browser keeps the head that it saw last, and checks at the next sign-in that today's
// head continues it. It gets hashes of rows alone, which tell nothing of what stands in the rows.

/** The head of a stream as a browser keeps it. */
export type Seen = { seq: number; link: string }
/** Before the first row. */
export const unseen: Seen = { seq: 0, link: genesis }

/** What a link is the digest of. */
export const linkText = (link: string, hash: string): string => link + hash

/** The link after some rows, given their hashes in order; digest of the text by SHA-256, hex. */
export async function follow(
  link: string,
  hashes: readonly string[],
  digest: (text: string) => string | Promise<string>,
): Promise<string> {
  let at = link
  for (const hash of hashes) at = await digest(linkText(at, hash))
  return at
}

/** Whether today's head may continue the one that was kept: `no` = certainly not, `ask` = the hashes between will tell. */
export function compare(kept: Seen, now: Seen): 'same' | 'ask' | 'no' {
  if (now.seq < kept.seq) return 'no'
  if (now.seq > kept.seq) return 'ask'
  return now.link === kept.link ? 'same' : 'no'
}

/**
 * Whether today's head continues the kept one. `hashesOf` gives the hashes of the rows after one seq, as many as it likes;
 * too few, or none where there must be some, is a no.
 */
export async function continues(
  kept: Seen,
  now: Seen,
  hashesOf: (after: number, until: number) => Promise<readonly string[]>,
  digest: (text: string) => string | Promise<string>,
): Promise<boolean> {
  const first = compare(kept, now)
  if (first !== 'ask') return first === 'same'
  let { seq, link } = kept
  while (seq < now.seq) {
    const hashes = (await hashesOf(seq, now.seq)).slice(0, now.seq - seq)
    if (hashes.length === 0) return false
    link = await follow(link, hashes, digest)
    seq += hashes.length
  }
  return link === now.link
}
