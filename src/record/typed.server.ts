import { sql } from 'kysely'
import * as z from 'zod/mini'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import { uuid } from './api.ts'
import { mustEnter } from './create.server.ts'
import { classNumber } from './spine.ts'
import type { SavedTyped, SaveTyped, TypedCopy } from './typedApi.ts'

const isId = (text: string): boolean => z.safeParse(uuid, text).success

/**
 * What may be kept of a form before it is sent: pasted rows of a programme that holds nothing personal, the answer to a task, the
 * application of a childcare class. Forms of a class above S1 are drafts of records or of their own domain, or nothing.
 * @throws Problem.notFound, denied
 */
function mustKeep(deps: Pick<Deps, 'findProgramme'>, actor: Actor, form: string): void {
  const [kind, rest = ''] = form.split(':')
  if (kind === 'task' && isId(rest)) return
  if (kind === 'childcare' && (rest === 'new' || isId(rest))) return
  const programme = kind === 'rows' ? deps.findProgramme(rest) : undefined
  if (!programme || classNumber(programme.class) > 1) throw Problem.notFound()
  mustEnter(actor, programme)
}

const own = ({ org, postId }: Actor, form: string) =>
  sql`district_id = ${org.districtId} AND post_id = ${postId}::uuid AND form = ${form}`

const columns = sql`version, sequence, body AS values, to_jsonb(typed_at) #>> '{}' AS "typedAt"`

/** What is kept of a form that the actor fills in, in this post. @throws Problem.notFound, denied */
export async function readTyped(deps: Deps, tx: Tx, actor: Actor, form: string): Promise<TypedCopy | null> {
  mustKeep(deps, actor, form)
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
  mustKeep(deps, actor, form)
  const body = sql`${JSON.stringify(values)}::jsonb`
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

/** A form that was sent or given up is kept no longer. @throws Problem.notFound, denied */
export async function dropTyped(deps: Deps, tx: Tx, work: UnitOfWork, form: string): Promise<void> {
  const { actor } = work
  mustKeep(deps, actor, form)
  const gone = await first(tx, sql`DELETE FROM app.typed WHERE ${own(actor, form)} RETURNING 1`)
  if (gone) work.audit({ districtId: actor.org.districtId, action: 'typed.drop', object: `typed:${form}` })
}
