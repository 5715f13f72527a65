import type { Consent } from './consent.ts'
import type { Origin } from './origin.ts'

/** A row of app.proposal as jsonb gives it. */
export type Proposal = {
  district_id: number
  id: string
  programme: number
  class: number
  org_id: number
  scope_code: string
  record_district_id: number | null
  record_id: string | null
  base_version: number | null
  kind: 'draft' | 'correction' | 'void'
  state: 'open' | 'submitted' | 'returned'
  turn_of: number | null
  reason: string | null
  verdict: string | null
  body: Record<string, unknown>
  owner_id: string
  sequence: number
  /** Units that agreed already; in a locked period several must. */
  consents: Consent[]
  origin: Origin | null
  updated_at: string
}
