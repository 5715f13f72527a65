import { sql } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { can, type Place } from '#identity/decide.ts'
import { readRound, roundsOfYear } from '#screening/read.server.ts'
import { entryStates, type EntryState } from '#screening/states.ts'
import { first, rows as list, type Tx } from '#server/database.server.ts'
import type { Board } from './api.ts'
import { barOf, stepsOf } from './screening.ts'

/** So many rounds of a year are drawn, the latest first. */
const most = 6

/** Rounds that began in the year and have begun: her unit's own, and those in which it has places or women. */
export async function readScreening(
  tx: Tx,
  actor: Actor,
  at: Place & { id: number },
  year: number,
): Promise<Board['screening']> {
  if (at.id !== actor.org.id || !can(actor, 'screening.read', at)) return null
  const bars: NonNullable<Board['screening']> = []
  for (const { id } of await roundsOfYear(tx, year)) {
    const round = await readRound(tx, actor, id)
    const own = round.allotments.find((one) => one.org.id === actor.org.id)
    const women = Object.values(round.counts).reduce((sum, n) => sum + n, 0)
    if (round.isOwner) bars.push(barOf(round, round.directed + round.openPlaces))
    else if (own || women > 0) bars.push(barOf(round, own ? own.quota - own.passed : null))
    if (bars.length === most) break
  }
  return bars
}

/** All rounds of the year together that units below her own lead and that have begun: who leads them sees each for itself. */
export async function readScreeningBelow(
  tx: Tx,
  actor: Actor,
  at: Place & { id: number },
  year: number,
): Promise<Board['screeningBelow']> {
  if (at.id !== actor.org.id || !can(actor, 'screening.read', at)) return null
  const { rounds, places } = (await first<{ rounds: number; places: number }>(
    tx,
    sql`SELECT count(*)::int AS rounds, coalesce(sum(r.directed + r.open_places), 0)::int AS places FROM app.screening_round r JOIN app.org o ON o.id = r.org_id
      WHERE r.state <> 'draft' AND date_part('year', r.from_on) = ${year} AND o.scope_code > ${at.scopeCode} AND o.scope_code < ${`${at.scopeCode}~`}`,
  ))!
  if (rounds === 0) return null
  const found = await list<{ state: EntryState; n: number }>(
    tx,
    sql`SELECT state, n FROM app.screening_counts_below(${year}::int)`,
  )
  const counts = Object.fromEntries(
    entryStates.map((state) => [state, found.find((one) => one.state === state)?.n ?? 0]),
  ) as Record<EntryState, number>
  return { rounds, steps: stepsOf(counts, places) }
}
