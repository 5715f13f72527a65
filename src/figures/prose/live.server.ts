import { sql } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { Problem } from '#kit/problem.ts'
import { partOf, readPeriodCode, type Period } from '#kit/period.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { FigureSet } from '../api.ts'
import { inUnit, readFigures } from '../service.server.ts'
import type { AskedOf } from './asked.ts'
import type { BooksLine, LiveLine } from './command.server.ts'
import { unitsOfNames } from './units.server.ts'

/**
 * The values of a year as the actor may see them, for an org (id) in her scope (null: her own), and of other units that a text
 * names. A figure withheld from her is null, so that a text can't be used to ask for it; a unit she may not see isn't there.
 * @throws Problem.notFound for an org outside her scope
 */
export async function liveOf(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  year: number,
  org: string | null,
  asked: AskedOf = { periods: [], units: {} },
): Promise<LiveLine> {
  const own = await booksOf(deps, tx, actor, year, org, asked.periods)
  const below = await rows<{ name: string }>(
    tx,
    sql`SELECT DISTINCT o.short_name AS name FROM app.org_closure c JOIN app.org o ON o.id = c.des
      WHERE c.anc = ${own.org.id} AND c.depth = 1 AND length(o.short_name) > 1`,
  )
  const { code } = (await first<{ code: string }>(
    tx,
    sql`SELECT scope_code AS code FROM app.org WHERE id = ${own.org.id}`,
  ))!
  const units: LiveLine['units'] = {}
  for (const [name, id] of await unitsOfNames(tx, actor, Object.keys(asked.units), code))
    units[name] = await booksOf(deps, tx, actor, year, String(id), asked.units[name] ?? [])
  return { year, ...own, below: below.map(({ name }) => name), units }
}

/** The books of one unit. @throws Problem.notFound */
async function booksOf(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  year: number,
  org: string | null,
  periods: readonly string[],
): Promise<BooksLine> {
  const of = org === null ? {} : { org }
  const set = await readFigures(deps, tx, actor, { year: String(year), ...of })
  const others: BooksLine['periods'] = {}
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
  return { org: set.org, values: valuesOf(set), periods: others }
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
