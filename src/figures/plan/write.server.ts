import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { Problem } from '#kit/problem.ts'
import type { Issue } from '#kit/programme.ts'
import { indicators } from '#programmes/index.ts'
import { visible } from '#record/visible.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { Adoption, ItemChange, ItemProgress, ItemRemoval, NewItem, PlanHead } from './api.ts'
import { findPlan, getItem, type StoredItem } from './read.server.ts'
import { openPlan } from './revise.server.ts'

const known = new Set(indicators.map((i) => i.id))

/** What a plan is called until somebody names it otherwise. */
export const usualTitle = (org: { name: string }, year: number): string =>
  `${org.name}女职工委员会${year}年工作计划`

type Some = Pick<Deps, 'catalogue' | 'today'>

/** Writes title and general requirement of the actor's own plan; version 0 makes it. @throws Problem.planChanged */
export async function savePlan(tx: Tx, work: UnitOfWork, year: number, given: PlanHead): Promise<void> {
  const { actor } = work
  const before = await findPlan(tx, actor.org.id, year)
  if ((before?.version ?? 0) !== given.version) throw Problem.planChanged()
  if (before && before.title === given.title && before.goal === given.goal) return
  await openPlan(tx, work, { org: actor.org.id, year, title: given.title }, given.revision)
  await sql`UPDATE app.plan SET title = ${given.title}, goal = ${given.goal}, version = version + 1, updated_at = now(),
      updated_by = ${actor.accountId}::uuid WHERE org_id = ${actor.org.id} AND year = ${year}`.execute(tx)
  noted(work, 'plan.edit', year, given.revision?.reason, given)
}

const noted = (
  work: UnitOfWork,
  action: string,
  year: number,
  purpose: string | undefined,
  body: unknown,
): void =>
  work.audit({
    districtId: work.actor.org.districtId,
    action,
    object: `plan:${work.actor.org.id}-${year}`,
    purpose: purpose ?? '',
    body,
  })

/** The full meeting adopted the plan; from now on whoever changes it says why. @throws Problem.planChanged, invalid */
export async function adoptPlan(
  deps: Some,
  tx: Tx,
  work: UnitOfWork,
  year: number,
  given: Adoption,
): Promise<void> {
  const { org } = work.actor
  const issues: Issue[] = []
  if (given.adoptedOn > deps.today())
    issues.push({ field: 'adoptedOn', message: '通过日期还没有到，请在会后登记' })
  const items = await first<{ n: number }>(
    tx,
    sql`SELECT count(*)::int AS n FROM app.plan_item WHERE org_id = ${org.id} AND year = ${year} AND removed_at IS NULL`,
  )
  if (items!.n === 0) issues.push({ field: 'meeting', message: '计划里还没有一项任务，请先写任务再登记通过' })
  if (issues.length > 0) throw Problem.invalid({ issues })
  const changed = await first(
    tx,
    sql`UPDATE app.plan SET state = 'adopted', meeting = ${given.meeting}, adopted_on = ${given.adoptedOn}::date, doc_no = ${given.docNo},
        version = version + 1, updated_at = now(), updated_by = ${work.actor.accountId}::uuid
      WHERE org_id = ${org.id} AND year = ${year} AND version = ${given.version} AND state = 'draft' RETURNING org_id`,
  )
  if (!changed) throw Problem.planChanged()
  noted(work, 'plan.adopt', year, given.docNo, given)
}

/** Faults of an item that its schema cannot tell. */
async function itemFaults(tx: Tx, work: UnitOfWork, year: number, given: NewItem): Promise<Issue[]> {
  const issues: Issue[] = []
  if (given.dueOn < `${year}-01-01` || given.dueOn > `${year + 1}-03-31`)
    issues.push({ field: 'dueOn', message: `完成时限应在${year}年内，最晚到次年3月` })
  if (given.target && !known.has(given.target.indicator))
    issues.push({ field: 'target', message: '没有这个指标，请重新选择' })
  const owner = await first<{ scope: string }>(
    tx,
    sql`SELECT scope_code AS scope FROM app.org WHERE id = ${given.ownerId} AND closed_on IS NULL`,
  )
  if (!owner?.scope.startsWith(work.actor.org.scopeCode))
    issues.push({ field: 'ownerId', message: '责任单位应是本单位或下属单位，请重新选择' })
  return issues
}

const targetOf = (deps: Some, given: NewItem['target']) =>
  given === null
    ? { indicator: null, bound: null, value: null }
    : { ...given, indicator: deps.catalogue.indicatorId(given.indicator) }

/** Adds an item to the actor's own plan, at its end. */
export async function addItem(
  deps: Some,
  tx: Tx,
  work: UnitOfWork,
  year: number,
  given: NewItem,
): Promise<{ id: string }> {
  const { org } = work.actor
  const issues = await itemFaults(tx, work, year, given)
  if (issues.length > 0) throw Problem.invalid({ issues })
  await openPlan(tx, work, { org: org.id, year, title: usualTitle(org, year) }, given.revision)
  const id = await insertItem(deps, tx, { ...given, orgId: org.id, year, parent: null })
  noted(work, 'plan.item', year, given.revision?.reason, given)
  return { id }
}

type Inserted = Omit<NewItem, 'revision'> & { orgId: number; year: number; parent: string | null }

/** The row of a new item, last in its section's plan. */
export async function insertItem(deps: Some, tx: Tx, item: Inserted): Promise<string> {
  const id = uuidv7()
  const { indicator, bound, value } = targetOf(deps, item.target)
  await sql`INSERT INTO app.plan_item (id, org_id, year, serial, section, task, owner_id, due_on, evidence, indicator, bound, target, parent_id)
    SELECT ${id}::uuid, ${item.orgId}, ${item.year}, coalesce(max(serial), 0) + 1, ${item.section}, ${item.task}, ${item.ownerId}, ${item.dueOn}::date,
      ${item.evidence}, ${indicator}::smallint, ${bound}, ${value}::bigint, ${item.parent}::uuid
    FROM app.plan_item WHERE org_id = ${item.orgId} AND year = ${item.year}`.execute(tx)
  return id
}

/** An item of the actor's own plan. @throws Problem.notFound, denied, planChanged */
export async function ownItem(tx: Tx, work: UnitOfWork, id: string, version: number): Promise<StoredItem> {
  const item = await getItem(tx, work.actor, id)
  if (item.orgId !== work.actor.org.id) throw Problem.denied({ what: '这一项写在别的单位的计划里' })
  if (item.version !== version) throw Problem.planChanged()
  return item
}

const reopened = (work: UnitOfWork, item: StoredItem) => ({
  org: item.orgId,
  year: item.year,
  title: usualTitle(work.actor.org, item.year),
})

/** Whether a form sends back what stands already: then nothing is changed, and an adopted plan gets no revision. */
const isUnchanged = (item: StoredItem, given: ItemChange): boolean =>
  item.section === given.section &&
  item.task === given.task &&
  item.owner.id === given.ownerId &&
  item.dueOn === given.dueOn &&
  item.evidence === given.evidence &&
  item.indicator === (given.target?.indicator ?? null) &&
  item.bound === (given.target?.bound ?? null) &&
  item.target === (given.target?.value ?? null)

/** Changes an item of the actor's own plan. */
export async function changeItem(
  deps: Some,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: ItemChange,
): Promise<void> {
  const item = await ownItem(tx, work, id, given.version)
  if (isUnchanged(item, given)) return
  const issues = await itemFaults(tx, work, item.year, given)
  if (issues.length > 0) throw Problem.invalid({ issues })
  await openPlan(tx, work, reopened(work, item), given.revision)
  const { indicator, bound, value } = targetOf(deps, given.target)
  await mustChange(
    tx,
    sql`UPDATE app.plan_item SET section = ${given.section}, task = ${given.task}, owner_id = ${given.ownerId}, due_on = ${given.dueOn}::date,
        evidence = ${given.evidence}, indicator = ${indicator}::smallint, bound = ${bound}, target = ${value}::bigint, version = version + 1
      WHERE id = ${id}::uuid AND version = ${given.version} RETURNING id`,
  )
  noted(work, 'plan.item', item.year, given.revision?.reason, given)
}

/** Takes an item out of the actor's own plan; what was broken down from it stays with its units. */
export async function removeItem(tx: Tx, work: UnitOfWork, id: string, given: ItemRemoval): Promise<void> {
  const item = await ownItem(tx, work, id, given.version)
  await openPlan(tx, work, reopened(work, item), given.revision)
  await mustChange(
    tx,
    sql`UPDATE app.plan_item SET removed_at = now(), version = version + 1 WHERE id = ${id}::uuid AND version = ${given.version} RETURNING id`,
  )
  noted(work, 'plan.remove', item.year, given.revision?.reason, { id })
}

async function mustChange(tx: Tx, statement: ReturnType<typeof sql>): Promise<void> {
  if (!(await first(tx, statement))) throw Problem.planChanged()
}

/** The owner (or the unit of the plan) says that an item is done, by a record or a remark, or that it is not yet after all. */
export async function tellProgress(
  deps: Some,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: ItemProgress,
): Promise<void> {
  const { actor } = work
  const item = await getItem(tx, actor, id)
  if (item.owner.id !== actor.org.id && item.orgId !== actor.org.id)
    throw Problem.denied({ what: '由责任单位或制定计划的单位登记' })
  if (given.done && given.record === null && given.note.trim() === '')
    throw Problem.invalid({ issues: [{ field: 'note', message: '请选一条记录，或写明完成情况作为佐证' }] })
  if (given.record !== null) await mustSee(tx, work, given.record)
  const by = given.done ? actor.accountId : null
  await mustChange(
    tx,
    sql`UPDATE app.plan_item SET done_on = ${given.done ? deps.today() : null}::date, done_by = ${by}::uuid, done_note = ${given.note.trim()},
        done_record = ${given.done ? given.record : null}::uuid, version = version + 1
      WHERE id = ${id}::uuid AND version = ${given.version} RETURNING id`,
  )
  work.audit({
    districtId: actor.org.districtId,
    action: 'plan.progress',
    object: `planItem:${id}`,
    body: given,
  })
}

async function mustSee(tx: Tx, work: UnitOfWork, record: string): Promise<void> {
  const seen = await first(
    tx,
    sql`SELECT r.id FROM app.record r WHERE r.id = ${record}::uuid AND r.state = 'accepted' AND ${visible(work.actor)}`,
  )
  if (!seen)
    throw Problem.invalid({
      issues: [{ field: 'record', message: '没有找到这条审核通过的记录，请重新选择，或改写完成情况' }],
    })
}
