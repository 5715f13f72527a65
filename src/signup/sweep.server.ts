import { sql } from 'kysely'
import { closeWork, openWork, type UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { inTransaction, rows, wholeTree, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { enqueue, type JobKind } from '#server/jobs.server.ts'
import { cadresOf, tell, units } from '#notify/tell.server.ts'
import { nowOf } from './clock.server.ts'
import { audit } from './event.server.ts'
import { sweep } from './places.server.ts'
import { drawEvent } from './step.server.ts'
import { tellPromoted } from './tell.server.ts'

const sweepKind = 'signup.sweep'
const noDistrict = 0
/** A freed place is with the next within a minute. */
const everyMs = 30_000

const nil = '00000000-0000-0000-0000-000000000000'
/** Nobody: the clock acts. */
const clockHand: Actor = {
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

/** What the clock does to events: offers past their deadline, free places, lists of draws at closing, ends that nobody noted. */
export async function sweepEvents(deps: Deps, tx: Tx, work: UnitOfWork): Promise<void> {
  const now = nowOf(deps)
  const due = await rows<Due>(
    tx,
    sql`SELECT d.id, d.what, e.title, e.district_id, e.org_id, e.draw_source AS source FROM app.events_due(${now.toISOString()}::timestamptz) d JOIN app.event e ON e.id = d.id
      ORDER BY d.id, d.what`,
  )
  for (const one of due) await acts[one.what](tx, work, one, now)
}

const acts: Readonly<Record<Due['what'], (tx: Tx, work: UnitOfWork, one: Due, now: Date) => Promise<void>>> =
  {
    sweep: async (tx, work, one, now) => {
      const promoted = await sweep(tx, one.id, now)
      if (promoted.length === 0) return
      await tellPromoted(tx, promoted, null)
      audit(work, 'promote', one, { promoted })
    },
    draw: async (tx, work, one, now) => {
      const [frozen] = await rows<{ hash: string | null }>(
        tx,
        sql`SELECT app.freeze_draw(${one.id}::uuid, ${now.toISOString()}::timestamptz) AS hash`,
      )
      if (frozen!.hash !== null) audit(work, 'freeze', one, { hash: frozen!.hash })
      const link = `/events/${one.id}`
      if (one.source === '') {
        await drawEvent(tx, one, '', now, null)
        audit(work, 'draw', one)
      } else if (frozen!.hash !== null)
        tell(
          tx,
          cadresOf(units([one.org_id])),
          { kind: 'remind', subject: `报名已截止，抽签名单已固定，请填写公开数值后抽签：${one.title}`, link },
          null,
        )
    },
    end: async (tx, work, one, now) => {
      await sql`SELECT app.end_event(${one.id}::uuid, ${now.toISOString()}::timestamptz)`.execute(tx)
      const subject = `活动结束已满三天，已自动结束登记：${one.title}`
      tell(tx, cadresOf(units([one.org_id])), { kind: 'remind', subject, link: `/events/${one.id}` }, null)
      audit(work, 'end', one)
    },
  }

export const sweepJob: JobKind = {
  kind: sweepKind,
  atOnce: 1,
  mostAttempts: 3,
  finish: async ({ deps, tx }) => {
    const work = openWork(clockHand)
    await sweepEvents(deps, tx, work)
    await closeWork(tx, work, deps.crypto)
  },
}

/** Asks for a look at what is due; while one waits there is no second. */
const askSweep = (deps: Pick<Deps, 'db'>): Promise<void> =>
  inTransaction(deps.db, wholeTree, (tx: Tx) =>
    enqueue(tx, { districtId: noDistrict, kind: sweepKind, key: 'due', payload: {} }),
  )

/** Looks at once and every half minute. */
export function startSweeps(
  deps: Pick<Deps, 'db' | 'nudge'>,
  failed: (error: unknown) => void,
): NodeJS.Timeout {
  const ask = () => void askSweep(deps).then(deps.nudge, failed)
  ask()
  return setInterval(ask, everyMs)
}
