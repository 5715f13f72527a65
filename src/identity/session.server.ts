import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { randomToken } from '#crypto/provider.server.ts'
import { tokenDigest } from '#crypto/secret.server.ts'
import { Problem } from '#kit/problem.ts'
import { givenChanges } from '#running/given.server.ts'
import type { Change } from '#running/modes.ts'
import { first, firstKeyed, rows, type Db, type Tx } from '#server/database.server.ts'
import type { Actor } from './actor.ts'
import type { DemoPerson, Me } from './api.ts'

/** Name of the session cookie: `__Host-` needs https or loopback. */
export const cookieName = (insecureLan: boolean): string => (insecureLan ? 'sid' : '__Host-sid')

/** How long a session may live: a woman worker's on her own phone, everybody else's at an office desk. How long it may rest stands in app.session_actor. */
const absolute = sql`CASE p.role WHEN 'worker' THEN interval '30 days' ELSE interval '12 hours' END`
const isCurrent = sql`p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date`

type Found = {
  account_id: string
  person_id: string
  name: string
  post_id: string
  role: Actor['role']
  org_id: number
  org_code: string
  org_name: string
  short_name: string
  tier: Actor['org']['tier']
  scope_code: string
  district_id: number
  aal: 0 | 1 | 2
  is_password_due: boolean
  fresh: boolean
  stale: boolean
  behalf_post: string | null
  behalf_name: string | null
  given: Change[]
}

/** The token of a request's cookie, or null. */
export function tokenOf(request: FastifyRequest): string | null {
  const cookies = request.cookies
  return cookies['__Host-sid'] ?? cookies['sid'] ?? null
}

/** Who comes in, and how the platform is to run, as one look-up tells both. */
export type Entrance = { actor: Actor; given: Change[] }

/** Who acts in a request. @throws Problem.signedOut when there is no session, or it has ended, or the post or account has. */
export async function findEntrance(db: Db, request: FastifyRequest): Promise<Entrance> {
  const token = tokenOf(request)
  const entrance = token === null ? null : await entranceOf(db, token, request.id)
  if (!entrance) throw Problem.signedOut()
  return entrance
}

/** Who acts by a token, or null. Ended sessions, posts and accounts bite on the next request. */
export const actorOfToken = async (db: Db, token: string, requestId: string): Promise<Actor | null> =>
  (await entranceOf(db, token, requestId))?.actor ?? null

async function entranceOf(db: Db, token: string, requestId: string): Promise<Entrance | null> {
  const digest = tokenDigest(token)
  const found = await firstKeyed<Found>(
    db,
    sql`SELECT a.*, ${givenChanges} AS given FROM app.session_actor(${digest}) a`,
  )
  if (!found) return null
  if (found.stale) await sql`SELECT app.touch_session(${digest})`.execute(db)
  return { actor: actorOf(found, token, requestId), given: found.given }
}

function actorOf(found: Found, token: string, requestId: string): Actor {
  return {
    accountId: found.account_id,
    personId: found.person_id,
    postId: found.post_id,
    name: found.name,
    role: found.role,
    org: {
      id: found.org_id,
      code: found.org_code,
      name: found.org_name,
      shortName: found.short_name,
      tier: found.tier,
      scopeCode: found.scope_code,
      districtId: found.district_id,
    },
    token,
    aal: found.aal,
    isPasswordDue: found.is_password_due,
    stepUp: found.fresh,
    ...(found.behalf_name === null ? {} : { behalf: found.behalf_name }),
    onBehalf: found.behalf_post === null ? found.post_id : `${found.post_id} 代 ${found.behalf_post}`,
    requestId,
  }
}

/** How surely a new session knows who acts. */
export type Assurance = {
  isDemo: boolean
  aal: 1 | 2
  isPasswordDue: boolean
  device: string
  isByPhone?: boolean
}
/** Demo persons and the server itself give no password: their sessions count as having given everything. */
export const demoAssurance = (device = ''): Assurance => ({
  isDemo: true,
  aal: 2,
  isPasswordDue: false,
  device,
})
export const serviceAssurance: Assurance = {
  isDemo: false,
  aal: 2,
  isPasswordDue: false,
  device: '命令行',
}

/** Opens a session of an account in its first (or given) post. @returns the token, which is stored nowhere; null without a current post */
export async function openSession(
  tx: Tx | Db,
  accountId: string,
  { isDemo, aal, isPasswordDue, device, isByPhone = false }: Assurance,
  postId: string | null = null,
): Promise<string | null> {
  const token = randomToken()
  const made = await first(
    tx,
    sql`INSERT INTO app.session (token_hash, account_id, post_id, is_demo, aal, factor_at, is_password_due, device, is_by_phone, expires_at)
      SELECT ${tokenDigest(token)}, p.account_id, p.id, ${isDemo}, ${aal}::smallint, CASE WHEN ${aal}::int = 2 THEN now() END, ${isPasswordDue}, ${device}, ${isByPhone}, now() + ${absolute}
      FROM app.post p WHERE p.account_id = ${accountId}::uuid AND (${postId}::uuid IS NULL OR p.id = ${postId}::uuid) AND ${isCurrent} ORDER BY p.from_on, p.id LIMIT 1 RETURNING 1`,
  )
  return made ? token : null
}

/** What changes with a new token: another post, a second factor just given, a password just changed. */
export type Turn = { postId: string } | { hasFactor: true } | { isPasswordDue: false }

/**
 * Gives a session a new token, the old one is over; its age and its place in the list of devices stay.
 * @returns null when the session, or the post in this account, is not there, or the post is not for who came in by a phone alone
 */
export async function rotateSession(tx: Tx, token: string, turn: Turn): Promise<string | null> {
  const next = randomToken()
  const change =
    'postId' in turn
      ? sql`post_id = p.id, behalf = NULL, behalf_until = NULL`
      : 'hasFactor' in turn
        ? sql`aal = 2, factor_at = now()`
        : sql`is_password_due = false`
  const post = 'postId' in turn ? sql`p.id = ${turn.postId}::uuid` : sql`p.id = s.post_id`
  const done = await first(
    tx,
    sql`UPDATE app.session s SET token_hash = ${tokenDigest(next)}, seen_at = now(), ${change}, expires_at = least(s.expires_at, s.created_at + ${absolute})
      FROM app.post p WHERE s.token_hash = ${tokenDigest(token)} AND p.account_id = s.account_id AND ${isCurrent} AND ${post} AND (p.role = 'worker' OR s.is_by_phone IS NOT TRUE) RETURNING 1`,
  )
  return done ? next : null
}

/** Whether a session began with a code sent to a telephone. */
export const isByPhone = async (tx: Tx, token: string): Promise<boolean> =>
  (await first(
    tx,
    sql`SELECT 1 FROM app.session WHERE token_hash = ${tokenDigest(token)} AND is_by_phone`,
  )) !== null

/** Ends the sessions of an account, but the one of `keep`. @returns how many */
export async function closeOthers(tx: Tx, accountId: string, keep: string | null): Promise<number> {
  const ended = await rows(
    tx,
    sql`DELETE FROM app.session WHERE account_id = ${accountId}::uuid AND token_hash IS DISTINCT FROM ${keep === null ? null : tokenDigest(keep)}::bytea RETURNING 1`,
  )
  return ended.length
}

/** Ends a session. */
export async function closeSession(tx: Tx | Db, token: string): Promise<void> {
  await sql`DELETE FROM app.session WHERE token_hash = ${tokenDigest(token)}`.execute(tx)
}

const orgJson = sql`jsonb_build_object('id', o.id, 'code', o.org_code, 'name', o.name, 'shortName', o.short_name, 'tier', o.tier)`

/** The demo persons of the picker, in the order in which they were made. */
export async function demoPeople(tx: Tx): Promise<DemoPerson[]> {
  return rows<DemoPerson>(
    tx,
    sql`SELECT a.id AS "accountId", a.name, a.title, coalesce(a.pitch, '') AS pitch, p.role, ${orgJson} AS org
      FROM app.account a JOIN LATERAL (SELECT * FROM app.post p WHERE p.account_id = a.id ORDER BY p.from_on, p.id LIMIT 1) p ON true
      JOIN app.org o ON o.id = p.org_id WHERE a.is_demo AND p.role <> 'service' ORDER BY a.id`,
  )
}

/** Account and posts of the actor, for GET /api/me. */
export async function accountOf(tx: Tx, actor: Actor): Promise<Pick<Me, 'account' | 'post' | 'posts'>> {
  const account = await first<Me['account']>(
    tx,
    sql`SELECT id, name, title, login, is_demo AS "isDemo" FROM app.account WHERE id = ${actor.accountId}::uuid`,
  )
  const posts = await rows<Me['post']>(
    tx,
    sql`SELECT p.id, p.role, ${orgJson} AS org FROM app.post p JOIN app.org o ON o.id = p.org_id
      WHERE p.account_id = ${actor.accountId}::uuid AND coalesce(p.until_on, 'infinity') >= current_date ORDER BY p.from_on, p.id`,
  )
  return { account: account!, post: posts.find((p) => p.id === actor.postId)!, posts }
}
