import * as z from 'zod/mini'
import { defineRule } from '#rules/tables.ts'
import { clauseItems } from './clauses.ts'

const days = (most = 365) => z.int().check(z.gte(1), z.lte(most))
const part = () => z.int().check(z.gte(1), z.lte(100))

/** Steps of bargaining that the law gives so many days; those in working days are named so. */
export const contractClock = defineRule({
  key: 'contractClock',
  title: '集体协商与报送期限',
  explain: '从要约到公布每一步最多几天。超过的在合同时钟上标出，并在提交时提醒。',
  schema: z.object({
    replyDays: days(),
    fileDays: days(),
    objectionDays: days(),
    publishWorkdays: days(60),
    unionWorkdays: days(60),
  }),
  labels: {
    replyDays: '收到要约后回应（日）',
    fileDays: '签字后报送人社部门（日）',
    objectionDays: '人社部门收到后无异议即生效（日）',
    publishWorkdays: '生效后公布（工作日）',
    unionWorkdays: '生效后报上级工会（工作日）',
  },
  versions: [
    {
      fromOn: '2004-05-01',
      basis: '集体合同规定 第三十二条、第四十二条、第四十七条；公布和报上级工会的天数由市总工会规定',
      value: { replyDays: 20, fileDays: 10, objectionDays: 15, publishWorkdays: 5, unionWorkdays: 10 },
    },
  ],
})

/** How many must be there and agree, as parts of all delegates. */
export const contractCongress = defineRule({
  key: 'contractCongress',
  title: '职代会审议集体合同草案',
  explain: '出席和赞成各占全体代表的几分之几，以及双方协商代表的人数要求。',
  schema: z.object({
    presentParts: part(),
    presentOf: part(),
    favourParts: part(),
    favourOf: part(),
    sideLeast: part(),
    outsiderParts: part(),
    outsiderOf: part(),
  }),
  labels: {
    presentParts: '出席：分子',
    presentOf: '出席：分母',
    favourParts: '赞成：分子',
    favourOf: '赞成：分母',
    sideLeast: '每方协商代表至少（人）',
    outsiderParts: '外聘代表不超过本方：分子',
    outsiderOf: '外聘代表不超过本方：分母',
  },
  versions: [
    {
      fromOn: '2004-05-01',
      basis: '集体合同规定 第十九条、第二十三条、第三十六条',
      value: {
        presentParts: 2,
        presentOf: 3,
        favourParts: 1,
        favourOf: 2,
        sideLeast: 3,
        outsiderParts: 1,
        outsiderOf: 3,
      },
    },
  ],
})

export const contractTerm = defineRule({
  key: 'contractTerm',
  title: '集体合同期限与续订',
  explain: '合同期限最短和最长几年，期满前几天可以要求续订，期满前哪几天提醒。',
  schema: z.object({
    leastYears: z.int().check(z.gte(1), z.lte(10)),
    mostYears: z.int().check(z.gte(1), z.lte(10)),
    renewalDays: days(),
    remindDays: z.array(days()).check(z.minLength(1), z.maxLength(6)),
  }),
  labels: {
    leastYears: '最短（年）',
    mostYears: '最长（年）',
    renewalDays: '期满前多少日起可以要求续订',
    remindDays: '期满前多少日提醒',
  },
  versions: [
    {
      fromOn: '2004-05-01',
      basis: '集体合同规定 第三十八条（期满前三个月内可以要求重新签订或续订）',
      value: { leastYears: 1, mostYears: 3, renewalDays: 90, remindDays: [90, 30, 7] },
    },
  ],
})

/** What no clause may stay below. An item without a number must be agreed on at all. */
export const contractFloors = defineRule({
  key: 'contractFloors',
  title: '女职工特殊保护最低标准',
  explain: '专项集体合同的条款不得低于这里的标准；低于的在合同上标出并打印。没有数值的项目应当有约定。',
  schema: z.object({
    floors: z.array(
      z.object({
        item: z.enum(clauseItems),
        least: z.nullable(z.int().check(z.gte(0), z.lte(10_000))),
        unit: z.string().check(z.maxLength(10)),
        basis: z.string().check(z.minLength(1), z.maxLength(60)),
      }),
    ),
  }),
  labels: {
    floors: '各项标准',
    'floors.item': '项目',
    'floors.least': '不低于',
    'floors.unit': '单位',
    'floors.basis': '依据',
  },
  versions: [
    {
      fromOn: '2012-04-28',
      basis: '女职工劳动保护特别规定（国务院令第619号）',
      value: {
        floors: [
          { item: '产假', least: 98, unit: '天', basis: '女职工劳动保护特别规定 第七条' },
          { item: '难产增加产假', least: 15, unit: '天', basis: '女职工劳动保护特别规定 第七条' },
          { item: '多胞胎增加产假', least: 15, unit: '天', basis: '女职工劳动保护特别规定 第七条' },
          { item: '未满四个月流产假', least: 15, unit: '天', basis: '女职工劳动保护特别规定 第七条' },
          { item: '满四个月流产假', least: 42, unit: '天', basis: '女职工劳动保护特别规定 第七条' },
          { item: '每日哺乳时间', least: 60, unit: '分钟', basis: '女职工劳动保护特别规定 第九条' },
          { item: '孕期检查计入劳动时间', least: null, unit: '', basis: '女职工劳动保护特别规定 第六条' },
          {
            item: '孕期哺乳期不加班不上夜班',
            least: null,
            unit: '',
            basis: '女职工劳动保护特别规定 第六条、第九条',
          },
          {
            item: '孕期产期哺乳期不降薪不解除',
            least: null,
            unit: '',
            basis: '女职工劳动保护特别规定 第五条',
          },
          { item: '禁忌劳动范围', least: null, unit: '', basis: '女职工劳动保护特别规定 第四条' },
          { item: '预防和制止性骚扰', least: null, unit: '', basis: '女职工劳动保护特别规定 第十一条' },
        ],
      },
    },
    {
      fromOn: '2023-01-01',
      basis: '女职工劳动保护特别规定；妇女权益保障法（2022年修订）',
      value: {
        floors: [
          { item: '产假', least: 98, unit: '天', basis: '女职工劳动保护特别规定 第七条' },
          { item: '难产增加产假', least: 15, unit: '天', basis: '女职工劳动保护特别规定 第七条' },
          { item: '多胞胎增加产假', least: 15, unit: '天', basis: '女职工劳动保护特别规定 第七条' },
          { item: '未满四个月流产假', least: 15, unit: '天', basis: '女职工劳动保护特别规定 第七条' },
          { item: '满四个月流产假', least: 42, unit: '天', basis: '女职工劳动保护特别规定 第七条' },
          { item: '每日哺乳时间', least: 60, unit: '分钟', basis: '女职工劳动保护特别规定 第九条' },
          { item: '孕期检查计入劳动时间', least: null, unit: '', basis: '女职工劳动保护特别规定 第六条' },
          {
            item: '孕期哺乳期不加班不上夜班',
            least: null,
            unit: '',
            basis: '女职工劳动保护特别规定 第六条、第九条',
          },
          { item: '孕期产期哺乳期不降薪不解除', least: null, unit: '', basis: '妇女权益保障法 第四十八条' },
          { item: '禁忌劳动范围', least: null, unit: '', basis: '女职工劳动保护特别规定 第四条' },
          { item: '预防和制止性骚扰', least: null, unit: '', basis: '妇女权益保障法 第二十五条' },
          { item: '妇科和乳腺检查', least: null, unit: '', basis: '妇女权益保障法 第三十一条' },
          { item: '男女同工同酬', least: null, unit: '', basis: '妇女权益保障法 第四十五条' },
        ],
      },
    },
  ],
})

export const contractTables = [contractClock, contractCongress, contractTerm, contractFloors] as const
