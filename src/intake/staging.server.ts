import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { decide } from '#identity/decide.ts'
import { problemOf } from '#identity/denied.ts'
import type { PolicyAction } from '#identity/policy.ts'
import type { Tx } from '#server/database.server.ts'
import type { Deps, Target } from '#server/deps.server.ts'
import type { IntakeDone } from './api.ts'
import { readLines } from './lines.server.ts'
import type { ReadFile } from './receive.server.ts'
import { newSeal } from './seal.server.ts'
import { findIntake, readRows, writeRows, type Intake, type Kept } from './store.server.ts'
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

/** Puts a file that was read into staging, checked. */
export async function stage(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  target: Target,
  id: string,
  fileName: string,
  { file, lines: found }: ReadLines,
): Promise<IntakeDone> {
  const { actor } = work
  mustMay(actor, target.enterBy)
  const { wrapped, seal } = newSeal(deps.crypto, id)
  const head = { fileName, sheets: file.sheets, leftAside: file.leftAside }
  await sql`INSERT INTO app.intake (district_id, id, target, org_id, account_id, person_id, wrapped, head)
    VALUES (${actor.org.districtId}, ${id}::uuid, ${target.key}, ${actor.org.id}, ${actor.accountId}::uuid, ${actor.personId}::uuid,
      ${wrapped}::bytea, ${seal.close(head, 'head')}::bytea)`.execute(tx)
  const intake = await findIntake(deps, tx, actor, id)
  // Checking writes into the lines, and a transaction may be run again.
  const lines = found.map((line) => ({ ...line, issues: [...line.issues] }))
  await target.check(deps, tx, actor, lines)
  await writeRows(tx, intake, stagedRows(file, lines))
  work.audit({
    districtId: actor.org.districtId,
    action: 'intake.stage',
    object: `intake:${id}`,
    fields: [target.key],
  })
  return { id, version: intake.version }
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

/** What is told of a row, to compare. */
const told = ({ state, issues, twin, asks }: Kept): string => JSON.stringify([state, issues, twin, asks])

/** Checks the whole workbook again after a change; writes only rows that came out otherwise. */
export async function recheck(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  target: Target,
  intake: Intake,
): Promise<void> {
  const all = await readRows(tx, intake, { most: target.most })
  const before = new Map(all.map((row) => [`${row.sheet} ${row.line}`, told(row)]))
  const { kept } = await checkAll(deps, tx, actor, target, intake, all)
  const changed = kept.filter((row) => before.get(`${row.sheet} ${row.line}`) !== told(row))
  await writeRows(tx, intake, changed)
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
