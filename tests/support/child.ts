import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { bundled } from './embedded-worker.ts'

export interface Child {
  process: ChildProcess
  /** Lines said so far. */
  lines: string[]
  /** Waits for a line (the first by default, which is 'ready' or a complaint). */
  line(number?: number): Promise<string>
  /** `kill -9`, or another signal; waits for the end. */
  kill(signal?: NodeJS.Signals): Promise<void>
}

/** Starts `embedded-child.ts` as a process of its own. */
export async function startChild(...args: string[]): Promise<Child> {
  const entry = fileURLToPath(new URL('./embedded-child.ts', import.meta.url))
  const child = spawn(process.execPath, [fileURLToPath(await bundled(entry)), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const lines: string[] = []
  let rest = ''
  const waiting = new Set<() => void>()
  child.stdout.on('data', (data: Buffer) => {
    const parts = (rest + data.toString()).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
    for (const look of waiting) look()
  })
  return {
    process: child,
    lines,
    line: (number = 0) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = lines[number]
          if (line === undefined) return
          waiting.delete(look)
          resolve(line)
        }
        waiting.add(look)
        void ended.then(() =>
          reject(new Error(`the child ended after ${lines.length} lines: ${lines.at(-1)}`)),
        )
        look()
      }),
    kill: (signal = 'SIGKILL') => {
      child.kill(signal)
      return ended
    },
  }
}
