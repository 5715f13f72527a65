import { sql } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { brought, mostOfOne, nothing, type Contributor } from '#inbox/contributor.server.ts'
import { aLook, aPaper, type Waiting } from '#inbox/waiting.ts'
import type { OrgBrief } from '#org/api.ts'
import { briefOf } from '#org/brief.server.ts'
import { noticesOf } from '#publicNotice/open.server.ts'
import type { Hand } from '#record/hands.ts'
import { handsSql } from '#record/hands.server.ts'
import { keeper } from '#record/keeper.server.ts'
import { visible } from '#record/visible.server.ts'
import { rows } from '#server/database.server.ts'
import { ratingWords, type RatingState } from './rating.ts'

type Open = Extract<RatingState, 'self' | 'district' | 'city' | 'notice'>
type Found = Record<Hand, number> & {
  id: string
  room: string
  title: string
  grade: string
  org: OrgBrief
  state: Open
  reason: string
  noticeId: string | null
  at: string
}

/** Applications for a rank: with the room's unit for its self-score, then with the district, then with the city. */
export const careRoomWaits: Contributor = async (deps, tx, actor) => {
  if (actor.role !== 'cadre') return nothing
  const own = actor.org.id
  const found = await rows<Found>(
    tx,
    sql`SELECT g.id, r.id AS room, r.title, g.grade, ${briefOf('o')} AS org, g.state, g.reason, g.notice_id AS "noticeId", o.id AS owner, h.recommender, h.city,
        g.turned_on::text AS at
      FROM app.care_room_rating g JOIN app.record r ON r.district_id = g.district_id AND r.id = g.record_id JOIN app.org o ON o.id = ${keeper('r')}
        CROSS JOIN ${handsSql(deps, sql`o.id`)} h
      WHERE g.state IN ('self', 'district', 'city', 'notice') AND ${visible(actor)}
        AND (o.id = ${own} OR g.state = 'district' AND h.recommender = ${own} OR g.state IN ('city', 'notice') AND h.city = ${own})
      ORDER BY g.applied_on, g.id LIMIT ${mostOfOne + 1}`,
  )
  const notices = await noticesOf(
    deps,
    tx,
    found.flatMap(({ noticeId }) => noticeId ?? []),
  )
  const cards = found.map((one): Waiting => ({
    id: one.id,
    kind: 'matter',
    label: '关爱室评级',
    title: `${one.title}（${one.grade}）`,
    org: one.org,
    at: one.at,
    link: `/rooms/${one.room}?tab=rank`,
    ...(asked(one, actor, notices.get(one.noticeId ?? '')?.state === 'passed') ?? {
      box: 'mine' as const,
      what: ratingWords[one.state],
      due: null,
      minutes: null,
    }),
  }))
  return brought(cards, found)
}

/** What is asked of the actor's unit; null where another unit has it now. */
function asked(
  { state, reason, owner, recommender, city }: Found,
  { org }: Actor,
  hasPassed: boolean,
): Pick<Waiting, 'box' | 'what' | 'due' | 'minutes'> | null {
  const isBack = reason !== ''
  if (state === 'self' && owner === org.id)
    return isBack
      ? { box: 'returned', what: '申报被退回，请按意见补正自评', due: { turn: 'mend' }, minutes: aPaper }
      : { box: 'fill', what: '请完成自评，报区县推荐', due: null, minutes: aPaper }
  if (state === 'district' && recommender === org.id)
    return isBack
      ? { box: 'returned', what: '市级退回，请重新核对评分', due: { turn: 'review' }, minutes: aPaper }
      : { box: 'review', what: '请评分并决定是否推荐', due: { turn: 'review' }, minutes: aPaper }
  if (city !== org.id) return null
  if (state === 'city') return { box: 'review', what: '请走访评分', due: { turn: 'review' }, minutes: aPaper }
  return state === 'notice' && hasPassed
    ? { box: 'review', what: '公示期满，请挂牌', due: null, minutes: aLook }
    : null
}
