import * as z from 'zod/mini'
import { isDay } from '#kit/day.ts'
import { levels } from '#kit/head.ts'
import { orgBrief } from '#org/api.ts'
import { uuid } from '#record/api.ts'

const day = z.string().check(z.refine(isDay, '日期应形如 2019-03-08'))
const line = (most: number) => z.string().check(z.trim(), z.maxLength(most))

export const campaignKinds = ['honour', 'family'] as const
export const campaignStates = ['draft', 'open', 'jury', 'party', 'notice', 'granted', 'cancelled'] as const
export type CampaignState = (typeof campaignStates)[number]
export const nominationStates = [
  'draft',
  'unitNotice',
  'upper',
  'listed',
  'chosen',
  'granted',
  'notChosen',
  'blocked',
  'withdrawn',
] as const
export type NominationState = (typeof nominationStates)[number]
export const subjects = ['个人', '女职工工作者', '集体', '家庭'] as const
export type Subject = (typeof subjects)[number]
/** What is asked of a nominee besides: 标兵 front line, 标兵岗 women and a woman as head. */
export const demands = ['none', 'model', 'post'] as const

export const honourTitle = z.strictObject({
  key: z.string().check(z.regex(/^[a-z0-9]{1,12}$/)),
  name: line(60),
  subject: z.enum(subjects),
  level: z.enum(levels),
  demand: z.enum(demands),
  /** Word by which the same title at other levels is known, 「五一巾帼标兵」. */
  series: line(30),
  places: z.int32(),
})
export type HonourTitle = z.infer<typeof honourTitle>

export const quota = z.strictObject({
  org: z.int32(),
  type: z.string().check(z.maxLength(12)),
  places: z.int32(),
})
export type Quota = z.infer<typeof quota>

/** POST /api/honour-campaigns, PUT with its version. */
export const newCampaign = z.strictObject({
  kind: z.enum(campaignKinds),
  title: line(60),
  note: line(2000),
  opensOn: day,
  closesOn: day,
  types: z.array(honourTitle).check(z.maxLength(12)),
  quotas: z.array(quota).check(z.maxLength(1000)),
  hasShares: z.boolean(),
})
export type NewCampaign = z.infer<typeof newCampaign>
export const changedCampaign = z.strictObject({ ...newCampaign.shape, version: z.int32() })

/** GET /api/honour-quota-units: units that get places by the rule. */
export const quotaUnits = z.array(z.strictObject({ org: orgBrief, places: z.number() }))

export const campaignCard = z.strictObject({
  id: z.string(),
  kind: z.enum(campaignKinds),
  title: z.string(),
  organiser: orgBrief,
  year: z.number(),
  opensOn: z.string(),
  closesOn: z.string(),
  state: z.enum(campaignStates),
  nominations: z.number(),
  isMine: z.boolean(),
  isJuror: z.boolean(),
})
export const campaignList = z.strictObject({ rows: z.array(campaignCard), next: z.nullable(z.string()) })
export type CampaignList = z.infer<typeof campaignList>
export type CampaignCard = z.infer<typeof campaignCard>

/** What is typed of a nominee; the rules say which of it her title asks for. */
export const nominee = z.strictObject({
  typeKey: z.string().check(z.maxLength(12)),
  personId: z.nullable(uuid),
  name: line(60),
  employer: line(100),
  sex: z.nullable(line(4)),
  nation: z.nullable(line(20)),
  birthMonth: z.nullable(line(7)),
  politics: z.nullable(line(20)),
  education: z.nullable(line(20)),
  jobTitle: z.nullable(line(40)),
  position: z.nullable(line(60)),
  postKind: z.nullable(line(40)),
  frontSince: z.nullable(day),
  isIndustrial: z.boolean(),
  isMigrant: z.boolean(),
  isHead: z.boolean(),
  isNonPublic: z.boolean(),
  size: z.nullable(z.int32()),
  women: z.nullable(z.int32()),
  headName: z.nullable(line(60)),
  headIsWoman: z.nullable(z.boolean()),
  foundedOn: z.nullable(day),
  motto: z.nullable(line(100)),
  before: line(500),
  deedsShort: z.string().check(z.maxLength(20_000)),
  deeds: z.string().check(z.maxLength(40_000)),
})
export type Nominee = z.infer<typeof nominee>

export const newNomination = z.strictObject({ campaignId: uuid, ...nominee.shape })
export const changedNomination = z.strictObject({ ...nominee.shape, version: z.int32() })

export const opinionSteps = ['party', 'union', 'outside', 'upper'] as const
export type OpinionStep = (typeof opinionSteps)[number]
/** POST /api/honour-nominations/:id/opinions */
export const newOpinion = z.strictObject({
  step: z.enum(opinionSteps),
  agrees: z.boolean(),
  body: line(500),
  version: z.int32(),
})
export type NewOpinion = z.infer<typeof newOpinion>

/** POST /api/honour-nominations/:id/state: show it in the unit, send it up, send it back, take it back. */
export const nominationActs = ['notice', 'send', 'return', 'withdraw'] as const
export const nominationAct = z.strictObject({
  act: z.enum(nominationActs),
  reason: z.optional(line(200)),
  version: z.int32(),
})
export type NominationAct = z.infer<typeof nominationAct>

export const fault = z.strictObject({ field: z.string(), message: z.string() })

export const nominationLine = z.strictObject({
  id: z.string(),
  typeKey: z.string(),
  name: z.string(),
  employer: z.string(),
  org: orgBrief,
  state: z.enum(nominationStates),
  isIndustrial: z.boolean(),
  isMigrant: z.boolean(),
  isHead: z.boolean(),
  isNonPublic: z.boolean(),
  /** Rules that it does not keep, and honours it had before. */
  faults: z.array(fault),
  turn: z.nullable(orgBrief),
  scored: z.number(),
  recused: z.number(),
  /** Hundredths; null while it is hidden or too few have scored. */
  average: z.nullable(z.number()),
  /** Of the juror who reads. */
  mine: z.nullable(z.enum(['open', 'given', 'recused', 'must'])),
  recordId: z.nullable(z.string()),
})
export type NominationLine = z.infer<typeof nominationLine>

export const juror = z.strictObject({
  postId: z.string(),
  name: z.string(),
  org: orgBrief,
  given: z.number(),
})
export type Juror = z.infer<typeof juror>

export const shareLine = z.strictObject({
  key: z.string(),
  label: z.string(),
  percent: z.number(),
  bound: z.number(),
  keeps: z.boolean(),
})
export type ShareLine = z.infer<typeof shareLine>

/** GET /api/honour-campaigns/:id */
export const campaign = z.strictObject({
  ...campaignCard.shape,
  note: z.string(),
  types: z.array(honourTitle),
  quotas: z.array(z.strictObject({ ...quota.shape, name: z.string(), used: z.number() })),
  hasShares: z.boolean(),
  lengths: z.strictObject({ short: z.number(), full: z.number() }),
  shares: z.strictObject({
    industrialLeast: z.number(),
    migrantLeast: z.number(),
    headsMost: z.number(),
    nonPublicLeast: z.number(),
  }),
  sheet: z.array(z.strictObject({ item: z.string(), points: z.number() })),
  version: z.number(),
  noticeId: z.nullable(z.string()),
  noticeState: z.nullable(z.enum(['open', 'blocked', 'passed', 'withdrawn'])),
  noticeClosesOn: z.nullable(z.string()),
  docNo: z.nullable(z.string()),
  grantedOn: z.nullable(z.string()),
  reason: z.string(),
  proposedByMe: z.boolean(),
  rows: z.array(nominationLine),
  jurors: z.array(juror),
  mayNominate: z.boolean(),
  mayLead: z.boolean(),
})
export type Campaign = z.infer<typeof campaign>

/** GET /api/honour-nominations/:id */
export const nomination = z.strictObject({
  ...nominationLine.shape,
  campaignId: z.string(),
  body: nominee,
  version: z.number(),
  reason: z.string(),
  noticeId: z.nullable(z.string()),
  noticeState: z.nullable(z.enum(['open', 'blocked', 'passed', 'withdrawn'])),
  noticeClosesOn: z.nullable(z.string()),
  opinions: z.array(
    z.strictObject({
      step: z.enum(opinionSteps),
      org: orgBrief,
      agrees: z.boolean(),
      body: z.string(),
      givenOn: z.string(),
    }),
  ),
  scores: z.array(
    z.strictObject({
      juror: z.string(),
      recused: z.boolean(),
      points: z.array(z.number()),
      total: z.number(),
      note: z.string(),
    }),
  ),
  isOwn: z.boolean(),
  isTurn: z.boolean(),
})
export type Nomination = z.infer<typeof nomination>

/** POST /api/honour-nominations/:id/score */
export const newScore = z.strictObject({
  recuse: z.boolean(),
  points: z.array(z.int32()).check(z.maxLength(20)),
  note: line(300),
})
export type NewScore = z.infer<typeof newScore>

/** PUT /api/honour-campaigns/:id/jurors */
export const newJurors = z.strictObject({ posts: z.array(uuid).check(z.maxLength(60)), version: z.int32() })
export const jurorChoice = z.strictObject({ postId: z.string(), name: z.string(), org: orgBrief })
export const jurorChoices = z.array(jurorChoice)

/** POST /api/honour-campaigns/:id/state */
export const campaignAct = z.strictObject({
  act: z.enum(['open', 'judge', 'cancel']),
  reason: z.optional(line(200)),
  version: z.int32(),
})
export type CampaignAct = z.infer<typeof campaignAct>
/** POST /api/honour-campaigns/:id/choice */
export const choice = z.strictObject({
  nominations: z.array(uuid).check(z.minLength(1), z.maxLength(500)),
  version: z.int32(),
})
/** POST /api/honour-campaigns/:id/decision: the party group's, entered by another than proposed. */
export const decision = z.strictObject({ agrees: z.boolean(), reason: line(200), version: z.int32() })
export type Decision = z.infer<typeof decision>
/** POST /api/honour-campaigns/:id/grant */
export const grant = z.strictObject({ docNo: line(60), grantedOn: day, version: z.int32() })
export type Grant = z.infer<typeof grant>
export const granted = z.strictObject({ records: z.array(z.string()), blocked: z.number() })
