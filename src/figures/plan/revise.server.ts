import { sql } from 'kysely'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { Problem } from '#kit/problem.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { Revision } from './api.ts'

type Held = { isAdopted: boolean; version: number }

/**
 * Holds a plan until the end of the transaction, made where it is not there yet, and before an adopted one is changed keeps what
 * it said, with reason and document. Changes of one day for one reason are one revision: what it said before the first of them.
 * @throws Problem.invalid where an adopted plan is changed without a reason
 */
export async function openPlan(
  tx: Tx,
  work: UnitOfWork,
  { org, year, title }: { org: number; year: number; title: string },
  revision: Revision | undefined,
): Promise<Held> {
  await sql`INSERT INTO app.plan (org_id, year, title, updated_by) VALUES (${org}, ${year}, ${title}, ${work.actor.accountId}::uuid)
    ON CONFLICT (org_id, year) DO NOTHING`.execute(tx)
  const held = await first<Held>(
    tx,
    sql`SELECT state = 'adopted' AS "isAdopted", version FROM app.plan WHERE org_id = ${org} AND year = ${year} FOR UPDATE`,
  )
  if (!held) throw Problem.notFound()
  if (held.isAdopted) await keep(tx, work, org, year, revision)
  return held
}

async function keep(
  tx: Tx,
  work: UnitOfWork,
  org: number,
  year: number,
  revision: Revision | undefined,
): Promise<void> {
  if (!revision || revision.reason.trim() === '')
    throw Problem.invalid({
      issues: [
        {
          field: 'revision.reason',
          message: '计划已经通过，调整须写明原因；原来的内容会留在“历次调整”里',
        },
      ],
    })
  const { reason, docNo, on } = revision
  await sql`INSERT INTO app.plan_revision (org_id, year, no, revised_on, reason, doc_no, content, title, goal, revised_by)
    SELECT ${org}, ${year}, coalesce(max(v.no), 0) + 1, ${on}::date, ${reason.trim()}, ${docNo.trim()}, ${content(org, year)},
      ${headOf(org, year, 'title')}, ${headOf(org, year, 'goal')}, ${work.actor.accountId}::uuid
    FROM app.plan_revision v WHERE v.org_id = ${org} AND v.year = ${year}
    HAVING NOT coalesce((SELECT l.revised_on = ${on}::date AND l.reason = ${reason.trim()} AND l.doc_no = ${docNo.trim()} AND l.revised_by = ${work.actor.accountId}::uuid
      FROM app.plan_revision l WHERE l.org_id = ${org} AND l.year = ${year} ORDER BY l.no DESC LIMIT 1), false)`.execute(
    tx,
  )
}

const headOf = (org: number, year: number, column: 'title' | 'goal') =>
  sql`(SELECT h.${sql.ref(column)} FROM app.plan h WHERE h.org_id = ${org} AND h.year = ${year})`

/** What a plan says now, as a revision keeps it. */
const content = (
  org: number,
  year: number,
) => sql`(SELECT coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'section', i.section, 'task', i.task,
    'owner', w.short_name, 'dueOn', i.due_on, 'evidence', i.evidence, 'target', CASE WHEN i.target IS NOT NULL
      THEN jsonb_build_object('indicator', n.code, 'bound', i.bound, 'value', i.target) END) ORDER BY i.serial, i.id), '[]')
  FROM app.plan_item i JOIN app.org w ON w.id = i.owner_id LEFT JOIN app.indicator n ON n.id = i.indicator
  WHERE i.org_id = ${org} AND i.year = ${year} AND i.removed_at IS NULL)`
