import * as z from 'zod/mini'
import { defineRule } from '#kit/rule.ts'

/** From how many women members, members and women workers on what is due. */
export const committeeDuty = defineRule({
  key: 'committeeDuty',
  title: '建立女职工组织的人数标准',
  explain:
    '女会员达到人数的单位应建女职工委员会，不足的设女职工委员；组建率、用人单位覆盖率、覆盖盲区和看板都按它计算。',
  schema: z.object({
    committeeFrom: z.int().check(z.gte(1), z.lte(1000)),
    unionFrom: z.int().check(z.gte(1), z.lte(1000)),
    employerFrom: z.int().check(z.gte(1), z.lte(1000)),
  }),
  labels: {
    committeeFrom: '女会员多少人以上建女职工委员会',
    unionFrom: '会员多少人以上建工会委员会',
    employerFrom: '女职工多少人以上的用人单位计入应覆盖',
  },
  versions: [
    {
      fromOn: '2001-10-27',
      basis:
        '工会法 第十一条（2021年修正前为第十条）；工会女职工委员会工作条例（女会员十人以上建委员会，不足十人设委员）',
      value: { committeeFrom: 10, unionFrom: 25, employerFrom: 1 },
    },
  ],
})

/** When a unit is told that the term of its committee ends. */
export const termReminders = defineRule({
  key: 'termReminders',
  title: '换届提醒的天数',
  explain: '女职工组织任期届满前提醒两次，届满当日再提醒一次；届满前较早的一次起列入覆盖盲区的“即将届满”。',
  schema: z.object({
    firstDays: z.int().check(z.gte(1), z.lte(365)),
    secondDays: z.int().check(z.gte(1), z.lte(365)),
  }),
  labels: { firstDays: '第一次提前几天', secondDays: '第二次提前几天' },
  versions: [
    {
      fromOn: '2001-10-27',
      basis:
        '工会法 第十六条（2021年修正前为第十五条；每届任期三年或者五年）；提前天数为本平台的起始值，可由市总工会调整',
      value: { firstDays: 90, secondDays: 30 },
    },
  ],
})

/** How long a change of the tree can be taken back. */
export const changeUndo = defineRule({
  key: 'orgChangeUndo',
  title: '组织变更可以撤销的天数',
  explain: '单位成立、合并、拆分、改隶办结后，几天之内可以撤销并恢复原状。',
  schema: z.object({ days: z.int().check(z.gte(0), z.lte(60)) }),
  labels: { days: '办结后几天内' },
  versions: [
    {
      fromOn: '2001-10-27',
      basis: '本平台的起始值，可由市总工会调整',
      value: { days: 7 },
    },
  ],
})

export const orgRules = [committeeDuty, termReminders, changeUndo] as const
