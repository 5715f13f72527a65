import { activity, activityCheck, activityWarn } from '#kit/activity.ts'
import { headcount } from '#kit/check.ts'
import { count, text } from '#kit/field/index.ts'
import { defineProgramme } from '#kit/programme.ts'

/** 实用技能培训班 for laid-off, migrant and hardship women; never counted as 教育培训 as well. */
export const skillClass = defineProgramme({
  key: 'skillClass',
  label: '实用技能培训班',
  class: 'S1',
  section: '一（四）',
  fields: {
    ...activity('期'),
    trade: text('技能或工种', { required: true, max: 60 }),
    hours: count('学时', { required: true, min: 1, max: 500 }),
    graduates: count('结业人数', { required: true }),
    certified: count('取得证书人数', { required: true }),
    employed: count('实现就业人数', { required: true }),
  },
  list: ['title', 'endsOn', 'trade', 'count', 'women', 'employed'],
  indicators: {
    sessions: {
      label: '实用技能班期数',
      unit: '期',
      kind: 'event',
      measure: { sum: 'count' },
      cell: 'none',
      style: 'exact',
      definition:
        '面向下岗转岗、进城务工和困难女职工的实用技能班期数；连续多次的一个班计一期；不计入教育培训',
    },
    attendances: {
      label: '实用技能班人次',
      unit: '人次',
      kind: 'person_time',
      measure: { sum: 'women' },
      cell: 'none',
      style: 'exact',
      definition: '女职工参加实用技能班的人次；同一人参加两期计两次；不与教育培训人次相加',
    },
    employed: {
      label: '实用技能班就业人数',
      unit: '人',
      kind: 'person',
      measure: { sum: 'employed' },
      cell: 'k5',
      style: 'exact',
      notDeduplicated: true,
      definition: '参加实用技能班后实现就业的人数，按班次结束日期计，由各班人数相加',
    },
  },
  check: (r) => [
    ...activityCheck(r),
    ...headcount(r.graduates, r.all, 'graduates', ['结业人数', '参加总人次']),
    ...headcount(r.certified, r.graduates, 'certified', ['取得证书人数', '结业人数']),
    ...headcount(r.employed, r.graduates, 'employed', ['实现就业人数', '结业人数']),
  ],
  warn: activityWarn,
})
