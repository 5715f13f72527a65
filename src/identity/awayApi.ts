import * as z from 'zod/mini'
import { isDay } from '#kit/day.ts'

const day = z.string().check(z.refine(isDay, '日期应形如 2019-03-08'))
const uuid = z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/))

export const delegation = z.strictObject({
  id: z.string(),
  /** The other person: whom she named, or who named her. */
  name: z.string(),
  fromOn: z.string(),
  untilOn: z.string(),
  state: z.enum(['coming', 'active', 'over']),
})
export type Delegation = z.infer<typeof delegation>

/** GET /api/account/away */
export const away = z.strictObject({
  given: z.array(delegation),
  received: z.array(delegation),
  /** Other cadres of her unit, whom she may name. */
  colleagues: z.array(z.strictObject({ postId: z.string(), name: z.string(), title: z.string() })),
})
export type Away = z.infer<typeof away>

/** POST /api/account/away */
export const newDelegation = z.strictObject({ toPost: uuid, fromOn: day, untilOn: day })
export type NewDelegation = z.infer<typeof newDelegation>

/** POST /api/session/behalf: for whom she acts from now on; null = for herself. */
export const actFor = z.strictObject({ id: z.nullable(uuid) })
