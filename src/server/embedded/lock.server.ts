import { closeSync, constants, openSync, statSync } from 'node:fs'
import { type Server, connect, createServer } from 'node:net'

import { EmbeddedError } from '#server/embedded/error.ts'

export interface FolderLock {
  release(): Promise<void>
}

/**
 * Takes the one lock of a data folder. The kernel gives it back the moment its owner dies, however it dies, so no
 * time-out and no leftover file is ever judged. Keyed by device and inode: links and mounts lead to the same lock.
 * Linux: abstract socket; Windows: named pipe; macOS, BSD: exclusive open. Two containers on one volume don't see
 * each other (decision 006).
 * @throws EmbeddedError `held` naming the folder (and the process, where it answers), `unfit` where the system has
 * no such lock
 */
export async function acquireFolderLock(dir: string): Promise<FolderLock> {
  const { dev, ino } = statSync(dir, { bigint: true })
  const key = `jinguo-${dev.toString(36)}-${ino.toString(36)}`
  if (process.platform === 'linux' || process.platform === 'android') return listening(`\0${key}`, dir)
  if (process.platform === 'win32') return listening(`\\\\.\\pipe\\${key}`, dir)
  return exclusivelyOpened(dir)
}

/** The socket answers every caller with our process id, so that the refused one can be told whom to stop. */
async function listening(name: string, dir: string): Promise<FolderLock> {
  const server = createServer((caller) => {
    caller.on('error', () => caller.destroy())
    caller.end(`${process.pid}\n`)
  })
  const error = await new Promise<NodeJS.ErrnoException | null>((done) => {
    server.once('error', done)
    server.listen(name, () => done(null))
  })
  if (error?.code === 'EADDRINUSE') throw held(dir, await ownerOf(name))
  if (error) throw unfit(dir, error.message)
  server.unref()
  return { release: () => closed(server) }
}

/** O_EXLOCK, which Node's own constants leave out; macOS and all BSDs agree on the bit. */
const O_EXLOCK = 0x20

/**
 * Exported for its test: a system that ignores the flag must be found out, not trusted, so the lock is proved by
 * failing to take it twice.
 */
export function exclusivelyOpened(dir: string): FolderLock {
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | O_EXLOCK
  const take = (): number | null => {
    try {
      return openSync(dir, flags)
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (code === 'EAGAIN') return null
      throw unfit(dir, message)
    }
  }
  const mine = take()
  if (mine === null) throw held(dir, null)
  const second = take()
  if (second === null) return { release: async () => closeSync(mine) }
  closeSync(second)
  closeSync(mine)
  throw unfit(dir, '该系统不支持独占打开')
}

function closed(server: Server): Promise<void> {
  return new Promise((done) => server.close(() => done()))
}

/** A stopped owner doesn't answer; it still holds the lock, only its number stays unknown. */
function ownerOf(name: string): Promise<string | null> {
  return new Promise((done) => {
    const socket = connect(name)
    let text = ''
    const finish = () => {
      socket.destroy()
      done(/^\d+\n$/.test(text) ? text.trim() : null)
    }
    socket.setTimeout(500, finish)
    socket.on('data', (data) => (text += data.toString('latin1')))
    socket.once('error', finish)
    socket.once('end', finish)
  })
}

function held(dir: string, pid: string | null): EmbeddedError {
  const who = pid === null ? '另一个正在运行的进程' : `另一个正在运行的进程（进程号 ${pid}）`
  return new EmbeddedError(
    'held',
    `数据文件夹 ${dir} 正由${who}使用。请先停止那个进程，或用环境变量 JINGUO_DATA 指定另一个文件夹。`,
  )
}

function unfit(dir: string, detail: string): EmbeddedError {
  return new EmbeddedError('unfit', `无法锁定数据文件夹 ${dir}（${detail}），为防数据损坏，不予启动。`)
}
