import { count } from '#kit/field/index.ts'
import { defineProgramme } from '#kit/programme.ts'

/**
 * 心理疏导 as counts: what a unit's service did in a span of days. Who came, and with what, stays with the counsellor and is
 * asked for nowhere here.
 */
export const counselling = defineProgramme({
  key: 'counselling',
  label: '心理疏导',
  class: 'S1',
  section: '一（四）',
  fields: {
    sessions: count('个别咨询和热线人次', { required: true, hint: '没有就填 0；不写姓名和内容' }),
    selfTests: count('心理自测人次', { required: true }),
    talks: count('团体辅导场数', { required: true, max: 999 }),
    attendances: count('团体辅导人次'),
    counsellors: count('咨询师人数', { max: 999 }),
  },
  list: ['title', 'endsOn', 'sessions', 'selfTests', 'talks', 'attendances'],
  when: { attendances: (r) => r.talks > 0 },
  indicators: {
    sessions: {
      label: '心理咨询人次',
      unit: '人次',
      kind: 'person_time',
      measure: { sum: 'sessions' },
      cell: 'k5',
      style: 'exact',
      definition: '个别咨询和心理热线的人次，线上线下合计；团体辅导另计',
    },
    selfTests: {
      label: '心理自测人次',
      unit: '人次',
      kind: 'person_time',
      measure: { sum: 'selfTests' },
      cell: 'k5',
      style: 'exact',
      definition: '完成心理自测的人次；结果只给本人，不作统计',
    },
    talks: {
      label: '团体辅导场数',
      unit: '场',
      kind: 'event',
      measure: { sum: 'talks' },
      cell: 'none',
      style: 'exact',
      definition: '团体心理辅导和心理健康讲座的场数；同一场已填教育培训的不再填',
    },
  },
  check: (r) => [
    ...(r.sessions + r.selfTests + r.talks === 0
      ? [{ field: 'sessions', message: '咨询、自测和团体辅导都是 0，不必填报；有一项开展了再填' }]
      : []),
    ...(r.talks > 0 && r.attendances === null
      ? [{ field: 'attendances', message: '办了团体辅导，请填写参加人次' }]
      : []),
  ],
})
