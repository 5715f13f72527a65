import { headcount } from '#kit/check.ts'
import { choice, count, day, text } from '#kit/field/index.ts'
import { levels } from '#kit/head.ts'
import { defineProgramme } from '#kit/programme.ts'
import { revocationCheck, titlesCheck } from './titles.ts'

/** A published name is personal all the same (个人信息保护法 第二十七条). */
const purpose = '评选、公示、表彰和统计'

/** An honour that was taken back counts no more, in the month in which it was given either. */
const stands = (r: { revokedOn: string | null }): boolean => r.revokedOn === null

/**
 * 选树表彰: one record per honoured person, collective, family or site, whatever the number of its titles.
 * A published name is ordinary text. Sites are 托管点: their two figures are declared here under childcare ids,
 * so that the same honour is never typed in twice. Nomination and 公示 are a lifecycle of their own.
 */
export const honour = defineProgramme({
  key: 'honour',
  label: '选树表彰',
  class: 'S2',
  section: '一（一）',
  dated: 'grantedOn',
  fields: {
    subject: choice('对象', ['个人', '女职工工作者', '集体', '家庭', '托管点'], {
      purpose,
      required: true,
      hint: '工会女职工干部因本职受表彰选女职工工作者；一人得两项称号只填一条',
    }),
    honoree: text('姓名或名称', { purpose, required: true, max: 60, own: true }),
    employer: text('所在单位', { purpose, max: 100 }),
    size: count('集体人数', { purpose, min: 1 }),
    women: count('其中女职工', { purpose }),
    grantedOn: day('授予日期', { purpose, required: true, hint: '按授予日期计入当月' }),
    docNo: text('表彰文号', { purpose, required: true, max: 60 }),
    revokedOn: day('撤销日期', { purpose, hint: '荣誉被撤销时填写；撤销后不再计数' }),
    revokedFor: text('撤销理由', { purpose, max: 200 }),
  },
  children: {
    titles: {
      label: '荣誉称号',
      fields: {
        honourType: text('称号', { purpose, required: true, max: 60 }),
        giver: text('授予单位', { purpose, required: true, max: 60 }),
        level: choice('级别', levels, { purpose, required: true }),
        certificateNo: text('证书编号', { purpose, max: 60 }),
      },
    },
  },
  list: ['title', 'subject', 'honoree', 'grantedOn'],
  names: (r) => (['个人', '女职工工作者'].includes(r.subject) ? [r.honoree] : []),
  when: {
    size: (r) => r.subject === '集体',
    women: (r) => r.subject === '集体',
    revokedFor: (r) => r.revokedOn !== null,
  },
  indicators: {
    persons: {
      label: '表彰先进女职工个人',
      unit: '人',
      kind: 'person',
      measure: 'records',
      on: 'grantedOn',
      where: (r) => stands(r) && r.subject === '个人',
      cell: 'none',
      style: 'exact',
      notDeduplicated: true,
      definition:
        '各级表彰的先进女职工个人，按授予日期计；一人同时得几项称号计一人，分次受表彰计几人；不含女职工工作者',
    },
    collectives: {
      label: '表彰先进女职工集体',
      unit: '个',
      kind: 'thing',
      measure: 'records',
      on: 'grantedOn',
      where: (r) => stands(r) && r.subject === '集体',
      cell: 'none',
      style: 'exact',
      definition: '各级表彰的先进女职工集体（班组、岗位、车间、科室等），按授予日期计；不含家庭和托管点',
    },
    cadres: {
      label: '表彰女职工工作者',
      unit: '名',
      kind: 'person',
      measure: 'records',
      on: 'grantedOn',
      where: (r) => stands(r) && r.subject === '女职工工作者',
      cell: 'none',
      style: 'exact',
      notDeduplicated: true,
      definition: '各级表彰的工会女职工工作者，按授予日期计；与先进女职工个人分开统计，不相加',
    },
    'childcare.nationalHonours': {
      label: '全国爱心托管班',
      unit: '个',
      kind: 'thing',
      section: '一（四）',
      measure: 'records',
      on: 'grantedOn',
      where: (r) => stands(r) && r.subject === '托管点' && r.titles.some((t) => t.level === '国家级'),
      cell: 'none',
      style: 'exact',
      definition: '获国家级称号的职工子女托管点，按授予日期计；由选树表彰记录得出',
    },
    'childcare.provincialSites': {
      label: '省级示范托管班',
      unit: '个',
      kind: 'thing',
      section: '一（四）',
      measure: 'records',
      on: 'grantedOn',
      where: (r) => stands(r) && r.subject === '托管点' && r.titles.some((t) => t.level === '省级'),
      cell: 'none',
      style: 'exact',
      definition: '获省级称号的职工子女托管点，按授予日期计；由选树表彰记录得出',
    },
    'beautifulFamily.titles': {
      label: '最美家庭',
      unit: '户',
      kind: 'thing',
      section: '一（五）',
      measure: 'records',
      on: 'grantedOn',
      where: (r) => stands(r) && r.subject === '家庭',
      cell: 'none',
      style: 'exact',
      definition: '职工家庭获最美家庭等称号的户数，各级合计，按授予日期计；一户得几项称号计一户',
    },
  },
  check: (r) => [
    ...titlesCheck(r.titles),
    ...revocationCheck(r),
    ...headcount(r.women, r.size, 'women', ['其中女职工', '集体人数']),
  ],
})
