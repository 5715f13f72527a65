import type { Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { enqueue, type JobKind } from '#server/jobs.server.ts'
import { waitForDay } from './quiet.server.ts'
import { groupText } from './words.ts'

const groupKind = 'notify.group'

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

/** One line by one robot; which, stands in the key. What is published at night is told in the morning. */
export const tellGroup = (hour: () => number): JobKind => ({
  kind: groupKind,
  atOnce: 1,
  mostAttempts: 4,
  prepare: async (deps, { key }, signal) => {
    await waitForDay(deps, hour())
    await deps.waysOut.robots[Number(key.split(' ')[1])]?.(groupText, signal)
  },
  finish: async () => undefined,
})
