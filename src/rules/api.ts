import * as z from 'zod/mini'
import { isDay } from '#kit/day.ts'

const day = z.string().check(z.refine(isDay, '日期应形如 2019-03-08'))

export const limitKinds = ['review', 'mend'] as const
export type LimitKind = (typeof limitKinds)[number]
export const limitLabels: Readonly<Record<LimitKind, string>> = {
  review: '审核提交的记录',
  mend: '修改退回的记录、提交草稿',
}

/** GET /api/calendar?year= */
export const calendarYear = z.strictObject({
  year: z.number(),
  /** Whether holidays and worked weekends of the year were entered; else it goes by the week. */
  announced: z.boolean(),
  days: z.array(z.strictObject({ day: z.string(), kind: z.enum(['off', 'work']), name: z.string() })),
  limits: z.array(z.strictObject({ kind: z.enum(limitKinds), days: z.number(), fromOn: z.string() })),
  mayEdit: z.boolean(),
})
export type CalendarYear = z.infer<typeof calendarYear>

/** PUT /api/calendar/days: `week` takes an entry back, the day then goes by the week. */
export const dayEntry = z.strictObject({
  from: day,
  until: day,
  kind: z.enum(['off', 'work', 'week']),
  name: z.string().check(z.trim(), z.maxLength(20)),
})
export type DayEntry = z.infer<typeof dayEntry>

/** PUT /api/calendar/limits: counts from a day on, what began before keeps the old term. */
export const limitEntry = z.strictObject({ kind: z.enum(limitKinds), days: z.int32(), fromOn: day })
export type LimitEntry = z.infer<typeof limitEntry>
