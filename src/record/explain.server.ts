import { sql } from 'kysely'
import { monthOf } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { Programme } from '#kit/programme.ts'
import type { Actor } from '#identity/actor.ts'
import { can, decide, decideAct, type Place } from '#identity/decide.ts'
import { reasons, type Reason } from '#identity/reasons.ts'
import { firstKeyed, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { getRecord, onRecord } from './act.server.ts'
import type { Explanation, ExplainQuery } from './explainApi.ts'
import { brief, reportingLine } from './place.server.ts'
import { classNumber, keeperOf, type Spine } from './spine.ts'
import { acceptingUnit } from './turns.ts'
import { stateLabels, type Action } from './workflow.ts'

/** Whose part an act is: the owner's, or that of the unit whose turn it is. */
const ofOwner: readonly Action[] = ['edit', 'withdraw', 'correct', 'void']

const allowed: Explanation = { allowed: true, reason: null, sentence: '您可以办理', who: null }

/**
 * 「为什么我看不到、不能办」: for an act, a part of a record, or the edge of a drill.
 * @throws Problem.notFound for what is hidden, the same as for what is absent; badRequest when nothing is asked
 */
export async function explain(deps: Deps, tx: Tx, actor: Actor, q: ExplainQuery): Promise<Explanation> {
  if (q.org !== undefined) return explainEdge(deps, tx, actor, Number(q.org), q.indicator ?? '')
  const programme = deps.findProgramme(q.programme ?? '')
  if (!programme || !q.record) throw Problem.notFound()
  const { spine } = await getRecord(tx, actor, programme, q.record)
  if (q.act) return explainAct(deps, tx, actor, programme, spine, q.act)
  if (q.part) return explainPart(tx, actor, spine, q.part)
  throw Problem.badRequest({ issues: [{ field: 'act', message: '请说明要问哪一步或哪一栏' }] })
}

async function explainAct(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  programme: Programme,
  spine: Spine,
  act: Action,
): Promise<Explanation> {
  const line = await reportingLine(tx, keeperOf(spine), monthOf(deps.today()))
  const accepting = acceptingUnit(line, programme.acceptedBy).id
  const waiting = await isWaiting(tx, spine)
  const verdict = decideAct(actor, act, onRecord(spine, accepting === actor.org.id, waiting))
  if (verdict.allow) return allowed
  const unit = unitOf(verdict.reason, act, spine, accepting)
  const sentence =
    verdict.reason === 'wrongState'
      ? `记录现为“${stateLabels[spine.state]}”，这一步不在此时办理`
      : reasons[verdict.reason]
  return answer(tx, verdict.reason, sentence, unit, unit === actor.org.id ? '可由本单位另一位' : null, '办理')
}

/** The unit whose cadres could; null where nobody can now. */
function unitOf(reason: Reason, act: Action, spine: Spine, accepting: number): number | null {
  switch (reason) {
    case 'wrongState':
      return null
    case 'acceptsAbove':
    case 'waiting':
      return accepting
    case 'acceptsHere':
      return spine.turn_of
    default:
      return ofOwner.includes(act) ? keeperOf(spine) : spine.turn_of
  }
}

async function explainPart(
  tx: Tx,
  actor: Actor,
  spine: Spine,
  part: NonNullable<ExplainQuery['part']>,
): Promise<Explanation> {
  const verdict = decide(actor, 'record.read', onRecord(spine))
  if (verdict.allow && verdict.parts.includes(part)) return { ...allowed, sentence: '您可以查看' }
  return answer(tx, 'masked', reasons.masked, keeperOf(spine), null, '查看')
}

async function explainEdge(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  orgId: number,
  indicator: string,
): Promise<Explanation> {
  const programme = deps.programmes.find((p) => indicator in p.indicators)
  const place = await firstKeyed<Place>(
    tx,
    sql`SELECT id, scope_code AS "scopeCode", view_code AS "viewCode" FROM app.org WHERE id = ${orgId}`,
  )
  if (!programme || !place || !can(actor, 'figure.read', place)) throw Problem.notFound()
  const verdict = decide(actor, 'record.read', { ...place, class: classNumber(programme.class) })
  return verdict.allow
    ? answer(tx, 'moved', reasons.moved, null, null, '查看')
    : answer(tx, 'edge', reasons.edge, orgId, null, '查看')
}

async function isWaiting(tx: Tx, spine: Spine): Promise<boolean> {
  const found = await firstKeyed(
    tx,
    sql`SELECT 1 FROM app.proposal WHERE record_district_id = ${spine.district_id} AND record_id = ${spine.id}::uuid AND state = 'submitted'`,
  )
  return found !== null
}

async function answer(
  tx: Tx,
  reason: Reason,
  sentence: string,
  unit: number | null,
  from: string | null,
  verb: '办理' | '查看',
): Promise<Explanation> {
  if (unit === null) return { allowed: false, reason, sentence, who: null }
  const org = await brief(tx, unit)
  const who = `${from ?? `可由${org.shortName}的`}女工干部${verb}`
  return { allowed: false, reason, sentence, who: { org, role: 'cadre', sentence: who } }
}
