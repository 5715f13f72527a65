import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { ExportLine, NewExport } from './api.ts'
import { keptDays, secondDays } from './rules.ts'
import type { Source } from './source.server.ts'
import { newSeal, sealFor, type Seal } from './seal.server.ts'

/** What is kept of a file under its seal. */
export type Head = { asked: NewExport; full: boolean; fileName: string; scope: string[] }

export type Kept = Omit<ExportLine, 'name'> & { districtId: number; head: Head; seal: Seal }
type Stored = Omit<Kept, 'head' | 'seal'> & { wrapped: Buffer; head: Buffer }

const columns = sql`district_id AS "districtId", id, title,
  CASE WHEN state = 'asked' AND asked_at <= now() - make_interval(days => ${secondDays}::int) THEN 'lapsed' ELSE state END AS state, fault, is_full AS full, reason, row_count AS rows, byte_count AS bytes,
  to_jsonb(asked_at) #>> '{}' AS "askedAt", to_jsonb(asked_at + make_interval(days => ${keptDays}::int)) #>> '{}' AS "keptUntil",
  CASE WHEN second_at IS NOT NULL THEN jsonb_build_object('by', (SELECT a.name FROM app.account a WHERE a.id = second_account),
    'at', to_jsonb(second_at) #>> '{}', 'answer', coalesce(second_answer, '')) END AS second, wrapped, head`

const opened = (deps: Pick<Deps, 'crypto'>, { wrapped, head, ...rest }: Stored): Kept => {
  const seal = sealFor(deps.crypto, rest.id, wrapped)
  return { ...rest, seal, head: JSON.parse(seal.open(head, 'head')) as Head }
}

/** Writes down that a file was asked for. */
export async function insertExport(
  deps: Pick<Deps, 'crypto'>,
  tx: Tx,
  actor: Actor,
  id: string,
  { source, head, second }: { source: Source; head: Head; second: boolean },
): Promise<void> {
  const { wrapped, seal } = newSeal(deps.crypto, id)
  const {
    asked: { ask, reason = '' },
    full,
  } = head
  await sql`INSERT INTO app.export (district_id, id, kind, org_id, account_id, person_id, post_id, is_full, title, reason, row_count, is_personal, needs_second, state, columns, wrapped, head)
    VALUES (${actor.org.districtId}, ${id}::uuid, ${ask.kind}, ${actor.org.id}, ${actor.accountId}::uuid, ${actor.personId}::uuid, ${actor.postId}::uuid,
      ${full}, ${source.title}, ${reason.trim()}, ${source.rows}, ${source.personal}, ${second}, ${second ? 'asked' : 'waiting'},
      ${second ? source.columns.join('、') : ''}, ${wrapped}::bytea, ${seal.close(JSON.stringify(head), 'head')}::bytea)`.execute(
    tx,
  )
}

const own = (actor: Actor) => sql`account_id = ${actor.accountId}::uuid AND org_id = ${actor.org.id}`

/** A file of the actor's own that has not gone. @throws Problem.notFound, the same for another's and for none */
export async function findExport(
  deps: Pick<Deps, 'crypto'>,
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<Kept> {
  const found = await first<Stored>(
    tx,
    sql`SELECT ${columns} FROM app.export WHERE id = ${id}::uuid AND ${own(actor)} AND state <> 'gone'`,
  )
  if (!found) throw Problem.notFound()
  return opened(deps, found)
}

/** The actor's files that have not gone, the newest first. */
export async function listExports(deps: Pick<Deps, 'crypto'>, tx: Tx, actor: Actor): Promise<Kept[]> {
  const found = await rows<Stored>(
    tx,
    sql`SELECT ${columns} FROM app.export WHERE ${own(actor)} AND state <> 'gone' ORDER BY asked_at DESC LIMIT ${bounds.exports.most}`,
  )
  return found.map((stored) => opened(deps, stored))
}

export const lineOf = (kept: Kept): ExportLine => ({
  id: kept.id,
  name: kept.head.fileName,
  title: kept.title,
  state: kept.state,
  fault: kept.fault,
  full: kept.full,
  reason: kept.reason,
  rows: kept.rows,
  bytes: kept.bytes,
  askedAt: kept.askedAt,
  keptUntil: kept.keptUntil,
  second: kept.second,
})

/** Bytes of a piece: what one value of the database carries without effort. */
const pieceBytes = 512 * 1024

/** Writes the file into its pieces and marks it ready. */
export async function writeFile(tx: Tx, kept: Kept, bytes: Uint8Array, count: number): Promise<void> {
  const { districtId, id, seal } = kept
  for (let part = 0; part * pieceBytes < bytes.length; part++) {
    const piece = Buffer.from(bytes.subarray(part * pieceBytes, (part + 1) * pieceBytes)).toString('base64')
    await sql`INSERT INTO app.export_part VALUES (${districtId}, ${id}::uuid, ${part}, ${seal.close(piece, `part ${part}`)}::bytea)`.execute(
      tx,
    )
  }
  await sql`UPDATE app.export SET state = 'ready', row_count = ${count}, byte_count = ${bytes.length}, ended_at = now()
    WHERE district_id = ${districtId} AND id = ${id}::uuid`.execute(tx)
}

/** The file again. */
export async function readFile(tx: Tx, { districtId, id, seal }: Kept): Promise<Buffer> {
  const pieces = await rows<{ part: number; body: Buffer }>(
    tx,
    sql`SELECT part, body FROM app.export_part WHERE district_id = ${districtId} AND export_id = ${id}::uuid ORDER BY part`,
  )
  return Buffer.concat(pieces.map(({ part, body }) => Buffer.from(seal.open(body, `part ${part}`), 'base64')))
}

/** Takes the file away with its key; that it was asked for stays. */
export async function dropFile(tx: Tx, { districtId, id }: Pick<Kept, 'districtId' | 'id'>): Promise<void> {
  await sql`DELETE FROM app.export_part WHERE district_id = ${districtId} AND export_id = ${id}::uuid`.execute(
    tx,
  )
  await sql`UPDATE app.export SET state = 'gone', wrapped = NULL, head = NULL, ended_at = coalesce(ended_at, now())
    WHERE district_id = ${districtId} AND id = ${id}::uuid`.execute(tx)
}

/** Says of a file that it cannot be made, and why. */
export async function failExport(
  tx: Tx,
  { districtId, id }: Pick<Kept, 'districtId' | 'id'>,
  fault: string,
): Promise<void> {
  await sql`UPDATE app.export SET state = 'failed', fault = ${fault}, ended_at = now()
    WHERE district_id = ${districtId} AND id = ${id}::uuid AND state = 'waiting'`.execute(tx)
}
