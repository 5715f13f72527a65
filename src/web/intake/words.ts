import type { Counts } from '#intake/api.ts'
import type { LineState } from '#intake/target.ts'

type Words = { title: string; sub: string; back: string; what: string }

/** What the screen calls a target, by its key. */
export const targetWords: Readonly<Record<string, Words>> = {
  person: {
    title: '从表格导入会员',
    sub: '先核对，确认后才写入名册；证件号码和手机号码加密暂存，七天后自动清除',
    back: '返回会员',
    what: '人',
  },
  onboarding: {
    title: '从表格建单位和账号',
    sub: '一次建好全市的单位树和账号；先核对，确认后才建立',
    back: '返回账号与岗位',
    what: '行',
  },
}

export const stateWords: Readonly<Record<LineState, { label: string; color: string }>> = {
  wrong: { label: '需要修改', color: 'error' },
  warned: { label: '请看一眼', color: 'warning' },
  right: { label: '可以导入', color: 'success' },
  same: { label: '已有', color: 'default' },
  done: { label: '已导入', color: 'processing' },
}
/** In the order in which they matter. */
export const shownStates = ['wrong', 'warned', 'right', 'same', 'done'] as const

export const totalOf = (counts: Counts): number =>
  counts.right + counts.warned + counts.wrong + counts.same + counts.done
export const readyOf = (counts: Counts): number => counts.right + counts.warned

/** 「共 12 行：3 行需要修改，9 行可以导入」 */
export function countSentence(counts: Counts): string {
  const parts = [
    counts.wrong > 0 && `${counts.wrong} 行需要修改`,
    readyOf(counts) > 0 && `${readyOf(counts)} 行可以导入`,
    counts.same > 0 && `${counts.same} 行已有、不重复导入`,
    counts.done > 0 && `${counts.done} 行已导入`,
  ].filter((part) => part !== false)
  return `共 ${totalOf(counts)} 行：${parts.join('，')}`
}
