import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { lockBooks } from '#audit/lockBooks.server.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { monthsOf, type Period } from '#kit/period.ts'
import { Problem } from '#kit/problem.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { totals } from '../read.server.ts'
import type { NewLock, Reopening } from './api.ts'
import { getLock, mustBePeriod, ownMonths } from './read.server.ts'
import { monthPeriods, overlap } from './rules.ts'
import { waitingIn } from './waiting.server.ts'

/**
 * Locks a period for the actor's unit and all below it: the value of each indicator and month, and the last audit sequence of
 * each district. Nothing of a record changes; what is counted later is told apart by its sequence.
 *
 * Who enters, corrects or moves holds the place of a unit (shared): taken here exclusively, so that no correction that was
 * found to need no consent is written after the lock. Then the books, as a freeze takes them.
 * @throws Problem.invalid, lockedAlready, lockWaiting
 */
export async function setLock(deps: Deps, tx: Tx, work: UnitOfWork, given: NewLock): Promise<{ id: string }> {
  const { actor } = work
  const period = mustBePeriod(given, deps.today())
  await holdPlaces(tx)
  const seqs = await lockBooks(tx, null)
  const months = overlap(period, await ownMonths(tx, actor.org.id))
  if (months !== null) throw Problem.lockedAlready({ months })
  const { waiting } = await waitingIn(tx, actor, period)
  if (waiting > given.waiting) throw Problem.lockWaiting({ waiting })
  const id = uuidv7()
  await sql`INSERT INTO app.period_lock (id, org_id, from_ym, until_ym, note, waiting, seqs, locked_by, locked_at)
    VALUES (${id}::uuid, ${actor.org.id}, ${period.fromYm}, ${period.untilYm}, ${given.note}, ${waiting}, ${JSON.stringify(seqs)}::jsonb,
      ${actor.accountId}::uuid, clock_timestamp())`.execute(tx)
  const values = await valuesOf(deps, tx, actor.org.id, period)
  await sql`INSERT INTO app.period_lock_value SELECT ${id}::uuid, v.indicator_id, v.ym, v.val
    FROM jsonb_to_recordset(${JSON.stringify(values)}::jsonb) v (indicator_id smallint, ym int, val bigint)`.execute(
    tx,
  )
  work.audit({
    districtId: actor.org.districtId,
    action: 'lock.set',
    object: `lock:${id}`,
    fields: [String(period.fromYm), String(period.untilYm)],
    body: { seqs, values },
  })
  return { id }
}

/** Takes the place of every district, as a move takes those it touches, until the transaction ends. */
async function holdPlaces(tx: Tx): Promise<void> {
  const districts = await rows<{ id: number }>(
    tx,
    sql`SELECT DISTINCT district_id AS id FROM app.org ORDER BY 1`,
  )
  for (const { id } of districts) await first(tx, sql`SELECT pg_advisory_xact_lock(2, ${id})`)
}

export type LockedValue = { indicator_id: number; ym: number; val: number }

/** Accepted values of a unit by indicator and month: of a flow the month, of a stock the balance at its end; zeros left out. */
export async function valuesOf(deps: Deps, tx: Tx, orgId: number, period: Period): Promise<LockedValue[]> {
  const months = monthsOf(period)
  const found = await totals(tx, [orgId], monthPeriods(period))
  return found
    .filter((t) => t.state === 1 && !t.viewed)
    .flatMap((t) =>
      t.values.map((val, m) => ({
        indicator_id: deps.catalogue.indicatorId(t.indicator),
        ym: months[m]!,
        val,
      })),
    )
    .filter((v) => v.val !== 0)
}

/** Whether two accounts are one person's. */
async function samePerson(tx: Tx, accountId: string, actor: Actor): Promise<boolean> {
  const found = await first<{ person_id: string }>(
    tx,
    sql`SELECT person_id FROM app.account WHERE id = ${accountId}::uuid`,
  )
  return found?.person_id === actor.personId
}

/**
 * Reopens a lock of the actor's own unit: one person asks for it and says why, another grants it. The published values stay.
 * @throws Problem.notFound, lockChanged, reasonMissing, sameDecider
 */
export async function reopenLock(tx: Tx, work: UnitOfWork, id: string, given: Reopening): Promise<void> {
  const { actor } = work
  const lock = await getLock(tx, actor, id)
  if (lock.org.id !== actor.org.id)
    throw Problem.denied({ what: `只有锁定的单位（${lock.org.name}）可以重新开放` })
  const isAsked = lock.inner.askedBy !== null
  if (lock.version !== given.version || lock.reopenedAt !== null || isAsked === (given.act === 'ask'))
    throw Problem.lockChanged()
  const reason = given.reason?.trim() ?? ''
  if (given.act === 'ask' && reason === '')
    throw Problem.reasonMissing({ asks: '重新开放的理由', field: 'reason' })
  if (given.act === 'grant' && (await samePerson(tx, lock.inner.askedBy!, actor)))
    throw Problem.secondReopener()
  const change = {
    ask: sql`asked_by = ${actor.accountId}::uuid, asked_at = now(), reason = ${reason}`,
    cancel: sql`asked_by = NULL, asked_at = NULL, reason = NULL`,
    grant: sql`reopened_by = ${actor.accountId}::uuid, reopened_at = now()`,
  }[given.act]
  const done = await first(
    tx,
    sql`UPDATE app.period_lock SET ${change}, version = version + 1
      WHERE id = ${id}::uuid AND version = ${given.version} RETURNING id`,
  )
  if (!done) throw Problem.lockChanged()
  work.audit({
    districtId: actor.org.districtId,
    action: { ask: 'lock.reopenAsk', cancel: 'lock.reopenCancel', grant: 'lock.reopen' }[given.act],
    object: `lock:${id}`,
    purpose: reason,
  })
}
