import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { Whose } from './api.ts'
import { otherNames, type OtherDeed } from './others.ts'

type IsIn = (day: RawBuilder<unknown>) => RawBuilder<unknown>

/**
 * How much of each was done, by the day of the matter where it has one; numbers alone, so nothing of a file in confidence is
 * told. Her own is what she did herself, her unit's what any of it did.
 */
const counts: Readonly<
  Record<OtherDeed, (actor: Actor, isHers: boolean, isIn: IsIn) => RawBuilder<unknown>>
> = {
  tasksAnswered: (
    { org, accountId },
    isHers,
    isIn,
  ) => sql`SELECT count(*) FROM app.task_answer a JOIN app.task t ON t.id = a.task_id
    WHERE a.org_id = ${org.id} AND a.state IN ('reported', 'closed') AND ${isIn(sql`t.due_on`)} ${isHers ? sql`AND a.reported_by = ${accountId}::uuid` : sql``}`,
  tasksSent: (
    { org, accountId },
    isHers,
    isIn,
  ) => sql`SELECT count(*) FROM app.task t WHERE t.org_id = ${org.id} AND ${isIn(sql`coalesce(t.sent_on, t.created_at::date)`)}
    ${isHers ? sql`AND t.created_by = ${accountId}::uuid` : sql``}`,
  planItems: (
    { org, accountId },
    isHers,
    isIn,
  ) => sql`SELECT count(*) FROM app.plan_item i WHERE i.owner_id = ${org.id} AND i.removed_at IS NULL AND ${isIn(sql`i.done_on`)}
    ${isHers ? sql`AND i.done_by = ${accountId}::uuid` : sql``}`,
  classes: (
    { org, personId },
    isHers,
    isIn,
  ) => sql`SELECT count(*) FROM app.childcare_class c WHERE c.org_id = ${org.id} AND c.published_on IS NOT NULL AND c.record_id IS NULL
    AND c.state NOT IN ('refused', 'withdrawn') AND ${isIn(sql`c.from_on`)}
    ${isHers ? sql`AND c.submitted_by = ${personId}::uuid` : sql``}`,
  nominations: (
    { org, personId },
    isHers,
    isIn,
  ) => sql`SELECT count(*) FROM app.honour_nomination n JOIN app.honour_campaign c ON c.id = n.campaign_id
    WHERE n.org_id = ${org.id} AND n.state IN ('upper', 'listed', 'chosen', 'notChosen') AND ${isIn(sql`c.opens_on`)}
    ${isHers ? sql`AND n.submitted_person = ${personId}::uuid` : sql``}`,
  hardshipFiles: (
    { org, accountId, personId },
    isHers,
    isIn,
  ) => sql`SELECT count(DISTINCT s.file_id) FROM app.hardship_step s JOIN app.hardship_file f ON f.id = s.file_id
    WHERE s.org_id = ${org.id} AND app.handles_hardship() AND f.person_id <> ${personId}::uuid AND ${isIn(sql`s.on_day`)}
    ${isHers ? sql`AND s.account_id = ${accountId}::uuid` : sql``}`,
  bulletins: (
    { org, accountId },
    isHers,
    isIn,
  ) => sql`SELECT count(*) FROM app.bulletin b WHERE b.org_id = ${org.id} AND b.withdrawn_at IS NULL AND ${isIn(sql`b.created_at::date`)}
    ${isHers ? sql`AND b.created_by = ${accountId}::uuid` : sql``}`,
}

/** What of a year stands in no record; what was not done is left out. */
export async function otherDeedsOf(
  tx: Tx,
  actor: Actor,
  whose: Whose,
  year: number,
): Promise<{ deed: OtherDeed; n: number }[]> {
  const isIn: IsIn = (day) => sql`${day} BETWEEN ${`${year}-01-01`}::date AND ${`${year}-12-31`}::date`
  const found = (await first<Record<OtherDeed, number>>(
    tx,
    sql`SELECT ${sql.join(otherNames.map((name) => sql`(${counts[name](actor, whose === 'me', isIn)})::int AS ${sql.ref(name)}`))}`,
  ))!
  return otherNames.flatMap((deed) => (found[deed] > 0 ? [{ deed, n: found[deed] }] : []))
}
