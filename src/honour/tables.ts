import * as z from 'zod/mini'
import { defineRule } from '#kit/rule.ts'

const percent = () => z.int().check(z.gte(0), z.lte(100))
const least = (most: number) => z.int().check(z.gte(1), z.lte(most))

/** What is asked of a nominee by the kind of her title. */
export const honourEligibility = defineRule({
  key: 'honourEligibility',
  title: '评选推荐条件',
  explain: '推荐时逐条核对，不符合的不能上报。字数按上级推荐表的要求，填写时实时计数。',
  schema: z.object({
    modelYears: least(40),
    postWomenPercent: percent(),
    shortDeeds: least(5000),
    deeds: least(10_000),
    familyShortDeeds: least(5000),
    familyDeeds: least(10_000),
  }),
  labels: {
    modelYears: '标兵：在一线岗位满几年',
    postWomenPercent: '标兵岗：女职工不低于（%）',
    shortDeeds: '简要事迹最多（字）',
    deeds: '详细事迹最多（字）',
    familyShortDeeds: '最美家庭简要事迹最多（字）',
    familyDeeds: '最美家庭详细事迹最多（字）',
  },
  versions: [
    {
      fromOn: '2016-01-01',
      basis: '五一巾帼标兵岗（标兵）评选条件的一般要求，各地不一，以本市当年通知为准',
      value: {
        modelYears: 5,
        postWomenPercent: 60,
        shortDeeds: 500,
        deeds: 2000,
        familyShortDeeds: 300,
        familyDeeds: 1200,
      },
    },
  ],
})

/** What the list as a whole has to keep, of persons. */
export const honourShares = defineRule({
  key: 'honourShares',
  title: '表彰名单结构比例',
  explain: '对拟表彰的个人名单整体核对；不符合的不能提交审定。',
  schema: z.object({
    industrialLeast: percent(),
    migrantLeast: percent(),
    headsMost: percent(),
    nonPublicLeast: percent(),
  }),
  labels: {
    industrialLeast: '产业工人不低于（%）',
    migrantLeast: '农民工不低于（%）',
    headsMost: '企业负责人不超过（%）',
    nonPublicLeast: '非公有制单位不低于（%）',
  },
  versions: [
    {
      fromOn: '2016-01-01',
      basis: '各级五一劳动奖和女职工先进评选通知的结构要求（示例值），以本市当年通知为准',
      value: { industrialLeast: 35, migrantLeast: 10, headsMost: 13, nonPublicLeast: 35 },
    },
  ],
})

/** How places are shared out by rule. */
export const honourQuota = defineRule({
  key: 'honourQuota',
  title: '推荐名额分配',
  explain: '按规则分配名额时，女职工达到人数的单位各得一份，其余可由主办单位调整；合计不能超过总名额。',
  schema: z.object({ womenFrom: least(1_000_000), each: least(100) }),
  labels: { womenFrom: '女职工多少人以上的单位', each: '每个称号的名额' },
  versions: [
    {
      fromOn: '2016-01-01',
      basis: '参照上海市做法（女职工 1500 人以上各 1 名），以本市当年通知为准',
      value: { womenFrom: 1500, each: 1 },
    },
  ],
})

/** How jurors score. */
export const honourJury = defineRule({
  key: 'honourJury',
  title: '评委打分',
  explain: '每项得分之和为一位评委的分；有效打分达到人数的，去掉一个最高分和一个最低分后平均。',
  schema: z.object({
    leastJurors: least(99),
    trimFrom: least(99),
    lines: z.array(z.object({ item: z.string().check(z.minLength(1), z.maxLength(40)), points: least(100) })),
  }),
  labels: {
    leastJurors: '每份推荐至少几位评委打分',
    trimFrom: '几人以上打分时去掉最高分和最低分',
    lines: '评分项目',
    'lines.item': '项目',
    'lines.points': '满分',
  },
  versions: [
    {
      fromOn: '2016-01-01',
      basis: '本平台的起始值，可由市总工会调整',
      value: {
        leastJurors: 3,
        trimFrom: 5,
        lines: [
          { item: '政治表现和职业道德', points: 20 },
          { item: '岗位实绩', points: 40 },
          { item: '示范带动作用', points: 25 },
          { item: '群众认可', points: 15 },
        ],
      },
    },
  ],
})

export const honourTables = [honourEligibility, honourShares, honourQuota, honourJury] as const
