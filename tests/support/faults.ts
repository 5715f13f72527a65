import type { FileStore } from '#record/evidence/store.server.ts'

/** What befalls one step: it is refused (the disk is full), the line breaks before it arrives, or after it was done and before its answer came. */
export const modes = ['refused', 'cut', 'lost'] as const
export type Mode = (typeof modes)[number]

/** Counts the steps that a server takes outside itself (statements, COMMIT among them, and acts on files) and spoils one of them. */
export class Faults {
  /** Steps since the last `arm`. */
  steps = 0
  /** Whether the armed step was reached. */
  struck = false
  #at = 0
  #mode: Mode = 'refused'

  /** From now on the `at`-th step is spoilt; 0 only counts. */
  arm(at: number, mode: Mode = 'refused'): void {
    this.steps = 0
    this.struck = false
    this.#at = at
    this.#mode = mode
  }

  /** To be asked before each step. */
  next(): Mode | null {
    if (++this.steps !== this.#at) return null
    this.struck = true
    return this.#mode
  }
}

const spoilt = (code: string): Error => Object.assign(new Error(`${code}: spoilt by the test`), { code })

/** A store of files whose acts are steps. A broken line is no fault of a disk: there the process would be gone, and its act with it. */
export function faultyFiles(store: FileStore, faults: Faults): FileStore {
  const step = async <T>(act: () => Promise<T>): Promise<T> => {
    const mode = faults.next()
    if (mode === 'refused' || mode === 'cut') throw spoilt('ENOSPC')
    const done = await act()
    if (mode === 'lost') throw spoilt('ENOSPC')
    return done
  }
  return {
    ...store,
    receive: (stream) =>
      step(() => store.receive(stream)).catch((error: unknown) => {
        stream.resume()
        throw error
      }),
    keep: (bytes, preview) => step(() => store.keep(bytes, preview)),
    sweep: (kept) => step(() => store.sweep(kept)),
  }
}
