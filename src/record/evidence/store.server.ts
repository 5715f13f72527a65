import { createReadStream, existsSync, mkdirSync, statfsSync } from 'node:fs'
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { randomId, sha256 } from '#crypto/provider.server.ts'
import { Problem } from '#kit/problem.ts'
import { mostBytes, spareBytes } from './rules.ts'

/**
 * Files by content, beside the database: `ab/<hash>`, a preview as `ab/<hash>.preview`. A file is whole on disk before a row
 * names it, and goes only when none does.
 */
export type FileStore = {
  /** Writes what comes to quarantine. @returns its path. @throws Problem.tooLarge, diskFull */
  receive(stream: Readable): Promise<string>
  discard(path: string): Promise<void>
  /** Keeps bytes under their hash, synced. The same bytes are kept once. @returns the hash */
  keep(bytes: Uint8Array, preview: Uint8Array | null): Promise<string>
  /** Streams a file or its preview; null when it is not there. */
  read(hash: string, preview: boolean): Readable | null
  /** All kept files; a preview comes before the file that it is of. */
  list(): AsyncIterable<{ hash: string; preview: boolean }>
  /** How a kept file differs from its hash, or null. */
  fault(hash: string): Promise<'missing' | 'changed' | null>
  /** Takes away quarantine older than an hour, and files that `kept` does not name. @returns how many */
  sweep(kept: (hashes: string[]) => Promise<string[]>): Promise<number>
}

const hour = 3_600_000
const shape = /^[0-9a-f]{64}$/

const ageOf = async (path: string): Promise<number> => Date.now() - (await stat(path)).mtimeMs

const shelvesOf = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name)).sort()

/** Opens the store over a folder, made when it is not there (mode 0700). */
export function openStore(folder: string): FileStore {
  const quarantine = join(folder, 'quarantine')
  mkdirSync(quarantine, { recursive: true, mode: 0o700 })
  const place = (hash: string): string => {
    if (!shape.test(hash)) throw new Error('no hash of a file')
    return join(folder, hash.slice(0, 2), hash)
  }

  return {
    async receive(stream) {
      const { bavail, bsize } = statfsSync(folder)
      if (bavail * bsize < spareBytes + mostBytes) {
        stream.resume()
        throw Problem.diskFull()
      }
      const path = join(quarantine, randomId())
      const file = await open(path, 'wx', 0o600)
      let size = 0
      try {
        for await (const part of stream as AsyncIterable<Buffer>) {
          size += part.length
          if (size > mostBytes) throw Problem.fileRefused('文件过大，单个文件不能超过 30 MB')
          await file.write(part)
        }
      } catch (error) {
        await file.close()
        await rm(path, { force: true })
        stream.resume()
        throw error
      }
      await file.close()
      return path
    },
    discard: (path) => rm(path, { force: true }),
    async keep(bytes, preview) {
      const hash = sha256(bytes)
      const path = place(hash)
      mkdirSync(join(folder, hash.slice(0, 2)), { recursive: true, mode: 0o700 })
      if (preview !== null) await writeWhole(quarantine, `${path}.preview`, preview)
      await writeWhole(quarantine, path, bytes)
      return hash
    },
    read(hash, preview) {
      const path = preview ? `${place(hash)}.preview` : place(hash)
      return existsSync(path) ? createReadStream(path) : null
    },
    async *list() {
      for (const shelf of await shelvesOf(folder)) {
        const names = new Set(await readdir(join(folder, shelf)))
        for (const hash of [...names].filter((name) => shape.test(name)).sort()) {
          if (names.has(`${hash}.preview`)) yield { hash, preview: true }
          yield { hash, preview: false }
        }
      }
    },
    async fault(hash) {
      const path = place(hash)
      if (!existsSync(path)) return 'missing'
      return sha256(await readFile(path)) === hash ? null : 'changed'
    },
    async sweep(kept) {
      let gone = 0
      for (const name of await readdir(quarantine)) {
        if ((await ageOf(join(quarantine, name))) < hour) continue
        await rm(join(quarantine, name), { force: true })
        gone++
      }
      for (const shelf of await shelvesOf(folder)) {
        const hashes = (await readdir(join(folder, shelf))).filter((name) => shape.test(name))
        const wanted = new Set(await kept(hashes))
        for (const hash of hashes) {
          const path = place(hash)
          // A fresh file may belong to a row that is about to be committed.
          if (wanted.has(hash) || (await ageOf(path)) < hour) continue
          await rm(path, { force: true })
          await rm(`${path}.preview`, { force: true })
          gone++
        }
      }
      return gone
    },
  }
}

/** Temporary name, sync, rename, sync of the folder: after a power cut the file is whole or not there. */
async function writeWhole(quarantine: string, path: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(quarantine, randomId())
  const file = await open(temporary, 'wx', 0o600)
  await file.writeFile(bytes)
  await file.sync()
  await file.close()
  await rename(temporary, path)
  // Windows can neither open nor sync a folder.
  const shelf = await open(join(path, '..'), 'r').catch(() => null)
  await shelf?.sync().catch(() => undefined)
  await shelf?.close()
}
