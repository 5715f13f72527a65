import { opinion, pair, wide, type FormLayout } from '#paper/form/layout.ts'

/** Head counts and money alone: names and findings stay with the hospital. */
export const screeningForms: readonly FormLayout[] = [
  {
    key: 'fund',
    title: '女职工两癌筛查经费审批表',
    rows: [
      wide('名称', '{title}'),
      pair(['批次', '{round}'], ['承检地点', '{place}']),
      pair(['开始日期', '{startsOn}'], ['结束日期', '{endsOn}']),
      pair(['筛查人数', '{persons}人'], ['经费', '{cost}']),
      wide('经费来源', '{fund|boxes}'),
      wide('组织安排', '{note}', 44),
      opinion('申请单位\n意见'),
      opinion('上级工会\n意见'),
      opinion('经费审批\n意见'),
    ],
  },
]
