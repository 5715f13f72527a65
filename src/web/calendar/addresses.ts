import * as z from 'zod/mini'
import { withQuery } from '../urlState.ts'

/** Which year stands open. */
export const calendarSearch = z.strictObject({ year: z.optional(z.string()) })

export const calendarApi = {
  year: (year: number) => withQuery('/calendar', { year: String(year) }),
  days: '/calendar/days',
  limits: '/calendar/limits',
} as const
