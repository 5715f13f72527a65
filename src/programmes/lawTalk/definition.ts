import { activity, activityCheck, activityWarn } from '#kit/activity.ts'
import { otherNeedsWords } from '#kit/check.ts'
import { choice, text } from '#kit/field/index.ts'
import { defineProgramme } from '#kit/programme.ts'

/** 普法讲座与科普宣传. Those of 维权行动月 (March) carry a tag; tags never count. */
export const lawTalk = defineProgramme({
  key: 'lawTalk',
  label: '普法讲座与科普宣传',
  class: 'S1',
  section: '一（三）',
  fields: {
    ...activity('场'),
    topic: choice('主题', ['劳动保护', '反家庭暴力', '性别平等', '婚姻家庭', '其他'], { required: true }),
    otherTopic: text('其他主题', { max: 60 }),
  },
  list: ['title', 'endsOn', 'topic', 'count', 'women'],
  when: { otherTopic: (r) => r.topic === '其他' },
  indicators: {
    events: {
      label: '普法讲座与科普场数',
      unit: '场',
      kind: 'event',
      measure: { sum: 'count' },
      cell: 'none',
      style: 'exact',
      definition: '审核通过的普法讲座和科普宣传场数，由主办单位填报；联办不重复计',
    },
    attendances: {
      label: '普法讲座与科普人次',
      unit: '人次',
      kind: 'person_time',
      measure: { sum: 'women' },
      cell: 'none',
      style: 'exact',
      definition: '女职工参加普法讲座和科普宣传的人次；同一人参加两场计两次',
    },
  },
  check: (r) => [...activityCheck(r), ...otherNeedsWords(r.topic, r.otherTopic, 'otherTopic', '其他主题')],
  warn: activityWarn,
})
