import type { CryptoProvider } from '#crypto/provider.server.ts'
import { openSecret, sealSecret } from '#crypto/secret.server.ts'

type Column = 'body' | 'answer'
const mark = 'sealed:'
const about = (column: Column, id: string): string => `suggestion.${column}:${id}`

/** What is complained of, and what was answered, as the database keeps it. */
export const sealWords = (crypto: CryptoProvider, column: Column, id: string, text: string): string =>
  mark + sealSecret(crypto, 'jinguo.suggestion', text, about(column, id))

export const isSealed = (kept: string): boolean => kept.startsWith(mark)

/** The same in words; rows from before the sealing, and those of a woman who was erased, stand in clear. */
export const openWords = (crypto: CryptoProvider, column: Column, id: string, kept: string): string =>
  isSealed(kept) ? openSecret(crypto, 'jinguo.suggestion', kept.slice(mark.length), about(column, id)) : kept
