import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { brought, mostOfOne, nothing, type Contributor } from '#inbox/contributor.server.ts'
import { aLook, aPaper, type Waiting } from '#inbox/waiting.ts'
import type { OrgBrief } from '#org/api.ts'
import { briefOf } from '#org/brief.server.ts'
import { noticesOf, type NoticeFacts } from '#publicNotice/open.server.ts'
import { noticeStateWords, objectedTo } from '#publicNotice/state.ts'
import { handsSql } from '#record/hands.server.ts'
import { rows } from '#server/database.server.ts'
import { inSight, passedBy, recommendedBy } from './class.server.ts'
import { classStateWords, type Act, type ClassState } from './states.ts'

type Found = {
  id: string
  title: string
  org: OrgBrief
  state: ClassState
  untilOn: string
  isHers: boolean
  noticeId: string | null
  at: string
  last: Act | null
}

/** What is asked of the unit above whose turn a class is; the owner's own states stand below. */
const above: Readonly<Partial<Record<ClassState, string>>> = {
  district: '请审核开班申请',
  city: '请评审开班申请',
  finished: '已结班，请验收',
}

/** Whether a class `c` waits for the actor, by the units `h` of its hands: never for who has had it in hand and would be refused. */
const isHers = ({ org, personId }: Actor): RawBuilder<unknown> => {
  const others = (...had: RawBuilder<unknown>[]) =>
    sql.join(
      had.map((person) => sql`${person} IS DISTINCT FROM ${personId}::uuid`),
      sql` AND `,
    )
  return sql`CASE c.state
    WHEN 'district' THEN h.recommender = ${org.id} AND ${others(sql`c.submitted_by`)}
    WHEN 'city' THEN h.city = ${org.id} AND ${others(sql`c.submitted_by`, recommendedBy(sql`c.id`))}
    WHEN 'finished' THEN h.city = ${org.id} AND ${others(sql`c.finished_by`, passedBy(sql`c.id`))} END`
}

/** What is asked when a notice has run out; the turn begins then, for nobody may approve before. */
function ofNotice(notice: NoticeFacts): Pick<Waiting, 'what' | 'at'> {
  const at = notice.closesOn
  if (notice.state === 'passed') return { at, what: '公示期满，请决定是否同意开班' }
  return objectedTo(notice) === 'valid'
    ? { at, what: '公示的异议成立，请退回修改或者不予通过' }
    : { at, what: '公示有异议，请办理' }
}

/** Classes that wait for this unit, as the one that holds them or as one that judges. */
export const childcareWaits: Contributor = async (deps, tx, actor) => {
  if (actor.role !== 'cadre') return nothing
  const found = await rows<Found>(
    tx,
    sql`SELECT c.id, c.title, ${briefOf('o')} AS org, c.state, c.until_on::text AS "untilOn", coalesce(${isHers(actor)}, false) AS "isHers",
        CASE c.state WHEN 'city' THEN c.notice_id END AS "noticeId",
        coalesce((SELECT s.on_day FROM app.childcare_step s WHERE s.class_id = c.id ORDER BY s.id DESC LIMIT 1), c.from_on)::text AS at,
        (SELECT s.act FROM app.childcare_step s WHERE s.class_id = c.id ORDER BY s.id DESC LIMIT 1) AS last
      FROM app.childcare_class c JOIN app.org o ON o.id = c.org_id CROSS JOIN ${handsSql(deps, sql`c.org_id`)} h
      WHERE ${inSight(actor)} AND (c.state IN ('district', 'city', 'finished') AND ${isHers(actor)}
        OR c.org_id = ${actor.org.id} AND (c.state IN ('draft', 'approved', 'district', 'city', 'finished')
        OR c.state IN ('published', 'suspended') AND c.until_on <= ${deps.today()}::date))
      ORDER BY c.from_on, c.id LIMIT ${mostOfOne + 1}`,
  )
  const notices = await noticesOf(
    deps,
    tx,
    found.flatMap(({ noticeId }) => noticeId ?? []),
  )
  const waits: Waiting[] = []
  for (const { last, ...one } of found) {
    const card = {
      id: one.id,
      kind: 'matter' as const,
      label: '托管班',
      title: one.title,
      org: one.org,
      at: one.at,
      link: `/childcare/${one.id}`,
    }
    const turn = above[one.state]
    if (turn) {
      const notice = notices.get(one.noticeId ?? '')
      if (one.isHers && notice?.state !== 'open')
        waits.push({
          ...card,
          ...(notice ? ofNotice(notice) : { what: turn }),
          box: 'review',
          due: { turn: 'review' },
          minutes: aPaper,
        })
      else
        waits.push({
          ...card,
          box: 'mine',
          what: notice?.state === 'open' ? noticeStateWords.open : classStateWords[one.state],
          due: null,
          minutes: null,
        })
      continue
    }
    if (one.state === 'draft')
      waits.push(
        last === 'return' || last === 'returnDown'
          ? {
              ...card,
              box: 'returned',
              what: '申请被退回，请按意见修改',
              due: { turn: 'mend' },
              minutes: aPaper,
            }
          : { ...card, box: 'fill', what: '开班申请还没有提交', due: null, minutes: aPaper },
      )
    else if (one.state === 'approved')
      waits.push({ ...card, box: 'fill', what: '已同意开班，请备齐材料后公布', due: null, minutes: aLook })
    else
      waits.push({
        ...card,
        box: 'fill',
        what: '已到结班日，请报验收',
        due: { on: one.untilOn },
        minutes: aPaper,
      })
  }
  return brought(waits, found)
}
