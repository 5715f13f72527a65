import { sql } from 'kysely'
import { send, type Tx } from '#server/database.server.ts'
import type { Origin } from './origin.ts'
import type { Spine } from './spine.ts'

/** Notes from which workbook the present versions of records came. */
export function insertOrigins(tx: Tx, list: readonly { spine: Spine; origin: Origin | null }[]): void {
  const lines = list.flatMap(({ spine, origin }) =>
    origin === null
      ? []
      : {
          district_id: spine.district_id,
          record_id: spine.id,
          version: spine.version,
          import_id: origin.import,
          file_name: origin.file,
          line: origin.line,
        },
  )
  if (lines.length === 0) return
  send(
    tx,
    sql`INSERT INTO app.record_origin SELECT * FROM jsonb_populate_recordset(NULL::app.record_origin, ${JSON.stringify(lines)}::jsonb)`,
  )
}
