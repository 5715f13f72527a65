import * as z from 'zod/mini'
import { defineRule } from '#kit/rule.ts'

const days = z.int32().check(z.minimum(1), z.maximum(60))

/** How many working days a 公示 stands, and how long it may be found afterwards. */
export const noticeDays = defineRule({
  key: 'noticeDays',
  title: '公示期限',
  explain: '从公布次日起按工作日计算，末日仍可提出异议；期满后再保留若干天供查询，之后撤下并清除姓名',
  schema: z.object({
    unit: days,
    honour: days,
    family: days,
    hardship: days,
    other: days,
    keptDays: z.int32(),
  }),
  labels: {
    unit: '基层单位公示推荐对象（工作日）',
    honour: '评选表彰结果公示（工作日）',
    family: '最美家庭公示（工作日）',
    hardship: '困难帮扶公示（工作日）',
    other: '其他公示（工作日）',
    keptDays: '公示期满后保留（天）',
  },
  versions: [
    {
      fromOn: '2016-01-01',
      basis: '评比达标表彰活动管理办法、困难职工帮扶工作规定等对公示期限的一般要求，以本市文件为准',
      value: { unit: 5, honour: 5, family: 3, hardship: 5, other: 5, keptDays: 30 },
    },
  ],
})
