import type { Bound, ItemState, SplitRule, SuggestionState } from './api.ts'

export const boundWords: Readonly<Record<Bound, string>> = { atLeast: '不少于', reach: '达到' }

export const itemStateWords: Readonly<Record<ItemState, string>> = {
  open: '推进中',
  reached: '已达目标',
  done: '已完成',
  overdue: '已逾期',
}

export const ruleWords: Readonly<Record<SplitRule, { label: string; hint: string }>> = {
  lastYear: { label: '按上年实绩', hint: '按各单位上年审核通过的数占比分' },
  headCount: { label: '按女会员人数', hint: '按各单位及下属的女会员人数占比分' },
  byHand: { label: '手工分', hint: '自己填；不给数字的单位只领任务' },
}

export const suggestionWords: Readonly<Record<SuggestionState, string>> = {
  open: '待答复',
  accepted: '已采纳',
  declined: '未采纳',
}

/** How a day stands to today, in days of the calendar: a plan is read by months, not by office hours. */
export function dayWords(dueOn: string, today: string): string {
  const days = Math.round((Date.parse(dueOn) - Date.parse(today)) / 86_400_000)
  if (days === 0) return '今天到期'
  return days < 0 ? `已过 ${-days} 天` : `还有 ${days} 天`
}
