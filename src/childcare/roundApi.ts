import * as z from 'zod/mini'
import { orgBrief } from '#org/api.ts'
import { uuid } from '#record/api.ts'
import { instant } from '#signup/api.ts'

const words = (most: number) => z.string().check(z.trim(), z.maxLength(most))

export const mostClasses = 20
export const mostChildren = 3
export const roundStates = ['draft', 'open', 'frozen', 'placed', 'cancelled'] as const
export type RoundState = (typeof roundStates)[number]
export const roundStateWords: Readonly<Record<RoundState, string>> = {
  draft: '草稿',
  open: '已发布',
  frozen: '名单已固定，待分配',
  placed: '已分配',
  cancelled: '已取消',
}

/** Levels of the frozen list, 1 first: by group, in each those of the unit that holds the class before the others. No level tells of hardship. */
export const levelWords: readonly string[] = [
  '优先，本单位',
  '优先，其他单位',
  '其他，本单位',
  '其他，其他单位',
]

/** POST /api/childcare/rounds, PUT /api/childcare/rounds/:id */
export const newRound = z.strictObject({
  title: words(60),
  about: words(500),
  opensAt: instant,
  closesAt: instant,
  /** Where the public value will be read that nobody knows before closing. */
  source: words(100),
  classes: z
    .array(z.strictObject({ classId: uuid, places: z.int().check(z.gte(1), z.lte(1000)) }))
    .check(z.maxLength(mostClasses)),
})
export type NewRound = z.infer<typeof newRound>
export const roundEdit = z.strictObject({ ...newRound.shape, version: z.int32() })
export const roundDone = z.strictObject({ id: z.string(), version: z.number() })
export type RoundDone = z.infer<typeof roundDone>
/** POST /api/childcare/rounds/:id/steps */
export const roundActs = ['open', 'place', 'cancel', 'drop'] as const
export type RoundAct = (typeof roundActs)[number]
export const roundStep = z.strictObject({
  act: z.enum(roundActs),
  version: z.int32(),
  /** Of `place`: the public value. */
  value: z.optional(words(200)),
  reason: z.optional(words(200)),
})
export type RoundStep = z.infer<typeof roundStep>

const roundShape = {
  id: z.string(),
  org: orgBrief,
  title: z.string(),
  about: z.string(),
  state: z.enum(roundStates),
  opensAt: z.string(),
  closesAt: z.string(),
  reason: z.nullable(z.string()),
  classes: z.array(
    z.strictObject({
      n: z.number(),
      title: z.string(),
      place: z.string(),
      org: z.string(),
      places: z.number(),
    }),
  ),
}
export const roundLine = z.strictObject(roundShape)
export type RoundLine = z.infer<typeof roundLine>
/** GET /api/childcare/rounds: of the actor's unit, and those in which it holds a class. */
export const roundList = z.strictObject({
  rows: z.array(roundLine),
  /** Classes that may be put into a round, with their free places. */
  offered: z.array(
    z.strictObject({ id: z.string(), title: z.string(), org: z.string(), places: z.number() }),
  ),
})
export type RoundList = z.infer<typeof roundList>
/** GET /api/childcare/rounds/:id */
export const roundDetail = z.strictObject({
  ...roundShape,
  version: z.number(),
  isOwner: z.boolean(),
  source: z.string(),
  classIds: z.array(z.string()),
  /** Null to whoever only holds a class. */
  families: z.nullable(z.number()),
  children: z.nullable(z.number()),
  /** Guardians whose children got a place in a class of the actor's unit. */
  guardians: z.array(z.strictObject({ n: z.number(), name: z.string(), org: z.string(), child: z.number() })),
})
export type RoundDetail = z.infer<typeof roundDetail>

/** GET /api/open-childcare-rounds/:id: what anybody recomputes the result from; numbers, no names. */
export const publicRound = z.strictObject({
  id: z.string(),
  title: z.string(),
  org: z.string(),
  closesAt: z.string(),
  /** Of a round that was called off. */
  reason: z.nullable(z.string()),
  secretHash: z.string(),
  source: z.string(),
  rooms: z.array(z.strictObject({ n: z.number(), title: z.string(), places: z.number() })),
  frozenAt: z.nullable(z.string()),
  list: z.nullable(z.string()),
  listHash: z.nullable(z.string()),
  publicValue: z.nullable(z.string()),
  secret: z.nullable(z.string()),
  seed: z.nullable(z.string()),
  placedAt: z.nullable(z.string()),
  /** Numbers that left between list and lots, with commas. */
  withdrawn: z.nullable(z.string()),
  result: z.nullable(z.string()),
})
export type PublicRound = z.infer<typeof publicRound>

/** GET /api/my/childcare-rounds */
export const myRounds = z.strictObject({
  isRegistered: z.boolean(),
  now: z.string(),
  /** The consent that goes with it, and whether she gave it. */
  consent: z.strictObject({ text: z.string(), textHash: z.string(), isGiven: z.boolean() }),
  rows: z.array(
    z.strictObject({
      ...roundShape,
      children: z.array(
        z.strictObject({
          ranked: z.array(z.number()),
          number: z.nullable(z.number()),
          got: z.nullable(z.number()),
        }),
      ),
    }),
  ),
})
export type MyRounds = z.infer<typeof myRounds>
export type MyRound = MyRounds['rows'][number]
/** PUT /api/my/childcare-rounds/:id: for each child the classes in her order; [] = takes them back. */
export const newWishes = z.strictObject({
  children: z
    .array(
      z.array(z.int().check(z.gte(1), z.lte(mostClasses))).check(z.minLength(1), z.maxLength(mostClasses)),
    )
    .check(z.maxLength(mostChildren)),
  textHash: z.string().check(z.maxLength(128)),
})
export type NewWishes = z.infer<typeof newWishes>

/** Why her wishes are not taken. */
export const wishRefusals = {
  person: '您还没有登记在会员名册里，请先联系所在单位的女职工委员登记',
  early: '还没有到填报时间',
  late: '填报已经截止',
  outside: '这一轮只面向主办单位和下级单位的职工',
  class: '有的班级已不在这一轮里，请刷新后重新选择',
} as const
