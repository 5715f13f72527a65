import type { EditedPart, SummaryPreview } from '#figures/summaryApi.ts'

export type Block = SummaryPreview['blocks'][number]
export type Paragraph = Extract<Block, { kind: 'paragraph' }>
export type FigureRun = Extract<Paragraph['runs'][number], { figure: unknown }>['figure']
/** Neighbouring blocks that come from one text of the editors, or from none. */
export type Segment = { part: EditedPart | null; blocks: Block[] }

export const partLabels: Record<EditedPart, string> = {
  lead: '引言',
  problems: '存在问题',
  planGoal: '下一年总体思路',
  planTasks: '下一年重点任务',
  closing: '结语',
}

export const partHints: Record<EditedPart, string> = {
  lead: '一段话说全年：在谁的领导下，围绕什么，做成了什么',
  problems: '实事求是写一两条，数字由正文说话',
  planGoal: '下一年的总要求，一段话',
  planTasks: '一行一项，不用写序号；首句不超过 24 字的作小标题，其余作正文',
  closing: '一句收尾，可以不写',
}

/** The blocks cut where an editors' text begins or ends. */
export function segmentsOf(blocks: readonly Block[]): Segment[] {
  const segments: Segment[] = []
  for (const block of blocks) {
    const part = block.part ?? null
    const last = segments.at(-1)
    if (last && last.part === part) last.blocks.push(block)
    else segments.push({ part, blocks: [block] })
  }
  return segments
}

/** The figures of the text under the heading they stand below, each indicator once, in reading order. */
export function figuresByHeading(blocks: readonly Block[]): { heading: string; figures: FigureRun[] }[] {
  const found: { heading: string; figures: FigureRun[] }[] = []
  const seen = new Set<string>()
  let heading = '引言'
  for (const block of blocks) {
    if (block.kind === 'heading') {
      if (block.level < 3) heading = block.text
      continue
    }
    for (const run of block.runs) {
      if (!('figure' in run) || seen.has(run.figure.indicator)) continue
      seen.add(run.figure.indicator)
      if (found.at(-1)?.heading === heading) found.at(-1)!.figures.push(run.figure)
      else found.push({ heading, figures: [run.figure] })
    }
  }
  return found
}

/** missing: nothing is accepted · waiting: something is still on its way · complete. */
export type Readiness = 'missing' | 'waiting' | 'complete'
export const readinessLabels: Record<Readiness, string> = {
  complete: '齐全',
  waiting: '有待审核',
  missing: '缺数',
}

/** Whether a figure of the text may be printed as it stands. */
export function readinessOf(value: number, waiting: number): Readiness {
  if (value === 0) return 'missing'
  return waiting === 0 ? 'complete' : 'waiting'
}

/** A value of the summary with its thousands apart: counts, or yuan. */
export function exact(value: number): string {
  const [whole = '0', decimals] = String(Math.abs(value)).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${value < 0 ? '−' : ''}${grouped}${decimals === undefined ? '' : `.${decimals}`}`
}

/** 「485 → 486」, or the one value when nothing moved. */
export function movement(frozen: number, live: number): string {
  return frozen === live ? exact(frozen) : `${exact(frozen)} → ${exact(live)}`
}

/** First twelve characters of a content hash, enough to compare by eye. */
export const shortHash = (hash: string): string => hash.slice(0, 12)
