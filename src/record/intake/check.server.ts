import type { RuleBook } from '#kit/rule.ts'
import { rulesFor } from '#rules/tables.server.ts'
import type { AnyRow, Programme } from '#kit/programme.ts'
import { validate } from '#kit/validate.ts'
import type { Actor } from '#identity/actor.ts'
import { pacer } from '#intake/pace.server.ts'
import { isMasked, readRef, refKey } from '#intake/ref.ts'
import { isWrong, type Line } from '#intake/target.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Tx } from '#server/database.server.ts'
import { mustEnter, warningsOf } from '../create.server.ts'
import { families, say, spreadFaults, tell, type Family } from './family.ts'
import { readHosts, type Hosts } from './hosts.server.ts'
import { decideNamed, decideUnnamed, type Case } from './decide.server.ts'
import { bodyOf, plans } from './plan.ts'
import { findStanding, keyOf, type Standing } from './standing.server.ts'
import { dateKey, ofDay, ofTitle } from './target.ts'

/** Checks the rows of a workbook as the form would, and finds out what of them stands already. */
export async function checkLines(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  programme: Programme,
  lines: readonly Line[],
): Promise<void> {
  mustEnter(actor, programme)
  const list = families(programme, lines)
  const hosts = await readHosts(
    tx,
    actor,
    list.map((f) => f.line),
  )
  const refs = new Map(list.map(({ line }) => [line, refOf(line)]))
  const date = dateKey(programme)
  const standing = await findStanding(
    deps,
    tx,
    actor,
    programme,
    [...refs.values()].flatMap((ref) => ref?.id ?? []),
    list.flatMap(({ line }) => {
      const [title, on] = [line.values['title'], line.values[date]]
      return typeof title === 'string' && typeof on === 'string' && !line.values[refKey]
        ? [{ title: title.trim(), on }]
        : []
    }),
  )
  const rules = await rulesFor(tx, programme)
  const cases: Case[] = []
  const named = new Map<string, number>()
  const seen = new Map<string, number>()
  const pause = pacer()
  for (const family of list) {
    await pause()
    const { line } = family
    const ref = refs.get(line) ?? null
    if (line.values[refKey] && !ref) continue
    const before = ref && named.get(ref.id)
    if (before) {
      say(line, `与第 ${before} 行是同一条记录，请删去一行`, 'error')
      continue
    }
    if (ref) named.set(ref.id, line.line)
    const one = caseOf(deps, actor, programme, family, standing, hosts, ref, rules)
    if (ref) decideNamed(one, ref, actor.org.id)
    else decideUnnamed(one, seen)
    cases.push(one)
  }
  await warn(deps, tx, actor, programme, cases)
  for (const family of list) spreadFaults(programme, family)
}

function refOf(line: Line) {
  const typed = line.values[refKey]
  if (typeof typed !== 'string') return null
  const ref = readRef(typed)
  if (!ref) say(line, '记录编号不是导出时的样子，请恢复；要作为新记录导入，请在 Excel 里清空这一格', 'error')
  return ref
}

/** A row with what it would be by itself, and over what stands; `read` says its faults only where it is asked. */
function caseOf(
  deps: Deps,
  actor: Actor,
  programme: Programme,
  family: Family,
  standing: Standing,
  hosts: Hosts,
  ref: { id: string } | null,
  rules: RuleBook,
): Case {
  const { line, children } = family
  const { [refKey]: _, coHosts: __, ...values } = line.values
  const rows = Object.fromEntries(
    [...children].map(([key, list]) => [
      key,
      list.map(({ values: { [ofTitle]: _title, [ofDay]: _day, ...cells } }) => cells),
    ]),
  )
  const key = keyOf(values['title'], values[dateKey(programme)])
  const isGiven = (name: string) => line.given.has(name) || children.has(name)
  return {
    programme,
    line,
    hosts: line.given.has('coHosts') ? (hosts.get(line) ?? []).map((org) => org.id) : undefined,
    named: ref ? (standing.byId.get(ref.id) ?? null) : null,
    records: (standing.byKey.get(key) ?? []).filter(({ spine }) => spine.org_id === actor.org.id),
    drafts: standing.drafts.get(key) ?? [],
    pending: standing.pending,
    key,
    over(old, faults) {
      const input = { ...values, ...rows }
      const known = Object.entries(old ? bodyOf(programme, old) : {}).filter(
        ([name]) => !isGiven(name) || isMasked((input as AnyRow)[name]),
      )
      const { row, issues } = validate(
        programme,
        { ...input, ...Object.fromEntries(known) },
        deps.today(),
        rules,
      )
      const isImplied = !line.given.has('startsOn') && issues.some(({ field }) => field === 'endsOn')
      const told = issues.filter(({ field }) => !(isImplied && field === 'startsOn'))
      if (faults) tell(programme, family, told, 'error')
      return row
    },
    family,
  }
}

/** Warnings of the rows that would be entered, as the form has them; they want a note at the commit. */
async function warn(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  programme: Programme,
  cases: readonly Case[],
): Promise<void> {
  const wanted = cases.flatMap((one) => {
    const plan = plans.get(one.line)
    return plan && plan.act !== 'correct' && !one.line.same && !isWrong(one.line) ? [{ one, plan }] : []
  })
  if (wanted.length === 0) return
  const found = await warningsOf(
    tx,
    deps,
    programme,
    actor.org.id,
    wanted.map(({ plan }) => plan.row),
    wanted.map(({ plan }) => plan.hosts ?? []),
    wanted.map(({ plan }) => (plan.act === 'edit' ? plan.id : null)),
  )
  wanted.forEach(({ one }, n) => {
    if (found[n]!.length === 0) return
    tell(programme, one.family, found[n]!, 'warning')
    one.line.asks = 'note'
  })
}
