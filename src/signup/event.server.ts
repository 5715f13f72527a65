import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { Problem } from '#kit/problem.ts'
import type { Issue } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { first, firstKeyed, keyed, rows, underway, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { EventDone, NewEvent } from './api.ts'
import { phaseOf, type EventKind, type EventMode, type EventPhase, type EventState } from './states.ts'
import { nowOf } from './clock.server.ts'
import { sessionFaults } from './sessions.ts'

export type Stored = {
  district_id: number
  id: string
  org_id: number
  kind: EventKind
  title: string
  mode: EventMode
  state: EventState
  version: number
  opensAt: string
  closesAt: string
  startsAt: string
  endsAt: string
  cap: number
  series_id: string | null
  record_id: string | null
}

/** A record `r` that stands: one that was withdrawn or voided may be made again. */
export const isLive = sql`r.state NOT IN ('withdrawn', 'voided')`

/** Instants leave the database as text of one shape. */
export const instantOf = (column: string) => sql.raw(`to_jsonb(${column}) #>> '{}'`)

const stored = sql`e.district_id, e.id, e.org_id, e.kind, e.title, e.mode, e.state, e.version, e.cap, e.series_id, e.record_id, ${instantOf('e.opens_at')} AS "opensAt",
  ${instantOf('e.closes_at')} AS "closesAt", ${instantOf('e.starts_at')} AS "startsAt", ${instantOf('e.ends_at')} AS "endsAt"`

export const mustHold = (issues: Issue[]): void => {
  if (issues.length > 0) throw Problem.invalid({ issues })
}
export const refuse = (field: string, message: string): Problem =>
  Problem.invalid({ issues: [{ field, message }] })

/** An event of the actor's own unit, to be read: it waits for nobody and holds nobody up. @throws Problem.notFound */
export async function mustBeOwn(tx: Tx, actor: Actor, id: string): Promise<void> {
  const found = await first(
    tx,
    sql`SELECT e.id FROM app.event e WHERE e.id = ${id}::uuid AND e.org_id = ${actor.org.id}`,
  )
  if (!found) throw Problem.notFound()
}

/** An event of the actor's own unit, held until the act is over. @throws Problem.notFound, eventChanged */
export async function ownEvent(
  tx: Tx,
  actor: Actor,
  id: string,
  version: number | null = null,
): Promise<Stored> {
  // Behind those who sign up: whoever took the row first and then stood in the queue would wait for them, and they for her.
  void underway(
    tx,
    keyed(
      tx,
      sql`SELECT app.wait_turn(coalesce(e.series_id, e.id)) FROM app.event e WHERE e.id = ${id}::uuid AND e.org_id = ${actor.org.id}`,
    ),
  )
  const found = await firstKeyed<Stored>(
    tx,
    sql`SELECT ${stored} FROM app.event e WHERE e.id = ${id}::uuid AND e.org_id = ${actor.org.id} FOR NO KEY UPDATE OF e`,
  )
  if (!found) throw Problem.notFound()
  if (version !== null && version !== found.version) throw Problem.eventChanged()
  return found
}

/** The same, where it must stand so on the clock. @throws Problem.notFound, eventPhase, eventChanged */
export async function eventIn(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  id: string,
  phases: readonly EventPhase[],
  why: string,
): Promise<Stored> {
  const found = await ownEvent(tx, actor, id)
  if (!phases.includes(phaseOf(found, nowOf(deps)))) throw Problem.eventPhase({ why })
  return found
}

export const audit = (
  work: UnitOfWork,
  what: string,
  { district_id, id }: Pick<Stored, 'district_id' | 'id'>,
  body?: object,
): void =>
  work.audit({
    districtId: district_id,
    action: `event.${what}`,
    object: `event:${id}`,
    ...(body === undefined ? {} : { body }),
  })

const at = (text: string): number => Date.parse(text)

async function mustBeEvent(tx: Tx, actor: Actor, given: NewEvent, now: Date): Promise<void> {
  const faults: Issue[] = []
  const fault = (field: string, message: string) => void faults.push({ field, message })
  if (given.title.length < 2) fault('title', '请填写活动名称（至少 2 个字）')
  if (given.place === '') fault('place', '请填写地点；线上活动填写“线上”和平台名称')
  if (given.cap < 1) fault('cap', '名额至少 1 个')
  if (at(given.closesAt) <= at(given.opensAt)) fault('closesAt', '报名截止要晚于报名开始')
  if (at(given.startsAt) < at(given.closesAt)) fault('startsAt', '活动开始不能早于报名截止')
  if (given.mode === 'draw' && at(given.startsAt) === at(given.closesAt))
    fault('startsAt', '抽签在报名截止以后，活动开始要晚于报名截止')
  if (at(given.endsAt) <= at(given.startsAt)) fault('endsAt', '活动结束要晚于活动开始')
  if (at(given.cancelUntil) > at(given.startsAt)) fault('cancelUntil', '取消的最晚时间不能晚于活动开始')
  if (at(given.closesAt) <= now.getTime()) fault('closesAt', '报名截止已过，请改为以后的时间')
  given.slots.forEach((slot, n) => {
    if (slot.cap < 1) fault(`slots.${n}.cap`, '名额至少 1 个')
    if (at(slot.startsAt) < at(given.closesAt)) fault(`slots.${n}.startsAt`, '时段开始不能早于报名截止')
    if (at(slot.endsAt) <= at(slot.startsAt)) fault(`slots.${n}.endsAt`, '时段结束要晚于开始')
    if (at(given.cancelUntil) > at(slot.startsAt))
      fault(`slots.${n}.startsAt`, '取消的最晚时间不能晚于每个时段的开始')
  })
  if (given.slots.length > 0 && given.mode !== 'firstCome')
    fault('mode', '分时段的活动只能先到先得；抽签和审核请每个时段单独发布')
  if (given.slots.length > 0 && given.hasList) fault('hasList', '分时段的活动不设候补，有空位时可以改约')
  if ((given.kind === 'match') !== (given.sexCaps !== null))
    fault('sexCaps', given.kind === 'match' ? '请填写女职工和男职工各多少名额' : '只有交友活动按男女分名额')
  if (given.kind === 'match') {
    if (actor.org.tier === 'grassroots')
      fault('kind', '交友活动由街道以上的工会主办，参加的人才不会被本单位认出')
    const { women, men } = given.sexCaps ?? { women: 0, men: 0 }
    if (women < 1 || men < 1 || women > given.cap || men > given.cap || women + men < given.cap)
      fault('sexCaps', '男女名额都至少 1 个、都不超过总名额，合起来不少于总名额')
    if (given.slots.length > 0) fault('slots', '交友活动不分时段')
    if (given.allotments.length > 0)
      fault('allotments', '交友活动不按单位分名额，否则各单位会知道本单位去了几个人')
    if (given.mode === 'review') fault('mode', '交友活动先到先得或抽签，不由人挑选')
  }
  const units = given.allotments.map(({ orgId }) => orgId)
  if (new Set(units).size !== units.length) fault('allotments', '同一个单位分配了两次，请合并')
  if (given.slots.length > 0 && units.length > 0) fault('allotments', '分时段的活动不按单位分配名额')
  if (units.length > 0) {
    const [known] = await rows<{ n: number }>(
      tx,
      sql`SELECT count(*)::int AS n FROM app.org o WHERE o.id = ANY (${units}::int[]) AND o.closed_on IS NULL
        AND (${given.isPublic}::boolean OR starts_with(o.scope_code, ${actor.org.scopeCode}::text))`,
    )
    if (known!.n !== units.length) fault('allotments', '名额只能分配给本单位和下级单位')
  }
  mustHold([...faults, ...sessionFaults(given)])
}

type Slot = Pick<NewEvent, 'startsAt' | 'endsAt' | 'cap'>

async function insertSessions(
  tx: Tx,
  district: number,
  event: string,
  sessions: NewEvent['sessions'],
): Promise<void> {
  for (const { startsAt, endsAt } of sessions)
    await sql`INSERT INTO app.event_session (district_id, id, event_id, starts_at, ends_at)
      VALUES (${district}, ${uuidv7()}::uuid, ${event}::uuid, ${startsAt}::timestamptz, ${endsAt}::timestamptz)`.execute(
      tx,
    )
}

/** Writes a draft of the actor's unit; slots beside the first share its id as their series. */
async function insertEvent(
  deps: Deps,
  tx: Tx,
  { actor }: UnitOfWork,
  { id, version, series }: { id: string; version: number; series: string | null },
  given: NewEvent,
  { startsAt, endsAt, cap }: Slot,
): Promise<void> {
  const { district } = (await first<{ district: number }>(
    tx,
    sql`SELECT district_id AS district FROM app.org WHERE id = ${actor.org.id}`,
  ))!
  await sql`INSERT INTO app.event (district_id, id, org_id, kind, title, place, about, mode, version, is_public, opens_at, closes_at, cancel_until, starts_at, ends_at, has_list,
      is_allotted, offer_hours, cap, no_show_limit, no_show_days, done_sessions, done_share, series_id, draw_source, made_by, made_on)
    VALUES (${district}, ${id}::uuid, ${actor.org.id}, ${given.kind}, ${given.title}, ${given.place}, ${given.about}, ${given.mode}, ${version}, ${given.isPublic},
      ${given.opensAt}::timestamptz, ${given.closesAt}::timestamptz, ${given.cancelUntil}::timestamptz, ${startsAt}::timestamptz, ${endsAt}::timestamptz, ${given.hasList},
      ${given.allotments.length > 0}, ${given.offerHours}, ${cap}, ${given.noShow?.limit ?? null}, ${given.noShow?.days ?? null}, ${given.doneRule?.sessions ?? null}, ${given.doneRule?.share ?? null}, ${series}::uuid, ${given.mode === 'draw' ? given.drawSource : ''}, ${actor.accountId}::uuid,
      ${deps.today()}::date)`.execute(tx)
  await insertSessions(tx, district, id, given.sessions)
  const { sexCaps } = given
  for (const [sex, most] of sexCaps === null
    ? []
    : ([
        ['女', sexCaps.women],
        ['男', sexCaps.men],
      ] as const)) {
    const quota = uuidv7()
    await sql`INSERT INTO app.event_quota (district_id, id, org_id, label, of_sex, cap) VALUES (${district}, ${quota}::uuid, ${actor.org.id}, ${`${sex}职工`}, ${sex}, ${most})`.execute(
      tx,
    )
    await sql`INSERT INTO app.event_quota_use (district_id, event_id, quota_id) VALUES (${district}, ${id}::uuid, ${quota}::uuid)`.execute(
      tx,
    )
  }
  for (const { orgId, cap: most } of given.allotments) {
    const quota = uuidv7()
    await sql`INSERT INTO app.event_quota (district_id, id, org_id, label, of_org, cap)
      SELECT ${district}::int, ${quota}::uuid, ${actor.org.id}::int, o.short_name, o.id, ${most}::int FROM app.org o WHERE o.id = ${orgId}`.execute(
      tx,
    )
    await sql`INSERT INTO app.event_quota_use (district_id, event_id, quota_id) VALUES (${district}, ${id}::uuid, ${quota}::uuid)`.execute(
      tx,
    )
  }
}

async function writeEvent(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  version: number,
  given: NewEvent,
): Promise<void> {
  await mustBeEvent(tx, work.actor, given, nowOf(deps))
  const series = given.slots.length > 0 ? id : null
  await insertEvent(deps, tx, work, { id, version, series }, given, given)
  for (const slot of given.slots)
    await insertEvent(deps, tx, work, { id: uuidv7(), version, series }, given, slot)
}

/** Prepares an event of the actor's unit; nobody else sees it before it is put up. @throws Problem.invalid */
export async function makeEvent(deps: Deps, tx: Tx, work: UnitOfWork, given: NewEvent): Promise<EventDone> {
  const id = uuidv7()
  await writeEvent(deps, tx, work, id, 1, given)
  audit(work, 'make', { district_id: work.actor.org.districtId, id }, given)
  return { id, state: 'draft', version: 1 }
}

/** Takes a draft away, with its quotas and slots. */
async function dropDraft(tx: Tx, { district_id, id, series_id }: Stored): Promise<void> {
  const all = sql`e.district_id = ${district_id} AND (e.id = ${id}::uuid OR e.series_id = ${series_id}::uuid)`
  const quotas = await rows<{ id: string }>(
    tx,
    sql`DELETE FROM app.event_quota_use u USING app.event e WHERE ${all} AND u.district_id = e.district_id AND u.event_id = e.id RETURNING u.quota_id AS id`,
  )
  await sql`DELETE FROM app.event_quota q WHERE q.district_id = ${district_id} AND q.id = ANY (${quotas.map((q) => q.id)}::uuid[])`.execute(
    tx,
  )
  await sql`DELETE FROM app.event_session s USING app.event e WHERE ${all} AND s.district_id = e.district_id AND s.event_id = e.id`.execute(
    tx,
  )
  await sql`DELETE FROM app.event e WHERE ${all}`.execute(tx)
}

/** Mends a draft. Its way of giving places and its quotas are fixed once it is put up. @throws Problem.notFound, eventChanged, eventPhase, invalid */
export async function editEvent(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { version, ...given }: NewEvent & { version: number },
): Promise<EventDone> {
  const found = await ownEvent(tx, work.actor, id, version)
  if (found.state !== 'draft')
    throw Problem.eventPhase({ why: '已经发布的活动不能改；可以调整名额、提前截止，或取消后另行发布' })
  await dropDraft(tx, found)
  await writeEvent(deps, tx, work, id, version + 1, given)
  audit(work, 'edit', found, given)
  return { id, state: 'draft', version: version + 1 }
}

/** Gives a draft up. */
export async function dropEvent(tx: Tx, work: UnitOfWork, found: Stored): Promise<void> {
  await dropDraft(tx, found)
  audit(work, 'drop', found)
}
