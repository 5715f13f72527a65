import { activity, activityCheck, activityWarn } from '#kit/activity.ts'
import { choice, count, text } from '#kit/field/index.ts'
import { defineProgramme } from '#kit/programme.ts'

/** 女职工教育培训 (流动课堂、周末学校). A class of many evenings is one 期; attendances are 人次. */
export const training = defineProgramme({
  key: 'training',
  label: '女职工教育培训',
  class: 'S1',
  section: '一（二）',
  fields: {
    ...activity('期'),
    carrier: choice('载体', ['流动课堂', '周末学校', '网上课程', '其他'], { required: true }),
    school: text('学校或课堂名称', { max: 60 }),
    subject: text('培训内容', { required: true, max: 100, own: true }),
    hours: count('学时', { min: 1, max: 500 }),
  },
  list: ['title', 'endsOn', 'carrier', 'count', 'women'],
  indicators: {
    sessions: {
      label: '教育培训期数',
      unit: '期',
      kind: 'event',
      measure: { sum: 'count' },
      cell: 'none',
      style: 'exact',
      definition:
        '审核通过的女职工教育培训期数；连续多次的一个班计一期；不含智慧女工大课堂、实用技能班和家风家教讲堂',
    },
    attendances: {
      label: '教育培训人次',
      unit: '人次',
      kind: 'person_time',
      measure: { sum: 'women' },
      cell: 'none',
      style: 'wan1',
      definition: '女职工参加教育培训的人次；同一人参加两期计两次',
    },
  },
  check: activityCheck,
  warn: activityWarn,
})
