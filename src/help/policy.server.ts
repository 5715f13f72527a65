import { sql } from 'kysely'
import { groupedCode } from '#certificate/code.ts'
import { randomId } from '#crypto/provider.server.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { pageOf } from '#server/pages.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { ruleOn } from '#rules/tables.server.ts'
import { asHolder, digestOfTyped, receiptOf } from '#silo/receipt.server.ts'
import { sharedRun } from './ownWords.ts'
import type { FollowedQuestion, PolicyAnswers, Publication } from './api.ts'
import { policyAnswer } from './rules.ts'
import { openWords, sealWords } from './sealedWords.server.ts'
import { dueOf, mustSay } from './suggestions.server.ts'

type Keys = Pick<Deps, 'crypto' | 'today'>

/**
 * Takes in a question without a name: neither account nor address nor minute is kept, and the audit is not told. Sent again because
 * its answer was lost, it gets the same code. @throws Problem.invalid
 */
export async function askPolicy(
  deps: Keys,
  tx: Tx,
  given: { nonce: string; body: string },
): Promise<{ code: string }> {
  const body = mustSay(given.body)
  const day = deps.today()
  const code = receiptOf(deps.crypto, given.nonce, `policy ${body}`)
  const digest = digestOfTyped(deps.crypto, code)!
  const id = randomId()
  const due = await dueOf(tx, day)
  await asHolder(tx, digest, () =>
    sql`INSERT INTO app.suggestion (district_id, id, org_id, kind, body, sent_at, receipt, due_on)
      SELECT o.id, ${id}::uuid, o.id, 'policy', ${sealWords(deps.crypto, 'body', id, body)}, ${day}::date::timestamptz, decode(${digest}, 'hex'), ${due}::date
      FROM app.org o WHERE o.tier = 'city' ORDER BY o.id LIMIT 1 ON CONFLICT (district_id, receipt) DO NOTHING`.execute(
      tx,
    ),
  )
  return { code: groupedCode(code) }
}

/** What became of the question of a code, for whoever shows it. @throws Problem.noReceipt */
export async function followPolicy({ crypto }: Keys, tx: Tx, typed: string): Promise<FollowedQuestion> {
  const digest = digestOfTyped(crypto, typed)
  if (digest === null) throw Problem.noReceipt()
  const found = await asHolder(tx, digest, () =>
    first<{
      id: string
      body: string
      answer: string
      state: FollowedQuestion['state']
      sent: string
      due: string
    }>(
      tx,
      sql`SELECT id, body, answer, state, sent_at::date::text AS sent, due_on::text AS due FROM app.suggestion WHERE receipt = decode(${digest}, 'hex')`,
    ),
  )
  if (!found) throw Problem.noReceipt()
  const { id, state } = found
  return {
    state,
    sentOn: found.sent,
    dueOn: found.due,
    body: openWords(crypto, 'body', id, found.body),
    answer: openWords(crypto, 'answer', id, found.answer),
  }
}

/** Questions and answers as published, the newest first. */
export async function publicAnswers(
  { today }: Pick<Deps, 'today'>,
  tx: Tx,
  q: string,
  after: number,
): Promise<PolicyAnswers> {
  const page = await pageOf(after, (end) =>
    rows<PolicyAnswers['rows'][number]>(
      tx,
      sql`SELECT a.id, a.question, a.answer, a.shown_on::text AS "shownOn" FROM app.policy_answers(${q.normalize('NFKC').trim()}) a
        ORDER BY a.shown_on DESC, a.id ${end}`,
    ),
  )
  return { ...page, days: (await ruleOn(tx, policyAnswer, today())).value.days }
}

/** Publishes an answered question in words that name nobody, or writes them anew. @throws Problem.notFound, invalid, wrongState */
export async function publishAnswer(
  deps: Keys,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: Publication,
): Promise<void> {
  const issues = [
    ...(given.question.length < 5
      ? [{ field: 'question', message: '请写问题（至少 5 个字），不写提问的人' }]
      : []),
    ...(given.answer.length < 5 ? [{ field: 'answer', message: '请写答复（至少 5 个字）' }] : []),
  ]
  if (issues.length > 0) throw Problem.invalid({ issues })
  const mustBeAnew = (asked: string): void => {
    const run = sharedRun(asked, given.question)
    if (run !== null)
      throw Problem.invalid({
        issues: [
          { field: 'question', message: `“${run}”是提问人的原话，别人可能认出她；请改写成一般的问法` },
        ],
      })
  }
  await show(deps, tx, work, id, 'suggestion.publish', given, mustBeAnew, {
    question: given.question,
    answer: given.answer,
    on: deps.today(),
    by: work.actor.accountId,
  })
}

/** Takes a published answer off again. @throws Problem.notFound */
export const withdrawAnswer = (deps: Keys, tx: Tx, work: UnitOfWork, id: string): Promise<void> =>
  show(deps, tx, work, id, 'suggestion.unpublish', {}, () => undefined, {
    question: null,
    answer: null,
    on: null,
    by: null,
  })

type Shown = Record<'question' | 'answer' | 'on' | 'by', string | null>

async function show(
  { crypto }: Keys,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  action: string,
  body: object,
  mayShow: (asked: string) => void,
  shown: Shown,
): Promise<void> {
  const found = await first<{ district_id: number; state: string; kind: string; body: string }>(
    tx,
    sql`SELECT district_id, state, kind, body FROM app.suggestion WHERE id = ${id}::uuid FOR UPDATE`,
  )
  if (!found || found.kind !== 'policy') throw Problem.notFound()
  if (found.state !== 'answered') throw Problem.wrongState({ state: '待答复', label: '公布' })
  mayShow(openWords(crypto, 'body', id, found.body))
  await sql`UPDATE app.suggestion SET shown_question = ${shown.question}, shown_answer = ${shown.answer}, shown_on = ${shown.on}::date, shown_by = ${shown.by}::uuid
    WHERE district_id = ${found.district_id} AND id = ${id}::uuid`.execute(tx)
  work.audit({ districtId: found.district_id, action, object: `suggestion:${id}`, body })
}
