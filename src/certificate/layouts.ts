/** What certificates there are, as data: words with bindings to the record, and where they stand on the sheet. */
export type CertificateLayout = {
  key: string
  /** How it is called where one is chosen. */
  label: string
  programme: string
  /** Printed large. */
  title: string
  /** Field of the record that names who gets it; `names` = typed in, one a line; `org` = the unit whose record it is. */
  recipient: { field: string } | 'names' | 'org'
  /** Recipients that are persons, by a choice of the record; always for typed names. */
  persons?: { field: string; is: readonly string[] }
  /** Rows of children that the issuer itself gave, by the field that names the giver: nobody certifies another's title. */
  given?: { child: string; by: string }
  /**
   * `{field}`, `{@org}` (unit of the record), `[titles|{giver}授予的“{honourType}”称号|、]` for each row of children,
   * `[?hours|，共{hours}学时]` where the field has a value.
   */
  words: string
}

const completion = (programme: string, label: string, subject: string): CertificateLayout => ({
  key: `${programme}-completion`,
  label,
  programme,
  title: '结业证书',
  recipient: 'names',
  words: `于{startsOn}至{endsOn}参加{@org}举办的“{title}”[?${subject}|，学习内容为{${subject}}][?hours|，共{hours}学时]，完成学习，准予结业。`,
})

export const certificateLayouts: readonly CertificateLayout[] = [
  {
    key: 'honour',
    label: '荣誉证书',
    programme: 'honour',
    title: '荣誉证书',
    recipient: { field: 'honoree' },
    persons: { field: 'subject', is: ['个人', '女职工工作者', '家庭'] },
    given: { child: 'titles', by: 'giver' },
    words: '荣获[titles|{giver}授予的“{honourType}”称号|、]（{docNo}），特发此证，以资鼓励。',
  },
  completion('training', '教育培训结业证书', 'subject'),
  completion('skillClass', '技能培训结业证书', 'trade'),
  {
    key: 'training-held',
    label: '办班证明',
    programme: 'training',
    title: '办班证明',
    recipient: 'org',
    words:
      '于{startsOn}至{endsOn}举办“{title}”，共{count}期，{all}人次参加，其中女职工{women}人次。特此证明。',
  },
]

export const findCertificate = (key: string): CertificateLayout | undefined =>
  certificateLayouts.find((layout) => layout.key === key)

/** Millimetres on A4 across; one sheet for all of them. */
export const sheet = {
  width: 297,
  height: 210,
  frame: { inset: 9, gap: 2.2, outer: '#b8893b', inner: '#a4232b', outerWidth: 2.4, innerWidth: 0.8 },
  title: { top: 30, size: 46, spacing: 14, color: '#a4232b' },
  recipient: { left: 40, top: 72, size: 25 },
  words: { left: 40, top: 92, width: 217, size: 22, lineGap: 12 },
  issuer: { centre: 205, top: 152, size: 19, lineGap: 6 },
  qr: { left: 28, top: 156, size: 26 },
  code: { left: 58, top: 160, size: 10, lineGap: 4 },
  mark: { top: 192, size: 8, color: '#666666' },
  demo: { top: 15, size: 10 },
} as const
