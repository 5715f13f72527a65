import { sql } from 'kysely'
import { monthOf } from '#kit/day.ts'
import { periodOf } from '#kit/period.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { totals } from '#figures/read.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { refuseLocked } from '../move.server.ts'
import { nameSort } from '../pinyin.server.ts'
import type { ChangePlan } from './api.ts'
import { edgesOf, moveTo, type Heads, type Result } from './edges.server.ts'
import { commonOf, type Sides } from './sides.server.ts'
import { refuseLived, split, unsplit } from './split.server.ts'

/** The totals of some units over all years that hold any, as text: two of them are equal or not. */
async function sumsOf(tx: Tx, units: readonly number[], today: string): Promise<Map<string, number>> {
  const found = await rows<{ yr: number }>(
    tx,
    sql`SELECT DISTINCT yr FROM app.rollup UNION SELECT DISTINCT ym / 100 FROM app.rollup_delta UNION SELECT ${Number(today.slice(0, 4))}`,
  )
  const years = found.map(({ yr }) => yr).sort((a, b) => a - b)
  const sums = new Map<string, number>()
  const periods = years.map((year) => periodOf('year', year))
  for (const t of await totals(tx, units, periods))
    t.values.forEach((value, n) => {
      const key = `${t.org_id} ${years[n]} ${t.indicator} ${t.state}`
      if (value !== 0 && !t.viewed) sums.set(key, (sums.get(key) ?? 0) + value)
    })
  return sums
}

/** Does it, and refuses what would change a total of a tier above both sides. @throws Problem.totalsDiffer */
async function keepingTotals<T>(
  tx: Tx,
  units: readonly number[],
  today: string,
  work: () => Promise<T>,
): Promise<{ done: T; compared: number }> {
  const before = await sumsOf(tx, units, today)
  const done = await work()
  const after = await sumsOf(tx, units, today)
  const keys = new Set([...before.keys(), ...after.keys()])
  for (const key of keys) if (before.get(key) !== after.get(key)) throw Problem.totalsDiffer()
  return { done, compared: keys.size }
}

function note(work: UnitOfWork, action: string, object: number, districts: Iterable<number>, body: unknown) {
  for (const districtId of new Set([work.actor.org.districtId, ...districts]))
    work.audit({ districtId, action, object: `org:${object}`, body })
}

/** Brings a change (id) about in one transaction. @throws Problem.moveLocked, totalsDiffer */
export async function effect(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  plan: ChangePlan,
  sides: Sides,
  today: string,
): Promise<Result> {
  const { unit, other, fromYm } = sides
  await sql`SELECT app.lock_tree(${[unit.id, other.id]}::int[])`.execute(tx)
  const districts = new Set([unit.districtId, other.districtId])
  const common = plan.kind === 'found' ? unit.above : commonOf(sides)
  const { done, compared } = await keepingTotals(tx, common, today, async () => {
    if (plan.kind === 'found') {
      const spec = { ...plan, nameSort: nameSort(plan.name) }
      const made = await first<{ id: number }>(
        tx,
        sql`SELECT app.found_org(${JSON.stringify(spec)}::jsonb, ${unit.id}::int, ${fromYm}::int, ${monthOf(today)}::int) AS id`,
      )
      return { made: made!.id, edges: [] }
    }
    if (plan.kind === 'split') return split(tx, plan, sides, { cause: id, today }, districts)
    const to = { parent: other.id, fromYm, today, docNo: plan.docNo }
    const lockCheck = { line: 1 as const, parentId: other.id, fromYm, docNo: plan.docNo }
    await refuseLocked(tx, unit.id, lockCheck)
    if (plan.kind === 'move') {
      const edges = await edgesOf(tx, [unit.id])
      for (const d of await moveTo(tx, unit.id, to)) districts.add(d)
      await refuseLocked(tx, unit.id, lockCheck)
      return { edges }
    }
    return merge(tx, id, plan, sides, today, districts)
  })
  note(work, `org.${plan.kind}`, 'made' in done ? Number(done.made) : unit.id, districts, plan)
  return { ...done, compared }
}

async function merge(
  tx: Tx,
  cause: string,
  plan: ChangePlan & { kind: 'merge' },
  { unit, other, fromYm }: Sides,
  today: string,
  districts: Set<number>,
): Promise<Omit<Result, 'compared'>> {
  const below = await rows<{ id: number }>(
    tx,
    sql`SELECT child_id AS id FROM app.org_edge WHERE parent_id = ${unit.id} AND line = 1 AND to_ym = 999912 ORDER BY 1`,
  )
  const children = below.map(({ id }) => id).filter((id) => id !== other.id)
  const edges = await edgesOf(tx, [unit.id, ...children])
  const to = { parent: other.id, fromYm, today, docNo: plan.docNo }
  for (const child of children) for (const d of await moveTo(tx, child, to)) districts.add(d)
  if (unit.parent !== other.id) for (const d of await moveTo(tx, unit.id, to)) districts.add(d)
  await refuseLocked(tx, unit.id, { line: 1, parentId: other.id, fromYm, docNo: plan.docNo })
  const heads = (await first<Heads>(
    tx,
    sql`SELECT workers, women_workers AS "womenWorkers", members, women_members AS "womenMembers" FROM app.org WHERE id = ${unit.id}`,
  ))!
  const people = await first<{ d: { posts: string[]; persons: string[] } }>(
    tx,
    sql`SELECT app.hand_people(${unit.id}::int, ${other.id}::int, NULL, NULL, ${JSON.stringify(heads)}::jsonb, 1, ${cause}::uuid, ${today}::date) AS d`,
  )
  const covers = await rows<{ code: string }>(
    tx,
    sql`UPDATE app.org_employer x SET org_id = ${other.id} WHERE x.org_id = ${unit.id} AND x.until_on IS NULL
      AND NOT EXISTS (SELECT FROM app.org_employer y WHERE y.org_id = ${other.id} AND y.code = x.code) RETURNING code`,
  )
  await sql`SELECT app.close_org(${unit.id}::int, ${other.id}::int, ${today}::date, ${cause}::uuid)`.execute(
    tx,
  )
  return { edges, heads, ...people!.d, employers: covers.map(({ code }) => code) }
}

/** Takes a change (id) back: everything as it was, what was entered since stays. @throws Problem.undoRefused, totalsDiffer */
export async function undo(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  plan: ChangePlan,
  result: Result,
  today: string,
): Promise<void> {
  const districts = new Set<number>()
  if (plan.kind === 'found') {
    const made = result.made!
    const used = await first<{ n: number }>(
      tx,
      sql`SELECT (SELECT count(*) FROM app.record WHERE org_id = ${made}) + (SELECT count(*) FROM app.proposal WHERE org_id = ${made})
        + (SELECT count(*) FROM app.person WHERE org_id = ${made}) + (SELECT count(*) FROM app.post WHERE org_id = ${made})
        + (SELECT count(*) FROM app.org_edge WHERE parent_id = ${made}) AS n`,
    )
    if (used!.n > 0)
      throw Problem.undoRefused({ why: '新单位已有账号、会员、记录或者下级，不能撤销成立；请改用合并' })
    await sql`SELECT app.close_org(${made}::int, NULL, ${today}::date, ${id}::uuid)`.execute(tx)
    note(work, 'org.undo', made, districts, plan)
    return
  }
  const { orgId } = plan
  const fromYm = plan.kind === 'split' ? monthOf(plan.foundedOn) : plan.fromYm
  const other = plan.kind === 'merge' ? plan.intoId : plan.kind === 'split' ? result.made! : plan.parentId
  await sql`SELECT app.lock_tree(${[orgId, other]}::int[])`.execute(tx)
  if (plan.kind === 'split') await refuseLived(tx, result)
  const above = await rows<{ id: number }>(
    tx,
    plan.kind === 'split'
      ? sql`SELECT c.anc AS id FROM app.org_closure c WHERE c.des = ${orgId} AND c.line < 2 AND c.to_ym = 999912 AND c.anc <> ${orgId}`
      : sql`SELECT c.anc AS id FROM app.org_closure c WHERE c.des = ${other} AND c.line < 2 AND c.to_ym = 999912 AND c.anc <> ${other}
      INTERSECT SELECT c.anc FROM app.org_closure c JOIN jsonb_to_recordset(${JSON.stringify(result.edges)}::jsonb) e (child_id int, parent_id int, line int, to_ym int)
        ON c.des = e.parent_id WHERE e.child_id = ${orgId} AND e.line = 1 AND e.to_ym = 999912 AND c.line < 2 AND c.to_ym = 999912`,
  )
  await keepingTotals(
    tx,
    above.map(({ id }) => id),
    today,
    async () => {
      if (plan.kind === 'merge') {
        await sql`SELECT app.close_org(${orgId}::int, NULL, NULL, ${id}::uuid)`.execute(tx)
        await sql`SELECT app.hand_people(${other}::int, ${orgId}::int, ${result.posts}::uuid[], ${result.persons}::uuid[], ${JSON.stringify(result.heads)}::jsonb, -1, ${id}::uuid, NULL)`.execute(
          tx,
        )
        await sql`UPDATE app.org_employer SET org_id = ${orgId} WHERE org_id = ${other} AND code = ANY (${result.employers}::text[]) AND until_on IS NULL`.execute(
          tx,
        )
      }
      const moved = result.edges.map((e) => e.child_id)
      for (const child of new Set(plan.kind === 'split' ? moved : [orgId, ...moved])) {
        const edges = result.edges.filter((e) => e.child_id === child)
        const back = await first<{ d: number[] }>(
          tx,
          sql`SELECT app.set_edges(${child}::int, ${JSON.stringify(edges)}::jsonb, ${fromYm}::int, ${monthOf(today)}::int) AS d`,
        )
        for (const d of back!.d) districts.add(d)
      }
      if (plan.kind === 'split') await unsplit(tx, orgId, result, id, today)
    },
  )
  note(work, 'org.undo', orgId, districts, plan)
}
