import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { childcare } from '#programmes/childcare/definition.ts'
import { enterAccepted } from '#record/flow.server.ts'
import { cadresOf, tell, units } from '#notify/tell.server.ts'
import { handsOf, handUnits } from '#record/hands.server.ts'
import type { Hand } from '#record/hands.ts'
import { ruleOn } from '#rules/tables.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { ClassDone, ClassStep } from './api.ts'
import { audit, heldClass, recommendedBy, refuse, type Stored } from './class.server.ts'
import { countedChildren } from './enrolled.ts'
import { blocksFor, heldByOf, heldDays } from './lacking.server.ts'
import { showClass, unshowClass, unshowOwn, whyNotApproved } from './notice.server.ts'
import { childcareSubsidy } from './rules.ts'
import {
  acts,
  actsFor,
  asksWhy,
  classStateWords,
  isEnd,
  type Act,
  type ClassState,
  type Verdict,
} from './states.ts'
import { subsidyOf, type Inputs } from './subsidy.ts'

/** Takes a class one step on. @throws Problem.notFound, denied, invalid, fileChanged, sameDecider */
export async function stepClass(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: ClassStep,
): Promise<ClassDone> {
  const { actor } = work
  const found = await heldClass(tx, actor, id, given.version)
  const act = acts[given.act]
  const hands = await handsOf(deps, tx, actor, found.org_id)
  const of = await handUnits(deps, tx, found.org_id)
  const heldBy = await heldByOf(tx, id, of.city)
  if (given.act === 'publish' && hands.includes('owner') && found.state === 'suspended' && heldBy !== null)
    throw Problem.denied({ what: '上级撤下的班级，由撤下的工会或者市总工会解除后才能公布' })
  if (!actsFor(found.state, hands, heldBy).includes(given.act))
    throw Problem.denied({ what: `现在是“${classStateWords[found.state]}”，本单位不能“${act.label}”` })
  const reason = given.reason ?? ''
  if (asksWhy(given.act) && reason.length < 4)
    throw refuse('reason', `“${act.label}”请写明理由（至少 4 个字）`)
  // Whom nobody stands above but the city, nobody recommends.
  const to = given.act === 'submit' && hands.includes('recommender') ? 'city' : act.to
  const set = await columnsOf(deps, tx, work, found, given.act, reason)
  const row = { ...set, state: to, version: found.version + 1 }
  await sql`UPDATE app.childcare_class c SET (state, version, submitted_by, published_on, staff_shown, certified_shown, finished_by, finished_account, finished_on, closed_on, subsidy, subsidy_rule,
      subsidy_basis, subsidy_inputs, record_id) = (SELECT n.state, n.version, coalesce(n.submitted_by, c.submitted_by), coalesce(n.published_on, c.published_on),
      coalesce(n.staff_shown, c.staff_shown), coalesce(n.certified_shown, c.certified_shown),
      coalesce(n.finished_by, c.finished_by), coalesce(n.finished_account, c.finished_account), coalesce(n.finished_on, c.finished_on), n.closed_on, n.subsidy,
      n.subsidy_rule, n.subsidy_basis, n.subsidy_inputs, n.record_id FROM jsonb_populate_record(NULL::app.childcare_class, ${JSON.stringify(row)}::jsonb) n)
    WHERE c.district_id = ${found.district_id} AND c.id = ${id}::uuid`.execute(tx)
  await sql`INSERT INTO app.childcare_step (district_id, id, class_id, org_id, by_org, act, reason, on_day, made_by)
    VALUES (${found.district_id}, ${uuidv7()}::uuid, ${id}::uuid, ${found.org_id}, ${actor.org.id}, ${given.act}, ${reason}, ${deps.today()}::date,
      ${actor.accountId}::uuid)`.execute(tx)
  if (isEnd(to)) await sql`SELECT app.forget_childcare_staff(${id}::uuid)`.execute(tx)
  tellOf(of, tx, work, found, given.act, to)
  audit(work, given.act, found, { reason })
  return { id, state: to, version: row.version }
}

/** Acts of which everybody in the line hears. */
const toldToAll: readonly Act[] = ['announce', 'publish', 'takeDown', 'suspend', 'release']

/** Whose turn it is hears of it; whatever somebody above did, its unit; of what is shown or taken down all. */
function tellOf(
  of: Record<Hand, number | undefined>,
  tx: Tx,
  { actor }: UnitOfWork,
  found: Stored,
  act: ClassStep['act'],
  to: ClassState,
): void {
  const next =
    to === 'district' ? of.recommender : to === 'city' || to === 'finished' ? of.city : found.org_id
  const told = toldToAll.includes(act)
    ? [found.org_id, of.recommender, of.city].filter((one) => one !== actor.org.id)
    : next === found.org_id && actor.org.id === found.org_id
      ? []
      : [next]
  const all = [...new Set(told.filter((one) => one !== undefined))]
  if (all.length === 0) return
  tell(
    tx,
    cadresOf(units(all)),
    { kind: 'review', subject: `托管班${acts[act].label}：${found.title}`, link: `/childcare/${found.id}` },
    actor.accountId,
  )
}

/** What an act asks besides, and what it writes. @throws Problem.invalid, sameDecider */
async function columnsOf(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  found: Stored,
  act: ClassStep['act'],
  reason: string,
): Promise<object> {
  const { actor } = work
  const today = deps.today()
  if (act === 'submit') return { submitted_by: actor.personId }
  if (act === 'withdraw' && found.state === 'city' && found.notice_id !== null)
    throw refuse('act', '已经公示的申请不能自行撤回，请联系市总工会退回后再撤回')
  if (act === 'withdraw' && found.state === 'approved') await unshowOwn(deps, tx, work, found, reason)
  if (act === 'announce') await showClass(deps, tx, work, found)
  // Of a class that failed at its end the notice stays as what was shown before it opened.
  if ((act === 'returnDown' || act === 'refuse') && found.state === 'city')
    await unshowClass(deps, tx, work, found, reason)
  if ((act === 'approve' || act === 'recommend') && found.submitted_by === actor.personId)
    throw Problem.sameDecider()
  if (act === 'approve' && (await hasRecommended(tx, found.id, actor.personId))) throw Problem.sameDecider()
  const why = act === 'approve' ? await whyNotApproved(deps, tx, found) : null
  if (why !== null) throw refuse('act', why)
  if (act === 'publish') {
    if (found.until_on < today) throw refuse('act', `${found.until_on} 已经结班，不能再公布`)
    const { blocks, staff } = await blocksFor(tx, found, today)
    if (blocks.length > 0)
      throw Problem.invalid({ issues: blocks.map((message) => ({ field: 'act', message })) })
    return { published_on: today, staff_shown: staff, certified_shown: true }
  }
  if (act === 'finish') {
    if (today < found.until_on) throw refuse('act', `${found.until_on} 结班，当天起才能报验收`)
    const { days } = await heldDays(tx, found.id)
    if (found.children === null || days === 0) throw refuse('act', '还没有登记在托子女和签到，不能报验收')
    return { finished_by: actor.personId, finished_account: actor.accountId, finished_on: today }
  }
  return act === 'close' ? close(deps, tx, work, found) : {}
}

const hasRecommended = async (tx: Tx, classId: string, personId: string): Promise<boolean> =>
  (await first<{ person: string | null }>(tx, sql`SELECT ${recommendedBy(sql`${classId}::uuid`)} AS person`))
    ?.person === personId

/** Ends a class: what the city adds is fixed with the rule and the numbers it came from, and the class becomes its record. */
async function close(deps: Deps, tx: Tx, work: UnitOfWork, found: Stored): Promise<object> {
  const last = await first<{ verdict: Verdict; noted_by: string }>(
    tx,
    sql`SELECT verdict, noted_by FROM app.childcare_review WHERE class_id = ${found.id}::uuid ORDER BY id DESC LIMIT 1`,
  )
  if (last?.verdict !== 'passed') throw refuse('act', '第三方评估合格以后才能验收，请先登记评估')
  if (last.noted_by === work.actor.personId)
    throw Problem.fourEyes({ what: '登记第三方评估的人不能验收，请另一位同志办理' })
  const held = await heldDays(tx, found.id)
  const { days, came, due } = held
  const inputs: Inputs = {
    season: found.season,
    children: countedChildren(found.children!, held),
    days,
    came,
    due,
  }
  const { value, version, basis } = await ruleOn(tx, childcareSubsidy, found.from_on)
  const { yuan } = subsidyOf(inputs, value)
  const record = await enterAccepted(
    deps,
    tx,
    work,
    childcare,
    {
      orgId: found.org_id,
      accountId: found.finished_account!,
      personId: found.finished_by!,
      reason: '由托管班验收转入，报验收和验收是两个人',
    },
    {
      title: found.title,
      startsOn: found.from_on,
      endsOn: found.until_on,
      place: found.place,
      grade: '台账',
      season: found.season,
      workdays: days,
      hours: found.hours,
      places: found.places,
      children: found.children,
      level: found.level,
      funds: [
        ...(yuan > 0 ? [{ source: '市总', amount: yuan }] : []),
        { source: found.own_fund, amount: found.own_amount },
      ],
    },
  )
  return {
    closed_on: deps.today(),
    subsidy: yuan,
    subsidy_rule: version,
    subsidy_basis: basis,
    subsidy_inputs: { ...inputs, ...value },
    record_id: record.id,
  }
}
