import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { randomId } from '#crypto/provider.server.ts'
import { inTransaction, rows, type Tx } from '#server/database.server.ts'
import { identityContext, type Deps } from '#server/deps.server.ts'
import type { BackupRun } from './vitals.ts'

export type RunKind = 'backup' | 'trial'

/** Longer than a year: the same day of the year before can be looked at. */
const keptDays = 400

/** Notes how a backup or a trial ended; the oldest go. */
export async function noteBackupRun(
  deps: Deps,
  kind: RunKind,
  run: Omit<BackupRun, 'endedAt'>,
): Promise<void> {
  await inTransaction(deps.db, identityContext(deps), async (tx) => {
    await sql`DELETE FROM app.backup_run WHERE ended_at < now() - make_interval(days => ${keptDays})`.execute(
      tx,
    )
    await sql`INSERT INTO app.backup_run (id, kind, seconds, file, bytes, row_count, fault)
      VALUES (${randomId()}::uuid, ${kind}, ${run.seconds}, ${run.file}, ${run.bytes}, ${run.rows}, ${run.fault})`.execute(
      tx,
    )
  })
}

/** The last of each kind, and the last that went well. */
export async function lastBackupRuns(
  tx: Tx,
): Promise<Record<'backup' | 'backupGood' | 'trial' | 'trialGood', BackupRun | null>> {
  const found = await rows<BackupRun & { kind: RunKind; good: boolean; last: boolean }>(
    tx,
    sql`SELECT kind, to_jsonb(ended_at) #>> '{}' AS "endedAt", seconds, file, bytes, row_count AS rows, fault, fault = '' AS good, nth = 1 AS last
      FROM (SELECT *, row_number() OVER (PARTITION BY kind ORDER BY ended_at DESC, id) AS nth,
          row_number() OVER (PARTITION BY kind, fault = '' ORDER BY ended_at DESC, id) AS nth_of FROM app.backup_run) r
      WHERE nth = 1 OR nth_of = 1 AND fault = ''`,
  )
  const pick = (kind: RunKind, which: 'good' | 'last'): BackupRun | null => {
    const run = found.find((row) => row.kind === kind && row[which])
    if (!run) return null
    const { endedAt, seconds, file, bytes, rows: count, fault } = run
    return { endedAt, seconds, file, bytes, rows: count, fault }
  }
  return {
    backup: pick('backup', 'last'),
    backupGood: pick('backup', 'good'),
    trial: pick('trial', 'last'),
    trialGood: pick('trial', 'good'),
  }
}

/** Those of late, newest first. */
export const listBackupRuns = (tx: Tx): Promise<(BackupRun & { kind: RunKind })[]> =>
  rows(
    tx,
    sql`SELECT kind, to_jsonb(ended_at) #>> '{}' AS "endedAt", seconds, file, bytes, row_count AS rows, fault FROM app.backup_run
      ORDER BY ended_at DESC, id LIMIT ${bounds.backupRuns.most}`,
  )
