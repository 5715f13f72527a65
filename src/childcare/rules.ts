import * as z from 'zod/mini'
import { defineRule } from '#kit/rule.ts'

const few = z.int().check(z.gte(1), z.lte(1000))
const yuan = z.int().check(z.gte(0), z.lte(1_000_000))

/** Without these no class is opened: law, hence its own table. */
export const childcareSafety = defineRule({
  key: 'childcareSafety',
  title: '托管班安全条件',
  explain:
    '工作人员的入职查询缺一人、结果为不得录用或者超过期限，健康证缺一人或者过期，五项安全材料缺一项或者过期，都不能公布；已公布的当天起不再对外显示。按公布和查看当天的版本执行。',
  schema: z.object({
    /** The law wants the check each year. */
    checkMonths: z.int().check(z.gte(1), z.lte(12)),
    minPlaces: few,
    maxPlaces: few,
  }),
  labels: { checkMonths: '入职查询有效期（月）', minPlaces: '每班最少托位', maxPlaces: '每班最多托位' },
  versions: [
    {
      fromOn: '2018-01-01',
      basis:
        '未成年人保护法 第六十二条（招聘时查询，每年定期查询）、第一百二十六条；每班人数参照厦门市总工会做法，请按本市规定录入',
      value: { checkMonths: 12, minPlaces: 10, maxPlaces: 35 },
    },
  ],
})

/** What the city adds to a class that was held as it promised. */
export const childcareSubsidy = defineRule({
  key: 'childcareSubsidy',
  title: '托管班补助标准',
  explain:
    '验收时按实际在托子女、开班天数和出勤率计算，三项条件缺一项就没有补助。按开班日期那天的版本执行，验收时把版本和所用的数一并留存，以后修改不影响已验收的班。',
  schema: z.object({
    minChildren: few,
    minDays: z.int().check(z.gte(1), z.lte(366)),
    minDaysAfterSchool: z.int().check(z.gte(1), z.lte(366)),
    minAttendance: z.int().check(z.gte(0), z.lte(100)),
    base: yuan,
    perChild: yuan,
    most: yuan,
  }),
  labels: {
    minChildren: '最少在托子女（人）',
    minDays: '最少开班天数（寒假、暑假、日常）',
    minDaysAfterSchool: '最少开班天数（课后）',
    minAttendance: '最低出勤率（%）',
    base: '每班补助（元）',
    perChild: '每名子女另加（元）',
    most: '每班最多（元）',
  },
  versions: [
    {
      fromOn: '2018-01-01',
      basis: '条件参照广东省总工会爱心托管班做法，金额为演示，请按本市规定录入',
      value: {
        minChildren: 20,
        minDays: 20,
        minDaysAfterSchool: 100,
        minAttendance: 70,
        base: 5000,
        perChild: 300,
        most: 20_000,
      },
    },
  ],
})

/** Whether the city shows an application before it says yes. */
export const childcareNotice = defineRule({
  key: 'childcareNotice',
  title: '托管班开办公示',
  explain:
    '市级评审以后、同意开班以前是否必须公示；公示天数见“公示期限”的其他公示。不要求公示的，市总工会也可以公示，公示期内和异议没有了结的不能同意开班。',
  schema: z.object({ isAsked: z.boolean() }),
  labels: { isAsked: '同意开班以前必须公示' },
  versions: [
    {
      fromOn: '2018-01-01',
      basis: '没有全国统一要求，由市总工会按本市办法决定，请按本市规定录入',
      value: { isAsked: false },
    },
  ],
})

/** Whether whoever judges a class can look at its papers of safety. */
export const childcareScans = defineRule({
  key: 'childcareScans',
  title: '托管班安全材料扫描件',
  explain:
    '五项安全材料是否必须上传扫描件才能公布。按申请那天的版本执行：以前申请的班没有扫描件也可以公布。不要求的，办班单位也可以上传，上级审核时可以打开核对。',
  schema: z.object({ isAsked: z.boolean() }),
  labels: { isAsked: '公布以前必须上传扫描件' },
  versions: [
    {
      fromOn: '2018-01-01',
      basis: '没有全国统一要求，由市总工会按本市办法决定，请按本市规定录入',
      value: { isAsked: false },
    },
  ],
})

/** Days after the end of a class until the names of its staff go, though nobody ended it. */
export const staffKeptDays = 90

export const childcareRules = [childcareSafety, childcareScans, childcareNotice, childcareSubsidy] as const
