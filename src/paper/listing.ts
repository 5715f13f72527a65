/** Rows of tables for a reader: what is kept of her, or what happened. Writers make paper of it. */
export type Listing = {
  title: string[]
  /** The line below the title. */
  date: string
  /** Paragraphs before the tables. */
  words: string[]
  sections: ListingSection[]
  /** Printed at the head of every page, as in demo mode. */
  banner?: string
}

export type ListingSection = { title: string; columns: string[]; rows: string[][] }
