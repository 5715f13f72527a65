import { sql, type RawBuilder } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { v7 as uuidv7 } from 'uuid'
import { Problem } from '#kit/problem.ts'
import type { Issue } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { tellGroups } from '#notify/groups.server.ts'
import { cadresOf, tell } from '#notify/tell.server.ts'
import { briefOf } from '#org/brief.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { hangFiles } from './files.server.ts'
import type { Bulletin, BulletinBox, NewBulletin, UnreadUnits } from './api.ts'

const pageSize = 50

/** Units below an issuer i that are open: those who are told, and who take note. */
const told = (scope: RawBuilder<unknown>, issuer: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`app.org u WHERE u.scope_code >= ${scope} AND u.scope_code < ${scope} || '~' AND u.id <> ${issuer} AND u.closed_on IS NULL`

const noted = sql`EXISTS (SELECT FROM app.bulletin_read x WHERE x.bulletin_id = b.id AND x.org_id = u.id)`

const filesOf = sql`(SELECT coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'type', f.type, 'bytes', f.bytes) ORDER BY f.at, f.id), '[]')
  FROM app.bulletin_file f WHERE f.bulletin_id = b.id)`

/** Notices from her unit or to it, newest first; what is over stands at the end. */
export async function listBulletins(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  actor: Actor,
  box: BulletinBox,
): Promise<Bulletin[]> {
  const own = sql`b.org_id = ${actor.org.id}`
  const isOver = sql`(b.withdrawn_at IS NOT NULL OR b.valid_until < ${deps.today()}::date)`
  // A notice that is over is of use to its issuer alone.
  const where = box === 'sent' ? own : sql`NOT ${own} AND NOT ${isOver}`
  const count = (more: RawBuilder<unknown>) =>
    sql`CASE WHEN ${own} THEN (SELECT count(*) FROM ${told(sql`i.scope_code`, sql`i.id`)} ${more}) END`
  return rows<Bulletin>(
    tx,
    sql`SELECT b.id, b.title, b.body, ${filesOf} AS files, ${briefOf('i')} AS issuer, to_jsonb(b.created_at) #>> '{}' AS "publishedAt", b.valid_until AS "validUntil",
        ${isOver} AS "isOver", CASE WHEN ${own} THEN NULL ELSE EXISTS (SELECT FROM app.bulletin_read x WHERE x.bulletin_id = b.id AND x.org_id = ${actor.org.id}) END AS "isRead",
        ${count(sql``)} AS units, ${count(sql`AND NOT ${noted}`)} AS unread
      FROM app.bulletin b JOIN app.org i ON i.id = b.org_id WHERE ${where} ORDER BY ${isOver}, b.created_at DESC LIMIT ${bounds.bulletins.most}`,
  )
}

/** Publishes a notice to every unit below the actor's own. @throws Problem.invalid */
export async function publish(
  deps: Pick<Deps, 'today' | 'waysOut'>,
  tx: Tx,
  work: UnitOfWork,
  given: NewBulletin,
): Promise<{ id: string }> {
  const { actor } = work
  const issues: Issue[] = []
  if (given.title === '') issues.push({ field: 'title', message: '请填写标题' })
  if (given.body === '') issues.push({ field: 'body', message: '请填写正文' })
  if (given.validUntil < deps.today())
    issues.push({ field: 'validUntil', message: '有效期止已过，请改为今天或以后' })
  if (issues.length > 0) throw Problem.invalid({ issues })
  const id = uuidv7()
  await sql`INSERT INTO app.bulletin (id, org_id, title, body, valid_until, created_by) VALUES (${id}::uuid, ${actor.org.id}, ${given.title}, ${given.body},
    ${given.validUntil}::date, ${actor.accountId}::uuid)`.execute(tx)
  await hangFiles(tx, work, id, given.files ?? [])
  tell(
    tx,
    cadresOf(sql`SELECT u.id FROM ${told(sql`${actor.org.scopeCode}::text`, sql`${actor.org.id}`)}`),
    { kind: 'notice', subject: `${actor.org.shortName}发布了“${given.title}”`, link: `/bulletins?id=${id}` },
    actor.accountId,
  )
  if (actor.org.tier === 'city') await tellGroups(deps, tx, actor.org.districtId, id)
  work.audit({
    districtId: actor.org.districtId,
    action: 'bulletin.publish',
    object: `bulletin:${id}`,
    body: given,
  })
  return { id }
}

type Stored = { org_id: number; scope: string; district_id: number }

/** A notice that the actor's unit issued or receives. @throws Problem.notFound */
async function find(tx: Tx, id: string): Promise<Stored> {
  const found = await first<Stored>(
    tx,
    sql`SELECT b.org_id, i.scope_code AS scope, i.district_id FROM app.bulletin b JOIN app.org i ON i.id = b.org_id WHERE b.id = ${id}::uuid`,
  )
  if (!found) throw Problem.notFound()
  return found
}

/** The actor's unit takes note, once, whoever of it does so. @throws Problem.notFound */
export async function takeNote(tx: Tx, work: UnitOfWork, id: string): Promise<void> {
  const { actor } = work
  const { org_id: issuer } = await find(tx, id)
  if (issuer === actor.org.id) throw Problem.denied({ what: '这是本单位自己发布的公告' })
  await sql`INSERT INTO app.bulletin_read (district_id, bulletin_id, org_id, by_account) VALUES (${actor.org.districtId}, ${id}::uuid, ${actor.org.id}, ${actor.accountId}::uuid)
    ON CONFLICT DO NOTHING`.execute(tx)
  work.audit({ districtId: actor.org.districtId, action: 'bulletin.note', object: `bulletin:${id}` })
}

/** The issuer takes a notice back: nobody below sees it any more. @throws Problem.notFound */
export async function withdraw(tx: Tx, work: UnitOfWork, id: string): Promise<void> {
  const { org_id: issuer, district_id: districtId } = await find(tx, id)
  if (issuer !== work.actor.org.id) throw Problem.denied({ what: '只有发布单位可以撤回' })
  await sql`UPDATE app.bulletin SET withdrawn_at = now() WHERE id = ${id}::uuid AND withdrawn_at IS NULL`.execute(
    tx,
  )
  work.audit({ districtId, action: 'bulletin.withdraw', object: `bulletin:${id}` })
}

/** Units that have not taken note, by code: units and no persons. @throws Problem.notFound, denied to all but the issuer */
export async function unreadOf(
  tx: Tx,
  actor: Actor,
  id: string,
  after: string | undefined,
): Promise<UnreadUnits> {
  const { org_id: issuer, scope } = await find(tx, id)
  if (issuer !== actor.org.id) throw Problem.denied({ what: '只有发布单位可以看' })
  const found = await rows<UnreadUnits['rows'][number]>(
    tx,
    sql`SELECT u.id, u.org_code AS code, u.name, u.short_name AS "shortName", u.tier FROM app.bulletin b, ${told(sql`${scope}::text`, sql`${issuer}`)}
      AND b.id = ${id}::uuid AND NOT ${noted} AND u.org_code > ${after ?? ''} ORDER BY u.org_code LIMIT ${pageSize + 1}`,
  )
  const shown = found.slice(0, pageSize)
  return { rows: shown, next: found.length > pageSize ? shown.at(-1)!.code : null }
}
