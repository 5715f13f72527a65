import { isDay } from '#kit/day.ts'
import type { Note } from './note.ts'
import { HEADING, PLAN_HEADING, PLANNED } from './proof.ts'
import { mentioned } from './report.ts'

type Paragraph = { text: string; inTable?: boolean }

const NUMBER = '(\\d{1,2}|[一二三四五六七八九十]{1,3})'
/** 年 before it where it is told; behind it the day, or none; a day that ends a run, 「2月27日至30日」, has the same month. */
const DATE = new RegExp(
  `(?:((?:19|20)\\d{2})\\s*年\\s*)?(?<![\\d.一二三四五六七八九十第])${NUMBER}\\s*月(?![龄嫂子租薪供票费])(?:\\s*${NUMBER}\\s*[日号])?(?:\\s*[-至到、]\\s*${NUMBER}\\s*[日号])?`,
  'g',
)
const SIGNS = /(?<![\d.-])((?:19|20)\d{2})([-./])(\d{1,2})\2(\d{1,2})(?![\d.-])/g

const DIGITS = '一二三四五六七八九'

/** 二十五 → 25; NaN of what is none, 「三一」. */
function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const found = /^([二三])?(十)?([一二三四五六七八九])?$/.exec(text)
  if (!found) return DIGITS.includes(text) ? DIGITS.indexOf(text) + 1 : Number.NaN
  const [, tens, ten, one] = found
  if (!ten) return DIGITS.indexOf(text) + 1 || Number.NaN
  return (tens ? DIGITS.indexOf(tens) + 1 : 1) * 10 + (one ? DIGITS.indexOf(one) + 1 : 0)
}

const dayOf = (year: number, month: number, day: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

/** A year in which the 29th of February is a day: without a year it may be one. */
const LEAP = 2000

/** A whole day that the text names, with the words it is named by. */
type Named = { words: string; at: number; day: string }

/** Days of one paragraph that no calendar has, and those that are whole. */
function daysIn(text: string): { impossible: string[]; whole: Named[] } {
  const said = mentioned(text)
  const impossible: string[] = []
  const whole: Named[] = []
  const judge = (words: string, at: number, year: string | undefined, month: number, days: number[]) => {
    if (Number.isNaN(month) || days.some(Number.isNaN)) return
    const isMonth = month >= 1 && month <= 12
    const wrong =
      !isMonth || days.some((day) => !isDay(dayOf(year === undefined ? LEAP : Number(year), month, day)))
    if (wrong) impossible.push(words)
    else if (year !== undefined && days.length > 0)
      whole.push({ words, at, day: dayOf(Number(year), month, days.at(-1)!) })
  }
  for (const found of said.matchAll(DATE)) {
    const [words, year, month, from, until] = found
    const days = [from, until].flatMap((one) => (one === undefined ? [] : [numberOf(one)]))
    judge(
      text.slice(found.index, found.index + words.length).trim(),
      found.index,
      year,
      numberOf(month!),
      days,
    )
  }
  for (const found of said.matchAll(SIGNS)) {
    const [words, year, , month, day] = found
    judge(words, found.index, year, Number(month), [Number(day)])
  }
  return { impossible, whole }
}

const EDGE = 6

/** The day that a report bears: alone in one of its first or last lines, in brackets or not. */
export function dayOfReport(paragraphs: readonly Paragraph[]): string | null {
  const lines = paragraphs.map(({ text }) => text.trim()).filter((text) => text !== '')
  for (const line of [...lines.slice(-EDGE).toReversed(), ...lines.slice(0, EDGE)]) {
    const bare = line.replace(/^[（(]|[）)]$/g, '').trim()
    const [only] = daysIn(bare).whole
    if (only && only.words === bare) return only.day
  }
  return null
}

/** Days that no calendar has, and days that a report tells of before they came; what is planned may lie ahead. */
export function dayNotes(paragraphs: readonly Paragraph[]): Note[] {
  const told = dayOfReport(paragraphs)
  let plan = false
  return paragraphs.flatMap(({ text, inTable }, paragraph): Note[] => {
    if (inTable) return []
    if (HEADING.test(text) && text.length <= 60) plan = PLAN_HEADING.test(text)
    const { impossible, whole } = daysIn(text)
    const ahead = whole.filter(({ day, at }) => {
      if (told === null || day <= told || plan) return false
      const from = Math.max(...['。', '；', '\n'].map((mark) => text.lastIndexOf(mark, at))) + 1
      const stop = text.slice(at).search(/[。；\n]/)
      return !PLANNED.test(text.slice(from, stop < 0 ? undefined : at + stop))
    })
    return [
      ...impossible.map((words) => ({ at: null, paragraph, text: `“${words}”不是一个日期，请核对` })),
      ...ahead.map(({ words }) => ({
        at: null,
        paragraph,
        text: `“${words}”晚于报告自己的日期（${told}），请核对`,
      })),
    ]
  })
}
