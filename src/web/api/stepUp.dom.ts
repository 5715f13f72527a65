/** Acts that want a recent second factor: the window that asks for it, and everybody who waits for its answer. */

const listeners = new Set<() => void>()
let waiting: ((given: boolean) => void)[] = []

const tell = (): void => {
  for (const listener of listeners) listener()
}

/** Asks for the second factor again. @returns whether it was given; acts that ask at once wait for one answer */
export function askStepUp(): Promise<boolean> {
  // Without the window (signed out, or before the shell) nobody could answer.
  if (listeners.size === 0) return Promise.resolve(false)
  const answer = new Promise<boolean>((resolve) => waiting.push(resolve))
  tell()
  return answer
}

/** The window's answer. */
export function answerStepUp(given: boolean): void {
  const all = waiting
  waiting = []
  tell()
  for (const resolve of all) resolve(given)
}

export const isStepUpAsked = (): boolean => waiting.length > 0

/** For useSyncExternalStore. */
export function subscribeStepUp(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
