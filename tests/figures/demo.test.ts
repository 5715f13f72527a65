import { beforeAll, describe, expect, it } from 'vitest'
import type { Paragraph } from '#figures/prose/paragraph.ts'
import { proofread, type Live } from '#figures/prose/proof.ts'
import { known, readReport } from '#figures/prose/read.server.ts'
import { writeDocx } from '#paper/docx/write.server.ts'
import { composeSummary } from '#figures/summary/compose.ts'
import { golden, goldenYear } from '../support/goldenYear.ts'

const values = new Map(golden.map(({ indicator, live }) => [indicator, live]))
const live: Live = { year: 2019, values, below: [] }

let paragraphs: Paragraph[]
beforeAll(async () => {
  paragraphs = readReport(await writeDocx(composeSummary(goldenYear), { mode: 'review', mark: null }))
})

const plain = () =>
  paragraphs.map(({ text, inTable = false, isSource = false }) => ({ text, inTable, isSource }))
const judged = (report: readonly Paragraph[]) => {
  const figures = proofread(report, live, known)
  const of = (verdict: string | null) => figures.filter((f) => f.verdict === verdict)
  return { agree: of('agree').length, rest: [...of('loose'), ...of('differ'), ...of(null)] }
}

const edit = (report: readonly Paragraph[], from: string, to: string) => {
  expect(report.filter(({ text, inTable }) => !inTable && text.includes(from))).toHaveLength(1)
  return report.map((p) => (p.inTable ? p : { ...p, text: p.text.replace(from, to) }))
}
const planted = (report: readonly Paragraph[]) =>
  edit(edit(edit(report, '485期', '486期'), '5.1万人次', '5万人次'), '9800余人', '1万余人')

describe.each([
  ['by content control and bookmark', () => paragraphs],
  ['by its words alone', plain],
])('the 31 figures of the demo summary, %s', (_name, report) => {
  it('all agree, each on one indicator', () => {
    const { agree, rest } = judged(report())
    expect([agree, rest]).toEqual([31, []])
    const mapped = proofread(report(), live, known).map(({ indicator }) => indicator ?? '')
    expect(mapped.toSorted()).toEqual([...values.keys()].toSorted())
  })

  it('show three planted edits, exactly those', () => {
    const { agree, rest } = judged(planted(plain()))
    expect(agree).toBe(28)
    expect(rest.map(({ text, verdict }) => [text, verdict])).toEqual([
      ['5万人次', 'loose'],
      ['486期', 'differ'],
      ['1万余人', 'differ'],
    ])
  })
})
