import { sql, type RawBuilder } from 'kysely'
import { addDays, isDay, realToday } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'

/** First and last day in Shanghai, both included. */
export type Days = { since: string; until: string }

/** The days of a query; default the last `usual` up to today on the real clock. @throws Problem.badRequest at the field */
export function askedDays(
  q: { since?: string | undefined; until?: string | undefined },
  usual: number,
): Days {
  for (const field of ['since', 'until'] as const) {
    const day = q[field]
    if (day !== undefined && !isDay(day))
      throw Problem.badRequest({ issues: [{ field, message: '日期应形如 2019-03-08' }] })
  }
  const until = q.until ?? realToday()
  return { since: q.since ?? addDays(until, 1 - usual), until }
}

/** Audit rows (alias a) of some days. */
export const onDays = ({ since, until }: Days): RawBuilder<unknown> =>
  sql`a.at >= ${since}::date::timestamp AT TIME ZONE 'Asia/Shanghai' AND a.at < (${until}::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'`
