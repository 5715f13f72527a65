import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { decide } from '#identity/decide.ts'
import { problemOf } from '#identity/denied.ts'
import type { PolicyAction } from '#identity/policy.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps, Target } from '#server/deps.server.ts'
import { piecemeal } from '#server/piecemeal.server.ts'
import type { IntakeDone } from './api.ts'
import { readLines } from './lines.server.ts'
import type { ReadFile } from './receive.server.ts'
import { newSeal } from './seal.server.ts'
import { findIntake, writeRows, type Intake, type Kept } from './store.server.ts'
import { stateOf, type Line } from './target.ts'

/** @throws Problem.denied, stepUpNeeded, notFound as the policy has it for the actor's own unit */
export function mustMay(actor: Actor, action: PolicyAction): void {
  const verdict = decide(actor, action, { id: actor.org.id, scopeCode: actor.org.scopeCode, viewCode: null })
  if (!verdict.allow) throw problemOf(verdict.reason)
}

/** @throws Problem.notFound */
export function targetOf(deps: Deps, key: string): Target {
  const found = deps.intakes.find((target) => target.key === key)
  if (!found) throw Problem.notFound()
  return found
}

/** A file with its cells read as the target means them: no database is asked for that, so that no transaction waits for it. */
export type ReadLines = { file: ReadFile; lines: Line[] }

export const readUpload = async (target: Target, file: ReadFile): Promise<ReadLines> => ({
  file,
  lines: await readLines(target, file, file.rows),
})

/** Names of workbooks that are being put into staging, in this process alone. */
const arriving = new Set<string>()
/** What a workbook's upload proves when it asks for the end of it: that the rows are its own. */
export type Arrived = { wrapped: string } | null

/** The actor's reads and writes, each in a short transaction: thousands of rows keep nobody else waiting. */
export const inPieces = ({ db }: Pick<Deps, 'db'>, { org, token }: Actor): Tx =>
  piecemeal(db, { scopeCode: org.scopeCode, unit: org.id, token })

/**
 * Checks a file that was read and writes its rows, piece by piece. Nobody sees them until `open`; what a stopped server left
 * of the same upload is taken away first. @returns null where the name is taken, which `open` refuses
 */
export async function arrive(
  deps: Deps,
  actor: Actor,
  target: Target,
  id: string,
  fileName: string,
  read: ReadLines,
): Promise<Arrived> {
  if (arriving.has(id)) throw Problem.inFlight()
  arriving.add(id)
  try {
    const db = inPieces(deps, actor)
    await target.check(deps, db, actor, read.lines)
    await sql`DELETE FROM app.intake WHERE id = ${id}::uuid AND account_id = ${actor.accountId}::uuid AND state = 'arriving'`.execute(
      db,
    )
    return await write(deps, db, actor, target, id, fileName, read)
  } finally {
    arriving.delete(id)
  }
}

async function write(
  deps: Deps,
  db: Tx,
  actor: Actor,
  target: Target,
  id: string,
  fileName: string,
  { file, lines }: ReadLines,
): Promise<Arrived> {
  const { wrapped, seal } = newSeal(deps.crypto, id)
  const head = { fileName, sheets: file.sheets, leftAside: file.leftAside }
  const own = file.own && seal.close(Buffer.from(file.own).toString('base64'), 'file')
  const { districtId } = actor.org
  const [made] = await rows<{ id: string }>(
    db,
    sql`INSERT INTO app.intake (district_id, id, target, org_id, account_id, person_id, wrapped, head, file, state)
    VALUES (${districtId}, ${id}::uuid, ${target.key}, ${actor.org.id}, ${actor.accountId}::uuid, ${actor.personId}::uuid,
      ${wrapped}::bytea, ${seal.close(head, 'head')}::bytea, ${own}::bytea, 'arriving') ON CONFLICT DO NOTHING RETURNING id`,
  )
  if (!made) return null
  await writeRows(db, { id, districtId, seal }, stagedRows(file, lines))
  return { wrapped }
}

/** Shows a workbook whose rows all stand. @throws Problem.duplicate for a name that was taken */
export async function open(
  tx: Tx,
  work: UnitOfWork,
  target: Target,
  id: string,
  arrived: Arrived,
): Promise<IntakeDone> {
  const { actor } = work
  mustMay(actor, target.enterBy)
  const [opened] = arrived
    ? await rows<IntakeDone>(
        tx,
        sql`UPDATE app.intake SET state = 'open' WHERE id = ${id}::uuid AND account_id = ${actor.accountId}::uuid
          AND state = 'arriving' AND wrapped = ${arrived.wrapped}::bytea RETURNING id, version`,
      )
    : []
  if (!opened) throw Problem.duplicate({ what: 'intake_pkey' })
  work.audit({
    districtId: actor.org.districtId,
    action: 'intake.stage',
    object: `intake:${id}`,
    fields: [target.key],
  })
  return opened
}

/** Puts a file that was read into staging, checked, in one transaction. */
export async function stage(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  target: Target,
  id: string,
  fileName: string,
  { file, lines: found }: ReadLines,
): Promise<IntakeDone> {
  mustMay(work.actor, target.enterBy)
  // Checking writes into the lines, and a transaction may be run again.
  const lines = found.map((line) => ({ ...line, issues: [...line.issues] }))
  await target.check(deps, tx, work.actor, lines)
  const arrived = await write(deps, tx, work.actor, target, id, fileName, { file, lines })
  return open(tx, work, target, id, arrived)
}

function* stagedRows(file: ReadFile, lines: readonly Line[]): Iterable<Kept> {
  let n = 0
  for (const { sheet, line, cells } of file.rows) {
    const read = lines[n++]!
    const { issues, twin, asks } = read
    yield {
      sheet,
      line,
      cells,
      typed: {},
      issues,
      choice: null,
      twin,
      asks,
      state: stateOf(read),
      made: null,
    }
  }
}

/** Reads and checks rows anew, as if they came in now; rows that were committed are left out of it. */
export async function checkAll(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  target: Target,
  intake: Intake,
  all: readonly Kept[],
): Promise<{ kept: Kept[]; lines: Line[] }> {
  const waiting = all.filter((row) => row.state !== 'done')
  const lines = await readLines(target, intake.head, waiting)
  await target.check(deps, tx, actor, lines)
  const checked = waiting.map((row, n) => {
    const line = lines[n]!
    const { issues, twin, asks } = line
    return { ...row, issues, twin, asks, state: stateOf(line) }
  })
  return { kept: checked, lines }
}

/** Takes a change of an open workbook, once for each version. @throws Problem.intakeChanged, intakeClosed */
export async function mustBeOpen(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  id: string,
  version: number,
): Promise<{ intake: Intake; target: Target }> {
  const intake = await findIntake(deps, tx, actor, id, true)
  const target = targetOf(deps, intake.target)
  mustMay(actor, target.enterBy)
  if (intake.state !== 'open') throw Problem.intakeClosed()
  if (intake.version !== version) throw Problem.intakeChanged()
  await sql`UPDATE app.intake SET version = version + 1 WHERE id = ${id}::uuid`.execute(tx)
  return { intake, target }
}
