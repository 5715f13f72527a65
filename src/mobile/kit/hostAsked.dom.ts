import { unsupported, type Given } from './host.ts'

/** A host that never answers is as good as one that cannot; she may take her time before a camera or a question. */
const patience = 60_000

/** An act of a host that answers by callbacks, or not at all. */
export function asked<T>(
  act: (done: (given: Given<T>) => void) => void,
  wait: number = patience,
): Promise<Given<T>> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(unsupported), wait)
    const done = (given: Given<T>) => {
      clearTimeout(late)
      resolve(given)
    }
    try {
      act(done)
    } catch {
      done(unsupported)
    }
  })
}
