import { told } from '../clock.ts'
import type { PaperAct, PaperState, SummaryPreview } from '#figures/summaryApi.ts'

export type Block = SummaryPreview['blocks'][number]
export type Paragraph = Extract<Block, { kind: 'paragraph' }>
export type FigureRun = Extract<Paragraph['runs'][number], { figure: unknown }>['figure']

export const stateWords: Record<PaperState, { label: string; tone: string }> = {
  draft: { label: '起草中', tone: 'processing' },
  submitted: { label: '待签发', tone: 'warning' },
  signed: { label: '已签发', tone: 'success' },
}

export const actWords: Record<PaperAct, string> = {
  submit: '送签',
  withdraw: '撤回送签',
  sign: '签发',
  return: '退回修改',
  reopen: '重新起草',
}

/** A figure and what it is of: one line of the list. */
export const figureKey = ({ indicator, of }: Pick<FigureRun, 'indicator' | 'of'>): string =>
  of === undefined ? indicator : `${indicator}~${of}`

/** The figures of the text under the heading they stand below, each once, in reading order. */
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
      if (!('figure' in run) || seen.has(figureKey(run.figure))) continue
      seen.add(figureKey(run.figure))
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

/** 「11月28日 21:05」 of a time as the server tells it, in Shanghai. */
export function momentOf(at: string): string {
  const parts = new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(told(at)))
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? ''
  return `${of('month')}月${of('day')}日 ${of('hour')}:${of('minute')}`
}
