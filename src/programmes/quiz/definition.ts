import { activity, activityCheck } from '#kit/activity.ts'
import { headcount } from '#kit/check.ts'
import { count } from '#kit/field/index.ts'
import { defineProgramme } from '#kit/programme.ts'

/**
 * 平安家庭有奖答题, as an activity with a number of valid answers: names, questions and the draw of winners wait
 * for the member register. Count-only, hence class S1.
 */
export const quiz = defineProgramme({
  key: 'quiz',
  label: '有奖答题',
  class: 'S1',
  section: '一（三）',
  fields: {
    ...activity('场'),
    attendances: count('有效答题人次', {
      required: true,
      hint: '按规则判为有效的答题；一人多次有效答题计多次',
    }),
    prizes: count('奖项数'),
  },
  list: ['title', 'endsOn', 'mode', 'all', 'attendances'],
  indicators: {
    attendances: {
      label: '平安家庭答题人次',
      unit: '人次',
      kind: 'person_time',
      measure: { sum: 'attendances' },
      cell: 'none',
      style: 'wan2',
      definition: '平安家庭有奖答题的有效答题人次；同一人多次有效答题计多次，无效答题不计',
    },
  },
  check: (r) => [
    ...activityCheck(r),
    ...headcount(r.attendances, r.all, 'attendances', ['有效答题', '参加总人次']),
  ],
})
