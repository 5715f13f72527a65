import { sql } from 'kysely'
import { headMark, markOf } from '#audit/mark.server.ts'
import { Problem } from '#kit/problem.ts'
import { partOf, periodOf, readPeriodCode } from '#kit/period.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import { figuresOf, sourceKey, type FigureRun, type OfficialDocument } from '#paper/document.ts'
import { type Mode, writeDocx } from '#paper/docx/write.server.ts'
import { docxType } from '#paper/mime.ts'
import { convert, findSoffice, OfficeFailed } from '#paper/office.server.ts'
import { indicators } from '#programmes/index.ts'
import { brief } from '#record/place.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { inUnit } from '../service.server.ts'
import type { ChipInfo, SnapshotDetail, SummaryPreview } from '../summaryApi.ts'
import { listComments } from './comments.server.ts'
import { fileTitle, LIVE } from './compose.ts'
import { chipKey, chipsOf, type Chip, type Draft } from './draft.ts'
import { frameOf } from './frame.server.ts'
import { draftNow, getPaper } from './paper.server.ts'
import { ofChip, render, writtenAs, type ChipValue } from './render.ts'
import { printedIndicators } from './sections.ts'
import { actsOf, hasLeader } from './signOff.server.ts'
import { getSnapshot, snapshotsOf, type Snapshot } from './snapshot.server.ts'
import { readChips } from './values.server.ts'
import { liveValues } from './year.server.ts'

const declared = new Map(indicators.map((entry) => [entry.id, entry.indicator]))

/** The text of a unit's year with its figures as they are by now. */
async function readText(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  year: number,
): Promise<{
  draft: Draft
  chips: Map<string, ChipValue>
  values: Map<string, number>
  document: OfficialDocument
}> {
  const values = await liveValues(deps, tx, actor.org.id, year)
  const draft = await draftNow(deps, tx, actor, year, values, await getPaper(tx, actor, year))
  const chips = await readChips(deps, tx, actor, draft, year, values)
  return { draft, chips, values, document: render(draft, chips, frameOf(deps, actor, year, LIVE)) }
}

/** The summary of a year over what is accepted by now; nothing frozen. */
export async function readPreview(deps: Deps, tx: Tx, actor: Actor, year: number): Promise<SummaryPreview> {
  const paper = await getPaper(tx, actor, year)
  const { draft, chips, values, document } = await readText(deps, tx, actor, year)
  const snapshots = await snapshotsOf(tx, actor, year)
  const moved: SummaryPreview['snapshots'] = []
  for (const snapshot of snapshots) {
    const figures = await besideLive(deps, tx, actor, snapshot, values)
    moved.push({ ...briefOf(snapshot), moved: figures.filter((f) => f.frozen !== f.live).length })
  }
  const signed = snapshots.find(({ id }) => id === paper.snapshot)
  return {
    year,
    org: await brief(tx, actor.org.id),
    state: paper.state,
    version: paper.version,
    saved: paper.saved,
    submitted: paper.state === 'draft' ? null : paper.submitted,
    signed: signed && paper.signed ? { ...paper.signed, snapshot: signed.id, hash: signed.hash } : null,
    remark: paper.remark,
    draft,
    chips: chipsBeside(draft, chips, snapshots[0], year),
    title: document.title,
    date: document.date,
    blocks: document.blocks as SummaryPreview['blocks'],
    signature: document.signature,
    figures: figuresOf(document).length,
    comments: await listComments(tx, actor, year),
    snapshots: moved,
    acts: actsOf(actor, paper),
    hasLeader: await hasLeader(tx, actor.org.id),
    mayEdit: paper.state === 'draft' && can(actor, 'summary.edit'),
    mayFreeze: can(actor, 'summary.freeze'),
    hasPdf: findSoffice() !== null,
  }
}

/** Each figure beside what the last snapshot printed for it. */
function chipsBeside(
  draft: Draft,
  chips: ReadonlyMap<string, ChipValue>,
  last: Snapshot | undefined,
  year: number,
): Record<string, ChipInfo> {
  const frozen = new Map((last ? figuresOf(last.document) : []).map((f) => [sourceKey(f), f.value]))
  return Object.fromEntries(
    chipsOf(draft).map((chip) => {
      const key = chipKey(chip, year)
      const found = chips.get(key) ?? { value: null, org: null }
      const { code } = ofChip(chip, year, found)
      const was = frozen.get(sourceKey({ indicator: chip.indicator, ...(code ? { of: code } : {}) }))
      return [key, { ...found, frozen: was ?? null }]
    }),
  )
}

const briefOf = ({ id, at, by, hash }: Snapshot) => ({ id, at, by, hash })

/** A snapshot's figures beside the live ones: what moved since, and how each is and would be written. */
export async function readSnapshot(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<SnapshotDetail> {
  const snapshot = await getSnapshot(tx, actor, id)
  const live = await liveValues(deps, tx, actor.org.id, snapshot.year)
  return {
    ...briefOf(snapshot),
    year: snapshot.year,
    figures: await besideLive(deps, tx, actor, snapshot, live),
  }
}

/** Each figure of a snapshot, of whatever unit and period, beside what it is now. */
async function besideLive(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  snapshot: Snapshot,
  live: ReadonlyMap<string, number>,
): Promise<SnapshotDetail['figures']> {
  const printed = figuresOf(snapshot.document)
  const written = new Map(printed.map((figure) => [figure.indicator, figure.written]))
  const figures = printedIndicators
    .filter((code) => (snapshot.values[code] ?? 0) !== 0 || (live.get(code) ?? 0) !== 0)
    .map((code) => {
      const { label, unit, style } = declared.get(code)!
      const [frozen, now] = [inUnit(code, snapshot.values[code] ?? 0), inUnit(code, live.get(code) ?? 0)]
      return {
        indicator: code,
        label,
        unit,
        frozen,
        live: now,
        written: written.get(code) ?? writtenAs(frozen, unit, style),
        writtenNow: writtenAs(now, unit, style),
      }
    })
  return [...figures, ...(await othersNow(deps, tx, actor, snapshot, printed))]
}

/** The printed figures of other units and periods beside what they are now. */
async function othersNow(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  { year }: Snapshot,
  printed: readonly FigureRun[],
): Promise<SnapshotDetail['figures']> {
  const others = new Map(printed.flatMap((f) => (f.of === undefined ? [] : [[sourceKey(f), f] as const])))
  if (others.size === 0) return []
  const codes = [...others.values()].flatMap(({ of }) => of!.split('.')[1] ?? [])
  const units = new Map(
    (
      await rows<{ id: number; code: string }>(
        tx,
        sql`SELECT id, regexp_replace(org_code, '[^0-9A-Za-z]', '', 'g') AS code FROM app.org
          WHERE regexp_replace(org_code, '[^0-9A-Za-z]', '', 'g') = ANY (${codes}::text[])`,
      )
    ).map(({ id, code }) => [code, id]),
  )
  const chips = [...others.values()].map((figure) => ({ figure, chip: chipOf(figure, units, year) }))
  const pieces = chips.map(({ chip }) => ({ figure: chip }))
  const now = await readChips(deps, tx, actor, { blocks: [{ id: 'a', kind: 'paragraph', pieces }] }, year)
  return chips.flatMap(({ figure, chip }) => {
    const value = now.get(chipKey(chip, year))?.value ?? null
    if (value === null) return []
    const { style } = declared.get(figure.indicator)!
    const { indicator, label, unit, written } = figure
    const writtenNow = writtenAs(value, unit, style)
    return [{ indicator, label, unit, frozen: figure.value, live: value, written, writtenNow }]
  })
}

/** The figure of a printed one, from its short name: `2019h1.210202`. */
function chipOf({ indicator, of = '' }: FigureRun, units: ReadonlyMap<string, number>, year: number): Chip {
  const [code = '', unit] = of.split('.')
  const period = readPeriodCode(code) ?? periodOf('year', year)
  const org = unit === undefined ? undefined : units.get(unit)
  return {
    indicator,
    calendar: period.calendar,
    year: Math.floor(period.untilYm / 100),
    part: partOf(period),
    ...(org === undefined ? {} : { org }),
  }
}

export interface Paperfile {
  name: string
  type: string
  /** Made when the transaction is over: LibreOffice takes seconds. */
  bytes: () => Promise<Uint8Array>
}

const TYPES = {
  docx: docxType,
  pdf: 'application/pdf',
}

type Asked = { mode?: Mode | undefined; as?: 'docx' | 'pdf' | undefined }

/** The file of a snapshot, from what was frozen and nothing else. */
export async function snapshotFile(tx: Tx, actor: Actor, id: string, asked: Asked): Promise<Paperfile> {
  const { document, year } = await getSnapshot(tx, actor, id)
  const title = fileTitle(document.signature.name, year, id)
  return fileOf(document, title, asked, await auditMark(tx, id))
}

/** The file of the text as it stands, with the figures of now. */
export async function draftFile(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  year: number,
  asked: Asked,
): Promise<Paperfile> {
  const { document } = await readText(deps, tx, actor, year)
  const title = fileTitle(document.signature.name, year, '送审稿')
  return fileOf(document, title, asked, await headMark(tx, actor.org.districtId))
}

function fileOf(document: OfficialDocument, title: string, asked: Asked, mark: string | null): Paperfile {
  const { mode = 'clean', as = 'docx' } = asked
  if (as === 'pdf' && findSoffice() === null) throw Problem.noPdf()
  const word = () => writeDocx(document, { mode, mark })
  return {
    name: `${title}${mode === 'review' ? '审阅版' : ''}.${as}`,
    type: TYPES[as],
    bytes: as === 'docx' ? word : async () => pdfOf(await word()),
  }
}

async function pdfOf(docx: Uint8Array): Promise<Uint8Array> {
  try {
    const pdf = await convert(docx, 'docx', 'pdf')
    if (!pdf) throw Problem.noPdf()
    return pdf
  } catch (error) {
    if (error instanceof OfficeFailed) throw Problem.fileRefused(error.message)
    throw error
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
  return found && markOf(found)
}
