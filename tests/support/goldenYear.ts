import { readFileSync } from 'node:fs'
import type { SummaryInput } from '#figures/summary/compose.ts'
import type { HighlightRow } from '#figures/summary/highlights.ts'
import type { HonourRow } from '#figures/summary/laurels.ts'
import { demoPlanTexts } from '#figures/summary/texts.ts'
import { indicators } from '#programmes/index.ts'

/** The golden table: what the summary of 2019 must print, and in which section. */
export const golden = readFileSync('tests/golden-2019.tsv', 'utf8')
  .split('\n')
  .slice(1)
  .filter((line) => /^F\d/.test(line))
  .map((line) => {
    const [id, section, , indicator, , written, low, high, unit, , , , note] = line.split('\t')
    const live = /suggested live value (\d+)/.exec(note ?? '')?.[1] ?? low
    return {
      id,
      section,
      indicator: indicator!,
      written: `${written}${unit}`,
      low: +low!,
      high: +high!,
      live: +live!,
    }
  })

const honour = (
  subject: string,
  honoree: string,
  employer: string | null,
  ...titles: [string, string][]
): HonourRow => ({
  subject,
  honoree,
  employer,
  grantedOn: '2019-03-05',
  titles: titles.map(([honourType, level]) => ({ honourType, level })),
})

/** H01 to H08 with made-up holders. */
const honours: HonourRow[] = [
  honour('个人', '张示宁', '鲸笺机车公司', ['全国五一巾帼标兵', '国家级'], ['全国五一巾帼奖章', '国家级']),
  honour('集体', '螺谣冷链开发企划部', '大连螺谣冷链公司', ['全国五一巾帼标兵岗', '国家级']),
  honour('个人', '李例芳', '锚弦船舶公司', ['全国三八红旗手', '国家级']),
  honour('个人', '王演雯', '礁砚中学', ['辽宁省三八红旗手', '省级']),
  honour('集体', '汐篆港口电力变电所', '大连汐篆港口电力公司', ['辽宁省三八红旗集体', '省级']),
  honour('家庭', '陈样静家庭', null, ['全国最美家庭', '国家级']),
  honour('托管点', '鸥絮小学职工子女托管班', null, ['全国工会爱心托管班', '国家级']),
  honour('托管点', '贝笙医院职工子女托管班', null, ['辽宁省托管示范点', '省级']),
  honour('托管点', '藻箫公司职工子女托管班', null, ['辽宁省托管示范点', '省级']),
]

const city = { name: '大连市总工会', shortName: '市总', tier: 'city' }
const zone = { name: '高新区总工会', shortName: '高新区', tier: 'district' }
const highlight = (
  kind: string,
  title: string,
  authority: string,
  owner = city,
  tags: string[] = [],
): HighlightRow => ({
  kind,
  title,
  authority,
  owner,
  tags,
  level: '市级',
  achievedOn: '2019-10-01',
})

/** H09 to H11, brands and X3 to X5. */
const highlights: HighlightRow[] = [
  highlight('考核加分', '“两癌”筛查工作', '市委对市直机关实绩考核'),
  highlight('创新成果', '三级联动教育培训工作模式', '大连市总工会'),
  highlight('媒体报道', '“两癌”筛查写进集体合同', '工人日报'),
  ...['红娘工作室', '工匠微课堂'].map((title) => highlight('工作品牌', title, '高新区总工会', zone)),
  highlight('平台上图', '关爱室', '百度地图、高德地图'),
  highlight('现场会介绍', '全省托管工作现场推进会', '辽宁省总工会', zone),
  highlight('年度考核', '女职工工作年度考核', '辽宁省总工会、大连市委'),
]

export const goldenYear: SummaryInput = {
  year: 2019,
  today: '2020-04-16',
  tier: 'city',
  org: '大连市总工会',
  figures: new Map(golden.map(({ indicator, live }) => [indicator, live])),
  honours,
  highlights,
  policyInputs: [
    { kind: '参与起草', document: '专项集体合同示范文本', sentOn: '2019-05-24' },
    { kind: '修改建议', document: '婴幼儿照护服务落实意见', sentOn: '2019-07-12' },
  ],
  texts: demoPlanTexts,
  snapshot: 'S2019-1',
  publicUrl: 'https://jinguo.example',
  demo: true,
  register: indicators,
}
