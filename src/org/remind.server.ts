import { sql } from 'kysely'
import { addDays, longDay } from '#kit/day.ts'
import { cadresOf, tell, units } from '#notify/tell.server.ts'
import { calendarAround } from '#rules/calendar.server.ts'
import { ruleOn } from '#rules/tables.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { termReminders } from './rules.ts'
import { longPast, stageOf } from './termStage.ts'

type Ending = { org: number; record: string | null; until: string; form: string }

const noRecord = '00000000-0000-0000-0000-000000000000'

const words = (stage: number, { until, form }: Ending): string => {
  const what = form === 'committee' ? '女职工委员会' : '女职工委员'
  return stage === 0
    ? `${what}任期于${longDay(until)}届满，请换届并更正登记`
    : `${what}任期将于${longDay(until)}届满，请着手换届`
}

/**
 * Reminds units whose committee's term ends, once at each stage of each term. Run again it does nothing.
 * @returns how many units were reminded
 */
export async function remindTerms(deps: Pick<Deps, 'today'>, tx: Tx): Promise<number> {
  const today = deps.today()
  if (!(await calendarAround(tx, today)).isWorkday(today)) return 0
  const { value } = await ruleOn(tx, termReminders, today)
  const found = await rows<Ending>(
    tx,
    sql`SELECT k.org_id AS org, k.record_id AS record, k.term_until_on AS until, k.form FROM app.org_committee k
      JOIN app.org o ON o.id = k.org_id AND o.closed_on IS NULL
      WHERE k.term_until_on BETWEEN ${addDays(today, -longPast)}::date AND ${addDays(today, Math.max(value.firstDays, value.secondDays))}::date`,
  )
  const staged = found.flatMap((ending) => {
    const stage = stageOf(ending.until, today, value)
    return stage === null ? [] : [{ ...ending, record: ending.record ?? noRecord, stage }]
  })
  if (staged.length === 0) return 0
  const fresh = await rows<{ n: number }>(
    tx,
    sql`WITH asked AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(staged.map((s, n) => ({ ...s, n })))}::jsonb)
        AS x (n int, org int, record uuid, until date, stage int)
      ), noted AS (
        INSERT INTO app.due_reminder (district_id, kind, subject_id, org_id, col, due_on, stage, on_day)
        SELECT o.district_id, 'committee', x.record, x.org, x.stage::text, x.until, CASE x.stage WHEN 0 THEN 'due' ELSE 'before' END, ${today}::date
        FROM asked x JOIN app.org o ON o.id = x.org ON CONFLICT DO NOTHING RETURNING org_id, col, due_on
      ) SELECT x.n FROM asked x JOIN noted d ON d.org_id = x.org AND d.col = x.stage::text AND d.due_on = x.until ORDER BY x.n`,
  )
  for (const { n } of fresh) {
    const ending = staged[n]!
    tell(
      tx,
      cadresOf(units([ending.org])),
      { kind: 'remind', subject: words(ending.stage, ending), link: `/orgs?id=${ending.org}` },
      null,
    )
  }
  return fresh.length
}
