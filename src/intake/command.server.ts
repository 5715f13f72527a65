import { closeWork, openWork } from '#audit/unitOfWork.server.ts'
import { randomId } from '#crypto/provider.server.ts'
import type { Actor } from '#identity/actor.ts'
import { inTransaction, type Context, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { commit } from './commit.server.ts'
import { readFile } from './receive.server.ts'
import { findIntake, readRows } from './store.server.ts'
import { detail } from './look.server.ts'
import { mustMay, readUpload, stage, targetOf } from './staging.server.ts'
import type { CommitBody, IntakeDetail } from './api.ts'
import { readyOf, type LineIssue, type LineState } from './target.ts'

export type Report = {
  counts: IntakeDetail['counts']
  /** Rows brought in; 0 in a dry run, or where something is wrong. */
  made: number
  /** Columns that every row must have and a sheet has not. */
  missing: { sheet: string; columns: string[] }[]
  /** Rows of which something is to be said: faults, warnings, and what they change. */
  rows: {
    sheet: string
    line: number
    state: LineState
    /** What stands already that the row changes. */
    updates: string | null
    issues: (LineIssue & { label: string | null })[]
  }[]
}

/** Ends a dry run: what it wrote is undone with its transaction. */
class Dry extends Error {
  readonly report: Report
  constructor(report: Report) {
    super('dry run')
    this.report = report
  }
}

type Wanted = {
  target: string
  name: string
  bytes: Uint8Array
  dryRun: boolean
  commit: Omit<CommitBody, 'version'>
}

/**
 * The same checks and the same commit as on the screen, in one transaction. @throws Problem
 * @param after runs within it once rows were brought in, with the workbook's id
 */
export async function runIntake(
  deps: Deps,
  actor: Actor,
  context: Context,
  { target: key, name, bytes, dryRun, commit: how }: Wanted,
  after: (tx: Tx, work: ReturnType<typeof openWork>, id: string) => Promise<void> = async () => undefined,
): Promise<Report> {
  const target = targetOf(deps, key)
  mustMay(actor, target.enterBy)
  const file = await readUpload(target, await readFile(deps, target, bytes))
  try {
    return await inTransaction(deps.db, context, async (tx) => {
      const work = openWork(actor)
      const id = randomId()
      const { version } = await stage(deps, tx, work, target, id, name, file)
      const page = await detail(deps, tx, actor, id)
      const report: Report = {
        counts: page.counts,
        made: 0,
        missing: missingOf(page),
        rows: await rowsOf(deps, tx, actor, id, page),
      }
      const ready = readyOf(page.counts)
      if (dryRun || ready === 0 || (how.mode === 'all' && page.counts.wrong + page.counts.double > 0))
        throw new Dry(report)
      const { made } = await commit(deps, tx, work, id, { version, ...how })
      await after(tx, work, id)
      await closeWork(tx, work, deps.crypto)
      return { ...report, made }
    })
  } catch (error) {
    if (error instanceof Dry) return error.report
    throw error
  }
}

const missingOf = ({ sheets }: IntakeDetail): Report['missing'] =>
  sheets.flatMap(({ title, missing }) => (missing.length > 0 ? [{ sheet: title, columns: missing }] : []))

async function rowsOf(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  id: string,
  page: IntakeDetail,
): Promise<Report['rows']> {
  const intake = await findIntake(deps, tx, actor, id)
  const kept = await readRows(tx, intake, { most: targetOf(deps, page.target).most })
  return kept
    .filter((row) => row.issues.length > 0 || row.state === 'update')
    .map(({ sheet, line, state, issues, twin }) => {
      const { title, columns } = page.sheets[sheet]!
      const label = (key: string | null) => columns.find((c) => c.key === key)?.label ?? null
      const updates = state === 'update' ? (twin?.label ?? null) : null
      return {
        sheet: title,
        line,
        state,
        updates,
        issues: issues.map((i) => ({ ...i, label: label(i.column) })),
      }
    })
}
