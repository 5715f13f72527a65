/** A person with her last membership, as a row of a workbook has her: in clear what stands in clear, else nothing. */
export type Stored = {
  id: string
  version: number
  orgId: number
  org: string
  index: string
  /** The row with which she came to the unit; the last one too, where she had no turn there since. */
  membership: string
  untilOn: string | null
  /** The day until which she belonged elsewhere before. */
  notBefore: string | null
  /** The day of her first turn in the unit, if she had any, and that of her last. */
  notAfter: string | null
  turnedOn: string
  rests: boolean
  birthYear: number
} & Record<string, unknown>
