/** What the upkeep of the embedded engine goes by; times in epoch ms. */
export interface Signs {
  now: number
  /** Last unit any client ran. */
  activeAt: number
  /** WAL written since the last checkpoint, bytes. */
  walBytes: number
  checkpointedAt: number
  vacuumedAt: number
}

const MiB = 1024 * 1024
export const UPKEEP = {
  everyMs: 5_000,
  /** PostgreSQL's own trigger (max_wal_size) doesn't fire in PGlite; bounds the folder and the next recovery. */
  checkpointBytes: 64 * MiB,
  checkpointIdleMs: 300_000,
  vacuumEveryMs: 60_000,
  idleMs: 2_000,
}

/**
 * What is due now: a checkpoint by size at once, by age only in a quiet moment; VACUUM, which may hold everybody up
 * for seconds, only then.
 */
export function due(signs: Signs): 'checkpoint' | 'vacuum' | null {
  const { now, activeAt, walBytes, checkpointedAt, vacuumedAt } = signs
  if (walBytes >= UPKEEP.checkpointBytes) return 'checkpoint'
  if (now - activeAt < UPKEEP.idleMs) return null
  if (walBytes > 0 && now - checkpointedAt >= UPKEEP.checkpointIdleMs) return 'checkpoint'
  // Nothing to clean when nobody worked since.
  return now - vacuumedAt >= UPKEEP.vacuumEveryMs && activeAt > vacuumedAt ? 'vacuum' : null
}

/** Tables worth a VACUUM ANALYZE by autovacuum's thresholds, the most waste first. */
export const WORN_TABLES = `
  SELECT format('%I.%I', schemaname, relname) AS name FROM pg_stat_user_tables
  WHERE n_dead_tup > 50 + 0.2 * n_live_tup OR n_mod_since_analyze > 50 + 0.1 * n_live_tup
  ORDER BY n_dead_tup DESC`
