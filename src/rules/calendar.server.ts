import { sql } from 'kysely'
import { addDays } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { Issue } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import { keyed, rows, type Tx } from '#server/database.server.ts'
import type { CalendarYear, DayEntry, LimitEntry, LimitKind } from './api.ts'
import { workCalendar, type SpecialDay, type WorkCalendar } from './calendar.ts'

/** Longest stretch that is entered at once; no holiday lasts as long. */
const mostDays = 31
/** Terms and due dates lie within so many days of today. */
const reach = 400

/** The working calendar around a day. */
export async function calendarAround(tx: Tx, today: string): Promise<WorkCalendar> {
  return workCalendar(
    await keyed<SpecialDay>(
      tx,
      sql`SELECT day, kind, name FROM app.work_day WHERE day BETWEEN ${addDays(today, -reach)}::date AND ${addDays(today, reach)}::date`,
    ),
  )
}

export type Limits = (kind: LimitKind, startedOn: string) => number

/** Terms in working days, each by the rule that held when the term began. */
export async function readLimits(tx: Tx): Promise<Limits> {
  const found = await keyed<{ kind: LimitKind; fromOn: string; days: number }>(
    tx,
    sql`SELECT kind, from_on AS "fromOn", days FROM app.time_limit ORDER BY from_on DESC`,
  )
  return (kind, startedOn) => {
    const own = found.filter((one) => one.kind === kind)
    return (own.find((one) => one.fromOn <= startedOn) ?? own.at(-1))?.days ?? 5
  }
}

export async function readYear(tx: Tx, actor: Actor, year: number): Promise<CalendarYear> {
  const [days, limits] = await Promise.all([
    rows<SpecialDay>(
      tx,
      sql`SELECT day, kind, name FROM app.work_day WHERE day BETWEEN ${`${year}-01-01`}::date AND ${`${year}-12-31`}::date ORDER BY day`,
    ),
    rows<CalendarYear['limits'][number]>(
      tx,
      sql`SELECT kind, days, from_on AS "fromOn" FROM app.time_limit ORDER BY kind DESC, from_on`,
    ),
  ])
  return { year, announced: days.length > 0, days, limits, mayEdit: can(actor, 'calendar.edit') }
}

/** Enters a stretch of days, or takes its entries back. @throws Problem.invalid */
export async function enterDays(tx: Tx, work: UnitOfWork, given: DayEntry): Promise<void> {
  const issues: Issue[] = []
  if (given.until < given.from) issues.push({ field: 'until', message: '止日不能早于起日' })
  else if (given.until > addDays(given.from, mostDays - 1))
    issues.push({ field: 'until', message: `一次最多录入 ${mostDays} 天` })
  if (given.kind !== 'week' && given.name === '')
    issues.push({ field: 'name', message: '请填写节日名称，例如“春节”' })
  if (issues.length > 0) throw Problem.invalid({ issues })
  const stretch = sql`generate_series(${given.from}::date, ${given.until}::date, interval '1 day')`
  if (given.kind === 'week')
    await sql`DELETE FROM app.work_day WHERE day IN (SELECT d::date FROM ${stretch} d)`.execute(tx)
  else
    await sql`INSERT INTO app.work_day (day, kind, name, changed_by) SELECT d::date, ${given.kind}, ${given.name}, ${work.actor.accountId}::uuid FROM ${stretch} d
      ON CONFLICT (day) DO UPDATE SET kind = EXCLUDED.kind, name = EXCLUDED.name, changed_by = EXCLUDED.changed_by, changed_at = now()`.execute(
      tx,
    )
  work.audit({
    districtId: work.actor.org.districtId,
    action: 'calendar.days',
    object: `calendar:${given.from}..${given.until}`,
    body: given,
  })
}

/** A term of working days from a day on. @throws Problem.invalid */
export async function enterLimit(tx: Tx, work: UnitOfWork, today: string, given: LimitEntry): Promise<void> {
  const issues: Issue[] = []
  if (given.days < 1 || given.days > 60) issues.push({ field: 'days', message: '时限应为 1 至 60 个工作日' })
  if (given.fromOn < today)
    issues.push({ field: 'fromOn', message: '从今天或以后起执行，已经开始的按原时限' })
  if (issues.length > 0) throw Problem.invalid({ issues })
  await sql`INSERT INTO app.time_limit (kind, from_on, days, changed_by) VALUES (${given.kind}, ${given.fromOn}::date, ${given.days}, ${work.actor.accountId}::uuid)
    ON CONFLICT (kind, from_on) DO UPDATE SET days = EXCLUDED.days, changed_by = EXCLUDED.changed_by`.execute(
    tx,
  )
  work.audit({
    districtId: work.actor.org.districtId,
    action: 'calendar.limit',
    object: `calendar:${given.kind}`,
    body: given,
  })
}
