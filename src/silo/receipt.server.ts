import { sql } from 'kysely'
import { codeOf, digestLetters, readCode } from '#certificate/code.ts'
import type { CryptoProvider } from '#crypto/provider.server.ts'
import { keyedLetters, receiptDigest } from '#crypto/secret.server.ts'
import type { Tx } from '#server/database.server.ts'

/**
 * The code of a matter: 130 bits that only this installation's key makes of the number that her page drew and of what she sends.
 * Sent twice because an answer was lost, the same matter gets the same code again; nothing stored leads back to it.
 */
export const receiptOf = (crypto: CryptoProvider, nonce: string, said: string): string =>
  codeOf(keyedLetters(crypto, 'jinguo.receipt', `code ${nonce} ${said}`, digestLetters))

/** What is stored of a code that somebody typed, as hex; null where it can be none. */
export function digestOfTyped(crypto: CryptoProvider, typed: string): string | null {
  const code = readCode(typed)
  return code === null ? null : receiptDigest(crypto, code).toString('hex')
}

/** Runs `work` while the transaction shows that it holds a receipt: row policies open her own matter and no other. */
export async function asHolder<T>(tx: Tx, digest: string, work: () => Promise<T>): Promise<T> {
  await sql`SELECT set_config('app.receipt', ${digest}, true)`.execute(tx)
  const done = await work()
  await sql`SELECT set_config('app.receipt', '', true)`.execute(tx)
  return done
}
