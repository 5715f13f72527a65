import { sql, type RawBuilder } from 'kysely'

/**
 * The committee in office of each unit on a day that is over, as rows (org_id, form, until_on): what the accepted records say
 * of that day; of a unit as it was onboarded its card. A term that nobody entered has no end: until_on is NULL.
 */
export const committeesOn = (day: string): RawBuilder<unknown> => sql`(
  SELECT DISTINCT ON (x.org_id) x.org_id, x.form, x.until_on FROM (
    SELECT r.org_id, CASE c.form WHEN '女职工委员会' THEN 'committee' ELSE 'delegate' END AS form, t.from_on, t.until_on, c.founded_on
    FROM app.committee c JOIN app.record r ON r.district_id = c.district_id AND r.id = c.record_id AND r.state = 'accepted'
      LEFT JOIN LATERAL (SELECT e.from_on, e.until_on FROM app.committee_terms e
        WHERE e.district_id = c.district_id AND e.record_id = c.record_id AND e.from_on <= ${day}::date ORDER BY e.from_on DESC LIMIT 1) t ON true
    WHERE c.founded_on <= ${day}::date AND (c.dissolved_on IS NULL OR c.dissolved_on > ${day}::date)
    UNION ALL SELECT k.org_id, k.form, k.term_from_on, CASE WHEN k.term_from_on <= ${day}::date THEN k.term_until_on END, k.founded_on
    FROM app.org_committee k WHERE k.record_id IS NULL AND k.founded_on <= ${day}::date
  ) x ORDER BY x.org_id, x.from_on DESC NULLS LAST, x.founded_on DESC)`
