import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BackupUnfit, openSealed, settle, writeSealed } from './container.server.ts'

const passPhrase = 'correct horse battery'
const head = { format: 1 as const, at: '2020-04-16T00:00:00.000Z', program: '0.1.0', schema: '0001-tree.sql' }
const mebibyte = 1 << 20

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'jinguo-sealed-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Bytes that differ from place to place, handed over in parts of uneven length. */
function bytesOf(length: number): Buffer {
  const bytes = Buffer.alloc(length)
  for (let n = 0; n < length; n += 977) bytes[n] = (n * 31) % 251
  return bytes
}

function* partsOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0, n = 1; at < bytes.length; at += n * 70_001, n = (n % 5) + 1)
    yield bytes.subarray(at, at + n * 70_001)
}

async function written(name: string, bytes: Buffer, suite: 'intl' | 'gm' = 'intl'): Promise<string> {
  const path = join(folder, name)
  await writeSealed(path, { head, suite, passPhrase }, Readable.from(partsOf(bytes)))
  await settle(path, async () => undefined)
  return path
}

const read = async (path: string, word = passPhrase): Promise<Buffer> =>
  buffer((await openSealed(path, word)).bytes)

/** The same file with one thing done to its bytes. */
function spoilt(path: string, spoil: (bytes: Buffer) => Buffer): string {
  const to = `${path}.spoilt`
  writeFileSync(to, spoil(Buffer.from(readFileSync(path))))
  return to
}

describe('a sealed file', () => {
  it.each([0, 1, mebibyte - 1, mebibyte, mebibyte + 1, 3 * mebibyte])(
    'gives %i bytes back',
    async (length) => {
      const bytes = bytesOf(length)
      expect((await read(await written(`of-${length}`, bytes))).equals(bytes)).toBe(true)
    },
  )

  it('does so under the national profile', async () => {
    const bytes = bytesOf(mebibyte + 5)
    const path = await written('gm', bytes, 'gm')
    expect((await read(path)).equals(bytes)).toBe(true)
    await expect(read(path, 'another pass phrase')).rejects.toThrow('口令不对')
  })

  it('tells another pass phrase from a damaged file', async () => {
    const path = await written('word', bytesOf(10))
    await expect(read(path, 'correct horse batterz')).rejects.toThrow('口令不对')
    await expect(read(spoilt(path, () => Buffer.from('PK\x03\x04')))).rejects.toThrow('不是巾帼的备份文件')
    await expect(read(join(folder, 'none'))).rejects.toThrow('没有备份文件')
  })

  it('is refused when cut off anywhere, between two pieces too', async () => {
    const path = await written('cut', bytesOf(2 * mebibyte + 9))
    const { length } = readFileSync(path)
    const ends = pieceEnds(readFileSync(path))
    expect(ends).toHaveLength(3)
    for (const at of [...ends.slice(0, 2), ends[0]! + 2, ends[0]! + 400, length - 1, length - 30])
      await expect(read(spoilt(path, (b) => b.subarray(0, at)))).rejects.toThrow(BackupUnfit)
  })

  it('is refused with any bit turned over, in its first line and its lengths too', async () => {
    const path = await written('flip', bytesOf(40))
    const { length } = readFileSync(path)
    for (let at = 0; at < length; at += 17)
      await expect(
        read(
          spoilt(path, (bytes) => {
            bytes[at]! ^= 1 << (at % 8)
            return bytes
          }),
        ),
        `bit of byte ${at}`,
      ).rejects.toThrow(BackupUnfit)
  })

  it('is refused with two of its pieces changed about, and with a piece of another file', async () => {
    const path = await written('order', bytesOf(3 * mebibyte))
    const other = readFileSync(await written('other', bytesOf(3 * mebibyte)))
    const ends = pieceEnds(readFileSync(path))
    const swap = (bytes: Buffer) =>
      Buffer.concat([
        bytes.subarray(0, bytes.indexOf('\n') + 1),
        bytes.subarray(ends[0], ends[1]),
        bytes.subarray(bytes.indexOf('\n') + 1, ends[0]),
        bytes.subarray(ends[1]),
      ])
    await expect(read(spoilt(path, swap))).rejects.toThrow(BackupUnfit)
    const graft = (bytes: Buffer) => Buffer.concat([bytes.subarray(0, ends[1]), other.subarray(ends[1])])
    await expect(read(spoilt(path, graft))).rejects.toThrow(BackupUnfit)
  })

  it('leaves nothing where its source fails, or what was written does not read back', async () => {
    const before = readdirSync(folder).length
    const sealing = { head, suite: 'intl' as const, passPhrase }
    const failing = (async function* () {
      yield bytesOf(2 * mebibyte)
      throw new Error('the database went away')
    })()
    const path = join(folder, 'failing')
    await expect(writeSealed(path, sealing, failing)).rejects.toThrow('went away')
    await writeSealed(path, sealing, Readable.from([bytesOf(9)]))
    const unread = settle(path, async (partial) => {
      expect(partial).not.toBe(path)
      throw new Error('does not read back')
    })
    await expect(unread).rejects.toThrow('does not read back')
    expect(readdirSync(folder)).toHaveLength(before)
  })
})

/** Where each piece ends. */
function pieceEnds(bytes: Buffer): number[] {
  const ends: number[] = []
  for (let at = bytes.indexOf('\n') + 1; at < bytes.length;) {
    at += 4 + bytes.readUInt32BE(at)
    ends.push(at)
  }
  return ends
}
