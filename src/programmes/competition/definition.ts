import { activity, activityCheck, activityWarn } from '#kit/activity.ts'
import { choice, count, money, text } from '#kit/field/index.ts'
import { levels } from '#kit/head.ts'
import { defineProgramme } from '#kit/programme.ts'

/** 劳动和技能竞赛. Titles won go into 选树表彰; named results wait for the member register. */
export const competition = defineProgramme({
  key: 'competition',
  label: '劳动和技能竞赛',
  class: 'S1',
  section: '一（二）',
  fields: {
    ...activity('场'),
    kind: choice('类别', ['劳动竞赛', '技术比武', '岗位练兵', '创新大赛'], { required: true }),
    level: choice('级别', levels, { required: true }),
    trade: text('工种或专业', { required: true, max: 60 }),
    units: count('参加单位数', { required: true, min: 1 }),
    benefit: money('创造效益（元）'),
  },
  list: ['title', 'endsOn', 'kind', 'level', 'count', 'women'],
  indicators: {
    events: {
      label: '竞赛与比武场数',
      unit: '场',
      kind: 'event',
      measure: { sum: 'count' },
      cell: 'none',
      style: 'exact',
      definition: '审核通过的劳动竞赛、技术比武、岗位练兵和创新大赛场数，由主办单位填报；联办不重复计',
    },
    attendances: {
      label: '竞赛参与人次',
      unit: '人次',
      kind: 'person_time',
      measure: { sum: 'women' },
      cell: 'none',
      style: 'wan1',
      definition: '女职工参加竞赛和比武的人次；同一人参加两场计两次',
    },
  },
  check: activityCheck,
  warn: activityWarn,
})
