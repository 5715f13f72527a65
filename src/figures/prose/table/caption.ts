import { normalise } from '../mask.ts'
import { mentioned } from '../report.ts'
import { momentIn, OTHER, withoutTimes, type Moment } from '../when.ts'
import { bare } from './words.ts'

type Above = { text: string; cell?: unknown }

/** No title is longer. */
const TITLE = 60
const isCaption = ({ text, cell }: Above): boolean =>
  cell === undefined && text.trim().length <= TITLE && !text.includes('。')

/** The lines above a table that are no text of the report: its title, and 「单位：万元」. */
export const captionsOf = (before: readonly Above[]): string[] => {
  const lines = before.filter(({ text }) => text.trim() !== '').slice(-2)
  const from = lines.findLastIndex((line) => !isCaption(line)) + 1
  return lines.slice(from).map(({ text }) => text.trim())
}

/** What its titles say of a whole table, as long as no cell says otherwise. */
export interface Caption {
  /** Those that may name its time. */
  lines: readonly string[]
  /** In clauses, without numbers and times before them: whose it is. */
  whose: string
}

const NUMBERED =
  /^(?:附?[表件图][\d一二三四五六七八九十]*(?:[-.]\d+)?|[（(]?[一二三四五六七八九十]+[）)、.]|[^\u4e00-\u9fa5]+)+/

/** 「东河区女职工工作统计」: in a sentence these would be women of any place, in a title the place is whose it is. */
const OF_WOMEN = /(?<=[区县市旗镇乡]|街道)女/

/** @param titles the lines above the table, then what stands alone above its heads */
export function captionSaid(titles: readonly string[]): Caption {
  const lines = titles
    .filter((text) => text.length <= TITLE)
    .slice(-3)
    .map((text) => bare(mentioned(text)))
  const whose = lines
    .flatMap((line) => withoutTimes(normalise(line)).split(/[，,；;：:]/))
    .map((clause) => clause.replace(NUMBERED, '').replace(OF_WOMEN, '，女'))
  return { lines, whose: whose.filter((clause) => clause !== '').join('，') }
}

/** What is left of a time that was not understood: 「截至9月底」, 「2017/2018年」. */
const LEFT =
  /[\d〇零一二三四五六七八九十](?:年|月|日|号|周|季)|\d{4}|半年|季度|月份|[上中下]旬|至今|以来|截[至止]|同期|十[二三四五六]五/
const COMPARED = /相比|对比|比较|同比|[与和较比同](?=[^，]*年)/

/** Of when a table is by its titles; OTHER where they tell a time that is not understood. */
function momentOfCaption({ lines }: Caption, given: Moment): Moment {
  let now = given
  for (const line of lines) {
    const rest = withoutTimes(line)
    const isTold = rest !== line
    const years = new Set(line.match(/(?:19|20)\d{2}(?=年)/g))
    const next = momentIn(line, now)
    if (LEFT.test(rest) || (isTold && (COMPARED.test(line) || isTwo(years, next))))
      now = { year: given.year, part: OTHER }
    else if (isTold && !isNoMore(line, next, given)) now = next
  }
  return now
}

/** 「2018年、2019年」; a run over two years that has a name is one time. */
const isTwo = (years: ReadonlySet<string>, { part }: Moment): boolean => years.size > 1 && part === null

/** The bare year above a table of a report of half of it says no more than the report. */
const isNoMore = (line: string, { year, part }: Moment, given: Moment): boolean =>
  part === null && year === given.year && given.part !== null && !line.includes('全年')

/** A year told by where it lies from that of the table; where that is of a part of the year, so is the other. */
const RELATIVE = /今年|本年|当年|年内|上年|去年|同期/

/**
 * Of when a figure in a table is: by its heads and labels, and what these leave open by the titles above.
 * A sum over years, or over parts that make no year, is of no time that the books hold.
 */
export function momentOfCell(
  before: string,
  cell: { before: string; over: 'years' | 'parts' | null; caption: Caption },
  given: Moment,
): Moment {
  const base = momentOfCaption(cell.caption, given)
  const isSum = cell.over === 'years' || (cell.over === 'parts' && base.part === null)
  const isOpen =
    (base.part !== null && RELATIVE.test(cell.before)) ||
    (base.part === OTHER && !/(?:19|20)\d{2}年/.test(before))
  return isSum || isOpen ? { year: given.year, part: OTHER } : momentIn(before, base)
}
