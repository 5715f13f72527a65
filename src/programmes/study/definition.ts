import { activity, activityCheck, activityWarn } from '#kit/activity.ts'
import { choice, text } from '#kit/field/index.ts'
import { defineProgramme } from '#kit/programme.ts'

/** 思想引领学习: theme study under the year's orders from above. Time spent online is never measured. */
export const study = defineProgramme({
  key: 'study',
  label: '思想引领学习',
  class: 'S1',
  section: '一（一）',
  fields: {
    ...activity('场'),
    form: choice('形式', ['报告会', '培训班', '研讨会', '宣讲', '线上宣传'], {
      required: true,
      hint: '群内分享、推文等选线上宣传，并在备注里写明',
    }),
    theme: text('学习主题', { required: true, max: 60, hint: '上级部署的主题教育照通知写全称' }),
  },
  list: ['title', 'endsOn', 'form', 'theme', 'count', 'women'],
  indicators: {
    events: {
      label: '思想引领学习场数',
      unit: '场',
      kind: 'event',
      measure: { sum: 'count' },
      cell: 'none',
      style: 'exact',
      definition: '审核通过的面向女职工的主题学习、宣讲、报告会和线上宣传场数；技能和业务培训计入教育培训',
    },
    attendances: {
      label: '思想引领学习人次',
      unit: '人次',
      kind: 'person_time',
      measure: { sum: 'women' },
      cell: 'none',
      style: 'wan1',
      definition: '女职工参加主题学习的人次；同一人参加两场计两次；学习时长和点击不作统计',
    },
  },
  check: (r) => [
    ...activityCheck(r),
    ...(r.form === '线上宣传' && !r.note
      ? [{ field: 'note', message: '选了“线上宣传”，请在备注里写明平台和形式' }]
      : []),
  ],
  warn: activityWarn,
})
