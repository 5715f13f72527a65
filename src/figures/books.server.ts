import type { Actor } from '#identity/actor.ts'
import type { Place } from '#identity/decide.ts'
import { periodCode, type Period } from '#kit/period.ts'
import { indicators } from '#programmes/index.ts'
import type { Tx } from '#server/database.server.ts'
import { boundAt } from './disclosure/withhold.server.ts'
import { readReleased } from './disclosure/released.server.ts'
import { totals } from './read.server.ts'
import { inUnit } from './service.server.ts'

/** Accepted values by indicator in its own unit; null where the actor may not be told. */
export type Values = Record<string, number | null>

/** Books of some units that the actor may read: by unit and by a period's short name. */
export type Books = (orgId: number, period: Period) => Values

/**
 * What the books of some units hold of some periods, by the tree of the time: one statement for all sums, and one for each period
 * where the small-cell rule binds her, however many units there are.
 */
export async function readBooks(
  tx: Tx,
  actor: Actor,
  places: readonly Place[],
  periods: readonly Period[],
): Promise<Books> {
  const spans = [...new Map(periods.map((period) => [periodCode(period), period])).values()]
  const ids = [...new Set(places.map(({ id }) => id))]
  const sums = new Map<string, number[]>()
  for (const { org_id, indicator, state, viewed, values } of await totals(tx, ids, spans))
    if (state === 1 && !viewed) sums.set(`${org_id} ${indicator}`, values)
  const bound = new Map(places.map((at) => [at.id, boundAt(actor, at)]))
  const codes = [...new Set([...bound.values()].flatMap((of) => [...of]))]
  const held = ids.filter((id) => bound.get(id)!.size > 0)
  const released = new Map<string, Awaited<ReturnType<typeof readReleased>>>()
  if (held.length > 0)
    for (const period of spans) released.set(periodCode(period), await readReleased(tx, held, codes, period))
  return (orgId, period) => {
    const code = periodCode(period)
    const at = spans.findIndex((one) => periodCode(one) === code)
    return Object.fromEntries(
      indicators.map(({ id }) => {
        const value = bound.get(orgId)!.has(id)
          ? released.get(code)!(orgId, id).value
          : (sums.get(`${orgId} ${id}`)?.[at] ?? 0)
        return [id, value === null ? null : inUnit(id, value)]
      }),
    )
  }
}
