import { opinion, pair, wide, type FormLayout } from '#paper/form/layout.ts'

export const childcareForms: readonly FormLayout[] = [
  {
    key: 'application',
    title: '职工子女托管班申报审批表',
    rows: [
      wide('班级名称', '{title}'),
      pair(['地点', '{place}'], ['每日时间', '{hours}']),
      wide('时段', '{season|boxes}'),
      pair(['开班日期', '{startsOn}'], ['结班日期', '{endsOn}']),
      pair(['开班天数', '{workdays}天'], ['班级级别', '{level}']),
      pair(['托位数', '{places}个'], ['托管子女', '{children}人']),
      {
        child: 'funds',
        columns: [
          { label: '经费来源', field: 'source', span: 6 },
          { label: '金额', field: 'amount', span: 6 },
        ],
        least: 2,
      },
      wide('安全措施', '', 22),
      opinion('申报单位\n意见'),
      opinion('区县或产业\n工会意见'),
      opinion('市总工会\n女职工\n委员会意见'),
    ],
  },
]
