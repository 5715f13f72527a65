import { opinion, pair, wide, type FormLayout, type FormRow } from '#paper/form/layout.ts'

const titles: FormRow = {
  child: 'titles',
  columns: [
    { label: '推荐（获得）称号', field: 'honourType', span: 5 },
    { label: '授予单位', field: 'giver', span: 4 },
    { label: '级别', field: 'level', span: 3 },
  ],
  least: 1,
}
const opinionsAbove = [
  opinion('所在单位\n意见'),
  opinion('区县或产业\n工会意见'),
  opinion('市总工会\n女职工\n委员会意见'),
]

/** What only she can tell stays open for her hand: the record holds no more of a person than the honour needs. */
export const honourForms: readonly FormLayout[] = [
  {
    key: 'person',
    title: '先进女职工推荐审批表',
    when: { field: 'subject', is: ['个人', '女职工工作者'] },
    rows: [
      pair(['姓名', '{honoree}'], ['推荐类别', '{subject}']),
      pair(['所在单位', '{employer}'], ['职务或岗位', '']),
      pair(['出生年月', ''], ['政治面貌', '']),
      titles,
      pair(['表彰文号', '{docNo}'], ['授予日期', '{grantedOn}']),
      wide('主要事迹', '{note}', 48),
      ...opinionsAbove,
    ],
  },
  {
    key: 'collective',
    title: '先进女职工集体推荐审批表',
    when: { field: 'subject', is: ['集体', '家庭', '托管点'] },
    rows: [
      pair(['名称', '{honoree}'], ['推荐类别', '{subject}']),
      pair(['所在单位', '{employer}'], ['负责人', '']),
      pair(['集体人数', '{size}'], ['其中女职工', '{women}']),
      titles,
      pair(['表彰文号', '{docNo}'], ['授予日期', '{grantedOn}']),
      wide('主要事迹', '{note}', 48),
      ...opinionsAbove,
    ],
  },
]
