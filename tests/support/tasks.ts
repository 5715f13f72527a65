import type { NewTask } from '#task/api.ts'

/** A question sent down with its legal head, ready to be sent as it stands. */
export const survey = (more: Partial<NewTask> = {}): NewTask => ({
  title: '母婴设施需求摸底',
  note: '',
  formNo: '女工01表',
  issuer: '示例市总工会',
  approvalNo: '示例统制〔2020〕1号',
  validFrom: '2020-01-01',
  validUntil: '2020-12-31',
  programme: null,
  questions: [{ kind: 'yesNo', label: '是否需要新建母婴室', required: true }],
  tiers: ['grassroots'],
  fromOn: '2020-01-01',
  untilOn: '2020-03-31',
  dueOn: '2020-04-20',
  reason: '',
  ...more,
})
