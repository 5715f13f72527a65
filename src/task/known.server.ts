import { sql } from 'kysely'
import { askedFields, filledIn } from '#kit/burden.ts'
import type { Programme } from '#kit/programme.ts'
import { findProgramme, indicators } from '#programmes/index.ts'
import { monthOf } from '#kit/day.ts'
import { scaleOf as scaleOfFigure } from '#kit/contribution.ts'
import { wholeMonths } from '#kit/period.ts'
import { withholdFigures } from '#figures/disclosure/withhold.server.ts'
import { figuresOf, yearEarlier } from '#figures/service.server.ts'
import type { Actor } from '#identity/actor.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { Problem } from '#kit/problem.ts'
import type { BurdenAsked, NewTask, Question, Task, TaskBurden, TaskCard } from './api.ts'
import { askedUnits } from './asked.server.ts'
import { lastTold } from './lastTold.server.ts'
import { fillOf, known, type Fill } from './register.ts'
import { knownAlready } from './likeness.ts'
import { burdenOf, surveyFields, type Burden } from './rules.ts'
import { shapeOf, type UnitFact } from './unitFacts.ts'

/** Which questions are answered by facts, by figures or by records, by their keys. */
const fillsOf = <Of extends Fill['of']>(
  questions: readonly Question[],
  of: Of,
): [string, Extract<Fill, { of: Of }>][] =>
  questions.flatMap((question, n) => {
    const fill = fillOf(question)
    return fill?.of === of ? [[`q${n + 1}`, fill as Extract<Fill, { of: Of }>] as const] : []
  }) as [string, Extract<Fill, { of: Of }>][]

type Asking = Pick<NewTask, 'questions' | 'fromOn' | 'untilOn'>
type Prefilled = Task['prefilled']

/** What the register of units holds for the questions of a survey, with the day that it is of. */
async function ofUnit(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  { org }: Actor,
  { questions }: Asking,
): Promise<Prefilled> {
  const wanted = fillsOf(questions, 'unit')
  if (wanted.length === 0) return {}
  const held = await first<Record<UnitFact, unknown> & { counted: string | null; term: string | null }>(
    tx,
    sql`SELECT o.org_code AS code, o.name, o.short_name AS "shortName", o.tier, o.org_type AS "orgType", o.region_code AS "regionCode",
        o.workers, o.women_workers AS "womenWorkers", o.members, o.women_members AS "womenMembers", k.form AS committee, k.director,
        k.term_no AS "termNo", k.founded_on AS "foundedOn", k.term_from_on AS "termFromOn", k.term_until_on AS "termUntilOn",
        ${superiorOf(1)} AS superior, ${superiorOf(2)} AS view, coalesce(o.counted_on, o.founded_on) AS counted, k.term_from_on AS term
      FROM app.org o LEFT JOIN app.org_committee k ON k.org_id = o.id WHERE o.id = ${org.id}`,
  )
  if (!held) return {}
  return Object.fromEntries(
    wanted.flatMap(([key, { fact }]) => {
      const { since, words } = shapeOf(fact)
      const value = held[fact]
      if (value === null || value === '') return []
      const on = since === 'today' ? deps.today() : held[since]
      return [[key, { value: words ? words(value) : value, source: '组织档案', on }]]
    }),
  )
}

const superiorOf = (line: 1 | 2) =>
  sql`(SELECT p.name FROM app.org_edge e JOIN app.org p ON p.id = e.parent_id WHERE e.child_id = o.id AND e.line = ${line} AND e.to_ym = 999912)`

/** What the accepted records of the unit and those below it come to in the months that are asked of; of days within a month, nothing. */
async function ofFigures(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  actor: Actor,
  { questions, fromOn, untilOn }: Asking,
): Promise<Prefilled> {
  const wanted = fillsOf(questions, 'figure')
  const period = wholeMonths(fromOn, untilOn)
  if (wanted.length === 0 || period === null) return {}
  const { id, scopeCode } = actor.org
  const today = deps.today()
  const sums = await figuresOf(tx, id, period, 'then', monthOf(today))
  const seen = await withholdFigures(
    tx,
    actor,
    { id, scopeCode, viewCode: null },
    { now: period, before: yearEarlier(period, monthOf(today)) },
    sums,
  )
  return Object.fromEntries(
    wanted.flatMap(([key, { indicator, where }]) => {
      const figure = seen.find((one) => one.indicator === indicator)
      // Nothing accepted is not nothing done: she says that herself.
      if (!figure?.value) return []
      const waiting = figure.waiting ? `（另有 ${inUnits(indicator, figure.waiting)} 待审核，未计入）` : ''
      const on = untilOn < today ? untilOn : today
      return [[key, { value: inUnits(indicator, figure.value), source: `${where}${waiting}`, on }]]
    }),
  )
}

const inUnits = (id: string, value: number): number =>
  value / 10 ** scaleOfFigure(indicators.find((one) => one.id === id)!.indicator)

/** What her records say, above them the figures that they come to, and above those the register of units. */
export const knownOf = async (
  deps: Pick<Deps, 'catalogue' | 'today'>,
  tx: Tx,
  actor: Actor,
  asking: Asking,
): Promise<Prefilled> => ({
  ...(await lastTold(deps, tx, actor, fillsOf(asking.questions, 'record'))),
  ...(await ofFigures(deps, tx, actor, asking)),
  ...(await ofUnit(deps, tx, actor, asking)),
})

/** Units that are asked, and how many of them hold an accepted (or, for their own form, any) record of each programme. */
async function scaleOf(
  tx: Tx,
  actor: Actor,
  { tiers, under = [] }: Pick<BurdenAsked, 'tiers' | 'under'>,
  programmes: readonly number[],
): Promise<{ units: number; used: Map<number, { any: number; accepted: number }> }> {
  const asked = askedUnits({ scope: actor.org.scopeCode, issuer: actor.org.id, tiers, under })
  const scale = await first<{ units: number }>(tx, sql`SELECT count(*)::int AS units FROM ${asked}`)
  const found = await rows<{ programme: number; any: number; accepted: number }>(
    tx,
    sql`SELECT r.programme, count(DISTINCT r.org_id)::int AS any,
        count(DISTINCT r.org_id) FILTER (WHERE r.state = 'accepted')::int AS accepted
      FROM app.record r WHERE r.programme = ANY(${[...programmes]}::smallint[]) AND r.org_id IN (SELECT u.id FROM ${asked}) GROUP BY 1`,
  )
  return { units: scale!.units, used: new Map(found.map((one) => [one.programme, one])) }
}

/** What a form would cost the units below the actor's, before it is published. @throws Problem.invalid for an unknown programme */
export async function readBurden(
  deps: Pick<Deps, 'catalogue'>,
  tx: Tx,
  actor: Actor,
  asked: BurdenAsked,
): Promise<TaskBurden> {
  const programme = asked.programme === null ? null : findProgramme(asked.programme)
  if (asked.programme !== null && !programme)
    throw Problem.invalid({ issues: [{ field: 'programme', message: '请选择要填报的项目' }] })
  const { fromOn, untilOn } = asked
  const isWhole = fromOn !== undefined && untilOn !== undefined && wholeMonths(fromOn, untilOn) !== null
  // Figures are of whole months: of days within one they fill nothing in.
  const fills = asked.questions.map((question) => {
    const fill = fillOf(question)
    return fill?.of === 'figure' && !isWhole ? null : fill
  })
  const number = ({ key }: Programme) => deps.catalogue.programmeId(key)
  const { units, used } = await scaleOf(
    tx,
    actor,
    asked,
    programme
      ? [number(programme)]
      : fills.flatMap((fill) => (fill && fill.of !== 'unit' ? [number(fill.programme)] : [])),
  )
  // What a unit's last record says comes filled in: known where most units have one.
  const most = (kind: 'any' | 'accepted', of: Programme): boolean =>
    (used.get(number(of))?.[kind] ?? 0) * 2 >= units
  const fields = programme ? askedFields(programme) : surveyFields(asked.questions)
  const filled = programme
    ? filledIn(fields, most('any', programme))
    : fills.flatMap((fill, n) =>
        fill && (fill.of === 'unit' || most('accepted', fill.programme)) ? [`q${n + 1}`] : [],
      )
  const burden = burdenOf(fields, new Set(filled))
  const duplicates = programme ? [] : knownAlready(asked.questions, known)
  const held = new Set([...filled, ...duplicates.map(({ question }) => `q${question + 1}`)])
  return {
    units,
    ...burden,
    held: burdenOf(fields, held).known,
    total: burden.minutes * units,
    duplicates,
  }
}

/** What a task costs the actor's own unit, by what comes filled in there: the same that its page counts. */
export async function burdenHere(
  deps: Pick<Deps, 'catalogue' | 'today'>,
  tx: Tx,
  actor: Actor,
  task: Pick<TaskCard, 'programme' | 'questions' | 'fromOn' | 'untilOn'>,
): Promise<Burden> {
  const programme = task.programme === null ? null : findProgramme(task.programme)
  if (!programme)
    return burdenOf(surveyFields(task.questions), new Set(Object.keys(await knownOf(deps, tx, actor, task))))
  const number = deps.catalogue.programmeId(programme.key)
  const last = await first(
    tx,
    sql`SELECT FROM app.record r WHERE r.org_id = ${actor.org.id} AND r.programme = ${number}::smallint LIMIT 1`,
  )
  const fields = askedFields(programme)
  return burdenOf(fields, filledIn(fields, last !== null))
}
