import { agrees } from '../agreement.ts'
import { extract, type Found } from './extract.ts'
import { normalise } from './mask.ts'
import { mapFigures, placeOf } from './map.ts'
import type { CellSaid, Paragraph } from './paragraph.ts'
import type { Proofed, Reason } from './proofed.ts'
import { mentioned } from './report.ts'
import { placeIn, stretchesOf } from './stretch.ts'
import { momentOfCell } from './table/caption.ts'
import { withoutDoubtful } from './table/doubt.ts'
import { codeOf, momentIn, momentOfTitle, OTHER, type Moment } from './when.ts'
import { otherUnitIn, unitNamed } from './whose.ts'

/** The books of one unit. */
export interface Books {
  /** Value by indicator in its own unit (money in yuan); null where it may not be told. */
  values: ReadonlyMap<string, number | null>
  /** The same of other periods that the text speaks of, by the period's short name. */
  periods?: ReadonlyMap<string, ReadonlyMap<string, number | null>>
}

/** What the figures of a report are held against. */
export interface Live extends Books {
  year: number
  /** Books of other units by the names that the text gives them, as far as the reader may see them. */
  units?: ReadonlyMap<string, Books>
  /** Short names of the units below: a clause that begins with one speaks of it, not of the whole. */
  below: readonly string[]
  /** Name of the unit whose books they are. */
  own?: string
}

export const PLAN_HEADING = /计划|思路|打算|安排|展望|下一步|下一年|明年|目标任务|工作重点|工作要点/
export const HEADING = /^\s*(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十]+部分)/
export const PLANNED =
  /明年|来年|下年度|下一年|下一步|力争|争取|拟[于新举建开]|计划(?!生育)|目标(?!责任)|到20\d\d年[底末]?[，前]/
/** 「实际建成」, and no noun: 「结合实际建设」, 「从我市实际出发」. */
const ACTUALLY =
  /(?<!(?:结合|联系|根据|依据|立足|按照?|依照|贴近|切合|符合|适合|针对|从|围绕|适应|基于|考虑|面向|工作)[^，。；：\d]{0,12})实际(?=[已共新只仅]{0,2}(?:建|设[立置]|完成|实现|举[办行]|开[展办设]|组织|召开|签|发放|印[发制]|培训|参[加与训赛]|投入|支出|使用|筛查|检查|帮扶|救助|服务|惠及|招收|促成|命名|评[选出]|新增|达|为|有|是|到位|\d))/g

/**
 * Every figure of a report with its indicator and, where there are books, whether it tells the truth about them.
 * A figure of a plan, of a period or a unit without books is mapped but not judged.
 * @param year of the report; where books are given theirs
 */
export function proofread(
  paragraphs: readonly Paragraph[],
  live: Live | null,
  known: ReadonlySet<string>,
  year: number | null = live?.year ?? null,
): Proofed[] {
  let plan = false
  const moment =
    year === null
      ? null
      : momentOfTitle(
          paragraphs.slice(0, 8).map((p) => mentioned(p.text)),
          year,
        )
  const unit = [live?.own ?? '', titleOf(paragraphs)].join('\n')
  // Where no unit is known it is that of the first line, which may stand right above a table.
  const first = paragraphs.find(({ text }) => text.trim() !== '')
  const titled = live?.own || first?.inTable ? unit : `${unit}\n${first?.text.slice(0, 60) ?? ''}`
  const read = paragraphs.flatMap((paragraph, n): Read[] => {
    const { text } = paragraph
    if (paragraph.isSource) return []
    if (!paragraph.inTable && HEADING.test(text) && text.length <= 60) plan = PLAN_HEADING.test(text)
    return stretchesOf(paragraph).flatMap((stretch) => {
      const { part, lead, cell } = stretch
      const found = extract(part)
      const mapped = mapFigures(part, found)
      const confused = confusedIn(part, found, mapped)
      return found.flatMap((figure, at): Read[] => {
        const place = placeIn(stretch, figure)
        if (!place) return []
        const own = ownOf(paragraph, place, known)
        const isBeside = cell?.role === 'beside'
        const indicator = own?.indicator ?? (isBeside ? null : (mapped[at] ?? null))
        const [from] = placeOf(part, figure).sentence
        const one = {
          paragraph: n,
          ...place,
          context: text.slice(...placeOf(text, place).sentence).trim(),
          text: text.slice(place.start, place.end).replaceAll('\t', ' '),
          written: figure.written,
          indicator,
          confused: indicator === null && !isBeside ? (confused[at] ?? null) : null,
        }
        const said = {
          before: part.slice(from, figure.start),
          head: part.slice(Math.max(from, lead), figure.start),
        }
        return [{ one, own, cell, plan: plan || cell?.role === 'plan', ...said }]
      })
    })
  })
  return withoutDoubtful(read.map((figure) => figureOf(figure, { moment, unit, titled, live })))
}

/** A figure as it was found, and what is told before it. */
interface Read {
  one: Pick<
    Proofed,
    'paragraph' | 'start' | 'end' | 'context' | 'text' | 'written' | 'indicator' | 'confused'
  >
  own: { indicator: string; of?: string } | null
  cell: CellSaid | null
  plan: boolean
  /** Its sentence up to it, with what the labels of its table say and without. */
  before: string
  head: string
}

/** What our own control or bookmark says that a figure is. */
function ownOf({ named }: Paragraph, place: { start: number; end: number }, known: ReadonlySet<string>) {
  const found = named?.find((one) => place.start < one.end && one.start < place.end)
  return found && known.has(found.indicator) ? found : null
}

function figureOf(
  { one, own, cell, plan, before, head }: Read,
  { moment, unit, titled, live }: { moment: Moment | null; unit: string; titled: string; live: Live | null },
): Proofed & { cell: CellSaid | null } {
  const below = live?.below ?? []
  // A unit below is told in what our own control says it is of.
  const period = own?.of ?? (moment && codeOf(own ? moment : momentOf(before, cell, moment)))
  const of = own
    ? null
    : cell?.of
      ? unitNamed(cell.of, unit, below)
      : cell
        ? otherUnitIn(normalise(mentioned(`${cell.caption.whose}，${before}`)), titled, below)
        : otherUnitIn(normalise(mentioned(before)), unit, below)
  const rest = { ...one, period, of }
  return { ...rest, cell, ...judge(rest, head, { plan, named: own !== null }, live) }
}

function momentOf(before: string, cell: CellSaid | null, given: Moment): Moment {
  const said = normalise(mentioned(before))
  return cell ? momentOfCell(said, cell, given) : momentIn(said, given)
}

function judge(
  { indicator, period, of, written }: Pick<Proofed, 'indicator' | 'period' | 'of' | 'written'>,
  head: string,
  told: { plan: boolean; named: boolean },
  live: Live | null,
): Pick<Proofed, 'verdict' | 'live' | 'reason'> {
  const none = { verdict: null, live: null, reason: null }
  if (indicator === null) return none
  // 「计划建40个，实际建成44个」: what was done stands behind what was meant.
  const meant = head.slice([...head.matchAll(ACTUALLY)].at(-1)?.index ?? 0)
  const isPlan = !told.named && (told.plan || PLANNED.test(meant))
  const books = of === null ? live : (live?.units?.get(of) ?? null)
  const reason: Reason | null = isPlan ? 'plan' : of !== null && books === null ? 'otherUnit' : null
  if (reason || live === null || books === null)
    return { ...none, reason: reason ?? (period === OTHER ? 'otherPeriod' : null) }
  const values = period === null || period === String(live.year) ? books.values : books.periods?.get(period)
  if (!values) return { ...none, reason: 'otherPeriod' }
  const value = values.get(indicator)
  if (value === undefined) return { ...none, reason: 'noBooks' }
  if (value === null) return { ...none, reason: 'withheld' }
  return { verdict: agrees(written, value), live: value, reason: null }
}

/** The line of the first few that calls the text a report; it names whose it is. */
const titleOf = (paragraphs: readonly Paragraph[]): string =>
  paragraphs
    .slice(0, 5)
    .map(({ text }) => text.trim())
    .find(
      (text) =>
        text.length <= 60 && /^[^，。；]*(?:总结|报告|汇报|要点|情况|小结|简报|工作)[^，。；]*$/.test(text),
    ) ?? ''

const persons: readonly string[] = ['人', '名', '位']

/**
 * Figures that no indicator fits as they are written, and one would in the other of 人 and 人次: told only where the work is
 * sure: another figure of the sentence is of it, or the clause alone names it and counts nothing else as it.
 */
function confusedIn(
  text: string,
  found: readonly Found[],
  mapped: readonly (string | null)[],
): (string | null)[] {
  const suspects = found.map(
    (figure, n) => mapped[n] === null && [...persons, '人次'].includes(figure.written.unit),
  )
  if (!suspects.includes(true)) return found.map(() => null)
  const swapped = found.map((figure, n) => {
    if (!suspects[n]) return figure
    const unit = figure.written.unit === '人次' ? '人' : '人次'
    return { ...figure, written: { ...figure.written, unit } }
  })
  const other = mapFigures(text, swapped)
  return found.map((figure, n) => {
    const would = suspects[n] ? (other[n] ?? null) : null
    if (would === null) return null
    const [from, to] = placeOf(text, figure).sentence
    const work = would.split('.')[0]
    const isOfWork = found.some(
      (one, m) => m !== n && one.start >= from && one.end <= to && mapped[m]?.split('.')[0] === work,
    )
    return isOfWork || isAlone(text, figure, swapped, would) ? would : null
  })
}

const MARKS = ['，', '；', '。', '、', '：', '\n']

/** Whether the clause of a figure, read without the rest, gives it that indicator, and no other figure of it. */
function isAlone(text: string, figure: Found, all: readonly Found[], would: string): boolean {
  const from = Math.max(...MARKS.map((mark) => text.lastIndexOf(mark, figure.start - 1))) + 1
  const stops = MARKS.map((mark) => text.indexOf(mark, figure.end)).filter((at) => at >= 0)
  const to = Math.min(text.length, ...stops)
  const own = all
    .filter((one) => one.start >= from && one.end <= to)
    .map((one) => ({ ...one, start: one.start - from, end: one.end - from }))
  const read = mapFigures(text.slice(from, to), own)
  return own.every((one, n) => (read[n] === would) === (one.start === figure.start - from))
}

/** The year a report speaks of: the first that its title or text names; null when none does. */
export function yearOf(paragraphs: readonly Pick<Paragraph, 'text'>[]): number | null {
  for (const { text } of paragraphs) {
    const found = /((?:19|20)\d{2})\s*年(?!\d|代)/.exec(mentioned(text))
    if (found) return Number(found[1])
  }
  return null
}
