import * as z from 'zod/mini'
import { entryStates, standings } from '#screening/states.ts'
import { withQuery } from '../urlState.ts'

/** `standing` of the members beside the list, `place` of those on it: names of their own, since addresses share one set. */
export const roundSearch = z.strictObject({
  standing: z.optional(z.enum(standings)),
  place: z.optional(z.enum(entryStates)),
})
export type RoundSearch = z.infer<typeof roundSearch>
/** `id` of a round that has not begun; absent = a new one. */
export const roundFormSearch = z.strictObject({ id: z.optional(z.string()) })

const rounds = '/screening/rounds'
const round = (id: string) => `${rounds}/${encodeURIComponent(id)}`

export const screeningApi = {
  rounds,
  round,
  steps: (id: string) => `${round(id)}/steps`,
  days: (id: string) => `${round(id)}/days`,
  satisfaction: (id: string) => `${round(id)}/satisfaction`,
  allotments: (id: string) => `${round(id)}/allotments`,
  members: (id: string, standing: string) => withQuery(`${round(id)}/members`, { standing }),
  entries: (id: string) => `${round(id)}/entries`,
  entryList: (id: string, state: string | undefined) => withQuery(`${round(id)}/entries`, { state }),
  refusals: (id: string) => `${round(id)}/refusals`,
  bookings: (id: string) => `${round(id)}/bookings`,
  cancellations: (id: string) => `${round(id)}/cancellations`,
  list: (id: string) => `${round(id)}/list`,
  attendance: (id: string) => `${round(id)}/attendance`,
  follows: (id: string) => `${round(id)}/follows`,
  handlers: (id: string) => `${round(id)}/handlers`,
  handler: (id: string) => `/screening/handlers/${encodeURIComponent(id)}`,
} as const
