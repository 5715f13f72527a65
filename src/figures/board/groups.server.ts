import { sql } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { can, type Place } from '#identity/decide.ts'
import { workerGroups } from '#kit/workerGroups.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Board } from './api.ts'
import { toldGroup, type Counted } from './groups.ts'

/** 八大群体 and new forms of work: of the women registered how many are members; null for whoever may not read the register. */
export async function readGroups(tx: Tx, actor: Actor, at: Place): Promise<Board['groups']> {
  if (!can(actor, 'person.read', at)) return null
  const found = await rows<Counted>(
    tx,
    sql`SELECT x.worker_group AS "group", count(*) AS women, count(*) FILTER (WHERE x.is_member) AS members FROM (
        SELECT p.id, p.worker_group, bool_or(m.kind <> '女职工') AS is_member
        FROM app.person p JOIN app.membership m ON m.person_id = p.id AND m.until_on IS NULL JOIN app.org o ON o.id = m.org_id
        WHERE p.state = 'active' AND p.sex = '女' AND p.worker_group IS NOT NULL
          AND o.scope_code >= ${at.scopeCode} AND o.scope_code < ${`${at.scopeCode}~`} GROUP BY p.id, p.worker_group) x GROUP BY 1`,
  )
  return workerGroups.flatMap((group) => {
    const one = found.find((f) => f.group === group)
    return one ? [toldGroup(one)] : []
  })
}
