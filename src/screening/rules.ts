import * as z from 'zod/mini'
import { defineRule } from '#kit/rule.ts'

const age = z.int().check(z.gte(16), z.lte(100))

/** For whom a round is: fixed in the round by the version of its first day. */
export const screeningTerms = defineRule({
  key: 'screeningTerms',
  title: '“两癌”筛查对象和周期',
  explain:
    '按体检当天的周岁核对；查过一次，满一个周期才能再查，不论上次由哪个单位组织。轮次按开始那天的版本执行，以后修改不影响已经开始的轮次。',
  schema: z.object({
    minAge: age,
    maxAge: age,
    cycleYears: z.int().check(z.gte(1), z.lte(10)),
  }),
  labels: { minAge: '最小周岁', maxAge: '最大周岁', cycleYears: '周期（年）' },
  versions: [
    {
      fromOn: '2018-01-01',
      basis:
        '妇女权益保障法 第三十一条；年龄参照“两癌”检查公共服务项目（35 至 64 周岁），周期为三年，请按本市规定录入',
      value: { minAge: 35, maxAge: 64, cycleYears: 3 },
    },
  ],
})

export const screeningRules = [screeningTerms] as const
