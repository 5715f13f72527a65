import type { Cast } from './cast.ts'
import { accepted, type DemoRecord } from './record.ts'

type Highlight = {
  owner: string
  kind: string
  level: string
  title: string
  authority: string
  on: string
  note?: string
}

const SUPPOSED = '日期为演示设定'
const SUPPOSED_OWNER = '归属和日期为演示设定'

/** H09 to H11, the brands B1 to B6 and X3 to X5 of the golden table. */
const HIGHLIGHTS: readonly Highlight[] = [
  {
    owner: 'DL',
    kind: '考核加分',
    level: '市级',
    title: '两癌筛查工作列入市直机关实绩考核创新创优加分',
    authority: '大连市委',
    on: '2019-12-27',
    note: SUPPOSED,
  },
  {
    owner: 'DL',
    kind: '创新成果',
    level: '市级',
    title: '三级联动教育培训工作模式',
    authority: '大连市总工会',
    on: '2019-12-20',
    note: SUPPOSED,
  },
  {
    owner: 'DL',
    kind: '媒体报道',
    level: '国家级',
    title: '两癌筛查写进集体合同',
    authority: '工人日报',
    on: '2019-09-18',
    note: SUPPOSED,
  },
  {
    owner: 'DL11',
    kind: '工作品牌',
    level: '区县（产业）级',
    title: '红娘工作室',
    authority: '大连高新区总工会',
    on: '2019-05-20',
    note: SUPPOSED,
  },
  {
    owner: 'DL01',
    kind: '工作品牌',
    level: '区县（产业）级',
    title: '红娘有约',
    authority: '大连市中山区总工会',
    on: '2019-06-14',
    note: SUPPOSED,
  },
  {
    owner: 'DL12',
    kind: '工作品牌',
    level: '区县（产业）级',
    title: '金普恋歌',
    authority: '大连金普新区总工会',
    on: '2019-08-07',
    note: SUPPOSED,
  },
  {
    owner: 'DL54',
    kind: '工作品牌',
    level: '区县（产业）级',
    title: '工匠微课堂',
    authority: '大连市机车工会',
    on: '2019-04-26',
    note: SUPPOSED_OWNER,
  },
  {
    owner: 'DL02',
    kind: '工作品牌',
    level: '区县（产业）级',
    title: '红垒讲堂',
    authority: '大连市西岗区总工会',
    on: '2019-06-28',
    note: SUPPOSED_OWNER,
  },
  {
    owner: 'DL04',
    kind: '工作品牌',
    level: '区县（产业）级',
    title: '爱家平台',
    authority: '大连市甘井子区总工会',
    on: '2019-05-15',
    note: SUPPOSED_OWNER,
  },
  {
    owner: 'DL',
    kind: '平台上图',
    level: '市级',
    title: '关爱室位置在百度地图和高德地图可以查到',
    authority: '百度地图、高德地图',
    on: '2019-10-25',
    note: SUPPOSED,
  },
  {
    owner: 'DL03',
    kind: '现场会介绍',
    level: '省级',
    title: '沙河口区总工会在全省托管工作现场推进会上介绍做法',
    authority: '辽宁省总工会',
    on: '2019-11-15',
    note: SUPPOSED,
  },
  {
    owner: 'DL11',
    kind: '现场会介绍',
    level: '省级',
    title: '高新区总工会在全省托管工作现场推进会上介绍做法',
    authority: '辽宁省总工会',
    on: '2019-11-15',
    note: SUPPOSED,
  },
  {
    owner: 'DL',
    kind: '年度考核',
    level: '省级',
    title: '通过省总和市委的女职工工作年度考核',
    authority: '辽宁省总工会、大连市委',
    on: '2019-12-25',
    note: SUPPOSED,
  },
]

type Input = {
  kind: string
  title: string
  document: string
  authority: string
  on: string
  suggestions: number
}

/** X1 and X2: one record for each document. The numbers of suggestions are made up. */
const INPUTS: readonly Input[] = [
  {
    kind: '参与起草',
    title: '参与起草企业女职工专项集体合同示范文本',
    document: '企业女职工权益维护专项集体合同示范文本',
    authority: '示范文本起草单位',
    on: '2019-05-24',
    suggestions: 8,
  },
  {
    kind: '修改建议',
    title: '对三岁以下婴幼儿照护服务落实意见提出修改建议',
    document: '三岁以下婴幼儿照护服务落实意见',
    authority: '征求意见机关',
    on: '2019-07-12',
    suggestions: 5,
  },
  {
    kind: '修改建议',
    title: '对消除工作场所性骚扰手册提出修改建议',
    document: '消除工作场所性骚扰指导手册',
    authority: '征求意见机关',
    on: '2019-08-30',
    suggestions: 6,
  },
]

/** What the year brought that no number tells. */
export function results(cast: Cast): DemoRecord[] {
  return [
    ...HIGHLIGHTS.map(({ owner, on, ...rest }) =>
      accepted('highlight', cast.byCode.get(owner)!, { ...rest, achievedOn: on, grade: '台账' }),
    ),
    ...INPUTS.map(({ on, ...rest }) =>
      accepted('policyInput', cast.city, {
        ...rest,
        sentOn: on,
        grade: '台账',
        note: '建议条数和日期为演示设定',
      }),
    ),
  ]
}
