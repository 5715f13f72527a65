import { inOrder } from '#kit/check.ts'
import { choice, count, day, money, text, yesNo } from '#kit/field/index.ts'
import { defineProgramme } from '#kit/programme.ts'
import { attributes, lifeOf, openIntervals } from './intervals.ts'
import { statementsCheck } from './statements.ts'

/**
 * 女职工特殊关爱室, a fact of the day it was built. What changes in its life, its opening, its place on the maps
 * and its rank, are dated rows, so that the stock of open rooms is known for any past day.
 */
export const careRoom = defineProgramme({
  key: 'careRoom',
  label: '女职工特殊关爱室',
  class: 'S0',
  section: '一（四）',
  dated: 'builtOn',
  fields: {
    form: choice('形式', ['室', '空间', '角', '母婴室'], { required: true }),
    builtOn: day('建成日期', { required: true, hint: '按建成日期计入当月' }),
    area: count('面积（平方米）', { required: true, min: 1, max: 9999 }),
    address: text('地址', { required: true, max: 100, own: true }),
    doorHint: text('楼栋楼层和门口指引', { max: 100, hint: '对外公开，不写个人姓名、电话' }),
    hours: text('开放时间', { required: true, max: 60 }),
    phone: text('联系电话', { max: 30, hint: '对外公开，请填单位电话' }),
    fathersWelcome: yesNo('父亲可入', { required: true }),
    stepFree: yesNo('无障碍通行', { required: true }),
    coveredWomen: count('惠及女职工人数', { required: true }),
    verifiedOn: day('最近核实日期'),
    subsidy: money('补助（元）'),
    delistedOn: day('摘牌日期', { hint: '摘牌当日起不再计入总数' }),
  },
  children: {
    equipment: {
      label: '设备',
      fields: {
        item: choice(
          '设备',
          ['尿布台', '沙发', '冰箱', '洗手台', '插座', '温奶器', '消毒器', '门锁', '帘', '呼叫器'],
          { required: true },
        ),
      },
    },
    intervals: {
      label: '开放、上图与级别',
      hint: '对外开放和各地图上线只填起止日期，级别另填内容；仍然有效的不填截止日期',
      fields: {
        attribute: choice('事项', attributes, { required: true }),
        value: text('内容', { max: 20 }),
        fromOn: day('起始日期', { required: true }),
        untilOn: day('截止日期'),
      },
    },
  },
  list: ['title', 'builtOn', 'form', 'area', 'address', 'coveredWomen'],
  indicators: {
    built: {
      label: '新建关爱室',
      unit: '个',
      kind: 'thing',
      measure: 'records',
      on: 'builtOn',
      cell: 'none',
      style: 'exact',
      definition: '建成的女职工特殊关爱室个数，各种形式合计，按建成日期计',
    },
    persons: {
      label: '关爱室惠及人数',
      unit: '人',
      kind: 'person',
      measure: { sum: 'coveredWomen' },
      on: 'builtOn',
      cell: 'none',
      style: 'yu',
      notDeduplicated: true,
      definition: '本期建成的关爱室惠及的女职工人数，按建成日期计，由各室人数相加；不含以前建成的关爱室',
    },
    open: {
      label: '对外开放关爱室',
      unit: '个',
      kind: 'thing',
      nature: 'stock',
      intervals: openIntervals,
      cell: 'none',
      style: 'yu',
      definition: '期末当日对外开放、并在高德、百度、腾讯至少一种地图上线的关爱室个数，不论何年建成',
    },
    total: {
      label: '关爱室总数',
      unit: '个',
      kind: 'thing',
      nature: 'stock',
      intervals: lifeOf,
      cell: 'none',
      style: 'exact',
      definition: '期末当日在用的关爱室个数，建成计入，摘牌减去，不论何年建成',
    },
  },
  check: (r) => [
    ...inOrder(r.builtOn, r.verifiedOn, 'verifiedOn', ['建成日期', '核实日期']),
    ...inOrder(r.builtOn, r.delistedOn, 'delistedOn', ['建成日期', '摘牌日期']),
    ...statementsCheck(r.builtOn, r.intervals),
  ],
})
