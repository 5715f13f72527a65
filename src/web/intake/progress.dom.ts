import * as z from 'zod/mini'
import { progress } from '#intake/api.ts'
import { api } from '../paths.ts'

export type Progress = z.infer<typeof progress>

/** So long the act waits for its watcher: without one it goes ahead all the same. */
const patienceMs = 1500

/** Watches a commit that is about to begin. @returns once it may begin, how to stop watching */
export function watchCommit(id: string, onProgress: (told: Progress) => void): Promise<() => void> {
  const source = new EventSource(`/api${api.intakeProgress(id)}?wait=start`)
  const stop = (): void => source.close()
  source.addEventListener('message', (event: MessageEvent<string>) => {
    const told = z.safeParse(progress, JSON.parse(event.data))
    if (told.success) onProgress(told.data)
  })
  source.addEventListener('end', stop)
  source.addEventListener('error', stop)
  return new Promise((resolve) => {
    const ready = (): void => resolve(stop)
    source.addEventListener('ready', ready)
    source.addEventListener('error', ready)
    setTimeout(ready, patienceMs)
  })
}
