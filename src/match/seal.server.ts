import type { CryptoProvider } from '#crypto/provider.server.ts'
import { openSecret, sealSecret } from '#crypto/secret.server.ts'

// Sealed under a key of match-making alone, bound to the place: what is moved to another row does not open.

const label = 'jinguo.match'
const place = {
  card: 'match_profile.card',
  contact: 'match_profile.contact',
  words: 'match_report.words',
} as const
type Part = keyof typeof place

/** Bytes as SQL takes them. */
export const closed = (crypto: CryptoProvider, part: Part, id: string, text: string): string =>
  `\\x${Buffer.from(sealSecret(crypto, label, text, `${place[part]}:${id}`)).toString('hex')}`

export const opened = (crypto: CryptoProvider, part: Part, id: string, bytes: Uint8Array): string =>
  openSecret(crypto, label, Buffer.from(bytes).toString(), `${place[part]}:${id}`)

/** Her own card and contact in words, from a row of her copy, where bytes stand as text. */
export function openProfile(
  crypto: CryptoProvider,
  row: Record<string, unknown>,
): { card: string; contact: string } {
  const id = String(row['id'])
  const bytes = (column: string) => Buffer.from(String(row[column]).slice(2), 'hex')
  const { alias, area, about } = JSON.parse(opened(crypto, 'card', id, bytes('card'))) as Record<
    string,
    string
  >
  return { card: `${alias}，${area}：${about}`, contact: opened(crypto, 'contact', id, bytes('contact')) }
}
