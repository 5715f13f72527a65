import { sql } from 'kysely'
import { addDays, longDay } from '#kit/day.ts'
import { cadresOf, tell, units } from '#notify/tell.server.ts'
import { readRules } from '#rules/tables.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { checkHoldsUntil } from './blocks.ts'
import { childcareSafety } from './rules.ts'

/** Days before the end on which a unit is told. */
const before = 30

type Running = {
  id: string
  org_id: number
  title: string
  checked_on: string | null
  paper_until: string | null
}
type Due = { id: string; org: number; title: string; on: string; stage: 'before' | 'after' }

/**
 * Reminds units whose class is shown of the first check or paper that runs out: thirty days before, and once when it has, since
 * the class is off the page from then on. Run again it does nothing.
 * @returns how many reminders went out
 */
export async function remindChildcare(deps: Pick<Deps, 'today'>, tx: Tx): Promise<number> {
  const today = deps.today()
  const { checkMonths } = (await readRules(tx)).on(childcareSafety, today).value
  const running = await rows<Running>(
    tx,
    sql`SELECT id, org_id, title, checked_on::text, paper_until::text FROM app.childcare_ends(${today}::date)`,
  )
  const due = running.flatMap(({ id, org_id: org, title, checked_on, paper_until }): Due[] => {
    const ends = [
      ...(checked_on ? [checkHoldsUntil(checked_on, checkMonths)] : []),
      ...(paper_until ? [paper_until] : []),
    ]
    const on = ends.toSorted()[0]
    if (on === undefined || on > addDays(today, before)) return []
    return [{ id, org, title, on, stage: on < today ? 'after' : 'before' }]
  })
  if (due.length === 0) return 0
  const fresh = await rows<{ n: number }>(
    tx,
    sql`WITH asked AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(due.map((one, n) => ({ ...one, n })))}::jsonb)
        AS x (n int, id uuid, org int, "on" date, stage text)
      ), noted AS (
        INSERT INTO app.due_reminder (district_id, kind, subject_id, org_id, due_on, stage, on_day)
        SELECT o.district_id, 'childcare', x.id, x.org, x."on", x.stage, ${today}::date FROM asked x JOIN app.org o ON o.id = x.org
        ON CONFLICT DO NOTHING RETURNING subject_id, due_on, stage
      ) SELECT x.n FROM asked x JOIN noted d ON d.subject_id = x.id AND d.due_on = x."on" AND d.stage = x.stage ORDER BY x.n`,
  )
  for (const { n } of fresh) {
    const { id, org, title, on, stage } = due[n]!
    const subject =
      stage === 'before'
        ? `入职查询、健康证或安全材料将于${longDay(on)}到期，到期后不再公布，请及时办理：${title}`
        : `入职查询、健康证或安全材料已于${longDay(on)}到期，公开页面已不显示，请尽快办理并登记，登记后自动恢复：${title}`
    tell(tx, cadresOf(units([org])), { kind: 'remind', subject, link: `/childcare/${id}` }, null)
  }
  return fresh.length
}
