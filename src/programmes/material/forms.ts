import { opinion, pair, wide, type FormLayout } from '#paper/form/layout.ts'

export const materialForms: readonly FormLayout[] = [
  {
    key: 'approval',
    title: '宣传品印制发放审批表',
    rows: [
      wide('名称', '{title}'),
      pair(['品名', '{item}'], ['其他品名', '{otherItem}']),
      pair(['印制或发放', '{act|boxes}'], ['份（册）数', '{copies}']),
      pair(['开始日期', '{startsOn}'], ['结束日期', '{endsOn}']),
      wide('内容和\n发放范围', '{note}', 44),
      opinion('申请单位\n意见'),
      opinion('上级工会\n意见'),
    ],
  },
]
