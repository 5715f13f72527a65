import { opinion, pair, wide, type FormLayout } from '#paper/form/layout.ts'

export const careRoomForms: readonly FormLayout[] = [
  {
    key: 'application',
    title: '女职工特殊关爱室申报表',
    rows: [
      pair(['名称', '{title}'], ['建成日期', '{builtOn}']),
      wide('形式', '{form|boxes}'),
      wide('地址', '{address}　{doorHint}'),
      pair(['面积', '{area}平方米'], ['开放时间', '{hours}']),
      pair(['惠及女职工', '{coveredWomen}人'], ['联系电话', '{phone}']),
      pair(['父亲可入', '{fathersWelcome|boxes}'], ['无障碍通行', '{stepFree|boxes}']),
      pair(['申请补助', '{subsidy}'], ['最近核实', '{verifiedOn}']),
      wide('设备配置', '{equipment.item}'),
      opinion('申报单位\n意见'),
      opinion('区县或产业\n工会意见'),
      opinion('市总工会\n女职工\n委员会意见'),
    ],
  },
]
