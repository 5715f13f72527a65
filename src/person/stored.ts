/** A person with her last membership, as a row of a workbook has her: in clear what stands in clear, else nothing. */
export type Stored = {
  id: string
  version: number
  orgId: number
  org: string
  index: string
  membership: string
  untilOn: string | null
  /** The day until which she belonged elsewhere before. */
  notBefore: string | null
  birthYear: number
} & Record<string, unknown>
