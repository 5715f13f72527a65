import { describe, expect, it } from 'vitest'
import { extract, type Found } from '#figures/prose/extract.ts'
import { mapFigures } from '#figures/prose/map.ts'
import { known } from '#figures/prose/read.server.ts'
import { topics } from '#figures/prose/topics.ts'
import { proofread } from '#figures/prose/proof.ts'
import { readLabelled, type Label } from './labelled.ts'

interface Score {
  right: number
  said: number
  all: number
}

const rates = ({ right, said, all }: Score) => ({ precision: right / said, recall: right / all })

/** Right = the same span, value, upper end, unit and precision; nothing for being near. */
const same = (label: Label, { start, end, written }: Found) =>
  label.start === start &&
  label.end === end &&
  label.value === written.value / written.per &&
  label.high === written.high / written.per &&
  label.unit === written.unit &&
  label.precision === written.precision

function score(file: string): { figures: Score; indicators: Score } {
  const figures = { right: 0, said: 0, all: 0 }
  const indicators = { right: 0, said: 0, all: 0 }
  for (const { text, labels } of readLabelled(file)) {
    const found = extract(text)
    const mapped = mapFigures(text, found)
    figures.said += found.length
    figures.all += labels.length
    indicators.all += labels.filter(({ indicator }) => indicator !== null).length
    indicators.said += mapped.filter((indicator) => indicator !== null).length
    found.forEach((one, n) => {
      const label = labels.find((other) => same(other, one))
      if (label) figures.right++
      if (mapped[n] && label?.indicator === mapped[n]) indicators.right++
    })
  }
  return { figures, indicators }
}

const percent = (rate: number) => `${(100 * rate).toFixed(1)} %`
const sets = [
  ['tuned on', 'sentences-a.txt'],
  ['held out', 'sentences-b.txt'],
  ['second set, tuned on', 'sentences-c.txt'],
  ['second set, first run apart', 'sentences-d.txt'],
  ['third set, first run apart', 'sentences-e.txt'],
  ['third set, held out until it was looked at', 'sentences-f.txt'],
  ['fourth set, first run apart', 'sentences-g.txt'],
  ['indicators that came later, first run apart', 'sentences-h.txt'],
  ['fifth set, first run apart', 'sentences-i.txt'],
  ['sixth set, first run apart', 'sentences-j.txt'],
  ['seventh set, the proof, as first run', 'sentences-k.txt'],
  ['three whole reports, first run apart', 'sentences-m.txt'],
  ['the same reports read on, first run apart', 'sentences-n.txt'],
  ['one indicator in several ways, first run apart', 'sentences-o.txt'],
  ['long sentences of mixed work, first run apart', 'sentences-p.txt'],
  ['parts of a year, schools, harbours, railways, first run apart', 'sentences-q.txt'],
  ['work that none counts behind work that one counts, tuned on', 'sentences-r.txt'],
  ['county and province, federation and 妇联, first run apart', 'sentences-s.txt'],
  ['what a strict reader found, tuned on', 'sentences-t.txt'],
  ['what a second strict reader found, tuned on', 'sentences-w.txt'],
  ['a blind set of six voices, first run apart', 'sentences-u.txt'],
  ['ten voices with verdicts, first run apart', 'sentences-v.txt'],
  ['federations elsewhere, railways, Chinese numerals, first run apart', 'sentences-x.txt'],
  ['old style, trades, tables pasted as text, first run apart', 'sentences-y.txt'],
  ['units before words that look like others, tuned on', 'sentences-l.txt'],
] as const

describe.each(sets)('the labelled sentences: %s', (name, file) => {
  it('gives figures and indicators with a precision and recall of 98 % or more', () => {
    const { figures, indicators } = score(file)
    const [f, i] = [rates(figures), rates(indicators)]
    console.log(
      `${name}: ${figures.all} figures, precision ${percent(f.precision)}, recall ${percent(f.recall)}; ` +
        `${indicators.all} with an indicator, precision ${percent(i.precision)}, recall ${percent(i.recall)}`,
    )
    expect(Math.min(f.precision, f.recall)).toBeGreaterThanOrEqual(0.98)
    expect(Math.min(i.precision, i.recall)).toBeGreaterThanOrEqual(0.98)
  })
})

it('judges the figures of unknown reports as a careful clerk does, 98 % or more', () => {
  const verdicts = { right: 0, said: 0, all: 0 }
  for (const { text, labels } of readLabelled('sentences-v.txt')) {
    const asked = labels.filter(({ judged }) => judged !== null)
    const values = new Map(asked.map(({ indicator, judged }) => [indicator!, judged!.live]))
    const live = { year: Number(/20\d\d(?=年)/.exec(text)?.[0] ?? 2020), values, below: [] }
    const said = proofread([{ text }], live, known).filter(({ verdict }) => verdict !== null)
    verdicts.said += said.length
    verdicts.all += asked.length
    for (const one of said) {
      const label = asked.find(({ start, end }) => start === one.start && end === one.end)
      if (label && label.indicator === one.indicator && label.judged!.verdict === one.verdict)
        verdicts.right++
    }
  }
  const { precision, recall } = rates(verdicts)
  console.log(`verdicts: ${verdicts.all}, precision ${percent(precision)}, recall ${percent(recall)}`)
  expect(Math.min(precision, recall)).toBeGreaterThanOrEqual(0.98)
})

it('gives figures and indicators of all sets together with a precision and recall of 98 % or more', () => {
  const scores = sets.map(([, file]) => score(file))
  for (const kind of ['figures', 'indicators'] as const) {
    const sum = scores.reduce(
      (total, { [kind]: one }) => ({
        right: total.right + one.right,
        said: total.said + one.said,
        all: total.all + one.all,
      }),
      { right: 0, said: 0, all: 0 },
    )
    const { precision, recall } = rates(sum)
    expect(Math.min(precision, recall)).toBeGreaterThanOrEqual(0.98)
  }
})

it('holds at least 2,000 labelled figures, each with an indicator of the register or none', () => {
  const labels = sets.flatMap(([, file]) => readLabelled(file).flatMap((sentence) => sentence.labels))
  expect(labels.length).toBeGreaterThanOrEqual(2000)
  expect(labels.filter(({ indicator }) => indicator !== null && !known.has(indicator))).toEqual([])
})

it('knows words for every indicator that a report can print, and no other', () => {
  const named = new Set(topics.flatMap(({ choices }) => choices.map(({ indicator }) => indicator)))
  expect([...named].toSorted()).toEqual([...known].toSorted())
})
