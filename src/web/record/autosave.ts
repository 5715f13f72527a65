import type { Values } from './formState.ts'
import { imprint, meet, withTheirs, type Merged, type Rival } from './merge.ts'

/** Where the typed values are kept by now. */
export type SaveState =
  | { kind: 'untouched' }
  | { kind: 'typing' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: string }
  /** Not on the server; `local` tells whether this browser holds them. */
  | { kind: 'offline'; local: boolean; error: unknown }
  | { kind: 'refused'; error: unknown }

/** What the server is known to hold: every change grows from one such copy. */
export type Copy = { values: Values; sequence: number }

/** What one attempt gave: kept, try again later (no line, no session), never (no right), or: the server holds something else. */
export type Attempt =
  { ok: true; at: string } | { ok: false; again: boolean; error: unknown } | { ok: false; theirs: Copy }

/** What this browser keeps of an open draft, to go on from after the page was closed. */
export type Kept = {
  values: Values
  base: Copy
  /** What both filled differently, not chosen yet. */
  rivals: readonly Rival[]
  /** Imprints of what was sent without an answer: if the server holds one of these, it is ours. */
  tried: readonly string[]
}

export type Ports = {
  /** Puts the values on the server, where it still holds `seen`. */
  put(values: Values, seen: number): Promise<Attempt>
  /** Keeps them in this browser; false where that is impossible. */
  keep(kept: Kept): Promise<boolean>
  /** Runs `act` once after `ms`; returns its cancel. */
  later(act: () => void, ms: number): () => void
  onState(state: SaveState): void
}

export const SERVER_EVERY_MS = 5_000
export const LOCAL_AFTER_MS = 400

/** Drafts that move under every attempt belong to somebody who types just now: the next round comes with the next save. */
const rounds = 3

/** What it starts from: a draft as the server holds it, and what was sent of it before. */
export type Start = { base: Copy; rivals?: readonly Rival[]; tried?: readonly string[] }

/**
 * Keeps what is typed: in this browser at once, on the server every five seconds, one call at a time, always the newest
 * values. Without a line it goes on trying; once refused it keeps only here. A draft filled elsewhere meanwhile is merged
 * field by field, and what both filled waits for her choice: until then the server keeps its own.
 */
export class Autosave {
  #onMerged: (merged: Merged) => void = () => undefined
  #ports: Ports
  #values: Values | null = null
  #base: Copy
  #rivals: readonly Rival[]
  #tried: string[]
  #dirty = false
  #flying: Promise<boolean> | null = null
  #cancelServer: (() => void) | null = null
  #cancelLocal: (() => void) | null = null
  #stopped = false
  #refused = false
  #merges = 0

  constructor(ports: Ports, { base, rivals = [], tried = [] }: Start) {
    this.#ports = ports
    this.#base = base
    this.#rivals = rivals
    this.#tried = [...tried]
  }

  /** Number of the server's copy; 0 while it has none. */
  get sequence(): number {
    return this.#base.sequence
  }

  /** What the server is known to hold. */
  get base(): Copy {
    return this.#base
  }

  /** How often what was filled elsewhere was brought in. */
  get merges(): number {
    return this.#merges
  }

  /** What waits for her choice. */
  get rivals(): readonly Rival[] {
    return this.#rivals
  }

  /** Tells the form at once when the draft was filled elsewhere: the values as they stand now, and what she has to choose. */
  listen(onMerged: (merged: Merged) => void): () => void {
    this.#onMerged = onMerged
    return () => {
      this.#onMerged = () => undefined
    }
  }

  /** Call on every change, with what is still to be chosen. */
  change(values: Values, rivals: readonly Rival[] = this.#rivals): void {
    if (this.#stopped) return
    this.#values = values
    this.#rivals = rivals
    this.#dirty = true
    if (!this.#refused) this.#ports.onState({ kind: 'typing' })
    this.#cancelLocal ??= this.#ports.later(() => {
      this.#cancelLocal = null
      void this.#keep()
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
    this.#flying = this.#save()
    try {
      return await this.#flying
    } finally {
      this.#flying = null
      if (this.#dirty) this.#plan()
    }
  }

  /** Saves what it holds once more, to meet what the server holds by now. */
  again(): Promise<boolean> {
    this.#dirty = true
    return this.flush()
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

  #keep(): Promise<boolean> {
    return this.#ports.keep({
      values: this.#values!,
      base: this.#base,
      rivals: this.#rivals,
      tried: this.#tried,
    })
  }

  async #save(round = 1): Promise<boolean> {
    this.#dirty = false
    const sent = withTheirs(this.#values!, this.#rivals)
    this.#tried = [...this.#tried.slice(-9), imprint(sent)]
    this.#ports.onState({ kind: 'saving' })
    const attempt = await this.#ports.put(sent, this.#base.sequence)
    if (attempt.ok) {
      this.#base = { values: sent, sequence: this.#base.sequence + 1 }
      this.#tried = []
      // A choice outlives the page: this browser keeps her side of it.
      if (this.#rivals.length > 0) void this.#keep()
      if (!this.#stopped)
        this.#ports.onState(this.#dirty ? { kind: 'typing' } : { kind: 'saved', at: attempt.at })
      return true
    }
    if (this.#stopped) return false
    if ('theirs' in attempt) {
      this.#meet(attempt.theirs)
      if (round < rounds) return this.#save(round + 1)
      this.#dirty = true
      this.#ports.onState({ kind: 'typing' })
      return false
    }
    const local = await this.#keep()
    if (attempt.again) {
      this.#dirty = true
      this.#ports.onState({ kind: 'offline', local, error: attempt.error })
    } else {
      this.#refused = true
      this.#ports.onState({ kind: 'refused', error: attempt.error })
    }
    return false
  }

  /** The server holds something else: our own packet whose answer was lost, or what was filled elsewhere. */
  #meet(theirs: Copy): void {
    const side = {
      values: this.#values!,
      base: this.#base.values,
      rivals: this.#rivals,
      tried: this.#tried,
    }
    const merged = meet(side, theirs.values)
    this.#base = theirs
    this.#tried = []
    if (!merged) return
    this.#values = merged.values
    this.#rivals = merged.rivals
    this.#merges += 1
    this.#onMerged(merged)
  }
}
