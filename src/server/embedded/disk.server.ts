import type { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { closeSync, fdatasyncSync, fsyncSync, openSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'

/** What the engine did to its folder; paths are relative to it. Only the power-cut tests listen. */
export type Change =
  | { op: 'create'; path: string; folder: boolean }
  | { op: 'write'; path: string; at: number; bytes: Uint8Array }
  | { op: 'truncate'; path: string; size: number }
  | { op: 'rename'; path: string; to: string }
  | { op: 'remove'; path: string }
  | { op: 'sync'; path: string }

/** The seam between engine and disk. `sync` throws when the disk refuses; the tests put their own disk here. */
export interface Disk {
  sync(fd: number, path: string): void
  changed?(change: Change): void
}

/** WAL segments are filled with zeros before use, so their length stands: data alone is enough, and cheaper. */
export const realDisk: Disk = {
  sync: (fd, path) => (path.startsWith('pg_wal/') ? fdatasyncSync(fd) : fsyncSync(fd)),
}

/** Arguments with which the engine asks for syncs at all; `fsync` is the only method that reaches the file system. */
export const SYNCING = ['-c', 'fsync=on', '-c', 'wal_sync_method=fsync']

interface Node {
  name: string
  mode: number
}
interface Stream {
  node: Node
  nfd: number
}
type Call = (...args: never[]) => unknown
interface NodeFiles {
  realPath(node: Node): string
  node_ops: Record<'mknod' | 'rename' | 'unlink' | 'rmdir' | 'setattr', Call>
  stream_ops: Record<'write' | 'setattr' | 'fsync', Call>
}
type Module = PGlite['Module']
type Setup = Parameters<NodeFS['init']>[1]

/**
 * A PGlite folder whose syncs reach the disk. PGlite runs PostgreSQL with fsync off on files that ignore it; with
 * SYNCING and this class PostgreSQL's own order holds again: WAL before the answer to COMMIT, data files and
 * folders before the checkpoint record (decision 006).
 */
export class SyncedFolder extends NodeFS {
  readonly #root: string
  readonly #disk: Disk
  /** New entries whose folder has not been synced since. */
  readonly #unnamed = new Set<string>()
  /** The first refused sync, for good: the kernel may have dropped the pages, a second try would lie. */
  failure: string | null = null
  syncs = 0

  constructor(dir: string, disk: Disk = realDisk) {
    super(dir)
    this.#root = resolve(dir)
    this.#disk = disk
  }

  override async init(pg: PGlite, setup: Setup): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pg, setup)
    const preRun = [(module: Module) => this.#tap(module), ...(emscriptenOpts.preRun ?? [])]
    return { emscriptenOpts: { ...emscriptenOpts, preRun } }
  }

  #tap(module: Module): void {
    const { NODEFS } = module.FS.filesystems as unknown as { NODEFS: NodeFiles }
    const { node_ops: nodes, stream_ops: streams } = NODEFS
    const named = (node: Node) => relative(this.#root, NODEFS.realPath(node)).split(sep).join('/')
    const within = (parent: Node, name: string) => [named(parent), name].filter(Boolean).join('/')
    const make = nodes.mknod as (parent: Node, name: string, mode: number, dev: unknown) => Node
    nodes.mknod = (parent: Node, name: string, mode: number, dev: unknown) => {
      const node = make(parent, name, mode, dev)
      const path = within(parent, name)
      this.#unnamed.add(path)
      this.#disk.changed?.({ op: 'create', path, folder: isFolder(node) })
      return node
    }
    const rename = nodes.rename as (node: Node, folder: Node, name: string) => void
    nodes.rename = (node: Node, folder: Node, name: string) => {
      const [path, to] = [named(node), within(folder, name)]
      rename(node, folder, name)
      this.#unnamed.delete(path)
      this.#unnamed.add(to)
      this.#disk.changed?.({ op: 'rename', path, to })
    }
    for (const op of ['unlink', 'rmdir'] as const) {
      const remove = nodes[op] as (parent: Node, name: string) => void
      nodes[op] = (parent: Node, name: string) => {
        const path = within(parent, name)
        remove(parent, name)
        this.#unnamed.delete(path)
        this.#disk.changed?.({ op: 'remove', path })
      }
    }
    streams.fsync = (stream: Stream) => {
      const path = named(stream.node)
      try {
        if (this.failure) throw new Error(this.failure)
        this.#sync(stream.nfd, path, isFolder(stream.node))
        this.#keepName(path)
      } catch (error) {
        this.failure ??= `写盘失败（${path}：${(error as Error).message}）`
        throw new module.FS.ErrnoError(EIO)
      }
      return 0
    }
    if (this.#disk.changed) observe(NODEFS, named, (change) => this.#disk.changed?.(change))
  }

  /** PostgreSQL trusts that syncing a new file keeps its name too; POSIX doesn't promise that, so we see to it. */
  #keepName(path: string): void {
    if (!this.#unnamed.has(path)) return
    const folder = dirname(path) === '.' ? '' : dirname(path)
    const fd = openSync(resolve(this.#root, folder), 'r')
    try {
      this.#sync(fd, folder, true)
    } finally {
      closeSync(fd)
    }
    this.#keepName(folder)
  }

  /** Windows can't sync a folder and keeps names by itself. */
  #sync(fd: number, path: string, folder: boolean): void {
    if (!folder || process.platform !== 'win32') {
      this.syncs++
      this.#disk.sync(fd, path)
      this.#disk.changed?.({ op: 'sync', path })
    }
    if (folder) for (const name of this.#unnamed) if (isIn(name, path)) this.#unnamed.delete(name)
  }
}

const EIO = 29
const isFolder = (node: Node) => (node.mode & 0o170000) === 0o040000
const isIn = (path: string, folder: string) => dirname(path) === (folder || '.')

/** Tells what is written and cut; installed for the tests alone, since it copies what is written. */
function observe(
  { node_ops: nodes, stream_ops: streams }: NodeFiles,
  named: (node: Node) => string,
  tell: (change: Change) => void,
): void {
  const write = streams.write as (s: Stream, b: Uint8Array, o: number, n: number, at: number) => number
  streams.write = (stream: Stream, buffer: Uint8Array, offset: number, length: number, at: number) => {
    const done = write(stream, buffer, offset, length, at)
    const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset + offset, done).slice()
    tell({ op: 'write', path: named(stream.node), at, bytes })
    return done
  }
  const resized = (node: Node, attr: { size?: number }) => {
    if (attr.size !== undefined) tell({ op: 'truncate', path: named(node), size: attr.size })
  }
  const setNode = nodes.setattr as (node: Node, attr: { size?: number }) => void
  nodes.setattr = (node: Node, attr: { size?: number }) => {
    setNode(node, attr)
    resized(node, attr)
  }
  const setStream = streams.setattr as (stream: Stream, attr: { size?: number }) => void
  streams.setattr = (stream: Stream, attr: { size?: number }) => {
    setStream(stream, attr)
    resized(stream.node, attr)
  }
}
