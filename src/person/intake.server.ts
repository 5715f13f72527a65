import { sql } from 'kysely'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { withIssues } from '#intake/line.ts'
import { pacer } from '#intake/pace.server.ts'
import type { Line } from '#intake/target.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps, Target } from '#server/deps.server.ts'
import { auditPerson } from './audit.server.ts'
import type { EntryRow } from './form.ts'
import { memberTarget } from './intake.ts'
import { indexText, readEntry } from './rules.ts'
import { entryRows, insertInto, takenIssue } from './write.server.ts'

type Read = { line: Line; row: EntryRow; index: string }

/** Reads each line by the rules of the register's form; two lines of one number are told of each other. */
async function readAll(deps: Deps, lines: readonly Line[]): Promise<Read[]> {
  const good: Read[] = []
  const first = new Map<string, number>()
  const pause = pacer()
  for (const line of lines) {
    const faulty = line.issues.some((i) => i.level === 'error')
    const { row, issues } = readEntry(line.values, deps.today())
    line.issues = withIssues(line.issues, issues)
    await pause()
    if (row === null || faulty) continue
    const index = deps.crypto.blindIndex(indexText(row.idKind, row.idNumber)).toString('hex')
    const before = first.get(index)
    if (before !== undefined) {
      const message = `与第 ${before} 行的证件号码相同，请删去一行或改正号码`
      line.issues.push({ column: 'idNumber', message, level: 'error' })
      continue
    }
    first.set(index, line.line)
    good.push({ line, row, index })
  }
  return good
}

type Place = { index: string; place: 'own' | 'scope' | 'elsewhere'; name: string | null; org: string | null }

/** Where numbers stand already; of other units than the actor's scope only that they do. */
async function placesOf(tx: Tx, indexes: readonly string[]): Promise<Map<string, Place>> {
  const found = await rows<Place>(
    tx,
    sql`SELECT encode(f.wanted_index, 'hex') AS index, f.place, p.name, o.name AS org
      FROM app.find_persons(ARRAY(SELECT decode(x, 'hex') FROM unnest(${indexes}::text[]) x)) f
      LEFT JOIN app.person p ON p.id = f.id LEFT JOIN app.org o ON o.id = p.org_id`,
  )
  return new Map(found.map((place) => [place.index, place]))
}

function tell({ line, row }: Read, { place, name, org }: Place): void {
  // The same person once more is no fault: a workbook may be brought twice.
  if (place === 'own' && name === row.name) {
    line.same = true
    return
  }
  const { field, message } = takenIssue({ place, name, org })
  line.issues.push({ column: field, message, level: 'error' })
}

/** Who has the same name and year of birth under another number: perhaps a mistyped digit. */
async function namesakes(tx: Tx, orgId: number, list: readonly Read[]): Promise<void> {
  const found = await rows<{ name: string; year: number }>(
    tx,
    sql`SELECT name, birth_year AS year FROM app.person WHERE org_id = ${orgId} AND state = 'active' AND name = ANY (${list.map((r) => r.row.name)}::text[])`,
  )
  const known = new Set(found.map((p) => `${p.name} ${p.year}`))
  for (const { line, row } of list) {
    if (line.same || !known.has(`${row.name} ${row.birth!.slice(0, 4)}`)) continue
    const message = '本单位已有同名同年出生的人，证件号码不同，请核对是否同一人'
    line.issues.push({ column: 'name', message, level: 'warning' })
  }
}

const perStatement = 300

async function bringIn(deps: Deps, tx: Tx, work: UnitOfWork, lines: readonly Line[]): Promise<string[]> {
  const made: string[] = []
  const pause = pacer()
  for (let at = 0; at < lines.length; at += perStatement) {
    const part = lines.slice(at, at + perStatement).map((line) => {
      const { row } = readEntry(line.values, deps.today())
      if (row === null) throw new Error('a row that was checked reads no more')
      return { line, entry: entryRows(deps, row, work.actor.org.id) }
    })
    for (const [table, key] of [
      ['person', 'person'],
      ['person_key', 'key'],
      ['membership', 'membership'],
    ] as const)
      await insertInto(
        table,
        part.map((p) => p.entry[key]),
      ).execute(tx)
    for (const { line, entry } of part) {
      auditPerson(work, 'person.add', entry.id, ['idNumber', ...Object.keys(line.values)], 'intake')
      made.push(entry.id)
    }
    await pause()
  }
  return made
}

/** Those of a workbook that nobody has touched since: their keys and rows go, as if they had never been entered. */
async function takeBack(_: Deps, tx: Tx, work: UnitOfWork, made: readonly string[]): Promise<string[]> {
  const gone = await rows<{ id: string }>(tx, sql`SELECT id FROM app.unenter_persons(${made}::uuid[]) AS id`)
  for (const { id } of gone) auditPerson(work, 'person.unenter', id, [], 'intake')
  return gone.map((p) => p.id)
}

/** Members from a workbook. */
export const memberIntake: Target = {
  ...memberTarget,
  async check(deps, tx, actor, lines) {
    const good = await readAll(deps, lines)
    const places = await placesOf(
      tx,
      good.map((r) => r.index),
    )
    for (const read of good) {
      const place = places.get(read.index)
      if (place) tell(read, place)
    }
    await namesakes(tx, actor.org.id, good)
  },
  commit: bringIn,
  undo: takeBack,
}
