import { sql } from 'kysely'
import { addDays } from '#kit/day.ts'
import { periodOf } from '#kit/period.ts'
import { cadresOf, tell, units } from '#notify/tell.server.ts'
import { calendarAround } from '#rules/calendar.server.ts'
import type { WorkCalendar } from '#rules/calendar.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { stageOn, type ReminderStage } from '#task/rules.ts'
import type { Column } from './assessment/api.ts'
import { assessedOf, liveTotals, openSheets } from './assessment/read.server.ts'
import { columnWords } from './assessment/words.ts'
import { totals } from './read.server.ts'

/** Due days so far from today ask for no reminder. */
const soon = 14
const longPast = 30

/** Something that a unit owes by a day; whoever is above hears of it from the second day too late. */
type Due = {
  kind: 'plan' | 'assessment'
  subject: string
  org: number
  col: Column | ''
  dueOn: string
  title: string
  link: string
  above: number | null
}

/**
 * Reminds units of plan items and assessment columns that they still owe, in the stages of tasks. Run again it does nothing.
 * @returns how many units were reminded, or named to the unit above
 */
export async function remindFigures(deps: Pick<Deps, 'today'>, tx: Tx): Promise<number> {
  const today = deps.today()
  const calendar = await calendarAround(tx, today)
  if (!calendar.isWorkday(today)) return 0
  const owed = [...(await duePlans(tx, today)), ...(await dueColumns(tx, today))]
  return remind(tx, calendar, owed, today)
}

const between = (today: string): [string, string] => [addDays(today, -longPast), addDays(today, soon)]

/** Items of adopted plans that their owner has not told done and whose figure is not there yet. */
async function duePlans(tx: Tx, today: string): Promise<Due[]> {
  const [from, until] = between(today)
  type Item = {
    id: string
    org: number
    plan: number
    above: number | null
    task: string
    year: number
    dueOn: string
    indicator: string | null
    target: number | null
  }
  const items = await rows<Item>(
    tx,
    sql`SELECT i.id, i.owner_id AS org, i.org_id AS plan, CASE WHEN i.owner_id <> i.org_id THEN i.org_id END AS above, i.task, i.year,
        i.due_on AS "dueOn", n.code AS indicator, i.target::float8 AS target
      FROM app.plan_item i JOIN app.plan p ON p.org_id = i.org_id AND p.year = i.year AND p.state = 'adopted'
      LEFT JOIN app.indicator n ON n.id = i.indicator
      WHERE i.removed_at IS NULL AND i.done_on IS NULL AND i.due_on BETWEEN ${from}::date AND ${until}::date`,
  )
  const reached = await reachedBy(tx, items)
  return items
    .filter((item) => !reached(item))
    .map(({ id, org, plan, above, task, year, dueOn }) => ({
      kind: 'plan' as const,
      subject: id,
      org,
      col: '' as const,
      dueOn,
      title: task,
      link: `/plan?org=${plan}&year=${year}`,
      above,
    }))
}

type Aimed = { org: number; year: number; indicator: string | null; target: number | null }

async function reachedBy(tx: Tx, items: readonly Aimed[]): Promise<(item: Aimed) => boolean> {
  const aimed = items.filter(({ target }) => target !== null)
  const years = [...new Set(aimed.map(({ year }) => year))].sort((a, b) => a - b)
  if (years.length === 0) return () => false
  const orgs = [...new Set(aimed.map(({ org }) => org))]
  const sums = await totals(
    tx,
    orgs,
    years.map((year) => periodOf('year', year)),
    [...new Set(aimed.map(({ indicator }) => indicator!))],
  )
  return ({ org, year, indicator, target }) =>
    target !== null &&
    sums
      .filter((t) => t.org_id === org && t.indicator === indicator && t.state === 1 && !t.viewed)
      .reduce((sum, t) => sum + t.values[years.indexOf(year)]!, 0) >= target
}

/** Columns of open sheets in which lines by hand are missing: the unit's own, that of the unit above it, the issuer's. */
async function dueColumns(tx: Tx, today: string): Promise<Due[]> {
  const owed = new Map<string, Due>()
  for (const sheet of await openSheets(tx, ...between(today))) {
    const assessed = await assessedOf(tx, sheet, sheet.issuerScope)
    const above = new Map(assessed.map((unit) => [unit.org.id, unit.aboveId]))
    const dueOn = { self: sheet.selfDue, review: sheet.reviewDue, final: sheet.finalDue }
    for (const { org, missing } of (await liveTotals(tx, sheet, assessed)).totals)
      for (const [col, n] of Object.entries(missing) as [Column, number | null][]) {
        if (!n) continue
        const writer = { self: org.id, review: above.get(org.id)!, final: sheet.orgId }[col]
        owed.set(`${sheet.id} ${col} ${writer}`, {
          kind: 'assessment',
          subject: sheet.id,
          org: writer,
          col,
          dueOn: dueOn[col],
          title: `${sheet.title}”的“${columnWords[col]}`,
          link: `/assessments/${sheet.id}`,
          above: writer === sheet.orgId ? null : sheet.orgId,
        })
      }
  }
  return [...owed.values()]
}

const words: Readonly<Record<Exclude<ReminderStage, 'above'>, (due: Due) => string>> = {
  before: ({ title, dueOn }) => `“${title}”请于 ${dueOn} 前完成`,
  due: ({ title }) => `“${title}”今天到期`,
  after: ({ title }) => `“${title}”已过期限，请尽快完成`,
}

async function remind(tx: Tx, calendar: WorkCalendar, owed: readonly Due[], today: string): Promise<number> {
  const staged = owed.flatMap((due) => {
    const stage = stageOn(calendar, due.dueOn, today)
    return stage === null || (stage === 'above' && due.above === null) ? [] : [{ ...due, stage }]
  })
  if (staged.length === 0) return 0
  const fresh = await rows<{ n: number }>(
    tx,
    sql`WITH asked AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(staged.map((due, n) => ({ ...due, n })))}::jsonb)
        AS x (n int, kind text, subject uuid, org int, col text, "dueOn" date, stage text)
      ), noted AS (
        INSERT INTO app.due_reminder (district_id, kind, subject_id, org_id, col, due_on, stage, on_day)
        SELECT o.district_id, x.kind, x.subject, x.org, x.col, x."dueOn", x.stage, ${today}::date FROM asked x JOIN app.org o ON o.id = x.org
        ON CONFLICT DO NOTHING RETURNING kind, subject_id, org_id, col, stage
      ) SELECT x.n FROM asked x JOIN noted d ON d.kind = x.kind AND d.subject_id = x.subject AND d.org_id = x.org AND d.col = x.col AND d.stage = x.stage
      ORDER BY x.n`,
  )
  const above = new Map<string, { org: number; link: string; title: string; n: number }>()
  for (const { n } of fresh) {
    const due = staged[n]!
    if (due.stage !== 'above') {
      const subject = words[due.stage](due)
      tell(tx, cadresOf(units([due.org])), { kind: 'remind', subject, link: due.link }, null)
      continue
    }
    const key = `${due.above} ${due.title}`
    const told = above.get(key) ?? { org: due.above!, link: due.link, title: due.title, n: 0 }
    above.set(key, { ...told, n: told.n + 1 })
  }
  for (const { org, link, title, n } of above.values()) {
    const subject = `${n} 个单位还没有完成“${title}”`
    tell(tx, cadresOf(units([org])), { kind: 'remind', subject, link }, null)
  }
  return fresh.length
}
