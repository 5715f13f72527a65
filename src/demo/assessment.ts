import type { Formula, NewSheet, SheetLine } from '#figures/assessment/api.ts'

const line = (
  key: string,
  section: string,
  item: string,
  points: number,
  formula: Formula | null,
  evidence = '',
): SheetLine => ({
  key,
  kind: formula ? 'formula' : 'manual',
  section,
  item,
  points: points * 100,
  formula,
  evidence,
})

const lastYear = (indicator: string): Formula => ({
  kind: 'ratio',
  indicator,
  against: 'lastYear',
  value: null,
})

/** The sheet of 2019 that the demo city sent down: lines of our own, weights made up. */
export const sheetSeed: NewSheet = {
  year: 2019,
  title: '2019年女职工工作目标责任考核（演示）',
  note: '能由工作记录得出的分自动计；其余请写明依据或选记录佐证。分值为演示数据。',
  tiers: ['district', 'industry', 'subdistrict'],
  fromYm: 201901,
  untilYm: 201912,
  selfDue: '2020-03-31',
  reviewDue: '2020-04-15',
  finalDue: '2020-04-30',
  lines: [
    line('l1', '思想引领', '开展主题宣讲，选树和宣传身边典型', 10, null, '宣讲记录、表彰决定'),
    line('l2', '素质提升', '女职工教育培训参与人次不低于上年', 15, lastYear('training.attendances')),
    line('l3', '岗位建功', '组织劳动竞赛和技术比武', 10, {
      kind: 'steps',
      indicator: 'competition.events',
      steps: [
        { from: 1, points: 400 },
        { from: 3, points: 700 },
        { from: 6, points: 1000 },
      ],
    }),
    line('l4', '权益维护', '开展普法讲座与科普宣传', 10, {
      kind: 'yesNo',
      indicator: 'lawTalk.events',
      atLeast: 1,
    }),
    line('l5', '权益维护', '推进女职工专项集体合同签约', 15, {
      kind: 'steps',
      indicator: 'contract.signed',
      steps: [
        { from: 1, points: 600 },
        { from: 20, points: 1000 },
        { from: 80, points: 1500 },
      ],
    }),
    line('l6', '关爱服务', '组织女职工参加“两癌”筛查', 10, {
      kind: 'perHead',
      indicator: 'screening.persons',
      full: 5,
    }),
    line('l7', '家庭文明', '举办家风家教大讲堂不少于上年', 10, lastYear('familyTalk.events')),
    line('l8', '组织建设', '应建尽建、按期换届，委员职责落实', 15, null, '组建和换届批复'),
    line('l9', '自身建设', '台账清楚、数据可查，按时总结', 5, null, '年度总结'),
    {
      key: 'l10',
      kind: 'bonus',
      section: '加分',
      item: '做法在市级以上推广或获奖',
      points: 500,
      formula: null,
      evidence: '推广文件、获奖证书',
    },
    {
      key: 'l11',
      kind: 'veto',
      section: '否决',
      item: '上报数据弄虚作假，经查实',
      points: 0,
      formula: null,
      evidence: '',
    },
  ],
}

/** A small sheet of the half-year before, for the units directly below the city. */
export const halfYearSeed: NewSheet = {
  year: 2019,
  title: '2019年上半年女职工工作考核（演示）',
  note: '半年小结，结果已发布。分值为演示数据。',
  tiers: ['district', 'industry'],
  fromYm: 201901,
  untilYm: 201906,
  selfDue: '2019-07-12',
  reviewDue: '2019-07-19',
  finalDue: '2019-07-31',
  lines: [
    line('l1', '素质提升', '举办女职工教育培训', 30, {
      kind: 'steps',
      indicator: 'training.sessions',
      steps: [
        { from: 1, points: 1000 },
        { from: 5, points: 2000 },
        { from: 10, points: 3000 },
      ],
    }),
    line('l2', '权益维护', '开展普法讲座与科普宣传', 20, {
      kind: 'yesNo',
      indicator: 'lawTalk.events',
      atLeast: 1,
    }),
    line('l3', '关爱服务', '“三八”前后走访慰问困难女职工', 20, null, '走访记录'),
    line('l4', '组织建设', '委员会按期换届，届满前报请示', 20, null, '请示和批复'),
    line('l5', '自身建设', '按时报送半年小结', 10, null, '小结'),
  ],
}

/** What units say of lines by hand. */
export const notes = {
  self: '台账齐全，详见附列记录和批复',
  review: '经查台账，个别批复日期晚于届满，酌减',
  final: '按抽查情况评定',
}

export const objections = [
  { state: 'open', body: '换届批复已于期限内下达，附件未及时上传，请复核', answer: '' },
  {
    state: 'answered',
    body: '联办活动未计入本单位，请核对',
    answer: '联办计入主办单位，本单位列表可见，不重复计分',
  },
  { state: 'closed', body: '自评时少填一项宣讲', answer: '已补充佐证，终评按补充后的情况评定' },
] as const
