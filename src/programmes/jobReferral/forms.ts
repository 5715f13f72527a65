import { opinion, pair, wide, type FormLayout } from '#paper/form/layout.ts'

export const jobReferralForms: readonly FormLayout[] = [
  {
    key: 'approval',
    title: '女职工就业服务活动审批表',
    rows: [
      wide('活动名称', '{title}'),
      pair(['开始日期', '{startsOn}'], ['结束日期', '{endsOn}']),
      wide('地点', '{place}'),
      wide('类别', '{kind|boxes}'),
      pair(['用人单位', '{firms}个'], ['岗位', '{posts}个']),
      pair(['达成意向', '{intents}人'], ['惠及', '{beneficiaries}人']),
      wide('活动安排', '{note}', 44),
      opinion('主办单位\n意见'),
      opinion('上级工会\n意见'),
    ],
  },
]
