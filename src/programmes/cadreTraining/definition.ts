import { activity, activityCheck, activityWarn } from '#kit/activity.ts'
import { headcount } from '#kit/check.ts'
import { choice, count } from '#kit/field/index.ts'
import { levels } from '#kit/head.ts'
import { defineProgramme } from '#kit/programme.ts'

/** 女工干部培训, for those who do the committee's work; what they then teach is 教育培训. */
export const cadreTraining = defineProgramme({
  key: 'cadreTraining',
  label: '女工干部培训',
  class: 'S1',
  section: '一（六）',
  fields: {
    ...activity('期'),
    level: choice('级别', levels, { required: true }),
    hours: count('学时', { required: true, min: 1, max: 500 }),
    persons: count('参训女工干部人数', { required: true, min: 1, hint: '同一人在本条记录里只计一次' }),
  },
  list: ['title', 'endsOn', 'level', 'count', 'persons'],
  indicators: {
    sessions: {
      label: '女工干部培训期数',
      unit: '期',
      kind: 'event',
      measure: { sum: 'count' },
      cell: 'none',
      style: 'exact',
      definition: '面向工会女职工工作干部的培训期数；面向女职工的计入教育培训',
    },
    persons: {
      label: '女工干部参训人数',
      unit: '人',
      kind: 'person',
      measure: { sum: 'persons' },
      cell: 'none',
      style: 'exact',
      notDeduplicated: true,
      definition: '参加培训的女职工工作干部人数，由各条记录的人数相加',
    },
  },
  check: (r) => [
    ...activityCheck(r),
    ...headcount(r.persons, r.all, 'persons', ['参训女工干部人数', '参加总人次']),
  ],
  warn: activityWarn,
})
