import { sql } from 'kysely'
import type { Actor } from '#identity/actor.ts'
import { withIssues } from '#intake/line.ts'
import { pacer } from '#intake/pace.server.ts'
import { isMasked, readRef, refKey } from '#intake/ref.ts'
import { isWrong, type Line } from '#intake/target.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps, Target } from '#server/deps.server.ts'
import type { EntryRow } from './form.ts'
import { memberTarget } from './intake.ts'
import { changesOf, entryOf, numberText } from './intakeChange.ts'
import { bringIn, takeBack } from './intakeCommit.server.ts'
import { decideKnown, type Known } from './intakeUpdate.server.ts'
import { readEntry, readIdentity } from './rules.ts'
import { maskedOf, storedOf } from './stored.server.ts'
import type { Stored } from './stored.ts'
import { sameSealed } from './vault.server.ts'
import { takenIssue } from './write.server.ts'

type Ref = { id: string; version: number }
/** A line with whom it names: by the mark of an export, or by her number. */
type Read = { line: Line; ref: Ref | null; index: string | null }

const citizen = '居民身份证'
const indexOf = (deps: Deps, text: string): string => deps.crypto.blindIndex(text).toString('hex')

/** Finds out whom each line names; two lines of one number are told of each other. */
async function readAll(deps: Deps, lines: readonly Line[]): Promise<Read[]> {
  const good: Read[] = []
  const seen = new Map<string, number>()
  const pause = pacer()
  const isFirst = (line: Line, key: string, column: string | null, message: (n: number) => string) => {
    const before = seen.get(key)
    if (before === undefined) seen.set(key, line.line)
    else line.issues.push({ column, message: message(before), level: 'error' })
    return before === undefined
  }
  for (const line of lines) {
    await pause()
    const typed = line.values[refKey]
    const ref = typeof typed === 'string' ? readRef(typed) : null
    if (typed !== undefined && ref === null) {
      const message = '记录编号不是导出时的样子，请恢复；要按证件号码导入，请在 Excel 里清空这一格'
      line.issues.push({ column: null, message, level: 'error' })
      continue
    }
    if (ref) {
      if (isFirst(line, ref.id, null, (n) => `与第 ${n} 行是同一个人，请删去一行`))
        good.push({ line, ref, index: null })
      continue
    }
    if (isMasked(line.values['idNumber'])) {
      const message = '号码遮住了，认不出是谁；请保留导出时的“记录编号”一列，或把号码填写完整'
      line.issues.push({ column: 'idNumber', message, level: 'error' })
      continue
    }
    const { row } = readIdentity(pickIdentity(line), deps.today())
    // Who is not registered yet is told of all that her row lacks, her number among it.
    if (row === null) line.issues = withIssues(line.issues, readEntry(entryOf(line), deps.today()).issues)
    if (row === null) continue
    const index = indexOf(deps, numberText(row))
    if (isWrong(line)) good.push({ line, ref, index })
    else if (isFirst(line, index, 'idNumber', (n) => `与第 ${n} 行的证件号码相同，请删去一行或改正号码`))
      good.push({ line, ref, index })
  }
  return good
}

const pickIdentity = ({ values }: Line) =>
  Object.fromEntries(
    ['idKind', 'idNumber', 'sex', 'birth'].flatMap((k) => (values[k] === undefined ? [] : [[k, values[k]]])),
  )

type Place = {
  index: string
  place: 'own' | 'scope' | 'elsewhere'
  id: string | null
  name: string | null
  org: string | null
}

/** Where numbers stand already; of other units than the actor's scope only that they do. */
async function placesOf(tx: Tx, indexes: readonly string[]): Promise<Map<string, Place>> {
  const found = await rows<Place>(
    tx,
    sql`SELECT encode(f.wanted_index, 'hex') AS index, f.place, f.id, p.name, o.name AS org
      FROM app.find_persons(ARRAY(SELECT decode(x, 'hex') FROM unnest(${indexes}::text[]) x)) f
      LEFT JOIN app.person p ON p.id = f.id LEFT JOIN app.org o ON o.id = p.org_id`,
  )
  return new Map(found.map((place) => [place.index, place]))
}

const refuse = (line: Line, place: Place): void => {
  const { field, message } = takenIssue(place)
  line.issues.push({ column: field, message, level: 'error' })
}

/** Somebody new, by the rules of the register's form. */
function readNew(deps: Deps, line: Line): EntryRow | null {
  const { row, issues } = readEntry(entryOf(line), deps.today())
  line.issues = withIssues(line.issues, issues)
  return row
}

/** Who has the same name and year of birth under another number: perhaps a mistyped digit. */
async function namesakes(
  tx: Tx,
  orgId: number,
  list: readonly { line: Line; row: EntryRow }[],
): Promise<void> {
  const found = await rows<{ name: string; year: number }>(
    tx,
    sql`SELECT name, birth_year AS year FROM app.person WHERE org_id = ${orgId} AND state = 'active' AND name = ANY (${list.map((r) => r.row.name)}::text[])`,
  )
  const known = new Set(found.map((p) => `${p.name} ${p.year}`))
  for (const { line, row } of list) {
    if (!known.has(`${row.name} ${row.birth!.slice(0, 4)}`)) continue
    const message = '本单位已有同名同年出生的人，证件号码不同，请核对是否同一人'
    line.issues.push({ column: 'name', message, level: 'warning' })
  }
}

/** Rows of persons who are registered: what stands beside what the row says. */
async function checkKnown(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  found: readonly { line: Line; ref: Ref | null; stored: Stored }[],
): Promise<void> {
  const list: Known[] = []
  const pause = pacer()
  for (const { line, ref, stored } of found) {
    await pause()
    const { wanted, issues } = changesOf(line, stored, ref !== null, deps.today())
    line.issues = withIssues(line.issues, issues)
    list.push({ line, ref, stored, wanted })
  }
  await checkNumbers(deps, tx, list)
  const asked = list.filter(
    ({ stored, wanted }) => stored.orgId === actor.org.id && Object.keys(wanted.sealed).length > 0,
  )
  const same = await sameSealed(
    deps.crypto,
    tx,
    actor,
    new Map(asked.map(({ stored, wanted }) => [stored.id, wanted.sealed])),
  )
  for (const { stored, wanted } of asked)
    for (const field of same.get(stored.id) ?? []) delete wanted.sealed[field]
  const masks = await maskedOf(
    deps,
    tx,
    list.map(({ stored }) => stored),
  )
  for (const one of list) {
    settleNumber(deps, one)
    decideKnown(actor, one, masks.get(one.stored.id) ?? {})
  }
}

const isSameNumber = (deps: Deps, { stored, wanted: { identity } }: Known): boolean =>
  identity === null ||
  (indexOf(deps, numberText(identity)) === stored.index && identity.sex === stored['sex'])

/** Numbers that are hers change nothing; one that is somebody else's is refused at its cell. */
async function checkNumbers(deps: Deps, tx: Tx, list: readonly Known[]): Promise<void> {
  const changed = list.filter((one) => !isSameNumber(deps, one))
  const places = await placesOf(
    tx,
    changed.map(({ wanted }) => indexOf(deps, numberText(wanted.identity!))),
  )
  for (const { line, stored, wanted } of changed) {
    const place = places.get(indexOf(deps, numberText(wanted.identity!)))
    if (place && place.id !== stored.id) refuse(line, place)
    if (wanted.identity!.idKind !== citizen && wanted.sealed.birth === undefined)
      line.issues.push({ column: 'birth', message: '改护照号码或性别，请把出生日期一并填写', level: 'error' })
  }
}

/** A number that is hers changes nothing; a passport's day of birth goes with its number. */
function settleNumber(deps: Deps, one: Known): void {
  const { wanted } = one
  if (isSameNumber(deps, one) && wanted.sealed.birth === undefined) wanted.identity = null
  delete wanted.sealed.birth
}

/** Members from a workbook. */
export const memberIntake: Target = {
  ...memberTarget,
  async check(deps, tx, actor, lines) {
    const good = await readAll(deps, lines)
    const places = await placesOf(
      tx,
      good.flatMap((r) => r.index ?? []),
    )
    const fresh: { line: Line; row: EntryRow }[] = []
    const known = new Map<string, { line: Line; ref: Ref | null }>()
    for (const { line, ref, index } of good) {
      if (ref) {
        known.set(ref.id, { line, ref })
        continue
      }
      const place = places.get(index!)
      const isOwn = place?.place === 'own' && place.name === line.values['name']
      // A cell that cannot be read is mended first.
      if (isWrong(line)) {
        if (!isOwn) readNew(deps, line)
      } else if (place && isOwn) takeKnown(known, place.id!, line)
      else if (place) refuse(line, place)
      else {
        const row = readNew(deps, line)
        if (row && !isWrong(line)) fresh.push({ line, row })
      }
    }
    const stored = new Map((await storedOf(tx, [...known.keys()])).map((p) => [p.id, p]))
    await checkKnown(
      deps,
      tx,
      actor,
      [...known].flatMap(([id, { line, ref }]) => {
        const found = stored.get(id)
        if (!found) sayGone(line)
        return found ? [{ line, ref, stored: found }] : []
      }),
    )
    await namesakes(tx, actor.org.id, fresh)
  },
  commit: bringIn,
  undo: takeBack,
}

function sayGone(line: Line): void {
  const message = '没有找到记录编号指的人，可能已不在您的范围；要另外登记，请在 Excel 里清空这一格'
  line.issues.push({ column: null, message, level: 'error' })
}

/** One row by the mark of an export and another by the number may be of the same person. */
function takeKnown(known: Map<string, { line: Line; ref: Ref | null }>, id: string, line: Line): void {
  const before = known.get(id)
  if (before) {
    const message = `与第 ${before.line.line} 行是同一个人，请删去一行`
    line.issues.push({ column: 'idNumber', message, level: 'error' })
  } else known.set(id, { line, ref: null })
}
