import * as z from 'zod/mini'
import { defineRule } from '#kit/rule.ts'

/** Working days within which a question on policy is answered. */
export const policyAnswer = defineRule({
  key: 'policyAnswer',
  title: '政策咨询的答复时限',
  explain: '从提问次日起，按工作日计算；到期未答复的排在待办最前，不自动关闭。',
  schema: z.object({ days: z.int().check(z.gte(1), z.lte(60)) }),
  labels: { days: '答复时限（工作日）' },
  versions: [{ fromOn: '2016-01-01', basis: '系统初值，由市总工会按本地规定调整', value: { days: 5 } }],
})
