import { longDay } from '#kit/day.ts'
import { periodCode } from '#kit/period.ts'
import type { Block, FigureRun, OfficialDocument, Run, SourceRow } from '#paper/document.ts'
import { figuresOf, sourceKey } from '#paper/document.ts'
import { stylesFor, write, type Style } from '../written.ts'
import { committee, LIVE, type Declared } from './compose.ts'
import {
  chipKey,
  joinPieces,
  periodOfChip,
  type Chip,
  type Draft,
  type DraftBlock,
  type Piece,
} from './draft.ts'

/** A figure as it may be printed: null where it is withheld or its unit is out of reach. */
export interface ChipValue {
  value: number | null
  /** Code and short name of the unit, where it isn't the summary's own. */
  org: { code: string; shortName: string } | null
  /** No counted record stands behind it (估报). */
  isEstimate?: true
}

export interface Frame {
  year: number
  today: string
  org: string
  snapshot: string
  publicUrl: string
  demo: boolean
  register: readonly Declared[]
}

/** Longest text of one piece; a longer one goes on in the next. */
const LONGEST = 4000
/** A piece names so many records at most. */
const MOST_RECORDS = 20

/** The blocks that a template wrote as a draft: the words are free from here on, figures keep what they are of. */
export const draftOf = (document: OfficialDocument): Draft => ({
  title: document.title,
  blocks: document.blocks.map((block, at): DraftBlock => {
    const id = `b${at + 1}`
    if (block.kind === 'heading') return { id, kind: 'heading', level: block.level, text: block.text }
    return {
      id,
      kind: 'paragraph',
      ...(block.lead ? { lead: block.lead } : {}),
      pieces: joinPieces(block.runs.flatMap(pieceOf)),
    }
  }),
})

function pieceOf(run: Extract<Block, { kind: 'paragraph' }>['runs'][number]): Piece[] {
  if ('figure' in run) return [{ figure: { indicator: run.figure.indicator } }]
  const records = run.records?.slice(0, MOST_RECORDS)
  if (records) return [{ text: run.text.slice(0, LONGEST), records: [...records] }]
  const pieces = Math.ceil(run.text.length / LONGEST)
  return Array.from({ length: pieces }, (_, n) => ({ text: run.text.slice(n * LONGEST, (n + 1) * LONGEST) }))
}

/** How a value is written; what no style can write (a correction below zero) stands as the bare number. */
export function writtenAs(value: number, unit: string, style: Style): string {
  if (value < 0 || !stylesFor(unit).includes(style)) return `${value}${unit}`
  return write(value, unit, style)
}

/** What stands for a figure that may not be printed. */
export const WITHHELD = '（不公开）'
/** What stands behind a figure that no counted record stands behind. */
export const ESTIMATED = '（估报）'

/** The draft with its figures written out, as it is printed and frozen. */
export function render(draft: Draft, values: ReadonlyMap<string, ChipValue>, frame: Frame): OfficialDocument {
  const declared = new Map(frame.register.map((entry) => [entry.id, entry]))
  const links = new Map<string, string>()
  const inkOf = (chip: Chip): FigureRun | null => {
    const entry = declared.get(chip.indicator)
    const found = values.get(chipKey(chip, frame.year))
    if (!entry || !found || found.value === null) return null
    const { label, unit, style } = entry.indicator
    const of = ofChip(chip, frame.year, found)
    if (of.code)
      links.set(sourceKey({ indicator: chip.indicator, of: of.code }), traceQuery(chip, frame.year))
    const said = writtenAs(found.value, unit, chip.style ?? style)
    return {
      indicator: chip.indicator,
      label: `${label}${of.words ? `（${of.words}）` : ''}${found.isEstimate ? ESTIMATED : ''}`,
      value: found.value,
      unit,
      written: chip.correction?.written ?? said,
      snapshot: frame.snapshot,
      ...(of.code ? { of: of.code } : {}),
      ...(chip.correction
        ? {
            correction: {
              written: chip.correction.written,
              reason: chip.correction.reason,
              by: chip.correction.by ?? '',
            },
          }
        : {}),
    }
  }
  const blocks = draft.blocks.map((block): Block => {
    if (block.kind === 'heading') return { kind: 'heading', level: block.level, text: block.text }
    const runs = block.pieces.flatMap((piece): Run[] => {
      if ('text' in piece) return [piece]
      const figure = inkOf(piece.figure)
      if (!figure) return [{ text: WITHHELD }]
      const isEstimate = values.get(chipKey(piece.figure, frame.year))?.isEstimate && !piece.figure.correction
      return isEstimate ? [{ figure }, { text: ESTIMATED }] : [{ figure }]
    })
    return { kind: 'paragraph', ...(block.lead ? { lead: block.lead } : {}), runs }
  })
  const name = committee(frame.org)
  const date = longDay(frame.today)
  const document: OfficialDocument = {
    title: draft.title,
    date: `（${date}）`,
    blocks,
    signature: { name, date },
    sources: [],
    ...(frame.demo ? { banner: '演示数据　不作公文使用' } : {}),
  }
  return { ...document, sources: sourcesOf(document, frame, declared, links) }
}

/** What a chip is of beside the summary's own unit and year, as a short name and in words. */
export function ofChip(chip: Chip, year: number, { org }: ChipValue): { code: string; words: string } {
  const period = periodOfChip(chip, year)
  const isOwn = period.calendar === 'year' && period.fromYm === year * 100 + 1
  const unit = org ? org.code.replaceAll(/[^0-9A-Za-z]/g, '') : ''
  if (isOwn && !org) return { code: '', words: '' }
  return {
    code: `${periodCode(period)}${unit && `.${unit}`}`,
    words: `${org ? org.shortName : ''}${isOwn ? '' : period.label}`,
  }
}

/** Where the records of a figure of another unit or period stand. */
function traceQuery(chip: Chip, year: number): string {
  const asked = [`calendar=${chip.calendar ?? 'year'}`, `year=${chip.year ?? year}`]
  if (chip.org !== undefined) asked.push(`org=${chip.org}`)
  if (chip.part !== undefined) asked.push(`part=${chip.part}`)
  return asked.join('&')
}

/** One row for each figure of the text, in reading order; what was corrected by hand is told there. */
function sourcesOf(
  document: OfficialDocument,
  { snapshot, year, publicUrl }: Frame,
  declared: ReadonlyMap<string, Declared>,
  links: ReadonlyMap<string, string>,
): SourceRow[] {
  const printed = new Map<string, FigureRun[]>()
  for (const figure of figuresOf(document)) {
    const key = sourceKey(figure)
    printed.set(key, [...(printed.get(key) ?? []), figure])
  }
  return [...printed.values()].map((figures, at): SourceRow => {
    const { indicator, of, label, value, unit } = figures[0]!
    const { programme, indicator: spec } = declared.get(indicator)!
    const notes = figures.flatMap(({ correction }) =>
      correction
        ? [`人工更正：文中写作“${correction.written}”，更正人${correction.by}，理由：${correction.reason}`]
        : [],
    )
    const own = snapshot === LIVE ? `year=${year}` : `snapshot=${snapshot}`
    const query = links.get(sourceKey({ indicator, ...(of ? { of } : {}) })) ?? own
    return {
      no: at + 1,
      programme: programme.label,
      indicator,
      ...(of ? { of } : {}),
      label,
      value,
      unit,
      definition: spec.definition,
      link: `${publicUrl}/trace/${indicator}?${query}`,
      ...(notes.length > 0 ? { note: [...new Set(notes)].join('；') } : {}),
    }
  })
}
