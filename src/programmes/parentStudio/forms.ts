import { opinion, pair, wide, type FormLayout } from '#paper/form/layout.ts'

export const parentStudioForms: readonly FormLayout[] = [
  {
    key: 'application',
    title: '职工亲子工作室申报表',
    rows: [
      wide('名称', '{title}'),
      pair(['申报级别', '{level}'], ['启用日期', '{openedOn}']),
      wide('地址', '{address}'),
      pair(['面积', '{area}平方米'], ['开放时间', '{hours}']),
      wide('设备', '{equipment}'),
      wide('活动安排', '{note}', 30),
      opinion('申报单位\n意见'),
      opinion('区县或产业\n工会意见'),
      opinion('市总工会\n女职工\n委员会意见'),
    ],
  },
]
