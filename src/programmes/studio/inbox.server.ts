import { sql } from 'kysely'
import { brought, mostOfOne, nothing, ownUnit, type Contributor } from '#inbox/contributor.server.ts'
import { aPaper } from '#inbox/waiting.ts'
import { addDays, monthsAfter } from '#kit/day.ts'
import { keptBy } from '#record/keeper.server.ts'
import { ruleOn } from '#rules/tables.server.ts'
import { rows } from '#server/database.server.ts'
import { studio } from './definition.ts'
import { studioReview } from './tables.ts'

/** Studios in use of her own unit whose year since the plaque or the last review ends, until a correction that says so is on its way. */
export const studioWaits: Contributor = async (deps, tx, actor) => {
  if (actor.role !== 'cadre') return nothing
  const today = deps.today()
  const { months, noticeDays } = (await ruleOn(tx, studioReview, today)).value
  const found = await rows<{ id: string; title: string; last: string }>(
    tx,
    sql`SELECT r.id, r.title, coalesce(s.reviewed_on, s.named_on)::text AS last
      FROM app.record r JOIN app.studio s ON s.district_id = r.district_id AND s.record_id = r.id
      WHERE r.programme = ${deps.catalogue.programmeId(studio.key)} AND r.state = 'accepted' AND (${keptBy('r', sql`${actor.org.id}::int`)})
        AND (s.delisted_on IS NULL OR s.delisted_on > ${today}::date)
        AND (coalesce(s.reviewed_on, s.named_on) + make_interval(months => ${months}))::date <= ${addDays(today, noticeDays)}::date
        AND NOT EXISTS (SELECT FROM app.proposal p WHERE p.record_district_id = r.district_id AND p.record_id = r.id AND p.state = 'submitted')
      ORDER BY last, r.id LIMIT ${mostOfOne + 1}`,
  )
  return brought(
    found.map(({ id, title, last }) => ({
      box: 'fill',
      id: `studioReview-${id}`,
      kind: 'matter',
      label: studio.label,
      title,
      org: ownUnit(actor),
      at: last,
      what: '请复核后更正登记',
      due: { on: monthsAfter(last, months) },
      minutes: aPaper,
      link: `/records/${studio.key}?id=${id}`,
    })),
    found,
  )
}
