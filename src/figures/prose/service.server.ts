import type { Readable } from 'node:stream'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { commentDocx } from '#paper/docx/comment.server.ts'
import { DOCX_CAPS } from '#paper/docx/read.server.ts'
import { FileRefused } from '#paper/refused.ts'
import { indicators } from '#programmes/index.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Tx } from '#server/database.server.ts'
import type { ProofFigure, ProofReply } from './api.ts'
import { liveOf } from './live.server.ts'
import { notesOf } from './notes.ts'
import { agreeing, proofread, yearOf, type Paragraph } from './proof.ts'
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

/** Proof-reads a report against the figures that the actor may see, for a year and an org (id) in her scope. */
export async function proofOf(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  { bytes, paragraphs }: Report,
  asked: { year?: string | undefined; org?: string | undefined },
): Promise<ProofReply> {
  const named = yearOf(paragraphs)
  const year =
    asked.year === undefined
      ? named !== null && named >= 2000 && named <= 2100
        ? named
        : null
      : Number(asked.year)
  const line = year === null ? null : await liveOf(deps, tx, actor, year, asked.org ?? null)
  const live = line && { ...line, values: new Map(Object.entries(line.values)) }
  const figures = proofread(paragraphs, live, known)
  const notes = notesOf(figures, paragraphs)
  return {
    org: line?.org ?? null,
    year,
    isDocx: isDocx(bytes),
    paragraphs: paragraphs.map(({ text, inTable = false }, n) => ({
      text,
      inTable,
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
      live: figure.live,
      notes: notes.filter((note) => note.at === n).map((note) => note.text),
    })),
  }
}

const byId = new Map(indicators.map(({ id, indicator }) => [id, indicator]))

/** The uploaded .docx with one comment per figure. @throws Problem.fileRefused for plain text */
export function commented(report: Report, proof: ProofReply, publicUrl: string): Uint8Array {
  try {
    return commentDocx(
      report.bytes,
      proof.figures.map((figure) => ({ ...figure, lines: commentOf(figure, proof, publicUrl) })),
    )
  } catch (error) {
    return refused(error)
  }
}

function commentOf(figure: ProofFigure, { org, year }: ProofReply, publicUrl: string): string[] {
  const indicator = figure.indicator === null ? null : byId.get(figure.indicator)
  if (!indicator) return ['不属于平台指标，未对照', ...figure.notes]
  const verdict = figure.verdict
    ? verdictWords[figure.verdict]
    : figure.reason
      ? reasonWords[figure.reason]
      : '未对照'
  return [
    `${verdict}：${indicator.label}（${figure.indicator}）`,
    ...(figure.live === null ? [] : [`${org}${year}年：${figure.live}${indicator.unit}`]),
    `口径：${indicator.definition}`,
    ...figure.notes,
    ...(figure.live === null ? [] : [`溯源：${publicUrl}/trace/${figure.indicator}?year=${year}`]),
  ]
}
