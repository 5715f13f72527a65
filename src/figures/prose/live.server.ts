import { sql } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import type { Place } from '#identity/decide.ts'
import { Problem } from '#kit/problem.ts'
import { periodOf, readPeriodCode, type Period } from '#kit/period.ts'
import { briefs } from '#record/place.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { readBooks } from '../books.server.ts'
import { askedPlace } from '../service.server.ts'
import type { AskedOf } from './asked.ts'
import type { BooksLine, LiveLine } from './command.server.ts'
import { toldBy } from './told.server.ts'
import { unitsOfNames } from './units.server.ts'

/**
 * The values of a year as the actor may see them, for an org (id) in her scope (null: her own), and of other units that a text
 * names, all fetched in one go. A figure withheld from her is null, so that a text can't be used to ask for it; a unit she may
 * not see isn't there, nor is a period of which the books hold nothing.
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
  const at = await askedPlace(tx, actor, org ?? undefined)
  const whole = periodOf('year', year)
  const below = await rows<{ name: string }>(
    tx,
    sql`SELECT DISTINCT o.short_name AS name FROM app.org_closure c JOIN app.org o ON o.id = c.des
      WHERE c.anc = ${at.id} AND c.depth = 1 AND length(o.short_name) > 1`,
  )
  const named = await unitsOfNames(tx, actor, Object.keys(asked.units), at.scopeCode)
  const places = [at, ...named.values()]
  const periods = [...asked.periods, ...Object.values(asked.units).flat()].flatMap(known)
  const books = await readBooks(tx, actor, places, [whole, ...periods])
  const briefOf = await briefs(
    tx,
    places.map(({ id }) => id),
  )
  const told = await toldBy(tx, actor, books, places, deps.today())
  const lineOf = async (place: Place & { id: number }, codes: readonly string[]): Promise<BooksLine> => {
    const ofPeriods: BooksLine['periods'] = {}
    for (const code of codes) for (const period of known(code)) ofPeriods[code] = await told(place, period)
    return { org: briefOf.get(place.id)!, values: await told(place, whole), periods: ofPeriods }
  }
  const units: LiveLine['units'] = {}
  for (const [name, place] of named) units[name] = await lineOf(place, asked.units[name] ?? [])
  return { year, ...(await lineOf(at, asked.periods)), below: below.map(({ name }) => name), units }
}

/** The period of a short name; none where it is no period. */
const known = (code: string): Period[] => {
  const period = readPeriodCode(code)
  return period ? [period] : []
}

/** The id of an org by its code. @throws Problem.notFound */
export async function orgOfCode(tx: Tx, code: string): Promise<string> {
  const found = await first<{ id: number }>(tx, sql`SELECT id FROM app.org WHERE org_code = ${code}`)
  if (!found) throw Problem.notFound()
  return String(found.id)
}
