import { label, opinions, pair, say, signatures, wide, type FormLayout } from '#paper/form/layout.ts'

/** Sent with the contract to the labour office within ten days of signing (劳动合同法 第五十四条), and to the union above. */
export const contractForms: readonly FormLayout[] = [
  {
    key: 'filing',
    title: '女职工权益保护专项集体合同送审表',
    rows: [
      pair(['合同名称', '{title}'], ['合同编号', '{regNo}']),
      wide('文本形式', '{form|boxes}'),
      wide('覆盖范围', '{scope|boxes}'),
      wide('签订类别', '{signKind|boxes}'),
      pair(['企业方\n首席代表', '{employerChief}'], ['职工方\n首席代表', '{unionChief}']),
      wide('职代会审议', '{heldOn}召开，应到代表{due}人，实到{present}人，赞成{inFavour}票'),
      pair(['签订日期', '{signedOn}'], ['生效日期', '{effectiveOn}']),
      wide('合同期限', '{termFromOn}至{termUntilOn}'),
      {
        child: 'covered',
        columns: [
          { label: '覆盖企业', field: 'firm', span: 6 },
          { label: '统一社会信用代码', field: 'creditCode', span: 4 },
          { label: '女职工数', field: 'women', span: 2 },
        ],
        least: 1,
      },
      signatures('企业方\n首席代表', '职工方\n首席代表'),
      opinions('企\n业\n方', '工\n会\n方'),
      opinions('上\n级\n工\n会', '人\n社\n部\n门'),
      {
        cells: [label('送审日期'), say('{filedOn}', 4), label('报上级工会'), say('{unionFiledOn}', 4)],
      },
    ],
  },
]
