import { sql } from 'kysely'
import type * as z from 'zod/mini'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import { figuresOf } from '#paper/document.ts'
import { type Mode, writeDocx } from '#paper/docx/write.server.ts'
import { indicators } from '#programmes/index.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import { inUnit } from '../service.server.ts'
import type { SnapshotDetail, SummaryPreview, summaryText } from '../summaryApi.ts'
import { write } from '../written.ts'
import { composeSummary, fileTitle } from './compose.ts'
import { printedIndicators } from './sections.ts'
import { getSnapshot, snapshotsOf, type Snapshot } from './snapshot.server.ts'
import { liveValues, readTexts, readYear } from './year.server.ts'

const declared = new Map(indicators.map((entry) => [entry.id, entry.indicator]))

/** The indicators of the summary whose value isn't what was frozen, by their values in the books. */
const movedOf = (frozen: Snapshot['values'], live: ReadonlyMap<string, number>): string[] =>
  printedIndicators.filter((id) => (frozen[id] ?? 0) !== (live.get(id) ?? 0))

/** The summary of a year over what is accepted by now; nothing frozen. */
export async function readPreview(deps: Deps, tx: Tx, actor: Actor, year: number): Promise<SummaryPreview> {
  const values = await liveValues(deps, tx, actor.org.id, year)
  const texts = await readTexts(tx, actor.org.id, year)
  const { document, parts } = composeSummary(await readYear(deps, tx, actor, year, values, texts))
  const snapshots = await snapshotsOf(tx, actor, year)
  return {
    year,
    title: document.title,
    date: document.date,
    blocks: document.blocks.map((block, at) => {
      const part = parts[at]
      return part ? { ...block, part } : block
    }),
    signature: document.signature,
    figures: figuresOf(document).length,
    texts,
    snapshots: snapshots.map((s) => ({ ...briefOf(s), moved: movedOf(s.values, values).length })),
    mayEdit: can(actor, 'summary.edit'),
  }
}

const briefOf = ({ id, at, by, hash }: Snapshot) => ({ id, at, by, hash })

/** What XML and the database cannot hold, but for line breaks. */
const unprintable = /(?!\n)\p{Cc}|\p{Cs}/gu

/**
 * Saves a text of the editors over the version that she read (0: nobody wrote it yet).
 * @throws Problem.textChanged when it is another by now
 */
export async function saveText(
  tx: Tx,
  work: UnitOfWork,
  { year, part, body, version }: z.infer<typeof summaryText>,
): Promise<{ version: number }> {
  const { actor } = work
  const text = body.replaceAll(/\r\n?/g, '\n').replaceAll(unprintable, '').normalize('NFC')
  const saved = await first<{ version: number }>(
    tx,
    version === 0
      ? sql`INSERT INTO app.summary_text (org_id, year, part, body, updated_by)
          VALUES (${actor.org.id}, ${year}, ${part}, ${text}, ${actor.accountId}::uuid) ON CONFLICT DO NOTHING RETURNING version`
      : sql`UPDATE app.summary_text SET body = ${text}, version = version + 1, updated_by = ${actor.accountId}::uuid, updated_at = now()
          WHERE org_id = ${actor.org.id} AND year = ${year} AND part = ${part} AND version = ${version} RETURNING version`,
  )
  if (!saved) throw Problem.textChanged()
  work.audit({
    districtId: actor.org.districtId,
    action: 'summary.edit',
    object: `summary:${year}`,
    fields: [part],
    body: text,
  })
  return saved
}

/** A snapshot's figures beside the live ones: what moved since, and how each is and would be written. */
export async function readSnapshot(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<SnapshotDetail> {
  const snapshot = await getSnapshot(tx, actor, id)
  const live = await liveValues(deps, tx, actor.org.id, snapshot.year)
  const written = new Map(figuresOf(snapshot.document).map((figure) => [figure.indicator, figure.written]))
  const figures = printedIndicators
    .filter((code) => (snapshot.values[code] ?? 0) !== 0 || (live.get(code) ?? 0) !== 0)
    .map((code) => {
      const { label, unit, style } = declared.get(code)!
      const [frozen, now] = [inUnit(code, snapshot.values[code] ?? 0), inUnit(code, live.get(code) ?? 0)]
      const writtenNow = write(now, unit, style)
      return {
        indicator: code,
        label,
        unit,
        frozen,
        live: now,
        written: written.get(code) ?? write(frozen, unit, style),
        writtenNow,
      }
    })
  return { ...briefOf(snapshot), year: snapshot.year, figures }
}

/** The Word file of a snapshot, from what was frozen and nothing else. */
export async function snapshotDocx(
  tx: Tx,
  actor: Actor,
  id: string,
  mode: Mode,
): Promise<{ name: string; bytes: Uint8Array; hash: string }> {
  const { document, year, hash } = await getSnapshot(tx, actor, id)
  const title = fileTitle(document.signature.name, year, id)
  const mark = await auditMark(tx, id)
  return {
    name: `${title}${mode === 'review' ? '审阅版' : ''}.docx`,
    bytes: await writeDocx(document, { mode, mark }),
    hash,
  }
}

/**
 * The audit's head right after the freeze, for the footer: whoever holds the paper can ask for that row of the chain.
 * The freeze locked the books, so that its own row is the one after the sequence it noted.
 */
async function auditMark(tx: Tx, id: string): Promise<string | null> {
  const found = await first<{ seq: number; hash: string }>(
    tx,
    sql`SELECT a.seq, a.hash FROM app.snapshot s JOIN app.org o ON o.id = s.org_id
      JOIN app.audit a ON a.district_id = o.district_id AND a.seq = (s.seqs ->> o.district_id::text)::bigint + 1
      WHERE s.id = ${id} AND a.action = 'summary.freeze' AND a.object = s.id`,
  )
  return found && `审计链第 ${found.seq} 条　${found.hash.slice(0, 16)}`
}
