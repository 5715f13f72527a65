import { opinion, pair, wide, type FormLayout } from '#paper/form/layout.ts'

export const studioForms: readonly FormLayout[] = [
  {
    key: 'application',
    title: '女职工创新工作室申报表',
    rows: [
      wide('工作室名称', '{title}'),
      pair(['领衔人', '{leader}'], ['专业方向', '{trade}']),
      pair(['申报级别', '{level}'], ['命名日期', '{namedOn}']),
      pair(['成员人数', '{members}'], ['其中女职工', '{women}']),
      wide('攻关目标', '{goal}', 20),
      {
        child: 'results',
        columns: [
          { label: '创新成果', field: 'name', span: 7 },
          { label: '已获专利', field: 'patented', span: 2 },
          { label: '经济效益', field: 'benefit', span: 3 },
        ],
        least: 3,
      },
      pair(['申请补助', '{subsidy}'], ['最近复核', '{reviewedOn}']),
      opinion('申报单位\n意见'),
      opinion('区县或产业\n工会意见'),
      opinion('市总工会\n女职工\n委员会意见'),
    ],
  },
]
