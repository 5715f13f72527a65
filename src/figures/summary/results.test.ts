import { describe, expect, it } from 'vitest'
import { highlightsOf, MOST_TOLD, passageNames, passageOf, type HighlightRow } from './highlights.ts'
import { families, laurels, sites, type HonourRow } from './laurels.ts'
import { policyInputs } from './policyInputs.ts'
import { numeral, titled, type Clause } from './words.ts'

const said = (clause: Clause | null): string | null =>
  clause && clause.map((run) => ('text' in run ? run.text : '')).join('')

const highlight = (change: Partial<HighlightRow>): HighlightRow => ({
  title: '“两癌”筛查工作',
  kind: '典型经验',
  level: '市级',
  authority: '滨海市总工会',
  achievedOn: '2019-05-01',
  tags: [],
  owner: { name: '示例区总工会', shortName: '示例区', tier: 'district' },
  ...change,
})
const told = (...rows: HighlightRow[]): string =>
  passageNames.flatMap((passage) => highlightsOf(rows, passage).map(said)).join('')

describe('a highlight', () => {
  it.each([
    ['媒体报道', '“两癌”筛查工作', '工人日报', '《工人日报》报道“两癌”筛查工作。'],
    ['媒体报道', '筛查写进集体合同', '《滨海晚报》', '《滨海晚报》报道筛查写进集体合同的做法。'],
    ['媒体报道', '新华社报道关爱室建设', '新华社', '新华社报道关爱室建设。'],
    ['考核加分', '“两癌”筛查工作', '市委', '“两癌”筛查工作在市委考核中获得加分。'],
    ['考核加分', '筛查工作列入实绩考核加分', '市委', '筛查工作列入实绩考核加分。'],
    ['年度考核', '女职工工作年度考核', '省总工会、市委', '通过省总工会、市委女职工工作年度考核。'],
    ['年度考核', '通过省总女职工工作年度考核', '省总工会', '通过省总女职工工作年度考核。'],
    ['创新成果', '三级联动工作模式', '滨海市总工会', '三级联动工作模式获评滨海市总工会创新成果。'],
    ['现场会介绍', '全省托管工作推进会', '省总工会', '示例区总工会在全省托管工作推进会上介绍经验。'],
    ['平台上图', '关爱室', '高德地图', '关爱室在高德地图上线。'],
    ['典型经验', '点单式送课', '省总工会', '省总工会推广点单式送课。'],
  ])('of kind %s, %s, becomes a sentence', (kind, title, authority, sentence) => {
    expect(told(highlight({ kind, title, authority }))).toBe(sentence)
  })

  it('beyond so many of a passage is left to the writer, the highest level first', () => {
    const rows = Array.from({ length: 100 }, (_, n) =>
      highlight({ title: `做法第${n + 1}号`, level: n === 99 ? '国家级' : '市级' }),
    )
    const text = told(...rows)
    expect(text.match(/做法第/g)).toHaveLength(MOST_TOLD)
    expect(text).toContain('做法第100号')
  })

  it('that several units share is told once', () => {
    const kind = '现场会介绍'
    const a = highlight({ kind, title: '甲区总工会在全省托管工作推进会上介绍做法' })
    const b = highlight({ kind, title: '乙区总工会在全省托管工作推进会上介绍做法' })
    expect(told(a, b)).toBe('乙区总工会、甲区总工会在全省托管工作推进会上介绍做法。')
  })

  it('that is a brand is named with its district, once and in quotation marks', () => {
    const brand = { kind: '工作品牌' }
    expect(
      told(
        highlight({ ...brand, title: '红娘有约' }),
        highlight({ ...brand, title: '示例区“金普恋歌”婚恋品牌', achievedOn: '2019-06-01' }),
        highlight({
          ...brand,
          title: '鹊桥工作品牌',
          achievedOn: '2019-07-01',
          owner: { name: '滨海市总工会', shortName: '市总', tier: 'city' },
        }),
      ),
    ).toBe('培育形成示例区“红娘有约”、示例区“金普恋歌”、“鹊桥”等服务品牌。')
  })

  it.each([
    ['两癌筛查写进集体合同', '集体合同'],
    ['两癌筛查工作列入加分', '健康关爱'],
    ['红垒讲堂', '课堂建设'],
    ['三级联动教育培训工作模式', '课堂建设'],
    ['家风家教大讲堂', '家庭建设'],
    ['全省托管工作现场推进会', '子女托管'],
    ['通过女职工工作年度考核', '自身建设'],
  ])('%s joins the passage %s by its words', (title, passage) => {
    expect(passageOf({ title, tags: [] })).toBe(passage)
  })

  it('goes where its tag says', () => {
    expect(passageOf({ title: '三级联动教育培训工作模式', tags: ['创新', '素质提升'] })).toBe('素质提升')
  })
})

const honour = (change: Partial<HonourRow>): HonourRow => ({
  subject: '个人',
  honoree: '张示宁',
  employer: '鲸笺机车有限公司',
  grantedOn: '2019-03-04',
  titles: [{ honourType: '全国三八红旗手', level: '国家级' }],
  ...change,
})

describe('honours', () => {
  it('are named by rank, two titles of one person together, one title of two persons together', () => {
    const medal = [
      { honourType: '省五一奖章', level: '省级' },
      { honourType: '全国五一巾帼标兵', level: '国家级' },
      { honourType: '单位标兵', level: '单位级' },
    ]
    const provincial = [{ honourType: '省三八红旗集体', level: '省级' }]
    expect(
      said(
        laurels([
          honour({
            subject: '集体',
            honoree: '鲸笺冷链企划部',
            employer: '滨海鲸笺冷链公司',
            titles: provincial,
          }),
          honour({ honoree: '李例芳', employer: null, titles: medal, grantedOn: '2019-03-01' }),
          honour({ honoree: '王演雯' }),
          honour({}),
        ]),
      ),
    ).toBe(
      '一批女职工和女职工集体受到国家级和省级表彰：李例芳荣获全国五一巾帼标兵称号、省五一奖章；' +
        '鲸笺机车有限公司张示宁、鲸笺机车有限公司王演雯荣获全国三八红旗手称号；' +
        '鲸笺冷链企划部荣获省三八红旗集体称号。',
    )
  })

  it('below the province, of families and of sites are not among them', () => {
    const city = [{ honourType: '市五一巾帼标兵', level: '市级' }]
    expect(
      laurels([honour({ titles: city }), honour({ subject: '家庭' }), honour({ subject: '托管点' })]),
    ).toBeNull()
    expect(said(families([honour({ subject: '家庭', honoree: '张示宁家庭', employer: null })]))).toBe(
      '张示宁家庭荣获全国三八红旗手称号。',
    )
  })

  it('of many holders end in 等', () => {
    const many = ['甲', '乙', '丙', '丁', '戊', '己'].map((honoree) => honour({ honoree, employer: null }))
    expect(said(laurels(many))).toContain('戊等荣获')
    expect(said(laurels(many.slice(1)))).not.toContain('等')
  })

  it('of sites give names and title, or the bare level without a record', () => {
    const site = honour({ subject: '托管点', honoree: '鲸笺托管班', employer: null })
    expect(sites([site], '国家级')).toBe('（鲸笺托管班）荣获全国三八红旗手称号')
    expect(sites([site], '省级')).toBe('荣获省级荣誉')
  })
})

const input = (kind: string, document: string, sentOn = '2019-05-01') => ({ kind, document, sentOn })

describe('源头参与', () => {
  it('names every document once, by what was done', () => {
    expect(
      said(
        policyInputs([
          input('修改建议', '照护意见', '2019-07-01'),
          input('修改建议', '《手册》', '2019-08-01'),
          input('参与起草', '示范文本'),
          input('修改建议', '照护意见', '2019-09-01'),
        ]),
      ),
    ).toBe('把女职工的诉求带到政策和制度的源头，参与起草《示范文本》，对《照护意见》《手册》提出修改建议。')
    expect(policyInputs([])).toBeNull()
  })
})

describe('words', () => {
  it('number headings in Chinese', () => {
    expect([1, 6, 10, 11, 20, 21].map(numeral)).toEqual(['一', '六', '十', '十一', '二十', '二十一'])
  })

  it('put a title in its marks once', () => {
    expect([titled('劳动法'), titled('《劳动法》')]).toEqual(['《劳动法》', '《劳动法》'])
  })
})
