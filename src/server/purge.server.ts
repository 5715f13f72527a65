import { sql } from 'kysely'
import { staffKeptDays } from '#childcare/rules.ts'
import { keptDays } from '#intake/api.ts'
import { addDays } from '#kit/day.ts'
import { keptDays as exportDays } from '#export/rules.ts'
import { emergencyYears } from '#person/retention.ts'
import { keptHashes } from '#record/evidence/service.server.ts'
import { ruleOn } from '#rules/tables.server.ts'
import { siloKept } from '#silo/rules.ts'
import { inTransaction, wholeTree } from './database.server.ts'
import { identityContext, type Deps } from './deps.server.ts'
import { purgeJobs } from './jobs.server.ts'

/** Days for which a repeated request still gets its first answer. */
const answerDays = 7
/** Days for which what was typed and not sent is kept. */
const typedDays = 30
/** Days after a report of a room was dealt with, for which the words of who said it are kept. */
const roomWordDays = 180
/** Days after the decision, for which name and deeds of whom a woman suggested for an honour are kept. */
const nomineeDays = 90
/** Years after the answer, for which a question on policy without a name is kept. */
const questionYears = 2

/** Takes away what has done its service: sessions a day after their end, counters of failed sign-ins, ways to a provider that nobody came back from, codes that nobody typed, answered challenges, ended jobs, stored answers and workbooks on their way in or out after a week, what was typed and not sent after a month, files without a row, names of notices whose term is over, what strangers wrote of rooms, whom a woman suggested for an honour, questions on policy without a name, keys and texts of matters of the silos. */
export async function purge(deps: Pick<Deps, 'db' | 'door' | 'files' | 'today'>): Promise<void> {
  const { db, files } = deps
  await inTransaction(db, identityContext(deps), async (tx) => {
    await sql`DELETE FROM app.session WHERE expires_at < now() - interval '1 day'`.execute(tx)
    await sql`DELETE FROM app.attempt WHERE greatest(since, next_at) < now() - interval '1 day'`.execute(tx)
    await sql`DELETE FROM app.oidc_flow WHERE expires_at < now()`.execute(tx)
    await sql`DELETE FROM app.phone_code WHERE expires_at < now()`.execute(tx)
    await sql`DELETE FROM app.delivery WHERE on_day < current_date - 90`.execute(tx)
    await sql`DELETE FROM app.message WHERE read_at < now() - interval '180 days'`.execute(tx)
    await sql`DELETE FROM app.spent_challenge WHERE expires_at < now()`.execute(tx)
    await sql`DELETE FROM app.idempotency WHERE at < now() - make_interval(days => ${answerDays}::int)`.execute(
      tx,
    )
    await purgeJobs(tx)
  })
  await inTransaction(db, wholeTree, (tx) =>
    sql`SELECT app.purge_intakes(now() - make_interval(days => ${keptDays}::int))`.execute(tx),
  )
  await inTransaction(db, wholeTree, (tx) =>
    sql`SELECT app.purge_typed(now() - make_interval(days => ${typedDays}::int))`.execute(tx),
  )
  await inTransaction(db, wholeTree, (tx) =>
    sql`SELECT app.purge_exports(now() - make_interval(days => ${exportDays}::int))`.execute(tx),
  )
  await inTransaction(db, wholeTree, (tx) =>
    sql`SELECT app.purge_emergencies(${emergencyYears}::int)`.execute(tx),
  )
  await inTransaction(db, wholeTree, (tx) =>
    sql`SELECT app.purge_public_notices(${deps.today()}::date)`.execute(tx),
  )
  await inTransaction(db, wholeTree, (tx) =>
    sql`SELECT app.purge_room_words(${addDays(deps.today(), -roomWordDays)}::date)`.execute(tx),
  )
  await inTransaction(db, wholeTree, (tx) =>
    sql`SELECT app.purge_nominees(now() - make_interval(days => ${nomineeDays}::int)), app.purge_policy_questions(now() - make_interval(years => ${questionYears}::int))`.execute(
      tx,
    ),
  )
  await inTransaction(db, wholeTree, async (tx) => {
    const { years } = (await ruleOn(tx, siloKept, deps.today())).value
    await sql`SELECT app.purge_silos(${deps.today()}::date, ${years}::int)`.execute(tx)
  })
  await inTransaction(db, identityContext(deps), (tx) =>
    sql`SELECT app.purge_childcare_staff(${deps.today()}::date, ${staffKeptDays}::int)`.execute(tx),
  )
  await files?.sweep((hashes) => inTransaction(db, wholeTree, (tx) => keptHashes(tx, hashes)))
}
