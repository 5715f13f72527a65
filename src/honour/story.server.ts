import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { v7 as uuidv7 } from 'uuid'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { mustAgree } from '#person/consent.server.ts'
import { getRecord } from '#record/act.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { NewStory, Story } from './registerApi.ts'

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Stories that the actor's unit wrote, and whether everybody sees them now. */
export const readStories = (tx: Tx, actor: Actor): Promise<Story[]> =>
  rows<Story>(
    tx,
    sql`SELECT s.id, s.record_id AS "recordId", s.honoree, s.title, s.body, s.state, s.published_on AS "publishedOn",
        EXISTS (SELECT FROM app.shown_stories(s.id)) AS "isShown" FROM app.honour_story s WHERE s.org_id = ${actor.org.id} ORDER BY s.created_at DESC LIMIT ${bounds.stories.most}`,
  )

/** Writes a story of an accepted honour; whose consent it hangs on, the nomination says. @throws Problem */
export async function writeStory(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  given: NewStory,
): Promise<{ id: string }> {
  const { actor } = work
  const issues = [
    ...(given.title.length < 2 ? [{ field: 'title', message: '请填写标题' }] : []),
    ...([...given.body].length < 20 ? [{ field: 'body', message: '请写事迹正文（至少 20 个字）' }] : []),
  ]
  if (issues.length > 0) throw Problem.invalid({ issues })
  const { spine, row } = await getRecord(tx, actor, deps.findProgramme('honour')!, given.recordId)
  if (spine.state !== 'accepted' || row['revokedOn'] !== null)
    throw Problem.invalid({ issues: [{ field: 'recordId', message: '只能为有效的荣誉写事迹' }] })
  const nominated = await first<{ person: string | null }>(
    tx,
    sql`SELECT person_id AS person FROM app.honour_nomination WHERE record_id = ${given.recordId}::uuid`,
  )
  const isPerson = ['个人', '女职工工作者'].includes(String(row['subject']))
  if (isPerson && !nominated?.person)
    throw Problem.invalid({
      issues: [
        { field: 'recordId', message: '推荐时没有从会员名册选人，无法核对本人同意，不能公开个人事迹' },
      ],
    })
  const id = uuidv7()
  await sql`INSERT INTO app.honour_story (district_id, id, org_id, record_id, person_id, honoree, employer, title, body, written_by)
    VALUES (${actor.org.districtId}, ${id}::uuid, ${actor.org.id}, ${given.recordId}::uuid, ${nominated?.person ?? null}::uuid, ${textOf(row['honoree'])},
      ${textOf(row['employer'])}, ${given.title}, ${given.body}, ${actor.accountId}::uuid)`.execute(tx)
  audit(work, 'honour.story', id, given)
  return { id }
}

const audit = (work: UnitOfWork, action: string, id: string, body?: unknown): void =>
  work.audit({ districtId: work.actor.org.districtId, action, object: `honourStory:${id}`, body })

/** Publishes a story with her consent, or takes it off. @throws Problem.notFound, consentMissing */
export async function moveStory(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  act: 'publish' | 'withdraw',
): Promise<void> {
  const found = await first<{ person: string | null; state: string }>(
    tx,
    sql`SELECT person_id AS person, state FROM app.honour_story WHERE id = ${id}::uuid AND org_id = ${work.actor.org.id} FOR UPDATE`,
  )
  if (!found) throw Problem.notFound()
  if (act === 'publish') {
    if (found.person !== null) await mustAgree(tx, found.person, 'publication')
    await sql`UPDATE app.honour_story SET state = 'published', published_on = ${deps.today()}::date WHERE id = ${id}::uuid`.execute(
      tx,
    )
  } else
    await sql`UPDATE app.honour_story SET state = 'withdrawn' WHERE id = ${id}::uuid AND state = 'published'`.execute(
      tx,
    )
  audit(work, act === 'publish' ? 'honour.publishStory' : 'honour.withdrawStory', id)
}

export type ShownStory = {
  title: string
  body: string
  honoree: string
  employer: string
  publishedOn: string
}

/** One story for everybody. @throws Problem.storyOver when it is not shown, or no more */
export async function readShownStory(tx: Tx, id: string): Promise<ShownStory> {
  const found = await first<ShownStory>(
    tx,
    sql`SELECT title, body, honoree, employer, published_on AS "publishedOn" FROM app.shown_stories(${id}::uuid)`,
  )
  if (!found) throw Problem.storyOver()
  return found
}
