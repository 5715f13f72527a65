import { beforeAll, describe, expect, it } from 'vitest'
import { agrees } from '#figures/agreement.ts'
import { readFigure } from '#figures/prose/extract.ts'
import { composeSummary } from '#figures/summary/compose.ts'
import { printedIndicators } from '#figures/summary/sections.ts'
import { figuresOf } from '#paper/document.ts'
import { readDocx } from '#paper/docx/read.server.ts'
import type { ReadParagraph } from '#paper/docx/reading.server.ts'
import { writeDocx } from '#paper/docx/write.server.ts'
import { parseFigureTag } from '#paper/names.ts'
import { golden, goldenYear as input } from './support/goldenYear.ts'

/** The paragraphs of the written file under the headings of both levels: `一（三）`. */
function bySection(paragraphs: readonly ReadParagraph[]): Map<string, ReadParagraph[]> {
  const sections = new Map<string, ReadParagraph[]>()
  let [chapter, section] = ['', '']
  for (const paragraph of paragraphs) {
    if (paragraph.style === 'GwH1') [chapter, section] = [paragraph.text[0]!, '']
    else if (paragraph.style === 'GwH2') section = paragraph.text.slice(0, 3)
    const key = chapter + section
    sections.set(key, [...(sections.get(key) ?? []), paragraph])
  }
  return sections
}

/** What came later than the golden year: a year without it says nothing of it. */
const isOfYear = (id: string): boolean =>
  !/^(hardship|specialAction|screening\.grant|studio|parentStudio|cadreTraining|study|counselling|committee|meeting)/.test(
    id,
  )

describe('the annual summary of the golden year, as a Word file', () => {
  const document = composeSummary(input)
  let sections: Map<string, ReadParagraph[]>
  beforeAll(async () => {
    sections = bySection(readDocx(await writeDocx(document, { mode: 'review', mark: null })))
  })

  it('prints the 31 figures of the table and no other', () => {
    expect(golden).toHaveLength(31)
    expect(
      figuresOf(document)
        .map(({ indicator }) => indicator)
        .toSorted(),
    ).toEqual(golden.map(({ indicator }) => indicator).toSorted())
    expect(printedIndicators.filter(isOfYear)).toHaveLength(31)
  })

  it.each(golden)(
    '$id stands in section $section as $written',
    ({ section, indicator, written, low, high }) => {
      const found = (sections.get(section!) ?? []).flatMap(({ text, tags }) =>
        tags.map(({ tag, start, end }) => ({ ...parseFigureTag(tag)!, written: text.slice(start, end) })),
      )
      const [figure, ...more] = found.filter((one) => one.indicator === indicator)
      expect(more).toEqual([])
      expect(figure?.written).toBe(written)
      expect(figure?.snapshot).toBe('S2019-1')
      expect(agrees(readFigure(figure!.written)!, figure!.value)).toBe('agree')
      expect([figure!.value >= low, figure!.value <= high]).toEqual([true, true])
    },
  )

  it.each<[string, string, string]>([
    ['H01', '一（二）', '鲸笺机车公司张示宁荣获全国五一巾帼标兵称号、全国五一巾帼奖章'],
    ['H02', '一（二）', '螺谣冷链开发企划部荣获全国五一巾帼标兵岗称号'],
    ['H03', '一（二）', '锚弦船舶公司李例芳荣获全国三八红旗手称号'],
    ['H04', '一（二）', '礁砚中学王演雯荣获辽宁省三八红旗手称号'],
    ['H05', '一（二）', '汐篆港口电力变电所荣获辽宁省三八红旗集体称号'],
    ['H06', '一（五）', '陈样静家庭荣获全国最美家庭称号'],
    ['H07', '一（四）', '1个托管点（鸥絮小学职工子女托管班）荣获全国工会爱心托管班称号'],
    [
      'H08',
      '一（四）',
      '2个托管点（藻箫公司职工子女托管班、贝笙医院职工子女托管班）荣获辽宁省托管示范点称号',
    ],
    ['H09', '一（四）', '“两癌”筛查工作在市委对市直机关实绩考核中获得加分'],
    ['H10', '一（五）', '三级联动教育培训工作模式获评大连市总工会创新成果'],
    ['H11', '一（三）', '《工人日报》报道“两癌”筛查写进集体合同的做法'],
    ['B1', '一（四）', '高新区“红娘工作室”'],
    ['B4', '一（五）', '高新区“工匠微课堂”'],
    ['X1', '一（三）', '参与起草《专项集体合同示范文本》'],
    ['X2', '一（三）', '对《婴幼儿照护服务落实意见》提出修改建议'],
    ['X3', '一（四）', '关爱室在百度地图、高德地图上线'],
    ['X4', '一（四）', '高新区总工会在全省托管工作现场推进会上介绍经验'],
    ['X5', '一（六）', '通过辽宁省总工会、大连市委女职工工作年度考核'],
  ])('%s stands in section %s', (_id, section, words) => {
    const text = (sections.get(section) ?? []).map((paragraph) => paragraph.text).join('\n')
    expect(text).toContain(words)
  })

  it('runs through its headings without a jump, six sections and then the plan', () => {
    expect([...sections.keys()]).toEqual([
      '',
      '一',
      ...['一', '二', '三', '四', '五', '六'].map((n) => `一（${n}）`),
      '二',
      ...['一', '二', '三', '四', '五', '六', '七'].map((n) => `二（${n}）`),
    ])
  })

  it('has no figure in the plan, and every one in the appendix with its trace', () => {
    expect(
      [...sections].filter(([key]) => key.startsWith('二')).flatMap(([, p]) => p.flatMap((q) => q.tags)),
    ).toEqual([])
    expect(document.sources.map(({ link }) => link)).toEqual(
      printedIndicators.filter(isOfYear).map((id) => `https://jinguo.example/trace/${id}?snapshot=S2019-1`),
    )
  })
})
