import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { OrgBrief } from '#org/api.ts'
import { indicators } from '#programmes/index.ts'
import { askUntilKnown, type AskedOf } from './asked.ts'
import { proofread, yearOf, type Books, type Live } from './proof.ts'
import { agreeing, toJson, type Proofed } from './proofed.ts'
import { notesOf } from './notes.ts'
import { known, readReport } from './read.server.ts'
import { reasonWords, verdictWords } from './words.ts'

export interface FiguresAsked {
  file: string
  /** Of the figures; by default the first year that the text names. */
  year: number | null
  /** Code of an org; by default the city. */
  scope: string | null
  json: boolean
}

/** What the database says of a year and scope, as one line of JSON; see liveOf. */
export interface LiveLine extends BooksLine {
  year: number
  below: string[]
  /** Other units by the names that were asked for. */
  units: Record<string, BooksLine>
}
export interface BooksLine {
  org: OrgBrief
  values: Record<string, number | null>
  /** Values of other periods by their short names. */
  periods: Record<string, Record<string, number | null>>
}

/**
 * Proof-reads a report and prints what was found.
 * @param ask gives the books of a year; null where there are none
 * @returns the number of figures that differ
 * @throws FileRefused, or Error in Chinese where the file isn't there
 */
export async function figuresOfFile(
  asked: FiguresAsked,
  io: { out(text: string): void; cwd: string },
  ask: (year: number, asked: AskedOf) => Promise<LiveLine | null>,
): Promise<number> {
  const path = resolve(io.cwd, asked.file)
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new Error(`读不到文件 ${path}，请检查路径和权限`, { cause })
  })
  const paragraphs = readReport(bytes)
  const year = asked.year ?? yearOf(paragraphs)
  const judged = (line: LiveLine | null) => proofread(paragraphs, line && liveFrom(line), known, year)
  const line = year === null ? null : await askUntilKnown(judged, year, (asked) => ask(year, asked))
  const figures = judged(line)
  if (asked.json) io.out(`${JSON.stringify(figures.map(toJson), null, 2)}\n`)
  else {
    const notes = notesOf(figures, paragraphs)
    io.out(table(figures, notes, line, year))
  }
  return figures.filter(({ verdict }) => verdict === 'differ').length
}

/** What was asked of the books, to judge by. */
export const liveFrom = ({ year, org, below, units, ...own }: LiveLine): Live => ({
  year,
  own: org.name,
  below,
  ...booksFrom(own),
  units: new Map(Object.entries(units).map(([name, books]) => [name, booksFrom(books)])),
})

const booksFrom = ({ values, periods }: Omit<BooksLine, 'org'>): Books => ({
  values: new Map(Object.entries(values)),
  periods: new Map(Object.entries(periods).map(([code, of]) => [code, new Map(Object.entries(of))])),
})

const labels = new Map(indicators.map(({ id, indicator }) => [id, indicator.label]))

/** Half-width columns that a Chinese text takes. */
const widthOf = (text: string): number => [...text].reduce((n, c) => n + (c > '\u2e7f' ? 2 : 1), 0)
const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)))

function table(
  figures: readonly Proofed[],
  notes: readonly { at: number | null; text: string }[],
  line: LiveLine | null,
  year: number | null,
): string {
  const unitOf = ({ of }: Proofed) => (of === null ? '' : `${line?.units[of]?.org.shortName ?? of}，`)
  const head = ['序号', '文中写法', '指标', '现时数字', '相符范围', '结论']
  const cells = figures.map((figure, at) => {
    const { low, high } = agreeing(figure)
    return [
      String(at + 1),
      figure.text,
      figure.indicator ? labels.get(figure.indicator)! : '—',
      figure.live === null ? '—' : `${figure.live}`,
      low === high ? `${low}` : `${low}–${high}`,
      figure.verdict
        ? `${unitOf(figure)}${verdictWords[figure.verdict]}`
        : figure.reason
          ? reasonWords[figure.reason]
          : figure.indicator
            ? '未核对'
            : '不属平台指标',
    ]
  })
  const widths = head.map((title, n) => Math.max(widthOf(title), ...cells.map((row) => widthOf(row[n]!))))
  const row = (of: string[]) =>
    of
      .map((cell, n) => padded(cell, widths[n]!))
      .join('  ')
      .trimEnd()
  const count = (verdict: Proofed['verdict']) => figures.filter((f) => f.verdict === verdict).length
  const told = line
    ? `对照${line.org.name}${line.year}年：相符 ${count('agree')} 处，可更准确 ${count('loose')} 处，不符 ${count('differ')} 处，未对照 ${count(null)} 处`
    : year === null
      ? '文中没有年份，未与数字对照；请用 --year 指明'
      : '没有可对照的数据，只列出文中数字'
  return [
    ...(figures.length > 0 ? [row(head), ...cells.map(row)] : []),
    ...notes.map(({ at, text }) => `提示：${at === null ? '' : `第 ${at + 1} 处，`}${text}`),
    `共 ${figures.length} 处数字。${told}`,
    '',
  ].join('\n')
}
