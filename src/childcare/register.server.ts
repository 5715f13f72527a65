import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { isDay } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { handsOf } from '#record/hands.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { NewReview } from './api.ts'
import { audit, heldClass, mustHold, ownClass, refuse } from './class.server.ts'
import { enrolledOn, type Day } from './enrolled.ts'
import { safetyOn } from './lacking.server.ts'
import { wasShown } from './shown.server.ts'
import { classStateWords, type ClassState } from './states.ts'

/** Children come from the first day on which the class is shown to the day of its end. */
export const running: readonly ClassState[] = ['published', 'suspended']

/** How many children have a place from today on: no more than there are places, no fewer than came on such a day. @throws Problem */
export async function setChildren(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  children: number,
): Promise<void> {
  const found = await ownClass(tx, work.actor, id, running)
  if (children < 1 || children > found.places)
    throw refuse('children', `在托子女须在 1 至 ${found.places} 人之间，不能超过托位数`)
  const childrenOn = { ...found.children_on, [deps.today()]: children }
  const days = await rows<Day>(
    tx,
    sql`SELECT on_day::text AS "onDay", came FROM app.childcare_session WHERE class_id = ${id}::uuid`,
  )
  const most = Math.max(
    0,
    ...days.filter((one) => one.came > enrolledOn(childrenOn, one.onDay)!).map((one) => one.came),
  )
  if (most > 0) throw refuse('children', `有一天到了 ${most} 人，在托子女不能少于这个数，请先核对签到`)
  await sql`UPDATE app.childcare_class SET children = ${children}, children_on = ${JSON.stringify(childrenOn)}::jsonb, version = version + 1
    WHERE district_id = ${found.district_id} AND id = ${id}::uuid`.execute(tx)
  audit(work, 'children', found, { children })
}

/** Notes how many children were signed in on a day; null takes the day back. @throws Problem */
export async function noteSession(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { onDay, came }: { onDay: string; came: number | null },
): Promise<void> {
  const found = await ownClass(tx, work.actor, id, running)
  if (!isDay(onDay) || onDay < found.from_on || onDay > found.until_on)
    throw refuse('onDay', `日期须在开班的 ${found.from_on} 至 ${found.until_on} 之间`)
  if (onDay > deps.today()) throw refuse('onDay', '不能登记今天以后的签到')
  if (came === null)
    await sql`DELETE FROM app.childcare_session WHERE class_id = ${id}::uuid AND on_day = ${onDay}::date`.execute(
      tx,
    )
  else {
    const enrolled = enrolledOn(found.children_on, onDay)
    if (enrolled === null) throw refuse('came', '请先登记在托子女人数')
    const { checkMonths } = await safetyOn(tx, deps.today())
    if (!(await wasShown(tx, id, onDay, checkMonths)))
      throw refuse(
        'onDay',
        '这一天班级没有公布，或者入职查询、安全材料不齐，不能登记签到；请核对日期，材料过期的请先办好',
      )
    if (came > enrolled) throw refuse('came', `到班人数不能多于那天的在托子女 ${enrolled} 人`)
    await sql`INSERT INTO app.childcare_session (district_id, class_id, on_day, org_id, came, noted_by)
      VALUES (${found.district_id}, ${id}::uuid, ${onDay}::date, ${found.org_id}, ${came}, ${work.actor.accountId}::uuid)
      ON CONFLICT (district_id, class_id, on_day) DO UPDATE SET came = excluded.came, noted_by = excluded.noted_by`.execute(
      tx,
    )
  }
  audit(work, 'session', found, { onDay, came })
}

/** Notes what a third party found of a class that has ended; the last word counts. @throws Problem */
export async function noteReview(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: NewReview,
): Promise<void> {
  const found = await heldClass(tx, work.actor, id)
  if (!(await handsOf(deps, tx, work.actor, found.org_id)).includes('city'))
    throw Problem.denied({ what: '第三方评估由市总工会登记' })
  if (found.state !== 'finished')
    throw Problem.denied({ what: `现在是“${classStateWords[found.state]}”，结班以后才登记评估` })
  mustHold([
    ...(given.institution === '' ? [{ field: 'institution', message: '请填写评估机构' }] : []),
    ...(!isDay(given.onDay) || given.onDay < found.from_on || given.onDay > deps.today()
      ? [{ field: 'onDay', message: `评估日期须在开班（${found.from_on}）到今天之间` }]
      : []),
  ])
  await sql`INSERT INTO app.childcare_review (district_id, id, class_id, org_id, institution, on_day, verdict, noted_by, noted_on)
    VALUES (${found.district_id}, ${uuidv7()}::uuid, ${id}::uuid, ${found.org_id}, ${given.institution}, ${given.onDay}::date, ${given.verdict},
      ${work.actor.personId}::uuid, ${deps.today()}::date)`.execute(tx)
  audit(work, 'review', found, given)
}
