import { sql } from 'kysely'
import { contributions } from '#kit/contribution.ts'
import { addDays, monthOf } from '#kit/day.ts'
import type { Programme } from '#kit/programme.ts'
import { formFields } from '#kit/programme.ts'
import type { Actor } from '#identity/actor.ts'
import { decide, decideAct, stands } from '#identity/decide.ts'
import type { Part } from '#identity/rule.ts'
import { reasons, type Reason } from '#identity/reasons.ts'
import type { OrgBrief } from '#org/api.ts'
import type { Deps } from '#server/deps.server.ts'
import { firstKeyed, keyed, send, type Tx } from '#server/database.server.ts'
import { getRecord, onProposal, onRecord } from './act.server.ts'
import { changesBetween } from './changes.ts'
import type { OfferedAction, RecordDetail } from './api.ts'
import { stillToAgree } from './consent.ts'
import type { Proposal } from './proposal.ts'
import { isAfterLock, lockersOf, stepsOf } from './lockMarks.server.ts'
import { accountName, accountNames, briefs, reportingLine } from './place.server.ts'
import type { Loaded } from './rows.server.ts'
import { entryDays, keeperOf, type Spine } from './spine.ts'
import { turns, type Step } from './turns.ts'
import { viewedOnly } from './visible.server.ts'
import { actsIn, countedIn, type Action } from './workflow.ts'

type Remark = RecordDetail['remarks'][number]

/** Remarks on a record, newest version first. */
export async function remarksOf(tx: Tx, districtId: number, recordId: string): Promise<Remark[]> {
  return keyed<Remark>(
    tx,
    sql`SELECT m.field, m.body, a.name AS person, to_jsonb(m.at) #>> '{}' AS at, m.resolved_at IS NOT NULL AS resolved
      FROM app.remark m JOIN app.account a ON a.id = m.account_id
      WHERE m.district_id = ${districtId} AND m.record_id = ${recordId}::uuid ORDER BY m.version DESC, m.id`,
  )
}

async function historyOf(tx: Tx, spine: Spine): Promise<RecordDetail['history']> {
  return keyed(
    tx,
    sql`SELECT h.version, to_jsonb(h.at) #>> '{}' AS at, a.name AS person, b.name AS behalf, o.short_name AS org, h.action, h.state, h.reason, h.changes,
        CASE WHEN f.import_id IS NOT NULL THEN jsonb_build_object('import', f.import_id, 'file', f.file_name, 'line', f.line) END AS origin
      FROM app.record_history h LEFT JOIN app.record_origin f ON f.district_id = h.district_id AND f.record_id = h.record_id AND f.version = h.version
      JOIN app.account a ON a.id = h.account_id JOIN app.org o ON o.id = h.org_id
      LEFT JOIN app.post q ON q.id = h.behalf_post LEFT JOIN app.account b ON b.id = q.account_id
      WHERE h.district_id = ${spine.district_id} AND h.record_id = ${spine.id}::uuid ORDER BY h.version`,
  )
}

async function pendingOf(
  tx: Tx,
  actor: Actor,
  programme: Programme,
  { spine, row }: Loaded,
  line: readonly OrgBrief[],
): Promise<RecordDetail['pending']> {
  const found = await keyed<{ p: Proposal; name: string; person_id: string }>(
    tx,
    sql`SELECT to_jsonb(p) AS p, a.name, a.person_id FROM app.proposal p JOIN app.account a ON a.id = p.owner_id
      WHERE p.record_district_id = ${spine.district_id} AND p.record_id = ${spine.id}::uuid AND p.state = 'submitted'`,
  )
  if (found.length === 0) return []
  const { p } = found[0]!
  const after = p.kind === 'void' ? null : { ...row, ...p.body }
  const [names, people, steps] = await Promise.all([
    briefs(tx, [p.turn_of, ...p.consents.map((c) => c.org)]),
    accountNames(
      tx,
      p.consents.map((c) => c.account),
    ),
    stepsOf(tx, programme, spine, line, row, after),
  ])
  return found.map(({ p, name, person_id }) => ({
    id: p.id,
    kind: p.kind as 'correction' | 'void',
    state: p.state,
    reason: p.reason ?? '',
    person: name,
    at: p.updated_at,
    turnOf: names.get(p.turn_of ?? 0) ?? null,
    changes: p.kind === 'void' ? [] : changesBetween(programme, row, { ...row, ...p.body }),
    mayDecide: p.state === 'submitted' && stands(actor, 'reviewer', onProposal(p, person_id, actor, false)),
    consents: p.consents.map((c) => ({
      org: names.get(c.org)?.name ?? '',
      person: people.get(c.account) ?? '',
      at: c.at,
    })),
    further: stillToAgree(steps, p.consents, p.turn_of ?? 0),
    sequence: p.sequence,
  }))
}

/** Denials that show as a grey button: what another person or a later moment would let through. */
const greyed = (action: Action, reason: Reason): boolean =>
  reason === 'waiting' || (action === 'accept' && (reason === 'submitter' || reason === 'submitterOtherPost'))

/** The buttons of a record: absent without the relation, grey with the reason where the state forbids. */
function actionsOf(actor: Actor, spine: Spine, order: readonly Step[], waiting: boolean): OfferedAction[] {
  const accepting = order.at(-1)!.id === actor.org.id
  const record = onRecord(spine, accepting, waiting)
  return actsIn(spine.state)
    .filter(({ action }) => action !== 'handOver' || order.length > 1)
    .flatMap(({ action, transition }) => {
      const verdict = decideAct(actor, action, record)
      if (!verdict.allow && !greyed(action, verdict.reason)) return []
      return {
        action,
        label: transition.label,
        asks: transition.asks ?? null,
        danger: transition.danger ?? false,
        disabled: verdict.allow ? null : reasons[verdict.reason],
      }
    })
}

/** Notes that a reviewer has this version before her eyes; batch acceptance asks for it. */
function noteOpened(tx: Tx, actor: Actor, spine: Spine): void {
  if (spine.state !== 'submitted' || spine.turn_of !== actor.org.id || actor.role !== 'cadre') return
  send(
    tx,
    sql`INSERT INTO app.record_opened (district_id, record_id, version, account_id)
      VALUES (${spine.district_id}, ${spine.id}::uuid, ${spine.version}, ${actor.accountId}::uuid) ON CONFLICT DO NOTHING`,
  )
}

/** Everything of one record that its drawer shows. @throws Problem.notFound */
export async function readDetail(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  programme: Programme,
  id: string,
): Promise<RecordDetail> {
  const loaded = await getRecord(tx, actor, programme, id)
  const { spine, row } = loaded
  noteOpened(tx, actor, spine)
  const line = await reportingLine(tx, keeperOf(spine), monthOf(deps.today()))
  const order = turns(line, programme.acceptedBy)
  const accepting = order.at(-1)!
  const seen = decide(actor, 'record.read', onRecord(spine))
  const shows = (part: Part): boolean => seen.allow && seen.parts.includes(part)
  const [names, pending, draft, submittedBy, history, remarks, cited, afterLock, lockers] = await Promise.all(
    [
      briefs(tx, [spine.org_id, spine.turn_of, accepting.id, ...spine.co_hosts]),
      shows('pending') ? pendingOf(tx, actor, programme, loaded, line) : [],
      firstKeyed<{ id: string }>(
        tx,
        sql`SELECT id FROM app.proposal WHERE record_district_id = ${spine.district_id} AND record_id = ${id}::uuid
        AND org_id = ${actor.org.id} AND state <> 'submitted' LIMIT 1`,
      ),
      accountName(tx, spine.submitted_by),
      shows('history') ? historyOf(tx, spine) : [],
      shows('remarks') ? remarksOf(tx, spine.district_id, id) : [],
      citedBy(tx, deps, spine, programme),
      isAfterLock(tx, spine),
      lockersOf(tx, spine.org_id, [monthOf(spine.occurred_on)]),
    ],
  )
  const counted = countedIn(spine.state)
  return {
    ...rowHead(deps, spine, names, actor, afterLock),
    values: {},
    body: Object.fromEntries(
      [...Object.keys(formFields(programme)), 'startsOn', 'endsOn', ...Object.keys(programme.children)].map(
        (k) => [k, row[k] ?? null],
      ),
    ),
    warningTexts: spine.warnings,
    warningNote: spine.warning_note,
    submittedBy,
    acceptor: names.get(accepting.id)?.name ?? '',
    coHosts: spine.co_hosts.map((h) => names.get(h)!).filter(Boolean),
    history,
    remarks,
    actions: actionsOf(actor, spine, order, pending.length > 0),
    contributions:
      counted.length === 0
        ? []
        : contributions(programme, row).map((c) => ({ ...c, accepted: counted.includes(1) })),
    pending,
    lockedBy: [...(await briefs(tx, lockers)).values()],
    citedBy: cited,
    draftId: draft?.id ?? null,
  }
}

/** Ids of frozen summaries that count the record. */
async function citedBy(tx: Tx, deps: Deps, spine: Spine, programme: Programme): Promise<string[]> {
  const numbers = Object.keys(programme.indicators).map((code) => deps.catalogue.indicatorId(code))
  const found = await keyed<{ id: string }>(
    tx,
    sql`SELECT id FROM app.cited_by(${spine.district_id}, ${spine.id}::uuid, ${numbers}::int[])`,
  )
  return found.map((f) => f.id)
}

/** The columns that list, queue and detail share. */
export function rowHead(
  deps: Deps,
  spine: Spine,
  names: Awaited<ReturnType<typeof briefs>>,
  actor: Actor,
  afterLock: boolean,
) {
  return {
    id: spine.id,
    programme: deps.catalogue.programmeKey(spine.programme),
    title: spine.title,
    startsOn: spine.starts_on,
    endsOn: spine.occurred_on,
    org: names.get(spine.org_id)!,
    state: spine.state,
    turnOf: names.get(spine.turn_of ?? 0) ?? null,
    version: spine.version,
    grade: spine.grade,
    warnings: spine.warnings.length,
    late: !afterLock && spine.entered_on > addDays(spine.occurred_on, entryDays),
    afterLock,
    viewed: viewedOnly(actor, spine.scope_code),
    coHosted: spine.co_hosts.includes(actor.org.id),
    submittedAt: spine.submitted_at,
  }
}
