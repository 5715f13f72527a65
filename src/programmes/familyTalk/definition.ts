import { activity, activityCheck, activityWarn } from '#kit/activity.ts'
import { otherNeedsWords } from '#kit/check.ts'
import { choice, text } from '#kit/field/index.ts'
import { defineProgramme } from '#kit/programme.ts'

/** 家风家教大讲堂. Attendances are 人次: a woman who comes twice counts twice. */
export const familyTalk = defineProgramme({
  key: 'familyTalk',
  label: '家风家教大讲堂',
  class: 'S1',
  section: '一（五）',
  fields: {
    ...activity('场'),
    topic: choice('主题', ['定家规', '立家训', '写家书', '其他'], { required: true }),
    otherTopic: text('其他主题', { max: 60 }),
  },
  list: ['title', 'endsOn', 'topic', 'count', 'women'],
  when: { otherTopic: (r) => r.topic === '其他' },
  indicators: {
    events: {
      label: '家风家教讲堂场数',
      unit: '场',
      kind: 'event',
      measure: { sum: 'count' },
      cell: 'none',
      style: 'exact',
      definition: '审核通过的家风家教大讲堂场数，由主办单位填报；同日两场计两场，联办不重复计',
    },
    attendances: {
      label: '家风家教讲堂人次',
      unit: '人次',
      kind: 'person_time',
      measure: { sum: 'women' },
      cell: 'none',
      style: 'exact',
      definition: '女职工参加家风家教大讲堂的人次；来两次计两次',
    },
  },
  check: (r) => [...activityCheck(r), ...otherNeedsWords(r.topic, r.otherTopic, 'otherTopic', '其他主题')],
  warn: activityWarn,
})
