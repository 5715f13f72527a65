import { sql } from 'kysely'
import { cadresOf, tell, units } from '#notify/tell.server.ts'
import { calendarAround, readLimits } from '#rules/calendar.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { stageOn, type ReminderStage } from '#task/rules.ts'
import { dueOfTurn } from './term.ts'

type Stage = Exclude<ReminderStage, 'before'>
type Waiting = { id: string; org_id: number; since: string }

const words: Readonly<Record<Exclude<Stage, 'above'>, (n: number) => string>> = {
  due: (n) => `有 ${n} 条待审核今天到期`,
  after: (n) => `有 ${n} 条待审核已过办理期限，请尽快审核`,
}

/**
 * Reminds units of what waits for their review on the last day of its term and on the first after it, and from the second the
 * unit above each. Run again it does nothing. @returns of how many turns somebody was reminded
 */
export async function remindReviews(deps: Pick<Deps, 'today'>, tx: Tx): Promise<number> {
  const today = deps.today()
  const calendar = await calendarAround(tx, today)
  if (!calendar.isWorkday(today)) return 0
  const limits = await readLimits(tx)
  const waiting = await rows<Waiting>(
    tx,
    sql`SELECT id, org_id, to_jsonb(since) #>> '{}' AS since FROM app.waiting_reviews()`,
  )
  const staged = waiting.flatMap(({ id, org_id: org, since }) => {
    const due = dueOfTurn('review', since, { calendar, limits, today })
    const stage = stageOn(calendar, due, today)
    return stage === null || stage === 'before' ? [] : [{ id, org, due, stage }]
  })
  if (staged.length === 0) return 0
  const fresh = await rows<{ org: number; name: string; above: number | null; stage: Stage; n: number }>(
    tx,
    sql`WITH asked AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(staged)}::jsonb) AS x (id uuid, org int, due date, stage text)),
      noted AS (
        INSERT INTO app.review_reminder (district_id, subject_id, org_id, due_on, stage, on_day)
        SELECT o.district_id, x.id, x.org, x.due, x.stage, ${today}::date FROM asked x JOIN app.org o ON o.id = x.org
        ON CONFLICT DO NOTHING RETURNING org_id, stage
      ) SELECT o.id AS org, o.short_name AS name, n.stage, count(*)::int AS n, (SELECT e.parent_id FROM app.org_edge e
          WHERE e.child_id = o.id AND e.line = 1 AND e.to_ym = 999912) AS above
        FROM noted n JOIN app.org o ON o.id = n.org_id GROUP BY o.id, n.stage ORDER BY o.id, n.stage`,
  )
  for (const { org, name, above, stage, n } of fresh) {
    const told = (to: number, subject: string, link: string) =>
      tell(tx, cadresOf(units([to])), { kind: 'remind', subject, link }, null)
    if (stage !== 'above') told(org, words[stage](n), '/inbox?box=review')
    else if (above !== null) told(above, `${name}有 ${n} 条待审核逾期未办，请督促审核`, '/inbox')
  }
  return fresh.reduce((sum, { n }) => sum + n, 0)
}
