import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { can, type Place } from '#identity/decide.ts'
import type { OrgBrief } from '#org/api.ts'
import { brief } from '#record/place.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Progress, UnitList, UnitQuery } from './api.ts'
import { isAskedBy } from './asked.server.ts'
import { countsSql, getTask, orgJson, owed, stateSql, type Counts } from './read.server.ts'
import { owing } from './rules.ts'

const pageSize = 50

/** A unit whose part of a task the actor asks about: her own or one in her scope. @throws Problem.notFound */
async function partOf(tx: Tx, actor: Actor, org: string | undefined): Promise<Place> {
  const own = { id: actor.org.id, scopeCode: actor.org.scopeCode, viewCode: null }
  if (org === undefined || org === String(own.id)) return own
  const place = await first<Place>(
    tx,
    sql`SELECT id, scope_code AS "scopeCode", NULL AS "viewCode" FROM app.org WHERE id = ${/^\d{1,9}$/.test(org) ? Number(org) : 0}`,
  )
  if (!place || !can(actor, 'task.follow', place)) throw Problem.notFound()
  return place
}

/** The unit that a unit u reports to. */
export const superior = sql`coalesce((SELECT p.short_name FROM app.org_edge e JOIN app.org p ON p.id = e.parent_id
  WHERE e.child_id = u.id AND e.line = 1 AND e.to_ym = 999912), '')`

/** Who stands where, by code: the list of who is missing is the tree's own. */
export async function listUnits(tx: Tx, actor: Actor, id: string, q: UnitQuery): Promise<UnitList> {
  await getTask(tx, id)
  const part = await partOf(tx, actor, q.org)
  const wanted = q.state === 'owing' ? owing : q.state ? [q.state] : null
  const [total, found] = await Promise.all([
    first<{ counts: Counts | null }>(
      tx,
      sql`SELECT ${countsSql(part.scopeCode)} AS counts FROM app.task t WHERE t.id = ${id}::uuid`,
    ),
    rows<UnitList['rows'][number]>(
      tx,
      sql`SELECT ${orgJson('x')} AS org, x.above, x.state, x.reported_at AS "reportedAt", x.is_nil AS "isNil", x.answer_note AS note, x.answers,
          x.answer_version AS version, x.chased_on AS "chasedOn"
        FROM app.task t CROSS JOIN LATERAL (SELECT u.*, ${stateSql} AS state, to_jsonb(a.reported_at) #>> '{}' AS reported_at,
            coalesce(a.is_nil, false) AS is_nil, coalesce(a.note, '') AS answer_note, coalesce(a.answers, '{}') AS answers,
            coalesce(a.version, 0) AS answer_version, a.chased_on, ${superior} AS above
          FROM ${owed(part.scopeCode)}) x
        WHERE t.id = ${id}::uuid AND (${wanted}::text[] IS NULL OR x.state = ANY(${wanted}::text[])) AND x.org_code > ${q.after ?? ''}
        ORDER BY x.org_code LIMIT ${pageSize + 1}`,
    ),
  ])
  const shown = found.slice(0, pageSize)
  return {
    counts: total?.counts ?? {},
    rows: shown,
    next: found.length > pageSize ? shown.at(-1)!.org.code : null,
  }
}

/** The units directly below one, each with the counts of everything under it; the unit itself where it owes an answer too. */
export async function readProgress(
  tx: Tx,
  actor: Actor,
  id: string,
  org: string | undefined,
): Promise<Progress> {
  await getTask(tx, id)
  const part = await partOf(tx, actor, org)
  const found = await rows<{ org: OrgBrief; own: boolean; counts: Counts | null }>(
    tx,
    sql`SELECT ${orgJson('c')} AS org, c.id = ${part.id} AS own,
        (SELECT jsonb_object_agg(state, n) FROM (SELECT ${stateSql} AS state, count(*) AS n FROM app.org u
          LEFT JOIN app.task_answer a ON a.task_id = t.id AND a.org_id = u.id
          WHERE ${isAskedBy} AND CASE WHEN c.id = ${part.id} THEN u.id = c.id ELSE u.scope_code >= c.scope_code AND u.scope_code < c.scope_code || '~' END
          GROUP BY 1) s) AS counts
      FROM app.task t, app.org c WHERE t.id = ${id}::uuid
        AND (c.id = ${part.id} OR c.id IN (SELECT e.child_id FROM app.org_edge e WHERE e.parent_id = ${part.id} AND e.line = 1 AND e.to_ym = 999912))
      ORDER BY c.id <> ${part.id}, c.tier IN ('grassroots', 'branch'), c.org_code`,
  )
  return {
    org: await brief(tx, part.id),
    rows: found.filter((row) => row.counts !== null).map((row) => ({ ...row, counts: row.counts! })),
  }
}
