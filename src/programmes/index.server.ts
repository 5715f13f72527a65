import type { Catalogue } from '#server/deps.server.ts'
import { seatCommittees } from './committee/seat.server.ts'

/** What follows, for the units concerned and in the same transaction, when accepted records of a programme change. */
export const consequences: Catalogue['consequences'] = {
  committee: seatCommittees,
}
