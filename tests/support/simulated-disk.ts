import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { type Change, type Disk, realDisk } from '#server/embedded/disk.server.ts'

type Edit = { at: number; bytes: Uint8Array } | { size: number }

/** A file or folder: what the platter holds, and what only the page cache holds. */
interface Inode {
  kept: Buffer
  folder: boolean
  edits: Edit[]
}

type Entry = { path: string; inode: Inode | null }

/**
 * A disk with a volatile cache under the engine's folder. Writes live in the cache until their file is synced, names
 * until their folder is; at a power cut the cache is gone, or (worse) each cached page may or may not have arrived.
 * The folder itself stays whole: what would be left is written out by `afterPowerCut`.
 */
export class SimulatedDisk implements Disk {
  /** Paths as the running engine sees them. */
  readonly #seen = new Map<string, Inode>()
  /** Paths as the platter has them. */
  readonly #named = new Map<string, Inode>()
  #names: Entry[] = []
  readonly #honest: (path: string) => boolean
  syncs: string[] = []
  /** Called after each change, so that a test can cut the power in the middle of anything. */
  onChange: () => void = () => undefined

  /** `honest` tells which syncs reach the disk; the twin of a test leaves some out. */
  constructor(dir: string, honest: (path: string) => boolean = () => true) {
    this.#honest = honest
    for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
      const full = join(entry.parentPath, entry.name)
      const folder = entry.isDirectory()
      const inode = { kept: folder ? Buffer.alloc(0) : readFileSync(full), folder, edits: [] }
      const path = full.slice(dir.length + 1)
      this.#seen.set(path, inode)
      this.#named.set(path, inode)
    }
  }

  sync(fd: number, path: string): void {
    if (this.#honest(path)) realDisk.sync(fd, path)
  }

  changed(change: Change): void {
    const { path } = change
    if (change.op === 'sync') this.#sync(path)
    else if (change.op === 'create')
      this.#name(path, { kept: Buffer.alloc(0), folder: change.folder, edits: [] })
    else if (change.op === 'remove') this.#name(path, null)
    else if (change.op === 'rename') {
      const inode = this.#get(path)
      this.#name(path, null)
      this.#name(change.to, inode)
    } else if (change.op === 'truncate') this.#get(path).edits.push({ size: change.size })
    else this.#get(path).edits.push({ at: change.at, bytes: change.bytes })
    this.onChange()
  }

  /** Writes into `dir` what a power cut now would leave; `arrives` decides for each cached page and name. */
  afterPowerCut(dir: string, arrives: () => boolean = () => false): void {
    const left = new Map(this.#named)
    for (const { path, inode } of this.#names) if (arrives()) put(left, path, inode)
    mkdirSync(dir, { recursive: true })
    for (const [path, inode] of [...left].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const full = join(dir, path)
      if (inode.folder) mkdirSync(full, { recursive: true })
      else {
        mkdirSync(dirname(full), { recursive: true })
        writeFileSync(
          full,
          apply({ ...inode, kept: Buffer.from(inode.kept) }, sectors(inode.edits).filter(arrives)),
        )
      }
    }
  }

  #sync(path: string): void {
    this.syncs.push(path)
    if (!this.#honest(path)) return
    const inode = path === '' ? null : this.#get(path)
    if (inode && !inode.folder) {
      inode.kept = apply(inode, inode.edits)
      inode.edits = []
      return
    }
    const within = (entry: Entry) => dirname(entry.path) === (path || '.')
    for (const entry of this.#names) if (within(entry)) put(this.#named, entry.path, entry.inode)
    this.#names = this.#names.filter((entry) => !within(entry))
  }

  #name(path: string, inode: Inode | null): void {
    put(this.#seen, path, inode)
    this.#names.push({ path, inode })
  }

  #get(path: string): Inode {
    const inode = this.#seen.get(path)
    if (!inode) throw new Error(`the engine changed ${path}, which it never made`)
    return inode
  }
}

function put(names: Map<string, Inode>, path: string, inode: Inode | null): void {
  if (inode) names.set(path, inode)
  else names.delete(path)
}

const SECTOR = 512

/** The disk keeps or loses sectors, not whole writes: a page of the database may arrive torn. */
function sectors(edits: readonly Edit[]): Edit[] {
  return edits.flatMap((edit) => {
    if ('size' in edit) return [edit]
    const parts: Edit[] = []
    for (let at = 0; at < edit.bytes.length; at += SECTOR)
      parts.push({ at: edit.at + at, bytes: edit.bytes.subarray(at, at + SECTOR) })
    return parts
  })
}

/** Segments are large and syncs many, so the kept bytes are changed in place, and grow by doubling. */
function apply(inode: Inode, edits: readonly Edit[]): Buffer {
  let room = inode.kept
  let size = room.length
  for (const edit of edits) {
    const end = 'size' in edit ? edit.size : edit.at + edit.bytes.length
    if (end > room.length) {
      const larger = Buffer.alloc(Math.max(end, 2 * room.length))
      room.copy(larger, 0, 0, size)
      room = larger
    }
    if ('bytes' in edit) room.set(edit.bytes, edit.at)
    else room.fill(0, edit.size)
    size = 'size' in edit ? edit.size : Math.max(size, end)
  }
  return room.subarray(0, size)
}
