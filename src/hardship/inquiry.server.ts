import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { randomId } from '#crypto/provider.server.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { mustAgree } from '#person/consent.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Answered, InquirySheets } from './api.ts'
import { loadFile, loadFiles, moveFile, numberOf, openFile } from './file.server.ts'
import { findResult } from './found.server.ts'
import { handled, mustBeNamed } from './hands.server.ts'
import { many } from './states.ts'
import { mustTake } from './step.server.ts'
import { codeOf, listOf, type AnswerRow, type Workbook } from './exchange.ts'

/** Sends files to civil affairs: a code each, which the answer names. @throws Problem by what stands against one */
export async function makeInquiry(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  ids: readonly string[],
): Promise<{ id: string; count: number }> {
  const files = await loadFiles(tx, ids)
  const sheet = randomId()
  for (const file of files) {
    await mustTake(tx, work.actor, many.inquire, file)
    await mustAgree(tx, file.person_id, 'hardship')
    if (file.authorised_on === null) throw Problem.denied({ what: '没有登记核对授权书' })
    await sql`INSERT INTO app.hardship_inquiry (code, file_id, sheet, asked_on, asked_by)
      VALUES (${codeOf('H', randomId())}, ${file.id}::uuid, ${sheet}::uuid, ${deps.today()}::date, ${work.actor.accountId}::uuid)`.execute(
      tx,
    )
    await moveFile(deps, tx, work, file, 'inquire', { state: 'inquired' })
  }
  return { id: sheet, count: files.length }
}

/** Sheets that went out, the newest first. */
export async function listInquiries(tx: Tx, actor: Actor): Promise<InquirySheets> {
  return rows(
    tx,
    sql`SELECT i.sheet AS id, min(i.asked_on)::text AS "askedOn", min(a.name) AS "askedBy", count(*)::int AS count,
        count(*) FILTER (WHERE i.state = 'waiting')::int AS waiting, count(*) FILTER (WHERE i.state = 'differs')::int AS differs
      FROM app.hardship_inquiry i JOIN app.hardship_file f ON f.id = i.file_id JOIN app.account a ON a.id = i.asked_by
      WHERE ${handled(actor, 'f.centre_id')} GROUP BY i.sheet ORDER BY min(i.asked_on) DESC, i.sheet LIMIT ${bounds.hardshipInquiries.most}`,
  )
}

type Line = { code: string; file_id: string; person_id: string; name: string; authorised_on: string }

/** What civil affairs needs and no more: code, name, number, day of the authorisation. @throws Problem.notFound, denied */
export async function inquiryBook(deps: Deps, tx: Tx, work: UnitOfWork, sheet: string): Promise<Workbook> {
  const { actor } = work
  await mustBeNamed(tx, actor, 'check')
  const lines = await rows<Line>(
    tx,
    sql`SELECT i.code, i.file_id, f.person_id, p.name, f.authorised_on FROM app.hardship_inquiry i
      JOIN app.hardship_file f ON f.id = i.file_id JOIN app.person p ON p.id = f.person_id
      WHERE i.sheet = ${sheet}::uuid AND i.state = 'waiting' AND f.centre_id = ${actor.org.id} ORDER BY i.code`,
  )
  if (lines.length === 0) throw Problem.notFound()
  const cells = []
  for (const line of lines) {
    const number = await numberOf(deps, tx, actor, line.person_id, '送民政部门核对家庭经济状况')
    cells.push({ cells: [line.code, line.name, number, { day: line.authorised_on }, null, null] })
  }
  work.audit({
    districtId: actor.org.districtId,
    action: 'hardship.inquiryFile',
    object: `hardshipInquiry:${sheet}`,
    fields: [String(lines.length)],
  })
  return listOf('家庭经济状况核对', '核对', cells)
}

/**
 * Takes the answers in by their codes. An answer that is there already changes nothing, whatever comes again; an income that
 * civil affairs found is told beside the row and mended by the unit, never here.
 */
export async function takeAnswers(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  given: readonly AnswerRow[],
): Promise<Answered> {
  const { actor } = work
  await mustBeNamed(tx, actor, 'check')
  const answer: Answered = { taken: 0, failed: 0, again: 0, faults: [] }
  for (const { row, code, word } of given) {
    const fault = (message: string) => void answer.faults.push({ row, message })
    const state = word === '相符' ? 'fits' : word === '不符' ? 'differs' : null
    const [found] = await rows<{ file_id: string; state: string }>(
      tx,
      sql`SELECT i.file_id, i.state FROM app.hardship_inquiry i JOIN app.hardship_file f ON f.id = i.file_id
        WHERE i.code = ${code} AND f.centre_id = ${actor.org.id} FOR UPDATE OF i`,
    )
    if (!found) fault(`没有编码“${code}”，请用系统导出的表填写`)
    else if (word === '') continue
    else if (state === null) fault('核对结果请填“相符”或“不符”')
    else if (found.state !== 'waiting') {
      if (found.state === state) answer.again++
      else fault(`这一户已登记过不同的结果，没有改动；确有错误请退回补正后重新核对`)
    } else {
      await settle(deps, tx, work, code, found.file_id, state)
      answer[state === 'fits' ? 'taken' : 'failed']++
    }
  }
  return answer
}

async function settle(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  code: string,
  fileId: string,
  state: 'fits' | 'differs',
): Promise<void> {
  const file = await loadFile(tx, fileId)
  await sql`UPDATE app.hardship_inquiry SET state = ${state}, answered_on = ${deps.today()}::date, answered_by = ${work.actor.accountId}::uuid
    WHERE code = ${code} AND state = 'waiting'`.execute(tx)
  // It was refused meanwhile: the answer is kept, the file stays as it is.
  if (file.state !== 'inquired') return
  if (state === 'differs') {
    await moveFile(
      deps,
      tx,
      work,
      file,
      'differs',
      { state: 'returned' },
      '民政核对收入与申报不符，请核实后补正',
    )
    return
  }
  const { household } = await openFile(deps, tx, work.actor, file, '收入核对相符，认定困难类别')
  const { sealed } = await findResult(deps, tx, work, file, household, 'verify')
  await moveFile(deps, tx, work, file, 'fits', { state: 'verified', result: sealed })
}
