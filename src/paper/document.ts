/**
 * What an official document says, without how it looks. Writers for .docx (and later for screen and PDF) read this
 * model; the content hash is taken over it, because no two written files are the same byte for byte.
 */
export interface OfficialDocument {
  /** The title, one string a line: officials break it by meaning, never by width. */
  title: string[]
  /** The line below the title, written as given: `（2020年4月16日）`. */
  date: string
  blocks: Block[]
  signature: { name: string; date: string }
  /** One row per indicator that the text names; printed as the appendix, in this order. */
  sources: SourceRow[]
  /** What the appendix is called and says above its table, where it is not that of a report. */
  appendix?: { title: string; note: string }
  /** Printed at the head of every page, as in demo mode. */
  banner?: string
}

export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  /** `lead` is a run-in heading, printed in 楷体 before the text. */
  | { kind: 'paragraph'; lead?: string; runs: Run[] }

/** `records` are those that the words were taken from. */
export type Run = { text: string; records?: readonly string[] } | { figure: FigureRun }

/** A figure in a sentence, bound to what it was taken from. */
export interface FigureRun {
  /** `training.sessions` */
  indicator: string
  label: string
  /** The exact value in the snapshot: a count, or yuan. */
  value: number
  unit: string
  /** As it stands in the text, unit included: `3万人次`. */
  written: string
  /** `S2019-1` */
  snapshot: string
  /** Of what else than the document's own unit and year: `2019h1`, `2019.210202`. */
  of?: string
  /** Printed instead of what the records say, marked as such. */
  correction?: { reason: string; by: string; written: string }
  /** Replaces the standard text of the review comment. */
  comment?: string
}

export interface SourceRow {
  /** The number printed in the first column. */
  no: number
  /** The programme's Chinese label. */
  programme: string
  indicator: string
  /** As in FigureRun: one row for each indicator, unit and period. */
  of?: string
  label: string
  value: number
  unit: string
  /** What was corrected by hand, by whom and why. */
  note?: string
  /** 口径 */
  definition: string
  /** Address of the figure's trace; empty in a copy for the public. */
  link: string
}

/** What a figure and its row of sources have in common. */
export const sourceKey = ({ indicator, of }: { indicator: string; of?: string }): string =>
  of === undefined ? indicator : `${indicator}~${of}`

/** All figures of the text, in reading order. */
export function figuresOf(document: OfficialDocument): FigureRun[] {
  return document.blocks.flatMap((block) =>
    block.kind === 'paragraph' ? block.runs.flatMap((run) => ('figure' in run ? [run.figure] : [])) : [],
  )
}

/**
 * What would make the paper contradict itself, in Chinese, for the editor: a figure without its row of sources, a row
 * that says another value, a row given twice. Empty when the document may be written.
 */
export function contradictions(document: OfficialDocument): string[] {
  const rows = new Map<string, SourceRow>()
  const found: string[] = []
  for (const row of document.sources) {
    if (rows.has(sourceKey(row))) found.push(`数据来源表中“${row.label}”重复列出`)
    rows.set(sourceKey(row), row)
  }
  for (const figure of figuresOf(document)) {
    const row = rows.get(sourceKey(figure))
    if (!row) found.push(`正文数据“${figure.label}”未列入数据来源表`)
    else if (row.value !== figure.value || row.unit !== figure.unit)
      found.push(
        `“${figure.label}”正文取${figure.value}${figure.unit}，数据来源表为${row.value}${row.unit}，两者不一致`,
      )
  }
  return found
}

/** The same text for the same content: keys sorted, absent and undefined alike, all strings in NFC. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.normalize('NFC'))
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, child]) => child !== undefined)
  const members = entries
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, child]) => `${JSON.stringify(key)}:${canonicalJson(child)}`)
  return `{${members.join(',')}}`
}
