/** Where one woman stands with one event. */
export const entryStates = [
  'placed',
  'waiting',
  'offered',
  'asked',
  'refused',
  'cancelled',
  'declined',
  'expired',
] as const
export type EntryState = (typeof entryStates)[number]

export const entryStateWords: Readonly<Record<EntryState, string>> = {
  placed: '已有名额',
  waiting: '候补中',
  offered: '候补到位，待确认',
  asked: '已报名，待主办单位确认',
  refused: '未通过',
  cancelled: '已取消',
  declined: '已放弃',
  expired: '逾期未确认',
}
