import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import { readForm } from '#kit/validate.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { withIssues } from '#intake/line.ts'
import type { How } from '#intake/targets.server.ts'
import { isWrong, type Line } from '#intake/target.ts'
import { indexText, readIdentity } from '#person/rules.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps, Target } from '#server/deps.server.ts'
import { nowOf } from './clock.server.ts'
import { enterForHer, leaveEntry, nobodyTold, tellAll, type ProxyEvent } from './enter.server.ts'
import { instantOf } from './event.server.ts'
import { entrySheet, entryTarget } from './intakeTarget.ts'
import { openTo } from './read.server.ts'
import { phaseOf, refusalWords, type EventMode, type EventState, type RefusalName } from './states.ts'

type Open = ProxyEvent & {
  /** The queue in which whoever locks the event stands: of slots that of their series. */
  turn: string
  mode: EventMode
  state: EventState
  cap: number
  taken: number
  hasList: boolean
  opensAt: string
  closesAt: string
  startsAt: string
  endsAt: string
}
type Wanted = { event: Open; index: string }
type Plan = { event: Open; personId: string }

/** What was found out of a line while checking it, for its commit in the same transaction. */
const plans = new WeakMap<Line, Plan>()

const say = (line: Line, field: string, message: string): void => {
  line.issues = withIssues(line.issues, [{ field, message }])
}

/** Events that the actor's unit may sign its members up for, now or later. */
const openEvents = (tx: Tx, { org }: Actor): Promise<Open[]> =>
  rows<Open>(
    tx,
    sql`SELECT e.id, coalesce(e.series_id, e.id) AS turn, e.title, e.district_id AS "districtId", e.mode, e.state, e.cap, e.taken, e.has_list AS "hasList", ${instantOf('e.opens_at')} AS "opensAt",
        ${instantOf('e.closes_at')} AS "closesAt", ${instantOf('e.starts_at')} AS "startsAt", ${instantOf('e.ends_at')} AS "endsAt"
      FROM app.event e JOIN app.org o ON o.id = e.org_id WHERE e.state = 'open' AND ${openTo(sql`${org.scopeCode}::text`)}`,
  )

/** The event that a cell means, or what is wrong with it. */
function finder(events: readonly Open[], now: Date): (typed: string) => Open | string {
  return (typed) => {
    const named = events.filter(({ title }) => title === typed)
    if (named.length === 0)
      return `没有“${typed}”这项活动，或者不面向本单位；请与“可以为会员报名”里的名称一样`
    const [one, other] = named.filter((event) => phaseOf(event, now) === 'signing')
    if (!one) return phaseOf(named[0]!, now) === 'before' ? refusalWords.early : refusalWords.late
    return other ? `有不止一项叫“${typed}”的活动正在报名，请在活动页面里代报` : one
  }
}

/** Whom and what each line names. */
function readAll(deps: Deps, lines: readonly Line[], find: ReturnType<typeof finder>): Map<Line, Wanted> {
  const wanted = new Map<Line, Wanted>()
  for (const line of lines) {
    const { row, issues } = readForm(entrySheet.fields, line.values)
    line.issues = withIssues(line.issues, issues)
    if (row === null) continue
    const event = find(String(row['event']))
    if (typeof event === 'string') say(line, 'event', event)
    const { idKind, idNumber } = row
    const read = readIdentity({ idKind, idNumber, sex: null, birth: null }, deps.today())
    // A passport tells neither sex nor birth: here it only finds who is registered.
    const number = read.row?.idNumber ?? (idKind === '护照' ? String(idNumber).trim().toUpperCase() : null)
    if (number === null) line.issues = withIssues(line.issues, read.issues)
    if (typeof event === 'string' || number === null || isWrong(line)) continue
    const index = deps.crypto.blindIndex(indexText(String(idKind), number)).toString('hex')
    wanted.set(line, { event, index })
  }
  return wanted
}

type Her = { index: string; id: string; name: string | null }

async function check(deps: Deps, tx: Tx, actor: Actor, lines: readonly Line[]): Promise<void> {
  const wanted = readAll(deps, lines, finder(await openEvents(tx, actor), nowOf(deps)))
  const indexes = [...new Set([...wanted.values()].map(({ index }) => index))]
  const own = await rows<Her>(
    tx,
    sql`SELECT encode(f.wanted_index, 'hex') AS index, p.id, p.name FROM app.find_persons(ARRAY(SELECT decode(x, 'hex') FROM unnest(${indexes}::text[]) x)) f
      JOIN app.person p ON p.id = f.id WHERE f.place = 'own' AND p.state = 'active'`,
  )
  const her = new Map(own.map((one) => [one.index, one]))
  const standing = new Set(
    (
      await rows<{ key: string }>(
        tx,
        sql`SELECT n.event_id || ' ' || n.person_id AS key FROM app.enrolment n WHERE n.person_id = ANY (${own.map(({ id }) => id)}::uuid[])
          AND n.state IN ('placed', 'waiting', 'offered', 'asked', 'refused')`,
      )
    ).map(({ key }) => key),
  )
  // The place would refuse her for the same, with the whole workbook.
  const refusals = new Map(
    (
      await rows<{ key: string; refusal: RefusalName }>(
        tx,
        sql`SELECT f.event || ' ' || f.who AS key, f.refusal FROM app.entry_refusals(${[...new Set([...wanted.values()].map(({ event }) => event.id))]}::uuid[],
          ${own.map(({ id }) => id)}::uuid[], ${nowOf(deps).toISOString()}::timestamptz) f`,
      )
    ).map(({ key, refusal }) => [key, refusal]),
  )
  const seen = new Map<string, number>()
  const coming = new Map<string, number>()
  for (const [line, { event, index }] of wanted) {
    const found = her.get(index)
    if (!found) {
      say(line, 'idNumber', refusalWords.person)
      continue
    }
    if (found.name !== String(line.values['name']).trim()) {
      say(line, 'name', '姓名与登记的不一样，请核对姓名和号码')
      continue
    }
    const key = `${event.id} ${found.id}`
    const before = seen.get(key)
    if (before === undefined) seen.set(key, line.line)
    const refusal = refusals.get(key)
    if (before !== undefined) say(line, 'idNumber', `与第 ${before} 行是同一个人，请删去一行`)
    // Of who has a place already a cadre learns no more than that.
    else if (standing.has(key)) line.same = true
    else if (refusal) say(line, 'event', refusalWords[refusal])
    else {
      const n = (coming.get(event.id) ?? 0) + 1
      if (event.mode === 'firstCome' && !event.hasList && event.taken + n > event.cap)
        say(line, 'event', refusalWords.full)
      else {
        coming.set(event.id, n)
        plans.set(line, { event, personId: found.id })
      }
    }
  }
}

/** Events in the order of their queues: of two workbooks that name the same two none waits for the other. */
const inTurn = (a: Pick<Open, 'turn' | 'id'>, b: Pick<Open, 'turn' | 'id'>): number => {
  const [one, other] = [`${a.turn} ${a.id}`, `${b.turn} ${b.id}`]
  return one === other ? 0 : one < other ? -1 : 1
}

/** By what an entry is known as the one that the workbook made: giving up and coming again uses its row. */
type Asked = { askedAt: string; askedBy: string }

async function commit(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  lines: readonly Line[],
  how: How,
): Promise<string[]> {
  const received = nowOf(deps)
  const made = new Map<Line, string>()
  const told = nobodyTold()
  const inOrder = lines.toSorted(
    (a, b) => inTurn(plans.get(a)!.event, plans.get(b)!.event) || a.line - b.line,
  )
  for (const line of inOrder) {
    const { event, personId } = plans.get(line)!
    const done = await enterForHer(tx, work, event, personId, received, told)
    if (done.refusal !== null)
      throw Problem.enrolRefused({
        why: done.refusal,
        sentence: `第 ${line.line} 行没有报上：${refusalWords[done.refusal]}；全部没有导入，请改好这一行再确认`,
      })
    made.set(line, done.entry!)
    how.keep(line, {
      askedAt: received.toISOString(),
      askedBy: work.actor.personId,
    } satisfies Asked)
  }
  await tellAll(tx, work, told)
  return lines.map((line) => made.get(line)!)
}

type Made = { entry: string; id: string; turn: string }

/**
 * Gives up what was signed up, as a cadre does one by one; what can no more be given up stays, and so does the place that a woman
 * has taken anew since.
 */
async function undo(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  made: readonly string[],
  before: ReadonlyMap<string, unknown>,
): Promise<string[]> {
  const all = await rows<Made>(
    tx,
    sql`SELECT n.id AS entry, e.id, coalesce(e.series_id, e.id) AS turn FROM app.enrolment n
      JOIN app.event e ON e.district_id = n.district_id AND e.id = n.event_id WHERE n.id = ANY (${[...made]}::uuid[]) ORDER BY n.seq`,
  )
  // All queues before it is read how they stand: from then on nobody comes or goes.
  for (const turn of new Set(all.toSorted(inTurn).map((one) => one.turn)))
    await sql`SELECT app.wait_turn(${turn}::uuid)`.execute(tx)
  const asked = new Map(
    (
      await rows<Asked & { id: string }>(
        tx,
        sql`SELECT n.id, ${instantOf('n.asked_at')} AS "askedAt", n.asked_by AS "askedBy" FROM app.enrolment n WHERE n.id = ANY (${[...made]}::uuid[])`,
      )
    ).map((one) => [one.id, one]),
  )
  const gone: string[] = []
  for (const { entry } of all.toSorted(inTurn)) {
    const [then, now] = [before.get(entry) as Asked | undefined, asked.get(entry)]
    if (!then || now?.askedBy !== then.askedBy || Date.parse(now.askedAt) !== Date.parse(then.askedAt))
      continue
    try {
      await leaveEntry(deps, tx, work, entry)
      gone.push(entry)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
    }
  }
  return gone
}

/** The list of an organiser or a unit as a workbook, by the same place and the same rules as every other door. */
export const entryIntake: Target = {
  ...entryTarget,
  check,
  commit,
  undo: (deps, tx, work, made, _, before) => undo(deps, tx, work, made, before),
}
