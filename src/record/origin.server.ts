import { sql, type RawBuilder } from 'kysely'
import { firstKeyed, send, type Tx } from '#server/database.server.ts'
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

/** Records (alias r) of which a version came with a workbook. */
export const ofBatch = (id: string): RawBuilder<unknown> =>
  sql`(r.district_id, r.id) IN (SELECT f.district_id, f.record_id FROM app.record_origin f WHERE f.import_id = ${id}::uuid)`

/** The workbook that the present version of a record (alias r) came with, else the last one. */
export const batchOf = sql`(SELECT f.import_id FROM app.record_origin f
  WHERE f.district_id = r.district_id AND f.record_id = r.id ORDER BY f.version DESC LIMIT 1)`

/** The file's name as it stands with a record of its. */
export async function batchFile(tx: Tx, id: string, recordId: string): Promise<{ file: string } | null> {
  const found = await firstKeyed<{ file: string }>(
    tx,
    sql`SELECT file_name AS file FROM app.record_origin WHERE import_id = ${id}::uuid AND record_id = ${recordId}::uuid LIMIT 1`,
  )
  return found ?? null
}
