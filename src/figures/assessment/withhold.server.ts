import { sql } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import type { Place } from '#identity/decide.ts'
import { indicators } from '#programmes/index.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { isBound } from '../disclosure/bound.ts'
import type { SheetLine } from './api.ts'

const byId = new Map(indicators.map((i) => [i.id, i]))

/** The formula lines of a sheet whose indicator has protected cells. */
export const protectedLines = (lines: readonly SheetLine[]): SheetLine[] =>
  lines.filter(({ formula }) => formula && byId.get(formula.indicator)?.indicator.cell !== 'none')

/**
 * Which formula lines a viewer is not told at a unit: points are the figure in another measure, so whoever may not read the
 * records behind it may not read them either (docs/decisions/116).
 */
export async function untoldLines(
  tx: Tx,
  actor: Actor,
  lines: readonly SheetLine[],
  units: readonly number[],
): Promise<(unit: number) => ReadonlySet<string>> {
  const guarded = protectedLines(lines)
  if (guarded.length === 0 || units.length === 0) return () => new Set()
  const places = new Map(
    (
      await rows<Place>(
        tx,
        sql`SELECT id, scope_code AS "scopeCode", view_code AS "viewCode" FROM app.org WHERE id = ANY (${[...units]}::int[])`,
      )
    ).map((place) => [place.id, place]),
  )
  return (unit) => {
    const place = places.get(unit)
    return new Set(
      guarded
        .filter(({ formula }) => !place || isBound(actor, byId.get(formula!.indicator)!, place))
        .map(({ key }) => key),
    )
  }
}
