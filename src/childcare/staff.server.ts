import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { v7 as uuidv7 } from 'uuid'
import { isDay } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { StaffCheck, StaffHealth, StaffLine } from './api.ts'
import { audit, keeping, mustHold, ownClass, refuse } from './class.server.ts'
import { safetyOn } from './lacking.server.ts'
import { badSince, keepLapse } from './shown.server.ts'
import type { CheckResult, staffDuties } from './states.ts'

/** Who works in a class of the reader's own unit; the database shows them to nobody else. */
export const staffOf = (tx: Tx, classId: string, oldest: string): Promise<StaffLine[]> =>
  rows<StaffLine>(
    tx,
    sql`SELECT s.id, s.name, s.duty, s.result, s.version, s.checked_on::text AS "checkedOn",
        (SELECT a.name FROM app.account a WHERE a.id = s.checked_by) AS "checkedBy", coalesce(s.checked_on < ${oldest}::date, false) AS stale, s.health_until::text AS "healthUntil"
      FROM app.childcare_staff s WHERE s.class_id = ${classId}::uuid AND s.left_on IS NULL ORDER BY s.id LIMIT ${bounds.childcareStaff.most}`,
  )

type Kept = {
  id: string
  name: string
  result: CheckResult | null
  checkedOn: string | null
  version: number
  left: boolean
  mine: boolean
}

/** The rows of a class, each with whether the actor noted its last result. */
const keptOf = (tx: Tx, actor: Actor, classId: string): Promise<Kept[]> =>
  rows<Kept>(
    tx,
    sql`SELECT s.id, s.name, s.result, s.version, s.checked_on::text AS "checkedOn", s.left_on IS NOT NULL AS left,
        coalesce(s.checked_by = ${actor.accountId}::uuid OR a.person_id = ${actor.personId}::uuid, false) AS mine
      FROM app.childcare_staff s LEFT JOIN app.account a ON a.id = s.checked_by WHERE s.class_id = ${classId}::uuid`,
  )

/** Her name without a note in brackets, as two of a name are told apart. */
const bareName = (name: string): string => name.replace(/[（(].*$|\s/gu, '')

async function keepLapseOf(tx: Tx, classId: string, staffId: string, today: string): Promise<void> {
  const { checkMonths } = await safetyOn(tx, today)
  await keepLapse(
    tx,
    classId,
    today,
    sql`SELECT ${badSince(checkMonths)} FROM app.childcare_staff s WHERE s.id = ${staffId}::uuid`,
  )
}

/** Who was taken off while she was not to be let in comes back with that result. @throws Problem.invalid where she stands on the list already, fourEyes */
export async function addStaff(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: { name: string; duty: (typeof staffDuties)[number] },
): Promise<void> {
  const found = await ownClass(tx, work.actor, id, keeping)
  if (given.name.length < 2) throw refuse('name', '请填写姓名')
  const kept = await keptOf(tx, work.actor, id)
  if (kept.length >= 100) throw refuse('name', '一个班最多登记 100 名工作人员')
  const back = kept.find((one) => one.left && one.name === given.name)
  const barred = kept.filter((one) => one.result === 'unfit' && bareName(one.name) === bareName(given.name))
  if (!back && barred.some((one) => one.mine && one.name !== given.name))
    throw Problem.fourEyes({ what: '这个班有同名的人不得录用；确为另一人的，由没有登记那次查询的同志登记' })
  await (
    back
      ? sql`UPDATE app.childcare_staff SET left_on = NULL, duty = ${given.duty}, noted_on = ${deps.today()}::date, certificate_from = ${deps.today()}::date, version = version + 1
        WHERE id = ${back.id}::uuid AND class_id = ${id}::uuid`
      : sql`INSERT INTO app.childcare_staff (district_id, id, class_id, org_id, name, duty, noted_on, certificate_from)
        VALUES (${found.district_id}, ${uuidv7()}::uuid, ${id}::uuid, ${found.org_id}, ${given.name}, ${given.duty}, ${deps.today()}::date, ${deps.today()}::date)`
  ).execute(tx)
  audit(work, 'staff', found, { duty: given.duty })
}

/** What a new check must be like after the last one. @throws Problem */
function mustFollow(last: Kept, { result, checkedOn, version, reason = '' }: StaffCheck): void {
  if (last.version !== version) throw Problem.fileChanged()
  if (last.checkedOn !== null && checkedOn < last.checkedOn)
    throw refuse('checkedOn', `不能早于上一次查询的日期 ${last.checkedOn}`)
  if (last.result !== 'unfit' || result === 'unfit') return
  if (last.mine) throw Problem.fourEyes({ what: '登记不得录用的人不能自己改为可以录用' })
  mustHold([
    ...(checkedOn === last.checkedOn
      ? [{ field: 'checkedOn', message: `改为可以录用要有之后新的查询，日期须晚于 ${last.checkedOn}` }]
      : []),
    ...(reason.length < 4 ? [{ field: 'reason', message: '请写明改为可以录用的理由（至少 4 个字）' }] : []),
  ])
}

/** Notes the result of the last check and its day; a result in the future or of no day is none. @throws Problem */
export async function checkStaff(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  staffId: string,
  given: StaffCheck,
): Promise<void> {
  const { result, checkedOn, version } = given
  const found = await ownClass(tx, work.actor, id, keeping)
  if (!isDay(checkedOn)) throw refuse('checkedOn', '没有这一天，请重新选择')
  if (checkedOn > deps.today()) throw refuse('checkedOn', '查询日期不能晚于今天')
  const last = (await keptOf(tx, work.actor, id)).find((one) => one.id === staffId && !one.left)
  if (!last) throw Problem.notFound()
  mustFollow(last, given)
  await keepLapseOf(tx, id, staffId, deps.today())
  const isLifted = last.result === 'unfit' && result === 'fit'
  const done = await rows(
    tx,
    sql`UPDATE app.childcare_staff SET result = ${result}, checked_on = ${checkedOn}::date, checked_by = ${work.actor.accountId}::uuid,
        noted_on = ${deps.today()}::date, reason = ${isLifted ? given.reason! : null}, version = version + 1
      WHERE id = ${staffId}::uuid AND class_id = ${id}::uuid AND version = ${version} RETURNING 1`,
  )
  if (done.length === 0) throw Problem.fileChanged()
  // Who is not to be let in stands in no book that outlives her row; that a result was changed does.
  const isOther = last.result !== null && last.result !== result
  work.audit({
    districtId: found.district_id,
    action: isOther ? 'childcare.recheck' : 'childcare.check',
    object: `childcareClass:${id}`,
    body: { checkedOn },
  })
}

/** Notes until when her health certificate holds. @throws Problem */
export async function certifyStaff(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  staffId: string,
  { healthUntil, version }: StaffHealth,
): Promise<void> {
  const found = await ownClass(tx, work.actor, id, keeping)
  if (!isDay(healthUntil)) throw refuse('healthUntil', '没有这一天，请重新选择')
  if (healthUntil < deps.today()) throw refuse('healthUntil', '健康证已经过期，请先换证再登记')
  const last = (await keptOf(tx, work.actor, id)).find((one) => one.id === staffId && !one.left)
  if (!last) throw Problem.notFound()
  if (last.version !== version) throw Problem.fileChanged()
  await keepLapseOf(tx, id, staffId, deps.today())
  const done = await rows(
    tx,
    sql`UPDATE app.childcare_staff SET health_until = ${healthUntil}::date, version = version + 1
      WHERE id = ${staffId}::uuid AND class_id = ${id}::uuid AND version = ${version} RETURNING 1`,
  )
  if (done.length === 0) throw Problem.fileChanged()
  work.audit({
    districtId: found.district_id,
    action: 'childcare.health',
    object: `childcareClass:${id}`,
    body: { healthUntil },
  })
}

/** Takes a person off the list: her row is deleted with whatever was noted of her, but for a result that must not be got round. @throws Problem */
export async function dropStaff(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  staffId: string,
): Promise<void> {
  const found = await ownClass(tx, work.actor, id, keeping)
  const there = (await keptOf(tx, work.actor, id)).filter((one) => !one.left)
  const one = there.find((each) => each.id === staffId)
  if (!one) throw Problem.notFound()
  if (found.state === 'published' && there.length === 1)
    throw Problem.denied({ what: '公布的班级至少有一名工作人员：请先登记接替的人，或者先撤下班级，再移出' })
  await keepLapseOf(tx, id, staffId, deps.today())
  await (
    one.result === 'unfit'
      ? sql`UPDATE app.childcare_staff SET left_on = ${deps.today()}::date, version = version + 1 WHERE id = ${staffId}::uuid AND class_id = ${id}::uuid`
      : sql`DELETE FROM app.childcare_staff WHERE id = ${staffId}::uuid AND class_id = ${id}::uuid`
  ).execute(tx)
  audit(work, 'unstaff', found, {})
}
