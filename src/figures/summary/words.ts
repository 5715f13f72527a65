import type { Block, FigureRun, Run } from '#paper/document.ts'

/** Part of a sentence, with the figures that stand in it. */
export type Clause = readonly Run[]

/** The figure of an indicator as the year has it; null when there is nothing to print. */
export type Ink = (indicator: string) => FigureRun | null

/** `` say`举办培训${'training.sessions'}` ``: null as soon as one of its figures is missing. */
export type Say = (words: TemplateStringsArray, ...indicators: string[]) => Clause | null

/** Sentences about figures: a clause is said whole or not at all, so that no sentence ever reads 0场. */
export function sayer(ink: Ink): Say {
  return (words, ...indicators) => {
    const figures = indicators.map(ink)
    if (figures.includes(null)) return null
    return words.flatMap((text, at): Run[] => {
      const figure = figures[at]
      return [...(text ? [{ text }] : []), ...(figure ? [{ figure }] : [])]
    })
  }
}

/** Words without a figure; null when there are none. */
export const plain = (text: string, records: readonly string[] = []): Clause | null =>
  text ? [records.length > 0 ? { text, records } : { text }] : null

/** The clauses that have something to say, with a mark between; null when none has. */
export function joined(clauses: readonly (Clause | null)[], mark: '、' | '，' | '；'): Clause | null {
  const said = clauses.filter((clause) => clause !== null)
  if (said.length === 0) return null
  return said.flatMap((clause, at) => (at === 0 ? clause : [{ text: mark }, ...clause]))
}

/** A clause between its beginning and its end; null when the clause is. */
export function sentence(begin: string, clause: Clause | null, end = '。'): Clause | null {
  return clause && [{ text: begin }, ...clause, { text: end }]
}

/** A paragraph with a run-in heading; none when all its sentences are silent. */
export function paragraph(lead: string, sentences: readonly (Clause | null)[]): Block[] {
  const runs = merged(sentences.flatMap((said) => said ?? []))
  return runs.length === 0 ? [] : [{ kind: 'paragraph', lead, runs }]
}

function merged(runs: readonly Run[]): Run[] {
  const result: Run[] = []
  for (const run of runs) {
    const last = result.at(-1)
    if ('text' in run && last && 'text' in last && !run.records && !last.records)
      result[result.length - 1] = { text: last.text + run.text }
    else if ('figure' in run || run.text) result.push(run)
  }
  return result
}

/** 一 to 九十九: numbers of headings. */
export function numeral(n: number): string {
  const digits = '一二三四五六七八九'
  const [tens, ones] = [Math.floor(n / 10), n % 10]
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : digits[tens - 1]}十`
  return ten + (ones === 0 ? '' : digits[ones - 1])
}

/** `《…》` round the name of a document or newspaper, unless it brings its own. */
export const titled = (name: string): string => (/[《》]/.test(name) ? name : `《${name}》`)
