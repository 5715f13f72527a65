import * as z from 'zod/mini'
import { uuid } from '#record/api.ts'
import { eventShape } from './api.ts'
import { entryStates, noShowStates, presenceStates } from './states.ts'

/** One woman's own standing: after each of her acts, and in her list. */
const myEntry = z.strictObject({
  id: z.string(),
  state: z.enum(entryStates),
  /** Entry number: the order in which she asked; of a draw, her number in the published list. */
  seq: z.number(),
  ahead: z.nullable(z.number()),
  offerUntil: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  cameAt: z.nullable(z.string()),
  noShow: z.nullable(z.enum(noShowStates)),
  appealAnswer: z.nullable(z.string()),
  isDone: z.nullable(z.boolean()),
})
export type MyEntry = z.infer<typeof myEntry>
export const myEvent = z.strictObject({
  ...eventShape,
  /** Places that whoever comes first may still have; null where none can be told. */
  left: z.nullable(z.number()),
  entry: z.nullable(myEntry),
  /** Evenings of a class that has several, with her own standing in each. */
  sessions: z.array(
    z.strictObject({
      startsAt: z.string(),
      endsAt: z.string(),
      state: z.nullable(z.enum(presenceStates)),
      counts: z.boolean(),
    }),
  ),
  doneRule: z.nullable(z.strictObject({ sessions: z.number(), share: z.number() })),
  words: z.array(z.strictObject({ body: z.string(), at: z.string() })),
})
export type MyEvent = z.infer<typeof myEvent>
/** GET /api/my/events */
export const myEvents = z.strictObject({
  /** Not in the register: nothing can be signed up for. */
  isRegistered: z.boolean(),
  rows: z.array(myEvent),
  news: z.array(z.strictObject({ subject: z.string(), at: z.string() })),
})
export type MyEvents = z.infer<typeof myEvents>
/** POST /api/my/events/:id/entry and the acts on one entry */
export const myStanding = z.strictObject({
  id: z.string(),
  state: z.enum(entryStates),
  ahead: z.nullable(z.number()),
})
export type MyStanding = z.infer<typeof myStanding>
/** POST /api/enrolments/:id/slot */
export const newSlot = z.strictObject({ eventId: uuid })
/** POST /api/enrolments/:id/appeal */
export const newAppeal = z.strictObject({ words: z.string().check(z.trim(), z.maxLength(300)) })
/** POST /api/my/came */
export const checkIn = z.strictObject({ code: z.string().check(z.maxLength(120)) })
export const checkedIn = z.strictObject({ title: z.string() })
