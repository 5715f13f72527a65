import { sql } from 'kysely'
import { openWork, type UnitOfWork } from '#audit/unitOfWork.server.ts'
import { addSheet, moveSheet, publishSheet } from '#figures/assessment/write.server.ts'
import type { Tx } from '#server/database.server.ts'
import { halfYearSeed, notes, objections, sheetSeed } from './assessment.ts'
import { demoCadre } from './loadTasks.server.ts'

/** The assessment of 2019 in the middle of its work: columns filled to different lengths, objections in each state. */
export async function loadAssessment(tx: Tx, work: UnitOfWork): Promise<void> {
  const city = await demoCadre(tx, 'city')
  const { id } = await addSheet(tx, openWork(city), sheetSeed)
  await moveSheet(tx, openWork(city), id, { act: 'open', version: 1 })
  await columns(tx, id, { self: 4, review: 3, final: 2 })
  await raise(tx, id)
  await published(tx)
  work.audit({
    districtId: city.org.districtId,
    action: 'assessment.open',
    object: `assessment:${id}`,
    accountId: city.accountId,
  })
}

/** The half-year before, finished: every unit has its 终评, one of the city proposed the result, another published it. */
async function published(tx: Tx): Promise<void> {
  const [first, second] = [await demoCadre(tx, 'city'), await demoCadre(tx, 'city', 1)]
  const { id } = await addSheet(tx, openWork(first), halfYearSeed)
  await moveSheet(tx, openWork(first), id, { act: 'open', version: 1 })
  await columns(tx, id, { self: 5, review: 5, final: 5 })
  await moveSheet(tx, openWork(first), id, { act: 'propose', version: 2 })
  await publishSheet(tx, openWork(second), id, { version: 3 })
  await sql`UPDATE app.assessment SET published_at = final_due + 1 + TIME '09:30' WHERE id = ${id}::uuid`.execute(
    tx,
  )
}

/** A cadre of a unit, as who signs what it said. */
const cadre = (org: string) =>
  sql.raw(
    `(SELECT p.account_id FROM app.post p WHERE p.org_id = ${org} AND p.role = 'cadre' ORDER BY p.id LIMIT 1)`,
  )

/**
 * Told by the unit's number, the same on every machine: in so many units in five a column is filled, the review only where a unit
 * stands between. Where people of the demo sit, their own column of an unfinished sheet waits for them.
 */
async function columns(
  tx: Tx,
  sheet: string,
  fifths: Record<'self' | 'review' | 'final', number>,
): Promise<void> {
  await sql`INSERT INTO app.assessment_score (district_id, assessment_id, org_id, line_key, col, points, note, scored_by, scored_at)
    SELECT u.district_id, s.id, u.id, l.value ->> 'key', c.col,
      ((l.value ->> 'points')::int * (CASE c.col WHEN 'self' THEN 95 - u.id % 3 * 3 WHEN 'review' THEN 90 - u.id % 4 * 4 ELSE 92 - u.id % 4 * 4 END)) / 100,
      CASE c.col WHEN 'self' THEN ${notes.self} WHEN 'review' THEN ${notes.review} ELSE ${notes.final} END,
      CASE c.col WHEN 'self' THEN ${cadre('u.id')} WHEN 'review' THEN ${cadre('e.parent_id')} ELSE ${cadre('s.org_id')} END,
      s.self_due + CASE c.col WHEN 'self' THEN -3 WHEN 'review' THEN 8 ELSE 14 END + TIME '10:20'
    FROM app.assessment s
    JOIN app.org u ON u.tier = ANY(s.tiers) AND u.closed_on IS NULL
    JOIN app.org_edge e ON e.child_id = u.id AND e.line = 1 AND e.to_ym = 999912
    CROSS JOIN (VALUES ('self', ${fifths.self}::int), ('review', ${fifths.review}), ('final', ${fifths.final})) c (col, share)
    CROSS JOIN LATERAL jsonb_array_elements(s.lines) l
    WHERE s.id = ${sheet}::uuid AND l.value ->> 'kind' = 'manual' AND u.id % 5 < c.share AND (c.col <> 'review' OR e.parent_id <> s.org_id)
      AND ${cadre('u.id')} IS NOT NULL AND ${cadre('e.parent_id')} IS NOT NULL
      AND NOT EXISTS (SELECT FROM app.post p JOIN app.account a ON a.id = p.account_id WHERE p.org_id = u.id AND a.is_demo AND c.col = 'self' AND c.share < 5)`.execute(
    tx,
  )
}

async function raise(tx: Tx, sheet: string): Promise<void> {
  for (const [n, { state, body, answer }] of objections.entries())
    await sql`INSERT INTO app.assessment_objection (district_id, id, assessment_id, org_id, line_key, body, state, answer, raised_by, raised_at, closed_at)
      SELECT u.district_id, gen_random_uuid(), ${sheet}::uuid, u.id, ${n === 0 ? 'l8' : 'l1'}, ${body}, ${state}, ${answer}, ${cadre('u.id')},
        DATE '2020-04-14' + ${n}::int + TIME '15:40', CASE WHEN ${state} = 'closed' THEN DATE '2020-04-16' + TIME '09:05' END
      FROM (SELECT DISTINCT c.org_id FROM app.assessment_score c WHERE c.assessment_id = ${sheet}::uuid AND c.col = 'final' ORDER BY 1 OFFSET ${n} LIMIT 1) x
      JOIN app.org u ON u.id = x.org_id`.execute(tx)
}
