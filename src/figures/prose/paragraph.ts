import type { Said } from './table/said.ts'

/** A paragraph of a report, as its reader gives it. */
export interface Paragraph {
  text: string
  /** Content controls and bookmarks of our own files: they say what a figure is, not how much. */
  named?: readonly { indicator: string; of?: string; start: number; end: number }[]
  /** A row of a table, its cells behind one another as in a table pasted as text. */
  inTable?: boolean
  /** A row of the sources that our own papers end with: it says where a figure of the text is from, and is none. */
  isSource?: boolean
  /** Where it stands in a Word file, in the order of the text. */
  places?: readonly Place[]
  /** The cells of a row, where the heads of its table are understood. */
  cells?: readonly CellSaid[]
  /** Of a footnote or a header, which stands outside the text. */
  aside?: string
}

/** A cell of a table whose heads are understood: where it stands in the line, and what they say of it. */
export interface CellSaid extends Said {
  table: number
  start: number
  end: number
}

/** From `at` on a text is a paragraph of the Word file, from the place `from` of that. */
export interface Place {
  at: number
  paragraph: number
  from: number
}
