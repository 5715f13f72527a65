import type { BookColumn, BookRow, SheetMarks } from './book.ts'
import type { PackedRows, SheetHead } from './cell.ts'

/** What the thread is started for. `taken`: one Int32, how many messages of rows the server has taken over. */
export type Order =
  | { act: 'read'; bytes: Uint8Array; taken: SharedArrayBuffer }
  | { act: 'write'; keys: Readonly<Record<string, string>> }
  | { act: 'mark'; bytes: Uint8Array; sheets: readonly SheetMarks[] }

/** What a writing thread is given, in order; `done` ends it. */
export type Piece =
  { sheet: { name: string; columns: BookColumn[]; blank: number } } | { rows: BookRow[] } | { done: true }

/** What the thread says. */
export type Word =
  | { word: 'sheet'; head: SheetHead }
  | { word: 'rows'; rows: PackedRows }
  | { word: 'end' }
  | { word: 'bytes'; bytes: Uint8Array<ArrayBuffer> }
  | { word: 'refused'; sentence: string }
  | { word: 'failed'; reason: string }
