import { inTransaction, wholeTree, type Tx } from '#server/database.server.ts'
import { runningNow } from '#running/service.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { enqueue, type JobKind } from '#server/jobs.server.ts'
import { remindFigures } from '#figures/remind.server.ts'
import { remindTerms } from '#org/remind.server.ts'
import { remindLate } from '#person/emergency.server.ts'
import { remindReviews } from '#record/remind.server.ts'
import { remindDue } from '#task/remind.server.ts'
import { queueDigests, sendDigest } from './digest.server.ts'
import { tellGroup } from './groups.server.ts'
import { chinaHour } from './quiet.server.ts'

const turnKind = 'notify.turn'
/** Turns are of no district: they stand in the stream of none. */
const noDistrict = 0

/** What a programme of its own reminds of. What was told already is not told again. */
export type Reminder = (deps: Deps, tx: Tx) => Promise<unknown>

/** A look at what is due: reminders by the business day, then digests by the hour. What was done already is not done again. */
const turnOf = (reminders: readonly Reminder[], hour: () => number): JobKind => ({
  kind: turnKind,
  atOnce: 1,
  mostAttempts: 3,
  finish: async ({ deps, tx }) => {
    // Nobody is reminded of what can no longer be done.
    if ((await runningNow(tx, deps.today())).mode === 'open') {
      await remindDue(deps, tx)
      await remindFigures(deps, tx)
      await remindTerms(deps, tx)
      await remindReviews(deps, tx)
      for (const remind of reminders) await remind(deps, tx)
    }
    await remindLate(deps, tx)
    await queueDigests(deps, tx, hour())
  },
})

/** Asks for a look at what is due; while one waits there is no second. */
export const askTurn = (deps: Pick<Deps, 'db'>): Promise<void> =>
  inTransaction(deps.db, wholeTree, (tx: Tx) =>
    enqueue(tx, { districtId: noDistrict, kind: turnKind, key: 'due', payload: {} }),
  )

const everyMs = 600_000

/** Asks for a look now and every ten minutes: a working day begins, an hour of a digest comes. */
export function startTurns(
  deps: Pick<Deps, 'db' | 'nudge'>,
  failed: (error: unknown) => void,
): NodeJS.Timeout {
  const ask = () => void askTurn(deps).then(deps.nudge, failed)
  ask()
  return setInterval(ask, everyMs)
}

export const notifyJobs = (
  reminders: readonly Reminder[] = [],
  hour: () => number = chinaHour,
): readonly JobKind[] => [turnOf(reminders, hour), sendDigest(hour), tellGroup(hour)]
