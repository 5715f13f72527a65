import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { tokenDigest } from '#crypto/secret.server.ts'
import type { Actor } from '#identity/actor.ts'
import { first, firstKeyed, type Db, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { ProxyDone } from './api.ts'
import type { MyStanding } from './myApi.ts'
import { nowOf } from './clock.server.ts'
import { decide, enrol, leave, moveTo, takeOffer, type EnrolRefusal, type Enrolled } from './places.server.ts'
import { leaveWords, refusalWords } from './states.ts'
import { tellEntries, tellPromoted } from './tell.server.ts'

type Place = {
  district_id: number
  id: string
  title: string
  kind: string
  personId: string
  eventId: string
}

/** An entry that the actor sees: her own, of her unit, of an event of her unit. @throws Problem.notFound */
async function entryOf(tx: Tx, id: string): Promise<Place> {
  const found = await first<Place>(
    tx,
    sql`SELECT n.district_id, n.id, e.title, e.kind, n.person_id AS "personId", e.id AS "eventId" FROM app.enrolment n
      JOIN app.event e ON e.district_id = n.district_id AND e.id = n.event_id WHERE n.id = ${id}::uuid`,
  )
  if (!found) throw Problem.notFound()
  return found
}

const note = (work: UnitOfWork, what: string, districtId: number, id: string, body?: object): void =>
  work.audit({
    districtId,
    action: `event.${what}`,
    object: `enrolment:${id}`,
    ...(body === undefined ? {} : { body }),
  })

const districtOf = async (tx: Tx, event: string): Promise<number> =>
  (await first<{ id: number }>(tx, sql`SELECT district_id AS id FROM app.event WHERE id = ${event}::uuid`))
    ?.id ?? 0

const whyNot = (refusal: EnrolRefusal, isHerself: boolean): string =>
  refusalWords[refusal === 'person' && isHerself ? 'self' : refusal]

/** Her own standing after an act. */
export async function standingOf(tx: Tx, id: string): Promise<MyStanding> {
  return (await first<MyStanding>(
    tx,
    sql`SELECT n.id, n.state, app.ahead_in_line(n.id) AS ahead FROM app.enrolment n WHERE n.id = ${id}::uuid`,
  ))!
}

const refused = (why: EnrolRefusal): Problem =>
  why === 'event' ? Problem.notFound() : Problem.enrolRefused({ why, sentence: whyNot(why, true) })

/**
 * Before her transaction: who is refused for what needs no lock is told so at once, in a single statement, so that of thousands who
 * come for a full event none waits for those who have a place. @returns the event's district @throws Problem.notFound, enrolRefused
 */
export async function lookIn(db: Db, actor: Actor, event: string, received: Date): Promise<number | null> {
  if (actor.token === null) return null
  const seen = (await firstKeyed<{ district: number | null; refusal: EnrolRefusal | null }>(
    db,
    sql`SELECT * FROM app.look_in(${tokenDigest(actor.token)}, ${event}::uuid, ${received.toISOString()}::timestamptz)`,
  ))!
  if (seen.refusal !== null) throw refused(seen.refusal)
  return seen.district
}

/** She signs up herself, in an event of the district that `lookIn` named. @throws Problem.enrolRefused with the reason */
export async function enterSelf(
  tx: Tx,
  work: UnitOfWork,
  event: string,
  received: Date,
  district: number | null,
): Promise<MyStanding> {
  const asked = enrol(tx, event, work.actor.personId, received)
  if (district !== null) work.lockWith(tx, district)
  const done = await asked
  if (done.refusal !== null) throw refused(done.refusal)
  await tellPromoted(tx, done.promoted ?? [], work.actor.accountId)
  note(work, 'enrol', district ?? (await districtOf(tx, event)), done.entry!, {
    promoted: done.promoted ?? [],
  })
  return { id: done.entry!, state: done.state!, ahead: done.ahead }
}

export type ProxyEvent = { id: string; title: string; districtId: number }

/** What is to be told once all places of a transaction are given: under the lock of an event nobody waits for messages. */
export type Told = { promoted: string[]; entries: Map<string, string[]> }
export const nobodyTold = (): Told => ({ promoted: [], entries: new Map() })

/** A cadre signs one member of her unit up; `tellAll` tells her afterwards. */
export async function enterForHer(
  tx: Tx,
  work: UnitOfWork,
  { id, title, districtId }: ProxyEvent,
  personId: string,
  received: Date,
  told: Told,
): Promise<Enrolled> {
  const done = await enrol(tx, id, personId, received)
  if (done.refusal !== null) return done
  const promoted = done.promoted ?? []
  told.promoted.push(...promoted)
  told.entries.set(title, [...(told.entries.get(title) ?? []), done.entry!])
  note(work, 'proxy', districtId, done.entry!, { promoted })
  return done
}

/** Tells those who were signed up and those who were promoted meanwhile. */
export async function tellAll(tx: Tx, work: UnitOfWork, { promoted, entries }: Told): Promise<void> {
  await tellPromoted(tx, promoted, work.actor.accountId)
  for (const [title, those] of entries)
    await tellEntries(tx, those, `所在单位已为您报名：“${title}”`, work.actor.accountId)
}

/** A cadre signs members of her unit up: each has her own answer, in the order in which they are named. @throws Problem.notFound */
export async function enterOthers(
  tx: Tx,
  work: UnitOfWork,
  event: string,
  personIds: readonly string[],
  received: Date,
): Promise<ProxyDone> {
  const found = await first<ProxyEvent>(
    tx,
    sql`SELECT id, title, district_id AS "districtId" FROM app.event WHERE id = ${event}::uuid`,
  )
  if (!found) throw Problem.notFound()
  const answers: ProxyDone = []
  const told = nobodyTold()
  for (const personId of new Set(personIds)) {
    const done = await enterForHer(tx, work, found, personId, received, told)
    const refusal = done.refusal === null ? null : whyNot(done.refusal, false)
    // Of who has a place already a cadre learns no more than that.
    answers.push({ personId, state: refusal === null ? done.state : null, refusal })
  }
  await tellAll(tx, work, told)
  return answers
}

/** Gives up a place, an offer or a turn: herself, or a cadre for a woman of her unit. @throws Problem.notFound, enrolRefused */
export async function leaveEntry(deps: Deps, tx: Tx, work: UnitOfWork, id: string): Promise<MyStanding> {
  const found = await entryOf(tx, id)
  if (found.kind === 'prize') throw Problem.enrolRefused({ why: 'prize', sentence: leaveWords.prize })
  const left = await leave(tx, id, nowOf(deps))
  if (left.refusal === 'entry') throw Problem.notFound()
  if (left.refusal !== null)
    throw Problem.enrolRefused({ why: left.refusal, sentence: leaveWords[left.refusal] })
  await tellPromoted(tx, left.promoted ?? [], work.actor.accountId)
  if (found.personId !== work.actor.personId)
    await tellEntries(tx, [id], `所在单位已为您取消报名：“${found.title}”`, work.actor.accountId)
  note(work, 'leave', found.district_id, id, { promoted: left.promoted ?? [] })
  return standingOf(tx, id)
}

/** Takes an offered place. @throws Problem.notFound, enrolRefused */
export async function takeEntry(deps: Deps, tx: Tx, work: UnitOfWork, id: string): Promise<MyStanding> {
  const found = await entryOf(tx, id)
  if (!(await takeOffer(tx, id, nowOf(deps))))
    throw Problem.enrolRefused({
      why: 'gone',
      sentence: '确认期限已过或已经办过，名额不再保留；请刷新后查看',
    })
  note(work, 'take', found.district_id, id)
  return standingOf(tx, id)
}

/** Takes another slot of the series and gives up hers, or does neither. @throws Problem.notFound, enrolRefused */
export async function moveEntry(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  to: string,
  received: Date,
): Promise<MyStanding> {
  const found = await entryOf(tx, id)
  const moved = await moveTo(tx, id, to, received)
  if (moved.refusal !== null) {
    if (moved.refusal === 'entry') throw Problem.notFound()
    const sentence =
      moved.refusal === 'full'
        ? '想改的时段已满，原来的时段仍为您保留'
        : { ...refusalWords, ...leaveWords, event: '没有这个时段，请刷新后再选' }[moved.refusal]
    throw Problem.enrolRefused({ why: moved.refusal, sentence })
  }
  await tellPromoted(tx, moved.promoted ?? [], work.actor.accountId)
  note(work, 'move', found.district_id, id, { to, promoted: moved.promoted ?? [] })
  return standingOf(tx, moved.entry!)
}

/** The organiser takes or refuses who asked. @throws Problem.notFound, enrolRefused, invalid */
export async function decideEntry(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  isTaken: boolean,
  reason: string,
): Promise<void> {
  const found = await entryOf(tx, id)
  if (!isTaken && reason.length < 2)
    throw Problem.invalid({ issues: [{ field: 'reason', message: '请写明不通过的原因，她会看到' }] })
  const refusal = await decide(tx, id, isTaken, isTaken ? null : reason, nowOf(deps))
  if (refusal === 'entry') throw Problem.notFound()
  if (refusal !== null)
    throw Problem.enrolRefused({
      why: refusal,
      sentence:
        refusal === 'full' ? '名额已满；先增加名额，或等有人取消' : '她的报名已有结果或已取消，请刷新后查看',
    })
  await tellEntries(
    tx,
    [id],
    isTaken ? `报名通过：您已有“${found.title}”的名额` : `报名没有通过：“${found.title}”。${reason}`,
    work.actor.accountId,
  )
  note(work, 'decide', found.district_id, id, { isTaken, reason })
}

/** She says why she could not come. @throws Problem.notFound, invalid, enrolRefused */
export async function appeal(tx: Tx, work: UnitOfWork, id: string, words: string): Promise<void> {
  const found = await entryOf(tx, id)
  if (words.length < 4)
    throw Problem.invalid({ issues: [{ field: 'words', message: '请写明没有到场的原因（至少 4 个字）' }] })
  const row = await first<{ done: boolean }>(
    tx,
    sql`SELECT app.appeal_no_show(${id}::uuid, ${words}) AS done`,
  )
  if (!row!.done) throw Problem.enrolRefused({ why: 'gone', sentence: '已经申诉过或已有答复，请刷新后查看' })
  note(work, 'appeal', found.district_id, id)
}

/** The organiser excuses an absence or upholds it. @throws Problem.notFound, invalid, enrolRefused */
export async function answerNoShow(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  isExcused: boolean,
  answer: string,
): Promise<void> {
  const found = await entryOf(tx, id)
  if (!isExcused && answer.length < 4)
    throw Problem.invalid({
      issues: [{ field: 'answer', message: '请写明不采纳的理由（至少 4 个字），她会看到' }],
    })
  const row = await first<{ done: boolean }>(
    tx,
    sql`SELECT app.answer_no_show(${id}::uuid, ${isExcused}, ${answer}) AS done`,
  )
  if (!row!.done)
    throw Problem.enrolRefused({ why: 'gone', sentence: '这条缺席已有答复，或者不由您办理，请刷新后查看' })
  await tellEntries(
    tx,
    [id],
    isExcused
      ? `“${found.title}”没有到场的情况已谅解，不影响以后报名`
      : `“${found.title}”没有到场的申诉没有采纳：${answer}`,
    work.actor.accountId,
  )
  note(work, 'noShow', found.district_id, id, { isExcused, answer })
}
