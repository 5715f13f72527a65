/** Whether a signed-in session has ended under the open page. The page stays; a window asks to sign in again. */

const listeners = new Set<() => void>()
let state: 'none' | 'held' | 'lost' = 'none'

function set(next: typeof state): void {
  if (state === next) return
  state = next
  for (const listener of listeners) listener()
}

/** Called when GET /api/me answered, or after signing in again. */
export const sessionHeld = (): void => set('held')
/** Called on 401; before the first sign-in it means nothing. */
export const sessionLost = (): void => {
  if (state === 'held') set('lost')
}
/** Called on signing out. */
export const sessionGone = (): void => set('none')
export const isSessionLost = (): boolean => state === 'lost'

/** For useSyncExternalStore. */
export function subscribeSession(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
