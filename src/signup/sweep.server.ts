import { sql } from 'kysely'
import { closeWork, openWork, type UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { inTransaction, rows, wholeTree, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { enqueue, type JobKind } from '#server/jobs.server.ts'
import { cadresOf, tell, units } from '#notify/tell.server.ts'
import { nowOf } from './clock.server.ts'
import { audit } from './event.server.ts'
import { endEvent, sweep } from './places.server.ts'
import { drawEvent } from './step.server.ts'
import { tellEnded, tellEntries, tellPromoted } from './tell.server.ts'

const sweepKind = 'signup.sweep'
const dueKind = 'signup.due'
const noDistrict = 0
/** A freed place is with the next within a minute. */
const everyMs = 30_000

const nil = '00000000-0000-0000-0000-000000000000'
/** Nobody: the clock acts. */
export const clockHand: Actor = {
  accountId: nil,
  personId: nil,
  postId: nil,
  name: '',
  role: 'service',
  org: { id: 0, code: '', name: '', shortName: '', tier: 'city', scopeCode: '', districtId: 0 },
  aal: 2,
  stepUp: false,
  token: null,
  isPasswordDue: false,
  onBehalf: 'clock',
  requestId: sweepKind,
}

type Due = {
  id: string
  what: 'sweep' | 'draw' | 'end'
  title: string
  district_id: number
  org_id: number
  source: string
}

/** What the clock has to do with events: offers past their deadline, free places, lists of draws at closing, ends that nobody noted. */
const dueAt = (tx: Tx, now: Date, only: string | null = null): Promise<Due[]> =>
  rows<Due>(
    tx,
    sql`SELECT d.id, d.what, e.title, e.district_id, e.org_id, e.draw_source AS source FROM app.events_due(${now.toISOString()}::timestamptz) d JOIN app.event e ON e.id = d.id
      WHERE ${only}::uuid IS NULL OR d.id = ${only}::uuid ORDER BY d.id, d.what`,
  )

type Act = (tx: Tx, work: UnitOfWork, one: Due, now: Date) => Promise<void>

/** Each goes on only where the database answers that it acted: somebody else may have been faster. */
const acts: Readonly<Record<Due['what'], Act>> = {
  sweep: async (tx, work, one, now) => {
    const { expired, promoted } = await sweep(tx, one.id, now)
    await tellEntries(tx, expired, `逾期没有确认，“${one.title}”的名额已给下一位`, null)
    await tellPromoted(tx, promoted, null)
    if (expired.length > 0) audit(work, 'expire', one, { expired })
    if (promoted.length > 0) audit(work, 'promote', one, { promoted })
  },
  draw: async (tx, work, one, now) => {
    const [frozen] = await rows<{ hash: string | null }>(
      tx,
      sql`SELECT app.freeze_draw(${one.id}::uuid, ${now.toISOString()}::timestamptz) AS hash`,
    )
    if (frozen!.hash !== null) audit(work, 'freeze', one, { hash: frozen!.hash })
    if (one.source === '') {
      if ((await drawEvent(tx, one, '', now, null)) !== null) audit(work, 'draw', one)
    } else if (frozen!.hash !== null) remind(tx, one, '报名已截止，抽签名单已固定，请填写公开数值后抽签')
  },
  end: async (tx, work, one, now) => {
    const { isEnded, missed, remained } = await endEvent(tx, one.id, now)
    if (!isEnded) return
    await tellEnded(tx, one.title, { missed, remained }, null)
    remind(tx, one, '已到登记期限，已自动结束登记')
    audit(work, 'end', one, { missed, remained })
  },
}

const remind = (tx: Tx, { id, org_id, title }: Due, what: string): void =>
  tell(
    tx,
    cadresOf(units([org_id])),
    { kind: 'remind', subject: `${what}：${title}`, link: `/events/${id}` },
    null,
  )

/** Leaves a job for each event that waits for the clock: one that fails is put off and told, and keeps no other waiting. */
export const sweepJob: JobKind = {
  kind: sweepKind,
  atOnce: 1,
  mostAttempts: 3,
  finish: async ({ deps, tx }) => {
    const due = new Map((await dueAt(tx, nowOf(deps))).map((one) => [one.id, one.district_id]))
    for (const [id, districtId] of due) await enqueue(tx, { districtId, kind: dueKind, key: id, payload: {} })
  },
}

/** What the clock does to one event (the job's key), in a transaction of its own. */
export const dueJob: JobKind = {
  kind: dueKind,
  atOnce: 1,
  mostAttempts: 8,
  finish: async ({ deps, tx, job }) => {
    const work = openWork(clockHand)
    const now = nowOf(deps)
    for (const one of await dueAt(tx, now, job.key)) await acts[one.what](tx, work, one, now)
    await closeWork(tx, work, deps.crypto)
  },
}

/** Asks for a look at what is due; while one waits there is no second. */
const askSweep = (deps: Pick<Deps, 'db'>, kinds: readonly JobKind[]): Promise<void> =>
  inTransaction(deps.db, wholeTree, async (tx: Tx) => {
    for (const { kind } of kinds) await enqueue(tx, { districtId: noDistrict, kind, key: 'due', payload: {} })
  })

/** Looks at once and every half minute. */
export function startSweeps(
  deps: Pick<Deps, 'db' | 'nudge'>,
  kinds: readonly JobKind[],
  failed: (error: unknown) => void,
): NodeJS.Timeout {
  const ask = () => void askSweep(deps, kinds).then(deps.nudge, failed)
  ask()
  return setInterval(ask, everyMs)
}
