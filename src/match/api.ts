import * as z from 'zod/mini'

const words = (most: number) => z.string().check(z.trim(), z.maxLength(most))

export const matchStates = ['open', 'barred', 'dismissed', 'lifted'] as const
export type MatchReportState = (typeof matchStates)[number]
export const matchStateWords: Readonly<Record<MatchReportState, string>> = {
  open: '待处理',
  barred: '已停止对方参加',
  dismissed: '未认定违规',
  lifted: '已恢复对方参加',
}

/** PUT /api/my/match: takes part, or writes her card anew. */
export const matchEntry = z.strictObject({
  alias: words(12),
  area: words(20),
  about: words(80),
  contact: words(60),
  /** Her own statement. */
  isSingle: z.boolean(),
  /** Digest of the words that she was shown. */
  textHash: z.string().check(z.maxLength(128)),
})
export type MatchEntry = z.infer<typeof matchEntry>

/** GET /api/my/match */
export const myMatch = z.strictObject({
  isRegistered: z.boolean(),
  isBarred: z.boolean(),
  profile: z.nullable(
    z.strictObject({
      alias: z.string(),
      area: z.string(),
      about: z.string(),
      contact: z.string(),
      band: z.string(),
      singleOn: z.string(),
      /** False: the words are new since she agreed, or the registration is another; until she agrees anew she meets nobody. */
      isSeen: z.boolean(),
    }),
  ),
  areas: z.array(z.string()),
  text: z.string(),
  textHash: z.string(),
  reports: z.array(z.strictObject({ madeOn: z.string(), state: z.enum(matchStates) })),
})
export type MyMatch = z.infer<typeof myMatch>

const cardShape = {
  id: z.string(),
  alias: z.string(),
  area: z.string(),
  about: z.string(),
  band: z.string(),
}
export const matchCard = z.strictObject(cardShape)
export type MatchCard = z.infer<typeof matchCard>
/** GET /api/my/match/people: cards that she has not answered; how many there are is not told. */
export const matchPeople = z.strictObject({ rows: z.array(matchCard), more: z.boolean() })
export type MatchPeople = z.infer<typeof matchPeople>
export const matchPage = z.strictObject({
  skip: z.optional(z.coerce.number().check(z.int(), z.gte(0), z.lte(100_000))),
})
/** POST /api/my/match/people/:id/answer: the answer to it is the same whatever the other said. */
export const matchAnswer = z.strictObject({ yes: z.boolean() })
/** POST /api/my/match/people/:id/report */
export const matchReport = z.strictObject({ words: words(500) })
/** GET /api/my/match/answers */
export const matchAnswers = z.strictObject({
  rows: z.array(z.strictObject({ ...cardShape, yes: z.boolean() })),
})
export type MatchAnswers = z.infer<typeof matchAnswers>
/** GET /api/my/match/pairs */
export const matchPairs = z.strictObject({
  rows: z.array(
    z.strictObject({
      ...cardShape,
      name: z.string(),
      contact: z.string(),
      /** The day on which the other last read hers. */
      readOn: z.nullable(z.string()),
    }),
  ),
})
export type MatchPairs = z.infer<typeof matchPairs>

/** GET /api/match/reports: to whoever is named for complaints. */
export const matchReports = z.strictObject({
  rows: z.array(
    z.strictObject({
      id: z.string(),
      alias: z.nullable(z.string()),
      about: z.nullable(z.string()),
      words: z.nullable(z.string()),
      madeOn: z.string(),
      state: z.enum(matchStates),
      closedOn: z.nullable(z.string()),
    }),
  ),
})
export type MatchReports = z.infer<typeof matchReports>
/** POST /api/match/reports/:id */
export const matchSettle = z.strictObject({ act: z.enum(['bar', 'dismiss', 'lift']) })
export type MatchSettle = z.infer<typeof matchSettle>
/** GET /api/match/counts: full tens, null below eleven. */
export const matchCounts = z.strictObject({
  women: z.nullable(z.number()),
  men: z.nullable(z.number()),
  pairs: z.nullable(z.number()),
})
export type MatchCounts = z.infer<typeof matchCounts>

/** Why she cannot take part. */
export const joinRefusals = {
  person: '您还没有登记在会员名册里，请先联系所在单位的女职工委员登记',
  age: '登记里的出生年份不满 19 岁或没有填写，不能参加；填写有误的请联系所在单位更正',
  barred: '因被举报并经核实，您不能参加；有异议请在“说件事”里提出',
  again: '您在另一处刚刚参加过，请刷新后再改',
} as const
