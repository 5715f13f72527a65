import * as z from 'zod/mini'
import { defineRule } from '#kit/rule.ts'

const points = z.int().check(z.gte(1), z.lte(100))
const area = z.int().check(z.gte(0), z.lte(999))
const name = (most: number) => z.string().check(z.minLength(1), z.maxLength(most))
const days = z.int().check(z.gte(1), z.lte(400))

/** A scoring sheet: its lines with their full points, and what each grade asks for. */
const sheet = z.object({
  lines: z
    .array(z.object({ key: name(20), label: name(80), points, must: z.boolean() }))
    .check(z.minLength(1), z.maxLength(40)),
  grades: z
    .array(z.object({ grade: name(10), leastPoints: z.int().check(z.gte(0), z.lte(1000)), leastArea: area }))
    .check(z.minLength(1), z.maxLength(6)),
})
export type Sheet = z.infer<typeof sheet>
export type SheetLine = Sheet['lines'][number]

const sheetLabels = {
  lines: '评分项',
  'lines.key': '编号',
  'lines.label': '内容和标准',
  'lines.points': '满分',
  'lines.must': '缺了不能通过',
  grades: '级别',
  'grades.grade': '级别',
  'grades.leastPoints': '最低得分',
  'grades.leastArea': '最小面积（平方米）',
}
const line = (key: string, label: string, full: number, must = false) => ({ key, label, points: full, must })
const has = (key: string, label: string) => line(key, label, 1, true)

/** 市级关爱室评分表. */
export const citySheet = defineRule({
  key: 'careRoomCitySheet',
  title: '市级关爱室评分表',
  explain: '申报市级、市示范关爱室时，自评、区县推荐、市级走访三栏各按这张表打分，互不覆盖。',
  schema: sheet,
  labels: sheetLabels,
  versions: [
    {
      fromOn: '2016-01-01',
      basis: '本系统示例评分表，请市总工会录入正式评分表和文号',
      value: {
        lines: [
          line('place', '位置便利，有清楚的指引标识', 10),
          line('area', '面积够用，独立成间，能锁门、有遮挡', 15, true),
          line('care', '护理台、沙发、洗手台、电源插座齐全', 20),
          line('keep', '冰箱、温奶器、消毒器等设备可用', 15),
          line('clean', '清洁、通风、消毒，有登记', 15, true),
          line('open', '按公示的时间开放，能找到人开门', 10),
          line('rules', '有管理制度、专人负责、联系电话', 10),
          line('used', '有使用登记，常有人用', 5),
        ],
        grades: [
          { grade: '市级', leastPoints: 70, leastArea: 6 },
          { grade: '市示范', leastPoints: 85, leastArea: 8 },
        ],
      },
    },
  ],
})

/** 省级示范关爱室: every condition holds, or none is given. */
export const provinceSheet = defineRule({
  key: 'careRoomProvinceSheet',
  title: '省级示范关爱室条件',
  explain: '申报省示范关爱室时逐项核对，缺一项不能通过。',
  schema: sheet,
  labels: sheetLabels,
  versions: [
    {
      fromOn: '2016-01-01',
      basis:
        '国卫指导发〔2016〕63号《关于加快推进母婴设施建设的指导意见》；逐项条件为本系统示例，请录入省级文件',
      value: {
        lines: [
          has('bed', '有床或沙发'),
          has('fridge', '有冰箱'),
          has('cabinet', '有储物柜'),
          has('basin', '有洗手台'),
          has('water', '有饮用水'),
          has('sockets', '有电源插座'),
          has('music', '能放轻音乐'),
        ],
        grades: [{ grade: '省示范', leastPoints: 7, leastArea: 10 }],
      },
    },
  ],
})

/** Stars by a sheet as Shanghai gives them. */
export const starSheet = defineRule({
  key: 'careRoomStarSheet',
  title: '星级关爱室评分表',
  explain: '申报四星、五星关爱室时使用；面积门槛参照上海市“爱心妈咪小屋”的做法。',
  schema: sheet,
  labels: sheetLabels,
  versions: [
    {
      fromOn: '2016-01-01',
      basis: '参照上海市爱心妈咪小屋星级标准（四星不少于 8 平方米，五星不少于 10 平方米），分项为本系统示例',
      value: {
        lines: [
          line('private', '私密：能锁门、有帘、有提示牌', 20, true),
          line('clean', '干净：每日清洁消毒，有登记', 20, true),
          line('comfort', '舒适：沙发、护理台、温度和通风适宜', 20),
          line('safe', '安全：用电、防撞、急救用品', 20, true),
          line('service', '服务：孕期哺乳期知识、志愿服务、意见簿', 20),
        ],
        grades: [
          { grade: '四星', leastPoints: 80, leastArea: 8 },
          { grade: '五星', leastPoints: 90, leastArea: 10 },
        ],
      },
    },
  ],
})

/** What a plaque brings. */
export const roomSubsidies = defineRule({
  key: 'careRoomSubsidies',
  title: '关爱室补助标准',
  explain: '挂牌后按级别一次性补助，由四个人经办：录入、复核、批准、支付。没有列出的级别没有补助。',
  schema: z.object({
    amounts: z
      .array(z.object({ grade: name(10), yuan: z.int().check(z.gte(1), z.lte(1_000_000)) }))
      .check(z.maxLength(10)),
  }),
  labels: { amounts: '补助', 'amounts.grade': '级别', 'amounts.yuan': '金额（元）' },
  versions: [
    {
      fromOn: '2016-01-01',
      basis: '本系统示例标准（2000 至 5000 元），请市总工会录入正式标准和文号',
      value: {
        amounts: [
          { grade: '市级', yuan: 2000 },
          { grade: '市示范', yuan: 3000 },
          { grade: '省示范', yuan: 5000 },
          { grade: '四星', yuan: 3000 },
          { grade: '五星', yuan: 5000 },
        ],
      },
    },
  ],
})

/** Days and bounds of rooms. */
export const roomTerms = defineRule({
  key: 'careRoomTerms',
  title: '关爱室期限和范围',
  explain:
    '挂牌后多久复查一次、上图后多久核对一次、名称最多几个字、本市的坐标范围（WGS84 经纬度）；范围以外的点要确认才能保存。',
  schema: z.object({
    inspectDays: days,
    recheckDays: days,
    longestName: z.int().check(z.gte(5), z.lte(60)),
    box: z.object({
      west: z.number().check(z.gte(73), z.lte(136)),
      east: z.number().check(z.gte(73), z.lte(136)),
      south: z.number().check(z.gte(3), z.lte(54)),
      north: z.number().check(z.gte(3), z.lte(54)),
    }),
  }),
  labels: {
    inspectDays: '挂牌后复查间隔（天）',
    recheckDays: '上图核对间隔（天）',
    longestName: '上图名称最多字数',
    box: '本市范围',
    'box.west': '最西经度',
    'box.east': '最东经度',
    'box.south': '最南纬度',
    'box.north': '最北纬度',
  },
  versions: [
    {
      fromOn: '2016-01-01',
      basis: '本系统示例，请市总工会按工作要求调整',
      value: {
        inspectDays: 365,
        recheckDays: 31,
        longestName: 20,
        box: { west: 120.9, east: 123.6, south: 38.7, north: 40.2 },
      },
    },
  ],
})

/** A table of its own: a version of `roomTerms` that a city entered would no longer fit with a line more. */
export const reportTerms = defineRule({
  key: 'careRoomReports',
  title: '关爱室反映办理期限',
  explain: '有人反映关爱室不在了、打不开或信息不对，管理单位应在几天内核实处理。',
  schema: z.object({ reportDays: z.int().check(z.gte(1), z.lte(60)) }),
  labels: { reportDays: '核实处理期限（天）' },
  versions: [
    { fromOn: '2016-01-01', basis: '本系统示例，请市总工会按工作要求调整', value: { reportDays: 3 } },
  ],
})

export const careRoomTables = [
  citySheet,
  provinceSheet,
  starSheet,
  roomSubsidies,
  roomTerms,
  reportTerms,
] as const

/** The sheet that each grade is scored by, and the rank that it stands under in the record. */
export const gradesOffered = {
  市级: { sheet: citySheet, rank: '市级' },
  市示范: { sheet: citySheet, rank: '市示范' },
  省示范: { sheet: provinceSheet, rank: '省示范' },
  四星: { sheet: starSheet, rank: '星级' },
  五星: { sheet: starSheet, rank: '星级' },
} as const
export type Grade = keyof typeof gradesOffered
export const gradeNames = Object.keys(gradesOffered) as [Grade, ...Grade[]]
