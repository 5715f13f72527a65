import { closeSync, existsSync, fdatasyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { isSigned, sha256, type CryptoProvider } from '#crypto/provider.server.ts'
import { inTransaction, wholeTree, type Db } from '#server/database.server.ts'
import { anchorText, readAnchors, type Anchor } from './anchor.ts'
import { readHeads } from './verify.server.ts'

/** The signed heads of one installation, in a file of its own that only grows. */
export type AnchorFile = {
  installation: string
  lines(): string[]
  read(): { anchors: Anchor[]; bad: number | null }
  /** Signs the heads as they are and appends them, on disk before it returns; nothing where none has moved. */
  anchor(db: Db): Promise<void>
}

const linesOf = (path: string): string[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : []

/** @param dir best on another disk than the database; @param installation names the file, so that a new start is no tampering */
export function openAnchors(dir: string, installation: string, crypto: CryptoProvider): AnchorFile {
  const path = join(dir, `${installation}.jsonl`)
  const check = {
    hash: sha256,
    verify: (text: string, signature: string) => isSigned(text, signature, crypto.publicKey),
  }
  return {
    installation,
    lines: () => linesOf(path),
    read: () => readAnchors(linesOf(path), check),
    anchor: async (db) => {
      const heads = await inTransaction(db, wholeTree, readHeads)
      const lines = linesOf(path)
      const last = lines.at(-1)
      if (last !== undefined && JSON.stringify(JSON.parse(last).heads) === JSON.stringify(heads)) return
      const unsigned = {
        at: new Date().toISOString(),
        heads,
        before: last === undefined ? '0'.repeat(64) : sha256(last),
      }
      append(dir, path, JSON.stringify({ ...unsigned, signature: crypto.sign(anchorText(unsigned)) }))
    },
  }
}

function append(dir: string, path: string, line: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const file = openSync(path, 'a', 0o600)
  try {
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
