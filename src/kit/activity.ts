import { choice, count, money, text } from './field/index.ts'
import { headcount } from './check.ts'
import type { Issue } from './programme.ts'

/** 资金来源 (domain: 全总|省总|市总|区县|单位|自筹). */
export const funds = ['全总', '省总', '市总', '区县', '单位', '自筹'] as const

/**
 * The part that event programmes share: how often, how many. `all` includes the women.
 * @param word measure word of the programme: a class counts in 期, a talk in 场.
 */
export const activity = (word: '期' | '场') => ({
  mode: choice('方式', ['线下', '线上', '混合'], { required: true }),
  count: count(`${word}数`, { required: true, min: 1, max: 999, hint: `一条记录办了两${word}就填 2` }),
  all: count('参加总人次', { required: true, min: 1 }),
  women: count('其中女职工', { required: true }),
  teacher: text('授课人或主持人', { max: 60 }),
  cost: money('经费（元）'),
  fund: choice('经费来源', funds),
})

/** Women are among all. */
export function activityCheck(r: { women: number; all: number }): Issue[] {
  return headcount(r.women, r.all, 'women')
}

/** More than 20 sessions or more than 2,000 people a session: possible, but more often a slip of the pen. */
export function activityWarn(r: { count: number; all: number }): Issue[] {
  const issues: Issue[] = []
  if (r.count > 20)
    issues.push({ field: 'count', message: `一条记录里有 ${r.count} 期（场），请核对是否应当分开填写` })
  if (r.all / r.count > 2000) {
    const each = Math.round(r.all / r.count)
    issues.push({ field: 'all', message: `平均每期（场）${each} 人次，请核对是否多填了位数` })
  }
  return issues
}
