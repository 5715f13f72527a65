import { sql } from 'kysely'
import { addDays } from '#kit/day.ts'
import { cadresOf, tell, units } from '#notify/tell.server.ts'
import { calendarAround } from '#rules/calendar.server.ts'
import type { WorkCalendar } from '#rules/calendar.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { owed, stateSql } from './read.server.ts'
import { owing, stageOn, type ReminderStage } from './rules.ts'

/** Due dates so far from today ask for no reminder. */
const soon = 14
const longPast = 30

type Open = {
  id: string
  title: string
  version: number
  due_on: string
  sent_on: string | null
  scope: string
}

const words: Readonly<Record<Exclude<ReminderStage, 'above'>, (task: Open) => string>> = {
  before: ({ title, due_on }) => `“${title}”请于 ${due_on} 前报送`,
  due: ({ title }) => `“${title}”今天到期`,
  after: ({ title }) => `“${title}”已过报送期限，请尽快报送`,
}

/**
 * Reminds the units that still owe a task, by the tree of today, and from the second day too late the unit above each. Run again
 * it does nothing: each unit is reminded once at each stage of each version. A form past its term may be refused (统计法第十七条):
 * nobody is chased for it.
 * @returns how many units were reminded, or named to the unit above
 */
export async function remindDue(deps: Pick<Deps, 'today'>, tx: Tx): Promise<number> {
  const today = deps.today()
  const calendar = await calendarAround(tx, today)
  if (!calendar.isWorkday(today)) return 0
  const open = await rows<Open>(
    tx,
    sql`SELECT t.id, t.title, t.version, t.due_on, t.sent_on, i.scope_code AS scope FROM app.task t JOIN app.org i ON i.id = t.org_id
      WHERE t.closed_at IS NULL AND t.valid_until >= ${today}::date AND t.due_on BETWEEN ${addDays(today, -longPast)}::date AND ${addDays(today, soon)}::date`,
  )
  let reminded = 0
  for (const task of open) {
    const stage = stageOf(calendar, task, today)
    if (stage === null) continue
    const late = await note(tx, task, stage, today)
    reminded += late.length
    if (late.length > 0) await tellStage(tx, task, stage, late)
  }
  return reminded
}

/** Who was told of a task when its time was short already is not reminded of it in the same days. */
function stageOf(calendar: WorkCalendar, task: Open, today: string): ReminderStage | null {
  const stage = stageOn(calendar, task.due_on, today)
  const isFresh = task.sent_on !== null && task.sent_on >= calendar.add(calendar.onOrBefore(task.due_on), -3)
  return stage === 'before' && isFresh ? null : stage
}

/** Notes a stage for every unit that owes the task and was not reminded at it. @returns those units */
async function note(tx: Tx, task: Open, stage: ReminderStage, today: string): Promise<number[]> {
  const found = await rows<{ org_id: number }>(
    tx,
    sql`INSERT INTO app.task_reminder (district_id, task_id, org_id, task_version, stage, on_day)
      SELECT u.district_id, t.id, u.id, t.version, ${stage}, ${today}::date FROM app.task t CROSS JOIN LATERAL (SELECT u.*, ${stateSql} AS state FROM ${owed(task.scope)}) u
      WHERE t.id = ${task.id}::uuid AND u.state = ANY(${[...owing]}::text[]) ON CONFLICT DO NOTHING RETURNING org_id`,
  )
  return found.map((row) => row.org_id)
}

async function tellStage(tx: Tx, task: Open, stage: ReminderStage, late: readonly number[]): Promise<void> {
  const link = `/tasks/${task.id}`
  if (stage !== 'above') {
    tell(tx, cadresOf(units(late)), { kind: 'remind', subject: words[stage](task), link }, null)
    return
  }
  const above = await rows<{ org: number; n: number }>(
    tx,
    sql`SELECT e.parent_id AS org, count(*) AS n FROM app.org_edge e WHERE e.child_id = ANY(${[...late]}::int[]) AND e.line = 1 AND e.to_ym = 999912
      GROUP BY e.parent_id`,
  )
  for (const { org, n } of above) {
    const subject = `${n} 个下级单位还没有报送“${task.title}”`
    tell(tx, cadresOf(units([org])), { kind: 'remind', subject, link }, null)
  }
}
