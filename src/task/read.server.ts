import { sql, type RawBuilder } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import type { OrgBrief, Tier } from '#org/api.ts'
import { visible } from '#record/visible.server.ts'
import type { WorkCalendar } from '#rules/calendar.ts'
import { calendarAround } from '#rules/calendar.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { pageOf } from '#server/pages.server.ts'
import type { Question, Task, TaskBox, TaskCard, TaskList, TaskState } from './api.ts'
import { isAskedBy } from './asked.server.ts'
import { knownOf } from './known.server.ts'
import { leftUntil, owing } from './rules.ts'

/** A task as it is stored, with its issuer; district_id is the issuer's. */
export type Stored = {
  district_id: number
  id: string
  org_id: number
  issuer_scope: string
  org: OrgBrief
  title: string
  note: string
  form_no: string
  issuer: string
  approval_no: string
  valid_from: string
  valid_until: string
  programme: number | null
  questions: Question[]
  reason: string
  tiers: Tier[]
  under: number[]
  from_on: string
  until_on: string
  due_on: string
  version: number
  change_note: string
  closed_at: string | null
  created_at: string
}

export const orgJson = (o: string): RawBuilder<unknown> =>
  sql.raw(
    `jsonb_build_object('id', ${o}.id, 'code', ${o}.org_code, 'name', ${o}.name, 'shortName', ${o}.short_name, 'tier', ${o}.tier)`,
  )

const storedColumns = sql`i.district_id, t.id, t.org_id, i.scope_code AS issuer_scope, ${orgJson('i')} AS org, t.title, t.note, t.form_no,
  t.issuer, t.approval_no, t.valid_from, t.valid_until, t.programme, t.questions, t.reason, t.tiers, t.under, t.from_on, t.until_on, t.due_on,
  t.version, t.change_note, t.closed_at, to_jsonb(t.created_at) #>> '{}' AS created_at`

/** A task that the actor's unit sent, owes or stands above of. @throws Problem.notFound */
export async function getTask(tx: Tx, id: string): Promise<Stored> {
  const found = await first<Stored>(
    tx,
    sql`SELECT ${storedColumns} FROM app.task t JOIN app.org i ON i.id = t.org_id WHERE t.id = ${id}::uuid`,
  )
  if (!found) throw Problem.notFound()
  return found
}

/** Whether a task t of an issuer i is asked of the actor's own unit. */
const asksOwn = ({ org }: Actor): RawBuilder<unknown> =>
  sql`(starts_with(${org.scopeCode}, i.scope_code) AND EXISTS (SELECT FROM app.org u WHERE u.id = ${org.id} AND ${isAskedBy}))`

/** Whether a task is asked of the actor's own unit. */
export const isAsked = async (tx: Tx, actor: Actor, id: string): Promise<boolean> =>
  (await first<{ asked: boolean }>(
    tx,
    sql`SELECT ${asksOwn(actor)} AS asked FROM app.task t JOIN app.org i ON i.id = t.org_id WHERE t.id = ${id}::uuid`,
  ))!.asked

/** State at a unit u with answer a (both may be of an outer join) of task t: as stateOf tells it. */
export const stateSql = sql`CASE WHEN a.state IS NULL OR a.state = 'unreceived' THEN 'unreceived' WHEN a.state = 'closed' THEN 'closed'
  WHEN a.task_version < t.version THEN 'changed' ELSE a.state END`

/** The units u that owe a task t, told by the tree of today, with their answers a: whoever is founded later owes it too. */
export const owed = (scope: string): RawBuilder<unknown> => sql`app.org u
  LEFT JOIN app.task_answer a ON a.task_id = t.id AND a.org_id = u.id
  WHERE u.scope_code >= ${scope} AND u.scope_code < ${`${scope}~`} AND ${isAskedBy}`

export type Counts = Partial<Record<TaskState, number>>

export const countsSql = (scope: string): RawBuilder<unknown> =>
  sql`(SELECT jsonb_object_agg(state, n) FROM (SELECT ${stateSql} AS state, count(*) AS n FROM ${owed(scope)} GROUP BY 1) s)`

const sumOf = (counts: Counts, states: readonly string[]): number =>
  Object.entries(counts).reduce((sum, [state, n]) => sum + (states.includes(state) ? n : 0), 0)

type CardRow = Stored & { asked: boolean; own: TaskState | null; counts: Counts | null }

function cardOf(deps: Deps, calendar: WorkCalendar, row: CardRow): TaskCard {
  const counts = row.counts
  return {
    id: row.id,
    title: row.title,
    issuer: row.org,
    programme: row.programme === null ? null : deps.catalogue.programmeKey(row.programme),
    fromOn: row.from_on,
    untilOn: row.until_on,
    dueOn: row.due_on,
    left: leftUntil(calendar, row.due_on, deps.today()),
    formNo: row.form_no,
    sentAt: row.created_at,
    questions: row.questions,
    tiers: row.tiers,
    under: row.under,
    version: row.version,
    isOver: row.closed_at !== null,
    own: row.asked ? (row.own ?? 'unreceived') : null,
    units: counts === null ? null : sumOf(counts, Object.keys(counts)),
    owing: counts === null ? null : sumOf(counts, owing),
  }
}

const ownState = (actor: Actor): RawBuilder<unknown> =>
  sql`(SELECT ${stateSql} FROM app.task_answer a WHERE a.task_id = t.id AND a.org_id = ${actor.org.id})`

type Box = TaskBox | 'owed' | 'copied' | 'answered'

/**
 * A page of the tasks of a box, what is due first: `mine` = asked of the actor's unit and not closed there, `sent` = of her unit, `below` = of
 * units above that she follows for the units under hers; for her inbox besides, `owed` = those of `mine` that still want an answer, `copied` = those her unit was only told of,
 * `answered` = what it reported.
 */
export async function pageOfTasks(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  box: Box,
  after: number,
): Promise<TaskList> {
  const page = await pageOf(after, (end) => rows<CardRow>(tx, sql`${tasksOf(actor, box)} ${end}`))
  return { ...page, rows: await cardsOf(deps, tx, page.rows) }
}

/** The first `most` tasks of a box in the same order, for who counts or tells of a few. */
export const firstTasks = async (
  deps: Deps,
  tx: Tx,
  actor: Actor,
  box: Box,
  most: number,
): Promise<TaskCard[]> =>
  cardsOf(deps, tx, await rows<CardRow>(tx, sql`${tasksOf(actor, box)} LIMIT ${most}`))

async function cardsOf(deps: Deps, tx: Tx, found: readonly CardRow[]): Promise<TaskCard[]> {
  const calendar = await calendarAround(tx, deps.today())
  return found.map((row) => cardOf(deps, calendar, row))
}

function tasksOf(actor: Actor, box: Box): RawBuilder<unknown> {
  const { org } = actor
  const above = sql`t.org_id <> ${org.id} AND starts_with(${org.scopeCode}, i.scope_code)`
  const asksNow = sql`${asksOwn(actor)} AND t.closed_at IS NULL AND coalesce(${ownState(actor)}, 'unreceived')`
  const where = {
    mine: sql`${asksNow} <> 'closed'`,
    owed: sql`${asksNow} = ANY (${[...owing]}::text[])`,
    sent: sql`t.org_id = ${org.id}`,
    below: sql`${above} AND t.closed_at IS NULL`,
    copied: sql`t.copy_to @> ARRAY[${org.id}::int]`,
    answered: sql`${asksOwn(actor)} AND ${ownState(actor)} IN ('reported', 'closed')`,
  }[box]
  const counts = ['mine', 'owed', 'answered'].includes(box) ? sql`NULL::jsonb` : countsSql(org.scopeCode)
  // A unit follows what is asked below it, not what ends with itself.
  const asked = box === 'below' ? sql`WHERE x.counts IS NOT NULL` : sql``
  return sql`SELECT * FROM (SELECT ${storedColumns}, ${asksOwn(actor)} AS asked, ${ownState(actor)} AS own, ${counts} AS counts
      FROM app.task t JOIN app.org i ON i.id = t.org_id WHERE ${where}) x ${asked}
    ORDER BY x.closed_at IS NOT NULL, x.due_on, x.created_at, x.id`
}

type OwnAnswer = {
  state: TaskState
  isNil: boolean
  answers: Record<string, unknown>
  note: string
  reason: string
  reportedAt: string | null
  reportedBy: string | null
  version: number
}

/** What the records of a programme hold of a unit and period: nobody types it again. */
export function enteredOf(
  tx: Tx,
  actor: Actor,
  task: Stored,
  org: number,
): Promise<{ submitted: number; accepted: number } | null> {
  return first(
    tx,
    sql`SELECT count(*) FILTER (WHERE r.state = 'submitted')::int AS submitted, count(*) FILTER (WHERE r.state = 'accepted')::int AS accepted
      FROM app.record r WHERE r.org_id = ${org} AND r.programme = ${task.programme} AND r.occurred_on BETWEEN ${task.from_on}::date AND ${task.until_on}::date
        AND ${visible(actor)}`,
  )
}

/** A task with what the actor's unit answered, or (to the issuer and units between) how far it is. */
export async function readTask(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<Task> {
  const task = await getTask(tx, id)
  const asked = await isAsked(tx, actor, id)
  const isAbove = actor.org.tier !== 'grassroots' && actor.org.tier !== 'branch'
  const [underUnits, calendar, own, counts, entered, prefilled] = await Promise.all([
    rows<OrgBrief>(
      tx,
      sql`SELECT u.id, u.org_code AS code, u.name, u.short_name AS "shortName", u.tier FROM app.org u WHERE u.id = ANY(${task.under}::int[]) ORDER BY u.scope_code`,
    ),
    calendarAround(tx, deps.today()),
    first<OwnAnswer>(
      tx,
      sql`SELECT ${stateSql} AS state, a.is_nil AS "isNil", a.answers, a.note, a.reason, to_jsonb(a.reported_at) #>> '{}' AS "reportedAt",
          (SELECT name FROM app.account WHERE id = a.reported_by) AS "reportedBy", a.version
        FROM app.task t JOIN app.task_answer a ON a.task_id = t.id AND a.org_id = ${actor.org.id} WHERE t.id = ${id}::uuid`,
    ),
    isAbove
      ? first<{ counts: Counts | null }>(
          tx,
          sql`SELECT ${countsSql(actor.org.scopeCode)} AS counts FROM app.task t WHERE t.id = ${id}::uuid`,
        )
      : null,
    asked && task.programme !== null ? enteredOf(tx, actor, task, actor.org.id) : null,
    asked
      ? knownOf(deps, tx, actor, {
          questions: task.questions,
          fromOn: task.from_on,
          untilOn: task.until_on,
        })
      : {},
  ])
  const none: OwnAnswer = {
    state: 'unreceived',
    isNil: false,
    answers: {},
    note: '',
    reason: '',
    reportedAt: null,
    reportedBy: null,
    version: 0,
  }
  return {
    ...cardOf(deps, calendar, { ...task, asked, own: own?.state ?? null, counts: counts?.counts ?? null }),
    note: task.note,
    changeNote: task.change_note,
    issuedBy: task.issuer,
    approvalNo: task.approval_no,
    validFrom: task.valid_from,
    validUntil: task.valid_until,
    reason: task.reason,
    underUnits,
    prefilled,
    answer: asked ? { ...(own ?? none), entered } : null,
    counts: counts?.counts ?? null,
  }
}
