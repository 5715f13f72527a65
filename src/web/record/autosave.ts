import type { Values } from './formState.ts'

/** Where the typed values are kept by now. */
export type SaveState =
  | { kind: 'untouched' }
  | { kind: 'typing' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: string }
  /** Not on the server; `local` tells whether this browser holds them. */
  | { kind: 'offline'; local: boolean }
  | { kind: 'refused'; error: unknown }

/** What one attempt gave: kept, try again later (no line, no session), or never (conflict, no right). */
export type Attempt = { ok: true; at: string } | { ok: false; again: boolean; error: unknown }

export type Ports = {
  /** Puts the values on the server under a sequence number, never used twice. */
  put(values: Values, sequence: number): Promise<Attempt>
  /** Keeps them in this browser; false where that is impossible. */
  keep(values: Values, sequence: number): Promise<boolean>
  /** Runs `act` once after `ms`; returns its cancel. */
  later(act: () => void, ms: number): () => void
  onState(state: SaveState): void
}

export const SERVER_EVERY_MS = 5_000
export const LOCAL_AFTER_MS = 400

/**
 * Keeps what is typed: in this browser at once, on the server every five seconds, one call at a time, always the
 * newest values. Without a line it goes on trying; once refused it keeps only here. `sequence` only grows, so a late
 * answer can't undo a newer one.
 */
export class Autosave {
  #ports: Ports
  #values: Values | null = null
  #sequence: number
  #dirty = false
  #flying: Promise<boolean> | null = null
  #cancelServer: (() => void) | null = null
  #cancelLocal: (() => void) | null = null
  #stopped = false
  #refused = false

  constructor(ports: Ports, sequence = 0) {
    this.#ports = ports
    this.#sequence = sequence
  }

  get sequence(): number {
    return this.#sequence
  }

  /** Call on every change. */
  change(values: Values): void {
    if (this.#stopped) return
    this.#values = values
    this.#dirty = true
    if (!this.#refused) this.#ports.onState({ kind: 'typing' })
    this.#cancelLocal ??= this.#ports.later(() => {
      this.#cancelLocal = null
      void this.#ports.keep(this.#values!, this.#sequence + 1)
    }, LOCAL_AFTER_MS)
    this.#plan()
  }

  /** Saves now. True when the server holds the newest values; false when it could not. */
  async flush(): Promise<boolean> {
    this.#cancelServer?.()
    this.#cancelServer = null
    while (this.#flying) await this.#flying
    if (this.#refused) return false
    if (!this.#dirty || this.#values === null) return true
    this.#flying = this.#save(this.#values)
    try {
      return await this.#flying
    } finally {
      this.#flying = null
      if (this.#dirty) this.#plan()
    }
  }

  /** After submit, or to discard: no more saving; done when a call on its way has come back. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#dirty = false
    this.#cancelServer?.()
    this.#cancelLocal?.()
    await this.#flying
  }

  #plan(): void {
    if (this.#stopped || this.#refused) return
    this.#cancelServer ??= this.#ports.later(() => {
      this.#cancelServer = null
      void this.flush()
    }, SERVER_EVERY_MS)
  }

  async #save(values: Values): Promise<boolean> {
    this.#dirty = false
    const sequence = ++this.#sequence
    this.#ports.onState({ kind: 'saving' })
    const attempt = await this.#ports.put(values, sequence)
    if (this.#stopped) return attempt.ok
    if (attempt.ok) {
      this.#ports.onState(this.#dirty ? { kind: 'typing' } : { kind: 'saved', at: attempt.at })
      return true
    }
    const local = await this.#ports.keep(this.#values ?? values, this.#sequence + 1)
    if (attempt.again) {
      this.#dirty = true
      this.#ports.onState({ kind: 'offline', local })
    } else {
      this.#refused = true
      this.#ports.onState({ kind: 'refused', error: attempt.error })
    }
    return false
  }
}
