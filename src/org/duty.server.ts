import { ruleOn } from '#rules/tables.server.ts'
import type { Tx } from '#server/database.server.ts'
import { committeeDuty } from './rules.ts'

/** From how many women members a committee is due on a day. */
export const committeeFromOn = async (tx: Tx, day: string): Promise<number> =>
  (await ruleOn(tx, committeeDuty, day)).value.committeeFrom
