import { write } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

/** Bytes that may wait for an output that takes none. */
const mostWaiting = 1024 * 1024
const againMs = 100

/** Where lines of the log go. */
export type Log = {
  write(text: string): void
  /** Resolves when all is out, or after a second. */
  flush(): Promise<void>
}

/**
 * Lines to an output that may stop taking them: a pipe that nobody reads, a journal that hangs. They wait up to a bound, then
 * some are lost and counted; whoever writes one never waits, as writing at once would make every request do.
 */
export function openLog(fd: number): Log {
  let waiting: string[] = []
  let size = 0
  let lost = 0
  let isWriting = false
  let isOver = false

  /** An output that is full is asked again; it does not keep the process alive. */
  const later = (bytes: Buffer): void =>
    void setTimeout(againMs, undefined, { ref: false }).then(() => next(bytes))
  const next = (bytes: Buffer): void => {
    isWriting = true
    write(fd, bytes, (error, written) => {
      const left = error ? bytes : bytes.subarray(written)
      if (error && error.code !== 'EAGAIN') isOver = true
      if (isOver) waiting = []
      else if (error) return later(left)
      else if (left.length > 0) return next(left)
      isWriting = false
      pump()
    })
  }
  const pump = (): void => {
    if (isWriting || waiting.length === 0) return
    const note =
      lost === 0 ? '' : `${JSON.stringify({ level: 40, time: Date.now(), lost, msg: 'lines lost' })}\n`
    const bytes = Buffer.from(waiting.join('') + note)
    waiting = []
    size = 0
    lost = 0
    next(bytes)
  }
  const isOut = (): boolean => isOver || (!isWriting && waiting.length === 0)
  return {
    write(text) {
      if (isOver) return
      if (size + text.length > mostWaiting) lost++
      else {
        waiting.push(text)
        size += text.length
      }
      pump()
    },
    async flush() {
      for (let tries = 0; tries < 20 && !isOut(); tries++) await setTimeout(50)
    },
  }
}
