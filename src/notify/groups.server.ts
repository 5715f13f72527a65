import { sql } from 'kysely'
import { inTransaction, type Tx } from '#server/database.server.ts'
import { identityContext, type Deps } from '#server/deps.server.ts'
import { enqueue, type JobKind } from '#server/jobs.server.ts'
import { endTried, noteAttempt } from './attempts.server.ts'
import { groupKind } from './jobKinds.ts'
import { waitForDay } from './quiet.server.ts'
import { NotSent } from './sending.server.ts'
import { groupText } from './words.ts'

/** Lets the robots of the operator's work groups say that the city published a notice, in the transaction that publishes it. */
export async function tellGroups(
  { waysOut }: Pick<Deps, 'waysOut'>,
  tx: Tx,
  districtId: number,
  notice: string,
): Promise<void> {
  for (const n of waysOut.robots.keys())
    await enqueue(tx, { districtId, kind: groupKind, key: `${notice} ${n}`, payload: {} })
}

/** A line of the log, from the first attempt on: who publishes may not write there. */
const begin = (deps: Deps, job: string): Promise<unknown> =>
  inTransaction(deps.db, identityContext(deps), (tx) =>
    sql`INSERT INTO app.delivery (id, channel, on_day, unread, job) VALUES (gen_random_uuid(), 'robot', ${deps.today()}::date, 0, ${job})
      ON CONFLICT DO NOTHING`.execute(tx),
  )

/** One line by one robot; which, stands in the key. What is published at night is told in the morning. */
export const tellGroup = (hour: () => number): JobKind => ({
  kind: groupKind,
  atOnce: 1,
  mostAttempts: 4,
  prepare: async (deps, { key }, signal): Promise<string> => {
    await waitForDay(deps, hour())
    await begin(deps, key)
    const say = deps.waysOut.robots[Number(key.split(' ')[1])]
    if (!say) return '这个群机器人已不再设置'
    try {
      await say(groupText, signal)
      return ''
    } catch (error) {
      if (error instanceof NotSent) return error.message
      await noteAttempt(deps, sql`job = ${key}`, error)
      throw error
    }
  },
  finish: async ({ tx, job, prepared }) => {
    const fault = String(prepared)
    await sql`UPDATE app.delivery SET state = ${fault === '' ? 'sent' : 'failed'}, fault = ${fault}, tries = tries + 1, ended_at = now()
      WHERE job = ${job.key} AND state = 'waiting'`.execute(tx)
  },
  giveUp: async ({ tx, job }) => {
    await endTried(tx, sql`job = ${job.key}`)
  },
})
