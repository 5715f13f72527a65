import { sql } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import type { Place } from '#identity/decide.ts'
import { monthOf } from '#kit/day.ts'
import type { Period } from '#kit/period.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { Books, Values } from '../books.server.ts'
import { boundAt } from '../disclosure/withhold.server.ts'
import { sidesOf } from '../earlier/read.server.ts'
import { basisOf } from '../earlier/rules.ts'
import { inUnit } from '../service.server.ts'
import { beginsOf } from '../statutory/began.server.ts'

type Unit = Place & { id: number }

/**
 * What the books of some units tell of a period. A period to come tells nothing, nor does one before the books began (the unit's,
 * or the city's where it has none): a zero there would call every figure of an old report false. Of whole years before, the totals
 * that were entered for them stand (估报).
 */
export async function toldBy(
  tx: Tx,
  actor: Actor,
  books: Books,
  units: readonly Unit[],
  today: string,
): Promise<(at: Unit, period: Period) => Promise<Values>> {
  const now = monthOf(today)
  const city = (await first<{ id: number }>(tx, sql`SELECT min(id) AS id FROM app.org WHERE tier = 'city'`))!
    .id
  const begins = await beginsOf(tx, [city, ...units.map(({ id }) => id)], { untilYm: now })
  return async (at, period) => {
    if (period.fromYm > now) return {}
    const began = begins.get(at.id) ?? begins.get(city) ?? 0
    if (period.untilYm >= began) return books(at.id, period)
    return period.calendar === 'year' ? enteredFor(tx, actor, at, Math.floor(period.untilYm / 100)) : {}
  }
}

async function enteredFor(tx: Tx, actor: Actor, at: Unit, year: number): Promise<Values> {
  const bound = boundAt(actor, at)
  const sides = [...(await sidesOf(tx, at.id, [year])).values()]
  return Object.fromEntries(
    sides.flatMap((one) => {
      const { value } = basisOf(one)
      if (value === null) return []
      return [[one.indicator, bound.has(one.indicator) ? null : inUnit(one.indicator, value)]]
    }),
  )
}
