import type { Actor } from '#identity/actor.ts'
import { can, type Place } from '#identity/decide.ts'
import { listRounds, readRound } from '#screening/read.server.ts'
import type { Tx } from '#server/database.server.ts'
import type { Board } from './api.ts'
import { barOf } from './screening.ts'

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
  const { rows } = await listRounds(tx, actor)
  const bars: NonNullable<Board['screening']> = []
  for (const { id, state, fromOn } of rows) {
    if (state === 'draft' || !fromOn.startsWith(String(year))) continue
    const round = await readRound(tx, actor, id)
    const own = round.allotments.find((one) => one.org.id === actor.org.id)
    const women = Object.values(round.counts).reduce((sum, n) => sum + n, 0)
    if (round.isOwner) bars.push(barOf(round, round.directed + round.openPlaces))
    else if (own || women > 0) bars.push(barOf(round, own ? own.quota - own.passed : 0))
    if (bars.length === most) break
  }
  return bars
}
