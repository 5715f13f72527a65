import { choice, count, creditCode, day, text } from '#kit/field/index.ts'
import { defineProgramme } from '#kit/programme.ts'
import { clauseItems, clausesCheck, floorWarn } from './clauses.ts'
import {
  chainCheck,
  congressCheck,
  congressWarn,
  coveredCheck,
  datesCheck,
  filingWarn,
  objectionWarn,
  replyWarn,
  termCheck,
} from './rules.ts'

/**
 * 女职工权益保护专项集体合同 (劳动合同法 第五十一至五十五条, 集体合同规定). A fact of the day it was signed;
 * as a stock it holds from the day it takes effect to the last day of its term. The firms it covers are rows:
 * one for a contract of an enterprise, several for a regional or trade contract.
 */
export const contract = defineProgramme({
  key: 'contract',
  label: '女职工专项集体合同',
  class: 'S1',
  section: '一（三）',
  dated: 'signedOn',
  fields: {
    regNo: text('合同编号', { required: true, max: 40, own: true }),
    form: choice('文本形式', ['单独', '专章', '附件'], { required: true }),
    scope: choice('覆盖范围', ['企业', '区域性', '行业性'], { required: true }),
    signKind: choice('签订类别', ['首签', '续订', '变更'], { required: true, hint: '变更不计入签约份数' }),
    replacesNo: text('原合同编号', {
      max: 40,
      own: true,
      hint: '续订、变更时填被续订或变更的合同编号，两份合同就连成一条',
    }),
    employerChief: text('企业方首席代表', { required: true, max: 40 }),
    unionChief: text('职工方首席代表', { required: true, max: 40 }),
    offeredOn: day('要约日期', { hint: '一方书面提出协商要求的日期' }),
    repliedOn: day('回应日期'),
    draftedOn: day('草案形成日期'),
    heldOn: day('职代会日期', { required: true }),
    due: count('应到代表数', { required: true, min: 1 }),
    present: count('实到代表数', { required: true, min: 1 }),
    inFavour: count('赞成票数', { required: true, min: 1 }),
    signedOn: day('签订日期', { required: true, hint: '按双方首席代表签字的日期计入当月' }),
    filedOn: day('报送人社部门日期', { required: true }),
    acceptanceNo: text('人社部门受理编号', { max: 40, own: true }),
    finding: choice('人社部门审查意见', ['无异议', '提出异议'], { own: true }),
    effectiveOn: day('生效日期', { required: true }),
    termFromOn: day('合同期限起', { required: true, follows: 'effectiveOn' }),
    termUntilOn: day('合同期限止', { required: true }),
    publishedOn: day('公布日期'),
    unionFiledOn: day('报上级工会日期'),
  },
  children: {
    covered: {
      label: '覆盖企业',
      fields: {
        firm: text('企业名称', { required: true, max: 100 }),
        creditCode: creditCode('统一社会信用代码'),
        women: count('女职工数', { required: true }),
      },
    },
    clauses: {
      label: '条款',
      hint: '摘录合同原文；有法定标准的填上约定的数，低于标准的会标出',
      fields: {
        item: choice('事项', clauseItems, { required: true }),
        quote: text('原文', { required: true, max: 500 }),
        agreed: count('约定数值', { max: 9999, hint: '天数、分钟数或月数，例如产假填 98' }),
      },
    },
  },
  list: ['title', 'signedOn', 'scope', 'signKind', 'termUntilOn'],
  when: { replacesNo: (r) => r.signKind !== '首签' },
  indicators: {
    signed: {
      label: '专项集体合同签约份数',
      unit: '份',
      kind: 'document',
      measure: 'records',
      on: 'signedOn',
      where: (r) => r.signKind !== '变更',
      cell: 'none',
      style: 'exact',
      definition: '首签和续订的女职工专项集体合同份数，按签订日期计；变更不计，一份区域性或行业性合同计一份',
    },
    valid: {
      label: '有效专项集体合同份数',
      unit: '份',
      kind: 'document',
      nature: 'stock',
      intervals: (r) =>
        r.signKind === '变更' ? [] : [{ fromOn: r.effectiveOn, untilOn: r.termUntilOn, value: 1 }],
      cell: 'none',
      style: 'exact',
      definition: '期末当日有效的女职工专项集体合同份数，从生效日期到合同期限止；变更不另计',
    },
  },
  ruled: true,
  check: (r, rules) => [
    ...datesCheck(r),
    ...termCheck(r, rules),
    ...congressCheck(r),
    ...coveredCheck(r),
    ...chainCheck(r),
    ...clausesCheck(r),
  ],
  warn: (r, rules) => [
    ...replyWarn(r, rules),
    ...congressWarn(r, rules),
    ...filingWarn(r, rules),
    ...objectionWarn(r),
    ...floorWarn(r, rules),
  ],
})
