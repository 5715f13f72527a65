import { sql } from 'kysely'
import { brought, mostOfOne, nothing, ownUnit, type Contributor } from '#inbox/contributor.server.ts'
import { aLook, type Waiting } from '#inbox/waiting.ts'
import type { OrgBrief } from '#org/api.ts'
import { briefOf } from '#org/brief.server.ts'
import { rows } from '#server/database.server.ts'
import { readOwnPressing } from './follow.server.ts'

/** Items suggested to her unit's plan, those that it suggested above, and what of its own is past its day. */
export const planWaits: Contributor = async (deps, tx, actor) => {
  if (actor.role !== 'cadre') return nothing
  const suggested = await rows<{
    id: string
    year: number
    task: string
    from: OrgBrief
    to: OrgBrief
    by: string
    at: string
  }>(
    tx,
    sql`SELECT s.id, s.year, s.task, ${briefOf('f')} AS "from", ${briefOf('t')} AS "to", coalesce(a.name, '') AS by, to_jsonb(s.suggested_at) #>> '{}' AS at
      FROM app.plan_suggestion s JOIN app.org f ON f.id = s.from_org JOIN app.org t ON t.id = s.org_id LEFT JOIN app.account a ON a.id = s.suggested_by
      WHERE s.state = 'open' AND ${actor.org.id} IN (s.org_id, s.from_org) ORDER BY s.suggested_at, s.id LIMIT ${mostOfOne + 1}`,
  )
  const pressing = await readOwnPressing(deps, tx, actor)
  return brought(
    [
      ...suggested.map(({ id, year, task, from, to, by, at }): Waiting => {
        const card = {
          id,
          kind: 'matter' as const,
          label: '计划建议',
          title: task,
          org: from,
          person: by,
          at,
          link: `/plan?year=${year}`,
        }
        return to.id === actor.org.id
          ? { ...card, box: 'review', what: '请决定是否列入计划', due: { turn: 'review' }, minutes: aLook }
          : { ...card, box: 'mine', what: `等${to.shortName}决定`, due: null, minutes: null }
      }),
      ...pressing.map(({ id, task, year, dueOn, plan }): Waiting => ({
        box: 'fill',
        id,
        kind: 'matter',
        label: '年度计划',
        title: task,
        org: ownUnit(actor),
        at: dueOn,
        what: '已到期，请报进展',
        due: { on: dueOn },
        minutes: aLook,
        link: plan.id === actor.org.id ? `/plan?year=${year}` : `/plan?org=${plan.id}&year=${year}`,
      })),
    ],
    suggested,
  )
}
