import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { gm } from './gm.server.ts'
import { intl } from './intl.server.ts'
import type { Suite, SuiteName } from './suite.server.ts'

/** One key of the installation; its number, 1 to 127, stands in the header byte of what it sealed. */
export type RingEntry = { id: number; suite: SuiteName; key: Uint8Array }

/**
 * The keys of an installation, oldest first. The first is the root: index, audit and signature keys derive from it and its
 * suite is the profile. The last one wraps; all of them unwrap.
 */
export type KeyRing = readonly [RingEntry, ...RingEntry[]]

const suites: Record<SuiteName, Suite> = { intl, gm }
export const suiteOf = (name: SuiteName): Suite => suites[name]

/** The top bit of a header names the suite, the rest the entry of the ring; 0 = a key of the value's own. */
const gmBit = 0x80
export const headerOf = (suite: SuiteName, entry: number): number => (suite === 'gm' ? gmBit : 0) | entry
export const readHeader = (header: number): { suite: SuiteName; entry: number } => ({
  suite: header & gmBit ? 'gm' : 'intl',
  entry: header & ~gmBit,
})

export const newEntry = (id: number, suite: SuiteName): RingEntry => ({ id, suite, key: randomBytes(32) })

const lineShape = /^(\d{1,3}) (intl|gm) ([0-9a-f]{64})$/

/**
 * Reads the text of a key file: lines `number suite key`, oldest first; a file of the first release is one key alone.
 * @throws Error in Chinese when it is damaged
 */
export function parseRing(text: string, path: string): KeyRing {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  if (lines.length === 1 && /^[0-9a-f]{64}$/.test(lines[0]!))
    return [{ id: 1, suite: 'intl', key: Buffer.from(lines[0]!, 'hex') }]
  const entries = lines.map((line): RingEntry => {
    const [, id = '', suite = '', key = ''] = lineShape.exec(line) ?? []
    return { id: Number(id), suite: suite as SuiteName, key: Buffer.from(key, 'hex') }
  })
  const numbers = new Set(entries.map((e) => e.id))
  const whole = entries.every((e) => e.key.length === 32 && e.id >= 1 && e.id < gmBit)
  if (entries.length === 0 || !whole || numbers.size < entries.length)
    throw new Error(`密钥文件 ${path} 已损坏：每行应为“编号 套件 64 位十六进制密钥”，编号不重复`)
  return entries as unknown as KeyRing
}

const textOf = (ring: KeyRing): string =>
  [
    '# 巾帼密钥环：编号 套件 密钥。首行为根密钥，末行用于新的包裹；有用它包裹的数据时不得删除。',
    ...ring.map(({ id, suite, key }) => `${id} ${suite} ${Buffer.from(key).toString('hex')}`),
    '',
  ].join('\n')

/** Writes the ring, mode 0600: half a file never stands, and what stood before stands until the new one is on disk. */
export function writeRing(path: string, ring: KeyRing): void {
  mkdirSync(dirname(path), { recursive: true })
  const part = `${path}.${process.pid}.part`
  const file = openSync(part, 'wx', 0o600)
  try {
    writeSync(file, textOf(ring))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  chmodSync(part, 0o600)
  renameSync(part, path)
}

/**
 * The ring of a key file, making one at the first start.
 * @param asked suite of a new file (default `intl`); of an existing one it must be the profile
 * @throws Error in Chinese when others may read the file, it is damaged or of another profile
 */
export function readRing(path: string, asked: SuiteName | null): KeyRing {
  if (!existsSync(path)) {
    const suite = asked ?? 'intl'
    suiteOf(suite).check()
    writeRing(path, [newEntry(1, suite)])
  }
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
    throw new Error(`密钥文件 ${path} 的权限过宽，请先运行 chmod 600 ${path}`)
  const ring = parseRing(readFileSync(path, 'utf8'), path)
  if (asked !== null && ring[0].suite !== asked)
    throw new Error(
      `密钥文件 ${path} 建库时用的是 ${ring[0].suite}，与 JINGUO_CRYPTO=${asked} 不符；算法在建库时确定，之后不能直接更换`,
    )
  return ring
}
