import { agrees, range, type Verdict } from '../agreement.ts'
import type { Written } from '../written.ts'
import { extract, type Found } from './extract.ts'
import { mapFigures, placeOf } from './map.ts'
import { mentioned } from './report.ts'

/** A paragraph of a report, as its reader gives it. */
export interface Paragraph {
  text: string
  /** Content controls and bookmarks of our own files: they say what a figure is, not how much. */
  named?: readonly { indicator: string; start: number; end: number }[]
  /** Cells aren't read: what stands in a table has its unit in another cell. */
  inTable?: boolean
}

/** What the figures of a report are held against. */
export interface Live {
  year: number
  /** Value by indicator in its own unit (money in yuan); null where it may not be told. */
  values: ReadonlyMap<string, number | null>
  /** Short names of the units below: a clause that begins with one speaks of it, not of the whole. */
  below: readonly string[]
}

/** Why a figure that is mapped gets no verdict, or what else is to be said of it. */
export type Reason = 'plan' | 'otherPeriod' | 'otherUnit' | 'withheld'

export interface Proofed {
  paragraph: number
  start: number
  end: number
  /** Its sentence. */
  context: string
  text: string
  written: Written
  indicator: string | null
  verdict: Verdict | null
  /** What the books say; null without books, without an indicator, or where it is withheld. */
  live: number | null
  reason: Reason | null
}

const PLAN_HEADING = /计划|思路|打算|安排|展望|下一步|下一年|明年|目标任务|工作重点|工作要点/
const HEADING = /^\s*(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十]+部分)/
const PLANNED =
  /明年|来年|下年度|下一年|下一步|力争|争取|拟[于新举建开]|计划(?!生育)|目标(?!责任)|到20\d\d年[底末]?[，前]/
const PART_OF_YEAR =
  /上半年|下半年|[一二三四]季度|第[一二三四]季|前三季|去年|上年|上一年|往年|前年|历年|[一二两三四五六]年来|五年来/

/**
 * Every figure of a report with its indicator and, where there are books, whether it tells the truth about them.
 * A figure of a plan, of another year or of a unit below is mapped but not judged.
 */
export function proofread(
  paragraphs: readonly Paragraph[],
  live: Live | null,
  known: ReadonlySet<string>,
): Proofed[] {
  let plan = false
  return paragraphs.flatMap((paragraph, n) => {
    const { text } = paragraph
    if (paragraph.inTable) return []
    if (HEADING.test(text) && text.length <= 60) plan = PLAN_HEADING.test(text)
    const read = stretchesOf(text).flatMap(({ start, part }) => {
      const found = extract(part)
      const mapped = mapFigures(part, found)
      return found.map((figure, at) => ({
        figure: { ...figure, start: figure.start + start, end: figure.end + start },
        mapped: mapped[at] ?? null,
        sentence: placeOf(part, figure).sentence.map((place) => place + start) as [number, number],
      }))
    })
    return read.map(({ figure, mapped, sentence }): Proofed => {
      const named = paragraph.named?.find((one) => figure.start < one.end && one.start < figure.end)
      const own = named && known.has(named.indicator) ? named.indicator : null
      const indicator = own ?? mapped
      const one = { paragraph: n, ...spanOf(figure), context: text.slice(...sentence).trim(), indicator }
      return { ...one, ...judge(figure, one, text, sentence[0], plan, own !== null, live) }
    })
  })
}

/** No sentence is so long; what is told of a figure is told in its stretch. Without them a text could be made to take for ever. */
const STRETCH = 2000

/** A paragraph in stretches that end with a sentence where one ends in time. */
function stretchesOf(text: string): { start: number; part: string }[] {
  const parts: { start: number; part: string }[] = []
  for (let start = 0; start < text.length;) {
    const most = Math.min(text.length, start + STRETCH)
    const stop = most === text.length ? most : text.slice(start, most).search(/[。；][^。；]*$/)
    const end = stop > 0 && most !== text.length ? start + stop + 1 : most
    parts.push({ start, part: text.slice(start, end) })
    start = end
  }
  return parts
}

const spanOf = ({ start, end, text, written }: Found) => ({ start, end, text, written })

function judge(
  figure: Found,
  { indicator }: { indicator: string | null },
  text: string,
  sentence: number,
  plan: boolean,
  named: boolean,
  live: Live | null,
): Pick<Proofed, 'verdict' | 'live' | 'reason'> {
  const none = { verdict: null, live: null, reason: null }
  if (indicator === null) return none
  const reason = named ? null : notOfTheYear(text.slice(sentence, figure.start), plan, live)
  if (reason || live === null) return { ...none, reason }
  const value = live.values.get(indicator)
  if (value === undefined) return none
  if (value === null) return { ...none, reason: 'withheld' }
  return { verdict: agrees(figure.written, value), live: value, reason: null }
}

function notOfTheYear(head: string, plan: boolean, live: Live | null): Reason | null {
  if (plan || PLANNED.test(head)) return 'plan'
  const years = [...head.matchAll(/((?:19|20)\d{2})年/g)].map(([, y]) => Number(y))
  const other = live !== null && years.length > 0 && !years.includes(live.year)
  if (other || PART_OF_YEAR.test(head)) return 'otherPeriod'
  const clause = head.slice(Math.max(...['，', '；', '。'].map((mark) => head.lastIndexOf(mark))) + 1)
  return live?.below.some((name) => clause.trimStart().startsWith(name)) ? 'otherUnit' : null
}

/** Closed range of live values that agree, in the figure's unit. */
export function agreeing({ written }: Pick<Proofed, 'written'>): { low: number; high: number } {
  const { low, high } = range(written).agree
  return { low: low / written.per, high: high / written.per }
}

/** One figure as `jinguo figures --json` prints it. */
export function toJson(figure: Proofed) {
  const { context, text, written, indicator, verdict } = figure
  return {
    context,
    written: text,
    value: written.value / written.per,
    ...agreeing(figure),
    unit: written.unit,
    precision: written.precision,
    indicator,
    verdict,
  }
}

/** The year a report speaks of: the first that its title or text names; null when none does. */
export function yearOf(paragraphs: readonly Pick<Paragraph, 'text'>[]): number | null {
  for (const { text } of paragraphs) {
    const found = /((?:19|20)\d{2})\s*年(?!\d|代)/.exec(mentioned(text))
    if (found) return Number(found[1])
  }
  return null
}
