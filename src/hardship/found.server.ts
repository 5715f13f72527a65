import { sql } from 'kysely'
import { randomId } from '#crypto/provider.server.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { ruleOn } from '#rules/tables.server.ts'
import type { Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { sealResult, type File } from './file.server.ts'
import type { Household } from './household.ts'
import { judge, type Judged } from './judge.ts'
import { hardshipCategories } from './rules.ts'

/**
 * Finds the category of a household by the rules of today. The version and its basis stand beside the result, what went in is
 * sealed with it: anybody who may open it can reckon it again, whatever the rules say later.
 */
export async function findResult(
  deps: Pick<Deps, 'crypto' | 'today'>,
  tx: Tx,
  work: UnitOfWork,
  file: Pick<File, 'id' | 'person_id'>,
  household: Household,
  occasion: 'verify' | 'recheck',
): Promise<{ judged: Judged; sealed: string }> {
  const today = deps.today()
  const rule = await ruleOn(tx, hardshipCategories, today)
  const judged = judge(household, rule.value)
  const id = randomId()
  const [sealed, history] = await sealResult(deps, tx, file, id, judged)
  const row = {
    id,
    file_id: file.id,
    person_id: file.person_id,
    on_day: today,
    occasion,
    rule_version: rule.version,
    rule_basis: rule.basis,
    outcome: history,
    account_id: work.actor.accountId,
    made_at: new Date(),
  }
  await sql`INSERT INTO app.hardship_result SELECT * FROM jsonb_populate_record(NULL::app.hardship_result, ${JSON.stringify(row)}::jsonb)`.execute(
    tx,
  )
  return { judged, sealed }
}
