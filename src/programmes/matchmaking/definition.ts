import { activity, activityCheck, activityWarn } from '#kit/activity.ts'
import { headcount } from '#kit/check.ts'
import { count, text } from '#kit/field/index.ts'
import { defineProgramme } from '#kit/programme.ts'

/** 职工婚恋交友, for workers of both sexes: men are `all` less `women`, offline is `all` less `online`. */
export const matchmaking = defineProgramme({
  key: 'matchmaking',
  label: '职工婚恋交友',
  class: 'S1',
  section: '一（四）',
  fields: {
    ...activity('场'),
    online: count('其中线上人次'),
    brand: text('服务品牌', { max: 40 }),
    pairs: count('牵手对数'),
    married: count('成婚对数'),
  },
  list: ['title', 'endsOn', 'brand', 'count', 'all', 'pairs'],
  when: { online: (r) => r.mode === '混合' },
  indicators: {
    events: {
      label: '婚恋服务场数',
      unit: '场',
      kind: 'event',
      measure: { sum: 'count' },
      cell: 'none',
      style: 'exact',
      definition: '审核通过的婚恋交友主题活动和大型鹊桥会场数，由主办单位填报；联办不重复计',
    },
    attendances: {
      label: '婚恋服务人次',
      unit: '人次',
      kind: 'person_time',
      measure: { sum: 'all' },
      cell: 'none',
      style: 'exact',
      definition: '职工参加婚恋交友活动的人次，男女合计，线上线下合计；同一人参加两场计两次',
    },
    pairs: {
      label: '婚恋牵手对数',
      unit: '对',
      kind: 'thing',
      measure: { sum: 'pairs' },
      cell: 'none',
      style: 'exact',
      definition: '活动现场或线上牵手的对数，由各场相加',
    },
  },
  check: (r) => [
    ...activityCheck(r),
    ...headcount(r.online, r.all, 'online', ['线上人次', '参加总人次']),
    ...(r.mode === '混合' && r.online === null
      ? [{ field: 'online', message: '线上线下都有，请填写其中线上人次' }]
      : []),
  ],
  warn: activityWarn,
})
