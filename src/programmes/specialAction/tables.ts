import * as z from 'zod/mini'
import { isDay } from '#kit/day.ts'
import { defineRule, type RuleBook } from '#kit/rule.ts'

const day = () =>
  z.string().check(z.maxLength(10), z.refine(isDay, { error: '日期按 2020-01-24 的样子填写' }))

/** Special actions of the city: opened, renamed and closed here. What a record says stays as it was entered. */
export const specialActions = defineRule({
  key: 'specialActions',
  title: '专项行动',
  explain:
    '市总工会统一部署、有起止日期的专项行动。列在这里的，单位在起止日期内开展的服务才能填报；结束日期空着的还在开展。改名只影响以后填报的。',
  schema: z.object({
    actions: z
      .array(
        z.object({
          name: z.string().check(z.minLength(2), z.maxLength(20)),
          fromOn: day(),
          untilOn: z.nullable(day()),
        }),
      )
      .check(
        z.refine((actions) => actions.every((a) => a.untilOn === null || a.fromOn <= a.untilOn), {
          error: '结束日期不能早于开始日期',
        }),
        z.refine((actions) => new Set(actions.map((a) => a.name)).size === actions.length, {
          error: '有两个专项行动同名，请改其中一个',
        }),
      ),
  }),
  labels: {
    actions: '专项行动',
    'actions.name': '名称',
    'actions.fromOn': '开始日期',
    'actions.untilOn': '结束日期',
  },
  versions: [
    {
      fromOn: '2016-01-01',
      basis: '起始值，起止按国家公布的日期；其他专项行动由市总工会发文后在此开设',
      value: {
        actions: [
          { name: '脱贫攻坚帮扶服务', fromOn: '2016-01-01', untilOn: '2020-12-31' },
          { name: '疫情防控与复工复产服务', fromOn: '2020-01-20', untilOn: '2023-01-07' },
        ],
      },
    },
  ],
})

/** The list as it was last written: an action opened today takes in what was done for it yesterday. */
const listed = (rules: RuleBook) => rules.on(specialActions, '9999-12-31').value.actions

/** Names of the actions that ran on a day; without a day, of all. */
export const actionsOn = (rules: RuleBook, day: string | null): string[] =>
  listed(rules).flatMap(({ name, fromOn, untilOn }) =>
    day === null || (fromOn <= day && (untilOn === null || day <= untilOn)) ? [name] : [],
  )
