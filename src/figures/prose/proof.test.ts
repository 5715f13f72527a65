import { describe, expect, it } from 'vitest'
import { notesOf } from './notes.ts'
import { askedOf, askUntilKnown } from './asked.ts'
import { proofread, type Live } from './proof.ts'
import { toJson } from './proofed.ts'

const live: Live = {
  year: 2019,
  values: new Map<string, number | null>([
    ['training.sessions', 485],
    ['training.attendances', 30_123],
    ['careRoom.persons', 9846],
    ['careRoom.built', 44],
    ['screening.persons', null],
    ['screening.cost', 11_440_000],
  ]),
  below: ['中山区', '高新区'],
}
const known = new Set(live.values.keys())
const read = (...texts: string[]) =>
  proofread(
    texts.map((text) => ({ text })),
    live,
    known,
  )

describe('what a report says against the books', () => {
  it.each([
    ['举办女职工教育培训485期。', 'agree'],
    ['举办女职工教育培训486期。', 'differ'],
    ['3万人次参加女职工教育培训。', 'agree'],
    ['3.1万人次参加女职工教育培训。', 'differ'],
    ['新建关爱室，惠及女职工9800余人。', 'agree'],
    ['新建关爱室，惠及女职工近1万人。', 'agree'],
    ['投入两癌筛查经费1144万元。', 'agree'],
    ['投入两癌筛查经费0.11亿元。', 'agree'],
  ])('%s %s', (text, verdict) => {
    expect(read(text).map((figure) => figure.verdict)).toEqual([verdict])
  })

  it.each([
    ['下一步，举办女职工教育培训500期。', 'plan'],
    ['2018年举办女职工教育培训300期。', 'otherPeriod'],
    ['上半年举办女职工教育培训200期。', 'otherPeriod'],
    ['高新区总工会举办女职工教育培训20期。', 'otherUnit'],
    ['组织女职工两癌筛查14人。', 'withheld'],
  ])('%s is mapped, not judged: %s', (text, reason) => {
    const [figure] = read(text)
    expect([figure!.indicator !== null, figure!.verdict, figure!.reason, figure!.live]).toEqual([
      true,
      null,
      reason,
      null,
    ])
  })

  it.each([
    ['今年计划结合实际建设关爱室40个。', 'plan'],
    ['计划立足我市实际举办女职工教育培训500期。', 'plan'],
    ['争取结合企业实际，开展女职工教育培训500期。', 'plan'],
    ['计划举办女职工教育培训400期，实际举办485期。', null],
    ['计划举办女职工教育培训400期，结合实际又增办，全年实际共完成485期。', null],
  ])('takes what was really done for done, and no plan for it: %s', (text, reason) => {
    expect(read(text).at(-1)!.reason).toBe(reason)
  })

  it.each([
    '中山区总工会创新方式，举办女职工教育培训20期。',
    '各区市县亮点纷呈：中山区举办女职工教育培训20期，沙河口区举办女职工教育培训29期。',
    '沙河口区总工会以“送课进企业”为抓手，全年举办女职工教育培训29期。',
    '滨海市中山区总工会举办女职工教育培训20期。',
    '全市面上开展，市教育工会举办女职工教育培训20期。',
    '马栏街道总工会举办女职工教育培训3期。',
    '城关镇举办女职工教育培训3期。',
    '纺织集团工会组织女职工教育培训6期。',
    '某企业工会举办女职工教育培训6期。',
  ])('holds nothing that is told of another unit against the whole: %s', (text) => {
    const said = proofread(
      [{ text: '举办女职工教育培训485期。' }, { text }],
      { ...live, own: '滨海市总工会' },
      known,
    )
    const [whole, ...others] = said
    expect(whole!.verdict).toBe('agree')
    expect(others.map(({ reason }) => reason)).toEqual(others.map(() => 'otherUnit'))
    expect(others.every(({ indicator, verdict }) => indicator !== null && verdict === null)).toBe(true)
    expect(notesOf(said, [{ text: '' }, { text }])).toEqual([])
  })

  it.each([
    '滨海市总工会举办女职工教育培训486期。',
    '各区市县总工会举办女职工教育培训486期。',
    '市总工会举办女职工教育培训486期。',
    '依托女职工学校举办女职工教育培训486期。',
    '深入社区、走进学校，举办女职工教育培训486期。',
    '中山区率先行动，全市举办女职工教育培训486期。',
    '基层工会举办女职工教育培训486期。',
  ])('and all that is told of its own: %s', (text) => {
    const said = proofread([{ text }], { ...live, own: '滨海市总工会' }, known)
    expect(said.map(({ verdict }) => verdict)).toEqual(['differ'])
  })

  it('takes the unit that the title names for its own', () => {
    const texts = ['海州区总工会2019年女职工工作总结', '海州区总工会举办女职工教育培训485期。']
    expect(read(...texts).map(({ verdict }) => verdict)).toEqual(['agree'])
  })

  it('judges a part of the year by the books of that part', () => {
    const books: Live = {
      ...live,
      periods: new Map([['2019h1', new Map([['training.sessions', 247]])]]),
    }
    const said = [
      { text: '上半年举办女职工教育培训247期，全年举办培训班485期。' },
      { text: '上半年举办女职工教育培训485期。' },
    ]
    expect(proofread(said, books, known).map(({ verdict, live: now }) => [verdict, now])).toEqual([
      ['agree', 247],
      ['agree', 485],
      ['differ', 247],
    ])
    expect(askedOf(proofread(said, null, known, 2019), 2019)).toEqual({ periods: ['2019h1'], units: {} })
  })

  describe('another unit whose books may be seen', () => {
    const books: Live = {
      ...live,
      own: '滨海市总工会',
      units: new Map([
        [
          '沙河口区',
          {
            values: new Map<string, number | null>([
              ['training.sessions', 29],
              ['screening.persons', null],
            ]),
            periods: new Map([['2019h1', new Map([['training.sessions', 12]])]]),
          },
        ],
      ]),
    }
    const judged = (text: string) =>
      proofread([{ text }], books, known).map(({ verdict, reason, live: now, of }) => [
        verdict ?? reason,
        now,
        of,
      ])

    it.each([
      ['沙河口区举办女职工教育培训29期。', ['agree', 29, '沙河口区']],
      ['沙河口区总工会举办女职工教育培训30期。', ['differ', 29, '沙河口区']],
      ['滨海市沙河口区总工会上半年举办女职工教育培训12期。', ['agree', 12, '沙河口区']],
      ['沙河口区去年举办女职工教育培训12期。', ['otherPeriod', null, '沙河口区']],
      ['沙河口区组织女职工两癌筛查14人。', ['withheld', null, '沙河口区']],
      ['沙河口区总工会计划举办女职工教育培训29期。', ['plan', null, '沙河口区']],
      ['旅顺口区举办女职工教育培训29期。', ['otherUnit', null, '旅顺口区']],
    ])('is judged by its own: %s', (text, found) => {
      expect(judged(text)).toEqual([found])
    })

    it('tells of two units no figure written twice', () => {
      const texts = ['举办女职工教育培训485期。', '沙河口区举办女职工教育培训29期。']
      const paragraphs = texts.map((text) => ({ text }))
      expect(notesOf(proofread(paragraphs, books, known), paragraphs)).toEqual([])
      const again = [...paragraphs, { text: '沙河口区举办女职工教育培训30期。' }]
      expect(notesOf(proofread(again, books, known), again)).toHaveLength(1)
    })

    it('is asked of with the periods told of it, and no plan is', () => {
      const text = '沙河口区上半年举办女职工教育培训12期。下一步，旅顺口区举办女职工教育培训9期。'
      expect(askedOf(proofread([{ text }], null, known, 2019), 2019)).toEqual({
        periods: [],
        units: { 沙河口区: ['2019h1'] },
      })
    })

    it('is asked of once more where only the books know its name', async () => {
      const paragraphs = [{ text: '长兴岛举办女职工教育培训4期。' }]
      const asked: string[][] = []
      await askUntilKnown<Live>(
        (line) => proofread(paragraphs, line, known, 2019),
        2019,
        ({ units }) => {
          asked.push(Object.keys(units))
          return Promise.resolve({ ...live, below: ['长兴岛'] })
        },
      )
      expect(asked).toEqual([[], ['长兴岛']])
    })
  })

  it('tells 人 from 人次 where the work is sure, and is silent where it is not', () => {
    expect(notes('举办女职工教育培训485期，3万人参加学习。')).toEqual([
      '文中写作“人”，平台按人次统计，二者不能混用，请核对',
    ])
    expect(notes('开展两癌筛查14091人次。')).toEqual(['文中写作“人次”，平台按人数统计，二者不能混用，请核对'])
    expect(notes('全年参加教育培训3万人。')).toHaveLength(1)
    expect(notes('开展两癌筛查14091人。')).toEqual([])
    expect(notes('3万人参加学习。')).toEqual([])
    expect(notes('举办女职工教育培训485期，3万人次参加学习。')).toEqual([])
  })

  it('judges no figure under the heading of a plan, and those after it again', () => {
    const said = '举办女职工教育培训485期。'
    const verdicts = read('一、2019年工作', said, '二、2020年工作思路', said, '三、附录', said)
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['agree', null, 'agree'])
  })

  it('takes a control of ours at its word for what, never for how much', () => {
    const text = '共计486期。'
    const named = [{ indicator: 'training.sessions', start: 2, end: 6 }]
    const [figure] = proofread([{ text, named }], live, known)
    expect([figure!.indicator, figure!.verdict]).toEqual(['training.sessions', 'differ'])
  })

  it('knows nothing of work that no indicator counts, though one was told before it', () => {
    const said = [
      '举办女职工教育培训485期。举办职工文化夜市12场。',
      '新建关爱室，惠及女职工9846人。扶持巾帼农场27家。',
    ]
    expect(read(...said).map(({ verdict }) => verdict)).toEqual(['agree', null, 'agree', null])
    expect(notes(...said)).toEqual([])
  })

  it('holds 人 and 人次 apart', () => {
    expect(read('培训女职工3万人。').map(({ indicator }) => indicator)).toEqual([null])
  })
})

const notes = (...texts: string[]) =>
  notesOf(
    read(...texts),
    texts.map((text) => ({ text })),
  ).map(({ text }) => text)

it('prints base units and the closed range that agrees', () => {
  expect(read('投入两癌筛查经费1144万元。').map(toJson)).toEqual([
    {
      context: '投入两癌筛查经费1144万元',
      written: '1144万元',
      value: 11_440_000,
      low: 11_439_500,
      high: 11_440_499.99,
      unit: '元',
      precision: 'rounded',
      indicator: 'screening.cost',
      verdict: 'agree',
    },
  ])
})

it('takes condolence money for what it is, and other visits to the sick for nothing of ours', () => {
  const all = new Set([...known, 'screening.grants', 'screening.grantMoney'])
  const mapped = (text: string) => proofread([{ text }], live, all).map(({ indicator }) => indicator)
  expect(mapped('为24名女职工发放两癌慰问金12万元。')).toEqual(['screening.grants', 'screening.grantMoney'])
  expect(mapped('走访慰问两癌患病女职工30人。')).not.toContain('screening.grants')
  expect(mapped('两癌筛查和慰问1000人。')).not.toContain('screening.grants')
})
