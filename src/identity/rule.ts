import type { PrivacyClass } from '#kit/programme.ts'
import type { Tier } from '#org/api.ts'
import type { Role } from './api.ts'

/**
 * How the actor's unit stands to the object: its own; anything in its scope; under it on the view line (会看) only;
 * co-hosted (联办) by it; anywhere at all.
 */
export type Reach = 'ownOrg' | 'inScope' | 'viewLine' | 'coHosted' | 'anywhere'

/** Parts of a record: through the view line and to co-hosts what its units write to each other stays masked. */
export const parts = ['values', 'history', 'pending', 'remarks'] as const
export type Part = (typeof parts)[number]

/**
 * Who may, how far. `most` = highest privacy class; `parts` = what of the object (all by default); `aal` = how sure the
 * session is of her (2 by default: a password alone reaches no data, one that is due only what leads to its change); `stepUp` = second factor not older than 5 minutes.
 */
export type Rule = {
  role: readonly Role[]
  tier?: readonly Tier[]
  reach: Reach
  most?: PrivacyClass
  parts?: readonly Part[]
  aal?: 0 | 1
  stepUp?: true
}

/** Who stands so to one record: besides role and reach whose turn it must be, and who is never it. */
export type RelationRule = Omit<Rule, 'parts' | 'most' | 'tier'> & {
  turn?: true
  not?: readonly 'submitter'[]
}
