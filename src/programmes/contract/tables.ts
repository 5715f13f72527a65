import * as z from 'zod/mini'
import { defineRule } from '#kit/rule.ts'

const days = (most = 365) => z.int().check(z.gte(1), z.lte(most))
const part = () => z.int().check(z.gte(1), z.lte(100))

/** Steps to which the law gives so many days. */
export const contractClock = defineRule({
  key: 'contractClock',
  title: '集体合同报送期限',
  explain: '签字后几天内报送人社部门，收到后几天无异议即生效。不符的在填报时提醒，由审核人核对。',
  schema: z.object({
    fileDays: days(),
    objectionDays: days(),
  }),
  labels: {
    fileDays: '签字后报送人社部门（日）',
    objectionDays: '人社部门收到后无异议即生效（日）',
  },
  versions: [
    {
      fromOn: '2004-05-01',
      basis: '劳动合同法 第五十四条；集体合同规定 第四十二条、第四十七条',
      value: { fileDays: 10, objectionDays: 15 },
    },
  ],
})

/** How many must be there and agree, as parts of all delegates. */
export const contractCongress = defineRule({
  key: 'contractCongress',
  title: '职代会审议集体合同草案',
  explain: '出席和赞成各占全体代表的几分之几。不足的在填报时提醒，由审核人核对。',
  schema: z.object({
    presentParts: part(),
    presentOf: part(),
    favourParts: part(),
    favourOf: part(),
  }),
  labels: {
    presentParts: '出席：分子',
    presentOf: '出席：分母',
    favourParts: '赞成：分子',
    favourOf: '赞成：分母',
  },
  versions: [
    {
      fromOn: '2004-05-01',
      basis: '集体合同规定 第三十六条',
      value: { presentParts: 2, presentOf: 3, favourParts: 1, favourOf: 2 },
    },
  ],
})

export const contractTerm = defineRule({
  key: 'contractTerm',
  title: '集体合同期限',
  explain: '合同期限最短和最长几年。不在其中的不能提交。',
  schema: z.object({
    leastYears: z.int().check(z.gte(1), z.lte(10)),
    mostYears: z.int().check(z.gte(1), z.lte(10)),
  }),
  labels: {
    leastYears: '最短（年）',
    mostYears: '最长（年）',
  },
  versions: [
    {
      fromOn: '2004-05-01',
      basis: '集体合同规定 第三十八条',
      value: { leastYears: 1, mostYears: 3 },
    },
  ],
})

export const contractTables = [contractClock, contractCongress, contractTerm] as const
