import type { Role } from './api.ts'
import type { Tier } from '#org/api.ts'

/** Who acts: a person in one post, within one session. */
export type Actor = {
  accountId: string
  personId: string
  postId: string
  name: string
  role: Role
  org: {
    id: number
    code: string
    name: string
    shortName: string
    tier: Tier
    scopeCode: string
    districtId: number
  }
  /**
   * Assurance of the session: 0 = the password is due, 1 = password alone, 2 = a second factor too; `stepUp` = that factor not
   * older than 5 minutes.
   */
  aal: 0 | 1 | 2
  stepUp: boolean
  /** Opens the database context of S2 to S4 rows; null for acts of the server itself. */
  token: string | null
  /** All factors were given, but the password is to be changed before anything else: till then `aal` is 0. */
  isPasswordDue: boolean
  /** Name of the colleague for whom she acts just now. */
  behalf?: string
  /** What stands in the audit's on_behalf: the post, and 代 with the post of whom she acts for, for the command line the operating-system user too. */
  onBehalf: string
  requestId: string
}
