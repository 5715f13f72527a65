import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { briefOf } from '#org/brief.server.ts'
import { objectedTo } from '#publicNotice/state.ts'
import { handsOf, handUnits } from '#record/hands.server.ts'
import { ruleOn } from '#rules/tables.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { ClassDetail, ClassLine, ClassList, OpenClasses } from './api.ts'
import { blocksAbove, blocksOf, unscannedBlocks } from './blocks.ts'
import { inSight, keeping } from './class.server.ts'
import { countedChildren } from './enrolled.ts'
import {
  heldByOf,
  heldDays,
  isStaffed,
  missingOf,
  papersOf,
  safetyOn,
  staffingOf,
  unscannedOf,
} from './lacking.server.ts'
import { noticeOf, whyNotApproved } from './notice.server.ts'
import { running } from './register.server.ts'
import { childcareSubsidy } from './rules.ts'
import { asksScans } from './scans.server.ts'
import { staffOf } from './staff.server.ts'
import { actsFor, isEnd, paperKinds, type Act, type ClassState } from './states.ts'
import { subsidyOf } from './subsidy.ts'

const atOnce = 200
const lineColumns = sql`c.id, c.title, ${briefOf('o')} AS org, c.state, c.version, c.season, c.from_on::text AS "fromOn", c.until_on::text AS "untilOn", c.places,
  c.children, (SELECT count(*)::int FROM app.childcare_session s WHERE s.district_id = c.district_id AND s.class_id = c.id AND s.came > 0) AS days`

/** Classes in the reader's sight. */
export async function listClasses(tx: Tx, actor: Actor, state: ClassState | undefined): Promise<ClassList> {
  const found = await rows<ClassLine>(
    tx,
    sql`SELECT ${lineColumns} FROM app.childcare_class c JOIN app.org o ON o.id = c.org_id
      WHERE ${inSight(actor)} AND ${state ? sql`c.state = ${state}` : sql`true`}
      ORDER BY c.from_on DESC, c.id LIMIT ${atOnce + 1}`,
  )
  return { rows: found.slice(0, atOnce), more: found.length > atOnce }
}

type Found = ClassLine &
  Pick<
    ClassDetail,
    | 'level'
    | 'place'
    | 'hours'
    | 'ownFund'
    | 'ownAmount'
    | 'publishedOn'
    | 'staffShown'
    | 'certifiedShown'
    | 'finishedOn'
    | 'closedOn'
    | 'recordId'
  > & {
    noticeId: string | null
    madeOn: string
    subsidy: number | null
    rule: string | null
    basis: string | null
  }

/** One class with what it has, what it lacks and what the reader may do. @throws Problem.notFound */
export async function readClass(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<ClassDetail> {
  const found = await first<Found>(
    tx,
    sql`SELECT ${lineColumns}, c.level, c.place, c.hours, c.own_fund AS "ownFund", c.own_amount AS "ownAmount", c.published_on::text AS "publishedOn", c.staff_shown AS "staffShown", c.certified_shown AS "certifiedShown",
        c.finished_on::text AS "finishedOn", c.closed_on::text AS "closedOn", c.record_id AS "recordId", c.notice_id AS "noticeId", c.made_on::text AS "madeOn", c.subsidy, c.subsidy_rule AS rule, c.subsidy_basis AS basis
      FROM app.childcare_class c JOIN app.org o ON o.id = c.org_id
      WHERE c.id = ${id}::uuid AND ${inSight(actor)}`,
  )
  if (!found) throw Problem.notFound()
  const { subsidy, rule, basis, noticeId, madeOn, ...line } = found
  const notice = await noticeOf(deps, tx, noticeId)
  const mayApprove = (await whyNotApproved(deps, tx, { notice_id: noticeId })) === null
  const today = deps.today()
  const { checkMonths, oldest } = await safetyOn(tx, today)
  const isOwner = line.org.id === actor.org.id && actor.role === 'cadre'
  const hands = await handsOf(deps, tx, actor, line.org.id)
  const [papers, staffing, staffed, staff, sessions, reviews, steps, held, heldBy] = await Promise.all([
    papersOf(tx, id),
    isOwner ? staffingOf(tx, id, oldest, today) : null,
    isOwner || isStaffed(tx, id, oldest, today),
    isOwner ? staffOf(tx, id, oldest) : null,
    rows<ClassDetail['sessions'][number]>(
      tx,
      sql`SELECT on_day::text AS "onDay", came FROM app.childcare_session WHERE class_id = ${id}::uuid ORDER BY on_day DESC`,
    ),
    rows<ClassDetail['reviews'][number]>(
      tx,
      sql`SELECT id, institution, on_day::text AS "onDay", verdict FROM app.childcare_review WHERE class_id = ${id}::uuid ORDER BY id`,
    ),
    rows<ClassDetail['steps'][number]>(
      tx,
      sql`SELECT s.act, o.short_name AS org, coalesce(a.name, '') AS by, s.on_day::text AS "onDay", s.reason FROM app.childcare_step s
        JOIN app.org o ON o.id = s.by_org LEFT JOIN app.account a ON a.id = s.made_by WHERE s.class_id = ${id}::uuid ORDER BY s.id LIMIT ${bounds.childcareSteps.most}`,
    ),
    heldDays(tx, id),
    handUnits(deps, tx, line.org.id).then(({ city }) => heldByOf(tx, id, city)),
  ])
  const { value, version, basis: ruleBasis } = await ruleOn(tx, childcareSubsidy, line.fromOn)
  const isAsked = await asksScans(tx, madeOn)
  const now = subsidyOf(
    { season: line.season, children: countedChildren(line.children ?? 0, held), ...held },
    value,
  )
  return {
    ...line,
    papers: paperKinds.flatMap((kind) => papers.filter((one) => one.kind === kind)),
    staff,
    asksScans: isAsked,
    blocks:
      isEnd(line.state) || line.state === 'finished'
        ? []
        : [
            ...(staffing
              ? blocksOf(staffing, missingOf(papers, today), checkMonths)
              : blocksAbove(staffed, missingOf(papers, today))),
            // Asked for when a class is published: a paper renewed since does not take it off the page.
            ...(isAsked && line.state !== 'published' ? unscannedBlocks(unscannedOf(papers, today)) : []),
          ],
    sessions,
    days: held.days,
    came: held.came,
    due: held.due,
    reviews,
    steps,
    subsidy:
      subsidy === null
        ? { ...now, version, basis: ruleBasis, fixed: false }
        : {
            yuan: subsidy,
            lacking: subsidy > 0 ? [] : now.lacking,
            version: rule!,
            basis: basis!,
            fixed: true,
          },
    notice: notice && {
      id: notice.id,
      state: notice.state,
      closesOn: notice.closesOn,
      hindrance: objectedTo(notice),
    },
    isOwner,
    acts: actsFor(line.state, hands, heldBy).filter(
      (act) =>
        isTimely(act, line, reviews, today) &&
        (act !== 'announce' || notice === null) &&
        (act !== 'withdraw' || line.state !== 'city' || notice === null) &&
        (act !== 'approve' || mayApprove),
    ),
    mayEdit: isOwner && line.state === 'draft',
    mayKeep: isOwner && keeping.includes(line.state),
    mayNote: isOwner && running.includes(line.state),
    mayReview: hands.includes('city') && line.state === 'finished',
  }
}

/** What the calendar or the review would refuse anyway is not offered. */
function isTimely(act: Act, { untilOn }: ClassLine, reviews: ClassDetail['reviews'], today: string): boolean {
  if (act === 'publish') return today <= untilOn
  if (act === 'finish') return today >= untilOn
  return act !== 'close' || reviews.at(-1)?.verdict === 'passed'
}

type Shown = Omit<OpenClasses[number], 'isFull' | 'orgName' | 'fromOn' | 'untilOn'> & {
  org_name: string
  children: number | null
  from_on: string
  until_on: string
}

/** Classes that anybody may see: published, not over, and lacking nothing today. */
export async function openClassesNow(deps: Deps, tx: Tx): Promise<OpenClasses> {
  const today = deps.today()
  const { oldest } = await safetyOn(tx, today)
  const found = await rows<Shown>(
    tx,
    sql`SELECT id, title, org_name, season, place, hours, from_on::text, until_on::text, places, children
      FROM app.open_childcare(${today}::date, ${oldest}::date)`,
  )
  return found.map(({ org_name: orgName, from_on: fromOn, until_on: untilOn, children, ...shown }) => ({
    ...shown,
    orgName,
    fromOn,
    untilOn,
    isFull: (children ?? 0) >= shown.places,
  }))
}
