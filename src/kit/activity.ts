import { choice, count, money, text } from './field/index.ts'
import { headcount } from './check.ts'
import type { Issue } from './programme.ts'

/** 资金来源 (domain: 全总|省总|市总|区县|单位|自筹). */
export const funds = ['全总', '省总', '市总', '区县', '单位', '自筹'] as const

/** The part that event programmes share: how often, how many. `all` includes the women. */
export const activity = {
  mode: choice('方式', ['线下', '线上', '混合'], { required: true }),
  count: count('期（场）数', { required: true, min: 1, max: 999, hint: '同日办两场填 2' }),
  all: count('参加总人次', { required: true, min: 1 }),
  women: count('其中女职工', { required: true }),
  teacher: text('授课人或主持人', { max: 60 }),
  cost: money('经费（元）'),
  fund: choice('经费来源', funds),
}

/** Women are among all. */
export function activityCheck(r: { women: number; all: number }): Issue[] {
  return headcount(r.women, r.all, 'women')
}
