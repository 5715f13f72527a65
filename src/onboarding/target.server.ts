import { sql } from 'kysely'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { createAccount } from '#identity/accounts.server.ts'
import type { Role } from '#identity/api.ts'
import { misfit } from '#identity/post.ts'
import { withIssues } from '#intake/line.ts'
import type { Line } from '#intake/target.ts'
import { monthOf, realToday } from '#kit/day.ts'
import type { AnyRow, Issue } from '#kit/programme.ts'
import { readForm } from '#kit/validate.ts'
import { nameSort } from '#org/pinyin.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps, Target } from '#server/deps.server.ts'
import { badSuperior, circles, freeLogin, openBook, unitIssues, type Known } from './rules.ts'
import { committeeForms, onboardingTarget, roleOf, tierOf } from './sheets.ts'

type Standing = Known & { id: number }

/** What was found out of a line while checking it, for its commit in the same transaction. */
const units = new WeakMap<Line, object>()
const people = new WeakMap<Line, { org: string; role: Exclude<Role, 'service'>; login: string }>()

const specOf = (line: Line) => onboardingTarget.sheets.find((s) => s.key === line.sheet)!
const labelsOf = (line: Line): Record<string, string> =>
  Object.fromEntries(Object.entries(specOf(line).fields).map(([key, f]) => [key, f.label]))
const isWrong = (line: Line): boolean => line.issues.some((i) => i.level === 'error')
const text = (row: AnyRow, key: string): string => (typeof row[key] === 'string' ? row[key] : '')

const standing = (tx: Tx) =>
  rows<Standing>(
    tx,
    sql`SELECT o.id, o.org_code AS code, o.name, o.tier, p.org_code AS superior FROM app.org o
      LEFT JOIN app.org_edge e ON e.child_id = o.id AND e.line = 1 AND e.to_ym = 999912 LEFT JOIN app.org p ON p.id = e.parent_id
      WHERE o.closed_on IS NULL`,
  )

const say = (line: Line, more: readonly Issue[]): void => {
  line.issues = withIssues(line.issues, more)
}

/** Units: single cells, then doubles, then superiors over file and tree together. @returns the book of both */
function checkUnits(lines: readonly Line[], there: readonly Standing[]) {
  const stands = new Map(there.map((org) => [org.code, org]))
  const read: { line: Line; row: AnyRow }[] = []
  const first = new Map<string, number>()
  for (const line of lines) {
    const { row, issues } = readForm(specOf(line).fields, line.values)
    say(line, issues.length > 0 ? issues : unitIssues(row, labelsOf(line)))
    const code = text(row, 'code')
    const before = first.get(code)
    if (code !== '' && before !== undefined)
      say(line, [{ field: 'code', message: `与第 ${before} 行的组织编码相同，请改正` }])
    else first.set(code, line.line)
    if (!isWrong(line)) read.push({ line, row })
  }
  const fresh = read.filter(({ row }) => !stands.has(text(row, 'code')))
  const named = openBook([
    ...there,
    ...fresh.map(({ row }) => ({
      code: text(row, 'code'),
      name: text(row, 'name'),
      tier: tierOf(text(row, 'tier')),
      superior: null,
    })),
  ])
  const whole = new Map(named.byCode)
  for (const { line, row } of read) {
    const code = text(row, 'code')
    const old = stands.get(code)
    const superior = named.find(text(row, 'superior'), '上级单位')
    const above = first.get(text(row, 'superior'))
    if (typeof superior === 'string')
      say(line, [{ field: 'superior', message: above === undefined ? superior : faultyAbove(above) }])
    else if (old) sameUnit(line, row, old, superior.code)
    else {
      const why = badSuperior(tierOf(text(row, 'tier')), superior.tier)
      if (why !== null) say(line, [{ field: 'superior', message: why }])
      whole.set(code, { ...named.byCode.get(code)!, superior: superior.code })
    }
    const view = text(row, 'view') === '' ? null : named.find(text(row, 'view'), '会看单位')
    if (typeof view === 'string') say(line, [{ field: 'view', message: view }])
    if (typeof superior !== 'string' && typeof view !== 'string' && !isWrong(line) && !old)
      units.set(line, unitOf(row, superior.code, view?.code ?? null))
  }
  for (const { line, row } of fresh)
    if (circles(text(row, 'code'), whole))
      say(line, [{ field: 'superior', message: '上级单位绕回到了自己，请核对上级' }])
  spreadFaults(fresh, named)
  return named
}

const faultyAbove = (line: number): string => `上级单位（第 ${line} 行）有错，请先改好那一行`

/** Whose superior cannot be made cannot be made either, and says so at its own row. */
function spreadFaults(
  fresh: readonly { line: Line; row: AnyRow }[],
  named: ReturnType<typeof openBook>,
): void {
  const byCode = new Map(fresh.map((f) => [text(f.row, 'code'), f.line]))
  for (let again = true; again;) {
    again = false
    for (const { line, row } of fresh) {
      const superior = named.find(text(row, 'superior'), '')
      const above = typeof superior === 'string' ? undefined : byCode.get(superior.code)
      if (isWrong(line) || above === undefined || !isWrong(above)) continue
      say(line, [{ field: 'superior', message: faultyAbove(above.line) }])
      again = true
    }
  }
}

function sameUnit(line: Line, row: AnyRow, old: Standing, superior: string): void {
  if (old.name !== text(row, 'name'))
    say(line, [{ field: 'code', message: `编码 ${old.code} 已是“${old.name}”，请核对；改名请到组织页办理` }])
  else if (old.superior !== superior)
    say(line, [{ field: 'superior', message: '这个单位已有另一上级，改隶请在“组织变更”里提出' }])
  else line.same = true
}

const unitOf = (row: AnyRow, superior: string, view: string | null): object => ({
  ...row,
  shortName: text(row, 'shortName') || row['name'],
  nameSort: nameSort(text(row, 'name')),
  tier: tierOf(text(row, 'tier')),
  superior,
  view,
  committee: row['committee'] && {
    form: committeeForms[row['committee'] as keyof typeof committeeForms],
    director: row['director'],
    termNo: row['termNo'],
    foundedOn: row['foundedOn'],
    termFromOn: row['termFromOn'],
    termUntilOn: row['termUntilOn'],
  },
})

async function checkAccounts(
  tx: Tx,
  lines: readonly Line[],
  named: ReturnType<typeof openBook>,
): Promise<void> {
  if (lines.length === 0) return
  const accounts = await rows<{ login: string }>(tx, sql`SELECT lower(login) AS login FROM app.account`)
  const taken = new Set(accounts.map((a) => a.login))
  const held = new Set(
    (
      await rows<{ line: string }>(
        tx,
        sql`SELECT a.name || ' ' || o.org_code || ' ' || x.role AS line FROM (
            SELECT a.name, p.org_id, p.role FROM app.post p JOIN app.account a ON a.id = p.account_id WHERE coalesce(p.until_on, 'infinity') >= current_date
            UNION ALL SELECT q.name, q.org_id, q.role FROM app.asked_posts() q) x (name, org_id, role)
          JOIN app.org o ON o.id = x.org_id CROSS JOIN LATERAL (SELECT x.name) a`,
      )
    ).map((p) => p.line),
  )
  const first = new Map<string, number>()
  for (const line of lines) {
    const { row, issues } = readForm(specOf(line).fields, line.values)
    say(line, issues)
    if (isWrong(line)) continue
    const org = named.find(text(row, 'org'), '单位')
    if (typeof org === 'string') {
      say(line, [{ field: 'org', message: org }])
      continue
    }
    const role = roleOf(text(row, 'role'))
    const why = misfit(role, org.tier)
    if (why !== null) say(line, [{ field: 'role', message: why }])
    const who = `${text(row, 'name')} ${org.code} ${role}`
    const before = first.get(who)
    if (before !== undefined) say(line, [{ field: 'name', message: `与第 ${before} 行重复，请删去一行` }])
    first.set(who, line.line)
    if (isWrong(line)) continue
    if (held.has(who)) line.same = true
    else people.set(line, { org: org.code, role, login: loginOf(line, row, taken) })
  }
}

function loginOf(line: Line, row: AnyRow, taken: Set<string>): string {
  const typed = text(row, 'login').toLowerCase()
  if (typed === '') return freeLogin(nameSort(text(row, 'name')), taken)
  if (!/^[\p{L}\p{N}._@-]{3,60}$/u.test(typed))
    say(line, [{ field: 'login', message: '登录名 3 到 60 个字符，可用字母、数字、汉字和 . _ @ -' }])
  else if (taken.has(typed)) say(line, [{ field: 'login', message: `登录名“${typed}”已有人用，请换一个` }])
  taken.add(typed)
  return typed
}

async function open(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  lines: readonly Line[],
): Promise<(string | null)[]> {
  const orgs = lines.flatMap((line) => units.get(line) ?? [])
  const made = await rows<{ code: string; id: number }>(
    tx,
    sql`SELECT code, id FROM app.open_orgs(${JSON.stringify(orgs)}::jsonb, ${monthOf(deps.today())}::int)`,
  )
  const { districtId } = work.actor.org
  for (const { id, code } of made)
    work.audit({ districtId, action: 'org.open', object: `org:${id}`, fields: [code] })
  const ids = new Map((await standing(tx)).map((org) => [org.code, org.id]))
  const done: (string | null)[] = []
  for (const line of lines) {
    const person = people.get(line)
    if (!person) {
      done.push(`org:${ids.get(text(line.values, 'code'))}`)
      continue
    }
    const { id } = await createAccount(tx, work, {
      login: person.login,
      name: text(line.values, 'name'),
      title: text(line.values, 'title'),
      orgId: ids.get(person.org)!,
      role: person.role,
      fromOn: realToday(),
      untilOn: null,
    })
    done.push(`account:${id}`)
  }
  return done
}

/** Units and accounts of a city from a workbook. What stands cannot be taken back in bulk: posts end, units close. */
export const onboarding: Target = {
  ...onboardingTarget,
  async check(_, tx, __, lines) {
    const named = checkUnits(
      lines.filter((line) => line.sheet === 'org'),
      await standing(tx),
    )
    await checkAccounts(
      tx,
      lines.filter((line) => line.sheet === 'account'),
      named,
    )
  },
  commit: open,
}
