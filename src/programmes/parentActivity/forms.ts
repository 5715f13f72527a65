import { opinion, pair, wide, type FormLayout } from '#paper/form/layout.ts'

export const parentActivityForms: readonly FormLayout[] = [
  {
    key: 'approval',
    title: '职工亲子活动审批表',
    rows: [
      wide('活动名称', '{title}'),
      pair(['开始日期', '{startsOn}'], ['结束日期', '{endsOn}']),
      pair(['地点', '{place}'], ['亲子工作室', '{studio}']),
      wide('类别', '{kind|boxes}'),
      wide('规模', '{count}场，家长{parents}人次，儿童{children}人次'),
      pair(['经费', '{cost}'], ['经费来源', '{fund}']),
      wide('内容和\n安全措施', '{note}', 30),
      opinion('主办单位\n意见'),
      opinion('上级工会\n意见'),
      opinion('经费审批\n意见'),
    ],
  },
]
