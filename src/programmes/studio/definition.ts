import { headcount, inOrder } from '#kit/check.ts'
import { choice, count, day, money, text, yesNo } from '#kit/field/index.ts'
import { levels } from '#kit/head.ts'
import { life } from '#kit/life.ts'
import { defineProgramme } from '#kit/programme.ts'

/** 女职工创新工作室, a fact of the day its plaque was given; one record per studio and level of naming. */
export const studio = defineProgramme({
  key: 'studio',
  label: '女职工创新工作室',
  class: 'S1',
  acceptedBy: 'city',
  section: '一（二）',
  dated: 'namedOn',
  fields: {
    level: choice('命名级别', levels, { required: true }),
    namedOn: day('命名日期', { required: true, hint: '按命名日期计入当月' }),
    leader: text('领衔人', { purpose: '命名、复核和统计', required: true, max: 30, own: true }),
    trade: text('专业方向', { required: true, max: 60 }),
    members: count('成员人数', { required: true, min: 1, max: 999 }),
    women: count('其中女职工', { required: true }),
    goal: text('攻关目标', { max: 200, own: true }),
    subsidy: money('补助（元）'),
    reviewedOn: day('最近复核日期', { hint: '复核后更正登记；满期未复核的列入本单位待办' }),
    delistedOn: day('摘牌日期', { hint: '摘牌当日起不再计入在用' }),
  },
  children: {
    results: {
      label: '创新成果',
      fields: {
        name: text('成果名称', { required: true, max: 100 }),
        patented: yesNo('已获专利', { required: true }),
        benefit: money('经济效益（元）'),
      },
    },
  },
  list: ['title', 'namedOn', 'level', 'trade', 'members', 'reviewedOn'],
  indicators: {
    named: {
      label: '新命名创新工作室',
      unit: '个',
      kind: 'thing',
      measure: 'records',
      on: 'namedOn',
      cell: 'none',
      style: 'exact',
      definition: '命名的女职工创新工作室个数，按命名日期计；同一工作室升级命名另计一次',
    },
    active: {
      label: '在用创新工作室',
      unit: '个',
      kind: 'thing',
      nature: 'stock',
      intervals: (r) => life(r.namedOn, r.delistedOn),
      cell: 'none',
      style: 'exact',
      definition: '期末当日在用的女职工创新工作室个数，命名计入，摘牌减去；升级命名时原级别应当摘牌',
    },
  },
  check: (r) => [
    ...headcount(r.women, r.members, 'women', ['其中女职工', '成员人数']),
    ...inOrder(r.namedOn, r.reviewedOn, 'reviewedOn', ['命名日期', '复核日期']),
    ...inOrder(r.namedOn, r.delistedOn, 'delistedOn', ['命名日期', '摘牌日期']),
  ],
})
