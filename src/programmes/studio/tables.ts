import * as z from 'zod/mini'
import { defineRule } from '#kit/rule.ts'

/** How often it is looked at whether a studio still is one. */
export const studioReview = defineRule({
  key: 'studioReview',
  title: '创新工作室复核周期',
  explain:
    '在用的女职工创新工作室从命名或者最近一次复核起，满期前列入所在单位的待办；复核后更正登记复核日期，不再符合条件的登记摘牌日期，由市总工会审核。',
  schema: z.object({
    months: z.int().check(z.gte(1), z.lte(60)),
    noticeDays: z.int().check(z.gte(0), z.lte(180)),
  }),
  labels: { months: '多久复核一次（月）', noticeDays: '提前几天列入待办' },
  versions: [
    {
      fromOn: '2016-01-01',
      basis: '本平台的起始值（每年复核一次），请市总工会按本市创新工作室管理办法调整',
      value: { months: 12, noticeDays: 30 },
    },
  ],
})
