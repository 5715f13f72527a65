import { calendarAround } from '#rules/calendar.server.ts'
import { inTransaction } from '#server/database.server.ts'
import { identityContext, type Deps } from '#server/deps.server.ts'
import { NotYet } from '#server/jobs.server.ts'
import type { Tx } from '#server/database.server.ts'
import { isQuiet } from './words.ts'

/** Hour of the day in China. */
export const chinaHour = (): number => (new Date().getUTCHours() + 8) % 24

/** Whether anybody may be told something outside now: on working days, never in the quiet hours. */
export async function mayTell(deps: Pick<Deps, 'today'>, tx: Tx, hour: number): Promise<boolean> {
  const today = deps.today()
  return !isQuiet(hour) && (await calendarAround(tx, today)).isWorkday(today)
}

/** A message that waits for its time looks again after so long: a turn of what is due is as long. */
const againSeconds = 600

/** Before each attempt to tell somebody outside, the first and every other. @throws NotYet */
export async function waitForDay(deps: Deps, hour: number): Promise<void> {
  const may = await inTransaction(deps.db, identityContext(deps), (tx) => mayTell(deps, tx, hour))
  if (!may) throw new NotYet(againSeconds)
}
