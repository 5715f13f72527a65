import { funds } from '#kit/activity.ts'
import { choice, count, money, text } from '#kit/field/index.ts'
import { defineProgramme } from '#kit/programme.ts'
import { wordsOfResult } from './resultWords.ts'

/**
 * “两癌”筛查: a return per unit, round and fund. Counts only, never a name nor a result, hence class S1;
 * booking, attendance and follow-up (S3) belong to the lifecycle, and the union stores no diagnosis at all.
 */
export const screening = defineProgramme({
  key: 'screening',
  label: '“两癌”筛查',
  class: 'S1',
  section: '一（四）',
  fields: {
    round: text('批次', { required: true, max: 40, own: true, hint: '例如 2019年第一批' }),
    fund: choice('经费来源', funds, { required: true }),
    persons: count('筛查人数', { required: true, min: 1, hint: '只填人数，不填姓名，不填检查结果' }),
    cost: money('经费（元）'),
  },
  list: ['title', 'endsOn', 'round', 'fund', 'persons'],
  indicators: {
    persons: {
      label: '两癌筛查人数',
      unit: '人',
      kind: 'person',
      measure: { sum: 'persons' },
      where: (r) => r.fund === '省总' || r.fund === '市总',
      cell: 'k5',
      style: 'exact',
      notDeduplicated: true,
      definition: '省总和市总经费筛查的女职工人数，按筛查结束日期计；只登记人数，不登记姓名和结果',
    },
    cost: {
      label: '两癌筛查经费',
      unit: '元',
      kind: 'money',
      measure: { sum: 'cost' },
      // Divided by the price of one screening, which is no secret, it is the number of persons.
      cell: 'untold',
      beside: 'screening.persons',
      style: 'exact',
      definition: '各类经费用于两癌筛查的金额合计，按筛查结束日期计',
    },
  },
  check: (r) => [...wordsOfResult('title', r.title), ...wordsOfResult('note', r.note)],
})
