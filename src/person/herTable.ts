type Words = Readonly<Record<string, string>>

/** How a value is told: `org` a unit by its name, `act` and `object` as the audit page says them, `household` and `result` of a hardship file and
 * `claim` of an aid opened and in words, `rule` and `period` as tables and periods of aid are called, or the words of a list. */
export type Told = 'org' | 'act' | 'object' | 'household' | 'result' | 'claim' | 'rule' | 'period' | Words

export type HerColumn = {
  label: string
  as?: Told | undefined
}

export type HerTable = {
  title: string
  /** The column that says whose a row is, and of whom it speaks. */
  by: 'person' | 'account'
  key: string
  /** Where the key names a row of another table of hers instead of herself: that table. */
  via?: string
  /** Null: of the program itself (a number, a mark), left out of the printed copy. */
  columns: Readonly<Record<string, HerColumn | null>>
}

export const c = (label: string, as?: Told): HerColumn => ({ label, as })
