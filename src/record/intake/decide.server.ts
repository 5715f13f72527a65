import { cellText } from '#intake/ref.ts'
import { isWrong, type Choice, type Line, type Twin } from '#intake/target.ts'
import { formFields, type AnyRow, type Programme } from '#kit/programme.ts'
import type { Loaded } from '../rows.server.ts'
import { stateLabels } from '../workflow.ts'
import { say, type Family } from './family.ts'
import { changesBetween } from '../changes.ts'
import { bodyOf, isSame, plans, updateOf } from './plan.ts'
import type { DraftThere } from './standing.server.ts'

/** A row of the main sheet with all that stands of it. */
export type Case = {
  programme: Programme
  line: Line
  family: Family
  /** Numbers of the co-hosts; undefined where the workbook does not speak of them. */
  hosts: number[] | undefined
  /** The record whose id the row carries. */
  named: Loaded | null
  /** Records and drafts of the unit under the same title and day. */
  records: readonly Loaded[]
  drafts: readonly DraftThere[]
  pending: ReadonlySet<string>
  key: string
  /** The row over what stands (columns that the workbook leaves out stay); null where it is faulty, which `faults` says. */
  over(old: AnyRow | null, faults: boolean): AnyRow | null
}

const textsOf = (programme: Programme, row: AnyRow): Record<string, string> =>
  Object.fromEntries(Object.keys(formFields(programme)).map((key) => [key, cellText(row[key])]))

const isSameAs = ({ programme, hosts }: Case, { spine, row: old }: Loaded, row: AnyRow | null): boolean =>
  row !== null && isSame(programme, { row: old, hosts: spine.co_hosts }, row, hosts)

/** Whether a record can take the row's values now. */
const mayUpdate = ({ pending }: Case, { spine }: Loaded): boolean =>
  'act' in updateOf(spine.state) && !pending.has(spine.id)

const twinOf = (one: Case, there: Loaded, said: string, isAddable: boolean): Twin => ({
  label: `${said}（${stateLabels[there.spine.state]}）`,
  values: textsOf(one.programme, there.row),
  may: [
    'skip',
    ...(mayUpdate(one, there) ? ['update' as const] : []),
    ...(isAddable ? ['add' as const] : []),
  ],
})

/** What the row changes, to look at: nothing is asked. */
const beforeOf = (programme: Programme, { spine, row: old }: Loaded, row: AnyRow): Twin => ({
  label: `更新原记录（${stateLabels[spine.state]}）`,
  values: Object.fromEntries(
    changesBetween(programme, old, row)
      .filter(({ field }) => Object.hasOwn(formFields(programme), field))
      .map(({ field }) => [field, cellText(old[field])]),
  ),
  may: [],
})

/** Puts the row in the place of a record: again submitted, or proposed as a correction, as its state has it. */
function update(one: Case, { spine, row: old }: Loaded, row: AnyRow): void {
  const { line, hosts, pending, programme } = one
  const how = updateOf(spine.state)
  if ('why' in how) return say(line, how.why, 'error')
  if (how.act === 'correct') {
    if (pending.has(spine.id)) return say(line, '这条记录已有待处理的更正或作废申请，请先等待审核', 'error')
    const same = isSame(programme, { row: old, hosts: spine.co_hosts }, old, hosts)
    if (!same) return say(line, '更正不能改动联办单位，请改回原来的', 'error', 'coHosts')
    line.asks = 'reason'
  }
  plans.set(line, { act: how.act, row, hosts, id: spine.id, version: spine.version })
}

const create = ({ line, hosts = [] }: Case, row: AnyRow): void =>
  void plans.set(line, { act: 'create', row, hosts })

/** What she chose of a double, or null while she has not. */
const chosen = ({ choice }: Line, { may }: Twin): Choice | null =>
  choice !== null && may.includes(choice) ? choice : null

/** A row that carries a record's number: nothing to do, an update, or a double where the record changed since. */
export function decideNamed(one: Case, ref: { version: number }, ownOrg: number): void {
  const { line, named } = one
  if (!named) {
    say(line, '没有找到记录编号指的记录，可能已不在您的范围；要另报一条，请在 Excel 里清空这一格', 'error')
    return
  }
  if (!isWrong(line) && isSameAs(one, named, one.over(named.row, false))) {
    line.same = true
    return
  }
  if (named.spine.org_id !== ownOrg) {
    say(line, '这条记录不是本单位填报的，不能修改，请改回原来的内容', 'error')
    return
  }
  const row = one.over(named.row, true)
  if (row === null || isWrong(line)) return
  if (named.spine.version === ref.version) {
    update(one, named, row)
    if (!isWrong(line)) line.twin = beforeOf(one.programme, named, row)
    return
  }
  line.twin = twinOf(one, named, '导出以后这条记录改过，现在是', true)
  const choice = chosen(line, line.twin)
  if (choice === 'update') update(one, named, row)
  else create(one, row)
}

/** A row without a number: there already by title and day, perhaps there, or new. */
export function decideUnnamed(one: Case, seen: Map<string, number>): void {
  const { line, records, drafts, programme } = one
  const own = one.over(null, false)
  if (!isWrong(line)) {
    const isThere =
      records.some((r) => r.spine.state !== 'withdrawn' && isSameAs(one, r, one.over(r.row, false))) ||
      drafts.some((d) => own !== null && isSame(programme, { row: d.body, hosts: d.hosts }, own, one.hosts))
    if (isThere) {
      line.same = true
      return
    }
  }
  const [there] = records
  const merged = there ? one.over(there.row, false) : null
  if (own === null && merged === null) return void one.over(null, true)
  if (isWrong(line)) return
  if (there?.spine.state === 'withdrawn') {
    say(line, '有一条已撤回的同名同日记录，导入后按这一行的内容重新提交', 'warning', 'title')
    const row = merged ?? own!
    update(one, there, row)
    line.twin = beforeOf(programme, there, row)
    return
  }
  if (there) {
    line.twin = twinOf(one, there, '已有同名同日的记录', own !== null)
    const choice = chosen(line, line.twin)
    if (choice === 'update' && merged) update(one, there, merged)
    else if (own) create(one, own)
    return
  }
  const [draft] = drafts
  if (draft)
    line.twin = {
      label: '已有同名同日的草稿（还没有提交）',
      values: textsOf(programme, draft.body),
      may: ['skip', 'add'],
    }
  else told(one, own!, seen)
  create(one, own!)
}

/** The same row twice in one file is perhaps a slip of the hand. */
function told({ line, key, hosts, programme }: Case, row: AnyRow, seen: Map<string, number>): void {
  const whole = `${key} ${JSON.stringify([bodyOf(programme, row), hosts])}`
  const before = seen.get(whole)
  if (before === undefined) seen.set(whole, line.line)
  else line.twin = { label: `与第 ${before} 行完全相同`, values: {}, may: ['skip', 'add'] }
}
