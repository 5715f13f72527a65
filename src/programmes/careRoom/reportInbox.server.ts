import { sql } from 'kysely'
import { brought, mostOfOne, nothing, type Contributor } from '#inbox/contributor.server.ts'
import { aPaper } from '#inbox/waiting.ts'
import type { OrgBrief } from '#org/api.ts'
import { briefOf } from '#org/brief.server.ts'
import { keeper, keptBy } from '#record/keeper.server.ts'
import { visible } from '#record/visible.server.ts'
import { rows } from '#server/database.server.ts'
import { reportKindWords, type ReportKind } from './openApi.ts'

type Found = {
  id: string
  room: string
  kind: ReportKind
  title: string
  org: OrgBrief
  at: string
  due: string
  times: number
}

/** What somebody said of a room that her unit keeps, until it is dealt with. */
export const roomReportWaits: Contributor = async (_, tx, actor) => {
  if (actor.role !== 'cadre') return nothing
  const found = await rows<Found>(
    tx,
    sql`SELECT w.id, r.id AS room, w.kind, r.title, ${briefOf('o')} AS org, w.first_on::text AS at, w.due_on::text AS due, w.times
      FROM app.care_room_report w JOIN app.record r ON r.district_id = w.district_id AND r.id = w.record_id JOIN app.org o ON o.id = ${keeper('r')}
      WHERE w.handled_on IS NULL AND r.state = 'accepted' AND ${visible(actor)} AND ${keptBy('r', sql`${actor.org.id}`)}
      ORDER BY w.due_on, w.id LIMIT ${mostOfOne + 1}`,
  )
  return brought(
    found.map(({ id, room, kind, title, org, at, due, times }) => ({
      box: 'fill',
      id: `room-report-${id}`,
      kind: 'matter',
      label: '关爱室',
      title,
      org,
      at,
      what: `有人反映${reportKindWords[kind]}${times > 1 ? `（${times} 次）` : ''}，请到现场核实并处理`,
      due: { on: due },
      minutes: aPaper,
      link: `/rooms/${room}`,
    })),
    found,
  )
}
