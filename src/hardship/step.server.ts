import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { Issue } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { ruleOn } from '#rules/tables.server.ts'
import type { Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { FileDone, FileStep } from './api.ts'
import { renewHousehold } from './apply.server.ts'
import { enterCounts } from './counts.server.ts'
import { loadFile, moveFile, openFile, type File } from './file.server.ts'
import { findResult } from './found.server.ts'
import { mustBeNamed, standsAt } from './hands.server.ts'
import { hadFile, handsOf } from './next.ts'
import { hardshipExclusions } from './rules.ts'
import { fileStateWords, steps, type FileState, type Step } from './states.ts'

const invalid = (...issues: Issue[]): Problem => Problem.invalid({ issues })

/** @throws Problem.notFound where it is not this unit's to do, wrongState, denied */
export async function mustTake(tx: Tx, actor: Actor, step: Step, file: File): Promise<void> {
  if (!standsAt(actor, step, file)) throw Problem.denied({ what: `“${step.label}”不由本单位办理` })
  await mustBeNamed(tx, actor, ...step.by)
  if (file.person_id === actor.personId) throw Problem.denied({ what: '本人的档案请由另一位经办人办理' })
  if (!step.from.includes(file.state))
    throw Problem.wrongState({ state: fileStateWords[file.state], label: step.label })
}

/** Takes a step of one file. @throws Problem by what stands against it */
export async function takeStep(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: FileStep,
): Promise<FileDone> {
  const file = await loadFile(tx, id)
  const step: Step = steps[given.step]
  await mustTake(tx, work.actor, step, file)
  if (file.version !== given.version) throw Problem.fileChanged()
  const reason = given.reason?.trim()
  if (step.asks && !reason) throw Problem.reasonMissing({ asks: step.asks, field: 'reason' })
  switch (given.step) {
    case 'check':
      return check(deps, tx, work, file)
    case 'visit':
      return visit(deps, tx, work, file, given)
    case 'returned':
      return move(deps, tx, work, file, 'returned', 'returned', reason!)
    case 'refuse':
      return over(deps, tx, work, file, 'refuse', 'refused', reason!)
    case 'withdraw':
      return over(deps, tx, work, file, 'withdraw', 'withdrawn', reason!)
    case 'recheck':
      return recheck(deps, tx, work, file, given)
    case 'close':
      return close(deps, tx, work, file, given)
  }
}

async function move(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  file: File,
  step: string,
  state: FileState,
  note: string | null,
  change = {},
): Promise<FileDone> {
  const version = await moveFile(deps, tx, work, file, step, { state, ...change }, note)
  return { id: file.id, state, version }
}

/** Whoever entered it is not who checks it. */
async function check(deps: Deps, tx: Tx, work: UnitOfWork, file: File): Promise<FileDone> {
  const { personId } = work.actor
  if (hadFile(file.state, file).includes(personId)) throw Problem.fourEyes({ what: '申请是您登记的' })
  // Of what she asked for herself the household counts as taken from here on.
  await sql`UPDATE app.hardship_kin SET is_live = true WHERE file_id = ${file.id}::uuid AND NOT is_live`.execute(
    tx,
  )
  return move(deps, tx, work, file, 'check', 'checked', null, { checked_person: personId })
}

/** Two visitors, the application and the 核对授权书 signed face to face, nothing that shuts the household out. */
async function visit(deps: Deps, tx: Tx, work: UnitOfWork, file: File, given: FileStep): Promise<FileDone> {
  const today = deps.today()
  const issues: Issue[] = []
  const dated = (field: 'visitedOn' | 'authorisedOn', label: string) => {
    const day = given[field]
    if (!day) issues.push({ field, message: `请填写${label}` })
    else if (day > today) issues.push({ field, message: `${label}不能晚于今天` })
    else if (day < file.applied_on)
      issues.push({ field, message: `${label}不能早于申请日期（${file.applied_on}）` })
  }
  dated('visitedOn', '入户日期')
  dated('authorisedOn', '核对授权书签署日期')
  const visitors = (given.visitors ?? '').split(/[、，,；;\s]+/).filter(Boolean)
  if (new Set(visitors).size < 2)
    issues.push({ field: 'visitors', message: '入户至少两人，请填写两位入户人姓名，用顿号分开' })
  const rule = await ruleOn(tx, hardshipExclusions, today)
  const met = rule.value.items.filter((item) => given.exclusions?.includes(item.code))
  if (met.length > 0)
    issues.push({
      field: 'exclusions',
      message: `有不予建档的情形（${met[0]!.text}），不能报送；请退回补正或撤回申请`,
    })
  if (issues.length > 0) throw invalid(...issues)
  return move(deps, tx, work, file, 'visit', 'visited', null, {
    visited_on: given.visitedOn,
    authorised_on: given.authorisedOn,
    visitors: visitors.join('、'),
  })
}

/** A file that is over frees its household for another. */
async function release(tx: Tx, id: string): Promise<void> {
  await sql`UPDATE app.hardship_kin SET is_live = false WHERE file_id = ${id}::uuid`.execute(tx)
}

async function over(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  file: File,
  step: string,
  state: FileState,
  reason: string,
): Promise<FileDone> {
  await release(tx, file.id)
  return move(deps, tx, work, file, step, state, reason)
}

/** The household as it is today, judged by the rules of today; who fits no category any more is to be closed by the centre. */
async function recheck(deps: Deps, tx: Tx, work: UnitOfWork, file: File, given: FileStep): Promise<FileDone> {
  if (!given.body) throw invalid({ field: 'body', message: '请填写复核时的家庭情况' })
  const { household, sealed } = await renewHousehold(deps, tx, work, file, given.body)
  const { sealed: result } = await findResult(deps, tx, work, file, household, 'recheck')
  return move(deps, tx, work, file, 'recheck', 'open', null, {
    household: sealed,
    result,
    rechecked_on: deps.today(),
  })
}

/** Ends a file on a day that may lie back: aid that came after it is then listed. */
async function close(deps: Deps, tx: Tx, work: UnitOfWork, file: File, given: FileStep): Promise<FileDone> {
  const { on, closedFor } = given
  const issues: Issue[] = []
  if (!closedFor) issues.push({ field: 'closedFor', message: '请选择销档原因' })
  if (!on) issues.push({ field: 'on', message: '请填写销档日期' })
  else if (on > deps.today()) issues.push({ field: 'on', message: '销档日期不能晚于今天' })
  else if (on < file.opened_on!)
    issues.push({ field: 'on', message: `销档日期不能早于建档日期（${file.opened_on}）` })
  if (issues.length > 0) throw invalid(...issues)
  const { household } = await openFile(deps, tx, work.actor, file, '销档，核对是否单亲以便统计')
  await release(tx, file.id)
  await enterCounts(deps, tx, work, handsOf(file), '困难女职工销档', {
    matter: '销档',
    households: 1,
    singles: household.singleParent ? 1 : 0,
  })
  return move(deps, tx, work, file, 'close', 'closed', closedFor!, {
    closed_on: on,
    closed_for: closedFor,
  })
}
