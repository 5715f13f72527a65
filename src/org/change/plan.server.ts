import { sql } from 'kysely'
import { monthOf } from '#kit/day.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { ChangePlan } from './api.ts'
import { bad, commonOf, unitOf, type Sides } from './sides.server.ts'
import { refuseSplit, splitLines } from './split.server.ts'

/** What a unit that begins must not be. @throws Problem.invalid */
async function refuseBegin(
  tx: Tx,
  plan: ChangePlan & { kind: 'found' | 'split' },
  today: string,
): Promise<void> {
  const taken = await first<{ id: number }>(tx, sql`SELECT id FROM app.org WHERE org_code = ${plan.code}`)
  if (taken) throw bad('code', '这个组织编码已经用过，编码不再用于别的单位，请另取一个')
  if (plan.foundedOn > today) throw bad('foundedOn', '成立日期不能晚于今天')
  if (plan.womenWorkers > plan.workers) throw bad('womenWorkers', '女职工不能多于职工')
  if (plan.womenMembers > plan.members) throw bad('womenMembers', '女会员不能多于会员')
}

/**
 * Reads and checks what is asked for; a month that has not come is asked for, and done when it comes.
 * @throws Problem.invalid at the field that must change
 */
export async function sidesOf(tx: Tx, plan: ChangePlan, today: string): Promise<Sides> {
  if (plan.kind === 'found') {
    const unit = await unitOf(tx, plan.parentId, 'parentId')
    await refuseBegin(tx, plan, today)
    if (unit.brief.tier === 'branch') throw bad('parentId', '分会下面不能再设单位，请选择上级工会')
    return { unit, other: unit, fromYm: monthOf(plan.foundedOn), needs: [unit.id] }
  }
  if (plan.kind === 'split') {
    const unit = await unitOf(tx, plan.orgId, 'orgId')
    if (unit.parent === null) throw bad('orgId', '市总工会是组织树的顶端，不能拆分')
    const other = await unitOf(tx, unit.parent, 'orgId')
    await refuseBegin(tx, plan, today)
    await refuseSplit(tx, plan, unit, other, today)
    return { unit, other, fromYm: monthOf(plan.foundedOn), needs: [other.id] }
  }
  if (plan.fromYm % 100 < 1 || plan.fromYm % 100 > 12) throw bad('fromYm', '请选择生效月份')
  const unit = await unitOf(tx, plan.orgId, 'orgId')
  if (unit.parent === null) throw bad('orgId', '市总工会是组织树的顶端，不能合并或改隶')
  const [field, otherId] = plan.kind === 'merge' ? ['intoId', plan.intoId] : ['parentId', plan.parentId]
  const other = await unitOf(tx, otherId, field)
  if (other.above.includes(unit.id)) throw bad(field, '不能选自己或者自己的下级，请另选')
  if (plan.kind === 'move') {
    if (unit.parent === other.id) throw bad(field, '现在就隶属于这个单位，无需改隶')
    return { unit, other, fromYm: plan.fromYm, needs: [unit.parent, other.id] }
  }
  return { unit, other, fromYm: plan.fromYm, needs: [unit.parent, other.parent ?? other.id] }
}

type Counted = { records: number; persons: number; posts: number; children: number; employers: number }

const countsOf = async (tx: Tx, id: number): Promise<Counted> =>
  (await first<Counted>(
    tx,
    sql`SELECT (SELECT count(*)::int FROM app.record WHERE org_id = ${id} AND state <> 'voided') AS records,
      (SELECT count(*)::int FROM app.person WHERE org_id = ${id} AND state = 'active') AS persons,
      (SELECT count(*)::int FROM app.post p WHERE p.org_id = ${id} AND coalesce(p.until_on, 'infinity') >= current_date) AS posts,
      (SELECT count(*)::int FROM app.org_edge e WHERE e.parent_id = ${id} AND e.line = 1 AND e.to_ym = 999912) AS children,
      (SELECT count(*)::int FROM app.org_employer x WHERE x.org_id = ${id} AND x.until_on IS NULL) AS employers`,
  ))!

const monthText = (ym: number): string => `${Math.floor(ym / 100)}年${ym % 100}月`

/** What goes where, in sentences, by what there is now. */
export async function preview(tx: Tx, plan: ChangePlan, sides: Sides, today: string): Promise<string[]> {
  const { unit, other, fromYm } = sides
  const names = await rows<{ name: string }>(
    tx,
    sql`SELECT short_name AS name FROM app.org WHERE id = ANY (${commonOf(sides)}::int[]) ORDER BY length(scope_code) DESC`,
  )
  const equal = `${names.map((n) => n.name).join('、')}的各项合计办理前后应当相等，办理时逐项核对，有一项不等就不办。`
  if (plan.kind === 'found')
    return [
      `${monthText(fromYm)}起，${unit.brief.name}下面增加${plan.name}（${plan.code}）。`,
      `依据 ${plan.approvalNo}，${plan.foundedOn} 成立；职工 ${plan.workers} 人，女会员 ${plan.womenMembers} 人。`,
      '新单位还没有记录，各级合计不变；成立以前的事项不计入它的上级。',
      '账号由系统管理员为新单位开设，女职工组织由新单位登记。',
    ]
  if (plan.kind === 'split') return [...(await splitLines(tx, plan, sides, today)), equal]
  const { records, persons, posts, children, employers } = await countsOf(tx, unit.id)
  if (plan.kind === 'move')
    return [
      `${monthText(fromYm)}起，${unit.brief.name}连同下级（直属 ${children} 个）隶属${other.brief.name}。`,
      `${monthText(fromYm)}以前发生的事项仍计在原上级，以后的计入${other.brief.name}；存量随单位走。`,
      ...(fromYm < monthOf(today)
        ? [
            `这是对过去的更正：${monthText(fromYm)}以来已经计在原上级的数字改计到${other.brief.name}；已生成的总结定稿不改，在定稿里列出差异。`,
          ]
        : []),
      `本单位 ${records} 条记录、${posts} 个账号岗位随单位走，待审的转到新的上级。`,
      equal,
    ]
  return [
    `${monthText(fromYm)}起，${unit.brief.name}（${unit.brief.code}）并入${other.brief.name}，不再是单独的单位；原编码仍能查到。`,
    `${records} 条记录随之归${other.brief.name}查看和更正；${monthText(fromYm)}以前发生的仍计在原来的上级。`,
    `会员和在册女职工 ${persons} 人、账号岗位 ${posts} 个、覆盖的用人单位 ${employers} 家转到${other.brief.name}，职工和会员人数相加。`,
    ...(children > 0 ? [`直属的 ${children} 个下级改由${other.brief.name}领导。`] : []),
    '原来的女职工组织如果还在册，请在合并后办理撤销。',
    equal,
  ]
}
