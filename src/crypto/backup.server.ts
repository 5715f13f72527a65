import { pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { hashRaw } from '@node-rs/argon2'
import { suiteOf } from './keyRing.server.ts'
import { SealBroken, type SuiteName } from './suite.server.ts'

/** What stands unsealed at the head of a backup; `check` says whether a pass phrase is the one, and that the head is whole. */
export type Lock = { suite: SuiteName; salt: string; check: string }

/** Seals the pieces of one file in their order. */
export type Sealer = {
  lock: Lock
  /** `last` ends the file: what is cut off at a piece's end does not open. */
  seal(piece: Uint8Array, number: number, last: boolean): Buffer
  /** @throws SealBroken */
  open(sealed: Uint8Array, number: number, last: boolean): Buffer
}

/** Turns of PBKDF2-HMAC-SM3 (GM/T 0091), for which the profile `gm` has no argon2. */
const turns = 600_000

/** RFC 9106, second recommended choice; GM/T 0091 under the national profile. */
async function stretch(passPhrase: string, salt: Buffer, suite: SuiteName): Promise<Buffer> {
  if (suite === 'gm') return promisify(pbkdf2)(passPhrase, salt, turns, 32, 'sm3')
  return hashRaw(passPhrase, { salt, memoryCost: 65_536, timeCost: 3, parallelism: 4, outputLen: 32 })
}

async function sealerOf(passPhrase: string, suite: SuiteName, salt: Buffer, head: string): Promise<Sealer> {
  const { hmac, seal, open, hash } = suiteOf(suite)
  const key = await stretch(passPhrase, salt, suite)
  const place = (number: number, last: boolean): string => `${hash(head)}|${number}|${last ? 'end' : 'more'}`
  return {
    lock: { suite, salt: salt.toString('hex'), check: hmac(key, `jinguo.backup|${head}`).toString('hex') },
    seal: (piece, number, last) => seal(key, 1, piece, place(number, last)),
    open: (sealed, number, last) => open(key, sealed, place(number, last)),
  }
}

/** A lock over a new file. @param head what stands unsealed beside it: bound to every piece */
export const newLock = (passPhrase: string, suite: SuiteName, head: string): Promise<Sealer> =>
  sealerOf(passPhrase, suite, randomBytes(16), head)

/** The lock of a file that is there. @throws SealBroken for another pass phrase, or a head that was changed */
export async function openLock(passPhrase: string, lock: Lock, head: string): Promise<Sealer> {
  const sealer = await sealerOf(passPhrase, lock.suite, Buffer.from(lock.salt, 'hex'), head)
  const [found, wanted] = [Buffer.from(sealer.lock.check, 'hex'), Buffer.from(lock.check, 'hex')]
  if (found.length !== wanted.length || !timingSafeEqual(found, wanted)) throw new SealBroken()
  return sealer
}
