import { sql } from 'kysely'
import { first, inTransaction } from '#server/database.server.ts'
import { identityContext, type Deps } from '#server/deps.server.ts'
import type { Actor } from './actor.ts'
import { actorOfToken, closeSession, openSession, serviceAssurance } from './session.server.ts'

/**
 * Runs an act of the server or the command line as the city's service account, within a session of its own.
 * @param onBehalf the operating-system user, for the audit
 */
export async function asService<T>(
  deps: Deps,
  onBehalf: string,
  work: (actor: Actor) => Promise<T>,
): Promise<T> {
  const account = await first<{ account_id: string; post_id: string }>(
    deps.db,
    sql`SELECT account_id, id AS post_id FROM app.post WHERE role = 'service' ORDER BY from_on LIMIT 1`,
  )
  if (!account) throw new Error('缺少系统服务账号，数据库可能没有初始化')
  return inSession(deps, onBehalf, account, work)
}

/**
 * Runs an act of the command line with the rights of an account, which whoever holds the data folder and its keys may name.
 * @param orgCode the unit of the post, where the account has several
 * @throws Error in Chinese for an account that is not there, is disabled, or has no current post
 */
export async function asAccount<T>(
  deps: Deps,
  onBehalf: string,
  { login, orgCode }: { login: string; orgCode: string | null },
  work: (actor: Actor) => Promise<T>,
): Promise<T> {
  const account = await first<{ account_id: string; post_id: string }>(
    deps.db,
    sql`SELECT p.account_id, p.id AS post_id FROM app.account a JOIN app.post p ON p.account_id = a.id JOIN app.org o ON o.id = p.org_id
      WHERE a.login = ${login} AND a.disabled_at IS NULL AND p.role <> 'service' AND p.from_on <= current_date AND coalesce(p.until_on, 'infinity') >= current_date
        AND (${orgCode}::text IS NULL OR o.org_code = ${orgCode}) ORDER BY p.from_on, p.id LIMIT 1`,
  )
  if (!account)
    throw new Error(`没有账号“${login}”，或它${orgCode === null ? '' : `在 ${orgCode} `}没有现任岗位`)
  return inSession(deps, onBehalf, account, work)
}

async function inSession<T>(
  deps: Deps,
  onBehalf: string,
  { account_id, post_id }: { account_id: string; post_id: string },
  work: (actor: Actor) => Promise<T>,
): Promise<T> {
  const { db } = deps
  const token = await inTransaction(db, identityContext(deps), (tx) =>
    openSession(tx, account_id, serviceAssurance, post_id),
  )
  const actor = token ? await actorOfToken(db, token, 'command') : null
  if (!token || !actor) throw new Error('岗位已失效，数据库可能没有初始化')
  try {
    return await work({ ...actor, onBehalf: `service:${onBehalf}` })
  } finally {
    await inTransaction(db, identityContext(deps), (tx) => closeSession(tx, token))
  }
}
