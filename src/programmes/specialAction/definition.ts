import { headcount } from '#kit/check.ts'
import { choice, count, money, note, text } from '#kit/field/index.ts'
import { defineProgramme } from '#kit/programme.ts'
import { actionsOn } from './tables.ts'

/**
 * 专项行动服务: what a unit did for an action that the city opened, such as 疫情防控与复工复产服务. Which actions there are, and from
 * when to when, is a dated table; people whom the matter made ill or poor stand in hardship files.
 */
export const specialAction = defineProgramme({
  key: 'specialAction',
  label: '专项行动服务',
  class: 'S1',
  section: '一（四）',
  ruled: true,
  fields: {
    action: text('专项行动', {
      required: true,
      max: 20,
      hint: '由市总工会开设；名称里没有的，请与市总工会联系',
    }),
    kind: choice('服务类别', ['志愿服务', '物资捐赠', '一线慰问', '心理疏导', '复工复产服务', '其他'], {
      required: true,
    }),
    count: count('次数', { required: true, min: 1, max: 999 }),
    served: count('服务人次', { required: true, max: 999_999, hint: '没有面对面服务的填 0' }),
    women: count('其中女职工', { required: true, max: 999_999 }),
    goods: note('物资名称和数量'),
    value: money('款物价值（元）', { hint: '捐款填金额，捐物按买价折算' }),
  },
  list: ['title', 'endsOn', 'action', 'kind', 'served'],
  when: { goods: (r) => r.kind === '物资捐赠' || r.kind === '一线慰问' },
  offers: { action: (rules, r) => actionsOn(rules, r.endsOn ?? null) },
  indicators: {
    events: {
      label: '专项行动服务次数',
      unit: '次',
      kind: 'event',
      measure: { sum: 'count' },
      cell: 'none',
      style: 'exact',
      definition: '审核通过的专项行动服务次数，由主办单位填报，各专项行动合计；联办不重复计',
    },
    served: {
      label: '专项行动服务人次',
      unit: '人次',
      kind: 'person_time',
      measure: { sum: 'served' },
      cell: 'none',
      style: 'exact',
      definition: '专项行动中受到服务、慰问或得到物资的人次，不分男女；一人几次计几次',
    },
    value: {
      label: '专项行动款物价值',
      unit: '元',
      kind: 'money',
      measure: { sum: 'value' },
      cell: 'none',
      style: 'wan1',
      definition: '专项行动中捐赠、慰问的款物价值，捐物按买价折算；没有填写的不计入',
    },
  },
  check: (r) => [
    ...headcount(r.women, r.served, 'women', ['其中女职工', '服务人次']),
    ...(r.kind === '物资捐赠' && r.goods === null && r.value === null
      ? [{ field: 'goods', message: '物资捐赠请写明物资名称和数量，或填款物价值' }]
      : []),
  ],
})
