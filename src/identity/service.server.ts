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
  const { db } = deps
  const account = await first<{ account_id: string }>(
    db,
    sql`SELECT account_id FROM app.post WHERE role = 'service' ORDER BY from_on LIMIT 1`,
  )
  const token =
    account &&
    (await inTransaction(db, identityContext(deps), (tx) =>
      openSession(tx, account.account_id, serviceAssurance),
    ))
  const actor = token ? await actorOfToken(db, token, 'command') : null
  if (!token || !actor) throw new Error('缺少系统服务账号，数据库可能没有初始化')
  try {
    return await work({ ...actor, onBehalf: `service:${onBehalf}` })
  } finally {
    await inTransaction(db, identityContext(deps), (tx) => closeSession(tx, token))
  }
}
