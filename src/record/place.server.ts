import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { OrgBrief } from '#org/api.ts'
import { firstKeyed, keyed, type Tx } from '#server/database.server.ts'

/** Where a fact of a unit and month stands: today's paths for rights, that month's for counting. */
export type Placement = {
  scope_code: string
  view_code: string | null
  then_code: string
  then_view: string | null
  district_id: number
  /** The reporting line of that month, from the unit itself up to the city. */
  line: OrgBrief[]
}

/**
 * Placements of one unit for several months, in their order; they hold until the transaction ends, since a move waits for it.
 * @throws Problem.unknownReference when the unit does not exist, beforeFounding when it did not then.
 */
export async function placements(tx: Tx, orgId: number, months: readonly number[]): Promise<Placement[]> {
  const found = await keyed<Placement & { ym: number }>(
    tx,
    sql`SELECT * FROM app.place(${orgId}, ${[...months]}::int[])`,
  )
  const byMonth = new Map(found.map(({ ym, ...placement }) => [ym, placement]))
  return months.map((ym) => {
    const placement = byMonth.get(ym)
    if (!placement) throw Problem.unknownReference({ what: 'org' })
    // Outside the tree of that month it would count for nobody above.
    if (placement.line.at(-1)?.tier !== 'city') throw Problem.beforeFounding()
    return placement
  })
}

const briefColumns = sql`o.id, o.org_code AS code, o.name, o.short_name AS "shortName", o.tier`

/** The reporting line of today, from the unit itself up to the city. */
export async function reportingLine(tx: Tx, orgId: number, todayYm: number): Promise<OrgBrief[]> {
  return keyed<OrgBrief>(
    tx,
    sql`SELECT ${briefColumns} FROM app.org_closure c JOIN app.org o ON o.id = c.anc
      WHERE c.des = ${orgId} AND c.line < 2 AND c.from_ym <= ${todayYm} AND ${todayYm} < c.to_ym ORDER BY c.depth`,
  )
}

/** Names of units by id, for answers. */
export async function briefs(tx: Tx, ids: readonly (number | null)[]): Promise<Map<number, OrgBrief>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const found = await keyed<OrgBrief>(
    tx,
    sql`SELECT ${briefColumns} FROM app.org o WHERE o.id = ANY(${wanted})`,
  )
  return new Map(found.map((o) => [o.id, o]))
}

/** The brief of one unit. @throws Problem.notFound */
export async function brief(tx: Tx, id: number): Promise<OrgBrief> {
  const found = (await briefs(tx, [id])).get(id)
  if (!found) throw Problem.notFound()
  return found
}

/** Names by account. */
export async function accountNames(tx: Tx, accounts: readonly string[]): Promise<Map<string, string>> {
  if (accounts.length === 0) return new Map()
  const found = await keyed<{ id: string; name: string }>(
    tx,
    sql`SELECT id, name FROM app.account WHERE id = ANY(${[...accounts]}::uuid[])`,
  )
  return new Map(found.map((a) => [a.id, a.name]))
}

/** Name of an account's person, for timelines. */
export async function accountName(tx: Tx, personId: string): Promise<string> {
  const found = await firstKeyed<{ name: string }>(
    tx,
    sql`SELECT name FROM app.account WHERE person_id = ${personId} LIMIT 1`,
  )
  return found?.name ?? '系统'
}
