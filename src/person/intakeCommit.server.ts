import { sql } from 'kysely'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { pacer } from '#intake/pace.server.ts'
import type { Line } from '#intake/target.ts'
import type { How } from '#intake/targets.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { auditPerson } from './audit.server.ts'
import { entryOf } from './intakeChange.ts'
import { applyUpdate, putBack, updates, type Before } from './intakeUpdate.server.ts'
import { readEntry } from './rules.ts'
import { entryRows, insertInto } from './write.server.ts'

const perStatement = 300

/** Brings rows in: those of somebody new as entries, those of somebody registered as changes of the cells that differ. */
export async function bringIn(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  lines: readonly Line[],
  how: How,
): Promise<string[]> {
  const made = new Map<Line, string>()
  const pause = pacer()
  const fresh = lines.filter((line) => !updates.has(line))
  for (let at = 0; at < fresh.length; at += perStatement) {
    const part = fresh.slice(at, at + perStatement).map((line) => {
      const { row } = readEntry(entryOf(line), deps.today())
      if (row === null) throw new Error('a row that was checked reads no more')
      return { line, entry: entryRows(deps, row, work.actor.org.id) }
    })
    for (const [table, key] of [
      ['person', 'person'],
      ['person_key', 'key'],
      ['membership', 'membership'],
    ] as const)
      await insertInto(
        table,
        part.map((p) => p.entry[key]),
      ).execute(tx)
    for (const { line, entry } of part) {
      auditPerson(work, 'person.add', entry.id, ['idNumber', ...Object.keys(entryOf(line))], 'intake')
      made.set(line, entry.id)
    }
    how.onDone(made.size)
    await pause()
  }
  for (const line of lines) {
    const plan = updates.get(line)
    if (!plan) continue
    const done = await applyUpdate(deps, tx, work, plan)
    made.set(line, done.made)
    how.keep(line, done.before)
    how.onDone(made.size)
    await pause()
  }
  return lines.map((line) => made.get(line)!)
}

/**
 * New ones that nobody has touched since go with their keys, as if they had never been entered; who was updated gets her former
 * values back.
 */
export async function takeBack(
  _: Deps,
  tx: Tx,
  work: UnitOfWork,
  made: readonly string[],
  __: string,
  before: ReadonlyMap<string, unknown>,
): Promise<string[]> {
  const added = made.filter((text) => !text.startsWith('edit:'))
  const gone = (
    await rows<{ id: string }>(tx, sql`SELECT id FROM app.unenter_persons(${added}::uuid[]) AS id`)
  ).map((p) => p.id)
  for (const id of gone) auditPerson(work, 'person.unenter', id, [], 'intake')
  for (const text of made)
    if (text.startsWith('edit:') && (await putBack(tx, work, text, before.get(text) as Before)))
      gone.push(text)
  return gone
}
