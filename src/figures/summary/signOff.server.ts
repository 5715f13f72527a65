import { sql } from 'kysely'
import type * as z from 'zod/mini'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import type { PolicyAction } from '#identity/policy.ts'
import { Problem } from '#kit/problem.ts'
import { cadresOf, leadersOf, tell, units } from '#notify/tell.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { paperActs, type paperAct, type PaperAct, type PaperState } from '../summaryApi.ts'
import { checkPrintable } from './frame.server.ts'
import { draftNow, getPaper, savePaper, stateLabels, whenOf, type Paper } from './paper.server.ts'
import { freeze } from './snapshot.server.ts'
import { readChips } from './values.server.ts'
import { liveValues } from './year.server.ts'

type Step = { label: string; by: PolicyAction; from: PaperState; to: PaperState }

/** 起草 → 送签 → 签发, or back with a remark; a signed one is drafted anew beside what was frozen. */
const steps: Record<PaperAct, Step> = {
  submit: { label: '送签', by: 'summary.edit', from: 'draft', to: 'submitted' },
  withdraw: { label: '撤回', by: 'summary.edit', from: 'submitted', to: 'draft' },
  sign: { label: '签发', by: 'summary.sign', from: 'submitted', to: 'signed' },
  return: { label: '退回', by: 'summary.sign', from: 'submitted', to: 'draft' },
  reopen: { label: '重新起草', by: 'summary.edit', from: 'signed', to: 'draft' },
}

const isOwnSubmission = (actor: Actor, paper: Paper): boolean => paper.submitter === actor.personId

/** The acts that are open to the actor now. */
export const actsOf = (actor: Actor, paper: Paper): PaperAct[] =>
  paperActs.filter(
    (act) =>
      steps[act].from === paper.state &&
      can(actor, steps[act].by) &&
      !(act === 'sign' && isOwnSubmission(actor, paper)),
  )

/** Whether the unit has anybody in office who may sign. */
export const hasLeader = async (tx: Tx, org: number): Promise<boolean> =>
  Boolean(await first(tx, sql`SELECT 1 AS one FROM (${leadersOf(org)}) l LIMIT 1`))

/** The years whose text waits for her signature: not for that of whoever submitted it herself. */
export const waitingFor = (tx: Tx, actor: Actor): Promise<{ year: number; at: string }[]> =>
  rows<{ year: number; at: string }>(
    tx,
    sql`SELECT p.year, to_char(p.submitted_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS"+08:00"') AS at
      FROM app.paper p LEFT JOIN app.account a ON a.id = p.submitted_by
      WHERE p.org_id = ${actor.org.id} AND p.state = 'submitted' AND a.person_id IS DISTINCT FROM ${actor.personId}
      ORDER BY p.year DESC`,
  )

/**
 * Moves the summary on. Submitting stores a text that was the template's until then; signing freezes it in the same
 * transaction: what she signs is what is kept, under its content hash.
 * @throws Problem.paperState, textChanged, sameSigner, reasonMissing, invalid
 */
export async function act(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  { year, version, act: name, remark = '' }: z.infer<typeof paperAct>,
): Promise<{ state: PaperState; snapshot: string | null }> {
  const { actor } = work
  const step = steps[name]
  if (!can(actor, step.by)) throw Problem.denied({ what: `您的岗位不能${step.label}总结` })
  await sql`INSERT INTO app.paper (org_id, year) VALUES (${actor.org.id}, ${year}) ON CONFLICT DO NOTHING`.execute(
    tx,
  )
  let paper = await getPaper(tx, actor, year, true)
  if (paper.state !== step.from)
    throw Problem.paperState({ state: stateLabels[paper.state], label: step.label })
  if (paper.version !== version) {
    const { by, at } = paper.saved ?? { by: '他人', at: new Date().toISOString() }
    throw Problem.textChanged({ who: by, when: whenOf(at), version: paper.version })
  }
  if (name === 'sign' && isOwnSubmission(actor, paper)) throw Problem.sameSigner()
  if (name === 'return' && remark === '') throw Problem.reasonMissing({ asks: '退回意见', field: 'remark' })
  if (name === 'submit') paper = await ready(deps, tx, work, year, paper)
  const frozen = name === 'sign' ? await freeze(deps, tx, work, year) : null
  const at = new Date().toISOString()
  const submits = name === 'submit'
  await sql`UPDATE app.paper SET state = ${step.to}, turned_at = ${at}::timestamptz, remark = ${name === 'return' ? remark : ''},
      submitted_by = CASE WHEN ${submits} THEN ${actor.accountId}::uuid ELSE submitted_by END,
      submitted_at = CASE WHEN ${submits} THEN ${at}::timestamptz ELSE submitted_at END,
      signed_by = ${frozen ? actor.accountId : null}::uuid, signed_at = ${frozen ? at : null}::timestamptz,
      snapshot_id = ${frozen?.id ?? null}
    WHERE org_id = ${actor.org.id} AND year = ${year}`.execute(tx)
  work.audit({
    districtId: actor.org.districtId,
    action: `summary.${name}`,
    object: `summary:${year}`,
    body: { remark, draft: paper.content, frozen },
  })
  tellOf(tx, actor, year, name)
  return { state: step.to, snapshot: frozen?.id ?? null }
}

const told: Record<PaperAct, string | null> = {
  submit: '已送签，请审阅签发',
  withdraw: '已撤回送签，暂不用签发',
  sign: '已签发定稿',
  return: '退回修改，意见写在总结页上',
  reopen: null,
}

/** The leaders are told of what waits for them, the writers of what became of it. */
function tellOf(tx: Tx, { org, accountId }: Actor, year: number, name: PaperAct): void {
  const what = told[name]
  if (what === null) return
  const to = name === 'submit' || name === 'withdraw' ? leadersOf(org.id) : cadresOf(units([org.id]))
  tell(
    tx,
    to,
    { kind: 'paper', subject: `${year}年工作总结${what}`, link: `/summary?year=${year}` },
    accountId,
  )
}

/** What is submitted is a stored text in which every figure may be printed. */
async function ready(deps: Deps, tx: Tx, work: UnitOfWork, year: number, paper: Paper): Promise<Paper> {
  const { actor } = work
  const values = await liveValues(deps, tx, actor.org.id, year)
  const draft = await draftNow(deps, tx, actor, year, values, paper)
  checkPrintable(deps, draft, await readChips(deps, tx, actor, draft, year, values), year)
  if (paper.content) return paper
  await savePaper(tx, work, { year, version: paper.version, draft, note: '按模板起草' })
  return getPaper(tx, actor, year)
}
