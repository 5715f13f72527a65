import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { isSigned, type CryptoProvider } from '#crypto/provider.server.ts'
import { inTransaction, wholeTree, type Db } from '#server/database.server.ts'
import { anchorText, lateAfterMs, readAnchors, stampedText, type Anchor } from './anchor.ts'
import type { Stamper } from './timestamp.server.ts'
import { readHeads } from './verify.server.ts'

/** The signed heads of one installation, in a file of its own that only grows. */
export type AnchorFile = {
  installation: string
  lines(): string[]
  read(): { anchors: Anchor[]; bad: number | null }
  /**
   * Signs the heads as they are and appends them, on disk before it returns; nothing where none has moved.
   * @throws Error where the disk refuses; also, once the line stands, where the time-stamping authority gave no token
   */
  anchor(db: Db): Promise<void>
  /** Whether no turn has succeeded for four hours. */
  late(now?: number): boolean
  /** Checks the tokens of all anchors. `bad` = first line whose token is none of the authority's over it */
  tokens(): Promise<{ count: number; bad: number | null }>
}

/** The whole lines of a file. What follows the last line end was never answered: a power cut tore it. */
function linesOf(path: string): string[] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8').split('\n').slice(0, -1)
}

/** @param dir best on another disk than the database; @param installation names the file, so that a new start is no tampering */
export function openAnchors(
  dir: string,
  installation: string,
  crypto: CryptoProvider,
  stamper: Stamper | null = null,
): AnchorFile {
  const path = join(dir, `${installation}.jsonl`)
  const check = {
    hash: crypto.hash,
    verify: (text: string, signature: string) => isSigned(text, signature, crypto.publicKey),
  }
  // Each signature is checked once while the file stays as it is.
  let known = { size: -1, changed: -1, found: readAnchors([], check) }
  const opened = Date.now()
  let succeeded: number | null = null
  let turn: Promise<void> = Promise.resolve()

  const read: AnchorFile['read'] = () => {
    const { size, mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { size: 0, mtimeMs: 0 }
    if (known.size !== size || known.changed !== mtimeMs)
      known = { size, changed: mtimeMs, found: readAnchors(linesOf(path), check) }
    return known.found
  }

  async function anchor(db: Db): Promise<void> {
    let refused: unknown = null
    for (;;) {
      const heads = await inTransaction(db, wholeTree, readHeads)
      const last = linesOf(path).at(-1)
      if (last !== undefined && JSON.stringify(JSON.parse(last).heads) === JSON.stringify(heads)) break
      const unsigned = {
        at: new Date().toISOString(),
        heads,
        before: last === undefined ? '0'.repeat(64) : crypto.hash(last),
      }
      const line: Anchor = { ...unsigned, signature: crypto.sign(anchorText(unsigned)) }
      const token = await stamper?.stamp(stampedText(line)).catch((error: unknown) => {
        refused = error
        return undefined
      })
      const lines = linesOf(path)
      // While the authority was asked another process may have anchored: then this line follows nothing.
      if (lines.at(-1) !== last) continue
      append(dir, path, lines, JSON.stringify(token === undefined ? line : { ...line, token }))
      break
    }
    succeeded = Date.now()
    if (refused)
      throw new Error(`链头已签名存好，但没有取得时间戳：${(refused as Error).message}`, { cause: refused })
  }

  return {
    installation,
    lines: () => linesOf(path),
    read,
    // One at a time: each names the line before it.
    anchor: (db) => (turn = turn.catch(() => undefined).then(() => anchor(db))),
    late: (now = Date.now()) => {
      const last = read().anchors.at(-1)
      const known = succeeded ?? (last ? Date.parse(last.at) : opened)
      return now - known > lateAfterMs
    },
    tokens: async () => {
      const stamped = read().anchors.flatMap((line, n) => (line.token === undefined ? [] : [{ line, n }]))
      if (!stamper) return { count: stamped.length, bad: null }
      for (const { line, n } of stamped) {
        const whole = await stamper.check(line.token!, stampedText(line)).then(
          () => true,
          () => false,
        )
        if (!whole) return { count: stamped.length, bad: n + 1 }
      }
      return { count: stamped.length, bad: null }
    },
  }
}

function append(dir: string, path: string, before: readonly string[], line: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const file = openSync(path, 'a', 0o600)
  try {
    const whole = Buffer.byteLength(before.map((l) => `${l}\n`).join(''))
    if (fstatSync(file).size > whole) ftruncateSync(file, whole)
    writeSync(file, `${line}\n`)
    fdatasyncSync(file)
  } finally {
    closeSync(file)
  }
}

const everyMs = 3_600_000

/** Anchors now, every hour, and once more at the stop. A failure is told and tried again at the next turn. */
export async function startAnchoring(
  file: AnchorFile,
  db: Db,
  failed: (error: unknown) => void,
): Promise<{ stop(): Promise<void> }> {
  const turn = () => file.anchor(db).catch(failed)
  await turn()
  const timer = setInterval(() => void turn(), everyMs)
  return {
    stop: async () => {
      clearInterval(timer)
      await turn()
    },
  }
}
