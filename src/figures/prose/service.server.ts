import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import { partOf, readPeriodCode } from '#kit/period.ts'
import { Problem } from '#kit/problem.ts'
import { can } from '#identity/decide.ts'
import type { Actor } from '#identity/actor.ts'
import { readGaps } from '#org/gaps/read.server.ts'
import { findPlace } from '#org/place.server.ts'
import { commentDocx } from '#paper/docx/comment.server.ts'
import { DOCX_CAPS } from '#paper/docx/reading.server.ts'
import { figuresOf } from '#paper/document.ts'
import { FileRefused } from '#paper/refused.ts'
import { indicators } from '#programmes/index.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import { inUnit } from '../service.server.ts'
import { getSnapshot, snapshotsOf } from '../summary/snapshot.server.ts'
import type { ProofFigure, ProofReply } from './api.ts'
import { askUntilKnown } from './asked.ts'
import { liveFrom, type LiveLine } from './command.server.ts'
import { placeInFile } from './lines.ts'
import { liveOf } from './live.server.ts'
import { notesOf } from './notes.ts'
import type { Paragraph } from './paragraph.ts'
import { proofread, yearOf } from './proof.ts'
import { agreeing } from './proofed.ts'
import { rateNotes, type Rates } from './rates.ts'
import { isDocx, known, readReport } from './read.server.ts'
import { reasonWords, verdictWords } from './words.ts'

export interface Report {
  bytes: Uint8Array
  paragraphs: Paragraph[]
}

const refused = (error: unknown): never => {
  if (error instanceof FileRefused) throw Problem.fileRefused(error.message)
  throw error
}

/** Takes in an uploaded report; it lives in memory for this one call and is kept nowhere. @throws Problem.fileRefused */
export async function receiveReport(stream: Readable): Promise<Report> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of stream as AsyncIterable<Buffer>) {
    size += part.length
    if (size > DOCX_CAPS.fileBytes) {
      stream.resume()
      throw Problem.fileRefused('文件过大，不能超过 20 MB，请压缩图片后再上传')
    }
    parts.push(part)
  }
  const bytes = new Uint8Array(Buffer.concat(parts))
  try {
    return { bytes, paragraphs: readReport(bytes) }
  } catch (error) {
    return refused(error)
  }
}

/** Proof-reads a report against the figures that the actor may see, for a year and an org (id) in her scope: by default those that the text names. */
export async function proofOf(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  { bytes, paragraphs }: Report,
  asked: { year?: string | undefined; org?: string | undefined; snapshot?: string | undefined },
): Promise<ProofReply> {
  const frozen = asked.snapshot === undefined ? null : await frozenOf(tx, actor, asked.snapshot)
  const named = yearOf(paragraphs)
  const year =
    frozen !== null
      ? frozen.year
      : asked.year === undefined
        ? named !== null && named >= 2000 && named <= 2100
          ? named
          : null
        : Number(asked.year)
  const judged = (line: LiveLine | null) => proofread(paragraphs, line && liveFrom(line), known, year)
  const org = asked.org ?? (frozen ? null : await unitNamed(tx, actor, paragraphs))
  const line =
    year === null
      ? null
      : await askUntilKnown(judged, year, (also) => liveOf(deps, tx, actor, year, org, also))
  const live = line && liveFrom(line)
  // By a snapshot the text is judged by what was frozen of its unit's year, and what is now stands beside it.
  const judges = live && frozen ? { ...live, values: frozen.values } : live
  const figures = proofread(paragraphs, judges, known, year)
  const now = frozen ? judged(line) : figures
  const rates = line && (await ratesOf(deps, tx, actor, line.org.id))
  const notes = [...notesOf(figures, paragraphs), ...(rates ? rateNotes(figures, paragraphs, rates) : [])]
  return {
    org: line?.org ?? null,
    year,
    isDocx: isDocx(bytes),
    snapshot: frozen?.id ?? null,
    snapshots: year === null || line?.org.id !== actor.org.id ? [] : await snapshotIds(tx, actor, year),
    paragraphs: paragraphs.map(({ text, inTable = false, aside = null }, n) => ({
      text,
      inTable,
      aside,
      notes: notes.filter((note) => note.at === null && note.paragraph === n).map((note) => note.text),
    })),
    figures: figures.map((figure, n) => ({
      paragraph: figure.paragraph,
      start: figure.start,
      end: figure.end,
      written: figure.text,
      value: figure.written.value / figure.written.per,
      ...agreeing(figure),
      unit: figure.written.unit,
      precision: figure.written.precision,
      indicator: figure.indicator,
      verdict: figure.verdict,
      reason: figure.reason,
      live: now[n]?.live ?? null,
      frozen:
        frozen && figure.of === null && periodOfFigure(figure.period, year) === null ? figure.live : null,
      period: periodOfFigure(figure.period, year),
      org: (figure.of !== null && line?.units[figure.of]?.org) || null,
      notes: notes.filter((note) => note.at === n).map((note) => note.text),
    })),
  }
}

/** Both rates of an org, where the actor may see on what they stand. */
async function ratesOf(deps: Deps, tx: Tx, actor: Actor, org: number): Promise<Rates | null> {
  const place = await findPlace(tx, org)
  if (!place || !can(actor, 'org.gaps', place)) return null
  const { formation, employers } = await readGaps(deps, tx, actor, { org: String(org) })
  return { formation, employers, today: deps.today() }
}

/** So many of the first lines with words are a report's title and whom it is from. */
const TITLE_LINES = 3

/** The unit in her scope that the title names by its whole name, the longest of them; null where it names none. */
async function unitNamed(tx: Tx, actor: Actor, paragraphs: readonly Paragraph[]): Promise<string | null> {
  const title = paragraphs
    .map(({ text }) => text.trim())
    .filter((text) => text !== '')
    .slice(0, TITLE_LINES)
    .filter((text) => text.length <= 60)
    .join('\n')
  const { scopeCode } = actor.org
  const found = await first<{ id: number }>(
    tx,
    sql`SELECT id FROM app.org WHERE scope_code >= ${scopeCode} AND scope_code < ${`${scopeCode}~`} AND closed_on IS NULL
        AND position(name IN ${title}::text) > 0 ORDER BY length(name) DESC, org_code LIMIT 1`,
  )
  return found ? String(found.id) : null
}

/** A snapshot's values in the units of their indicators. @throws Problem.notFound */
async function frozenOf(tx: Tx, actor: Actor, id: string) {
  if (!can(actor, 'summary.read')) throw Problem.notFound()
  const { year, values, document } = await getSnapshot(tx, actor, id)
  // What was too small to be printed then is not told now.
  const printed = new Set(figuresOf(document).map(({ indicator }) => indicator))
  const told = indicators.map(
    ({ id: code, indicator }) =>
      [
        code,
        indicator.cell === 'none' || printed.has(code) ? inUnit(code, values[code] ?? 0) : null,
      ] as const,
  )
  return { id, year, values: new Map(told) }
}

async function snapshotIds(tx: Tx, actor: Actor, year: number): Promise<string[]> {
  if (!can(actor, 'summary.read')) return []
  return (await snapshotsOf(tx, actor, year)).map(({ id }) => id)
}

/** A part of the year, or another one; null for the whole year of the report. */
function periodOfFigure(code: string | null, year: number | null): ProofFigure['period'] {
  if (code === null || code === String(year)) return null
  const period = readPeriodCode(code)
  if (!period) return null
  const { label, calendar, untilYm } = period
  return { label, calendar, year: Math.floor(untilYm / 100), part: partOf(period) }
}

const byId = new Map(indicators.map(({ id, indicator }) => [id, indicator]))

/** The uploaded .docx with one comment per figure, and one for each remark on a paragraph. @throws Problem.fileRefused for plain text */
export function commented(report: Report, proof: ProofReply, publicUrl: string): Uint8Array {
  try {
    const ofFigures = proof.figures.map((figure) => {
      const aside = proof.paragraphs[figure.paragraph]?.aside
      const lines = commentOf(figure, proof, publicUrl)
      return { ...figure, lines: aside ? [`${aside}中的“${figure.written}”`, ...lines] : lines }
    })
    const ofParagraphs = proof.paragraphs.flatMap(({ text, notes }, paragraph) =>
      notes.length > 0 ? [{ paragraph, start: 0, end: text.length, lines: notes }] : [],
    )
    const remarks = [...ofParagraphs, ...ofFigures].map(({ lines, ...span }) => ({
      lines,
      ...placeInFile(report.paragraphs, span),
    }))
    return commentDocx(report.bytes, remarks)
  } catch (error) {
    return refused(error)
  }
}

/** Where the records of a figure stand. */
const traceQuery = ({ period, org: other }: ProofFigure, { year, org }: ProofReply): string =>
  [
    period ? `calendar=${period.calendar}&year=${period.year}&part=${period.part}` : `year=${year}`,
    ...(other || org ? [`org=${(other ?? org)!.id}`] : []),
  ].join('&')

/** What moved since the snapshot. */
const moved = ({ frozen, live }: ProofFigure): string =>
  frozen === null || live === null || frozen === live
    ? ''
    : `（快照后变动${live > frozen ? '＋' : '－'}${Math.abs(live - frozen)}）`

function commentOf(figure: ProofFigure, proof: ProofReply, publicUrl: string): string[] {
  const { year, snapshot } = proof
  const org = figure.org ?? proof.org
  const indicator = figure.indicator === null ? null : byId.get(figure.indicator)
  if (!indicator) return ['不属于平台指标，未对照', ...figure.notes]
  const verdict = figure.verdict
    ? verdictWords[figure.verdict]
    : figure.reason
      ? reasonWords[figure.reason]
      : '未对照'
  return [
    `${verdict}：${indicator.label}（${figure.indicator}）`,
    ...(figure.frozen === null ? [] : [`快照${snapshot}：${figure.frozen}${indicator.unit}`]),
    ...(figure.live === null
      ? []
      : [
          `${org?.name ?? ''}${figure.period?.label ?? `${year}年`}${figure.frozen === null ? '' : '现在'}：${figure.live}${indicator.unit}${moved(figure)}`,
        ]),
    `口径：${indicator.definition}`,
    ...figure.notes,
    ...(figure.live === null
      ? []
      : [`溯源：${publicUrl}/trace/${figure.indicator}?${traceQuery(figure, proof)}`]),
  ]
}
