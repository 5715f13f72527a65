import { sql } from 'kysely'
import { briefOf } from '#org/brief.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Hold } from './api.ts'

/** Holds on a person and on entries merged into hers, the newest first. */
export const holdsOf = (deps: Pick<Deps, 'today'>, tx: Tx, id: string): Promise<Hold[]> =>
  rows(
    tx,
    sql`SELECT h.id, h.kind, h.reason, h.until_on AS "untilOn", ${briefOf('o')} AS org, coalesce(a.name, '') AS "setBy",
        to_jsonb(h.set_at) #>> '{}' AS "setAt", l.name AS "liftedBy", to_jsonb(h.lifted_at) #>> '{}' AS "liftedAt", h.lift_reason AS "liftReason",
        CASE WHEN h.lifted_at IS NOT NULL THEN 'lifted' WHEN h.until_on < ${deps.today()}::date THEN 'over' ELSE 'open' END AS state
      FROM app.person_hold h JOIN app.person p ON p.id = h.person_id JOIN app.org o ON o.id = h.org_id
      LEFT JOIN app.account a ON a.id = h.account_id LEFT JOIN app.account l ON l.id = h.lifted_by
      WHERE p.id = ${id}::uuid OR p.merged_into = ${id}::uuid ORDER BY h.set_at DESC, h.id`,
  )
