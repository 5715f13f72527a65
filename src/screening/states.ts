export const roundStates = ['draft', 'open', 'closed'] as const
export type RoundState = (typeof roundStates)[number]
export const roundStateWords: Readonly<Record<RoundState, string>> = {
  draft: '筹备',
  open: '进行中',
  closed: '已结束',
}

/** Where a woman stands in a round. What was found is no state. */
export const entryStates = ['listed', 'booked', 'attended', 'missed', 'declined', 'cancelled'] as const
export type EntryState = (typeof entryStates)[number]
export const entryStateWords: Readonly<Record<EntryState, string>> = {
  listed: '已列入，待预约',
  booked: '已预约',
  attended: '到检',
  missed: '未到',
  declined: '本人不参加',
  cancelled: '已取消',
}

export const quotas = ['directed', 'open'] as const
export type Quota = (typeof quotas)[number]
export const quotaWords: Readonly<Record<Quota, string>> = { directed: '定向', open: '公开' }

/** Who is named for a round: who deals with the hospital, and who follows up. */
export const duties = ['book', 'followUp'] as const
export type Duty = (typeof duties)[number]
export const dutyWords: Readonly<Record<Duty, string>> = { book: '名单和到检', followUp: '随访' }

/** What a member is to a round before she is on its list. */
export const standings = ['due', 'later', 'over', 'elsewhere', 'unknown'] as const
export type Standing = (typeof standings)[number]
export const standingWords: Readonly<Record<Standing, string>> = {
  due: '应查，未列入',
  later: '还没到时候',
  over: '超过年龄',
  elsewhere: '已在别的轮次',
  unknown: '没有出生日期',
}
