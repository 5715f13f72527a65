import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { bytea, openFor, reveal, sealFor, type At } from '#person/vault.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Household } from './household.ts'
import type { Judged } from './judge.ts'
import type { FileState } from './states.ts'
import { tellStep } from './told.server.ts'

/** A file as the database holds it. */
export type File = {
  id: string
  no: string | null
  person_id: string
  org_id: number
  centre_id: number
  state: FileState
  version: number
  household: Buffer | null
  result: Buffer | null
  applied_on: string
  applied_person: string
  checked_person: string | null
  visited_on: string | null
  authorised_on: string | null
  visitors: string | null
  notice_id: string | null
  notice_line: number | null
  opened_on: string | null
  opened_person: string | null
  rechecked_on: string | null
  closed_on: string | null
  closed_for: string | null
}

/** Files that the wall lets through, to be changed. @throws Problem.notFound when one is missing */
export async function loadFiles(tx: Tx, ids: readonly string[]): Promise<File[]> {
  const wanted = [...new Set(ids)].sort()
  const found = await rows<File>(
    tx,
    sql`SELECT * FROM app.hardship_file WHERE id = ANY (${wanted}::uuid[]) ORDER BY id FOR UPDATE`,
  )
  if (found.length !== wanted.length) throw Problem.notFound()
  return found
}

export const loadFile = async (tx: Tx, id: string): Promise<File> => (await loadFiles(tx, [id]))[0]!

const at = (column: 'household' | 'result', id: string): At => ({ table: 'hardship_file', column, id })
export const outcomeAt = (id: string): At => ({ table: 'hardship_result', column: 'outcome', id })

/** Opens a file, which she will find in her access log. @throws Problem.notFound */
export async function openFile(
  deps: Pick<Deps, 'crypto'>,
  tx: Tx,
  actor: Actor,
  file: Pick<File, 'id' | 'person_id' | 'household' | 'result'>,
  reason: string,
  purpose: 'hardship' | 'national' = 'hardship',
): Promise<{ household: Household; result: Judged | null }> {
  const [household, result] = await openFor(
    deps,
    tx,
    actor,
    file.person_id,
    [
      { at: at('household', file.id), bytes: file.household },
      { at: at('result', file.id), bytes: file.result },
    ],
    'hardshipFile',
    { purpose: file.person_id === actor.personId ? 'self' : purpose, reason },
  )
  if (!household) throw Problem.notFound()
  return {
    household: JSON.parse(household) as Household,
    result: result ? (JSON.parse(result) as Judged) : null,
  }
}

/** Her own number, for a list that must name it; noted for her. */
export async function numberOf(
  deps: Pick<Deps, 'crypto'>,
  tx: Tx,
  actor: Actor,
  personId: string,
  reason: string,
): Promise<string> {
  const found = await reveal(deps, tx, actor, personId, ['idNumber'], { purpose: 'hardship', reason })
  return found.idNumber ?? ''
}

/** A household under her key, ready to be written. */
export async function sealHousehold(
  deps: Pick<Deps, 'crypto'>,
  tx: Tx,
  file: Pick<File, 'id' | 'person_id'>,
  household: Household,
): Promise<string> {
  const [bytes] = await sealFor(deps.crypto, tx, file.person_id, [
    { at: at('household', file.id), text: JSON.stringify(household) },
  ])
  return bytea(bytes!)!
}

/** A result under her key, for the file and for its row of history. */
export async function sealResult(
  deps: Pick<Deps, 'crypto'>,
  tx: Tx,
  file: Pick<File, 'id' | 'person_id'>,
  resultId: string,
  result: Judged,
): Promise<[file: string, history: string]> {
  const text = JSON.stringify(result)
  const [own, history] = await sealFor(deps.crypto, tx, file.person_id, [
    { at: at('result', file.id), text },
    { at: outcomeAt(resultId), text },
  ])
  return [bytea(own!)!, bytea(history!)!]
}

type Change = Partial<
  Record<
    | 'no'
    | 'state'
    | 'household'
    | 'result'
    | 'checked_person'
    | 'visited_on'
    | 'authorised_on'
    | 'visitors'
    | 'notice_id'
    | 'notice_line'
    | 'opened_on'
    | 'opened_person'
    | 'rechecked_on'
    | 'closed_on'
    | 'closed_for',
    string | number | null
  >
>

/** Writes a change and its step, when nobody was quicker. @throws Problem.fileChanged */
export async function moveFile(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  work: UnitOfWork,
  file: Pick<File, 'id' | 'version'>,
  step: string,
  change: Change,
  note: string | null = null,
): Promise<number> {
  const set = sql.raw(
    Object.keys(change)
      .map((name) => `${name} = n.${name}, `)
      .join(''),
  )
  const done = await first<{ version: number }>(
    tx,
    sql`UPDATE app.hardship_file f SET ${set} version = f.version + 1, touched_on = ${deps.today()}::date, updated_at = now()
      FROM jsonb_populate_record(NULL::app.hardship_file, ${JSON.stringify(change)}::jsonb) n
      WHERE f.id = ${file.id}::uuid AND f.version = ${file.version} RETURNING f.version`,
  )
  if (!done) throw Problem.fileChanged()
  await noteStep(deps, tx, work, file.id, step, note)
  return done.version
}

/**
 * A line of the way of a file, of which whoever has it next is told; and of the audit, which is never erased: of what was noted it
 * holds a keyed digest alone.
 */
export async function noteStep(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  work: UnitOfWork,
  fileId: string,
  step: string,
  note: string | null,
): Promise<void> {
  const { actor } = work
  await sql`INSERT INTO app.hardship_step (file_id, seq, step, on_day, org_id, account_id, note)
    SELECT ${fileId}::uuid, coalesce(max(seq), 0) + 1, ${step}, ${deps.today()}::date, ${actor.org.id}, ${actor.accountId}::uuid, ${note}
    FROM app.hardship_step WHERE file_id = ${fileId}::uuid`.execute(tx)
  tellStep(tx, work, fileId, step)
  work.audit({
    districtId: actor.org.districtId,
    action: `hardship.${step}`,
    object: `hardshipFile:${fileId}`,
    body: note,
  })
}
