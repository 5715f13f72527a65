import { funds } from '#kit/activity.ts'
import { headcount } from '#kit/check.ts'
import { choice, count, money, text } from '#kit/field/index.ts'
import { levels } from '#kit/head.ts'
import { defineProgramme } from '#kit/programme.ts'
import { fundsCheck } from './funds.ts'

/**
 * 职工子女托管班, one record per class with the number of its children; hence class S1. The children's own files,
 * guardians, daily sign-in and the block on missing checks of staff and safety (S3) come with the lifecycle.
 */
export const childcare = defineProgramme({
  key: 'childcare',
  label: '职工子女托管班',
  class: 'S1',
  acceptedBy: 'city',
  section: '一（四）',
  fields: {
    season: choice('时段', ['寒假', '暑假', '课后', '日常'], { required: true }),
    workdays: count('开班天数', { required: true, min: 1, max: 366 }),
    hours: text('每日时间', { max: 60 }),
    places: count('托位数', { required: true, min: 1 }),
    children: count('托管子女人数', { required: true, min: 1, hint: '只填人数，不填孩子姓名' }),
    level: choice('班级级别', levels),
  },
  children: {
    funds: {
      label: '经费',
      fields: {
        source: choice('来源', funds, { required: true }),
        amount: money('金额（元）', { required: true }),
      },
    },
  },
  list: ['title', 'endsOn', 'season', 'workdays', 'children'],
  indicators: {
    classes: {
      label: '市级援建托管班',
      unit: '个',
      kind: 'thing',
      measure: 'records',
      where: (r) => r.funds.some((f) => f.source === '市总'),
      cell: 'none',
      style: 'exact',
      definition: '得到市总工会经费的职工子女托管班个数，按结班日期计；没有市总经费的班不计',
    },
    children: {
      label: '托管子女人数',
      unit: '人',
      kind: 'person',
      measure: { sum: 'children' },
      cell: 'k5',
      style: 'exact',
      notDeduplicated: true,
      definition: '审核通过的各托管班在托子女人数相加，不论经费来源；父母不论男女',
    },
  },
  check: (r) => [
    ...headcount(r.children, r.places, 'children', ['托管子女', '托位数']),
    ...fundsCheck(r.funds),
  ],
})
