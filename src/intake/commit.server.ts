import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { CommitBody, UndoDone } from './api.ts'
import { checkAll, mustBeOpen, mustMay, targetOf } from './staging.server.ts'
import { findIntake, readRows, writeRows, type Kept } from './store.server.ts'
import { readyStates, type Asked, type Line } from './target.ts'

/**
 * Brings the rows in, in this transaction or not at all. Everything is checked once more: what stood as right yesterday may
 * be a double today. @throws Problem.intakeWrong where all are wanted and some are wrong, or none is left to bring in
 */
export async function commit(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { version, mode, as = 'record', note = '', reason = '' }: CommitBody,
  tell: (done: number, total: number) => void = () => undefined,
): Promise<{ made: number; left: number }> {
  const { intake, target } = await mustBeOpen(deps, tx, work.actor, id, version)
  mustMay(work.actor, target.commitBy)
  const all = await readRows(tx, intake, { most: target.most })
  const { kept, lines } = await checkAll(deps, tx, work.actor, target, intake, all)
  const wrong = kept.filter((row) => row.state === 'wrong').length
  const undecided = kept.filter((row) => row.state === 'double').length
  const ready = kept.flatMap((row, n) => (readyStates.includes(row.state) ? [n] : []))
  if (mode === 'all' && wrong + undecided > 0) throw Problem.intakeWrong({ wrong, undecided })
  if (ready.length === 0) throw Problem.intakeEmpty()
  const wants = (asks: Asked) => ready.some((n) => kept[n]!.asks === asks)
  // A draft is judged when it is submitted.
  if (as === 'record' && wants('note') && note.trim() === '')
    throw Problem.reasonMissing({ asks: '提醒的情况说明', field: 'note' })
  if (wants('reason') && reason.trim() === '')
    throw Problem.reasonMissing({ asks: '更正理由', field: 'reason' })
  const before = new Map<Line, unknown>()
  const made = await target.commit(
    deps,
    tx,
    work,
    ready.map((n) => lines[n]!),
    {
      as: target.drafts ? as : 'record',
      note: note.trim() || null,
      reason: reason.trim() || null,
      id,
      file: intake.head.fileName,
      keep: (line, stood) => before.set(line, stood),
      onDone: (rows) => tell(rows, ready.length),
    },
  )
  const done: Kept[] = kept.map((row) => ({ ...row }))
  ready.forEach((n, i) => {
    const stood = before.get(lines[n]!)
    done[n] = {
      ...kept[n]!,
      state: 'done',
      made: made[i] ?? null,
      asks: null,
      ...(stood === undefined ? {} : { before: stood }),
    }
  })
  await writeRows(tx, intake, done)
  await sql`UPDATE app.intake SET state = 'committed', committed_at = now() WHERE id = ${id}::uuid`.execute(
    tx,
  )
  work.audit({
    districtId: work.actor.org.districtId,
    action: 'intake.commit',
    object: `intake:${id}`,
    fields: [target.key, mode, String(ready.length)],
  })
  return { made: ready.length, left: wrong + undecided }
}

/** Rows that an undo names one by one. */
const mostNamed = 50

/**
 * Takes back what a workbook became within a day, but what was used since or sent upward; where that is all of it, nothing
 * happens. @throws Problem.notFound, intakeClosed, intakeUsed
 */
export async function undo(deps: Deps, tx: Tx, work: UnitOfWork, id: string): Promise<UndoDone> {
  const intake = await findIntake(deps, tx, work.actor, id, true)
  const target = targetOf(deps, intake.target)
  mustMay(work.actor, target.commitBy)
  if (!intake.mayUndo || !target.undo) throw Problem.intakeClosed()
  const rows = (await readRows(tx, intake, { state: 'done', most: target.most })).filter(
    (r) => r.made !== null,
  )
  const gone = new Set(
    await target.undo(
      deps,
      tx,
      work,
      rows.map((r) => r.made!),
      intake.head.fileName,
      new Map(rows.map((r) => [r.made!, r.before])),
    ),
  )
  if (gone.size === 0) throw Problem.intakeUsed({ advice: target.afterwards })
  await writeRows(
    tx,
    intake,
    rows
      .filter((r) => gone.has(r.made!))
      .map((r) => ({ ...r, before: undefined, state: 'undone' as const, made: null })),
  )
  await sql`UPDATE app.intake SET state = 'undone' WHERE id = ${id}::uuid`.execute(tx)
  work.audit({
    districtId: work.actor.org.districtId,
    action: 'intake.undo',
    object: `intake:${id}`,
    fields: [target.key, String(gone.size)],
  })
  const stayed = rows.filter((r) => !gone.has(r.made!))
  return {
    undone: rows.length - stayed.length,
    kept: stayed.length,
    lines: stayed.slice(0, mostNamed).map((r) => r.line),
    advice: stayed.length > 0 ? target.afterwards : null,
  }
}
