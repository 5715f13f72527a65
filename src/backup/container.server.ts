import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as z from 'zod/mini'
import { newLock, openLock, type Lock, type Sealer } from '#crypto/backup.server.ts'
import { SealBroken, type SuiteName } from '#crypto/suite.server.ts'

/** Written in one way only: in capitals it would be the same number, and another file. */
const hex = z.string().check(z.regex(/^[0-9a-f]+$/))
const firstLine = z.object({
  head: z.object({ format: z.literal(1), at: z.string(), program: z.string(), schema: z.string() }),
  lock: z.object({ suite: z.enum(['intl', 'gm']), salt: hex, check: hex }),
})

/** What anybody may read of a backup without its pass phrase. */
export type Head = z.infer<typeof firstLine>['head']

const magic = 'JINGUO-BACKUP '
const pieceBytes = 1 << 20
/** Longest head and longest sealed piece that are believed: a damaged length must not ask for gigabytes. */
const mostHead = 4096
const mostPiece = pieceBytes + 1024

/** A backup that cannot be read; the sentence says what to do. */
export class BackupUnfit extends Error {}

const headText = (head: Head): string => JSON.stringify(head)

/** Bytes as pieces of the same size, each with whether it is the last. */
async function* pieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<{ bytes: Buffer; last: boolean }> {
  let held: Buffer[] = []
  let size = 0
  for await (const part of source) {
    held.push(Buffer.from(part.buffer, part.byteOffset, part.byteLength))
    size += part.byteLength
    if (size <= pieceBytes) continue
    let all = Buffer.concat(held)
    for (; all.length > pieceBytes; all = all.subarray(pieceBytes))
      yield { bytes: all.subarray(0, pieceBytes), last: false }
    held = [all]
    size = all.length
  }
  yield { bytes: Buffer.concat(held), last: true }
}

export type Sealing = { head: Head; suite: SuiteName; passPhrase: string }

const partialOf = (path: string): string => `${path}.partial`

/** Writes a sealed file under a temporary name, synced; `settle` gives it its own. @returns its length in bytes */
export async function writeSealed(
  path: string,
  { head, suite, passPhrase }: Sealing,
  source: AsyncIterable<Uint8Array>,
): Promise<number> {
  const partial = partialOf(path)
  const sealer = await newLock(passPhrase, suite, headText(head))
  const file = await open(partial, 'wx', 0o600)
  try {
    const line = `${magic}${JSON.stringify({ head, lock: sealer.lock })}\n`
    await file.write(line)
    let [bytes, number] = [Buffer.byteLength(line), 0]
    for await (const piece of pieces(source)) {
      const sealed = sealer.seal(piece.bytes, number++, piece.last)
      const length = Buffer.alloc(4)
      length.writeUInt32BE(sealed.length)
      await file.writev([length, sealed])
      bytes += 4 + sealed.length
    }
    await file.sync()
    await file.close()
    return bytes
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(partial, { force: true })
    throw error
  }
}

/** Gives a written file its name once `check` has read it back; where that fails it is gone. */
export async function settle(path: string, check: (partial: string) => Promise<unknown>): Promise<void> {
  const partial = partialOf(path)
  try {
    await check(partial)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
  // Windows can neither open nor sync a folder.
  const folder = await open(dirname(path), 'r').catch(() => null)
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}

/** An opened backup: its head, and its bytes from the first to the last. */
export type Opened = { head: Head; bytes: AsyncGenerator<Buffer> }

/**
 * Opens a sealed file. Its bytes throw at the first piece that was changed, moved or cut off.
 * @throws BackupUnfit
 */
export async function openSealed(path: string, passPhrase: string): Promise<Opened> {
  const file = await open(path, 'r').catch(() => {
    throw new BackupUnfit(`没有备份文件 ${path}，或没有读它的权限`)
  })
  try {
    const { head, lock, start } = await readHead(file, path)
    const sealer = await openLock(passPhrase, lock, headText(head))
    return { head, bytes: unsealed(file, sealer, start, path) }
  } catch (error) {
    await file.close()
    if (error instanceof SealBroken) throw new BackupUnfit(`口令不对，或 ${path} 的文件头被改动过`)
    throw error
  }
}

async function readHead(file: FileHandle, path: string): Promise<{ head: Head; lock: Lock; start: number }> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(mostHead), 0, mostHead, 0)
  const end = buffer.subarray(0, bytesRead).indexOf('\n')
  const line = end < 0 ? '' : buffer.toString('utf8', 0, end)
  if (!line.startsWith(magic)) throw new BackupUnfit(`${path} 不是巾帼的备份文件，或已损坏`)
  const found = firstLine.safeParse(parsedLine(line.slice(magic.length)))
  if (!found.success) throw new BackupUnfit(`${path} 的文件头已损坏，或由更新的程序写成`)
  return { ...found.data, start: end + 1 }
}

function parsedLine(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function* unsealed(
  file: FileHandle,
  sealer: Sealer,
  start: number,
  path: string,
): AsyncGenerator<Buffer> {
  try {
    const { size } = await file.stat()
    let at = start
    for (let number = 0, last = false; !last; number++) {
      const length = await exactly(file, at, 4)
      const bytes = length?.readUInt32BE() ?? 0
      const sealed = bytes > 0 && bytes <= mostPiece ? await exactly(file, at + 4, bytes) : null
      if (sealed === null) throw new BackupUnfit(`${path} 不完整：在第 ${at} 字节处断开`)
      last = at + 4 + bytes >= size
      try {
        yield sealer.open(sealed, number, last)
      } catch (error) {
        if (error instanceof SealBroken)
          throw new BackupUnfit(
            last ? `${path} 不完整，或末尾被改动过` : `${path} 在第 ${at} 字节起的一段被改动过`,
          )
        throw error
      }
      at += 4 + bytes
    }
  } finally {
    await file.close()
  }
}

async function exactly(file: FileHandle, at: number, length: number): Promise<Buffer | null> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
  return bytesRead === length ? buffer : null
}
