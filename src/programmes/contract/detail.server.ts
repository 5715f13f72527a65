import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { monthOf } from '#kit/day.ts'
import type { AnyRow } from '#kit/row.ts'
import type { Actor } from '#identity/actor.ts'
import { decide } from '#identity/decide.ts'
import type { PolicyAction } from '#identity/policy.ts'
import { getRecord } from '#record/act.server.ts'
import { keptBy } from '#record/keeper.server.ts'
import { keeperOf, placeOf, type Spine } from '#record/spine.ts'
import { reportingLine } from '#record/place.server.ts'
import { acceptingUnit } from '#record/turns.ts'
import { visible } from '#record/visible.server.ts'
import { calendarAround } from '#rules/calendar.server.ts'
import { readRules } from '#rules/tables.server.ts'
import { keyed, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { ContractDetail, ContractText, Inspection } from './api.ts'
import { chainOf, type Sibling } from './chain.ts'
import { judge, silentOn, type Clause } from './clauses.ts'
import { contract } from './definition.ts'
import { stepsOf, type StepDates } from './steps.ts'

export const mayOn = (actor: Actor, action: PolicyAction, spine: Spine): boolean =>
  decide(actor, action, placeOf(spine)).allow

/** Contracts of the unit, and of whoever keeps this one on, that count or are on their way; what was taken back is of no chain. */
const siblingsOf = (tx: Tx, actor: Actor, spine: Spine): Promise<Sibling[]> =>
  keyed<Sibling>(
    tx,
    sql`SELECT r.id, c.reg_no AS "regNo", c.replaces_no AS "replacesNo", c.sign_kind AS "signKind", r.state, c.signed_on::text AS "signedOn",
        c.term_from_on::text AS "termFromOn", c.term_until_on::text AS "termUntilOn"
      FROM app.record r JOIN app.contract c ON c.district_id = r.district_id AND c.record_id = r.id
      WHERE (r.org_id = ${spine.org_id} OR ${keptBy('r', sql`${keeperOf(spine)}::int`)}) AND r.state IN ('accepted', 'submitted', 'returned') AND ${visible(actor)} ORDER BY c.signed_on, r.id LIMIT ${bounds.contractChain.most}`,
  )

const inspectionsOf = (tx: Tx, { district_id, id }: Spine, today: string): Promise<Inspection[]> =>
  keyed<Omit<Inspection, 'isLate'>>(
    tx,
    sql`SELECT id, due_on::text AS "dueOn", checked_on::text AS "checkedOn", result, finding, fix_by::text AS "fixBy", fixed_on::text AS "fixedOn",
        fixed_note AS "fixedNote"
      FROM app.contract_inspection WHERE district_id = ${district_id} AND record_id = ${id}::uuid ORDER BY due_on DESC, id DESC LIMIT ${bounds.contractInspections.most}`,
  ).then((found) =>
    found.map((one) => ({
      ...one,
      isLate:
        one.checkedOn === null
          ? one.dueOn < today
          : one.fixBy !== null && one.fixedOn === null && one.fixBy < today,
    })),
  )

/** Versions of the text as signed, the one that holds first. */
export const textsOf = (tx: Tx, { district_id, id }: Spine): Promise<ContractText[]> =>
  keyed<ContractText>(
    tx,
    sql`SELECT t.n, t.evidence_id AS "file", t.name, t.bytes, t.hash, t.why, a.name AS by, to_jsonb(t.noted_at) #>> '{}' AS at,
        t.after_review_on::text AS "afterReviewOn",
        (SELECT jsonb_build_object('finding', k.finding, 'note', k.note, 'on', k.looked_on, 'by', b.name) FROM app.contract_text_look k
          JOIN app.account b ON b.id = k.looked_by WHERE k.district_id = t.district_id AND k.record_id = t.record_id AND k.n = t.n) AS look,
        EXISTS (SELECT FROM app.evidence e WHERE e.district_id = t.district_id AND e.id = t.evidence_id AND e.removed_at IS NULL) AS "isKept"
      FROM app.contract_text t JOIN app.account a ON a.id = t.noted_by
      WHERE t.district_id = ${district_id} AND t.record_id = ${id}::uuid ORDER BY t.n DESC LIMIT ${bounds.contractTexts.most}`,
  )

/** Whether the text that holds was named after the review and nobody of the accepting unit has looked at it. */
export const waitsForLook = ([last]: readonly ContractText[]): boolean =>
  last !== undefined && last.afterReviewOn !== null && last.look === null

export const accepterOf = async (deps: Pick<Deps, 'today'>, tx: Tx, spine: Spine) =>
  acceptingUnit(await reportingLine(tx, keeperOf(spine), monthOf(deps.today())), contract.acceptedBy)

export const mayLookAtText = async (deps: Deps, tx: Tx, actor: Actor, spine: Spine): Promise<boolean> =>
  spine.state === 'accepted' &&
  mayOn(actor, 'contract.inspect', spine) &&
  (await accepterOf(deps, tx, spine)).id === actor.org.id

/** What is said of a contract beyond its fields. */
export async function judgedOf(tx: Tx, row: AnyRow) {
  const rules = await readRules(tx)
  const signedOn = String(row['signedOn'])
  const clauses = (row['clauses'] ?? []) as Clause[]
  return {
    rules,
    clauses: clauses.map(({ item, quote, agreed }) => judge({ item, quote, agreed }, rules, signedOn)),
    silent: silentOn(clauses),
  }
}

/** The way, the clauses, the chain and the inspections of a contract. @throws Problem.notFound */
export async function readContract(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<ContractDetail> {
  const { spine, row } = await getRecord(tx, actor, contract, id)
  const { rules, clauses, silent } = await judgedOf(tx, row)
  const today = deps.today()
  const dates = row as unknown as StepDates
  const siblings = await siblingsOf(tx, actor, spine)
  const texts = await textsOf(tx, spine)
  const own = row as unknown as Pick<
    Sibling,
    'regNo' | 'replacesNo' | 'signKind' | 'signedOn' | 'termFromOn' | 'termUntilOn'
  >
  return {
    steps: stepsOf(dates, rules, await calendarAround(tx, dates.effectiveOn), today),
    clauses,
    silent,
    chain: chainOf({ ...own, id, state: spine.state }, siblings),
    siblings: siblings.length,
    inspections: await inspectionsOf(tx, spine, today),
    texts,
    may: {
      inspect: spine.state === 'accepted' && mayOn(actor, 'contract.inspect', spine),
      fix: mayOn(actor, 'contract.fix', spine),
      text: spine.state !== 'voided' && mayOn(actor, 'contract.text', spine),
      lookAtText: waitsForLook(texts) && (await mayLookAtText(deps, tx, actor, spine)),
    },
  }
}
