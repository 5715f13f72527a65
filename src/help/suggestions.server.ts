import { sql } from 'kysely'
import { randomId } from '#crypto/provider.server.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { pageOf } from '#server/pages.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { noteLook } from '#person/vault.server.ts'
import { calendarAround } from '#rules/calendar.server.ts'
import { ruleOn } from '#rules/tables.server.ts'
import type { Suggestion, SuggestionHead, SuggestionInbox, SuggestionList, SuggestionWords } from './api.ts'
import { policyAnswer } from './rules.ts'
import { isSealed, openWords, sealWords } from './sealedWords.server.ts'

type Keys = Pick<Deps, 'crypto'>
type Dated = Pick<Deps, 'crypto' | 'today'>

const refuse = (field: string, message: string): Problem => Problem.invalid({ issues: [{ field, message }] })

/** What is told, trimmed. @throws Problem.invalid */
export function mustSay(typed: string): string {
  const text = typed.trim()
  if (text.length < 5) throw refuse('body', '请把事情写清楚一些（至少 5 个字）')
  return text
}

/** The day by which a question on policy is answered. */
export const dueOf = async (tx: Tx, day: string): Promise<string> =>
  (await calendarAround(tx, day)).add(day, (await ruleOn(tx, policyAnswer, day)).value.days)

/** Sends a complaint, a question or a suggestion to the city tier. @throws Problem.invalid */
export async function sendSuggestion(
  { crypto, today }: Dated,
  tx: Tx,
  work: UnitOfWork,
  { kind, body }: Pick<Suggestion, 'kind' | 'body'>,
): Promise<{ id: string }> {
  const { actor } = work
  const text = mustSay(body)
  const due = kind === 'policy' ? await dueOf(tx, today()) : null
  const id = randomId()
  await sql`INSERT INTO app.suggestion (district_id, id, org_id, account_id, person_id, kind, body, due_on)
    VALUES (${actor.org.districtId}, ${id}::uuid, ${actor.org.id}, ${actor.accountId}::uuid, ${actor.personId}::uuid, ${kind}, ${sealWords(crypto, 'body', id, text)}, ${due}::date)`.execute(
    tx,
  )
  work.audit({
    districtId: actor.org.districtId,
    action: 'suggestion.send',
    object: `suggestion:${id}`,
    body: text,
  })
  return { id }
}

const heads = (
  actor: Actor,
) => sql`s.id, s.kind, s.state, to_jsonb(s.sent_at) #>> '{}' AS "sentAt", to_jsonb(s.read_at) #>> '{}' AS "readAt",
  to_jsonb(s.answered_at) #>> '{}' AS "answeredAt", coalesce(a.name, '未留姓名') AS person,
  CASE WHEN a.id IS NULL THEN '' ELSE o.short_name END AS org, coalesce(s.person_id = ${actor.personId}::uuid, false) AS mine, s.due_on::text AS "dueOn", s.shown_on::text AS "shownOn"`
const from = sql`app.suggestion s LEFT JOIN app.account a ON a.id = s.account_id JOIN app.org o ON o.id = s.org_id`
const order = sql`ORDER BY s.state = 'answered', s.sent_at DESC, s.id`

const inWords = ({ crypto }: Keys, id: string, kept: SuggestionWords): SuggestionWords => ({
  body: openWords(crypto, 'body', id, kept.body),
  answer: openWords(crypto, 'answer', id, kept.answer),
})

/** What she sent herself, in whichever post, in words. */
export async function mySuggestions(
  deps: Keys,
  tx: Tx,
  actor: Actor,
  after: number,
): Promise<SuggestionList> {
  const page = await pageOf(after, (end) =>
    rows<Suggestion>(
      tx,
      sql`SELECT ${heads(actor)}, s.body, s.answer FROM ${from} WHERE s.person_id = ${actor.personId}::uuid ${order} ${end}`,
    ),
  )
  return { ...page, rows: page.rows.map((s) => ({ ...s, ...inWords(deps, s.id, s) })) }
}

/** What reached the city tier, without its words; row policies let no other tier see it. */
export async function allSuggestions(tx: Tx, actor: Actor, after: number): Promise<SuggestionInbox> {
  const open = await first<{ n: number }>(
    tx,
    sql`SELECT count(*)::int AS n FROM app.suggestion WHERE state <> 'answered'`,
  )
  const page = await pageOf(after, (end) =>
    rows<SuggestionHead>(tx, sql`SELECT ${heads(actor)} FROM ${from} ${order} ${end}`),
  )
  return { ...page, open: open!.n }
}

type Kept = SuggestionWords & { district_id: number; person_id: string | null; state: Suggestion['state'] }

/** One of them, held until the transaction ends. @throws Problem.notFound */
async function held(tx: Tx, id: string): Promise<Kept> {
  const found = await first<Kept>(
    tx,
    sql`SELECT district_id, person_id, body, answer, state FROM app.suggestion WHERE id = ${id}::uuid FOR UPDATE`,
  )
  if (!found) throw Problem.notFound()
  return found
}

const sealedBody = ({ crypto }: Keys, id: string, { body }: Kept): string =>
  isSealed(body) ? body : sealWords(crypto, 'body', id, body)

/** Opens the words of one: the audit and, where she is in the register, her access log tell of each who reads. */
export async function readWords(deps: Keys, tx: Tx, work: UnitOfWork, id: string): Promise<SuggestionWords> {
  const { actor } = work
  const found = await held(tx, id)
  if (found.person_id !== actor.personId) {
    if (found.state === 'sent')
      await sql`UPDATE app.suggestion SET body = ${sealedBody(deps, id, found)}, state = 'read', read_at = now()
        WHERE district_id = ${found.district_id} AND id = ${id}::uuid`.execute(tx)
    const why = { purpose: 'reply', reason: '办理她提的投诉建议' } as const
    if (found.person_id !== null) await noteLook(deps.crypto, tx, actor, [found.person_id], 'suggestion', why)
  }
  work.audit({ districtId: found.district_id, action: 'suggestion.read', object: `suggestion:${id}` })
  return inWords(deps, id, found)
}

/** Answers one; an answer stands. Who sent it is not the one who answers. @throws Problem.notFound, invalid, decidedAlready */
export async function answerTo(
  deps: Keys,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  typed: string,
): Promise<void> {
  const { actor } = work
  const found = await held(tx, id)
  const answer = typed.trim()
  if (found.state === 'answered') throw Problem.decidedAlready()
  if (answer === '') throw refuse('answer', '请写答复')
  if (found.person_id === actor.personId) throw refuse('answer', '这是您自己提的，请由市级另一位同志答复')
  await sql`UPDATE app.suggestion SET body = ${sealedBody(deps, id, found)}, state = 'answered', answer = ${sealWords(deps.crypto, 'answer', id, answer)},
    read_at = coalesce(read_at, now()), answered_at = now(), answered_by = ${actor.accountId}::uuid
    WHERE district_id = ${found.district_id} AND id = ${id}::uuid`.execute(tx)
  work.audit({
    districtId: found.district_id,
    action: 'suggestion.answer',
    object: `suggestion:${id}`,
    body: answer,
  })
}
