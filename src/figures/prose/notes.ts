import { dayNotes } from './days.ts'
import type { Note } from './note.ts'
import type { Paragraph } from './paragraph.ts'
import { agreeing, type Proofed } from './proofed.ts'
import { tableNotes } from './table/sums.ts'

const LEVELS: readonly RegExp[] = [
  /^\s*([一二三四五六七八九十]{1,3})、/,
  /^\s*[（(]([一二三四五六七八九十]{1,3})[）)]/,
]
const ORDER = ['', ...'一二三四五六七八九', '十', ...[...'一二三四五六七八九'].map((c) => `十${c}`), '二十']

/** Typed headings that jump: 「（三）」 after 「（一）」. Automatic numbers are no text and can't be checked. */
export function headingNotes(paragraphs: readonly { text: string; inTable?: boolean }[]): Note[] {
  const notes: Note[] = []
  const last = [0, 0]
  paragraphs.forEach(({ text, inTable }, paragraph) => {
    const level = inTable ? -1 : LEVELS.findIndex((pattern) => pattern.test(text))
    if (level < 0) return
    const said = LEVELS[level]!.exec(text)![1]!
    const number = ORDER.indexOf(said)
    const before = last[level]!
    if (number > 1 && number !== before + 1)
      notes.push({ at: null, paragraph, text: `标题序号不连续：${before ? ORDER[before] : '开头'}之后是${said}` })
    last[level] = number
    if (level === 0) last[1] = 0
  })
  return notes
} // prettier-ignore

/** Parts that don't make their sum: 「共500期，其中线上200期、线下310期」. */
export function sumNotes(figures: readonly Proofed[], paragraphs: readonly { text: string }[]): Note[] {
  return figures.flatMap((total, at): Note[] => {
    const parts = partsOf(figures, at, paragraphs)
    if (parts.length < 2 || [total, ...parts].some((f) => f.written.precision !== 'exact')) return []
    const sum = parts.reduce((n, part) => n + part.written.value, 0)
    if (sum === total.written.value) return []
    const more = sum > total.written.value
    const gap = Math.abs(sum - total.written.value) / total.written.per
    const words = `其中各项相加为${sum / total.written.per}${total.written.unit}，比${total.text}${more ? '多' : '少'}${gap}`
    return [{ at, paragraph: total.paragraph, text: more ? words : `${words}，请核对是否还有未列的项` }]
  })
}

const TOLD_LAST = /(?:合计|共计|总计|总共|一共)[^，。；、\d]{0,6}$/

/** The same with the sum behind its parts: 「首签35份，续签61份，合计100份」. */
export function totalNotes(figures: readonly Proofed[], paragraphs: readonly { text: string }[]): Note[] {
  return figures.flatMap((total, at): Note[] => {
    const { text } = paragraphs[total.paragraph]!
    const head = text.slice(Math.max(0, total.start - MOST_TEXT), total.start)
    if (!TOLD_LAST.test(head)) return []
    const from =
      total.start - head.length + Math.max(...SENTENCE_ENDS.map((mark) => head.lastIndexOf(mark))) + 1
    const parts = figures
      .slice(Math.max(0, at - MOST_PARTS), at)
      .filter(
        (f) => f.paragraph === total.paragraph && f.start >= from && f.written.unit === total.written.unit,
      )
    if (parts.length < 2 || text.slice(from, total.start).includes('其中')) return []
    if ([total, ...parts].some((f) => f.written.precision !== 'exact')) return []
    const sum = parts.reduce((n, part) => n + part.written.value, 0)
    if (sum === total.written.value) return []
    const gap = Math.abs(sum - total.written.value) / total.written.per
    const words = `前面各项相加为${sum / total.written.per}${total.written.unit}，与合计的${total.text}相差${gap}，请核对`
    return [{ at, paragraph: total.paragraph, text: words }]
  })
}
const SENTENCE_ENDS = ['。', '；', '！', '？', '\n']

/** A sum is told in a sentence, of a few parts. */
const MOST_TEXT = 2000
const MOST_PARTS = 60

function partsOf(
  figures: readonly Proofed[],
  at: number,
  paragraphs: readonly { text: string }[],
): Proofed[] {
  const total = figures[at]!
  const next = figures[at + 1]
  const { text } = paragraphs[total.paragraph]!
  if (!next || next.paragraph !== total.paragraph) return []
  if (!/^[^。！？\n]{0,12}其中/.test(text.slice(total.end, next.start))) return []
  const stop = text.slice(total.end, total.end + MOST_TEXT).search(/[。；！？\n]/)
  const end = total.end + (stop < 0 ? MOST_TEXT : stop)
  return figures
    .slice(at + 1, at + 1 + MOST_PARTS)
    .filter((f) => f.paragraph === total.paragraph && f.end <= end && f.written.unit === total.written.unit)
}

/** 人 where 人次 is counted, or the other way round. */
export const confusedNotes = (figures: readonly Proofed[]): Note[] =>
  figures.flatMap(({ confused, paragraph, written }, at): Note[] => {
    if (confused === null) return []
    const [here, there] = written.unit === '人次' ? ['人次', '人数'] : [written.unit, '人次']
    return [{ at, paragraph, text: `文中写作“${here}”，平台按${there}统计，二者不能混用，请核对` }]
  })

/** One indicator told twice, by numbers that no single value can bear. */
export function twiceNotes(figures: readonly Proofed[]): Note[] {
  const told = new Map<string, Proofed>()
  return figures.flatMap((figure, at): Note[] => {
    if (figure.indicator === null || figure.reason !== null) return []
    // Of two periods or units it may be two numbers.
    const key = `${figure.indicator} ${figure.period ?? ''} ${figure.of ?? ''}`
    const first = told.get(key)
    if (!first) told.set(key, figure)
    if (!first || listed(first, figure)) return []
    const [a, b] = [agreeing(first), agreeing(figure)]
    if (a.low <= b.high && b.low <= a.high) return []
    return [{ at, paragraph: figure.paragraph, text: `前文写作“${first.text}”，同一数据两处不一致` }]
  })
}

/** Values of one list, 「3万、5万人次」, and of one sentence, 「线下485期；线上120期」, are told of different years, places or ways. */
const listed = (a: Proofed, b: Proofed): boolean =>
  a.paragraph === b.paragraph && (b.start - a.end <= 2 || a.context === b.context)

/** All that is to be said beside the verdicts, in reading order. */
export function notesOf(figures: readonly Proofed[], paragraphs: readonly Paragraph[]): Note[] {
  return [
    ...headingNotes(paragraphs),
    ...dayNotes(paragraphs),
    ...sumNotes(figures, paragraphs),
    ...totalNotes(figures, paragraphs),
    ...tableNotes(figures, paragraphs),
    ...twiceNotes(figures),
    ...confusedNotes(figures),
  ].toSorted((a, b) => a.paragraph - b.paragraph || (a.at ?? -1) - (b.at ?? -1))
}
