import * as z from 'zod/mini'
import { eventModes } from './states.ts'

/** An event of the whole city that takes sign-ups, or soon will. */
export const openEvent = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** In a word, as it is read. */
  kind: z.string(),
  place: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  opensAt: z.string(),
  closesAt: z.string(),
  mode: z.enum(eventModes),
  cap: z.number(),
  /** Free places where the first come; null where they are drawn or chosen, or parted among units. */
  left: z.nullable(z.number()),
  host: z.string(),
})
export type OpenEvent = z.infer<typeof openEvent>

/** GET /api/open-events; `isCut` = there are more than one answer takes. */
export const openEvents = z.strictObject({
  now: z.string(),
  isCut: z.boolean(),
  events: z.array(openEvent),
})
export type OpenEvents = z.infer<typeof openEvents>
