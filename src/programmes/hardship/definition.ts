import { funds } from '#kit/activity.ts'
import { choice, count, money } from '#kit/field/index.ts'
import type { Interval } from '#kit/indicator.ts'
import { defineProgramme, type Programme } from '#kit/programme.ts'

const purpose = '困难女职工建档、帮扶的统计'

/** 帮扶类别, of a payment and of a claim alike. */
export const aidKinds = ['生活', '医疗', '助学', '慰问', '姐妹献爱心'] as const
export type AidKind = (typeof aidKinds)[number]
/** The condolence money after a “两癌” screening: paid by the same desk, to whoever is entitled, in hardship or not. */
export const condolence = '两癌慰问金'
export const paidKinds = [...aidKinds, condolence] as const

/** From its day on so many more, or fewer. */
const step = (matter: string, on: string, value: number | null): Interval[] =>
  matter === '发放' || !value
    ? []
    : [{ fromOn: on, untilOn: null, value: matter === '建档' ? value : -value }]

/**
 * 困难女职工帮扶 as counts: what was opened, paid or closed on a day. Who it was stands in her file (src/hardship), which has
 * doors of its own; what goes through the aid centre is entered here by it, and nobody types it again.
 */
export const hardship = defineProgramme({
  key: 'hardship',
  label: '困难女职工帮扶',
  class: 'S2',
  section: '一（四）',
  fields: {
    matter: choice('事项', ['建档', '发放', '销档'], {
      purpose,
      required: true,
      hint: '只报数；经帮扶中心办理的由系统登记，不要再填',
    }),
    households: count('户数', { purpose, min: 1, max: 99_999 }),
    singles: count('其中单亲女职工人数', { purpose, max: 99_999 }),
    aidKind: choice('帮扶类别', paidKinds, { purpose }),
    times: count('发放人次', { purpose, min: 1, max: 99_999 }),
    helped: count('其中当年首次受助人数', {
      purpose,
      max: 99_999,
      hint: '一年内受助几次的只在第一次计入，全年不重复',
    }),
    amount: money('发放金额（元）', { purpose }),
    fund: choice('资金来源', funds, { purpose }),
  },
  list: ['title', 'endsOn', 'matter', 'households', 'times', 'amount'],
  when: {
    households: (r) => r.matter !== '发放',
    singles: (r) => r.matter !== '发放',
    aidKind: (r) => r.matter === '发放',
    times: (r) => r.matter === '发放',
    helped: (r) => r.matter === '发放',
    amount: (r) => r.matter === '发放',
    fund: (r) => r.matter === '发放',
  },
  // A record that somebody types has a title that anybody of the scope reads: “某某的慰问金” would tell of her illness (193).
  offers: { aidKind: () => aidKinds },
  barred: (r) =>
    r.matter === '发放' && r.aidKind === condolence
      ? {
          field: 'aidKind',
          message: `“${condolence}”不再由人填报，请退回：由帮扶中心在困难帮扶里发放，系统登记`,
        }
      : null,
  indicators: {
    files: {
      label: '在档困难女职工户数',
      unit: '户',
      kind: 'thing',
      nature: 'stock',
      intervals: (r) => step(r.matter, r.endsOn, r.households),
      cell: 'k5',
      style: 'exact',
      definition: '期末在档的困难女职工家庭，一户一档；建档日起计入，销档日起不再计入',
    },
    singleParents: {
      label: '在档单亲困难女职工人数',
      unit: '人',
      kind: 'person',
      nature: 'stock',
      intervals: (r) => step(r.matter, r.endsOn, r.singles),
      cell: 'k11',
      style: 'exact',
      definition: '期末在档的困难女职工中的单亲女职工，一人一档不重复',
    },
    helped: {
      label: '受帮扶困难女职工人数',
      unit: '人',
      kind: 'person',
      measure: { sum: 'helped' },
      where: (r) => r.matter === '发放' && r.aidKind !== condolence,
      cell: 'k5',
      style: 'exact',
      definition: '当年得到帮扶资金的困难女职工，按当年首次到账日期计，一年内受助几次计一人；不含两癌慰问金',
    },
    money: {
      label: '困难女职工帮扶资金',
      unit: '元',
      kind: 'money',
      measure: { sum: 'amount' },
      where: (r) => r.matter === '发放' && r.aidKind !== condolence,
      // Of one or two women, the sum is what each was given.
      cell: 'untold',
      beside: 'hardship.helped',
      style: 'exact',
      definition: '各类帮扶资金实际到账的金额合计，按银行回单日期计；不含两癌慰问金',
    },
    'screening.grants': {
      label: '领取两癌慰问金人数',
      unit: '人',
      kind: 'person',
      measure: { sum: 'helped' },
      where: (r) => r.matter === '发放' && r.aidKind === condolence,
      cell: 'k11',
      style: 'exact',
      definition: '领到两癌慰问金的女会员，按到账日期计，一个计划期内一人一次',
    },
    'screening.grantMoney': {
      label: '两癌慰问金金额',
      unit: '元',
      kind: 'money',
      measure: { sum: 'amount' },
      where: (r) => r.matter === '发放' && r.aidKind === condolence,
      cell: 'untold',
      beside: 'screening.grants',
      style: 'exact',
      definition: '两癌慰问金实际到账的金额合计，按银行回单日期计',
    },
  },
  check: (r) => [
    ...(r.matter !== '发放' && r.households === null
      ? [{ field: 'households', message: `${r.matter}请填写户数` }]
      : []),
    ...(r.singles !== null && r.households !== null && r.singles > r.households
      ? [{ field: 'singles', message: `单亲女职工 ${r.singles} 多于户数 ${r.households}，请核对` }]
      : []),
    ...(r.matter === '发放'
      ? (['aidKind', 'times', 'helped', 'amount', 'fund'] as const)
          .filter((field) => r[field] === null)
          .map((field) => ({ field, message: '发放请填写帮扶类别、人次、首次受助人数、金额和资金来源' }))
      : []),
    ...(r.helped !== null && r.times !== null && r.helped > r.times
      ? [{ field: 'helped', message: `首次受助人数 ${r.helped} 多于发放人次 ${r.times}，请核对` }]
      : []),
  ],
})

/**
 * The same form as the bank's answer to condolence money fills it in. A batch can be of one woman and then tells what the figure
 * hides: its record has no readers (S3), the batch has, who are named.
 */
export const condolencePaid: Programme = { ...hardship, class: 'S3', offers: () => null }
