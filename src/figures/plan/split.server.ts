import { sql } from 'kysely'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { Problem } from '#kit/problem.ts'
import { periodOf } from '#kit/period.ts'
import type { Actor } from '#identity/actor.ts'
import type { OrgBrief } from '#org/api.ts'
import { briefOf } from '#org/brief.server.ts'
import { indicators } from '#programmes/index.ts'
import type { Deps } from '#server/deps.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { totals } from '../read.server.ts'
import type { Split, SplitProposal, SplitRule } from './api.ts'
import { getItem, type StoredItem } from './read.server.ts'
import { openPlan } from './revise.server.ts'
import { shareOut, stepOf } from './rules.ts'
import { insertItem, ownItem, usualTitle } from './write.server.ts'

const byId = new Map(indicators.map((i) => [i.id, i]))

type Below = {
  org: OrgBrief
  districtId: number
  heads: number
  child: { id: string; target: number | null } | null
}

/** The units that report to the plan's unit, with their women members (all below included) and what they have of the item. */
const belowOf = (tx: Tx, item: StoredItem): Promise<Below[]> =>
  rows<Below>(
    tx,
    sql`SELECT ${briefOf('c')} AS org, c.district_id AS "districtId",
        (SELECT coalesce(sum(u.women_members), 0)::int FROM app.org u
          WHERE u.scope_code >= c.scope_code AND u.scope_code < c.scope_code || '~' AND u.closed_on IS NULL) AS heads,
        (SELECT jsonb_build_object('id', i.id, 'target', i.target) FROM app.plan_item i
          WHERE i.parent_id = ${item.id}::uuid AND i.org_id = c.id AND i.removed_at IS NULL ORDER BY i.id LIMIT 1) AS child
      FROM app.org_edge e JOIN app.org c ON c.id = e.child_id
      WHERE e.parent_id = ${item.orgId} AND e.line = 1 AND e.to_ym = 999912 AND c.closed_on IS NULL ORDER BY c.tier IN ('grassroots', 'branch'), c.org_code`,
  )

/** What a rule weighs each unit by: accepted figures of the year before, women members, or nothing. */
async function basesOf(
  tx: Tx,
  item: StoredItem,
  below: readonly Below[],
  rule: SplitRule,
): Promise<(number | null)[]> {
  if (rule === 'byHand') return below.map(() => null)
  if (rule === 'headCount') return below.map(({ heads }) => heads)
  const period = periodOf('year', item.year - 1)
  const ids = below.map(({ org }) => org.id)
  const sums = item.indicator === null ? [] : await totals(tx, ids, [period], [item.indicator])
  return below.map(({ org }) =>
    sums
      .filter((t) => t.org_id === org.id && t.state === 1 && !t.viewed)
      .reduce((sum, t) => sum + t.values[0]!, 0),
  )
}

/** How a rule would share an item's target out to the units below; without a target, who would get the task. */
export async function proposeSplit(
  tx: Tx,
  actor: Actor,
  id: string,
  rule: SplitRule,
): Promise<SplitProposal> {
  const item = await getItem(tx, actor, id)
  if (item.orgId !== actor.org.id) throw Problem.denied({ what: '由制定计划的单位分解' })
  const below = await belowOf(tx, item)
  const bases = await basesOf(tx, item, below, rule)
  const declared = byId.get(item.indicator ?? '')
  const parts =
    item.target === null || !declared || rule === 'byHand'
      ? null
      : shareOut(
          item.target,
          bases.map((base) => base ?? 0),
          stepOf(declared.indicator),
        )
  return {
    item: id,
    task: item.task,
    rule,
    target: item.target,
    rows: below.map(({ org, child }, at) => ({
      org,
      base: bases[at]!,
      proposed: parts?.[at] ?? null,
      current: child?.target ?? null,
      has: child !== null,
    })),
  }
}

/**
 * Hands an item down to units directly below: into the plan of each, with its share or without a number. A unit that has it gets
 * the new share; whoever's plan is adopted finds the change among its revisions. The sum is not forced.
 */
export async function splitItem(
  deps: Pick<Deps, 'catalogue' | 'today'>,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: Split,
): Promise<void> {
  const item = await ownItem(tx, work, id, given.version)
  const below = new Map((await belowOf(tx, item)).map((one) => [one.org.id, one]))
  const shares = [...new Map(given.shares.map((share) => [share.org, share])).values()]
  if (shares.some((share) => !below.has(share.org)))
    throw Problem.invalid({
      issues: [{ field: 'shares', message: '只能分给直接下级单位，请重新选择' }],
    })
  if (item.indicator === null && shares.some((share) => share.target !== null))
    throw Problem.invalid({ issues: [{ field: 'shares', message: '这一项没有目标值，只分任务不分数字' }] })
  // In the order of the units, so that two who break down at once wait for each other instead of for ever.
  for (const share of shares.sort((a, b) => a.org - b.org))
    await handDown(deps, tx, work, item, below.get(share.org)!, share.target)
  await sql`UPDATE app.plan_item SET version = version + 1 WHERE id = ${id}::uuid`.execute(tx)
  work.audit({
    districtId: work.actor.org.districtId,
    action: 'plan.split',
    object: `planItem:${id}`,
    body: given,
  })
}

async function handDown(
  deps: Pick<Deps, 'catalogue' | 'today'>,
  tx: Tx,
  work: UnitOfWork,
  item: StoredItem,
  { org, child, districtId }: Below,
  target: number | null,
): Promise<void> {
  if (child && child.target === target) return
  const { year, section, task, dueOn, evidence, indicator, bound } = item
  const revision = {
    reason: `上级分解：${task}`.slice(0, 200),
    docNo: '',
    on: deps.today(),
  }
  await openPlan(tx, work, { org: org.id, year, title: usualTitle(org, year) }, revision)
  if (child)
    await sql`UPDATE app.plan_item SET target = ${target}::bigint, indicator = CASE WHEN ${target}::bigint IS NULL THEN NULL ELSE ${indicator === null ? null : deps.catalogue.indicatorId(indicator)}::smallint END,
        bound = CASE WHEN ${target}::bigint IS NULL THEN NULL ELSE ${bound} END, version = version + 1 WHERE id = ${child.id}::uuid`.execute(
      tx,
    )
  else
    await insertItem(deps, tx, {
      section,
      task,
      dueOn,
      evidence,
      ownerId: org.id,
      target: target === null || !indicator || !bound ? null : { indicator, bound, value: target },
      orgId: org.id,
      year,
      parent: item.id,
    })
  work.audit({
    districtId,
    action: 'plan.handDown',
    object: `plan:${org.id}-${year}`,
    purpose: revision.reason,
  })
}
