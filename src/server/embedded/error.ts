/** Why the embedded engine refuses, or stopped: `held` another live process has the folder, `unfit` the folder
 * can't be used, `broken` the engine stopped while running, `lost` the server went away during a command. */
export type EmbeddedReason = 'held' | 'unfit' | 'broken' | 'lost'

/** An error of the embedded engine whose `message` is a Chinese sentence for the person at the terminal. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError'
  readonly reason: EmbeddedReason

  constructor(reason: EmbeddedReason, message: string) {
    super(message)
    this.reason = reason
  }
}

/** The text of anything thrown. */
export function textOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
