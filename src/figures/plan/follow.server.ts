import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { briefOf } from '#org/brief.server.ts'
import { briefs } from '#record/place.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { askedPlace } from '../service.server.ts'
import type { Pressing, Targets } from './api.ts'
import { askedYear, followed, storedItems } from './read.server.ts'
import { elapsedOf } from './rules.ts'

const most = 50

/** Whether an item binds: its own plan is adopted, or the one that it was handed down from. */
const isInForce = (item: RawBuilder<unknown>) => sql`(
    EXISTS (SELECT FROM app.plan p WHERE p.org_id = ${item}.org_id AND p.year = ${item}.year AND p.state = 'adopted')
    OR EXISTS (SELECT FROM app.plan_item h JOIN app.plan q ON q.org_id = h.org_id AND q.year = h.year
      WHERE h.id = ${item}.parent_id AND q.state = 'adopted'))`

/** What is past its day among items `i` in force, the oldest first. */
async function overdue(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  actor: Actor,
  whose: RawBuilder<unknown>,
): Promise<Pressing> {
  const today = deps.today()
  const late = await storedItems(
    tx,
    actor,
    sql`i.done_on IS NULL AND i.due_on < ${today}::date AND ${whose} AND ${isInForce(sql`i`)}`,
  )
  const over = new Set(
    (await followed(tx, actor, late, today))
      .filter((item) => item.state === 'overdue')
      .map((item) => item.id),
  )
  const shown = late
    .filter((one) => over.has(one.id))
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
    .slice(0, most)
  const plans = await briefs(
    tx,
    shown.map(({ orgId }) => orgId),
  )
  return shown.map(({ id, task, year, owner, dueOn, orgId }) => ({
    id,
    task,
    year,
    owner,
    dueOn,
    plan: plans.get(orgId)!,
  }))
}

/**
 * 督办: what is past its day, at the owner and at the unit above it. Of a plan that is not adopted yet nothing presses but
 * what was handed down into it.
 */
export const readPressing = (deps: Pick<Deps, 'today'>, tx: Tx, actor: Actor): Promise<Pressing> =>
  overdue(
    deps,
    tx,
    actor,
    sql`(i.owner_id = ${actor.org.id} OR i.org_id = ${actor.org.id}
      OR EXISTS (SELECT FROM app.org_edge e WHERE e.child_id = i.owner_id AND e.parent_id = ${actor.org.id} AND e.line = 1 AND e.to_ym = 999912))`,
  )

/** Of that, what her own unit has to do. */
export const readOwnPressing = (deps: Pick<Deps, 'today'>, tx: Tx, actor: Actor): Promise<Pressing> =>
  overdue(deps, tx, actor, sql`i.owner_id = ${actor.org.id}`)

/** The targets of a year that a unit owns, in adopted plans: what the figures page draws its figures against. */
export async function readTargets(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  actor: Actor,
  asked: { org?: string | undefined; year?: string | undefined; indicator?: string | undefined },
): Promise<Targets> {
  const at = await askedPlace(tx, actor, asked.org)
  const year = askedYear(deps, asked.year)
  const found = await rows<Omit<Targets['rows'][number], 'elapsed'>>(
    tx,
    sql`SELECT DISTINCT ON (i.indicator) n.code AS indicator, i.bound, i.target::float8 AS target, i.due_on AS "dueOn", ${briefOf('o')} AS plan
      FROM app.plan_item i JOIN app.plan p ON p.org_id = i.org_id AND p.year = i.year JOIN app.org o ON o.id = i.org_id
      JOIN app.indicator n ON n.id = i.indicator
      WHERE i.owner_id = ${at.id} AND i.year = ${year} AND i.removed_at IS NULL AND p.state = 'adopted'
      ORDER BY i.indicator, i.org_id <> ${at.id}, i.due_on DESC, i.serial`,
  )
  const today = deps.today()
  return {
    org: at.id,
    year,
    rows: found.map((row) => ({ ...row, elapsed: elapsedOf(year, row.dueOn, today) })),
    units:
      asked.indicator === undefined
        ? []
        : (await targetsBelow(tx, at.id, year, asked.indicator)).map(({ dueOn, ...unit }) => ({
            ...unit,
            elapsed: elapsedOf(year, dueOn, today),
          })),
  }
}

/** What was handed down stands before the unit has adopted its own plan: the plan that it comes from is. */
const targetsBelow = (tx: Tx, org: number, year: number, indicator: string) =>
  rows<{ org: number; target: number; dueOn: string }>(
    tx,
    sql`SELECT DISTINCT ON (i.owner_id) i.owner_id AS org, i.target::float8 AS target, i.due_on AS "dueOn"
      FROM app.plan_item i JOIN app.indicator n ON n.id = i.indicator
      JOIN app.org_edge e ON e.child_id = i.owner_id AND e.parent_id = ${org} AND e.line = 1 AND e.to_ym = 999912
      WHERE i.year = ${year} AND n.code = ${indicator} AND i.target IS NOT NULL AND i.removed_at IS NULL
        AND ${isInForce(sql`i`)}
      ORDER BY i.owner_id, i.org_id <> i.owner_id, i.due_on DESC, i.serial`,
  )
