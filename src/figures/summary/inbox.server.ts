import { sql } from 'kysely'
import { brought, nothing, ownUnit, type Contributor } from '#inbox/contributor.server.ts'
import type { Waiting } from '#inbox/waiting.ts'
import { rows } from '#server/database.server.ts'
import { waitingFor } from './signOff.server.ts'

/** Minutes that reading a summary before signing takes. */
const reading = 20

/** Summaries that wait for a leader's signature; for the writers those that came back and those that are with the leader. */
export const summaryWaits: Contributor = async (_deps, tx, actor) => {
  const card = (year: number, at: string) => ({
    id: `summary-${year}`,
    kind: 'matter' as const,
    label: '年度总结',
    title: `${year}年工作总结`,
    org: ownUnit(actor),
    at,
    link: `/summary?year=${year}`,
  })
  if (actor.role === 'leader')
    return brought(
      (await waitingFor(tx, actor)).map(({ year, at }) => ({
        ...card(year, at),
        box: 'review',
        what: '请审阅签发',
        due: { turn: 'review' },
        minutes: reading,
      })),
    )
  if (actor.role !== 'cadre') return nothing
  const papers = await rows<{ year: number; state: string; at: string; by: string }>(
    tx,
    sql`SELECT p.year, p.state, to_jsonb(coalesce(p.turned_at, p.submitted_at, p.updated_at)) #>> '{}' AS at, coalesce(a.name, '') AS by
      FROM app.paper p LEFT JOIN app.account a ON a.id = p.submitted_by
      WHERE p.org_id = ${actor.org.id} AND (p.state = 'submitted' OR p.state = 'draft' AND p.remark <> '') ORDER BY p.year DESC`,
  )
  return brought(
    papers.map(({ year, state, at, by }): Waiting =>
      state === 'draft'
        ? {
            ...card(year, at),
            box: 'returned',
            what: '总结被退回，请按意见修改后再送签',
            due: { turn: 'mend' },
            minutes: reading,
          }
        : {
            ...card(year, at),
            person: by,
            box: 'mine',
            what: '已送签，等领导签发',
            due: null,
            minutes: null,
          },
    ),
  )
}
