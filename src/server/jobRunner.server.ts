import type { Deps } from './deps.server.ts'
import { claim, work, type JobKind } from './jobs.server.ts'

/** Does due jobs beside the requests. */
export type JobRunner = { nudge(): void; stop(): Promise<void> }

const everyMs = 1_500
const afterNudgeMs = 50
const atOnce = 4

/** Starts the runner: on nudge, and every second or two besides, for work that waited or was left by a worker that died. */
export function startJobs(
  deps: Deps,
  kinds: readonly JobKind[],
  failed: (error: unknown) => void,
): JobRunner {
  const stopping = new AbortController()
  const running = new Map<Promise<void>, string>()
  let timer: NodeJS.Timeout | null = null
  let filling: Promise<void> | null = null

  const free = () =>
    kinds.filter((k) => [...running.values()].filter((kind) => kind === k.kind).length < k.atOnce)
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted && running.size < atOnce && free().length > 0) {
      const job = await claim(
        deps,
        free().map((k) => k.kind),
      )
      if (job === null) return
      const kind = kinds.find((k) => k.kind === job.kind)!
      const doing = work(deps, kind, job, stopping.signal)
        .then((error) => (error === null ? undefined : failed(error)), failed)
        .finally(() => {
          running.delete(doing)
          nudge()
        })
      running.set(doing, job.kind)
    }
  }
  const fill = () => {
    timer = null
    filling ??= run()
      .catch(failed)
      .finally(() => {
        filling = null
      })
  }
  const nudge = () => {
    if (!stopping.signal.aborted) timer ??= setTimeout(fill, afterNudgeMs)
  }
  const every = setInterval(nudge, everyMs)
  return {
    nudge,
    stop: async () => {
      stopping.abort()
      clearInterval(every)
      if (timer) clearTimeout(timer)
      await filling
      await Promise.all(running.keys())
    },
  }
}

/** Does everything that is due, one after another, and returns what failed: for commands and tests. */
export async function runDue(deps: Deps, kinds: readonly JobKind[]): Promise<unknown[]> {
  const failures: unknown[] = []
  const never = new AbortController().signal
  for (;;) {
    const job = await claim(
      deps,
      kinds.map((k) => k.kind),
    )
    if (job === null) return failures
    const failure = await work(
      deps,
      kinds.find((k) => k.kind === job.kind)!,
      job,
      never,
    )
    if (failure !== null) failures.push(failure)
  }
}
