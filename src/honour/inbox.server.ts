import { sql } from 'kysely'
import { brought, mostOfOne, nothing, type Contributor } from '#inbox/contributor.server.ts'
import { aLook, aPaper, type Waiting } from '#inbox/waiting.ts'
import type { OrgBrief } from '#org/api.ts'
import { briefOf } from '#org/brief.server.ts'
import { noticesOf } from '#publicNotice/open.server.ts'
import { rows } from '#server/database.server.ts'
import type { CampaignState, NominationState } from './api.ts'

type Asked = {
  id: string
  state: NominationState
  name: string
  org: OrgBrief
  turn: string | null
  turnOf: number | null
  organiser: string
  submittedPerson: string
  submitted: string
  noticeId: string | null
  reason: string
  campaign: string
  closesOn: string
  at: string
}
type Led = {
  id: string
  title: string
  organiser: OrgBrief
  orgId: number
  state: CampaignState
  closesOn: string
  noticeId: string | null
  proposedBy: string | null
  at: string
  toScore: number
  reason: string
  isScored: boolean
}

const nominationLabel = '评选推荐'
const campaignLabel = '评选表彰'

/** Nominations that wait for her unit's word or mending, sheets that she is to score, and the next step of what her unit organises. */
export const honourWaits: Contributor = async (deps, tx, actor) => {
  if (!['cadre', 'leader', 'handler'].includes(actor.role)) return nothing
  const today = deps.today()
  const isCadre = actor.role === 'cadre'
  const [asked, led] = await Promise.all([
    isCadre
      ? rows<Asked>(
          tx,
          sql`SELECT n.id, n.state, n.name, ${briefOf('o')} AS org, t.short_name AS turn, n.turn_of AS "turnOf", h.short_name AS organiser,
              n.submitted_person AS "submittedPerson", coalesce(a.name, '') AS submitted, n.notice_id AS "noticeId", n.reason, c.title AS campaign,
              c.closes_on::text AS "closesOn", to_jsonb(coalesce(n.turned_at, n.created_at)) #>> '{}' AS at
            FROM app.honour_nomination n JOIN app.honour_campaign c ON c.id = n.campaign_id JOIN app.org o ON o.id = n.org_id JOIN app.org h ON h.id = c.org_id
            LEFT JOIN app.org t ON t.id = n.turn_of LEFT JOIN app.account a ON a.id = n.submitted_by
            WHERE c.state IN ('open', 'jury', 'party', 'notice')
              AND (n.turn_of = ${actor.org.id} AND n.state = 'upper' OR n.org_id = ${actor.org.id} AND n.state IN ('draft', 'unitNotice', 'upper', 'listed', 'chosen'))
            ORDER BY c.closes_on, n.created_at, n.id LIMIT ${mostOfOne + 1}`,
        )
      : [],
    rows<Led>(
      tx,
      sql`SELECT c.id, c.title, ${briefOf('o')} AS organiser, c.org_id AS "orgId", c.state, c.closes_on::text AS "closesOn", c.notice_id AS "noticeId",
          c.proposed_by AS "proposedBy", to_jsonb(c.created_at) #>> '{}' AS at,
          CASE WHEN c.state = 'jury' AND app.judges(c.id) THEN (SELECT count(*)::int FROM app.honour_nomination n WHERE n.campaign_id = c.id AND n.state = 'listed'
            AND NOT EXISTS (SELECT FROM app.scores_given(c.id) g WHERE g.nomination_id = n.id AND g.post_id = ${actor.postId}::uuid)) ELSE 0 END AS "toScore",
          c.reason, c.state = 'jury' AND c.org_id = ${actor.org.id} AND EXISTS (SELECT FROM app.honour_nomination n WHERE n.campaign_id = c.id AND n.state = 'listed')
            AND NOT EXISTS (SELECT FROM app.honour_nomination n JOIN app.honour_juror j ON j.campaign_id = n.campaign_id WHERE n.campaign_id = c.id AND n.state = 'listed'
              AND NOT EXISTS (SELECT FROM app.scores_given(c.id) g WHERE g.nomination_id = n.id AND g.post_id = j.post_id)) AS "isScored"
        FROM app.honour_campaign c JOIN app.org o ON o.id = c.org_id
        WHERE c.state IN ('draft', 'open', 'jury', 'party', 'notice') AND (c.org_id = ${actor.org.id} OR c.state = 'jury') ORDER BY c.closes_on, c.id LIMIT ${mostOfOne + 1}`,
    ),
  ])
  const notices = await noticesOf(
    deps,
    tx,
    [...asked, ...led].flatMap(({ noticeId }) => noticeId ?? []),
  )
  const hasPassed = (id: string | null): boolean => notices.get(id ?? '')?.state === 'passed'
  const nominations = asked.flatMap((n): Waiting[] => {
    const card = {
      id: n.id,
      kind: 'matter' as const,
      label: nominationLabel,
      title: `${n.name}（${n.campaign}）`,
      org: n.org,
      person: n.submitted,
      at: n.at,
      link: `/honour-nominations/${n.id}`,
    }
    const due = { on: n.closesOn }
    const isOwn = n.org.id === actor.org.id
    if (n.state === 'upper' && n.turnOf === actor.org.id && n.submittedPerson !== actor.personId)
      return [
        { ...card, box: 'review', what: '请审核并签署推荐意见', due: { turn: 'review' }, minutes: aPaper },
      ]
    if (!isOwn) return []
    if (n.state === 'draft')
      return n.reason === ''
        ? [{ ...card, box: 'fill', what: '推荐表还没有报送', due, minutes: aPaper }]
        : [{ ...card, box: 'returned', what: '推荐被退回，请按意见修改', due, minutes: aPaper }]
    if (n.state === 'unitNotice')
      return hasPassed(n.noticeId)
        ? [{ ...card, box: 'fill', what: '单位公示期满，请上报', due, minutes: aLook }]
        : [{ ...card, box: 'mine', what: '正在本单位公示', due: null, minutes: null }]
    return [{ ...card, box: 'mine', what: `现由${n.turn ?? n.organiser}办理`, due: null, minutes: null }]
  })
  const campaigns = led.flatMap((c): Waiting[] => {
    const card = {
      id: c.id,
      kind: 'matter' as const,
      label: campaignLabel,
      title: c.title,
      org: c.organiser,
      at: c.at,
      link: `/honours/${c.id}`,
      due: null,
    }
    const scoring: Waiting[] =
      c.toScore === 0
        ? []
        : [
            {
              ...card,
              id: `score-${c.id}`,
              box: 'review',
              what: `请评分，还有 ${c.toScore} 份`,
              minutes: c.toScore * aPaper,
            },
          ]
    const next = isCadre && c.orgId === actor.org.id ? leading(c, today, actor.accountId, hasPassed) : null
    return next ? [...scoring, { ...card, ...next, minutes: aLook }] : scoring
  })
  return brought([...nominations, ...campaigns], asked, led)
}

/** What the organiser has to do next; null while it waits for others. */
function leading(
  { state, closesOn, noticeId, proposedBy, reason, isScored }: Led,
  today: string,
  account: string,
  hasPassed: (id: string | null) => boolean,
): Pick<Waiting, 'box' | 'what'> | null {
  if (state === 'draft') return { box: 'fill', what: '评选还没有发布' }
  if (state === 'open' && closesOn < today) return { box: 'review', what: '推荐已截止，请组织评审' }
  if (state === 'jury' && reason !== '') return { box: 'returned', what: '名单被退回，请重新提出' }
  if (state === 'jury' && isScored) return { box: 'review', what: '评分已齐，请提出名单' }
  if (state === 'party' && proposedBy !== account) return { box: 'review', what: '名单待登记审定结果' }
  if (state === 'notice' && hasPassed(noticeId)) return { box: 'review', what: '公示期满，请登记表彰' }
  return null
}
