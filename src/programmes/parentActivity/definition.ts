import { choice, count, money, text } from '#kit/field/index.ts'
import { funds } from '#kit/activity.ts'
import { defineProgramme } from '#kit/programme.ts'

/** 亲子活动, parents and children counted apart; of children only their number is asked. */
export const parentActivity = defineProgramme({
  key: 'parentActivity',
  label: '职工亲子活动',
  class: 'S1',
  section: '一（四）',
  fields: {
    kind: choice('类别', ['亲子阅读', '手工科普', '户外活动', '家庭教育指导', '其他'], { required: true }),
    studio: text('亲子工作室', { max: 60, hint: '不在工作室办的不填' }),
    count: count('场数', { required: true, min: 1, max: 999, hint: '一条记录办了两场就填 2' }),
    parents: count('家长人次', { required: true, min: 1 }),
    children: count('儿童人次', { required: true, min: 1 }),
    cost: money('经费（元）'),
    fund: choice('经费来源', funds),
  },
  list: ['title', 'endsOn', 'kind', 'count', 'parents', 'children'],
  indicators: {
    'parentStudio.events': {
      label: '亲子活动场数',
      unit: '场',
      kind: 'event',
      measure: { sum: 'count' },
      cell: 'none',
      style: 'exact',
      definition: '审核通过的职工亲子活动场数，在不在亲子工作室举办都计；家风家教讲堂另计',
    },
    'parentStudio.attendances': {
      label: '亲子活动人次',
      unit: '人次',
      kind: 'person_time',
      measure: { sum: 'parents' },
      cell: 'none',
      style: 'exact',
      definition: '家长参加亲子活动的人次；儿童人次随记录登记，不计入此数',
    },
  },
  warn: (r) =>
    r.children > 5 * r.parents
      ? [
          {
            field: 'children',
            message: `儿童 ${r.children} 人次是家长的五倍以上；没有家长陪同的应当填托管班，请核对`,
          },
        ]
      : [],
})
