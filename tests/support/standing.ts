import { sql } from 'kysely'
import type { SuiteName } from '#crypto/suite.server.ts'
import type { Db } from '#server/database.server.ts'
import { openMemory, type TestDatabase } from './database.ts'
import { loadWorlds, type World } from './world.ts'

/** A world in memory that waits for the next file of this worker. */
type Standing = { database: TestDatabase; world: () => World; nextXid: string; files: number }

/** Rows that were rolled back stay in the heap: after so many files a fresh one is the faster. */
const mostFiles = 12

const waiting = new Map<SuiteName, Standing>()

/**
 * A world of its own for a test file. To open an engine and load it takes 1.4 s of processor; what a file leaves
 * without any committed change therefore serves the next one, and all else is closed.
 */
export async function takeWorld(suite: SuiteName): Promise<{ world: World; giveBack(): Promise<void> }> {
  const standing = waiting.get(suite) ?? (await open(suite))
  waiting.delete(suite)
  return {
    world: standing.world(),
    giveBack: async () => {
      standing.files += 1
      const isFree = !waiting.has(suite) && standing.files < mostFiles
      if (isFree && !(await hasCommitted(standing))) waiting.set(suite, standing)
      else await standing.database.close()
    },
  }
}

async function open(suite: SuiteName): Promise<Standing> {
  const database = await openMemory()
  const world = await loadWorlds(database.db, database.db, suite)
  return { database, world, nextXid: await nextXid(database.db), files: 0 }
}

async function nextXid(db: Db): Promise<string> {
  const { rows } = await sql<{
    xid: string
  }>`SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS xid`.execute(db)
  return rows[0]!.xid
}

/** Whether any transaction since the world was loaded has written and committed. */
async function hasCommitted({ database: { db }, nextXid: from }: Standing): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`SELECT EXISTS (
    SELECT FROM generate_series(${from}::bigint, ${await nextXid(db)}::bigint - 1) xid
    WHERE pg_xact_status(xid::text::xid8) IS DISTINCT FROM 'aborted') AS found`.execute(db)
  return rows[0]!.found
}
