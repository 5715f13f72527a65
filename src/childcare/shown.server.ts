import { sql, type RawBuilder } from 'kysely'
import { first, type Tx } from '#server/database.server.ts'

/** Days on which a class (`c`) was shown: from each publication to what ended it, without those on which something lacked. */
export const shownDays = sql`((SELECT coalesce(range_agg(daterange(t.on_day, t.ended, '[]')) FILTER (WHERE t.act = 'publish'), '{}'::datemultirange)
    FROM (SELECT s.act, s.on_day, lead(s.on_day) OVER (ORDER BY s.id) AS ended FROM app.childcare_step s
      WHERE s.district_id = c.district_id AND s.class_id = c.id AND s.act IN ('publish', 'takeDown', 'suspend', 'finish')) t) - c.unshown)`

/** The day since which a check or a certificate (`s`) lets a class be shown to nobody, or will; none lacks before it is asked for. */
export const badSince = (months: number): RawBuilder<unknown> =>
  sql`(CASE WHEN s.left_on IS NOT NULL THEN NULL WHEN s.result = 'fit' THEN least((s.checked_on + make_interval(months => ${months}::int))::date + 1,
    greatest(s.health_until + 1, s.certificate_from)) ELSE s.noted_on END)`

/** Before something that lacked is mended: the days until today on which it lacked stay known. */
export async function keepLapse(
  tx: Tx,
  classId: string,
  today: string,
  since: RawBuilder<unknown>,
): Promise<void> {
  await sql`UPDATE app.childcare_class c SET unshown = c.unshown + datemultirange(daterange(x.since, ${today}::date))
    FROM (SELECT (${since}) AS since) x WHERE c.id = ${classId}::uuid AND x.since < ${today}::date`.execute(
    tx,
  )
}

/** Whether a class was shown on a day, as far as is known today. */
export async function wasShown(tx: Tx, classId: string, onDay: string, months: number): Promise<boolean> {
  const found = await first<{ shown: boolean }>(
    tx,
    sql`SELECT ${onDay}::date <@ ${shownDays}
        AND coalesce(${onDay}::date < (SELECT min(${badSince(months)}) FROM app.childcare_staff s WHERE s.district_id = c.district_id AND s.class_id = c.id), false)
        AND coalesce(${onDay}::date <= (SELECT min(p.valid_until) FROM app.childcare_paper p WHERE p.district_id = c.district_id AND p.class_id = c.id), false) AS shown
      FROM app.childcare_class c WHERE c.id = ${classId}::uuid`,
  )
  return found?.shown ?? false
}
