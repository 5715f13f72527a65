import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { EventAct, EventDone } from './api.ts'
import { nowOf } from './clock.server.ts'
import { audit, dropEvent, eventIn, ownEvent, refuse, type Stored } from './event.server.ts'
import { endEvent, setCap } from './places.server.ts'
import { phaseOf } from './states.ts'
import { tellEnded, tellEntries, tellHer, tellPromoted } from './tell.server.ts'

const stamp = (at: Date) => sql`${at.toISOString()}::timestamptz`
const seriesOf = ({ district_id, id, series_id }: Stored) =>
  sql`e.district_id = ${district_id} AND (e.id = ${id}::uuid OR e.series_id = ${series_id}::uuid)`

/** Puts an event up, closes its sign-up, calls it off, ends it. @throws Problem.notFound, eventChanged, eventPhase, invalid */
export async function stepEvent(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { act, version, reason = '' }: { act: EventAct; version: number; reason?: string | undefined },
): Promise<EventDone> {
  const found = await ownEvent(tx, work.actor, id, version)
  const now = nowOf(deps)
  const done = await steps[act](tx, work, found, now, reason)
  if (act !== 'drop') audit(work, act, found, { reason, ...done })
  const after = await first<Pick<EventDone, 'state' | 'version'>>(
    tx,
    sql`SELECT state, version FROM app.event e WHERE e.id = ${id}::uuid`,
  )
  return { id, state: after?.state ?? 'cancelled', version: after?.version ?? version }
}

type Step = (tx: Tx, work: UnitOfWork, found: Stored, now: Date, reason: string) => Promise<object | void>

const mustBeDraft = ({ state }: Stored, what: string): void => {
  if (state !== 'draft') throw Problem.eventPhase({ why: `只有草稿可以${what}` })
}

const steps: Readonly<Record<EventAct, Step>> = {
  publish: async (tx, _, found, now) => {
    mustBeDraft(found, '发布')
    if (Date.parse(found.closesAt) <= now.getTime())
      throw refuse('closesAt', '报名截止已过，请先修改报名时间')
    if (found.mode === 'draw') await sql`SELECT app.commit_draw(${found.id}::uuid)`.execute(tx)
    await sql`UPDATE app.event e SET state = 'open', version = e.version + 1 WHERE ${seriesOf(found)}`.execute(
      tx,
    )
  },
  close: async (tx, _, found, now) => {
    if (found.kind === 'prize') throw Problem.eventPhase({ why: '抽奖名单到答题截止时才固定，不能提前截止' })
    if (phaseOf(found, now) !== 'signing') throw Problem.eventPhase({ why: '现在不在报名时间，不用截止' })
    await sql`UPDATE app.event e SET closes_at = ${stamp(now)}, version = e.version + 1 WHERE ${seriesOf(found)}`.execute(
      tx,
    )
  },
  cancel: async (tx, work, found, now, reason) => {
    if (found.kind === 'prize' && phaseOf(found, now) !== 'closed' && phaseOf(found, now) !== 'running')
      throw Problem.eventPhase({ why: '答题结束以前，请在这场答题里取消' })
    if (!['before', 'signing', 'closed', 'running'].includes(phaseOf(found, now)))
      throw Problem.eventPhase({ why: '已经举办或已经取消的活动不能再取消' })
    if (reason.length < 4) throw refuse('reason', '请写明取消的原因（至少 4 个字），报了名的人会看到')
    const told = await rows<{ id: string }>(
      tx,
      sql`SELECT id FROM app.cancel_event(${found.id}::uuid, ${reason}, ${stamp(now)}) AS id`,
    )
    await tellEntries(
      tx,
      told.map((one) => one.id),
      `活动取消：${found.title}。${reason}`,
      work.actor.accountId,
    )
  },
  end: async (tx, work, found, now) => {
    const ended = await endEvent(tx, found.id, now)
    if (!ended.isEnded) throw Problem.eventPhase({ why: '活动还没有结束，或已经办过结束登记' })
    await tellEnded(tx, found.title, ended, work.actor.accountId)
    return { missed: ended.missed, remained: ended.remained }
  },
  drop: async (tx, work, found) => {
    mustBeDraft(found, '删除')
    await dropEvent(tx, work, found)
  },
}

/** More places or fewer; nobody is thrown out. @throws Problem.notFound, eventPhase, invalid */
export async function changeCap(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  cap: number,
): Promise<{ promoted: number }> {
  const found = await eventIn(
    deps,
    tx,
    work.actor,
    id,
    ['before', 'signing', 'closed'],
    '活动开始以前才能调整名额；草稿请直接修改',
  )
  if (found.kind === 'prize') throw Problem.eventPhase({ why: '抽奖的奖品数发布时已经公布，不能调整' })
  if (found.kind === 'match')
    throw Problem.eventPhase({ why: '交友活动的名额分男女，发布时已经公布，不能调整；可以另办一场' })
  if (cap < 1) throw refuse('cap', '名额至少 1 个；不再办的请取消活动')
  const draw = await first<{ frozen: boolean }>(
    tx,
    sql`SELECT frozen_at IS NOT NULL AND drawn_at IS NULL AS frozen FROM app.event_draw WHERE event_id = ${id}::uuid`,
  )
  if (draw?.frozen) throw refuse('cap', '抽签名单已经固定，抽签以后才能调整名额')
  const promoted = await setCap(tx, id, cap, nowOf(deps))
  await tellPromoted(tx, promoted, work.actor.accountId)
  audit(work, 'cap', found, { cap, promoted })
  return { promoted: promoted.length }
}

/** Draws with the public value that was promised. The freeze at closing is the job's. @throws Problem.notFound, eventPhase, invalid */
export async function drawNow(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  value: string,
): Promise<{ promoted: number }> {
  const found = await eventIn(deps, tx, work.actor, id, ['closed'], '报名截止以后、活动开始以前抽签')
  const draw = await first<{ source: string; drawn: boolean }>(
    tx,
    sql`SELECT source, drawn_at IS NOT NULL AS drawn FROM app.event_draw WHERE event_id = ${id}::uuid`,
  )
  if (!draw || draw.drawn) throw Problem.eventPhase({ why: '这项活动不抽签，或者已经抽过；每项活动只抽一次' })
  if (draw.source !== '' && value === '') throw refuse('value', `请填写${draw.source}`)
  if (draw.source === '' && value !== '') throw refuse('value', '发布时没有约定公开数值，不用填写')
  await sql`SELECT app.freeze_draw(${id}::uuid, ${stamp(nowOf(deps))})`.execute(tx)
  const drawn = await drawEvent(tx, found, value, nowOf(deps), work.actor.accountId)
  if (drawn === null)
    throw Problem.eventPhase({ why: '报名刚截止，截止前收到的报名还在办；请等十几秒再抽签' })
  audit(work, 'draw', found, { value })
  return { promoted: drawn }
}

/** Draws what is frozen and tells everybody how it went for her. @returns how many got a place; null where nothing was drawn */
export async function drawEvent(
  tx: Tx,
  { id, title }: Pick<Stored, 'id' | 'title'>,
  value: string,
  now: Date,
  but: string | null,
): Promise<number | null> {
  const { entries } = (await first<{ entries: string[] | null }>(
    tx,
    sql`SELECT app.draw_event(${id}::uuid, ${value}, ${stamp(now)}) AS entries`,
  ))!
  if (entries === null) return null
  // A second statement: within the first, what it did is not seen yet.
  const drawn = await rows<{ id: string; state: string }>(
    tx,
    sql`SELECT x.id, s.state FROM unnest(${entries}::uuid[]) x(id) JOIN LATERAL app.entry_state(x.id) s ON true`,
  )
  const those = (state: string) => drawn.filter((one) => one.state === state).map((one) => one.id)
  await tellEntries(tx, those('placed'), `抽签结果：您抽中了“${title}”的名额`, but)
  await tellEntries(tx, those('waiting'), `抽签结果：“${title}”没有抽中，已按抽签顺序列入候补`, but)
  await tellEntries(tx, those('refused'), `抽签结果：“${title}”没有抽中`, but)
  return those('placed').length
}

/** Tells those who have a place. @throws Problem.notFound, invalid */
export async function sayWord(deps: Deps, tx: Tx, work: UnitOfWork, id: string, body: string): Promise<void> {
  const found = await ownEvent(tx, work.actor, id)
  if (found.state !== 'open') throw Problem.eventPhase({ why: '活动还没有发布，或者已经结束，不能再发通知' })
  if (body.length < 2) throw refuse('body', '请填写通知内容')
  await sql`INSERT INTO app.event_word (district_id, id, event_id, body, at, made_by)
    VALUES (${found.district_id}, ${uuidv7()}::uuid, ${id}::uuid, ${body}, ${stamp(nowOf(deps))}, ${work.actor.accountId}::uuid)`.execute(
    tx,
  )
  const placed = await rows<{ id: string }>(
    tx,
    sql`SELECT n.id FROM app.enrolment n WHERE n.event_id = ${id}::uuid AND n.state = 'placed'`,
  )
  tellHer(
    tx,
    placed.map((one) => one.id),
    `活动通知：${found.title}`,
    work.actor.accountId,
  )
  audit(work, 'word', found, { body })
}
