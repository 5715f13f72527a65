import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { Place } from '#identity/decide.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { OrgBrief } from '../api.ts'
import { briefOf } from '../brief.server.ts'

/** A unit as a change sees it: its place, superior, superiors from itself up. */
export type Unit = Place & {
  brief: OrgBrief
  districtId: number
  parent: number | null
  above: number[]
}

export const bad = (field: string, message: string): Problem =>
  Problem.invalid({ issues: [{ field, message }] })

export async function unitOf(tx: Tx, id: number, field: string): Promise<Unit> {
  const found = await first<Unit>(
    tx,
    sql`SELECT o.id, o.scope_code AS "scopeCode", o.view_code AS "viewCode", o.district_id AS "districtId", ${briefOf('o')} AS brief,
      (SELECT e.parent_id FROM app.org_edge e WHERE e.child_id = o.id AND e.line = 1 AND e.to_ym = 999912) AS parent,
      ARRAY(SELECT c.anc FROM app.org_closure c WHERE c.des = o.id AND c.line < 2 AND c.to_ym = 999912 ORDER BY c.depth) AS above
      FROM app.org o WHERE o.id = ${id} AND o.closed_on IS NULL`,
  )
  if (!found) throw bad(field, '没有这个单位，或者已经撤销，请重新选择')
  return found
}

/** The two sides of a change, checked by what the tree says now. */
export type Sides = { unit: Unit; other: Unit; fromYm: number; needs: number[] }

/** Tiers that stand above both sides: no total of theirs may change. */
export const commonOf = ({ unit, other }: Sides): number[] =>
  unit.above.filter((id) => id !== unit.id && other.above.includes(id))
