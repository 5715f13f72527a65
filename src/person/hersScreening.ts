import { c, type HerTable } from './herTable.ts'

/** What hangs on her place in a screening round: whether she is asked to call the hospital, and nothing of why. */
export const screeningWay: Readonly<Record<string, HerTable>> = {
  screening_follow: {
    title: '“两癌”筛查：请本人联系医院',
    by: 'person',
    key: 'entry_id',
    via: 'screening_entry',
    columns: {
      entry_id: null,
      state: c('是否已联系', { needed: '请您联系医院', closed: '已联系' }),
      told_on: c('登记日期'),
      closed_on: c('联系后登记的日期'),
    },
  },
}
