/** A sheet of one line scored by hand, as a cadre of the city would ask for it. */
export const sheetAsked = {
  year: 2019,
  title: '2019年考核',
  note: '',
  tiers: ['grassroots'],
  fromYm: 201901,
  untilYm: 201912,
  selfDue: '2020-03-31',
  reviewDue: '2020-04-15',
  finalDue: '2020-04-30',
  lines: [
    {
      key: 'a',
      kind: 'manual',
      section: '组织建设',
      item: '换届',
      points: 1000,
      formula: null,
      evidence: '',
    },
  ],
}
