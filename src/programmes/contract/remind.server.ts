import { sql } from 'kysely'
import { addDays, longDay } from '#kit/day.ts'
import { cadresOf, tell, units } from '#notify/tell.server.ts'
import { keeper } from '#record/keeper.server.ts'
import { calendarAround } from '#rules/calendar.server.ts'
import { ruleOn } from '#rules/tables.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { notRenewed } from './due.server.ts'
import { renewalStage } from './renewal.ts'
import { contractRenewal } from './tables.ts'

type Due = {
  kind: 'contract' | 'contractFix'
  subject: string
  record: string
  org: number
  title: string
  on: string
}
type Staged = Due & { stage: number }

const wordsOf = ({ kind, title, on }: Due): string =>
  kind === 'contract'
    ? `专项集体合同将于${longDay(on)}期满，请及时提出续签：${title}`
    : `履约检查要求${longDay(on)}前整改，还没有登记整改情况：${title}`

/** Contracts whose end comes near and which nothing follows, and mendings whose day has gone. */
async function dueOn(tx: Tx, today: string): Promise<Staged[]> {
  const { value } = await ruleOn(tx, contractRenewal, today)
  const most = Math.max(value.firstDays, value.secondDays, value.thirdDays)
  const ending = await rows<Due>(
    tx,
    sql`SELECT 'contract' AS kind, r.id AS subject, r.id AS record, o.id AS org, r.title, c.term_until_on::text AS on
      FROM app.record r JOIN app.contract c ON c.district_id = r.district_id AND c.record_id = r.id JOIN app.org o ON o.id = ${keeper('r')} AND o.closed_on IS NULL
      WHERE r.state = 'accepted' AND c.term_until_on BETWEEN ${today}::date AND ${addDays(today, most)}::date AND ${notRenewed}`,
  )
  const unmended = await rows<Due>(
    tx,
    sql`SELECT 'contractFix' AS kind, i.id AS subject, r.id AS record, o.id AS org, r.title, i.fix_by::text AS on
      FROM app.contract_inspection i JOIN app.record r ON r.district_id = i.district_id AND r.id = i.record_id
      JOIN app.org o ON o.id = ${keeper('r')} AND o.closed_on IS NULL
      WHERE r.state = 'accepted' AND i.fixed_on IS NULL AND i.fix_by < ${today}::date`,
  )
  return [
    ...ending.flatMap((one) => {
      const stage = renewalStage(one.on, today, value)
      return stage === null ? [] : [{ ...one, stage }]
    }),
    ...unmended.map((one) => ({ ...one, stage: 0 })),
  ]
}

/**
 * Reminds units of contracts to be renewed, once at each stage, and of what was to be mended, once. Run again it does nothing.
 * @returns how many reminders went out
 */
export async function remindContracts(deps: Pick<Deps, 'today'>, tx: Tx): Promise<number> {
  const today = deps.today()
  if (!(await calendarAround(tx, today)).isWorkday(today)) return 0
  const staged = await dueOn(tx, today)
  if (staged.length === 0) return 0
  const fresh = await rows<{ n: number }>(
    tx,
    sql`WITH asked AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(staged.map((s, n) => ({ ...s, n })))}::jsonb)
        AS x (n int, kind text, subject uuid, org int, "on" date, stage int)
      ), noted AS (
        INSERT INTO app.due_reminder (district_id, kind, subject_id, org_id, col, due_on, stage, on_day)
        SELECT o.district_id, x.kind, x.subject, x.org, x.stage::text, x."on", CASE x.kind WHEN 'contract' THEN 'before' ELSE 'after' END, ${today}::date
        FROM asked x JOIN app.org o ON o.id = x.org ON CONFLICT DO NOTHING RETURNING kind, subject_id, col, due_on
      ) SELECT x.n FROM asked x JOIN noted d ON d.kind = x.kind AND d.subject_id = x.subject AND d.col = x.stage::text AND d.due_on = x."on" ORDER BY x.n`,
  )
  for (const { n } of fresh) {
    const due = staged[n]!
    tell(
      tx,
      cadresOf(units([due.org])),
      { kind: 'remind', subject: wordsOf(due), link: `/records/contract?id=${due.record}` },
      null,
    )
  }
  return fresh.length
}
