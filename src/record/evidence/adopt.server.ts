import { sql } from 'kysely'
import { rows, type Tx } from '#server/database.server.ts'

/** Takes a draft's files off it: with the draft they would be out of reach. */
export async function takeEvidence(tx: Tx, draftId: string): Promise<object[]> {
  const taken = await rows<{ file: object }>(
    tx,
    sql`DELETE FROM app.evidence e WHERE e.draft_id = ${draftId}::uuid RETURNING to_jsonb(e) AS file`,
  )
  return taken.map((t) => t.file)
}

/** Puts files on the record that their draft became, in the district where that is filed. */
export async function giveEvidence(tx: Tx, recordId: string, files: readonly object[]): Promise<void> {
  if (files.length === 0) return
  await sql`INSERT INTO app.evidence SELECT (jsonb_populate_record(f, to_jsonb(f)
      || jsonb_build_object('district_id', r.district_id, 'record_id', r.id, 'draft_id', NULL))).*
    FROM jsonb_populate_recordset(NULL::app.evidence, ${JSON.stringify(files)}::jsonb) f JOIN app.record r ON r.id = ${recordId}::uuid`.execute(
    tx,
  )
}
