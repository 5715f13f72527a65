import { sql } from 'kysely'
import { send, type Tx } from '#server/database.server.ts'

/** The card of each unit shows the committee that its accepted record says. */
export function seatCommittees(tx: Tx, units: number[]): void {
  send(tx, sql`SELECT app.seat_committees(${units}::int[])`)
}
