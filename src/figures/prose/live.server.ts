import { sql } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { Problem } from '#kit/problem.ts'
import { partOf, readPeriodCode, type Period } from '#kit/period.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { FigureSet } from '../api.ts'
import { inUnit, readFigures } from '../service.server.ts'
import type { LiveLine } from './command.server.ts'

/**
 * The values of a year as the actor may see them, for an org (id) in her scope (null: her own). A figure withheld from her
 * is null, so that a text can't be used to ask for it.
 * @throws Problem.notFound for an org outside her scope
 */
export async function liveOf(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  year: number,
  org: string | null,
  periods: readonly string[] = [],
): Promise<LiveLine> {
  const of = org === null ? {} : { org }
  const set = await readFigures(deps, tx, actor, { year: String(year), ...of })
  const others: LiveLine['periods'] = {}
  for (const code of periods) {
    const period = readPeriodCode(code)
    if (!period) continue
    const query = {
      ...of,
      calendar: period.calendar,
      year: String(yearNamed(period)),
      part: String(partOf(period)),
    }
    others[code] = valuesOf(await readFigures(deps, tx, actor, query))
  }
  const below = await rows<{ name: string }>(
    tx,
    sql`SELECT DISTINCT o.short_name AS name FROM app.org_closure c JOIN app.org o ON o.id = c.des
      WHERE c.anc = ${set.org.id} AND c.depth = 1 AND length(o.short_name) > 1`,
  )
  return {
    year,
    org: set.org,
    values: valuesOf(set),
    periods: others,
    below: below.map(({ name }) => name),
  }
}

const yearNamed = ({ untilYm }: Period): number => Math.floor(untilYm / 100)

const valuesOf = ({ figures }: FigureSet): Record<string, number | null> =>
  Object.fromEntries(
    figures.map(({ indicator, value }) => [indicator, value === null ? null : inUnit(indicator, value)]),
  )

/** The id of an org by its code. @throws Problem.notFound */
export async function orgOfCode(tx: Tx, code: string): Promise<string> {
  const found = await first<{ id: number }>(tx, sql`SELECT id FROM app.org WHERE org_code = ${code}`)
  if (!found) throw Problem.notFound()
  return String(found.id)
}
