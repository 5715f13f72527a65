import * as z from 'zod/mini'
import { orgBrief } from '#org/api.ts'

/** Roles of domain §1; a silo's worker is the one role handler + programme. */
export const roles = [
  'cadre',
  'leader',
  'worker',
  'handler',
  'systemAdmin',
  'securityAdmin',
  'auditAdmin',
  'service',
] as const
export type Role = (typeof roles)[number]

export const post = z.strictObject({ id: z.string(), role: z.enum(roles), org: orgBrief })

/** GET /api/me: who acts, in which post, on which business date, under which promise of durability. */
export const me = z.strictObject({
  account: z.strictObject({ id: z.string(), name: z.string(), title: z.string() }),
  post,
  posts: z.array(post),
  mode: z.enum(['demo', 'live']),
  today: z.string(),
  engine: z.strictObject({ name: z.string(), promise: z.string() }),
})
export type Me = z.infer<typeof me>

/** GET /api/demo/people: the picker of the sign-in page, in demo mode only. */
export const demoPerson = z.strictObject({
  accountId: z.string(),
  name: z.string(),
  title: z.string(),
  pitch: z.string(),
  role: z.enum(roles),
  org: orgBrief,
})
export type DemoPerson = z.infer<typeof demoPerson>

/** POST /api/session */
export const signIn = z.strictObject({ accountId: z.string().check(z.maxLength(40)) })
/** POST /api/session/post */
export const switchPost = z.strictObject({ postId: z.guid() })
