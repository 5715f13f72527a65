import { choice, count } from '#kit/field/index.ts'
import { defineProgramme } from '#kit/programme.ts'

/** 就业推介: one record per occasion, a fair of two days is one occasion. */
export const jobReferral = defineProgramme({
  key: 'jobReferral',
  label: '就业推介',
  class: 'S1',
  section: '一（四）',
  fields: {
    kind: choice('类别', ['招聘会', '信息发布', '定向推荐'], { required: true }),
    firms: count('用人单位数', { required: true, min: 1 }),
    posts: count('岗位数', { required: true, min: 1 }),
    intents: count('达成意向人数', { required: true }),
    beneficiaries: count('惠及人数', { required: true }),
  },
  list: ['title', 'endsOn', 'kind', 'firms', 'posts', 'beneficiaries'],
  indicators: {
    referrals: {
      label: '就业推介次数',
      unit: '次',
      kind: 'event',
      measure: 'records',
      cell: 'none',
      style: 'exact',
      definition: '审核通过的招聘会、岗位信息发布和定向推荐次数；一次推介一条记录，连办几天计一次',
    },
    persons: {
      label: '就业推介惠及人数',
      unit: '人',
      kind: 'person',
      measure: { sum: 'beneficiaries' },
      cell: 'k5',
      style: 'exact',
      notDeduplicated: true,
      definition: '就业推介惠及的人数，由各次人数相加；不含实用技能班学员',
    },
  },
  check: (r) =>
    r.intents > r.beneficiaries
      ? [{ field: 'intents', message: `达成意向 ${r.intents} 人多于惠及 ${r.beneficiaries} 人，请核对` }]
      : [],
})
