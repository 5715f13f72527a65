import { addMonths } from '#kit/day.ts'
import type { Period } from '#kit/period.ts'
import { linesOf, type Layout } from './layouts.ts'

/** Values of a table by line; null: not told to this reader, or not typed yet. */
export type Values = ReadonlyMap<string, { value: number | null; before: number | null }>

/** must: cannot be signed so. ask: may be right, and needs a sentence that says why. */
export type Finding = { id: string; level: 'must' | 'ask'; codes: string[]; message: string }

/** The period of a table, and the month in which the unit's books began; null where they are empty. */
export type Span = { period: Pick<Period, 'fromYm' | 'untilYm'>; beganYm: number | null }

type Pair = { least: string; most: string; level: Finding['level'] }

/** A part is never more than its whole, a year's addition never more than the stock it adds to. */
const bounds: readonly Pair[] = [
  { least: '03', most: '02', level: 'must' },
  { least: '04', most: '01', level: 'must' },
  { least: '06', most: '05', level: 'must' },
  { least: '08', most: '07', level: 'must' },
  { least: '07', most: '05', level: 'ask' },
  { least: '08', most: '06', level: 'ask' },
  { least: '17', most: '16', level: 'must' },
  { least: '21', most: '22', level: 'ask' },
  { least: '32', most: '33', level: 'ask' },
  { least: '34', most: '33', level: 'must' },
]

/** What was held, and who came: neither is without the other. A class may stand before its children come, a referral before anybody is placed: that is asked. */
const pairs: readonly (readonly [held: string, came: string, level?: 'ask'])[] = [
  ['11', '12'],
  ['13', '14'],
  ['15', '16'],
  ['18', '19'],
  ['23', '24'],
  ['35', '36', 'ask'],
  ['37', '38', 'ask'],
  ['39', '40'],
  ['43', '44'],
]

/** From this many a swing against the year before is worth a question; below it chance alone makes one. */
const leastSwing = 20

const monthWords = (ym: number): string => `${Math.floor(ym / 100)}年${ym % 100}月`

const ask = (id: string, message: string): Finding => ({ id, level: 'ask', codes: [], message })

/** Books that begin within a period tell of a part of it, and a year that is whole is not to be compared with such a part. */
function begins({ period: { fromYm, untilYm }, beganYm }: Span): Finding[] {
  if (beganYm === null) return []
  const isWithin = (from: number, until: number) => from < beganYm && beganYm <= until
  const since = monthWords(beganYm)
  const last = monthWords(addMonths(beganYm, -1))
  if (isWithin(fromYm, untilYm))
    return [
      ask(
        'begins.now',
        `记录从${since}开始，${monthWords(fromYm)}至${last}的数字不在表内，请写明这几个月的情况`,
      ),
    ]
  return isWithin(addMonths(fromYm, -12), addMonths(untilYm, -12))
    ? [ask('begins.before', `上年同期只有${since}起的记录，不是全期，两年不能直接比，请写明`)]
    : []
}

/** As the table itself writes it: 13,347. */
const grouped = (value: number): string => String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')

/**
 * The logical checks between the cells of a table (逻辑审核). A line that is not in the layout, or not told, is not checked.
 * @returns findings in the order of the lines
 */
export function check(layout: Layout, values: Values, span: Span): Finding[] {
  const lines = new Map(linesOf(layout).map((line) => [line.code, line]))
  const told = (code: string): number | null => (lines.has(code) ? (values.get(code)?.value ?? null) : null)
  const name = (code: string): string =>
    `第 ${code} 行“${lines.get(code)!.label.replaceAll('“', '‘').replaceAll('”', '’')}”`
  const found: Finding[] = []
  const beginnings = begins(span)
  for (const [code, line] of lines) {
    if ('asked' in line.from && told(code) === null)
      found.push({ id: `asked.${code}`, level: 'must', codes: [code], message: `${name(code)}还没有填` })
  }
  for (const { least, most, level } of bounds) {
    const [small, large] = [told(least), told(most)]
    if (small === null || large === null || small <= large) continue
    const word = level === 'must' ? '不能' : '一般不'
    const message = `${name(least)}是 ${grouped(small)}，${word}大于${name(most)}的 ${grouped(large)}`
    found.push({ id: `most.${least}.${most}`, level, codes: [least, most], message })
  }
  for (const [held, came, level = 'must'] of pairs) {
    const [times, persons] = [told(held), told(came)]
    if (times === null || persons === null) continue
    if (times > 0 !== persons > 0 || persons < times) {
      const message = `${name(held)}是 ${grouped(times)}，${name(came)}是 ${grouped(persons)}，${level === 'must' ? '两数对不上' : '两数一般不会这样，请核实并说明'}`
      found.push({ id: `pair.${held}.${came}`, level, codes: [held, came], message })
    }
  }
  for (const [code, { from }] of lines) {
    if ('indicator' in from && beginnings.length > 0) continue
    const now = told(code)
    const before = values.get(code)?.before ?? null
    if (now === null || before === null || before < leastSwing) continue
    if (Math.abs(now - before) * 2 <= before) continue
    const share = Math.round((Math.abs(now - before) / before) * 100)
    const message = `${name(code)}与上年同期的 ${grouped(before)} 相比${now > before ? '增加' : '减少'} ${share}%，请核实并说明`
    found.push({ id: `swing.${code}`, level: 'ask', codes: [code], message })
  }
  return [...beginnings, ...found.sort((a, b) => a.codes[0]!.localeCompare(b.codes[0]!))]
}

/** What still stands between a table and its signature: faults, and questions without an answer. */
export const openFindings = (
  findings: readonly Finding[],
  notes: Readonly<Record<string, string>>,
): Finding[] => findings.filter(({ id, level }) => level === 'must' || (notes[id] ?? '').trim() === '')
