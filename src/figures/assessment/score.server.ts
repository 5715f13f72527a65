import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { Problem } from '#kit/problem.ts'
import type { Issue } from '#kit/programme.ts'
import { visible } from '#record/visible.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Column, NewObjection, Scores, SheetLine } from './api.ts'
import { getAssessed, getSheet, holdSheet, readUnit, type Assessed, type Stored } from './read.server.ts'
import { byHand, columnOf } from './rules.ts'
import { columnWords, stateWords } from './words.ts'

type Score = Scores['scores'][number]

/** The sheet held open until the end of the transaction, so that no result is published between. */
async function openSheet(tx: Tx, work: UnitOfWork, id: string, label: string): Promise<Stored> {
  await holdSheet(tx, id, 'shared')
  const sheet = await getSheet(tx, work.actor, id)
  if (sheet.state !== 'open') throw Problem.wrongState({ state: stateWords[sheet.state], label })
  return sheet
}

/** Writes lines of the one column that is the writer's at a unit. @throws Problem.denied, invalid, assessmentChanged */
export async function saveScores(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  org: number,
  given: Scores,
): Promise<void> {
  const sheet = await openSheet(tx, work, id, '评分')
  const unit = await getAssessed(tx, work.actor, sheet, org)
  const column = columnOf(work.actor.org.id, { org, above: unit.aboveId, issuer: sheet.orgId })
  if (column !== given.column)
    throw Problem.denied({ what: `“${columnWords[given.column]}”一栏不由本单位填写` })
  const issues = await scoreFaults(tx, work, sheet, unit, given)
  if (issues.length > 0) throw Problem.invalid({ issues })
  for (const score of given.scores) await saveOne(tx, work, sheet, unit, column, score)
  work.audit({
    districtId: unit.districtId,
    action: `assessment.${column}`,
    object: `assessment:${id} org:${org}`,
    fields: given.scores.map((score) => score.line),
    body: given,
  })
}

async function saveOne(
  tx: Tx,
  work: UnitOfWork,
  sheet: Stored,
  { org, districtId }: Assessed,
  column: Column,
  { line, points, note, records, version }: Score,
): Promise<void> {
  const kept = await first(
    tx,
    sql`INSERT INTO app.assessment_score AS s (district_id, assessment_id, org_id, line_key, col, points, note, records, scored_by)
      VALUES (${districtId}, ${sheet.id}::uuid, ${org.id}, ${line}, ${column}, ${points}, ${note}, ${records}::uuid[], ${work.actor.accountId}::uuid)
      ON CONFLICT (district_id, assessment_id, org_id, line_key, col) DO UPDATE SET points = EXCLUDED.points, note = EXCLUDED.note,
        records = EXCLUDED.records, scored_by = EXCLUDED.scored_by, scored_at = now(), version = s.version + 1
      WHERE s.version = ${version} RETURNING version`,
  )
  if (!kept) throw Problem.assessmentChanged()
}

/** The points that stood in the columns to the left, for whoever gives others. */
async function leftOf(
  tx: Tx,
  work: UnitOfWork,
  sheet: Stored,
  unit: Assessed,
): Promise<(line: string, column: Column) => number | null> {
  const { lines } = await readUnit(tx, work.actor, sheet.id, unit.org.id)
  return (key, column) => {
    const line = lines.find((one) => one.key === key)
    const review = line?.review?.points ?? null
    const self = line?.self?.points ?? null
    if (column === 'self') return null
    return column === 'final' ? (review ?? self) : self
  }
}

async function scoreFaults(
  tx: Tx,
  work: UnitOfWork,
  sheet: Stored,
  unit: Assessed,
  { column, scores }: Scores,
): Promise<Issue[]> {
  const left = await leftOf(tx, work, sheet, unit)
  const issues: Issue[] = []
  for (const score of scores) {
    const line = sheet.lines.find((one) => one.key === score.line)
    const at = (name: string, message: string) =>
      issues.push({ field: `scores.${score.line}.${name}`, message })
    if (!line || !byHand(line.kind)) at('points', '这一项由指标自动计分，不能手填')
    else {
      const fault = pointsFault(line, score.points)
      if (fault) at('points', fault)
      const before = left(score.line, column)
      if (score.note === '' && score.records.length === 0) {
        if (column === 'self' && score.points > 0) at('note', '请写明依据，或选几条记录作佐证')
        else if (before !== null && before !== score.points) at('note', '与前一栏的分不同，请写明理由')
      }
    }
    if (score.records.length > 0 && !(await allSeen(tx, work, unit, score.records)))
      at('records', '有的记录没有找到，或不是这个单位审核通过的，请重新选择')
  }
  return issues
}

function pointsFault(line: SheetLine, points: number): string | null {
  if (line.kind === 'veto') return points > 1 ? '一票否决只填是或否' : null
  return points > line.points ? `不能超过 ${line.points / 100} 分` : null
}

async function allSeen(
  tx: Tx,
  work: UnitOfWork,
  unit: Assessed,
  records: readonly string[],
): Promise<boolean> {
  const seen = await rows(
    tx,
    sql`SELECT r.id FROM app.record r JOIN app.org u ON u.id = ${unit.org.id} WHERE r.id = ANY(${[...records]}::uuid[]) AND r.state = 'accepted'
      AND r.scope_code >= u.scope_code AND r.scope_code < u.scope_code || '~' AND ${visible(work.actor)}`,
  )
  return seen.length === new Set(records).size
}

/** The assessed unit objects to a line. */
export async function raiseObjection(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: NewObjection,
): Promise<{ id: string }> {
  const { actor } = work
  const sheet = await openSheet(tx, work, id, '提异议')
  const unit = await getAssessed(tx, actor, sheet, actor.org.id)
  if (!sheet.lines.some((line) => line.key === given.line))
    throw Problem.invalid({ issues: [{ field: 'line', message: '没有这一项，请重新选择' }] })
  const objection = uuidv7()
  await sql`INSERT INTO app.assessment_objection (district_id, id, assessment_id, org_id, line_key, body, raised_by)
    VALUES (${unit.districtId}, ${objection}::uuid, ${id}::uuid, ${actor.org.id}, ${given.line}, ${given.body}, ${actor.accountId}::uuid)`.execute(
    tx,
  )
  work.audit({
    districtId: unit.districtId,
    action: 'assessment.object',
    object: `assessment:${id} org:${actor.org.id}`,
    body: given,
  })
  return { id: objection }
}

type Raised = { district_id: number; assessment_id: string; org_id: number; state: string }

/** An objection of a sheet that is told to the actor, held. @throws Problem.notFound */
async function getObjection(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  label: string,
): Promise<Raised & { sheet: Stored }> {
  const found = await first<Raised>(
    tx,
    sql`SELECT district_id, assessment_id, org_id, state FROM app.assessment_objection WHERE id = ${id}::uuid FOR UPDATE`,
  )
  if (!found) throw Problem.notFound()
  const sheet = await openSheet(tx, work, found.assessment_id, label)
  await getAssessed(tx, work.actor, sheet, found.org_id)
  return { ...found, sheet }
}

const told = (work: UnitOfWork, action: string, { district_id, sheet, org_id }: Raised & { sheet: Stored }) =>
  work.audit({
    districtId: district_id,
    action,
    object: `assessment:${sheet.id} org:${org_id}`,
  })

/** The issuer answers. */
export async function answerObjection(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { answer }: { answer: string },
): Promise<void> {
  const found = await getObjection(tx, work, id, '答复异议')
  if (found.sheet.orgId !== work.actor.org.id) throw Problem.denied({ what: '由组织考核的单位答复' })
  if (found.state === 'closed') throw Problem.wrongState({ state: '已办结', label: '答复' })
  await sql`UPDATE app.assessment_objection SET state = 'answered', answer = ${answer}, answered_by = ${work.actor.accountId}::uuid, answered_at = now()
    WHERE id = ${id}::uuid`.execute(tx)
  told(work, 'assessment.answer', found)
}

/** Who raised it accepts the answer, or the issuer closes what it answered. */
export async function closeObjection(tx: Tx, work: UnitOfWork, id: string): Promise<void> {
  const found = await getObjection(tx, work, id, '办结异议')
  const own = work.actor.org.id
  if (own !== found.org_id && own !== found.sheet.orgId)
    throw Problem.denied({ what: '由提异议的单位或组织考核的单位办结' })
  if (found.state === 'closed') throw Problem.wrongState({ state: '已办结', label: '办结' })
  if (found.state === 'open' && own !== found.org_id)
    throw Problem.wrongState({ state: '待答复', label: '办结，请先答复' })
  await sql`UPDATE app.assessment_objection SET state = 'closed', closed_at = now(), answer = CASE WHEN answer = '' THEN '提出单位撤回' ELSE answer END
    WHERE id = ${id}::uuid`.execute(tx)
  told(work, 'assessment.close', found)
}
