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

export const contractReply = defineRule({
  key: 'contractReply',
  title: '集体协商要约回应期限',
  explain: '一方提出集体协商要求，另一方几天内书面回应。超过的在填报时提醒。',
  schema: z.object({ replyDays: days() }),
  labels: { replyDays: '收到要约后书面回应（日）' },
  versions: [{ fromOn: '2004-05-01', basis: '集体合同规定 第三十二条', value: { replyDays: 20 } }],
})

export const contractPublicity = defineRule({
  key: 'contractPublicity',
  title: '集体合同公布期限',
  explain: '生效后几个工作日内向全体职工公布。规定只要求及时，天数由各地定，请按本地文件核定。',
  schema: z.object({ publishWorkdays: days(60) }),
  labels: { publishWorkdays: '生效后公布（工作日）' },
  versions: [
    {
      fromOn: '2004-05-01',
      basis: '集体合同规定 第四十八条（及时公布；天数待本地文件核定）',
      value: { publishWorkdays: 5 },
    },
  ],
})

export const contractRenewal = defineRule({
  key: 'contractRenewal',
  title: '集体合同续签提醒',
  explain: '期满前几天提醒续签，三次。期满前 3 个月内任何一方都可以提出续签。',
  schema: z.object({ firstDays: days(), secondDays: days(), thirdDays: days() }),
  labels: { firstDays: '第一次（日）', secondDays: '第二次（日）', thirdDays: '第三次（日）' },
  versions: [
    {
      fromOn: '2004-05-01',
      basis: '集体合同规定 第三十八条',
      value: { firstDays: 90, secondDays: 30, thirdDays: 7 },
    },
  ],
})

const least = (most: number) => z.int().check(z.gte(1), z.lte(most))

/** What the law grants at least. A province that grants more enters its own, with its document. */
export const contractFloors = defineRule({
  key: 'contractFloors',
  title: '女职工特殊保护最低标准',
  explain:
    '专项集体合同的约定低于这些标准的，在填报、页面和打印件上标出。本省标准更高的，按本省文件增加一版。',
  schema: z.object({
    beforeBirthDays: least(98),
    birthDays: least(400),
    difficultDays: least(90),
    eachMoreDays: least(90),
    earlyMiscarriageDays: least(90),
    lateMiscarriageDays: least(180),
    restFromMonth: least(9),
    nursingMonths: least(36),
    nursingMinutes: least(480),
    moreNursingMinutes: least(480),
  }),
  labels: {
    beforeBirthDays: '产前可以休假（天）',
    birthDays: '产假（天）',
    difficultDays: '难产增加产假（天）',
    eachMoreDays: '多胞胎每多一个增加产假（天）',
    earlyMiscarriageDays: '怀孕未满四个月流产休假（天）',
    lateMiscarriageDays: '怀孕满四个月流产休假（天）',
    restFromMonth: '怀孕几个月起不加班、不上夜班',
    nursingMonths: '婴儿几个月内不加班、不上夜班',
    nursingMinutes: '每天哺乳时间（分钟）',
    moreNursingMinutes: '多胞胎每多一个增加哺乳时间（分钟）',
  },
  versions: [
    {
      fromOn: '2012-04-28',
      basis: '女职工劳动保护特别规定 第六条、第七条、第九条',
      value: {
        beforeBirthDays: 15,
        birthDays: 98,
        difficultDays: 15,
        eachMoreDays: 15,
        earlyMiscarriageDays: 15,
        lateMiscarriageDays: 42,
        restFromMonth: 7,
        nursingMonths: 12,
        nursingMinutes: 60,
        moreNursingMinutes: 60,
      },
    },
  ],
})

export const contractTables = [
  contractReply,
  contractCongress,
  contractClock,
  contractPublicity,
  contractTerm,
  contractRenewal,
  contractFloors,
] as const
