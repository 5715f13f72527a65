import { activity, activityCheck, activityWarn } from '#kit/activity.ts'
import { headcount } from '#kit/check.ts'
import { choice, count, text } from '#kit/field/index.ts'
import { defineProgramme } from '#kit/programme.ts'

/** 智慧女工大课堂, lectures delivered by the city; micro-classrooms of the districts are 教育培训. */
export const lecture = defineProgramme({
  key: 'lecture',
  label: '智慧女工大课堂',
  class: 'S1',
  acceptedBy: 'city',
  section: '一（五）',
  fields: {
    ...activity('场'),
    mode: choice('方式', ['线下', '线上', '混合', '线上宣传'], {
      required: true,
      hint: '群内分享、推文等选线上宣传，并在备注里写明',
    }),
    course: text('课程', { required: true, max: 60, own: true }),
    persons: count('参加女职工人数', { required: true, min: 1, hint: '同一人在本条记录里只计一次' }),
  },
  list: ['title', 'endsOn', 'course', 'count', 'persons'],
  indicators: {
    events: {
      label: '智慧女工课堂场数',
      unit: '场',
      kind: 'event',
      measure: { sum: 'count' },
      cell: 'none',
      style: 'exact',
      definition: '审核通过的智慧女工大课堂场数；区县微课堂计入教育培训，不计入此处',
    },
    persons: {
      label: '智慧女工课堂人数',
      unit: '名',
      kind: 'person',
      measure: { sum: 'persons' },
      cell: 'k5',
      style: 'yu',
      notDeduplicated: true,
      definition: '参加智慧女工大课堂的女职工人数，由各条记录的人数相加',
    },
  },
  check: (r) => [
    ...activityCheck(r),
    ...headcount(r.persons, r.women, 'persons', ['参加女职工人数', '其中女职工人次']),
    ...(r.mode === '线上宣传' && !r.note
      ? [{ field: 'note', message: '选了“线上宣传”，请在备注里写明平台和形式' }]
      : []),
  ],
  warn: activityWarn,
})
