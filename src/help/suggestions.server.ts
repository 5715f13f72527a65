import { sql, type RawBuilder } from 'kysely'
import { randomId } from '#crypto/provider.server.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Suggestion, SuggestionList } from './api.ts'

const refuse = (field: string, message: string): Problem => Problem.invalid({ issues: [{ field, message }] })

/** Sends a complaint, a question or a suggestion to the city tier. @throws Problem.invalid */
export async function sendSuggestion(
  tx: Tx,
  work: UnitOfWork,
  { kind, body }: Pick<Suggestion, 'kind' | 'body'>,
): Promise<{ id: string }> {
  const { actor } = work
  const text = body.trim()
  if (text.length < 5) throw refuse('body', '请把事情写清楚一些（至少 5 个字）')
  const id = randomId()
  await sql`INSERT INTO app.suggestion (district_id, id, org_id, account_id, person_id, kind, body)
    VALUES (${actor.org.districtId}, ${id}::uuid, ${actor.org.id}, ${actor.accountId}::uuid, ${actor.personId}::uuid, ${kind}, ${text})`.execute(
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

const listed = (tx: Tx, actor: Actor, where: RawBuilder<unknown>): Promise<Suggestion[]> =>
  rows<Suggestion>(
    tx,
    sql`SELECT s.id, s.kind, s.body, s.state, s.answer, to_jsonb(s.sent_at) #>> '{}' AS "sentAt", to_jsonb(s.read_at) #>> '{}' AS "readAt",
      to_jsonb(s.answered_at) #>> '{}' AS "answeredAt", a.name AS person, o.short_name AS org, s.person_id = ${actor.personId}::uuid AS mine
      FROM app.suggestion s JOIN app.account a ON a.id = s.account_id JOIN app.org o ON o.id = s.org_id
      WHERE ${where} ORDER BY s.state = 'answered', s.sent_at DESC LIMIT 200`,
  )

const counted = (list: Suggestion[]): SuggestionList => ({
  rows: list,
  open: list.filter((s) => s.state !== 'answered').length,
})

/** What she sent herself, in whichever post. */
export const mySuggestions = async (tx: Tx, actor: Actor): Promise<SuggestionList> =>
  counted(await listed(tx, actor, sql`s.person_id = ${actor.personId}::uuid`))

/** What reached the city tier; row policies let no other tier see it. */
export const allSuggestions = async (tx: Tx, actor: Actor): Promise<SuggestionList> =>
  counted(await listed(tx, actor, sql`true`))

/**
 * Marks one as read, or answers it; an answer stands. Who sent it is not the one who answers.
 * @throws Problem.notFound, sameDecider, decidedAlready
 */
export async function answerTo(tx: Tx, work: UnitOfWork, id: string, typed: string): Promise<void> {
  const { actor } = work
  const found = await first<{ district_id: number; person_id: string; state: Suggestion['state'] }>(
    tx,
    sql`SELECT district_id, person_id, state FROM app.suggestion WHERE id = ${id}::uuid FOR UPDATE`,
  )
  if (!found) throw Problem.notFound()
  const answer = typed.trim()
  if (found.state === 'answered') throw Problem.decidedAlready()
  if (answer === '' && found.state === 'read') return
  if (answer !== '' && found.person_id === actor.personId)
    throw refuse('answer', '这是您自己提的，请由市级另一位同志答复')
  await (
    answer === ''
      ? sql`UPDATE app.suggestion SET state = 'read', read_at = now() WHERE district_id = ${found.district_id} AND id = ${id}::uuid`
      : sql`UPDATE app.suggestion SET state = 'answered', answer = ${answer}, read_at = coalesce(read_at, now()), answered_at = now(),
        answered_by = ${actor.accountId}::uuid WHERE district_id = ${found.district_id} AND id = ${id}::uuid`
  ).execute(tx)
  work.audit({
    districtId: found.district_id,
    action: answer === '' ? 'suggestion.read' : 'suggestion.answer',
    object: `suggestion:${id}`,
    body: answer,
  })
}
