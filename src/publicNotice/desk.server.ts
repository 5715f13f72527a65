import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Desk, NewAnswer } from './api.ts'
import { noticesOf } from './open.server.ts'

/** Notices of the actor's unit, what waits for an answer first, with every objection. */
export async function readDesk(deps: Deps, tx: Tx, actor: Actor): Promise<Desk> {
  const found = await rows<Omit<Desk[number], 'state'>>(
    tx,
    sql`SELECT n.id, n.kind, n.title, o.name AS organiser, n.opened_on AS "openedOn", n.closes_on AS "closesOn", n.days,
        (SELECT count(*)::int FROM app.public_notice_line l WHERE l.notice_id = n.id) AS count,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'line', b.line, 'about', coalesce(l.name, '整个名单'), 'body', b.body, 'contact', b.contact,
          'raisedOn', b.raised_on, 'state', b.state, 'answer', b.answer, 'answeredOn', b.answered_on) ORDER BY b.state <> 'open', b.raised_at), '[]')
          FROM app.public_notice_objection b LEFT JOIN app.public_notice_line l ON l.notice_id = b.notice_id AND l.line = b.line WHERE b.notice_id = n.id) AS objections
      FROM app.public_notice n JOIN app.org o ON o.id = n.org_id WHERE n.org_id = ${actor.org.id} ORDER BY n.opened_on DESC, n.id DESC LIMIT ${bounds.unitNotices.most}`,
  )
  const states = await noticesOf(
    deps,
    tx,
    found.map((n) => n.id),
  )
  return found.map((n) => ({ ...n, state: states.get(n.id)!.state }))
}

/** Answers one objection, once, with the reason that whoever brought it reads. @throws Problem.notFound, noticeAnswered, invalid */
export async function answerObjection(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { verdict, answer }: NewAnswer,
): Promise<void> {
  const { actor } = work
  const found = await first<{ state: string; notice_id: string }>(
    tx,
    sql`SELECT b.state, b.notice_id FROM app.public_notice_objection b JOIN app.public_notice n ON n.id = b.notice_id
      WHERE b.id = ${id}::uuid AND n.org_id = ${actor.org.id} FOR UPDATE OF b`,
  )
  if (!found) throw Problem.notFound()
  if (found.state !== 'open') throw Problem.objectionAnswered()
  if ([...answer].length < 4)
    throw Problem.invalid({
      issues: [{ field: 'answer', message: '请写明核查情况和理由（至少 4 个字），提出人会看到' }],
    })
  await sql`UPDATE app.public_notice_objection SET state = ${verdict}, answer = ${answer}, answered_by = ${actor.accountId}::uuid, answered_on = ${deps.today()}::date
    WHERE id = ${id}::uuid`.execute(tx)
  work.audit({
    districtId: actor.org.districtId,
    action: 'publicNotice.answer',
    object: `publicNotice:${found.notice_id}`,
    result: verdict,
    body: { verdict, answer },
  })
}
