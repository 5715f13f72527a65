import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { monthOf } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import { formFields, type AnyRow, type Programme } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { decideAct, type OnRecord } from '#identity/decide.ts'
import { problemOf } from '#identity/denied.ts'
import type { OrgBrief } from '#org/api.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, firstKeyed, keyed, type Tx } from '#server/database.server.ts'
import type { Act, Written } from './api.ts'
import { enterChange } from './books.server.ts'
import { historyOf } from './create.server.ts'
import { spineOf } from './keeper.server.ts'
import { reportingLine } from './place.server.ts'
import type { Proposal } from './proposal.ts'
import { insertHistory, loadRecords, type Loaded } from './rows.server.ts'
import { keeperOf, placeOf, type Spine } from './spine.ts'
import { mayCopy, tellOfAct } from './tell.server.ts'
import { acceptingUnit, turns, type Step } from './turns.ts'
import { visible } from './visible.server.ts'
import { actionLabels, stateLabels, type Action, type Transition } from './workflow.ts'

/** The visible record of an id. @throws Problem.notFound, the same for hidden and absent */
export async function getRecord(tx: Tx, actor: Actor, programme: Programme, id: string): Promise<Loaded> {
  const [found] = await loadRecords(tx, programme, sql`r.id = ${id}::uuid AND ${visible(actor)}`, keyed)
  if (!found) throw Problem.notFound()
  return found
}

/** A record as rights see it. `accepting` = the actor's unit is the one whose acceptance counts it. */
export const onRecord = (spine: Spine, accepting = false, waiting = false): OnRecord => ({
  ...placeOf(spine),
  coHosts: spine.co_hosts,
  state: spine.state,
  turnOf: spine.turn_of,
  submittedBy: spine.submitted_by,
  accepting,
  waiting,
})

/**
 * A proposal under review as rights see it: an accepted record whose submitter is whoever had a hand in it already, its owner or
 * (in a locked period) the decider of another unit. `locked` = besides the actor's a unit that must agree is left.
 */
export const onProposal = (
  p: Proposal,
  ownerPerson: string,
  { personId }: Pick<Actor, 'personId'>,
  locked: boolean,
): OnRecord => ({
  id: p.org_id,
  scopeCode: p.scope_code,
  viewCode: null,
  class: p.class,
  state: 'accepted',
  turnOf: p.turn_of,
  submittedBy: p.consents.some((c) => c.person === personId) ? personId : ownerPerson,
  accepting: true,
  locked,
})

/** The transition of an act by the policy, the workflow and the line of today. @throws Problem.denied, sameDecider, wrongState */
export function allowed(
  actor: Actor,
  programme: Programme,
  spine: Spine,
  action: Action,
  line: readonly Step[],
): Transition {
  const accepting = acceptingUnit(line, programme.acceptedBy).id === actor.org.id
  const verdict = decideAct(actor, action, onRecord(spine, accepting))
  if (verdict.allow) return verdict.transition
  throw problemOf(verdict.reason, stateLabels[spine.state], actionLabels[action])
}

/** Refuses a stale version, naming who changed the record and when. @throws Problem.changed */
export async function refuseStale(tx: Tx, spine: Spine, version: number): Promise<void> {
  if (spine.version === version) return
  const last = await first<{ name: string; at: Date }>(
    tx,
    sql`SELECT a.name, h.at FROM app.record_history h JOIN app.account a ON a.id = h.account_id
      WHERE h.district_id = ${spine.district_id} AND h.record_id = ${spine.id}::uuid ORDER BY h.version DESC LIMIT 1`,
  )
  throw Problem.changed({
    who: last?.name ?? '有人',
    when: clock(last?.at ?? new Date()),
    version: spine.version,
  })
}

const clock = (at: Date): string =>
  new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(at)

/** Writes a new state by compare-and-set: of two who act on one version one wins. @throws Problem.changed */
export async function setState(
  tx: Tx,
  spine: Spine,
  to: Pick<Spine, 'state' | 'turn_of'>,
  decidedBy: string | null,
): Promise<Spine> {
  const done = await firstKeyed<{ spine: Spine }>(
    tx,
    sql`UPDATE app.record r SET state = ${to.state}, turn_of = ${to.turn_of}, version = version + 1, updated_at = now(),
      decided_by = coalesce(${decidedBy}::uuid, decided_by), decided_at = CASE WHEN ${decidedBy}::uuid IS NULL THEN decided_at ELSE now() END
      WHERE district_id = ${spine.district_id} AND id = ${spine.id}::uuid AND version = ${spine.version} RETURNING ${spineOf} AS spine`,
  )
  if (!done) throw await overtaken(tx, spine)
  return done.spine
}

/** Why a compare-and-set found nothing: the record changed meanwhile, or a move filed it in another district. */
export async function overtaken(tx: Tx, spine: Spine): Promise<Problem> {
  const now = await first<{ spine: Spine }>(
    tx,
    sql`SELECT to_jsonb(r) AS spine FROM app.record r WHERE id = ${spine.id}::uuid`,
  )
  if (!now) return Problem.notFound()
  await refuseStale(tx, now.spine, spine.version)
  // Still seen, through the view line, but no more within reach.
  if (now.spine.scope_code !== spine.scope_code)
    return Problem.denied({ what: '填报单位已划转，现在不由本单位办理' })
  return Problem.busy()
}

function nextTurn(
  transition: Transition,
  spine: Spine,
  line: readonly OrgBrief[],
  programme: Programme,
  toOrg?: number,
): OrgBrief | null {
  const order = turns(line, programme.acceptedBy)
  switch (transition.turn) {
    case null:
      return null
    case 'up': {
      const here = order.findIndex((s) => s.id === spine.turn_of)
      return order[Math.min(here + 1, order.length - 1)]!
    }
    case 'chosen': {
      const chosen = order.find((s) => s.id === toOrg && s.id !== spine.turn_of)
      if (!chosen)
        throw Problem.reasonMissing({ asks: '转办到哪个单位（须在本条的上报线上）', field: 'toOrg' })
      return chosen
    }
  }
}

/** Remarks must stand at fields of the form or at cells of its rows. @throws Problem.remarkMissing */
function locatedRemarks(programme: Programme, act: Act): { field: string; body: string }[] {
  const fields = formFields(programme)
  const located = (act.remarks ?? []).filter(({ field }) => {
    const [name = '', , cell] = field.split('.')
    if (Object.hasOwn(fields, name)) return true
    if (!Object.hasOwn(programme.children, name)) return false
    return cell === undefined || Object.hasOwn(programme.children[name]!.fields, cell)
  })
  if (located.length === 0 || located.length !== act.remarks?.length) throw Problem.remarkMissing()
  return located
}

/** @throws Problem.invalid where such a record is accepted no more */
function mustBeOpen(programme: Programme, row: AnyRow): void {
  const issue = programme.barred(row)
  if (issue) throw Problem.invalid({ issues: [issue] })
}

/**
 * One act of the workflow on one record: withdraw, return, pass, accept, hand over.
 * @param set replaced only by the tests that show what the compare-and-set is for
 * @throws Problem.notFound, changed, wrongState, denied, sameDecider, reasonMissing, remarkMissing
 */
export async function actOn(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  programme: Programme,
  id: string,
  act: Act,
  set: typeof setState = setState,
): Promise<Written> {
  const { actor } = work
  const { spine, row } = await getRecord(tx, actor, programme, id)
  await refuseStale(tx, spine, act.version)
  const line = await reportingLine(tx, keeperOf(spine), monthOf(deps.today()))
  const transition = allowed(actor, programme, spine, act.action, line)
  if (transition.asks && !act.reason?.trim())
    throw Problem.reasonMissing({ asks: transition.asks, field: 'reason' })
  if (act.action === 'accept') mustBeOpen(programme, row)
  const remarks = transition.located ? locatedRemarks(programme, act) : []
  const next = nextTurn(transition, spine, line, programme, act.toOrg)
  mayCopy(spine, line, act.copyTo ?? [])
  const decided = ['accept', 'return'].includes(act.action) ? actor.personId : null
  const after = await set(tx, spine, { state: transition.to, turn_of: next?.id ?? null }, decided)
  const now = new Date().toISOString()
  insertHistory(tx, [historyOf(after, actor, act.action, now, { reason: act.reason ?? null })])
  if (remarks.length > 0) await insertRemarks(tx, after, actor.accountId, remarks)
  record(deps, work, programme, after, spine, row, act.action)
  tellOfAct(tx, work, programme, after, act, next)
  return {
    id,
    state: after.state,
    version: after.version,
    turnOf: next,
  }
}

/** Books and audit of a change of state. */
export function record(
  deps: Deps,
  work: UnitOfWork,
  programme: Programme,
  after: Spine,
  before: Spine,
  row: AnyRow,
  action: string,
): void {
  enterChange(
    work,
    deps.catalogue,
    programme,
    after,
    { row, state: before.state },
    { row, state: after.state },
  )
  work.audit({
    districtId: after.district_id,
    action: `record.${action}`,
    object: `${programme.key}:${after.id}`,
    fields: ['state', 'turnOf'],
  })
}

async function insertRemarks(
  tx: Tx,
  spine: Spine,
  accountId: string,
  list: { field: string; body: string }[],
): Promise<void> {
  const values = list.map(
    (r) =>
      sql`(${spine.district_id}, ${uuidv7()}::uuid, ${spine.id}::uuid, ${spine.version}, ${r.field}, ${r.body}, ${accountId}::uuid, now(), NULL)`,
  )
  await sql`INSERT INTO app.remark VALUES ${sql.join(values)}`.execute(tx)
}
