/** How long one turn may hold the event loop while thousands of rows are worked through, in ms. */
const turn = 8

/** Hands the turn to whoever waits: working through thousands of rows in one go would keep every other request waiting. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** To be awaited after each row: gives the turn away when it has lasted long enough. */
export function pacer(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < turn) return
    await breathe()
    since = performance.now()
  }
}
