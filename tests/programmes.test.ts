import { builtInRules } from '#kit/rule.ts'
import { personalChapter } from '#person/registryText.ts'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contributions } from '#kit/contribution.ts'
import { dictionary } from '#kit/dictionary.ts'
import { formFields, type Programme } from '#kit/programme.ts'
import { validate } from '#kit/validate.ts'
import { findProgramme, indicators, programmes } from '#programmes/index.ts'
import { condolencePaid } from '#programmes/hardship/definition.ts'

const today = '2020-04-16'
const get = (key: string) => findProgramme(key)!
const on = (day: string) => ({ title: '演示记录', grade: '台账', startsOn: day, endsOn: day })
const talk = { mode: '线下', count: 2, all: 60, women: 50 }

/** `indicator ym value` of a body, or its issues: what a reader needs to see in a table. */
function counted(key: string | Programme, body: Record<string, unknown>): string[] {
  const programme = typeof key === 'string' ? get(key) : key
  const { row, issues } = validate(programme, body, today)
  if (row === null) return issues.map((i) => `${i.field}: ${i.message}`)
  return contributions(programme, row).map((c) => `${c.indicator} ${c.ym} ${c.value}`)
}

const dated = (changes: Record<string, unknown>) => ({ title: '演示记录', grade: '台账', ...changes })

const studio = {
  ...dated({ level: '市级', namedOn: '2019-03-05', leader: '李演', trade: '护理' }),
  members: 9,
  women: 7,
  results: [{ name: '小改小革', patented: false }],
}
const parentStudio = dated({
  level: '单位级',
  openedOn: '2019-04-10',
  area: 30,
  address: '演示路 2 号',
  hours: '周六',
})
const outing = { ...on('2019-07-06'), kind: '亲子阅读', count: 2, parents: 20, children: 24 }
const paid = { matter: '发放', aidKind: '生活', times: 3, helped: 2, amount: 4500, fund: '市总' }
const help = {
  ...on('2020-02-10'),
  action: '疫情防控与复工复产服务',
  kind: '物资捐赠',
  count: 2,
  served: 120,
  women: 90,
  goods: '口罩 500 只',
  value: 1500.5,
}
const counselling = { ...on('2019-10-31'), sessions: 18, selfTests: 7, talks: 1, attendances: 30 }
const committee = {
  ...dated({ form: '女职工委员会', foundedOn: '2019-03-10' }),
  terms: [{ termNo: 1, fromOn: '2019-03-10', untilOn: '2024-03-09', director: '李演' }],
}
const cadres = { ...on('2019-11-08'), ...talk, level: '市级', hours: 8, persons: 46 }
const meeting = dated({ kind: '委员会议', heldOn: '2019-12-20', due: 15, present: 13, agenda: '年终总结' })
const honoured = {
  ...dated({ subject: '个人', honoree: '张示宁', docNo: '演示文号', grantedOn: '2019-03-06' }),
  titles: [{ honourType: '全国五一巾帼标兵', giver: '全国总工会', level: '国家级' }],
}
const contract = {
  ...dated({ regNo: 'YS-1', form: '专章', scope: '企业', signKind: '首签' }),
  employerChief: '李演',
  unionChief: '王样',
  due: 60,
  present: 50,
  inFavour: 48,
  heldOn: '2019-03-10',
  signedOn: '2019-03-12',
  filedOn: '2019-03-15',
  effectiveOn: '2019-04-01',
  termFromOn: '2019-04-01',
  termUntilOn: '2021-03-31',
  covered: [{ firm: '鲸笺食品有限公司', women: 80 }],
}
const room = {
  ...dated({ form: '室', builtOn: '2019-05-20', area: 12, address: '演示路 1 号', hours: '工作日' }),
  fathersWelcome: true,
  stepFree: false,
  coveredWomen: 116,
  equipment: [{ item: '沙发' }, { item: '冰箱' }],
  intervals: [
    { attribute: '对外开放', fromOn: '2019-06-01' },
    { attribute: '百度上线', fromOn: '2019-07-15', untilOn: '2019-11-30' },
    { attribute: '级别', value: '市示范', fromOn: '2019-06-01' },
  ],
}
const childcare = {
  ...on('2019-08-23'),
  season: '暑假',
  workdays: 25,
  places: 35,
  children: 31,
  funds: [
    { source: '市总', amount: 20000 },
    { source: '单位', amount: 5000 },
  ],
}
const skill = {
  ...on('2019-06-14'),
  ...talk,
  count: 1,
  trade: '面点',
  hours: 40,
  graduates: 48,
  certified: 30,
  employed: 12,
}
const lecture = { ...on('2019-09-10'), ...talk, course: '家庭理财', persons: 46 }
const quiz = { ...on('2019-03-31'), ...talk, mode: '线上', count: 1, all: 900, women: 800, attendances: 850 }
const referral = {
  ...on('2019-03-20'),
  kind: '招聘会',
  firms: 20,
  posts: 300,
  intents: 45,
  beneficiaries: 120,
}
const policy = dated({
  kind: '修改建议',
  document: '演示文件',
  authority: '演示机关',
  sentOn: '2019-07-01',
  suggestions: 6,
})
const match = { ...on('2019-08-07'), ...talk, mode: '混合', online: 20, pairs: 3 }
const booklet = { ...on('2019-04-30'), item: '两癌防治手册', act: '印制', copies: 50000 }
const screening = { ...on('2019-05-31'), round: '2019年第一批', fund: '市总', persons: 140, cost: 70000.5 }

const cases: [string, string | Programme, Record<string, unknown>, string[]][] = [
  [
    'a person with two titles once',
    'honour',
    {
      ...honoured,
      titles: [...honoured.titles, { honourType: '全国五一巾帼奖章', giver: '全国总工会', level: '国家级' }],
    },
    ['honour.persons 201903 1'],
  ],
  [
    'a collective',
    'honour',
    { ...honoured, subject: '集体', size: 30, women: 22 },
    ['honour.collectives 201903 1'],
  ],
  [
    'a cadre apart from persons',
    'honour',
    { ...honoured, subject: '女职工工作者' },
    ['honour.cadres 201903 1'],
  ],
  ['a family', 'honour', { ...honoured, subject: '家庭' }, ['beautifulFamily.titles 201903 1']],
  ['a national site', 'honour', { ...honoured, subject: '托管点' }, ['childcare.nationalHonours 201903 1']],
  [
    'a provincial site',
    'honour',
    {
      ...honoured,
      subject: '托管点',
      titles: [{ honourType: '省级示范点', giver: '省总工会', level: '省级' }],
    },
    ['childcare.provincialSites 201903 1'],
  ],
  [
    'a city site is no figure',
    'honour',
    {
      ...honoured,
      subject: '托管点',
      titles: [{ honourType: '示范点', giver: '市总工会', level: '市级' }],
    },
    [],
  ],
  [
    'training: women only',
    'training',
    { ...on('2019-03-08'), ...talk, carrier: '流动课堂', subject: '礼仪' },
    ['training.sessions 201903 2', 'training.attendances 201903 50'],
  ],
  [
    'competition',
    'competition',
    { ...on('2019-10-18'), ...talk, kind: '技术比武', level: '市级', trade: '焊工', units: 5 },
    ['competition.events 201910 2', 'competition.attendances 201910 50'],
  ],
  ['quiz: valid answers of both sexes', 'quiz', quiz, ['quiz.attendances 201903 850']],
  [
    'leaflet of one kind, handed out',
    'material',
    { ...booklet, item: '反家庭暴力宣传单', act: '发放' },
    ['material.leaflets 201904 50000'],
  ],
  [
    'leaflet of the other kind',
    'material',
    { ...booklet, item: '女职工劳动保护宣传单', act: '发放' },
    ['material.leaflets 201904 50000'],
  ],
  ['a printed leaflet is no figure', 'material', { ...booklet, item: '反家庭暴力宣传单' }, []],
  [
    'handbook handed out',
    'material',
    { ...booklet, item: '性别平等指导手册', act: '发放' },
    ['material.equalityHandbooks 201904 50000'],
  ],
  ['booklet printed', 'material', booklet, ['material.screeningBooklets 201904 50000']],
  ['a booklet handed out is no figure', 'material', { ...booklet, act: '发放' }, []],
  [
    'other material is no figure',
    'material',
    { ...booklet, item: '其他', otherItem: '折扇', act: '发放' },
    [],
  ],
  [
    'law talk',
    'lawTalk',
    { ...on('2019-03-15'), ...talk, topic: '性别平等' },
    ['lawTalk.events 201903 2', 'lawTalk.attendances 201903 50'],
  ],
  [
    'contract: signed in one month, valid for its term',
    'contract',
    contract,
    ['contract.signed 201903 1', 'contract.valid 201904 1', 'contract.valid 202104 -1'],
  ],
  [
    'a renewal counts',
    'contract',
    { ...contract, signKind: '续订' },
    ['contract.signed 201903 1', 'contract.valid 201904 1', 'contract.valid 202104 -1'],
  ],
  ['an amendment does not', 'contract', { ...contract, signKind: '变更' }, []],
  [
    'screening by the city',
    'screening',
    screening,
    ['screening.persons 201905 140', 'screening.cost 201905 7000050'],
  ],
  [
    'screening by the province',
    'screening',
    { ...screening, fund: '省总', cost: null },
    ['screening.persons 201905 140'],
  ],
  [
    'screening by the employer',
    'screening',
    { ...screening, fund: '单位' },
    ['screening.cost 201905 7000050'],
  ],
  [
    'skill class',
    'skillClass',
    skill,
    ['skillClass.sessions 201906 1', 'skillClass.attendances 201906 50', 'skillClass.employed 201906 12'],
  ],
  [
    'job referral: one occasion',
    'jobReferral',
    referral,
    ['jobReferral.referrals 201903 1', 'jobReferral.persons 201903 120'],
  ],
  [
    'room: open only while open and on a map',
    'careRoom',
    room,
    [
      'careRoom.built 201905 1',
      'careRoom.persons 201905 116',
      'careRoom.open 201907 1',
      'careRoom.open 201912 -1',
      'careRoom.total 201905 1',
    ],
  ],
  [
    'room: delisted',
    'careRoom',
    { ...room, intervals: [], delistedOn: '2020-01-31' },
    [
      'careRoom.built 201905 1',
      'careRoom.persons 201905 116',
      'careRoom.total 201905 1',
      'careRoom.total 202001 -1',
    ],
  ],
  [
    'childcare aided by the city',
    'childcare',
    childcare,
    ['childcare.classes 201908 1', 'childcare.children 201908 31'],
  ],
  [
    'childcare without the city',
    'childcare',
    { ...childcare, funds: [{ source: '单位', amount: 1 }] },
    ['childcare.children 201908 31'],
  ],
  [
    'matchmaking: men and women, online and offline',
    'matchmaking',
    match,
    ['matchmaking.events 201908 2', 'matchmaking.attendances 201908 60', 'matchmaking.pairs 201908 3'],
  ],
  [
    'lecture: persons, not attendances',
    'lecture',
    lecture,
    ['lecture.events 201909 2', 'lecture.persons 201909 46'],
  ],
  [
    'family talk',
    'familyTalk',
    { ...on('2019-05-15'), ...talk, topic: '写家书' },
    ['familyTalk.events 201905 2', 'familyTalk.attendances 201905 50'],
  ],
  [
    'special action on its first day',
    'specialAction',
    { ...help, ...on('2020-01-20') },
    ['specialAction.events 202001 2', 'specialAction.served 202001 120', 'specialAction.value 202001 150050'],
  ],
  [
    'highlight',
    'highlight',
    dated({ kind: '媒体报道', level: '国家级', authority: '工人日报', achievedOn: '2019-09-02' }),
    ['highlight.items 201909 1'],
  ],
  [
    'policy input, not yet answered',
    'policyInput',
    policy,
    ['policyInput.documents 201907 1', 'policyInput.suggestions 201907 6'],
  ],
  [
    'policy input, adopted',
    'policyInput',
    { ...policy, adopted: 2 },
    ['policyInput.documents 201907 1', 'policyInput.suggestions 201907 6', 'policyInput.adopted 201907 2'],
  ],
  [
    'theme study',
    'study',
    { ...on('2019-06-20'), ...talk, form: '宣讲', theme: '主题教育' },
    ['study.events 201906 2', 'study.attendances 201906 50'],
  ],
  [
    'studio: named once, in use until its plaque goes',
    'studio',
    { ...studio, delistedOn: '2020-02-10' },
    ['studio.named 201903 1', 'studio.active 201903 1', 'studio.active 202002 -1'],
  ],
  [
    'parent studio, still in use',
    'parentStudio',
    parentStudio,
    ['parentStudio.built 201904 1', 'parentStudio.active 201904 1'],
  ],
  [
    'parents and children apart',
    'parentActivity',
    outing,
    ['parentStudio.events 201907 2', 'parentStudio.attendances 201907 20'],
  ],
  [
    'counselling by counts; what did not happen is no figure',
    'counselling',
    { ...counselling, selfTests: 0 },
    ['counselling.sessions 201910 18', 'counselling.talks 201910 1'],
  ],
  [
    'counselling with self-tests',
    'counselling',
    counselling,
    ['counselling.sessions 201910 18', 'counselling.selfTests 201910 7', 'counselling.talks 201910 1'],
  ],
  [
    'hardship files opened',
    'hardship',
    { ...on('2019-11-30'), matter: '建档', households: 3, singles: 1 },
    ['hardship.files 201911 3', 'hardship.singleParents 201911 1'],
  ],
  [
    'hardship files closed',
    'hardship',
    { ...on('2019-12-31'), matter: '销档', households: 2, singles: 0 },
    ['hardship.files 201912 -2'],
  ],
  [
    'hardship aid: money, and who had none before in the year',
    'hardship',
    { ...on('2019-12-20'), ...paid },
    ['hardship.helped 201912 2', 'hardship.money 201912 450000'],
  ],
  [
    'condolence money, which is no aid in hardship',
    condolencePaid,
    { ...on('2019-12-20'), ...paid, aidKind: '两癌慰问金' },
    ['screening.grants 201912 2', 'screening.grantMoney 201912 450000'],
  ],
  [
    'training of cadres',
    'cadreTraining',
    cadres,
    ['cadreTraining.sessions 201911 2', 'cadreTraining.persons 201911 46'],
  ],
  ['meeting', 'meeting', meeting, ['meeting.meetings 201912 1']],
  [
    'a committee from its founding to the eve of its end',
    'committee',
    { ...committee, dissolvedOn: '2020-02-10' },
    ['committee.committees 201903 1', 'committee.committees 202002 -1'],
  ],
  [
    'a delegate, still in office',
    'committee',
    { ...committee, form: '女职工委员' },
    ['committee.delegates 201903 1'],
  ],
]

describe('what a record counts for', () => {
  it.each(cases)('%s', (_, key, body, expected) => expect(counted(key, body)).toEqual(expected))

  it('is told above for every indicator', () => {
    const told = new Set(cases.flatMap(([, , , lines]) => lines.map((line) => line.split(' ')[0])))
    expect(indicators.map((i) => i.id).filter((id) => !told.has(id))).toEqual([])
  })
})

describe('what a programme refuses, at the field', () => {
  it.each<[string, string, Record<string, unknown>, string]>([
    ['no title', 'honour', { ...honoured, titles: [] }, 'titles: 请至少填写一项荣誉称号'],
    [
      'the same title twice',
      'honour',
      { ...honoured, titles: [honoured.titles[0], honoured.titles[0]] },
      'titles.1.honourType: “全国五一巾帼标兵”已经填过，请删去重复的一行',
    ],
    [
      'more women than members',
      'honour',
      { ...honoured, subject: '集体', size: 3, women: 4 },
      'women: 其中女职工 4 多于集体人数 3，请核对',
    ],
    [
      'more valid answers than answers',
      'quiz',
      { ...quiz, attendances: 901 },
      'attendances: 有效答题 901 多于参加总人次 900，请核对',
    ],
    [
      'a special action on the eve of its first day',
      'specialAction',
      { ...help, ...on('2020-01-19') },
      'action: 这一天没有名为“疫情防控与复工复产服务”的专项行动，可以填：脱贫攻坚帮扶服务',
    ],
    [
      'goods that are neither named nor priced',
      'specialAction',
      { ...help, goods: null, value: null },
      'goods: 物资捐赠请写明物资名称和数量，或填款物价值',
    ],
    [
      'condolence money that is typed, whose title would name her',
      'hardship',
      { ...on('2019-12-20'), ...paid, aidKind: '两癌慰问金' },
      'aidKind: 帮扶类别不能填“两癌慰问金”，可以填：生活、医疗、助学、慰问、姐妹献爱心',
    ],
    ['unnamed material', 'material', { ...booklet, item: '其他' }, 'otherItem: 选了“其他”，请填写其他品名'],
    [
      'a result in the title',
      'screening',
      { ...screening, title: '筛查确诊名单' },
      'title: 筛查只登记人数，不写姓名和检查结果；请删去含“确诊”的内容',
    ],
    [
      'a result in the note',
      'screening',
      { ...screening, note: '其中阳性 3 人' },
      'note: 筛查只登记人数，不写姓名和检查结果；请删去含“阳性”的内容',
    ],
    [
      'more certificates than graduates',
      'skillClass',
      { ...skill, certified: 49 },
      'certified: 取得证书人数 49 多于结业人数 48，请核对',
    ],
    [
      'more jobs than graduates',
      'skillClass',
      { ...skill, employed: 49 },
      'employed: 实现就业人数 49 多于结业人数 48，请核对',
    ],
    [
      'more intents than people',
      'jobReferral',
      { ...referral, intents: 121 },
      'intents: 达成意向 121 人多于惠及 120 人，请核对',
    ],
    [
      'more children than places',
      'childcare',
      { ...childcare, children: 36 },
      'children: 托管子女 36 多于托位数 35，请核对',
    ],
    ['no source of funds', 'childcare', { ...childcare, funds: [] }, 'funds: 请至少填写一项经费来源'],
    [
      'a source twice',
      'childcare',
      {
        ...childcare,
        funds: [
          { source: '市总', amount: 1 },
          { source: '市总', amount: 2 },
        ],
      },
      'funds.1.source: “市总”已经填过，请合并成一行',
    ],
    [
      'both modes, no online number',
      'matchmaking',
      { ...match, online: null },
      'online: 线上线下都有，请填写其中线上人次',
    ],
    [
      'more online than all',
      'matchmaking',
      { ...match, online: 61 },
      'online: 线上人次 61 多于参加总人次 60，请核对',
    ],
    [
      'more persons than person-times',
      'lecture',
      { ...lecture, persons: 51 },
      'persons: 参加女职工人数 51 多于其中女职工人次 50，请核对',
    ],
    [
      'posts without a note',
      'lecture',
      { ...lecture, mode: '线上宣传' },
      'note: 选了“线上宣传”，请在备注里写明平台和形式',
    ],
    [
      'unnamed topic',
      'familyTalk',
      { ...on('2019-05-15'), ...talk, topic: '其他' },
      'otherTopic: 选了“其他”，请填写其他主题',
    ],
    [
      'no address',
      'highlight',
      dated({ kind: '媒体报道', level: '国家级', authority: '报社', achievedOn: '2019-09-02', link: 'www' }),
      'link: 链接要以 http:// 或 https:// 开头，中间没有空格',
    ],
    [
      'more adopted than suggested',
      'policyInput',
      { ...policy, adopted: 7 },
      'adopted: 采纳条数 7 多于建议条数 6，请核对',
    ],
    [
      'delisted before it was built',
      'careRoom',
      { ...room, intervals: [], delistedOn: '2019-01-01' },
      'delistedOn: 摘牌日期（2019-01-01）不能早于建成日期（2019-05-20）',
    ],
    [
      'online study without its platform',
      'study',
      { ...on('2019-06-20'), ...talk, form: '线上宣传', theme: '主题教育' },
      'note: 选了“线上宣传”，请在备注里写明平台和形式',
    ],
    [
      'a studio reviewed before it was named',
      'studio',
      { ...studio, reviewedOn: '2019-03-04' },
      'reviewedOn: 复核日期（2019-03-04）不能早于命名日期（2019-03-05）',
    ],
    [
      'a studio closed before it was opened',
      'parentStudio',
      { ...parentStudio, delistedOn: '2019-04-09' },
      'delistedOn: 停用日期（2019-04-09）不能早于启用日期（2019-04-10）',
    ],
    [
      'counselling in which nothing happened',
      'counselling',
      { ...on('2019-10-31'), sessions: 0, selfTests: 0, talks: 0 },
      'sessions: 咨询、自测和团体辅导都是 0，不必填报；有一项开展了再填',
    ],
    [
      'hardship files without their number',
      'hardship',
      { ...on('2019-11-30'), matter: '建档' },
      'households: 建档请填写户数',
    ],
    [
      'more single parents than files',
      'hardship',
      { ...on('2019-11-30'), matter: '建档', households: 1, singles: 2 },
      'singles: 单亲女职工 2 多于户数 1，请核对',
    ],
    [
      'more women helped for the first time than helped',
      'hardship',
      { ...on('2019-12-20'), ...paid, helped: 4 },
      'helped: 首次受助人数 4 多于发放人次 3，请核对',
    ],
    [
      'talks without those who came',
      'counselling',
      { ...counselling, attendances: null },
      'attendances: 办了团体辅导，请填写参加人次',
    ],
    [
      'more cadres than came',
      'cadreTraining',
      { ...cadres, persons: 61 },
      'persons: 参训女工干部人数 61 多于参加总人次 60，请核对',
    ],
    [
      'more present than due',
      'meeting',
      { ...meeting, present: 16 },
      'present: 实到人数 16 多于应到人数 15，请核对',
    ],
    [
      'a delegate with members beside her',
      'committee',
      {
        ...committee,
        form: '女职工委员',
        members: [{ name: '王样', post: '委员', fromOn: '2019-03-10', how: '选举' }],
      },
      'members: 设女职工委员的只填各届委员一人，不填副主任和委员',
    ],
    ['a committee without a term', 'committee', { ...committee, terms: [] }, 'terms: 请至少填写一届任期'],
    [
      're-election without its result',
      'meeting',
      { ...meeting, kind: '换届' },
      'elections: 换届会议请写明选举结果',
    ],
  ])('%s', (_, key, body, message) => expect(counted(key, body)).toEqual([message]))

  it('women above all, in every programme that counts both', () => {
    const both = programmes.filter((p) => 'women' in p.fields && 'all' in p.fields)
    expect(both.map((p) => p.key)).toEqual([
      'study',
      'training',
      'competition',
      'quiz',
      'lawTalk',
      'skillClass',
      'matchmaking',
      'lecture',
      'familyTalk',
      'cadreTraining',
    ])
    for (const programme of both)
      expect(programme.check({ women: 61, all: 60 }, builtInRules)).toContainEqual({
        field: 'women',
        message: '女职工 61 多于总人次 60，请核对',
      })
  })
})

describe('every definition', () => {
  it.each(programmes.map((p) => [p.key, p] as const))('%s holds together', (_, programme) => {
    const form = formFields(programme)
    expect(programme.list.filter((name) => !(name in form))).toEqual([])
    expect(Object.keys(programme.fields).filter((name) => name in programme.children)).toEqual([])
    const dates = programme.dated ? [programme.fields[programme.dated]] : []
    expect(dates.filter((field) => field?.kind !== 'day' || !field.required)).toEqual([])
    for (const field of Object.values(form)) expect(field.label).toMatch(/\p{Script=Han}/u)
  })

  it('hides only optional fields', () => {
    const empty = new Proxy({}, { get: () => null })
    const hidden = programmes.flatMap((p) =>
      Object.entries(p.fields)
        .filter(([name]) => !p.shown(name, empty))
        .map(([name, field]) => `${p.key}.${name} ${field.required}`),
    )
    expect(hidden).toEqual([
      'honour.size false',
      'honour.women false',
      'honour.revokedFor false',
      'material.otherItem false',
      'lawTalk.otherTopic false',
      'hardship.aidKind false',
      'hardship.times false',
      'hardship.helped false',
      'hardship.amount false',
      'hardship.fund false',
      'counselling.attendances false',
      'matchmaking.online false',
      'specialAction.goods false',
      'familyTalk.otherTopic false',
      'meeting.elections false',
    ])
  })

  it('says for each indicator who counts, in words that differ', () => {
    const said = indicators.map((i) => i.indicator.definition)
    expect(new Set(said).size).toBe(said.length)
    expect(said.filter((text) => text.length < 15)).toEqual([])
  })

  it('never mixes 人 and 人次, and marks person counts as not de-duplicated', () => {
    for (const { id, indicator } of indicators) {
      expect([id, indicator.unit === '人次']).toEqual([id, indicator.kind === 'person_time'])
      expect([id, ['人', '名'].includes(indicator.unit)]).toEqual([id, indicator.kind === 'person'])
      // One file a woman, of what is paid her first of the year alone, and condolence once in a plan: these count her once.
      const isOnce = ['hardship.singleParents', 'hardship.helped', 'screening.grants'].includes(id)
      expect([id, indicator.notDeduplicated ?? false]).toEqual([id, indicator.kind === 'person' && !isOnce])
      expect([id, indicator.unit === '元']).toEqual([id, indicator.kind === 'money'])
    }
  })
})

describe('the 31 figures of the golden table', () => {
  const lines = readFileSync('tests/golden-2019.tsv', 'utf8').split('\n')
  const names = lines[0]!.split('\t')
  const golden = lines
    .filter((line) => /^F\d/.test(line))
    .map((line) => Object.fromEntries(line.split('\t').map((value, i) => [names[i]!, value])))
  const kinds: Record<string, string> = { unit: 'thing', child: 'person' }

  it('are all there', () => expect(golden).toHaveLength(31))

  it.each(golden.map((g) => [g['indicator']!, g] as const))('%s is declared as printed', (id, g) => {
    const { indicator, programme, section } = indicators.find((i) => i.id === id)!
    const written = g['value_written']!
    const decimals = written.split('.')[1]?.replace('万', '').length ?? 0
    expect({
      programme: programme.key,
      section,
      label: indicator.label,
      unit: indicator.unit,
      kind: indicator.kind,
      nature: indicator.nature ?? 'flow',
      style: indicator.style,
    }).toEqual({
      programme: g['programme'],
      section: g['section'],
      label: g['label'],
      unit: g['unit'],
      kind: kinds[g['kind']!] ?? g['kind'],
      nature: g['flow_or_stock'],
      style: { exact: 'exact', more_than: 'yu', rounded: decimals > 1 ? 'wan2' : 'wan1' }[g['precision']!],
    })
  })
})

describe('documents', () => {
  it('the data dictionary is fresh (scripts/docs.ts writes it)', () => {
    expect(readFileSync('docs/data-dictionary.md', 'utf8')).toBe(
      `${dictionary(programmes)}\n${personalChapter()}`,
    )
  })

  it('the glossary has every programme, row of children and indicator under its label', () => {
    const glossary = readFileSync('docs/glossary.md', 'utf8')
    const named = new Map(
      glossary.split('\n').map((line) => {
        const [, term, name] = line.split('|').map((cell) => cell.trim())
        return [name?.replaceAll('`', ''), term]
      }),
    )
    const wanted = [
      ...programmes.map((p) => [p.key, p.label]),
      ...programmes.flatMap((p) =>
        Object.entries(p.children).map(([name, child]) => [`${p.key}.${name}`, child.label]),
      ),
      ...indicators.map((i) => [i.id, i.indicator.label]),
    ]
    expect(wanted.filter(([name, label]) => named.get(name) !== label)).toEqual([])
  })

  it('the glossary says each thing once in a chapter', () => {
    const twice = readFileSync('docs/glossary.md', 'utf8')
      .split(/^## /m)
      .slice(1)
      .flatMap((chapter) => {
        const [title, ...lines] = chapter.split('\n')
        const terms = lines
          .filter((line) => /^\|\s*[^-\s]/.test(line))
          .map((line) => line.split('|')[1]!.trim())
        return terms.filter((term, at) => terms.indexOf(term) < at).map((term) => `${title}：${term}`)
      })
    expect(twice).toEqual([])
  })
})
