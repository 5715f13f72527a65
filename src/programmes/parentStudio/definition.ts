import { inOrder } from '#kit/check.ts'
import { choice, count, day, text } from '#kit/field/index.ts'
import { levels } from '#kit/head.ts'
import { life } from '#kit/life.ts'
import { defineProgramme } from '#kit/programme.ts'

/** 职工亲子工作室: the place. What happens there is 亲子活动; children left without a parent belong to a 托管班. */
export const parentStudio = defineProgramme({
  key: 'parentStudio',
  label: '职工亲子工作室',
  class: 'S1',
  acceptedBy: 'city',
  section: '一（四）',
  dated: 'openedOn',
  fields: {
    level: choice('级别', levels, { required: true }),
    openedOn: day('启用日期', { required: true, hint: '按启用日期计入当月' }),
    area: count('面积（平方米）', { required: true, min: 1, max: 9999 }),
    address: text('地址', { required: true, max: 100, own: true }),
    hours: text('开放时间', { required: true, max: 60 }),
    equipment: text('设备', { max: 100, hint: '用顿号分开' }),
    delistedOn: day('停用日期', { hint: '停用当日起不再计入在用' }),
  },
  list: ['title', 'openedOn', 'level', 'area', 'address'],
  indicators: {
    built: {
      label: '新建亲子工作室',
      unit: '个',
      kind: 'thing',
      measure: 'records',
      on: 'openedOn',
      cell: 'none',
      style: 'exact',
      definition: '启用的职工亲子工作室个数，按启用日期计',
    },
    active: {
      label: '在用亲子工作室',
      unit: '个',
      kind: 'thing',
      nature: 'stock',
      intervals: (r) => life(r.openedOn, r.delistedOn),
      cell: 'none',
      style: 'exact',
      definition: '期末当日在用的职工亲子工作室个数，启用计入，停用减去，不论何年建成',
    },
  },
  check: (r) => inOrder(r.openedOn, r.delistedOn, 'delistedOn', ['启用日期', '停用日期']),
})
