import { sql } from 'kysely'
import { openWork, type UnitOfWork } from '#audit/unitOfWork.server.ts'
import { proposeSplit, splitItem } from '#figures/plan/split.server.ts'
import { suggest } from '#figures/plan/suggest.server.ts'
import { addItem, adoptPlan, savePlan, tellProgress } from '#figures/plan/write.server.ts'
import type { Actor } from '#identity/actor.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import { demoCadre } from './loadTasks.server.ts'
import { districtSeeds, planGoal, planSeeds, suggestionSeed, type PlanSeed } from './plan.ts'

type Some = Pick<Deps, 'catalogue' | 'today'>

const year = 2020

/** The plans of 2020 as the cadres would write them: the city's, one figure of it shared out, a district's, and a suggestion. */
export async function loadPlans(deps: Some, tx: Tx, work: UnitOfWork): Promise<void> {
  const city = await demoCadre(tx, 'city')
  const district = await demoCadre(tx, 'district')
  await write(deps, tx, city, planSeeds, '女职工委员会全体会议', '2020-04-08', '演示工女〔2020〕4号')
  await shareOut(deps, tx, city, 'training.sessions')
  await write(deps, tx, district, districtSeeds, '女职工委员会全体会议', '2020-04-14', '')
  await suggest(tx, openWork(district), year, suggestionSeed)
  for (const actor of [city, district])
    work.audit({
      districtId: actor.org.districtId,
      action: 'plan.adopt',
      object: `plan:${actor.org.id}-${year}`,
      accountId: actor.accountId,
    })
}

/** Writes a plan and has it adopted; what was handed down stays, without a revision, since the meeting came after it. */
async function write(
  deps: Some,
  tx: Tx,
  actor: Actor,
  seeds: readonly PlanSeed[],
  meeting: string,
  adoptedOn: string,
  docNo: string,
): Promise<void> {
  const work = openWork(actor)
  const { id: org, name } = actor.org
  const told: { id: string; note: string }[] = []
  for (const { owner, target, done, ...seed } of seeds) {
    const ownerId = owner === undefined ? org : await orgOf(tx, owner)
    const { id } = await addItem(deps, tx, work, year, { ...seed, ownerId, target: target ?? null })
    if (done !== undefined) told.push({ id, note: done })
  }
  const version = async () =>
    (await first<{ version: number }>(
      tx,
      sql`SELECT version FROM app.plan WHERE org_id = ${org} AND year = ${year}`,
    ))!.version
  await savePlan(tx, work, year, {
    version: await version(),
    title: `${name}女职工委员会${year}年工作计划`,
    goal: actor.org.tier === 'city' ? planGoal : '',
  })
  await adoptPlan(deps, tx, work, year, { version: await version(), meeting, adoptedOn, docNo })
  for (const { id, note } of told)
    await tellProgress(deps, tx, work, id, { version: 1, done: true, note, record: null })
}

async function orgOf(tx: Tx, code: string): Promise<number> {
  const found = await first<{ id: number }>(tx, sql`SELECT id FROM app.org WHERE org_code = ${code}`)
  if (!found) throw new Error(`the demo tree has no unit ${code}`)
  return found.id
}

/** Hands the item of an indicator down by last year's figures. */
async function shareOut(deps: Some, tx: Tx, actor: Actor, indicator: string): Promise<void> {
  const item = await first<{ id: string }>(
    tx,
    sql`SELECT i.id FROM app.plan_item i WHERE i.org_id = ${actor.org.id} AND i.year = ${year} AND i.indicator = ${deps.catalogue.indicatorId(indicator)}`,
  )
  const { rows } = await proposeSplit(tx, actor, item!.id, 'lastYear')
  const shares = rows.map(({ org, proposed }) => ({ org: org.id, target: proposed || null }))
  await splitItem(deps, tx, openWork(actor), item!.id, { version: 1, shares })
}
