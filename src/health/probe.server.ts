import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks'
import type pg from 'pg'
import type { Disk } from './vitals.ts'

/** What of the process itself tells how it is. */
export type Probe = {
  startedAt: string
  pool(): { used: number; most: number; waiting: number }
  disks(): Promise<Disk[]>
  /** Milliseconds by which the event loop lagged, 99th percentile of the last minute or so. */
  lag(): number
}

/** Of a process that nobody watches: a command, a test. */
export const unwatched: Probe = {
  startedAt: '1970-01-01T00:00:00.000Z',
  pool: () => ({ used: 0, most: 0, waiting: 0 }),
  disks: async () => [],
  lag: () => 0,
}

const resolution = 20
const windowMs = 60_000

/** @param folders what lies where, each told by its disk */
export function openProbe(
  pool: Pick<pg.Pool, 'totalCount' | 'idleCount' | 'waitingCount' | 'options'>,
  folders: readonly { what: string; path: string }[],
): Probe {
  let [before, now] = [newWindow(), newWindow()]
  setInterval(() => {
    before.disable()
    ;[before, now] = [now, newWindow()]
  }, windowMs).unref()
  return {
    startedAt: new Date().toISOString(),
    pool: () => ({
      used: pool.totalCount - pool.idleCount,
      most: pool.options.max,
      waiting: pool.waitingCount,
    }),
    disks: async () => (await Promise.all(folders.map(diskOf))).flat(),
    lag: () => Math.max(0, Math.max(before.percentile(99), now.percentile(99)) / 1e6 - resolution),
  }
}

function newWindow(): IntervalHistogram {
  const histogram = monitorEventLoopDelay({ resolution })
  histogram.enable()
  return histogram
}

async function diskOf({ what, path }: { what: string; path: string }): Promise<Disk[]> {
  for (const folder of [path, dirname(path)]) {
    const found = await statfs(folder).catch(() => null)
    if (found === null) continue
    return [{ what, path, free: found.bavail * found.bsize, total: found.blocks * found.bsize }]
  }
  return []
}
