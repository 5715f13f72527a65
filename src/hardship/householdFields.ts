import { choice, count, money, note, text, yesNo } from '#kit/field/index.ts'

/** 致困原因: one main, up to three further ones. */
export const causes = [
  '本人大病',
  '家庭成员大病',
  '残疾',
  '子女上学',
  '意外灾害',
  '下岗失业',
  '收入低无法维持基本生活',
  '供养直系亲属',
  '单亲抚养',
  '其他',
] as const

/** What is told of a household; all of it is sealed. `accident` is what an illness or disaster of the year cost. */
export const householdFields = {
  heads: count('家庭人口', { required: true, min: 1, max: 20, hint: '共同生活的人，含本人' }),
  income: money('上年家庭总收入（元）', { required: true, hint: '全家一年的各项收入合计' }),
  rigid: money('其中刚性支出（元）', { required: true, hint: '自付医药费、学费、房租等，没有填 0' }),
  accident: money('意外或大病自付支出（元）', { required: true, hint: '没有填 0' }),
  holdsMinimum: yesNo('是否持低保证', { required: true }),
  cause: choice('主要致困原因', causes, { required: true }),
  furtherCauses: text('其他致困原因', { max: 60, hint: '最多三项，用顿号分开' }),
  health: choice('健康状况', ['健康', '一般', '慢性病', '重病'], { required: true }),
  disability: choice('残疾情况', ['无', '一级', '二级', '三级', '四级'], { required: true }),
  job: choice('工作状态', ['在岗', '待岗', '下岗', '失业', '灵活就业', '病休', '退休'], { required: true }),
  housing: choice('住房类型', ['自有', '租赁', '公租房', '借住'], { required: true }),
  area: count('住房面积（平方米）', { min: 1, max: 999 }),
  marital: choice('婚姻状况', ['未婚', '已婚', '离异', '丧偶'], { required: true }),
  singleParent: yesNo('是否单亲（抚养未成年或在读子女）', { required: true }),
  migrant: yesNo('是否农民工', { required: true }),
  zeroEmployment: yesNo('是否零就业家庭', { required: true }),
  insurance: choice('医保情况', ['职工医保', '居民医保', '未参保'], { required: true }),
  address: text('家庭住址', { required: true, max: 100 }),
  bank: text('开户银行', { required: true, max: 60 }),
  account: text('银行账号', { required: true, min: 10, max: 30, hint: '须为本人账户' }),
  story: note('困难情况', { required: true, max: 800, hint: '写清收入来源和主要开支' }),
} as const

type Name = keyof typeof householdFields
/** In which order a household is asked for, on every screen. */
export const householdParts: readonly { title: string; names: readonly Name[] }[] = [
  { title: '收入和支出', names: ['heads', 'income', 'rigid', 'accident', 'holdsMinimum'] },
  { title: '困难原因', names: ['cause', 'furtherCauses', 'story'] },
  {
    title: '本人和家庭',
    names: [
      'health',
      'disability',
      'job',
      'insurance',
      'marital',
      'singleParent',
      'migrant',
      'zeroEmployment',
      'housing',
      'area',
      'address',
    ],
  },
  { title: '收款账户', names: ['bank', 'account'] },
]

export const kinRelations = ['配偶', '子女', '父母', '公婆', '兄弟姐妹', '其他'] as const
export const kinFields = {
  name: text('姓名', { required: true, max: 30 }),
  relation: choice('与本人关系', kinRelations, { required: true }),
  idNumber: text('身份证号', { required: true, max: 30, hint: '只用来核对一户一档、夫妻不重复申领' }),
  health: choice('健康状况', ['健康', '一般', '慢性病', '重病', '残疾'], { required: true }),
  income: money('年收入（元）', { required: true }),
  school: text('就读学校', { max: 60 }),
} as const
