import { sql } from 'kysely'
import { monthOf } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { can, type Place } from '#identity/decide.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { OrgView } from './api.ts'

/** A new dated edge of the reporting line (1) or of the view line (2). */
export type OrgMove = OrgView & { line: 1 | 2 }

/**
 * Gives a unit another superior from a month on; a month in the past corrects the past. Facts before that month stay with
 * the former superior, records dated from it on follow the unit.
 * @throws Problem.notFound, badMove, moveOverlaps
 */
export async function moveOrg(
  tx: Tx,
  work: UnitOfWork,
  orgId: number,
  move: OrgMove,
  today: string,
): Promise<void> {
  const { actor } = work
  const place = await first<Place & { parent: number | null; district_id: number }>(
    tx,
    sql`SELECT o.id, o.scope_code AS "scopeCode", o.view_code AS "viewCode", o.district_id,
      (SELECT parent_id FROM app.org_edge e WHERE e.child_id = o.id AND e.line = ${move.line} AND e.from_ym <= ${move.fromYm} AND ${move.fromYm} < e.to_ym) AS parent
      FROM app.org o WHERE o.id = ${orgId}`,
  )
  if (!place || !can(actor, 'org.move', place) || place.id === actor.org.id) throw Problem.notFound()
  const month = move.fromYm % 100
  if (move.fromYm < 190001 || move.fromYm > 299912 || month < 1 || month > 12)
    throw Problem.badMove({ why: '请选择生效月份' })
  // Rights follow the tree of today: a move dated ahead would need somebody to rewrite them when its month comes.
  if (move.fromYm > monthOf(today)) throw Problem.badMove({ why: '生效月份不能晚于本月，请到当月再办理' })
  if (move.line === 1 && move.parentId === null)
    throw Problem.badMove({ why: '上报线必须有上级，请选择新的上级' })
  if (place.parent === move.parentId) throw Problem.badMove({ why: '该月份起本来就隶属于这个上级，无需调整' })
  if (move.parentId !== null) await refuseParent(tx, orgId, move)
  // Before and after: the call takes the unit from the old line, and holds every place from then on.
  await refuseLocked(tx, orgId, move)
  const done = await first<{ districts: number[] }>(
    tx,
    sql`SELECT app.move_org(${orgId}::int, ${move.parentId}::int, ${move.line}::int, ${move.fromYm}::int, ${monthOf(today)}::int, ${today}::date, ${move.docNo}) AS districts`,
  )
  await refuseLocked(tx, orgId, move)
  const touched = new Set([actor.org.districtId, place.district_id, ...(done?.districts ?? [])])
  for (const districtId of touched) {
    work.audit({
      districtId,
      action: 'org.move',
      object: `org:${orgId}`,
      fields: ['parent', String(move.line), String(move.fromYm)],
      body: move,
    })
  }
}

/** A published value of a locked month must stay explainable by the tree of that month. @throws Problem.moveLocked */
export async function refuseLocked(tx: Tx, orgId: number, move: OrgMove): Promise<void> {
  if (move.line !== 1) return
  const found = await first<{ name: string; untilYm: number }>(
    tx,
    sql`SELECT o.name, l.until_ym AS "untilYm" FROM app.period_lock l JOIN app.org o ON o.id = l.org_id
      WHERE l.reopened_at IS NULL AND l.until_ym >= ${move.fromYm} AND l.org_id <> ${orgId}
        AND EXISTS (SELECT FROM app.org_closure c WHERE c.des = ${orgId} AND c.anc = l.org_id AND c.line < 2 AND c.to_ym > ${move.fromYm})
      ORDER BY l.until_ym DESC LIMIT 1`,
  )
  if (found)
    throw Problem.moveLocked({
      months: `${Math.floor(found.untilYm / 100)}年${found.untilYm % 100}月`,
      by: found.name,
    })
}

async function refuseParent(tx: Tx, orgId: number, move: OrgMove): Promise<void> {
  const parent = await first<{ id: number; below: boolean }>(
    tx,
    sql`SELECT o.id, EXISTS (SELECT FROM app.org_closure c WHERE c.anc = ${orgId} AND c.des = o.id) AS below FROM app.org o WHERE o.id = ${move.parentId} AND o.closed_on IS NULL`,
  )
  if (!parent) throw Problem.unknownReference({ what: 'parent' })
  if (parent.below) throw Problem.badMove({ why: '不能调整到自己或下属单位之下，请另选上级' })
}
