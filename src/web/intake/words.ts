import type { Counts } from '#intake/api.ts'
import { lineStates, readyOf, type LineState } from '#intake/target.ts'
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
  employer: {
    title: '从表格导入用人单位登记册',
    sub: '按统一社会信用代码新增或更新；先核对，确认后才写入',
    back: '返回覆盖盲区',
  },
  eventEntry: {
    title: '用名单为会员报名',
    sub: '先核对，确认后才报名；每人在一项活动里只有一个名额，从哪里报都一样；证件号码只用来认人，七天后自动清除',
    back: '返回活动',
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
  update: { label: '将更新', color: 'blue' },
  skipped: { label: '跳过', color: 'default' },
  same: { label: '已有', color: 'default' },
  done: { label: '已导入', color: 'default' },
  undone: { label: '已撤销', color: 'default' },
}
/** In the order in which they matter. */
export const shownStates = [
  'wrong',
  'double',
  'warned',
  'update',
  'right',
  'skipped',
  'same',
  'done',
  'undone',
] as const

/** What the colours of cells mean, of those that the rows have. */
export const legendOf = ({ wrong, warned, update }: Counts): { grade: string; label: string }[] => [
  ...(wrong > 0 ? [{ grade: 'cell-error', label: '要改' }] : []),
  ...(warned > 0 ? [{ grade: 'cell-warning', label: '请看一眼' }] : []),
  ...(update > 0 ? [{ grade: 'cell-changed', label: '将改动已有内容' }] : []),
]

export const choiceWords = { skip: '跳过', update: '更新', add: '仍新增' } as const

export const totalOf = (counts: Counts): number => lineStates.reduce((sum, state) => sum + counts[state], 0)

/** 「共 12 行：3 行有错，9 行可以导入」 */
export function countSentence(counts: Counts): string {
  const parts = [
    counts.wrong > 0 && `${counts.wrong} 行有错`,
    counts.double > 0 && `${counts.double} 行疑似重复`,
    readyOf(counts) > 0 &&
      `${readyOf(counts)} 行可以导入${counts.update > 0 ? `（其中 ${counts.update} 行将更新已有内容）` : ''}`,
    counts.skipped > 0 && `${counts.skipped} 行跳过`,
    counts.same > 0 && `${counts.same} 行已有、不重复导入`,
    counts.done > 0 && `${counts.done} 行已导入`,
    counts.undone > 0 && `${counts.undone} 行已撤销`,
  ].filter((part) => part !== false)
  return `共 ${totalOf(counts)} 行：${parts.join('，')}`
}
