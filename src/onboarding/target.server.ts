import { sql } from 'kysely'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { createAccount } from '#identity/accounts.server.ts'
import type { Role } from '#identity/api.ts'
import { misfit } from '#identity/post.ts'
import { withIssues } from '#intake/line.ts'
import { shownFields, type Line } from '#intake/target.ts'
import type { How } from '#intake/targets.server.ts'
import { monthOf, realToday } from '#kit/day.ts'
import type { AnyRow, Issue } from '#kit/programme.ts'
import { readForm } from '#kit/validate.ts'
import { cellOf } from '#paper/sheet/fieldColumn.ts'
import { nameSort } from '#org/pinyin.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps, Target } from '#server/deps.server.ts'
import { badSuperior, circles, freeLogin, openBook, unitIssues } from './rules.ts'
import { committeeForms, onboardingTarget, roleOf, tierOf } from './sheets.ts'
import { takeBack, type Opened } from './takeBack.server.ts'
import {
  dateHeads,
  decideUnit,
  standingUnits,
  unitRef,
  unitUpdates,
  updateUnit,
  type Standing,
} from './unitUpdate.server.ts'

/** What was found out of a line while checking it, for its commit in the same transaction. */
const units = new WeakMap<Line, object>()
const people = new WeakMap<Line, { org: string; role: Exclude<Role, 'service'>; login: string }>()

const specOf = (line: Line) => onboardingTarget.sheets.find((s) => s.key === line.sheet)!
const labelsOf = (line: Line): Record<string, string> =>
  Object.fromEntries(Object.entries(specOf(line).fields).map(([key, f]) => [key, f.label]))
const isWrong = (line: Line): boolean => line.issues.some((i) => i.level === 'error')
const text = (row: AnyRow, key: string): string => (typeof row[key] === 'string' ? row[key] : '')

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
    else if (!old) {
      const why = badSuperior(tierOf(text(row, 'tier')), superior.tier)
      if (why !== null) say(line, [{ field: 'superior', message: why }])
      whole.set(code, { ...named.byCode.get(code)!, superior: superior.code })
    }
    const view = text(row, 'view') === '' ? null : named.find(text(row, 'view'), '会看单位')
    if (typeof view === 'string') say(line, [{ field: 'view', message: view }])
    else if (old && typeof superior !== 'string')
      say(
        line,
        decideUnit(line, { ...row, superior: superior.code, view: view?.code ?? null }, old, labelsOf(line)),
      )
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
  { keep }: How,
): Promise<(string | null)[]> {
  const orgs = lines.flatMap((line) => units.get(line) ?? [])
  const made = await rows<{ code: string; id: number }>(
    tx,
    sql`SELECT code, id FROM app.open_orgs(${JSON.stringify(orgs)}::jsonb, ${monthOf(deps.today())}::int)`,
  )
  await dateHeads(
    tx,
    made.map((org) => org.id),
    deps.today(),
  )
  const { districtId } = work.actor.org
  for (const { id, code } of made)
    work.audit({ districtId, action: 'org.open', object: `org:${id}`, fields: [code] })
  const byCode = new Map((await standingUnits(tx)).map((org) => [org.code, org]))
  const done: (string | null)[] = []
  for (const line of lines) {
    const person = people.get(line)
    const update = unitUpdates.get(line)
    if (update) {
      const { made: edited, before } = await updateUnit(deps, tx, work, update)
      keep(line, before)
      done.push(edited)
      continue
    }
    if (!person) {
      const { id, code, mark } = byCode.get(text(line.values, 'code'))!
      keep(line, { code, mark } satisfies Opened)
      done.push(`org:${id}`)
      continue
    }
    const { id } = await createAccount(tx, work, {
      login: person.login,
      name: text(line.values, 'name'),
      title: text(line.values, 'title'),
      orgId: byCode.get(person.org)!.id,
      role: person.role,
      fromOn: realToday(),
      untilOn: null,
    })
    done.push(`account:${id}`)
  }
  return done
}

/** Units and accounts of a city from a workbook. */
export const onboarding: Target = {
  ...onboardingTarget,
  async check(_, tx, __, lines) {
    const named = checkUnits(
      lines.filter((line) => line.sheet === 'org'),
      await standingUnits(tx),
    )
    await checkAccounts(
      tx,
      lines.filter((line) => line.sheet === 'account'),
      named,
    )
  },
  commit: open,
  async standing(_, tx) {
    const shown = shownFields(onboardingTarget.sheets[0]!)
    const units = (await standingUnits(tx)).filter((unit) => unit.superior !== null)
    return {
      org: units.map((unit) => [
        unitRef(unit),
        ...shown.map(([key, field]) => cellOf(field, unit.values[key])),
      ]),
    }
  },
  undo: (deps, tx, work, made, _, before) => takeBack(deps, tx, work, made, before),
}
