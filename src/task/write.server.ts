import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { Problem } from '#kit/problem.ts'
import { readForm } from '#kit/validate.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { calendarAround } from '#rules/calendar.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Decided, NewTask, OwnAct, TaskChange, TaskDecision } from './api.ts'
import { askedUnits } from './asked.server.ts'
import { readBurden } from './known.server.ts'
import { enteredOf, getTask, isAsked, type Stored } from './read.server.ts'
import { actors, headFaults, stateOf, surveyFields, type Answered } from './rules.ts'
import { addresseesOf, chosenUnits, copyUnits, tellChange, tellDecision, tellSent } from './tell.server.ts'
import { stateWords } from './words.ts'

/**
 * Sends a form down the units of some tiers below the actor's own.
 * @throws Problem.invalid where the legal head is incomplete or past, or what the system knows is asked without a reason
 */
export async function sendTask(
  deps: Pick<Deps, 'catalogue' | 'today'>,
  tx: Tx,
  work: UnitOfWork,
  given: NewTask,
): Promise<{ id: string }> {
  const { actor } = work
  const today = deps.today()
  const issues = headFaults(given, today)
  if ((given.programme === null) === (given.questions.length === 0))
    issues.push({ field: 'programme', message: '请选一个项目，或者拟一组问题，二者取其一' })
  given.questions.forEach((question, n) => {
    if (question.kind === 'choice' && (question.choices ?? []).length < 2)
      issues.push({ field: `questions.${n}.choices`, message: '请至少写两个选项' })
  })
  if (issues.length > 0) throw Problem.invalid({ issues })
  const under = await chosenUnits(tx, actor, given.under ?? [])
  const burden = await readBurden(deps, tx, actor, given)
  if (burden.units === 0)
    throw Problem.invalid({
      issues: [
        {
          field: 'tiers',
          message:
            under.length === 0
              ? '本级以下没有这一层级的单位，请重新选择'
              : '所选单位及其下级里没有这一层级的单位，请重新选择',
        },
      ],
    })
  if (burden.duplicates.length > 0 && given.reason.trim() === '')
    throw Problem.invalid({
      issues: [
        ...burden.duplicates.map((one) => ({
          field: `questions.${one.question}.label`,
          message: `系统里已有“${one.label}”（${one.where}），请删去这一问，或说明必须再问的理由`,
        })),
        { field: 'reason', message: '请说明为什么要再问系统里已有的内容' },
      ],
    })
  const copies = await copyUnits(tx, actor, given.copyTo ?? [])
  const id = uuidv7()
  const now = new Date().toISOString()
  const programme = given.programme === null ? null : deps.catalogue.programmeId(given.programme)
  await sql`INSERT INTO app.task (id, org_id, title, note, form_no, issuer, approval_no, valid_from, valid_until, programme,
      questions, reason, tiers, under, from_on, until_on, due_on, sent_on, copy_to, created_by,
      created_at, updated_at)
    VALUES (${id}::uuid, ${actor.org.id}, ${given.title}, ${given.note}, ${given.formNo.trim()}, ${given.issuer.trim()},
      ${given.approvalNo.trim()}, ${given.validFrom}::date, ${given.validUntil}::date, ${programme}::smallint, ${JSON.stringify(given.questions)}::jsonb,
      ${given.reason.trim()}, ${given.tiers}::text[], ${under}::int[], ${given.fromOn}::date, ${given.untilOn}::date, ${given.dueOn}::date, ${today}::date, ${copies}::int[],
      ${actor.accountId}::uuid, ${now}::timestamptz, ${now}::timestamptz)`.execute(tx)
  work.audit({
    districtId: actor.org.districtId,
    action: 'task.send',
    object: `task:${id}`,
    purpose: given.reason.trim(),
    body: given,
  })
  tellSent(tx, actor, { id, ...given, under }, copies)
  return { id }
}

/** The issuer's own task, still open. @throws Problem.notFound, conflict where it is over or was changed meanwhile */
async function ownTask(tx: Tx, work: UnitOfWork, id: string): Promise<Stored> {
  const task = await getTask(tx, id)
  if (task.org_id !== work.actor.org.id) throw Problem.denied({ what: '只有下达单位可以这样做' })
  if (task.closed_at !== null) throw Problem.taskOver()
  return task
}

/** Changes a task that was sent: whoever answered before stands as 已变更 and looks at it again. */
export async function changeTask(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: TaskChange,
): Promise<void> {
  const task = await ownTask(tx, work, id)
  const issues = headFaults(
    {
      formNo: task.form_no,
      issuer: task.issuer,
      approvalNo: task.approval_no,
      validFrom: task.valid_from,
      validUntil: task.valid_until,
      fromOn: task.from_on,
      untilOn: task.until_on,
      dueOn: given.dueOn,
    },
    deps.today(),
  )
  if (given.why.trim() === '') issues.push({ field: 'why', message: '请写明改了什么、为什么改' })
  if (issues.length > 0) throw Problem.invalid({ issues })
  const changed = await first(
    tx,
    sql`UPDATE app.task SET due_on = ${given.dueOn}::date, note = ${given.note}, change_note = ${given.why.trim()}, version = version + 1,
        updated_at = now() WHERE id = ${id}::uuid AND version = ${given.version} RETURNING id`,
  )
  if (!changed) throw Problem.taskChanged()
  tellChange(tx, work.actor, task, given.why.trim())
  work.audit({
    districtId: task.district_id,
    action: 'task.change',
    object: `task:${id}`,
    purpose: given.why.trim(),
    body: given,
  })
}

/** Ends a task: nothing is asked or chased any more, what was answered stays. */
export async function endTask(tx: Tx, work: UnitOfWork, id: string): Promise<void> {
  const task = await ownTask(tx, work, id)
  await sql`UPDATE app.task SET closed_at = now(), updated_at = now() WHERE id = ${id}::uuid`.execute(tx)
  work.audit({ districtId: task.district_id, action: 'task.end', object: `task:${id}` })
}

type Row = {
  district_id: number
  org_id: number
  state: NonNullable<Answered>['state']
  task_version: number
  version: number
  chased_on: string | null
}

/** The answers of some units, locked until the transaction ends. */
const lockAnswers = (tx: Tx, id: string, units: readonly number[]): Promise<Row[]> =>
  rows<Row>(
    tx,
    sql`SELECT district_id, org_id, state, task_version, version, chased_on FROM app.task_answer
      WHERE task_id = ${id}::uuid AND org_id = ANY(${[...units]}::int[]) ORDER BY org_id FOR UPDATE`,
  )

/** What the actor's own unit does with a task: takes note of it, or reports. */
export async function answerTask(tx: Tx, work: UnitOfWork, id: string, given: OwnAct): Promise<void> {
  const { actor } = work
  const task = await getTask(tx, id)
  if (!(await isAsked(tx, actor, id))) throw Problem.denied({ what: '这项任务没有要本单位填报' })
  if (task.closed_at !== null) throw Problem.taskOver()
  if (task.version !== given.taskVersion) throw Problem.taskChanged()
  const [row] = await lockAnswers(tx, id, [actor.org.id])
  if ((row?.version ?? 0) !== given.version) throw Problem.taskChanged()
  const state = stateOf(row ? { state: row.state, taskVersion: row.task_version } : null, task.version)
  if (!actors[given.act].from.includes(state))
    throw Problem.wrongState({ state: stateWords[state], label: given.act === 'report' ? '上报' : '接收' })
  const answers = given.act === 'report' ? await reported(tx, work, task, given) : {}
  const next = given.act === 'report' ? 'reported' : 'received'
  const reportedBy = given.act === 'report' ? actor.accountId : null
  // Two of one unit at once: one row is there first, the other is told to look again.
  const kept = await first(
    tx,
    sql`INSERT INTO app.task_answer AS a (district_id, task_id, org_id, state, task_version, is_nil, answers, note, received_at,
          reported_at, reported_by)
        VALUES (${row?.district_id ?? actor.org.districtId}, ${id}::uuid, ${actor.org.id}, ${next}, ${task.version},
          ${given.isNil ?? false}, ${JSON.stringify(answers)}::jsonb, ${given.note ?? ''}, now(), CASE WHEN ${next} = 'reported' THEN now() END,
          ${reportedBy}::uuid)
        ON CONFLICT (district_id, task_id, org_id) DO UPDATE SET state = EXCLUDED.state, task_version = EXCLUDED.task_version,
          is_nil = EXCLUDED.is_nil, answers = CASE WHEN EXCLUDED.state = 'reported' THEN EXCLUDED.answers ELSE a.answers END,
          note = EXCLUDED.note, reported_at = coalesce(EXCLUDED.reported_at, a.reported_at),
          reported_by = coalesce(EXCLUDED.reported_by, a.reported_by), version = a.version + 1
        WHERE a.version = ${given.version} RETURNING org_id`,
  )
  if (!kept) throw Problem.taskChanged()
  work.audit({
    districtId: row?.district_id ?? actor.org.districtId,
    action: `task.${given.act}`,
    object: `task:${id} org:${actor.org.id}`,
    fields: Object.keys(answers),
    body: given,
  })
}

/** What is reported: the survey's answers, or that the records of the period are all; nothing at all only when she says so. */
async function reported(
  tx: Tx,
  work: UnitOfWork,
  task: Stored,
  given: OwnAct,
): Promise<Record<string, unknown>> {
  if (given.isNil) return {}
  if (task.programme === null) {
    const { row, issues } = readForm(surveyFields(task.questions), given.answers ?? {})
    if (issues.length > 0)
      throw Problem.invalid({ issues: issues.map((i) => ({ ...i, field: `answers.${i.field}` })) })
    return row
  }
  const entered = await enteredOf(tx, work.actor, task, work.actor.org.id)
  if (entered!.submitted + entered!.accepted === 0)
    throw Problem.invalid({
      issues: [{ field: 'isNil', message: '这段时间还没有录入记录；请先填报，或选“本期无此项工作”再上报' }],
    })
  return {}
}

/** What the issuer does with units, each by itself; whoever cannot be dealt with is named with the reason. */
export async function decideTask(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: TaskDecision,
): Promise<Decided> {
  const task = await ownTask(tx, work, id)
  if (given.act === 'return' && !given.reason?.trim())
    throw Problem.reasonMissing({ asks: '退回的理由，写明哪里要改', field: 'reason' })
  const units = [...new Set(given.units)]
  const known = await rows<{ id: number; district_id: number }>(
    tx,
    sql`SELECT u.id, u.district_id FROM ${askedUnits(addresseesOf(task))} AND u.id = ANY(${units}::int[])`,
  )
  const answered = new Map((await lockAnswers(tx, id, units)).map((row) => [row.org_id, row]))
  const left: Decided['left'] = []
  const done: number[] = []
  // Once a working day: what was chased on Friday is not chased again at the weekend.
  const lastWorkday = (await calendarAround(tx, deps.today())).onOrBefore(deps.today())
  for (const org of units) {
    const unit = known.find((one) => one.id === org)
    const row = answered.get(org) ?? null
    const state = stateOf(row ? { state: row.state, taskVersion: row.task_version } : null, task.version)
    if (!unit) left.push({ org, why: '没有要这个单位填报' })
    else if (!actors[given.act].from.includes(state)) left.push({ org, why: `现为“${stateWords[state]}”` })
    else if (given.act === 'chase' && (row?.chased_on ?? '') >= lastWorkday)
      left.push({ org, why: '这个工作日已经催过' })
    else {
      done.push(org)
      await decideOne(
        tx,
        work,
        task,
        { org, district: row?.district_id ?? unit.district_id },
        given,
        deps.today(),
      )
    }
  }
  if (done.length > 0) tellDecision(tx, work.actor, task, given, done)
  return { done: done.length, left }
}

async function decideOne(
  tx: Tx,
  work: UnitOfWork,
  task: Stored,
  { org, district }: { org: number; district: number },
  { act, reason }: TaskDecision,
  today: string,
): Promise<void> {
  if (act === 'chase')
    await sql`INSERT INTO app.task_answer AS a (district_id, task_id, org_id, state, task_version, received_at, chased_on)
      VALUES (${district}, ${task.id}::uuid, ${org}, 'unreceived', ${task.version}, now(), ${today}::date)
      ON CONFLICT (district_id, task_id, org_id) DO UPDATE SET chased_on = EXCLUDED.chased_on, version = a.version + 1`.execute(
      tx,
    )
  else
    await sql`UPDATE app.task_answer SET state = ${act === 'return' ? 'returned' : 'closed'}, reason = ${reason?.trim() ?? ''},
        decided_at = now(), decided_by = ${work.actor.accountId}::uuid, version = version + 1
      WHERE district_id = ${district} AND task_id = ${task.id}::uuid AND org_id = ${org}`.execute(tx)
  work.audit({
    districtId: district,
    action: `task.${act}`,
    object: `task:${task.id} org:${org}`,
    purpose: reason?.trim() ?? '',
  })
}
