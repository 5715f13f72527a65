import { sql } from 'kysely'
import { lockBooks } from '#audit/lockBooks.server.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import type { OfficialDocument } from '#paper/document.ts'
import { contentHash } from '#paper/hash.server.ts'
import { indicators } from '#programmes/index.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { checkPrintable, frameOf } from './frame.server.ts'
import { draftNow, getPaper } from './paper.server.ts'
import { render } from './render.ts'
import { readChips } from './values.server.ts'
import { liveValues } from './year.server.ts'

/**
 * Freezes the summary of a year: text, every indicator's value, and the last audit sequence of each district.
 *
 * Under READ COMMITTED two statements see two moments, so the audit locks of all districts are taken first, one by one
 * and ascending as every writer takes them; of a unit below the city those of the districts that it counts. Who entered figures before has committed, who comes after waits: values,
 * sequences and the records that the text names are of one moment, and two freezes can't draw one number.
 * @returns id (`S2019-1`) and SHA-256 of the content
 */
export async function freeze(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  year: number,
): Promise<{ id: string; hash: string }> {
  const { actor } = work
  const seqs = await lockBooks(tx, actor.org.id)
  const id = await nextId(tx, year)
  const values = await liveValues(deps, tx, actor.org.id, year)
  const draft = await draftNow(deps, tx, actor, year, values, await getPaper(tx, actor, year))
  const chips = await readChips(deps, tx, actor, draft, year, values)
  checkPrintable(deps, draft, chips, year)
  const document = render(draft, chips, frameOf(deps, actor, year, id))
  const hash = contentHash(document)
  await sql`INSERT INTO app.snapshot (id, org_id, year, seqs, content_hash, content, created_by) VALUES (${id}, ${actor.org.id}, ${year},
    ${JSON.stringify(seqs)}::jsonb, ${hash}, ${JSON.stringify(document)}::jsonb, ${actor.accountId}::uuid)`.execute(
    tx,
  )
  const numbers = indicators.map((i) => deps.catalogue.indicatorId(i.id))
  const frozen = indicators.map((i) => values.get(i.id) ?? 0)
  await sql`INSERT INTO app.snapshot_value SELECT ${id}, n, v FROM unnest(${numbers}::smallint[], ${frozen}::bigint[]) x(n, v)`.execute(
    tx,
  )
  work.audit({ districtId: actor.org.districtId, action: 'summary.freeze', object: id, body: { hash } })
  return { id, hash }
}

async function nextId(tx: Tx, year: number): Promise<string> {
  const next = await first<{ n: number }>(tx, sql`SELECT app.next_snapshot(${year}::int) AS n`)
  return `S${year}-${next!.n}`
}

export type Snapshot = {
  id: string
  year: number
  /** Shanghai time, `2020-04-16T09:30:00+08:00`. */
  at: string
  by: string
  hash: string
  document: OfficialDocument
  values: Record<string, number>
}

/** The snapshots of a federation: of a year, or the one of an id; newest first, values as the books hold them. */
async function find(tx: Tx, actor: Actor, which: { year: number } | { id: string }): Promise<Snapshot[]> {
  const where = 'id' in which ? sql`s.id = ${which.id}` : sql`s.year = ${which.year}`
  return rows<Snapshot>(
    tx,
    sql`SELECT s.id, s.year, to_char(s.created_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS"+08:00"') AS at,
      coalesce(a.name, '系统') AS by, s.content_hash AS hash, s.content AS document,
      (SELECT jsonb_object_agg(i.code, v.val) FROM app.snapshot_value v JOIN app.indicator i ON i.id = v.indicator_id
        WHERE v.snapshot_id = s.id) AS values
      FROM app.snapshot s LEFT JOIN app.account a ON a.id = s.created_by
      WHERE s.org_id = ${actor.org.id} AND ${where} ORDER BY s.created_at DESC, s.id DESC`,
  )
}

/** The snapshots of a year, newest first. */
export const snapshotsOf = (tx: Tx, actor: Actor, year: number): Promise<Snapshot[]> =>
  find(tx, actor, { year })

/**
 * One snapshot, content proved against its hash.
 * @throws Problem.notFound; Error when the stored content isn't what was frozen
 */
export async function getSnapshot(tx: Tx, actor: Actor, id: string): Promise<Snapshot> {
  const [snapshot] = await find(tx, actor, { id })
  if (!snapshot) throw Problem.notFound()
  if (contentHash(snapshot.document) !== snapshot.hash) throw new Error(`快照 ${id} 的内容与其校验码不符`)
  return snapshot
}
