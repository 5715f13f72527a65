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
}

export interface Sentence {
  text: string
  labels: Label[]
}

const MARK = /\[\[(.+?)=([\d.~]+) (\S+) (\S+) (\S+?)(?: (\d+) (agree|loose|differ))?\]\]/g

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
    const [, written, value, unit, precision, indicator, live, verdict] = found as unknown as string[]
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
    })
    text += written
    last = found.index + found[0].length
  }
  text += line.slice(last)
  if (text.includes('[[')) throw new Error(`unreadable mark: ${line}`)
  return { text, labels }
}
