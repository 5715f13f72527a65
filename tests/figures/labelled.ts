import { readFileSync } from 'node:fs'

export interface Label {
  start: number
  end: number
  text: string
  value: number
  high: number
  unit: string
  precision: string
  indicator: string | null
  /** What the books hold, and what is then to be said of the figure; null where nobody asked. */
  judged: { live: number; verdict: string } | null
  /** Why it is not of the report's unit and whole time: a reason, or the short name of a period. */
  told: string | null
}

export interface Sentence {
  text: string
  labels: Label[]
}

const MARK = /\[\[(.+?)=([\d.~]+) (\S+) (\S+) (\S+?)(?: (\d+) (agree|loose|differ))?(?: !(\w+))?\]\]/g

/** The labelled sentences of a file: text without marks, and each mark with its span. */
export function readLabelled(name: string): Sentence[] {
  const lines = readFileSync(new URL(name, import.meta.url), 'utf8').split('\n')
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map(readLine)
}

function readLine(line: string): Sentence {
  const labels: Label[] = []
  let text = ''
  let last = 0
  for (const found of line.matchAll(MARK)) {
    text += line.slice(last, found.index)
    const [, written, value, unit, precision, indicator, live, verdict, told] = found as unknown as string[]
    const [low, high = low] = value!.split('~').map(Number)
    labels.push({
      start: text.length,
      end: text.length + written!.length,
      text: written!,
      value: low!,
      high: high!,
      unit: unit!,
      precision: precision!,
      indicator: indicator === '-' ? null : indicator!,
      judged: verdict ? { live: Number(live), verdict } : null,
      told: told ?? null,
    })
    text += written
    last = found.index + found[0].length
  }
  text += line.slice(last)
  if (text.includes('[[')) throw new Error(`unreadable mark: ${line}`)
  return { text, labels }
}

export interface LabelledTable {
  name: string
  captions: string[]
  /** Its cells, row by row; null where one goes on with the cell above it, or before it. */
  rows: (Sentence | 'above' | 'before')[][]
}

/** The labelled tables of a file. */
export function readTables(name: string): LabelledTable[] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8')
  return text
    .split(/^# --- /m)
    .slice(1)
    .map((block) => {
      const [title, ...lines] = block.split('\n').filter((line) => line !== '')
      const rows = lines.filter((line) => line.includes(' | '))
      return {
        name: title!,
        captions: lines.filter((line) => !line.includes(' | ')),
        rows: rows.map((line) => line.split(/ \| ?/).map(cellOf)),
      }
    })
}

const cellOf = (text: string) => (text === '^' ? 'above' : text === '<' ? 'before' : readLine(text))
