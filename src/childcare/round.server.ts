import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { Problem } from '#kit/problem.ts'
import type { Issue } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { first, keyed, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { accounts, tell } from '#notify/tell.server.ts'
import { textHash } from '#person/consent.server.ts'
import { nowOf } from '#signup/clock.server.ts'
import { assign, readList } from './assign.ts'
import { mustHold, refuse } from './class.server.ts'
import type { NewRound, RoundDone, RoundState, RoundStep } from './roundApi.ts'

export type StoredRound = {
  district_id: number
  id: string
  title: string
  state: RoundState
  version: number
  list: string | null
}

/** Classes of units of the actor's scope that are shown to families and not over, with the places that are still free. */
export const offeredTo = (tx: Tx, actor: Actor, today: string) =>
  rows<{ id: string; orgId: number; title: string; place: string; org: string; places: number }>(
    tx,
    sql`SELECT f.id, f."orgId", f.title, f.place, f.org, f.places FROM (SELECT c.id, c.org_id AS "orgId", c.title, c.place, o.short_name AS org, o.scope_code, app.childcare_free(c.id, NULL) AS places
        FROM app.childcare_class c JOIN app.org o ON o.id = c.org_id WHERE c.state = 'published' AND c.until_on > ${today}::date AND starts_with(o.scope_code, ${actor.org.scopeCode}::text)) f
      WHERE f.places > 0 ORDER BY f.scope_code, f.title, f.id`,
  )

/** A round of the actor's unit, held until the act is over. @throws Problem.notFound, eventChanged */
async function ownRound(tx: Tx, actor: Actor, id: string, version: number): Promise<StoredRound> {
  const found = await first<StoredRound>(
    tx,
    sql`SELECT r.district_id, r.id, r.title, r.state, r.version, r.list FROM app.lock_round(${id}::uuid) r WHERE r.org_id = ${actor.org.id}`,
  )
  if (!found) throw Problem.notFound()
  if (found.version !== version) throw Problem.eventChanged()
  return found
}

const note = (work: UnitOfWork, what: string, district: number, id: string, body?: object): void =>
  work.audit({
    districtId: district,
    action: `childcareRound.${what}`,
    object: `childcareRound:${id}`,
    ...(body === undefined ? {} : { body }),
  })

async function mustBeRound(deps: Deps, tx: Tx, actor: Actor, given: NewRound) {
  const issues: Issue[] = []
  const fault = (field: string, message: string) => void issues.push({ field, message })
  if (given.title.length < 2) fault('title', '请填写名称（至少 2 个字），例如“暑假托管班报名”')
  if (Date.parse(given.closesAt) <= Date.parse(given.opensAt)) fault('closesAt', '填报截止要晚于填报开始')
  if (Date.parse(given.closesAt) <= nowOf(deps).getTime()) fault('closesAt', '填报截止已过，请改为以后的时间')
  if (given.source.length < 4)
    fault('source', '请写明截止以后才公布、谁也事先不知道的数从哪里看，例如“2020年6月1日上证指数收盘点位”')
  const offered = await offeredTo(tx, actor, deps.today())
  const chosen = given.classes.map(({ classId }) => offered.find(({ id }) => id === classId))
  if (given.classes.length === 0) fault('classes', '请选择参加这一轮的班级')
  if (new Set(given.classes.map(({ classId }) => classId)).size < given.classes.length)
    fault('classes', '同一个班级选了两次')
  chosen.forEach((one, n) => {
    if (one === undefined) fault(`classes.${n}.classId`, '这个班级没有公布、已经结束或没有空位，请重新选择')
    else if (given.classes[n]!.places > one.places)
      fault(`classes.${n}.places`, `名额不能超过班级还空的 ${one.places} 个`)
  })
  mustHold(issues)
  return chosen.map((one, n) => ({
    n: n + 1,
    class_id: one!.id,
    org_id: one!.orgId,
    title: one!.title,
    place: one!.place,
    places: given.classes[n]!.places,
  }))
}

async function writeClasses(tx: Tx, district: number, id: string, classes: readonly object[]): Promise<void> {
  await sql`DELETE FROM app.childcare_round_class k WHERE k.district_id = ${district} AND k.round_id = ${id}::uuid`.execute(
    tx,
  )
  await sql`INSERT INTO app.childcare_round_class SELECT * FROM jsonb_populate_recordset(NULL::app.childcare_round_class, ${JSON.stringify(
    classes.map((one) => ({ ...one, district_id: district, round_id: id })),
  )}::jsonb)`.execute(tx)
}

/** Prepares a round of the actor's unit. @throws Problem.invalid */
export async function makeRound(deps: Deps, tx: Tx, work: UnitOfWork, given: NewRound): Promise<RoundDone> {
  const { actor } = work
  const classes = await mustBeRound(deps, tx, actor, given)
  const [id, district] = [uuidv7(), actor.org.districtId]
  await sql`INSERT INTO app.childcare_round (district_id, id, org_id, title, about, opens_at, closes_at, source, made_by, made_on)
    VALUES (${district}, ${id}::uuid, ${actor.org.id}, ${given.title}, ${given.about}, ${given.opensAt}::timestamptz, ${given.closesAt}::timestamptz, ${given.source},
      ${actor.accountId}::uuid, ${deps.today()}::date)`.execute(tx)
  await writeClasses(tx, district, id, classes)
  note(work, 'make', district, id, given)
  return { id, version: 1 }
}

/** Mends a draft. @throws Problem.notFound, eventChanged, eventPhase, invalid */
export async function editRound(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { version, ...given }: NewRound & { version: number },
): Promise<RoundDone> {
  const found = await ownRound(tx, work.actor, id, version)
  if (found.state !== 'draft') throw Problem.eventPhase({ why: '已经发布的报名不能改；要改请取消后另建' })
  const classes = await mustBeRound(deps, tx, work.actor, given)
  await moved(
    tx,
    sql`UPDATE app.childcare_round r SET title = ${given.title}, about = ${given.about}, opens_at = ${given.opensAt}::timestamptz, closes_at = ${given.closesAt}::timestamptz,
      source = ${given.source}, version = r.version + 1 WHERE r.district_id = ${found.district_id} AND r.id = ${id}::uuid`,
  )
  await writeClasses(tx, found.district_id, id, classes)
  note(work, 'edit', found.district_id, id, given)
  return { id, version: version + 1 }
}

const asked = async (tx: Tx, query: ReturnType<typeof sql>): Promise<boolean> =>
  (await keyed<{ ok: boolean }>(tx, query))[0]?.ok === true

/** What changed no row was changed by somebody else: nothing is audited then. @throws Problem.eventChanged */
async function moved(tx: Tx, statement: ReturnType<typeof sql>): Promise<void> {
  if ((await keyed(tx, sql`${statement} RETURNING r.version`)).length === 0) throw Problem.eventChanged()
}

/** The classes are still shown and have the places that the round gives out. @throws Problem.eventPhase */
async function mustHaveRoom(tx: Tx, id: string, now: string, advice: string): Promise<void> {
  const [lacking] = await keyed<{ title: string; free: number | null }>(
    tx,
    sql`SELECT title, free FROM app.round_lacks(${id}::uuid, ${now}::timestamptz)`,
  )
  if (!lacking) return
  const why =
    lacking.free === null
      ? '没有公布或已经结束'
      : `只空 ${lacking.free} 个位置（已有的孩子和其他报名轮次占用）`
  throw Problem.eventPhase({ why: `“${lacking.title}”${why}，${advice}` })
}

/** Tells the guardians who take part. */
const tellFamilies = (tx: Tx, { id }: StoredRound, subject: string): void =>
  tell(
    tx,
    accounts(sql`SELECT app.accounts_of_round(${id}::uuid)`),
    { kind: 'notice', subject, link: '/m/childcare' },
    null,
  )

/** Puts a round up, gives the places out, calls it off, or drops a draft. @throws Problem.notFound, eventChanged, eventPhase, invalid */
export async function stepRound(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: RoundStep,
): Promise<RoundDone> {
  const found = await ownRound(tx, work.actor, id, given.version)
  const { act, value = '', reason = '' } = given
  const now = nowOf(deps).toISOString()
  const done = { id, version: given.version + 1 }
  switch (act) {
    case 'open':
      if (found.state !== 'draft') throw Problem.eventPhase({ why: '只有草稿可以发布' })
      await mustHaveRoom(tx, id, now, '请修改草稿里的班级和名额')
      if (!(await asked(tx, sql`SELECT app.open_round(${id}::uuid, ${now}::timestamptz) AS ok`)))
        throw Problem.eventChanged()
      break
    case 'place':
      await place(tx, found, value, now)
      break
    case 'cancel':
      if (reason.length < 4) throw refuse('reason', '请写明取消的原因（至少 4 个字），填报的家庭会看到')
      if (found.state !== 'open' && found.state !== 'frozen')
        throw Problem.eventPhase({ why: '已发布、还没有分配的才能取消' })
      tellFamilies(tx, found, `托管班报名已取消：“${found.title}”，${reason}`)
      await moved(
        tx,
        sql`UPDATE app.childcare_round r SET state = 'cancelled', reason = ${reason}, version = r.version + 1
          WHERE r.district_id = ${found.district_id} AND r.id = ${id}::uuid`,
      )
      break
    case 'drop':
      if (found.state !== 'draft') throw Problem.eventPhase({ why: '只有草稿可以删除' })
      await writeClasses(tx, found.district_id, id, [])
      await moved(
        tx,
        sql`DELETE FROM app.childcare_round r WHERE r.district_id = ${found.district_id} AND r.id = ${id}::uuid`,
      )
      break
  }
  note(work, act, found.district_id, id, { value, reason })
  return done
}

/** Draws the lots and gives the places out by deferred acceptance, once. */
async function place(tx: Tx, found: StoredRound, value: string, now: string): Promise<void> {
  const { id, state, list } = found
  if (state !== 'frozen') throw Problem.eventPhase({ why: '截止后名单自动固定，再分配；每一轮只分配一次' })
  if (value === '') throw refuse('value', '请填写约定的公开数值')
  await mustHaveRoom(tx, id, now, '请先腾出位置，或取消这一轮')
  const lots = new Map(
    (
      await keyed<{ number: number; lot: string }>(
        tx,
        sql`SELECT number, lot FROM app.draw_round(${id}::uuid, ${value}, ${textHash('childcare')}, ${now}::timestamptz)`,
      )
    ).map(({ number, lot }) => [number, lot]),
  )
  // Who left since the list was fixed has no lot.
  const entries = readList(list ?? '').filter(({ number }) => lots.has(number))
  const rooms = await rows<{ n: number; places: number }>(
    tx,
    sql`SELECT k.n, k.places FROM app.childcare_round_class k WHERE k.round_id = ${id}::uuid ORDER BY k.n`,
  )
  const got = assign(entries, rooms, (number) => lots.get(number)!)
  const lines = [...got].sort(([a], [b]) => a - b).map(([number, n]) => `${number} ${n}`)
  if (!(await asked(tx, sql`SELECT app.place_round(${id}::uuid, ${lines.join('\n')}) AS ok`)))
    throw Problem.eventChanged()
  tellFamilies(tx, found, `托管班名额已分配，请看结果：“${found.title}”`)
}
