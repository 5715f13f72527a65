import type { Question } from './api.ts'
import { fillers, notYet, sameWords } from './sameWords.ts'

/** What a label counts in; `any` where it only says 数, null where it counts nothing. */
type Measure = 'persons' | 'times' | 'money' | 'homes' | 'copies' | 'rooms' | 'any' | null

const measures: readonly (readonly [Measure, RegExp])[] = [
  ['persons', /人次数?|人数|总人数|多少人|几人|多少名|几名|人$/gu],
  ['homes', /户数|几户|多少户/gu],
  ['times', /班次|场次数?|场数|期数|次数|几[场期次]|多少[场期次]/gu],
  ['money', /经费|资金|金额|花费|费用|支出|款额|多少(万?元|钱)|元$/gu],
  ['copies', /[份册件条]数|几[份册件条]|多少[份册件条]/gu],
]
const counting = /总数量?|数量|个数|几[个间对]|多少[个间]?|[间对]数|总数|数$|总$/gu

const plainOf = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\([^)]*\)/gu, '')
    .replace(/[^\p{L}\p{N}]/gu, '')

/** A label by what it means: the thing in the system's own words, and what it is counted in. */
type Meaning = { pairs: ReadonlySet<string>; measure: Measure }
const meanings = new Map<string, Meaning>()

function meaningOf(label: string, unit = ''): Meaning {
  const key = `${label} ${unit}`
  const known = meanings.get(key)
  if (known) return known
  const plain = plainOf(label)
  const said = sameWords.reduce((text, [own, others]) => text.replace(others, own), plain)
  const says = measures.find(([, words]) => said.search(words) >= 0)?.[0]
  const measure = says ?? ofUnit(unit) ?? (said.search(counting) >= 0 ? 'any' : null)
  const bare = [...measures.map(([, words]) => words), counting, fillers].reduce(
    (text, words) => text.replace(words, ''),
    said,
  )
  const meaning = { pairs: pairsOf(withoutWomen(bare)), measure }
  if (meanings.size < most) meanings.set(key, meaning)
  return meaning
}

/** What the unit of an indicator says where its label does not. */
const ofUnit = (unit: string): Measure =>
  (({ 人: 'persons', 人次: 'persons', 名: 'persons', 间: 'rooms', 个: 'rooms' }) as const)[unit] ?? null

/** So many labels are kept understood: those of the system, and what is being asked. */
const most = 2000

/** Everything here is of women workers: the word says something only of whom it stands beside. */
function withoutWomen(text: string): string {
  const rest = text.replace(/(?<!先进|困难|单亲)女职工(?!委员)/gu, '')
  return rest === '' ? text : rest
}

const pairsOf = (text: string): Set<string> =>
  new Set(Array.from(text).flatMap((c, i, all) => (i + 1 < all.length ? [c + all[i + 1]] : [])))

/** How alike two labels are by the pairs of characters of what they mean (Dice): 0 … 1; 0 where they count in different measures. */
export function likeness(a: string, b: string, unit = ''): number {
  const [x, y] = [meaningOf(a), meaningOf(b, unit)]
  const isOther =
    x.measure !== y.measure && ![x.measure, y.measure].some((one) => one === 'any' || one === null)
  if (isOther || x.pairs.size + y.pairs.size === 0) return 0
  const both = [...x.pairs].filter((pair) => y.pairs.has(pair)).length
  return (2 * both) / (x.pairs.size + y.pairs.size)
}

/** Labels so alike ask the same. */
export const alike = 0.75

/** Something that is held: its name, where, by which longer name too, and in which unit. */
export type Known = { label: string; where: string; also?: string; unit?: string }

/** What a question asks again: the likest of what is held, the first of equals; null where it asks something else or what is to come. */
export function sameAs<K extends Known>(
  label: string,
  known: readonly K[],
): { one: K; score: number } | null {
  const asksAhead = notYet.test(plainOf(label))
  let best: { one: K; score: number } | null = null
  for (const one of known) {
    const score =
      one.label === label
        ? 2
        : asksAhead
          ? 0
          : Math.max(
              likeness(label, one.label, one.unit),
              one.also === undefined ? 0 : likeness(label, one.also, one.unit),
            )
    if (score >= alike && score > (best?.score ?? 0)) best = { one, score }
  }
  return best
}

/** Questions whose answer the system holds: the label means the same as a field, a column or an indicator. */
export const knownAlready = (
  questions: readonly Pick<Question, 'label'>[],
  known: readonly Known[],
): { question: number; label: string; where: string }[] =>
  questions.flatMap(({ label }, question) => {
    const best = sameAs(label, known)
    return best ? [{ question, label: best.one.label, where: best.one.where }] : []
  })
