import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { bounds } from '#kit/bounds.ts'
import { Problem } from '#kit/problem.ts'
import type { Issue } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { first, firstKeyed, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { BankDetail, BankList, BankQuestion, NewBank } from './api.ts'
import { faultsOf } from './question.ts'

type Bank = { district_id: number; id: string; title: string; version: number }

/** Whether question `s` stands in a version. */
export const standsIn = (version: number) =>
  sql`s.from_version <= ${version}::int AND coalesce(s.until_version > ${version}::int, true)`

/** A bank of the actor's own unit, held until the act is over. @throws Problem.notFound, quizChanged */
async function ownBank(tx: Tx, actor: Actor, id: string, version: number | null = null): Promise<Bank> {
  const found = await firstKeyed<Bank>(
    tx,
    sql`SELECT b.district_id, b.id, b.title, b.version FROM app.quiz_bank b WHERE b.id = ${id}::uuid AND b.org_id = ${actor.org.id} FOR NO KEY UPDATE OF b`,
  )
  if (!found) throw Problem.notFound()
  if (version !== null && version !== found.version) throw Problem.quizChanged()
  return found
}

const counted = sql`(SELECT count(*)::int FROM app.quiz_question s WHERE s.district_id = b.district_id AND s.bank_id = b.id AND s.until_version IS NULL)`

/** Banks of the actor's unit. */
export async function listBanks(tx: Tx, actor: Actor): Promise<BankList> {
  return {
    rows: await rows(
      tx,
      sql`SELECT b.id, b.title, b.version, ${counted} AS questions FROM app.quiz_bank b WHERE b.org_id = ${actor.org.id}
        ORDER BY b.made_on DESC, b.id DESC LIMIT ${bounds.quizBanks.most}`,
    ),
  }
}

/** What stands in the newest version of a bank. */
const questionsOf = (tx: Tx, { district_id, id, version }: Bank): Promise<BankQuestion[]> =>
  rows<BankQuestion>(
    tx,
    sql`SELECT s.id, s.kind, s.stem, s.options, to_jsonb(k.answer) AS answer, k.explanation FROM app.quiz_question s
      JOIN app.quiz_key k ON k.district_id = s.district_id AND k.question_id = s.id
      WHERE s.district_id = ${district_id} AND s.bank_id = ${id}::uuid AND ${standsIn(version)} ORDER BY s.line, s.id`,
  )

/** A bank of the actor's unit, with the right answers. @throws Problem.notFound */
export async function readBank(tx: Tx, actor: Actor, id: string): Promise<BankDetail> {
  const found = await first<Bank>(
    tx,
    sql`SELECT b.district_id, b.id, b.title, b.version FROM app.quiz_bank b WHERE b.id = ${id}::uuid AND b.org_id = ${actor.org.id}`,
  )
  if (!found) throw Problem.notFound()
  const { title, version } = found
  return { id, title, version, questions: await questionsOf(tx, found) }
}

/** @throws Problem.invalid at each question that cannot be asked */
function mustBeBank({ title, questions }: NewBank): void {
  const issues: Issue[] = [
    ...(title.length < 2 ? [{ field: 'title', message: '请填写题库名称（至少 2 个字）' }] : []),
    ...(questions.length === 0 ? [{ field: 'questions', message: '请至少写一道题' }] : []),
    ...questions.flatMap((question, n) =>
      faultsOf(question).map(({ field, message }) => ({ field: `questions.${n}.${field}`, message })),
    ),
  ]
  if (issues.length > 0) throw Problem.invalid({ issues: issues.slice(0, 50) })
}

const same = (a: BankQuestion, b: BankQuestion): boolean =>
  a.kind === b.kind &&
  a.stem === b.stem &&
  a.explanation === b.explanation &&
  a.options.join('\n') === b.options.join('\n') &&
  a.answer.join() === b.answer.join()

/** Writes what is new in a version: questions that stay are left alone, what was changed or left out ends with the version before. */
async function writeQuestions(
  tx: Tx,
  { district_id, id }: Bank,
  version: number,
  before: readonly BankQuestion[],
  questions: readonly BankQuestion[],
): Promise<void> {
  const known = new Map(before.map((one) => [one.id, one]))
  const lines = questions.map((question, n) => {
    const old = known.get(question.id)
    if (old === undefined || !same(old, question))
      return { ...question, line: n + 1, id: uuidv7(), isNew: true }
    known.delete(question.id)
    return { ...question, line: n + 1, isNew: false }
  })
  const gone = [...known.keys()].filter((one) => one !== null)
  await sql`UPDATE app.quiz_question s SET until_version = ${version} WHERE s.district_id = ${district_id} AND s.id = ANY (${gone}::uuid[])`.execute(
    tx,
  )
  const fresh = JSON.stringify(lines.filter(({ isNew }) => isNew))
  await sql`INSERT INTO app.quiz_question (district_id, id, bank_id, line, kind, stem, options, from_version)
    SELECT ${district_id}::int, n.id, ${id}::uuid, n.line, n.kind, n.stem, ARRAY(SELECT jsonb_array_elements_text(n.options)), ${version}::int
    FROM jsonb_to_recordset(${fresh}::jsonb) AS n (id uuid, line int, kind text, stem text, options jsonb)`.execute(
    tx,
  )
  await sql`INSERT INTO app.quiz_key (district_id, question_id, answer, explanation)
    SELECT ${district_id}::int, n.id, ARRAY(SELECT a::smallint FROM jsonb_array_elements_text(n.answer) a ORDER BY a::smallint), n.explanation
    FROM jsonb_to_recordset(${fresh}::jsonb) AS n (id uuid, answer jsonb, explanation text)`.execute(tx)
  const kept = JSON.stringify(
    lines.filter(({ isNew }) => !isNew).map(({ id: one, line }) => ({ id: one, line })),
  )
  await sql`UPDATE app.quiz_question s SET line = n.line FROM jsonb_to_recordset(${kept}::jsonb) AS n (id uuid, line int)
    WHERE s.district_id = ${district_id} AND s.id = n.id AND s.line <> n.line`.execute(tx)
}

/** A bank of the actor's unit. @throws Problem.invalid */
export async function makeBank(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  given: NewBank,
): Promise<{ id: string; version: number }> {
  mustBeBank(given)
  const { actor } = work
  const bank = { district_id: actor.org.districtId, id: uuidv7(), title: given.title, version: 1 }
  await sql`INSERT INTO app.quiz_bank (district_id, id, org_id, title, version, made_by, made_on)
    VALUES (${bank.district_id}, ${bank.id}::uuid, ${actor.org.id}, ${bank.title}, 1, ${actor.accountId}::uuid, ${deps.today()}::date)`.execute(
    tx,
  )
  await writeQuestions(tx, bank, 1, [], given.questions.map(ordered))
  work.audit({
    districtId: bank.district_id,
    action: 'quiz.bank',
    object: `quizBank:${bank.id}`,
    body: given,
  })
  return { id: bank.id, version: 1 }
}

/** The next version of a bank; quizzes that were put up stay with theirs. @throws Problem.notFound, quizChanged, invalid */
export async function editBank(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { version, ...given }: NewBank & { version: number },
): Promise<{ id: string; version: number }> {
  const bank = await ownBank(tx, work.actor, id, version)
  mustBeBank(given)
  await sql`UPDATE app.quiz_bank b SET title = ${given.title}, version = ${version + 1} WHERE b.district_id = ${bank.district_id} AND b.id = ${id}::uuid`.execute(
    tx,
  )
  await writeQuestions(tx, bank, version + 1, await questionsOf(tx, bank), given.questions.map(ordered))
  work.audit({ districtId: bank.district_id, action: 'quiz.bank', object: `quizBank:${id}`, body: given })
  return { id, version: version + 1 }
}

const ordered = (one: BankQuestion): BankQuestion => ({
  ...one,
  answer: [...new Set(one.answer)].sort((a, b) => a - b),
})
