import { sql } from 'kysely'
import { monthOf } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { committeeFromOn } from '../duty.server.ts'
import { nameSort } from '../pinyin.server.ts'
import type { ChangePlan, ShareKey } from './api.ts'
import { edgesOf, moveChildren, type Heads, type Result } from './edges.server.ts'
import { below, covers, members, standing } from './holdings.server.ts'
import { bad, type Sides, type Unit } from './sides.server.ts'

type SplitPlan = ChangePlan & { kind: 'split' }

const heads = [
  ['workers', '职工'],
  ['womenWorkers', '女职工'],
  ['members', '会员'],
  ['womenMembers', '女会员'],
] as const

const headsOf = async (tx: Tx, unit: number): Promise<Heads> =>
  (await first<Heads>(
    tx,
    sql`SELECT workers, women_workers AS "womenWorkers", members, women_members AS "womenMembers" FROM app.org WHERE id = ${unit}`,
  ))!

/** Women members and all members among those who are chosen, and how many of each choice still stand there. */
async function chosenOf(tx: Tx, plan: SplitPlan, today: string) {
  const found = await first<Record<ShareKey | 'members' | 'womenMembers', number>>(
    tx,
    sql`SELECT a.persons, a.members, a."womenMembers",
        (SELECT count(*)::int FROM ${covers(plan.orgId)} AND x.code = ANY (${plan.employers}::text[])) AS employers,
        (SELECT count(*)::int FROM ${standing(plan.orgId, today)} AND r.id = ANY (${plan.records}::uuid[])) AS records,
        (SELECT count(*)::int FROM ${below(plan.orgId)} AND o.id = ANY (${plan.children}::int[])) AS children
      FROM (SELECT count(*)::int AS persons, count(*) FILTER (WHERE m.kind = '会员')::int AS members,
        count(*) FILTER (WHERE m.kind = '会员' AND p.sex = '女')::int AS "womenMembers" FROM ${members(plan.orgId)} AND p.id = ANY (${plan.persons}::uuid[])) a`,
  )
  return found!
}

const gone: Readonly<Record<ShareKey, (n: number) => string>> = {
  persons: (n) => `选中的人中有 ${n} 人已不在本单位，请重新选择`,
  employers: (n) => `选中的用人单位中有 ${n} 家已不由本单位覆盖，请重新选择`,
  records: (n) => `选中的合同、场所中有 ${n} 项已不在本单位管理，或者正在更正，请重新选择`,
  children: (n) => `选中的下级中有 ${n} 个已不直属本单位，请重新选择`,
}

/** What a split asks besides a founding. @throws Problem.invalid at the field that must change */
export async function refuseSplit(
  tx: Tx,
  plan: SplitPlan,
  unit: Unit,
  parent: Unit,
  today: string,
): Promise<void> {
  if (parent.parent === null)
    throw bad('orgId', '市总工会直属的单位不在这里拆分：请先成立新单位，再把下级逐个改隶过去')
  const chosen = await chosenOf(tx, plan, today)
  for (const key of ['persons', 'employers', 'records', 'children'] as const) {
    const missing = new Set<string | number>(plan[key]).size - chosen[key]
    if (missing > 0) throw bad(key, gone[key](missing))
  }
  const old = await headsOf(tx, unit.id)
  for (const [key, label] of heads)
    if (plan[key] > old[key]) throw bad(key, `不能多于原单位的${label} ${old[key]} 人`)
  for (const key of ['members', 'womenMembers'] as const)
    if (plan[key] < chosen[key]) throw bad(key, `选中的人里已有 ${chosen[key]} 人，不能少于这个数`)
  if (old.womenWorkers - plan.womenWorkers > old.workers - plan.workers)
    throw bad('womenWorkers', '这样划分，原单位的女职工会多于职工，请核对')
  if (old.womenMembers - plan.womenMembers > old.members - plan.members)
    throw bad('womenMembers', '这样划分，原单位的女会员会多于会员，请核对')
  if (plan.children.length > 0 && plan.tier === 'branch') throw bad('tier', '分会下面不能再设单位')
  if (
    plan.workers +
      plan.persons.length +
      plan.employers.length +
      plan.records.length +
      plan.children.length ===
    0
  )
    throw bad('persons', '还没有选择划出什么；只设一个空的新单位，请用“成立单位”')
}

/** What stays and what goes, number by number. */
export async function splitLines(
  tx: Tx,
  plan: SplitPlan,
  { unit, other, fromYm }: Sides,
  today: string,
): Promise<string[]> {
  const old = await headsOf(tx, unit.id)
  const chosen = await chosenOf(tx, plan, today)
  const all = (await first<Record<ShareKey | 'past', number>>(
    tx,
    sql`SELECT (SELECT count(*)::int FROM ${members(unit.id)}) AS persons, (SELECT count(*)::int FROM ${covers(unit.id)}) AS employers,
      (SELECT count(*)::int FROM ${standing(unit.id, today)}) AS records, (SELECT count(*)::int FROM ${below(unit.id)}) AS children,
      (SELECT count(*)::int FROM app.record WHERE org_id = ${unit.id} AND state <> 'voided') AS past`,
  ))!
  const from = await committeeFromOn(tx, today)
  const due = (women: number): string =>
    women >= from ? '应建女职工委员会' : women > 0 ? '应设女职工委员' : '没有女会员'
  const [name, was] = [plan.shortName, unit.brief.shortName]
  const left = (key: (typeof heads)[number][0]): number => old[key] - plan[key]
  const people = heads.map(
    ([key, label]) => `${label} ${old[key]} 人：${plan[key]} 人归新单位，${left(key)} 人留下`,
  )
  return [
    `${Math.floor(fromYm / 100)}年${fromYm % 100}月起，从${unit.brief.name}（${unit.brief.code}）分出${plan.name}（${plan.code}），隶属${other.brief.name}。`,
    `依据 ${plan.approvalNo}，${plan.foundedOn} 成立；原单位名称、编码不变。`,
    `${people.join('；')}。`,
    `名册 ${all.persons} 人中，${chosen.persons} 人转到${name}，${all.persons - chosen.persons} 人留在${was}；会籍连续，不算转会。`,
    `用人单位 ${all.employers} 家中，${chosen.employers} 家由${name}覆盖；直属下级 ${all.children} 个中，${chosen.children} 个由${name}领导。`,
    `在管的合同、场所等 ${all.records} 项中，${chosen.records} 项交${name}查看、更正和接续；已经计入的数字仍在${was}。`,
    `以往记录 ${all.past} 条都留在${was}，账号岗位也不动；新单位的账号由系统管理员开设。`,
    `女职工组织留在${was}（女会员余 ${left('womenMembers')} 人，${due(left('womenMembers'))}）；${name}女会员 ${plan.womenMembers} 人，${due(plan.womenMembers)}，选举后由新单位登记。`,
  ]
}

type Kept = { id: string; version: number }
/** The change for which head counts are other ones, and from which day; null where it is taken back. */
type Cause = { cause: string; day: string | null }

const hand = async (
  tx: Tx,
  from: number,
  to: number,
  persons: readonly string[],
  given: Heads,
  sign: 1 | -1,
  on: Cause,
) =>
  (await first<{ d: { persons: string[] } }>(
    tx,
    sql`SELECT app.hand_people(${from}::int, ${to}::int, '{}'::uuid[], ${[...persons]}::uuid[], ${JSON.stringify(given)}::jsonb, ${sign}::int, ${on.cause}::uuid, ${on.day}::date) AS d`,
  ))!.d.persons

const cover = async (tx: Tx, from: number, to: number, codes: readonly string[]): Promise<string[]> =>
  (
    await rows<{ code: string }>(
      tx,
      sql`UPDATE app.org_employer SET org_id = ${to} WHERE org_id = ${from} AND until_on IS NULL AND code = ANY (${[...codes]}::text[]) RETURNING code`,
    )
  ).map(({ code }) => code)

/** Founds the part and gives it what was chosen. @throws Problem.moveLocked */
export async function split(
  tx: Tx,
  plan: SplitPlan,
  { unit, other, fromYm }: Sides,
  on: { cause: string; today: string },
  districts: Set<number>,
): Promise<Omit<Result, 'compared'>> {
  const { cause, today } = on
  const {
    persons,
    employers,
    records,
    children,
    workers,
    womenWorkers,
    members: joined,
    womenMembers,
    ...unitSpec
  } = plan
  const spec = {
    ...unitSpec,
    nameSort: nameSort(plan.name),
    workers: 0,
    womenWorkers: 0,
    members: 0,
    womenMembers: 0,
  }
  const { id: made } = (await first<{ id: number }>(
    tx,
    sql`SELECT app.found_org(${JSON.stringify(spec)}::jsonb, ${other.id}::int, ${fromYm}::int, ${monthOf(today)}::int) AS id`,
  ))!
  const edges = await edgesOf(tx, children)
  await moveChildren(tx, children, { parent: made, fromYm, today, docNo: plan.approvalNo }, districts)
  const given = { workers, womenWorkers, members: joined, womenMembers }
  const went = await hand(tx, unit.id, made, persons, given, 1, { cause, day: today })
  await hand(tx, unit.id, made, [], given, -1, { cause, day: today })
  const covered = await cover(tx, unit.id, made, employers)
  const held = await rows<Kept>(
    tx,
    sql`SELECT id, version FROM app.record WHERE id = ANY (${records}::uuid[]) AND coalesce(held_by, org_id) = ${unit.id} ORDER BY id`,
  )
  await sql`SELECT app.hold_records(${held.map(({ id }) => id)}::uuid[], ${made}::int)`.execute(tx)
  return { made, edges, persons: went, employers: covered, heads: given, held }
}

/** Whether the part that was split off has lived since: then it cannot be taken back. What it has begun to write on a record it was given goes back with it. @throws Problem.undoRefused */
export async function refuseLived(
  tx: Tx,
  { made, edges, held = [], persons = [], heads: given }: Result,
): Promise<void> {
  const now = (await first<{ own: number; people: number; below: number; same: number } & Heads>(
    tx,
    sql`SELECT (SELECT count(*) FROM app.record WHERE org_id = ${made!}) + (SELECT count(*) FROM app.proposal p WHERE p.org_id = ${made!}
          AND NOT (p.state IN ('open', 'returned') AND p.record_id IS NOT NULL AND p.record_id = ANY (${held.map(({ id }) => id)}::uuid[])))
        + (SELECT count(*) FROM app.post WHERE org_id = ${made!}) + (SELECT count(*) FROM app.person p WHERE p.org_id = ${made!} AND p.id <> ALL (${persons}::uuid[])) AS own,
      (SELECT count(*)::int FROM ${members(made!)}) AS people,
      (SELECT count(*)::int FROM ${below(made!)}) AS below,
      (SELECT count(*)::int FROM app.record r JOIN jsonb_to_recordset(${JSON.stringify(held)}::jsonb) h (id uuid, version int)
        ON h.id = r.id AND h.version = r.version AND r.held_by = ${made!}) AS same,
      o.workers, o.women_workers AS "womenWorkers", o.members, o.women_members AS "womenMembers" FROM app.org o WHERE o.id = ${made!}`,
  ))!
  const moved = new Set(edges.map((e) => e.child_id)).size
  if (now.own > 0 || now.people !== persons.length || now.below !== moved || now.same !== held.length)
    throw Problem.undoRefused({
      why: '拆出的单位已有账号、记录，或者会员、下级、交来的合同和场所有了变动，不能撤销拆分；请改用合并',
    })
  if (heads.some(([key]) => now[key] !== given![key]))
    throw Problem.undoRefused({ why: '拆出的单位已经改过人数，不能撤销拆分；请改用合并' })
}

/** Gives the unit back what went with the part. */
export async function unsplit(
  tx: Tx,
  unit: number,
  result: Result,
  cause: string,
  today: string,
): Promise<void> {
  const made = result.made!
  await hand(tx, made, unit, result.persons ?? [], result.heads!, 1, { cause, day: null })
  await cover(tx, made, unit, result.employers ?? [])
  await sql`SELECT app.hold_records(${(result.held ?? []).map(({ id }) => id)}::uuid[], ${unit}::int)`.execute(
    tx,
  )
  await sql`SELECT app.close_org(${made}::int, NULL, ${today}::date, ${cause}::uuid)`.execute(tx)
}
