import * as z from 'zod/mini'
import { levels } from '#kit/head.ts'
import { orgBrief } from '#org/api.ts'
import { uuid } from '#record/api.ts'

const line = (most: number) => z.string().check(z.trim(), z.maxLength(most))

/** GET /api/honour-register, and what of it everybody reads. */
export const registerQuery = z.strictObject({
  q: z.optional(line(40)),
  year: z.optional(z.string().check(z.regex(/^\d{4}$/))),
  level: z.optional(z.enum(levels)),
  after: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}_[0-9a-f-]{36}$/))),
})
export type RegisterQuery = z.infer<typeof registerQuery>
export const registerLine = z.strictObject({
  id: z.string(),
  subject: z.string(),
  honoree: z.string(),
  employer: z.nullable(z.string()),
  titles: z.array(z.strictObject({ honourType: z.string(), giver: z.string(), level: z.string() })),
  grantedOn: z.string(),
  docNo: z.string(),
  revokedOn: z.nullable(z.string()),
  revokedFor: z.nullable(z.string()),
  org: orgBrief,
  version: z.number(),
  mayRevoke: z.boolean(),
})
export type RegisterLine = z.infer<typeof registerLine>
export const register = z.strictObject({
  rows: z.array(registerLine),
  count: z.number(),
  next: z.nullable(z.string()),
})
export type Register = z.infer<typeof register>

/** POST /api/honour-register/:id/revocation */
export const revocation = z.strictObject({ reason: line(200), version: z.int32() })
export type Revocation = z.infer<typeof revocation>

/** GET /api/honour-roll: for anybody. */
export const roll = z.array(
  z.strictObject({
    honoree: z.string(),
    employer: z.string(),
    title: z.string(),
    giver: z.string(),
    grantedOn: z.string(),
    story: z.nullable(z.string()),
  }),
)
export type Roll = z.infer<typeof roll>

export const storyStates = ['draft', 'published', 'withdrawn'] as const
/** POST /api/honour-stories */
export const newStory = z.strictObject({ recordId: uuid, title: line(60), body: line(5000) })
export type NewStory = z.infer<typeof newStory>
export const story = z.strictObject({
  id: z.string(),
  recordId: z.string(),
  honoree: z.string(),
  title: z.string(),
  body: z.string(),
  state: z.enum(storyStates),
  publishedOn: z.nullable(z.string()),
  /** Whether everybody sees it now: published, and her consent stands. */
  isShown: z.boolean(),
})
export const stories = z.array(story)
export type Stories = z.infer<typeof stories>
export type Story = z.infer<typeof story>
export const storyAct = z.strictObject({ act: z.enum(['publish', 'withdraw']) })
/** GET /api/honour-roll/stories/:id */
export const publicStory = z.strictObject({
  title: z.string(),
  body: z.string(),
  honoree: z.string(),
  employer: z.string(),
  publishedOn: z.string(),
})
