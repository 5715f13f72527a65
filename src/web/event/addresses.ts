import * as z from 'zod/mini'
import { eventBoxes, type EventBox } from '#signup/api.ts'
import { withQuery } from '../urlState.ts'

/** `box` of events: of the own unit, or those for which members may be signed up. */
export const eventsSearch = z.strictObject({ events: z.optional(z.enum(eventBoxes)) })
/** `id` of a draft that is mended, or `like` of an event that is copied. */
export const eventFormSearch = z.strictObject({ id: z.optional(z.string()), like: z.optional(z.string()) })
export const checkInSearch = z.strictObject({ code: z.optional(z.string()) })

const part = encodeURIComponent
const one = (id: string) => `/events/${part(id)}`
const entry = (id: string) => `/enrolments/${part(id)}`

export const eventApi = {
  all: '/events',
  list: (box: EventBox) => withQuery('/events', { box }),
  one,
  steps: (id: string) => `${one(id)}/steps`,
  cap: (id: string) => `${one(id)}/cap`,
  draw: (id: string) => `${one(id)}/draw`,
  words: (id: string) => `${one(id)}/words`,
  file: (id: string) => `${one(id)}/list`,
  candidates: (id: string, q: string) => withQuery(`${one(id)}/candidates`, q === '' ? {} : { q }),
  enrolments: (id: string) => `${one(id)}/enrolments`,
  scans: (id: string) => `${one(id)}/scans`,
  code: (id: string) => `${one(id)}/code`,
  attendance: (id: string) => `${one(id)}/attendance`,
  record: (id: string) => `${one(id)}/record`,
  publicDraw: (id: string) => `/draws/${part(id)}`,
  mine: '/my/events',
  enter: (id: string) => `/my/events/${part(id)}/entry`,
  checkIn: '/my/came',
  decision: (id: string) => `${entry(id)}/decision`,
  noShow: (id: string) => `${entry(id)}/no-show`,
  ticket: (id: string) => `${entry(id)}/ticket`,
  leave: (id: string) => `${entry(id)}/leave`,
  take: (id: string) => `${entry(id)}/take`,
  slot: (id: string) => `${entry(id)}/slot`,
  appeal: (id: string) => `${entry(id)}/appeal`,
} as const
