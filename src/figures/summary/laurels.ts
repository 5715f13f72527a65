import { levels } from '#kit/head.ts'
import { joined, plain, sentence, type Clause } from './words.ts'

/** An accepted honour of the year, as the record has it. */
export interface HonourRow {
  subject: string
  honoree: string
  employer: string | null
  grantedOn: string
  titles: readonly { honourType: string; level: string }[]
}

/** The levels whose holders a city's summary names; the others are in the counts. */
export const namedLevels: readonly string[] = levels.slice(0, 2)

/** More holders of one title than this, and the sentence ends in 等. */
const mostNames = 5

const rank = ({ level }: { level: string }): number => levels.indexOf(level as (typeof levels)[number])
const best = (row: HonourRow): number => Math.min(...row.titles.map(rank))

/** Highest honour first, of one rank who has more titles, then by day and name: one order on every machine. */
function ranked(rows: readonly HonourRow[]): HonourRow[] {
  const key = (row: HonourRow) => `${best(row)} ${99 - titlesOf(row).length} ${row.grantedOn} ${row.honoree}`
  return rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}

/** The titles of a row that are named, highest first. */
function titlesOf(row: HonourRow): string[] {
  const named = row.titles.filter(({ level }) => namedLevels.includes(level))
  return named.toSorted((a, b) => rank(a) - rank(b)).map(({ honourType }) => honourType)
}

/** 「全国五一巾帼标兵称号、全国五一巾帼奖章」: what is handed over is no 称号. */
function titleWords(titles: readonly string[]): string {
  return titles.map((title) => (/[章奖状牌杯号]$/.test(title) ? title : `${title}称号`)).join('、')
}

const persons: readonly string[] = ['个人', '女职工工作者']

/** A team or site that is called after its employer needs no second naming. */
function nameOf({ subject, honoree, employer }: HonourRow): string {
  const isNamed = !persons.includes(subject) && employer?.includes(honoree.slice(0, 3))
  return employer === null || isNamed ? honoree : employer + honoree
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join('、')
  return names.length > mostNames ? `${shown}等` : shown
}

/** One clause for each set of titles: 「甲、乙荣获全国三八红旗手称号」. */
function clauses(rows: readonly HonourRow[]): Clause | null {
  const holders = new Map<string, string[]>()
  for (const row of ranked(rows)) {
    const titles = titlesOf(row)
    if (titles.length === 0) continue
    const words = titleWords(titles)
    holders.set(words, [...(holders.get(words) ?? []), nameOf(row)])
  }
  return joined(
    [...holders].map(([titles, names]) => plain(`${listed(names)}荣获${titles}`)),
    '；',
  )
}

const of = (rows: readonly HonourRow[], ...subjects: string[]): HonourRow[] =>
  rows.filter(
    ({ subject, titles }) => subjects.includes(subject) && titles.some((t) => namedLevels.includes(t.level)),
  )

/** The word for one of two things, or for both. */
function wordFor(first: boolean, second: boolean, words: readonly [string, string, string]): string {
  if (first && second) return words[2]
  return first ? words[0] : words[1]
}

/** The persons and collectives with national and provincial honours, by name. */
export function laurels(rows: readonly HonourRow[]): Clause | null {
  const named = of(rows, ...persons, '集体')
  const person = named.some(({ subject }) => subject !== '集体')
  const team = named.some(({ subject }) => subject === '集体')
  const who = wordFor(person, team, ['女职工', '女职工集体', '女职工和女职工集体'])
  const national = named.some((row) => best(row) === 0)
  const provincial = named.some((row) => best(row) === 1)
  const whence = wordFor(national, provincial, ['国家级', '省级', '国家级和省级'])
  return sentence(`${named.length > 2 ? '一批' : ''}${who}受到${whence}表彰：`, clauses(named))
}

/** The honoured families, by name. */
export function families(rows: readonly HonourRow[]): Clause | null {
  return sentence('', clauses(of(rows, '家庭')))
}

/** What follows 「1个托管点」: their names and titles, or the level alone when no record is at hand. */
export function sites(rows: readonly HonourRow[], level: string): string {
  const honoured = of(rows, '托管点').filter(({ titles }) => titles.some((t) => t.level === level))
  if (honoured.length === 0) return `荣获${level}荣誉`
  const titles = honoured.flatMap((row) =>
    row.titles.filter((t) => t.level === level).map((t) => t.honourType),
  )
  return `（${listed(ranked(honoured).map(nameOf))}）荣获${titleWords([...new Set(titles)])}`
}
