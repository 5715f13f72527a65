import { once } from 'node:events'
import { existsSync, lstatSync, realpathSync, rmSync, statSync } from 'node:fs'
import { type Server, type Socket, connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

import { sha256 } from '#crypto/provider.server.ts'
import { EmbeddedError, textOf } from '#server/embedded/error.ts'

/** Where a command run inside the server writes, and for whom it runs. */
export interface CommandIo {
  out(text: string): void
  err(text: string): void
  /** The caller's working folder: relative paths in `argv` mean this one. */
  cwd: string
  /** The operating-system user who called, for the audit. */
  user: string
}

export type RunCommand = (argv: string[], io: CommandIo) => Promise<number>

interface Request {
  argv: string[]
  cwd: string
  user: string
}
type Reply = { out: string } | { err: string } | { exit: number }

/** Exit code of a command that could not be run. */
const FAILED = 2

/**
 * Lets `npx jinguo …` work while this process holds the data folder: each connection to the socket beside the folder
 * (mode 0600) runs one command. Call it holding the folder's lock; a socket left by a dead server is replaced.
 */
export async function serveControl(dataDir: string, run: RunCommand): Promise<{ close(): Promise<void> }> {
  const path = controlPath(dataDir)
  const calls = new Set<Socket>()
  const server = createServer((socket) => {
    calls.add(socket)
    socket.on('close', () => calls.delete(socket))
    socket.on('error', () => socket.destroy())
    void answer(socket, run)
  })
  if (process.platform !== 'win32') rmSync(path, { force: true })
  await privately(server, path)
  return {
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        for (const socket of calls) socket.destroy()
      }),
  }
}

/**
 * Runs a command in the server that holds the data folder.
 * @returns its exit code, or null when no server listens (a dead one's socket is removed)
 * @throws EmbeddedError `lost` when the server goes away before the command is done
 */
export async function callControl(
  dataDir: string,
  argv: string[],
  io: Pick<CommandIo, 'out' | 'err' | 'cwd'>,
): Promise<number | null> {
  const socket = await reach(controlPath(dataDir), dataDir)
  if (!socket) return null
  const request: Request = { argv, cwd: io.cwd, user: userInfo().username }
  socket.write(`${JSON.stringify(request)}\n`)
  try {
    for await (const line of createInterface({ input: socket })) {
      const reply = JSON.parse(line) as Reply
      if ('exit' in reply) return reply.exit
      if ('out' in reply) io.out(reply.out)
      else io.err(reply.err)
    }
  } catch {
    // A torn connection reads like an ended one.
  } finally {
    socket.destroy()
  }
  throw new EmbeddedError('lost', '服务进程在命令完成前中断，结果未知，请重新执行。')
}

async function answer(socket: Socket, run: RunCommand): Promise<void> {
  const send = (reply: Reply) => {
    if (socket.writable) socket.write(`${JSON.stringify(reply)}\n`)
  }
  try {
    const line = await firstLine(socket)
    if (line === null) return
    const { argv, cwd, user } = JSON.parse(line) as Request
    const exit = await run(argv, { out: (out) => send({ out }), err: (err) => send({ err }), cwd, user })
    send({ exit })
  } catch (error) {
    send({ err: `${textOf(error)}\n` })
    send({ exit: FAILED })
  }
  socket.end()
}

function firstLine(socket: Socket): Promise<string | null> {
  return new Promise((done) => {
    const reader = createInterface({ input: socket })
    reader.once('line', done)
    reader.once('close', () => done(null))
  })
}

/** Beside the data folder; a path too long for a socket (107 bytes, 103 on macOS) moves to the temporary folder. */
export function controlPath(dataDir: string): string {
  const dir = existsSync(dataDir) ? realpathSync(dataDir) : resolve(dataDir)
  const short = sha256(dir).slice(0, 16)
  if (process.platform === 'win32') return `\\\\.\\pipe\\jinguo-control-${short}`
  const beside = `${dir}.sock`
  return Buffer.byteLength(beside) <= 100 ? beside : join(tmpdir(), `jinguo-${short}.sock`)
}

/** Binding makes the file, so the mask, not a later chmod, keeps others out from the first moment. */
async function privately(server: Server, path: string): Promise<void> {
  const listening = once(server, 'listening')
  const mask = process.umask(0o177)
  try {
    server.listen(path)
  } finally {
    process.umask(mask)
  }
  await listening
}

async function reach(path: string, dataDir: string): Promise<Socket | null> {
  const before = inode(path)
  if (before && !isOurs(before.uid, dataDir)) return null
  const socket = connect(path)
  try {
    await once(socket, 'connect')
    return socket
  } catch (error) {
    socket.destroy()
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    if (code !== 'ECONNREFUSED')
      throw new EmbeddedError(
        'held',
        `数据文件夹 ${dataDir} 的服务进程不接受连接（${message}），请用启动它的系统用户执行。`,
      )
    // Unless a new server has replaced the dead one's socket meanwhile.
    if (before && inode(path)?.ino === before.ino) rmSync(path, { force: true })
    return null
  }
}

function inode(path: string) {
  return process.platform === 'win32' ? undefined : lstatSync(path, { throwIfNoEntry: false })
}

/** In the shared temporary folder anybody may leave a socket: only the folder's owner, root and we are believed. */
function isOurs(uid: number, dataDir: string): boolean {
  return uid === 0 || uid === userInfo().uid || uid === statSync(dataDir, { throwIfNoEntry: false })?.uid
}
