import { sql, type RawBuilder } from 'kysely'
import * as z from 'zod/mini'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { decide } from '#identity/decide.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import { getTask, isAsked } from '#task/read.server.ts'
import { uuid } from './api.ts'
import { mustEnter } from './create.server.ts'
import { classNumber } from './spine.ts'
import type { SavedTyped, SaveTyped, TypedCopy } from './typedApi.ts'

const isId = (text: string): boolean => z.safeParse(uuid, text).success

/** Forms that one post may have begun and not sent. */
const mostForms = 50

/**
 * What may be kept of a form before it is sent: pasted rows of a programme that holds nothing personal, the answer to a task that her
 * unit owes, the application of a childcare class, an event, a quiz or its bank of her unit. Forms of a class above S1 are drafts of records or of
 * their own domain, or nothing.
 * @throws Problem.notFound, denied
 */
async function mustKeep(
  deps: Pick<Deps, 'findProgramme'>,
  tx: Tx,
  actor: Actor,
  form: string,
): Promise<void> {
  const [kind, rest = '', ...more] = form.split(':')
  if (more.length > 0 || !(await isKnown(deps, tx, actor, kind ?? '', rest))) throw Problem.notFound()
}

/** @throws Problem.notFound, denied */
async function isKnown(
  deps: Pick<Deps, 'findProgramme'>,
  tx: Tx,
  actor: Actor,
  kind: string,
  rest: string,
): Promise<boolean> {
  const unit = { id: actor.org.id, scopeCode: actor.org.scopeCode, viewCode: null, class: 1 }
  switch (kind) {
    case 'rows': {
      const programme = deps.findProgramme(rest)
      if (!programme || classNumber(programme.class) > 1) return false
      mustEnter(actor, programme)
      return true
    }
    case 'task':
      if (!isId(rest)) return false
      await getTask(tx, rest)
      return isAsked(tx, actor, rest)
    case 'childcare':
      if (!decide(actor, 'childcare.run', unit).allow) return false
      return rest === 'new' || (isId(rest) && isOwn(tx, actor, sql`app.childcare_class`, rest))
    case 'event': {
      if (!decide(actor, 'event.run', unit).allow) return false
      const like = rest.replace(/^like /, '')
      if (like !== rest) return isId(like)
      return rest === 'new' || (isId(rest) && isOwn(tx, actor, sql`app.event`, rest))
    }
    case 'course':
      if (!decide(actor, 'course.run', unit).allow) return false
      return rest === 'new' || (isId(rest) && isOwn(tx, actor, sql`app.course`, rest))
    case 'quiz':
    case 'quizBank': {
      if (!decide(actor, 'quiz.run', unit).allow) return false
      const table = kind === 'quiz' ? sql`app.quiz_run` : sql`app.quiz_bank`
      return rest === 'new' || (isId(rest) && isOwn(tx, actor, table, rest))
    }
    default:
      return false
  }
}

const isOwn = async (tx: Tx, actor: Actor, table: RawBuilder<unknown>, id: string): Promise<boolean> =>
  (await first(
    tx,
    sql`SELECT 1 AS one FROM ${table} WHERE id = ${id}::uuid AND org_id = ${actor.org.id}`,
  )) !== null

const own = ({ org, postId }: Actor, form: string) =>
  sql`district_id = ${org.districtId} AND post_id = ${postId}::uuid AND form = ${form}`

const columns = sql`version, sequence, body AS values, to_jsonb(typed_at) #>> '{}' AS "typedAt"`

/** What is kept of a form that the actor fills in, in this post. @throws Problem.notFound, denied */
export async function readTyped(deps: Deps, tx: Tx, actor: Actor, form: string): Promise<TypedCopy | null> {
  await mustKeep(deps, tx, actor, form)
  return first<TypedCopy>(tx, sql`SELECT ${columns} FROM app.typed WHERE ${own(actor, form)}`)
}

/**
 * Keeps a form as it is typed. A copy that grew from one which no longer stands is not kept: it gets what stands there. The same
 * packet a second time is kept already.
 * @throws Problem.notFound, denied
 */
export async function saveTyped(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  form: string,
  { version, seen, values }: SaveTyped,
): Promise<SavedTyped> {
  const { actor } = work
  await mustKeep(deps, tx, actor, form)
  const body = sql`${JSON.stringify(values)}::jsonb`
  if (seen === 0) await mustFit(tx, actor, form)
  const kept =
    seen === 0
      ? await first<{ sequence: number }>(
          tx,
          sql`INSERT INTO app.typed (district_id, post_id, form, version, sequence, body)
            VALUES (${actor.org.districtId}, ${actor.postId}::uuid, ${form}, ${version}, 1, ${body}) ON CONFLICT DO NOTHING RETURNING sequence`,
        )
      : await first<{ sequence: number }>(
          tx,
          sql`UPDATE app.typed SET version = ${version}, sequence = sequence + 1, body = ${body}, typed_at = now()
            WHERE ${own(actor, form)} AND sequence = ${seen} RETURNING sequence`,
        )
  if (kept) {
    work.audit({ districtId: actor.org.districtId, action: 'typed.save', object: `typed:${form}` })
    return { sequence: kept.sequence, theirs: null }
  }
  const held = await first<TypedCopy & { same: boolean }>(
    tx,
    sql`SELECT ${columns}, version = ${version} AND sequence = ${seen + 1} AND body = ${body} AS same FROM app.typed WHERE ${own(actor, form)}`,
  )
  // Sent or thrown away elsewhere meanwhile: it begins anew.
  if (!held) return saveTyped(deps, tx, work, form, { version, seen: 0, values })
  const { same, ...theirs } = held
  return { sequence: theirs.sequence, theirs: same ? null : theirs }
}

/** @throws Problem.tooManyForms where another form would be one too many */
async function mustFit(tx: Tx, actor: Actor, form: string): Promise<void> {
  const others = await first<{ n: number }>(
    tx,
    sql`SELECT count(*)::int AS n FROM app.typed WHERE district_id = ${actor.org.districtId} AND post_id = ${actor.postId}::uuid AND form <> ${form}`,
  )
  if (others!.n >= mostForms) throw Problem.tooManyForms()
}

const drop = (tx: Tx, actor: Actor, form: string, seen: number) =>
  first(tx, sql`DELETE FROM app.typed WHERE ${own(actor, form)} AND sequence = ${seen} RETURNING 1 AS one`)

/** A form that was given up is kept no longer, but for what was typed elsewhere since. @throws Problem.notFound, denied */
export async function dropTyped(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  form: string,
  seen: number,
): Promise<void> {
  const { actor } = work
  await mustKeep(deps, tx, actor, form)
  if (await drop(tx, actor, form, seen))
    work.audit({ districtId: actor.org.districtId, action: 'typed.drop', object: `typed:${form}` })
}

/** What was sent goes in the transaction that sends it, so that no other machine offers it again as unsent; that act is audited itself. */
export async function dropSent(tx: Tx, actor: Actor, form: string, seen: number | undefined): Promise<void> {
  if (seen !== undefined) await drop(tx, actor, form, seen)
}
