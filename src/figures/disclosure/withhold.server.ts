import type { Actor } from '#identity/actor.ts'
import type { Place } from '#identity/decide.ts'
import type { Period } from '#kit/period.ts'
import { indicators } from '#programmes/index.ts'
import type { Tx } from '#server/database.server.ts'
import type { Drill, Figure } from '../api.ts'
import { isBound } from './bound.ts'
import { readReleased } from './released.server.ts'

/** Where units of the view line stand to the actor's own. */
const viewed = (actor: Actor): Place => ({ id: 0, scopeCode: '', viewCode: actor.org.scopeCode })

/** Indicators of which the small-cell rule keeps a unit's live sums from the actor. */
export const boundAt = (actor: Actor, at: Place, codes: readonly string[] | null = null): Set<string> =>
  new Set(
    indicators
      .filter((one) => (codes === null || codes.includes(one.id)) && isBound(actor, one, at))
      .map((one) => one.id),
  )

/** The figures of a unit as a viewer may see them: where the small-cell rule binds her, released tables instead of live sums. */
export async function withholdFigures(
  tx: Tx,
  actor: Actor,
  at: Place,
  { now, before }: { now: Period | null; before: Period },
  figures: readonly Figure[],
): Promise<Figure[]> {
  const bound = boundAt(actor, at)
  const apart = boundAt(actor, viewed(actor))
  if (bound.size === 0 && apart.size === 0) return [...figures]
  const codes = [...bound]
  const released = now === null ? null : await readReleased(tx, [at.id], codes, now)
  const earlier = now === null ? null : await readReleased(tx, [at.id], codes, before)
  return figures.map((figure) => {
    const { indicator } = figure
    const open = apart.has(indicator) ? { ...figure, viewed: null } : figure
    if (!bound.has(indicator)) return open
    const told = released?.(at.id, indicator) ?? { value: null, withheld: 'unreleased' as const }
    return {
      ...told,
      indicator,
      waiting: null,
      viewed: null,
      before: earlier?.(at.id, indicator).value ?? null,
    }
  })
}

/** The parts of a figure as a viewer may see them; the own line and units without a row of their own are in no table. */
export async function withholdRows(
  tx: Tx,
  actor: Actor,
  at: Place,
  now: Period | null,
  codes: readonly string[],
  rows: Drill['rows'],
): Promise<Drill['rows']> {
  const inLine = boundAt(actor, at, codes)
  const inView = boundAt(actor, viewed(actor), codes)
  if (inLine.size === 0 && inView.size === 0) return rows
  const asked = rows.filter((row) => !row.own).map((row) => row.org.id)
  const released =
    now === null ? null : await readReleased(tx, asked, [...new Set([...inLine, ...inView])], now)
  return rows.map((row) => {
    const values = { ...row.values }
    const small: string[] = []
    for (const code of row.line === 2 ? inView : inLine) {
      const told = row.own ? undefined : released?.(row.org.id, code)
      values[code] = [told?.value ?? null, null]
      if (told?.withheld === 'small') small.push(code)
    }
    return small.length > 0 ? { ...row, values, small } : { ...row, values }
  })
}
