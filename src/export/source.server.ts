import type { Actor } from '#identity/actor.ts'
import type { BookSheet } from '#paper/sheet/book.ts'
import type { Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'

/** Runs statements as who asked, in a transaction of their own. */
export type Reading = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

/** What is about to leave. */
export type Source = {
  /** In words, for the name of the file. */
  title: string
  /** Unit and conditions in words, for the sheet of remarks. */
  scope: readonly string[]
  rows: number
  /** Of persons, masked or not, or of records of class S2 and above. */
  personal: boolean
  /** However few rows: a second person agrees. */
  alwaysSecond?: true
  /** Titles of the columns, as whoever must agree reads them. */
  columns: readonly string[]
  /** The sheets, the main one first; rows are read while they are written. */
  sheets(reading: Reading): BookSheet[] | Promise<BookSheet[]>
  /** Instead of sheets, where it is a paper to print: the file itself. */
  paper?(): Promise<Uint8Array>
}

/** Finds what was asked, within her rights. @throws Problem where she may not, or it is not there */
export type OpenSource<Ask> = (
  call: { deps: Deps; tx: Tx; actor: Actor; full: boolean; reason: string },
  ask: Ask,
) => Promise<Source>
