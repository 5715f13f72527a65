import type { Counts } from '#intake/api.ts'
import { lineStates, type LineState } from '#intake/target.ts'
import { findProgramme } from '#programmes/index.ts'

type Words = { title: string; sub: string; back: string }

const others: Readonly<Record<string, Words>> = {
  person: {
    title: '从表格导入会员',
    sub: '先核对，确认后才写入名册；证件号码和手机号码加密暂存，七天后自动清除',
    back: '返回会员',
  },
  earlier: {
    title: '从表格导入历年数据',
    sub: '先核对，确认后提交，由另一位同志审核；历年数据一律记为估报，只作对比',
    back: '返回历年数据',
  },
  onboarding: {
    title: '从表格建单位和账号',
    sub: '一次建好全市的单位树和账号；先核对，确认后才建立',
    back: '返回账号与岗位',
  },
}

/** What the screen calls a target, by its key; null where there is none. */
export function wordsOf(target: string): Words | null {
  const programme = findProgramme(target)
  if (!programme) return others[target] ?? null
  return {
    title: `从表格导入：${programme.label}`,
    sub: '先核对，确认后才上报；没导入的表格保留七天，随时可以接着改',
    back: '返回台账',
  }
}

export const stateWords: Readonly<Record<LineState, { label: string; color: string }>> = {
  wrong: { label: '错误', color: 'error' },
  double: { label: '疑似重复', color: 'purple' },
  warned: { label: '提醒', color: 'warning' },
  right: { label: '可入库', color: 'success' },
  skipped: { label: '跳过', color: 'default' },
  same: { label: '已有', color: 'default' },
  done: { label: '已导入', color: 'processing' },
}
/** In the order in which they matter. */
export const shownStates = ['wrong', 'double', 'warned', 'right', 'skipped', 'same', 'done'] as const

export const choiceWords = { skip: '跳过', update: '更新', add: '仍新增' } as const

export const totalOf = (counts: Counts): number => lineStates.reduce((sum, state) => sum + counts[state], 0)
export const readyOf = (counts: Counts): number => counts.right + counts.warned

/** 「共 12 行：3 行有错，9 行可以导入」 */
export function countSentence(counts: Counts): string {
  const parts = [
    counts.wrong > 0 && `${counts.wrong} 行有错`,
    counts.double > 0 && `${counts.double} 行疑似重复`,
    readyOf(counts) > 0 && `${readyOf(counts)} 行可以导入`,
    counts.skipped > 0 && `${counts.skipped} 行跳过`,
    counts.same > 0 && `${counts.same} 行已有、不重复导入`,
    counts.done > 0 && `${counts.done} 行已导入`,
  ].filter((part) => part !== false)
  return `共 ${totalOf(counts)} 行：${parts.join('，')}`
}
