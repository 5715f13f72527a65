import * as z from 'zod/mini'
import { aidKinds } from '#programmes/hardship/definition.ts'
import { defineRule } from '#kit/rule.ts'
import { condolenceTerms } from './condolence.ts'

const yuan = z.number().check(z.gte(0), z.lte(9_999_999))
const months = z.int().check(z.gte(1), z.lte(60))
const words = (most: number) => z.string().check(z.minLength(1), z.maxLength(most))

/** How a category is found: by a certificate, by income a head against the minimum, by cost against income. */
export const categoryTests = ['持低保证', '人均收入', '支出占收入'] as const
/** 低于 leaves the line itself out, 不高于 takes it in; of a share likewise 高于 and 不低于. */
export const bounds = ['不含本数', '含本数'] as const

/** 困难类别: the first that fits is hers. The minimum is the civil affairs bureau's, a month and a head. */
export const hardshipCategories = defineRule({
  key: 'hardshipCategories',
  title: '困难职工类别和收入线',
  explain:
    '家庭月人均收入 =（上年家庭总收入 − 刚性支出）÷ 12 ÷ 家庭人口。从上到下，先符合哪一类就认定哪一类；都不符合的不予建档。',
  schema: z.object({
    minimum: yuan,
    categories: z.array(
      z.object({
        name: words(12),
        test: z.enum(categoryTests),
        ratio: z.number().check(z.gte(0), z.lte(100)),
        bound: z.enum(bounds),
      }),
    ),
  }),
  labels: {
    minimum: '城市低保标准（元/人·月）',
    categories: '类别',
    'categories.name': '名称',
    'categories.test': '认定办法',
    'categories.ratio': '倍数或占比',
    'categories.bound': '界线',
  },
  versions: [
    {
      fromOn: '2016-01-01',
      basis:
        '困难职工档案管理办法（总工办发〔2016〕36号）；低保标准和倍数为演示值，请按本市民政部门公布的标准录入',
      value: {
        minimum: 700,
        categories: [
          { name: '低保户', test: '持低保证', ratio: 1, bound: '含本数' },
          { name: '低保边缘户', test: '人均收入', ratio: 1.5, bound: '含本数' },
          { name: '意外致困户', test: '支出占收入', ratio: 0.8, bound: '不含本数' },
        ],
      },
    },
    {
      fromOn: '2021-01-01',
      basis:
        '城市困难职工深度困难、相对困难、意外致困分类；低保标准和倍数为演示值，请按本市民政部门公布的标准录入',
      value: {
        minimum: 740,
        categories: [
          { name: '深度困难', test: '人均收入', ratio: 1, bound: '不含本数' },
          { name: '相对困难', test: '人均收入', ratio: 2, bound: '不含本数' },
          { name: '意外致困', test: '支出占收入', ratio: 0.8, bound: '不含本数' },
        ],
      },
    },
  ],
})

/** What shuts a household out, ticked on the home visit. */
export const hardshipExclusions = defineRule({
  key: 'hardshipExclusions',
  title: '不予建档的情形',
  explain: '入户时逐条核对，有一条符合就不能报送帮扶中心。',
  schema: z.object({ items: z.array(z.object({ code: words(20), text: words(80) })) }),
  labels: { items: '情形', 'items.code': '代码', 'items.text': '内容' },
  versions: [
    {
      fromOn: '2016-01-01',
      basis: '困难职工档案管理办法（总工办发〔2016〕36号）；具体情形由市总工会确定',
      value: {
        items: [
          { code: 'car', text: '家中有非生活必需的机动车' },
          { code: 'houses', text: '有两套以上住房且人均面积高于本市平均' },
          { code: 'firm', text: '家庭成员开办企业并有经营收入' },
          { code: 'abroad', text: '自费送子女出国留学或就读高收费学校' },
          { code: 'refuses', text: '不同意核对家庭经济状况' },
          { code: 'elsewhere', text: '家庭成员已在其他单位建档' },
        ],
      },
    },
  ],
})

/** For how long an aid of a kind is once only. */
export const aidPeriods = ['年', '半年', '季'] as const
export type AidPeriod = (typeof aidPeriods)[number]

/** 帮扶标准: of each kind once in its period, herself and her spouse together, up to an amount. */
export const hardshipAid = defineRule({
  key: 'hardshipAid',
  title: '困难帮扶标准',
  explain: '每类帮扶在一个周期内一户只能申领一次，夫妻合并计算；金额不超过上限。',
  schema: z.object({
    kinds: z.array(z.object({ kind: z.enum(aidKinds), period: z.enum(aidPeriods), most: yuan })),
  }),
  labels: {
    kinds: '类别',
    'kinds.kind': '帮扶类别',
    'kinds.period': '周期',
    'kinds.most': '每次最高（元）',
  },
  versions: [
    {
      fromOn: '2015-01-01',
      basis: '困难职工帮扶中心专项资金管理办法（总工办发〔2015〕20号）；金额为演示值，请按本市标准录入',
      value: {
        kinds: [
          { kind: '生活', period: '半年', most: 3000 },
          { kind: '医疗', period: '年', most: 10_000 },
          { kind: '助学', period: '年', most: 5000 },
          { kind: '慰问', period: '季', most: 1000 },
          { kind: '姐妹献爱心', period: '年', most: 2000 },
        ],
      },
    },
  ],
})

export const hardshipTerms = defineRule({
  key: 'hardshipTerms',
  title: '困难档案复核期限',
  explain: '建档或上次复核满这么多个月须再复核，逾期未复核的不再发放帮扶；多久没有动过的列入提醒。',
  schema: z.object({ recheckMonths: months, untouchedMonths: months }),
  labels: { recheckMonths: '复核周期（月）', untouchedMonths: '多久没有动过列入提醒（月）' },
  versions: [
    {
      fromOn: '2016-01-01',
      basis: '困难职工档案管理办法（总工办发〔2016〕36号）',
      value: { recheckMonths: 12, untouchedMonths: 12 },
    },
  ],
})

export const hardshipRules = [
  hardshipCategories,
  hardshipExclusions,
  hardshipAid,
  hardshipTerms,
  condolenceTerms,
] as const
