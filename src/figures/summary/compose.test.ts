import { describe, expect, it } from 'vitest'
import { indicators } from '#programmes/index.ts'
import { contradictions, figuresOf } from '#paper/document.ts'
import { composeSummary, fileTitle, type SummaryInput } from './compose.ts'
import { printedIndicators } from './sections.ts'
import { demoPlanTexts } from './texts.ts'

const blank: SummaryInput = {
  year: 2018,
  today: '2019-01-09',
  tier: 'city',
  org: '滨海市总工会',
  figures: new Map(),
  honours: [],
  highlights: [],
  policyInputs: [],
  texts: {},
  snapshot: 'live',
  publicUrl: 'https://jinguo.example',
  demo: false,
  register: indicators,
}

const composed = (change: Partial<SummaryInput>) => composeSummary({ ...blank, ...change })
/** The text as it is read, a line a block. */
function read(change: Partial<SummaryInput>): string[] {
  return composed(change).blocks.map((block) =>
    block.kind === 'heading'
      ? block.text
      : (block.lead ?? '') +
        block.runs.map((run) => ('figure' in run ? run.figure.written : run.text)).join(''),
  )
}
const figures = (values: Record<string, number>) => new Map(Object.entries(values))
const all = (value: number) => new Map(printedIndicators.map((id) => [id, value]))

describe('the sentences of the year', () => {
  it('say nothing at all of a year without records', () => {
    expect(read({})).toEqual([
      '2018年，全市各级工会女职工组织围绕中心、服务大局，立足维权服务基本职责，依靠基层、面向女职工开展工作。现将主要情况总结如下。',
      '一、2018年主要工作',
      '问题和不足。对照新形势新任务和广大女职工的期盼，工作中还有不少差距，需要在今后的工作中认真查找、切实改进。',
    ])
  })

  it('leave out a figure that is zero, its clause with it, and close the ranks of the sections', () => {
    expect(
      read({
        figures: figures({ 'training.sessions': 12, 'careRoom.open': 7, 'material.leaflets': 20_400 }),
      }),
    ).toEqual([
      expect.any(String),
      '一、2018年主要工作',
      '（一）提升素质技能，激励岗位建功',
      '素质提升。依托周末学校、流动课堂等载体，把学习资源送到企业和车间，举办女职工教育培训12期。',
      '（二）健全维权机制，保障合法权益',
      '普法宣传。把法律知识送到女职工身边，发放反家庭暴力和女职工劳动保护宣传单2万份。',
      '（三）回应急难愁盼，做实帮扶关爱',
      '关爱阵地。7个关爱室对外开放并上线电子地图。',
      '（四）加强自身建设，夯实工作基础',
      expect.stringMatching(/^工作质量。/),
      expect.stringMatching(/^问题和不足。/),
    ])
  })

  it('of a unit stand though it has something to say of one thing alone', () => {
    const lines = read({ tier: 'grassroots', figures: figures({ 'training.sessions': 3 }) })
    expect(lines.join('\n')).toContain('学习培训。举办女职工培训3期。')
  })

  // Any subset of figures must give whole sentences: marks of punctuation never meet, nothing dangles.
  it('hold together whichever single figure is there, and whichever is missing', () => {
    const broken = /[，、；。：][，、；。]|[，、；：]$|共表彰[，。]|[，；]、|发放[，。]|null|undefined/
    for (const id of printedIndicators) {
      const without = new Map(all(30).set(id, 0))
      for (const lines of [read({ figures: figures({ [id]: 30 }) }), read({ figures: without })])
        expect(lines.filter((line) => broken.test(line))).toEqual([])
    }
  })

  it('print each figure once, with its indicator, exact value and snapshot', () => {
    const document = composed({ figures: all(41_234), snapshot: 'S2018-3' })
    const printed = figuresOf(document)
    expect(printed.map(({ indicator }) => indicator)).toEqual(printedIndicators)
    expect(new Set(printed.map(({ value, snapshot }) => `${value} ${snapshot}`))).toEqual(
      new Set(['41234 S2018-3']),
    )
    expect(printed.find((figure) => figure.indicator === 'training.attendances')?.written).toBe('4.1万人次')
    expect(contradictions(document)).toEqual([])
    expect(document.sources.find(({ indicator }) => indicator === 'honour.persons')).toEqual({
      no: 3,
      programme: '选树表彰',
      indicator: 'honour.persons',
      label: '表彰先进女职工个人',
      value: 41_234,
      unit: '人',
      definition: expect.stringContaining('按授予日期计'),
      link: 'https://jinguo.example/trace/honour.persons?snapshot=S2018-3',
    })
  })

  it('link a preview to the live figures of its year', () => {
    expect(composed({ figures: all(1) }).sources[0]?.link).toBe(
      'https://jinguo.example/trace/study.events?year=2018',
    )
  })

  it('refuse an indicator that no programme declares', () => {
    expect(() => read({ register: [] })).toThrow(RangeError)
  })
})

describe('the editors’ texts', () => {
  it('stand where they belong, tasks numbered and headed by their first sentence', () => {
    const texts = {
      lead: '开头。',
      problems: '一是人手少。\n\n二是底数不清。',
      planGoal: '总体要求是：干。',
      planTasks: '1．办好培训。每月一期。\n（七）做实服务：送到身边。\n只有一句话，没有下文。',
      closing: '结尾。',
    }
    const document = composeSummary({ ...blank, texts })
    expect(document.title).toEqual(['滨海市总工会女职工委员会', '2018年工作总结和2019年工作要点'])
    expect(read({ texts }).slice(-9)).toEqual(
      [
        '一是人手少。',
        '二是底数不清。',
        '二、2019年工作要点',
        '总体要求是：干。',
        '（一）办好培训',
        '每月一期。',
        '（二）做实服务',
        '送到身边。',
        '（三）只有一句话，没有下文。',
        '结尾。',
      ].slice(1),
    )
  })

  it('leave the plan out of title and text while nobody has written it', () => {
    const document = composed({ texts: { planGoal: ' \n ', closing: '结尾。' } })
    expect(document.title[1]).toBe('2018年工作总结')
    expect(read({ texts: { planGoal: ' \n ' } }).some((line) => line.startsWith('二、'))).toBe(false)
  })

  it('of the demo give every task a heading that fits one line', () => {
    const lines = read({ texts: demoPlanTexts })
    const tasks = lines.filter((line) => /^（.）/.test(line))
    expect(tasks).toHaveLength(demoPlanTexts.planTasks.split('\n').length)
    expect(tasks.every((line) => line.length <= 26)).toBe(true)
  })
})

describe('the document', () => {
  it('is signed by the committee on the day, and says so when it is a demo', () => {
    const document = composed({ demo: true })
    expect(document.date).toBe('（2019年1月9日）')
    expect(document.signature).toEqual({ name: '滨海市总工会女职工委员会', date: '2019年1月9日' })
    expect(document.banner).toContain('演示数据')
    expect(composed({})).not.toHaveProperty('banner')
  })

  it('is called after committee, year and snapshot', () => {
    expect(fileTitle('大连市总工会女职工委员会', 2019, 'S2019-1')).toBe(
      '大连市总工会女职工委员会2019年工作总结（S2019-1）',
    )
  })
})
