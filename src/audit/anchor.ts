import * as z from 'zod/mini'
import type { Head } from './chain.ts'

/** Heads of all streams at one moment, signed, each naming the one before it: a line of an append-only file outside the database. */
export const anchor = z.strictObject({
  at: z.string(),
  heads: z.array(z.strictObject({ district_id: z.number(), seq: z.number(), hash: z.string() })),
  /** Digest of the line before; of the first line 64 zeros. */
  before: z.string(),
  signature: z.string(),
  /** RFC 3161 token of another house over what was signed, base64; where one was asked and answered. */
  token: z.optional(z.string()),
})
export type Anchor = z.infer<typeof anchor>

/** What is signed. */
export const anchorText = ({ at, heads, before }: Omit<Anchor, 'signature' | 'token'>): string =>
  [before, at, ...heads.map((h) => `${h.district_id}:${h.seq}:${h.hash}`)].join('\n')

/** What is time-stamped: the signed text and its signature. */
export const stampedText = (line: Anchor): string => `${anchorText(line)}\n${line.signature}`

export type AnchorCheck = {
  hash(text: string): string
  verify(text: string, signature: string): boolean
}

/** The anchors of a file's lines. `bad` = first line (from 1) that is damaged, unsigned or out of its order, else null. */
export function readAnchors(
  lines: readonly string[],
  check: AnchorCheck,
): { anchors: Anchor[]; bad: number | null } {
  const anchors: Anchor[] = []
  let before = '0'.repeat(64)
  for (const [n, line] of lines.entries()) {
    const parsed = z.safeParse(anchor, json(line))
    if (!parsed.success || parsed.data.before !== before) return { anchors, bad: n + 1 }
    if (!check.verify(anchorText(parsed.data), parsed.data.signature)) return { anchors, bad: n + 1 }
    anchors.push(parsed.data)
    before = check.hash(line)
  }
  return { anchors, bad: null }
}

function json(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** Anchored heads by stream. */
export function headsOf(anchors: readonly Anchor[]): Map<number, Head[]> {
  const heads = new Map<number, Head[]>()
  for (const { heads: list } of anchors) {
    for (const head of list) heads.set(head.district_id, [...(heads.get(head.district_id) ?? []), head])
  }
  return heads
}

/** The streams that end before their last anchored row: the database is older than what was signed, as after a restore. */
export function behind(heads: readonly Head[], anchors: readonly Anchor[]): Head[] {
  const now = new Map(heads.map((head) => [head.district_id, head.seq]))
  return [...headsOf(anchors).values()]
    .map((list) => list.reduce((last, head) => (head.seq > last.seq ? head : last)))
    .filter((last) => (now.get(last.district_id) ?? 0) < last.seq)
}

/** So long may the audit go without an anchor: then sensitive writes wait. */
export const lateAfterMs = 4 * 3_600_000
