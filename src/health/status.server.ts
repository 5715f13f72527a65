import type { Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { SystemStatus } from './api.ts'
import { listBackupRuns } from './backupRuns.server.ts'
import { checksOf, stateOf } from './vitals.ts'
import { vitalsOf } from './vitals.server.ts'

/** The page 系统状态: each line with what to do, and the backups of late. */
export async function readStatus(deps: Deps, tx: Tx): Promise<SystemStatus> {
  const vitals = await vitalsOf(deps, tx)
  const checks = checksOf(vitals)
  const { at, version, node, engine, mode, startedAt } = vitals
  const schema = vitals.schema.replace(/\.sql$/, '')
  return {
    at,
    version,
    node,
    schema,
    engine,
    mode,
    startedAt,
    state: stateOf(checks),
    checks,
    backups: await listBackupRuns(tx),
  }
}
