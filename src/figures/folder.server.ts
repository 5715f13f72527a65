import type { Db } from '#server/database.server.ts'
import { foldAll } from './fold.server.ts'

/** Folds on nudge, a little later so that a burst is folded once, and every few seconds besides. */
export type Folder = { nudge(): void; stop(): Promise<void> }

const afterNudgeMs = 700
const everyMs = 5_000

/** Starts the folder. A failed fold is tried again at the next turn: reads are exact without it. */
export function startFolder(db: Db, failed: (error: unknown) => void): Folder {
  let timer: NodeJS.Timeout | null = null
  let running: Promise<unknown> = Promise.resolve()
  let stopped = false
  const run = () => {
    timer = null
    running = running.then(() => foldAll(db)).catch(failed)
  }
  const nudge = () => {
    if (!stopped) timer ??= setTimeout(run, afterNudgeMs)
  }
  const every = setInterval(nudge, everyMs)
  return {
    nudge,
    stop: async () => {
      stopped = true
      clearInterval(every)
      if (timer) clearTimeout(timer)
      await running
    },
  }
}
