import { opinion, opinions, pair, wide, type FormLayout } from '#paper/form/layout.ts'

/** Asked of the union above when a committee is founded or elected anew (工会女职工委员会工作条例). */
export const committeeForms: readonly FormLayout[] = [
  {
    key: 'founding',
    title: '女职工委员会成立（换届）报批表',
    rows: [
      wide('名称', '{title}'),
      wide('形式', '{form|boxes}'),
      pair(['成立日期', '{foundedOn}'], ['批复文号', '{approvalNo}']),
      {
        child: 'terms',
        columns: [
          { label: '届次', field: 'termNo', span: 1 },
          { label: '任期起', field: 'fromOn', span: 3 },
          { label: '任期止', field: 'untilOn', span: 3 },
          { label: '主任（委员）', field: 'director', span: 3 },
          { label: '主任来源', field: 'directorKind', span: 2 },
        ],
        least: 1,
      },
      {
        child: 'members',
        columns: [
          { label: '姓名', field: 'name', span: 4 },
          { label: '职务', field: 'post', span: 2 },
          { label: '任职日期', field: 'fromOn', span: 4 },
          { label: '产生方式', field: 'how', span: 2 },
        ],
        least: 5,
      },
      opinions('本\n级\n工\n会', '单\n位\n党\n组\n织'),
      opinion('上级工会\n女职工\n委员会意见'),
    ],
  },
]
