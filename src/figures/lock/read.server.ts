import { sql, type RawBuilder } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import { addMonths, monthOf } from '#kit/day.ts'
import type { Period } from '#kit/period.ts'
import { Problem } from '#kit/problem.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Lock, LockList, Preview, NewLock } from './api.ts'
import { lockPeriod, overlap } from './rules.ts'
import { waitingIn } from './waiting.server.ts'

type Stored = Omit<Lock, 'askedByMe'> & {
  inner: { askedBy: string | null; askedPerson: string | null; scopeCode: string }
}

const nameOf = (column: string): RawBuilder<unknown> =>
  sql`(SELECT a.name FROM app.account a WHERE a.id = ${sql.raw(`l.${column}`)})`
const instant = (column: string): RawBuilder<unknown> => sql`to_jsonb(${sql.raw(`l.${column}`)}) #>> '{}'`

const columns = sql`l.id, jsonb_build_object('id', o.id, 'code', o.org_code, 'name', o.name, 'shortName', o.short_name, 'tier', o.tier) AS org,
  l.from_ym AS "fromYm", l.until_ym AS "untilYm", l.note, l.waiting, coalesce(${nameOf('locked_by')}, '系统') AS "lockedBy",
  ${instant('locked_at')} AS "lockedAt", ${nameOf('asked_by')} AS "askedBy", ${instant('asked_at')} AS "askedAt", l.reason,
  ${nameOf('reopened_by')} AS "reopenedBy", ${instant('reopened_at')} AS "reopenedAt", l.version,
  jsonb_build_object('askedBy', l.asked_by, 'scopeCode', o.scope_code,
    'askedPerson', (SELECT a.person_id FROM app.account a WHERE a.id = l.asked_by)) AS inner`

function told(actor: Actor, { inner, ...lock }: Stored): Lock {
  return { ...lock, askedByMe: inner.askedPerson === actor.personId }
}

/** Locks by a condition on lock l and its unit o, newest months first. */
export async function locksWhere(tx: Tx, actor: Actor, where: RawBuilder<unknown>): Promise<Lock[]> {
  const found = await rows<Stored>(
    tx,
    sql`SELECT ${columns} FROM app.period_lock l JOIN app.org o ON o.id = l.org_id WHERE ${where}
      ORDER BY l.from_ym DESC, o.org_code, l.locked_at DESC LIMIT ${bounds.locks.most}`,
  )
  return found.map((row) => told(actor, row))
}

/** A lock above, at or below the actor's unit. @throws Problem.notFound */
export async function getLock(tx: Tx, actor: Actor, id: string): Promise<Stored> {
  const found = await first<Stored>(
    tx,
    sql`SELECT ${columns} FROM app.period_lock l JOIN app.org o ON o.id = l.org_id WHERE l.id = ${id}::uuid`,
  )
  const isNear =
    found !== null &&
    (found.inner.scopeCode.startsWith(actor.org.scopeCode) ||
      actor.org.scopeCode.startsWith(found.inner.scopeCode))
  if (!isNear) throw Problem.notFound()
  return found
}

/** The months that a unit's own standing locks hold. */
export const ownMonths = (tx: Tx, orgId: number): Promise<{ fromYm: number; untilYm: number }[]> =>
  rows(
    tx,
    sql`SELECT from_ym AS "fromYm", until_ym AS "untilYm" FROM app.period_lock WHERE org_id = ${orgId} AND reopened_at IS NULL ORDER BY 1`,
  )

/** What is locked at, above and below the actor's unit. */
export async function listLocks(deps: Deps, tx: Tx, actor: Actor): Promise<LockList> {
  const { id, scopeCode } = actor.org
  const [own, above, below] = await Promise.all([
    locksWhere(tx, actor, sql`l.org_id = ${id}`),
    locksWhere(
      tx,
      actor,
      sql`l.org_id <> ${id} AND l.reopened_at IS NULL AND starts_with(${scopeCode}, o.scope_code)`,
    ),
    locksWhere(
      tx,
      actor,
      sql`l.org_id <> ${id} AND l.reopened_at IS NULL AND o.scope_code >= ${scopeCode} AND o.scope_code < ${`${scopeCode}~`}`,
    ),
  ])
  return {
    own,
    above,
    below,
    maySet: can(actor, 'lock.set'),
    untilYm: addMonths(monthOf(deps.today()), -1),
  }
}

/** The period asked for. @throws Problem.invalid at the field */
export function mustBePeriod(asked: Pick<NewLock, 'calendar' | 'year' | 'part'>, today: string): Period {
  const found = lockPeriod(asked, today)
  if ('message' in found) throw Problem.invalid({ issues: [found] })
  return found
}

/** What a lock of a period would leave under review. @throws Problem.invalid */
export async function readPreview(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  asked: Pick<NewLock, 'calendar' | 'year' | 'part'>,
): Promise<Preview> {
  const period = mustBePeriod(asked, deps.today())
  const [waiting, months] = await Promise.all([waitingIn(tx, actor, period), ownMonths(tx, actor.org.id)])
  return { period, ...waiting, locked: overlap(period, months) }
}
