import { sql } from 'kysely'
import { askedFields, filledIn } from '#kit/burden.ts'
import type { Fields } from '#kit/field/kind.ts'
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
import { askedUnits, isAskedBy } from './asked.server.ts'
import { lastTold } from './lastTold.server.ts'
import { fillOf, known, type Fill } from './register.ts'
import { knownAlready } from './likeness.ts'
import { burdenOf, surveyFields } from './rules.ts'
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

/** What is counted of a form: its own programme, or what fills its questions in; figures are of whole months, of days within one they fill nothing. */
function sourcesOf({
  programme: key,
  questions,
  fromOn,
  untilOn,
}: Pick<BurdenAsked, 'programme' | 'questions' | 'fromOn' | 'untilOn'>) {
  const programme = key === null ? null : findProgramme(key)
  if (key !== null && !programme)
    throw Problem.invalid({ issues: [{ field: 'programme', message: '请选择要填报的项目' }] })
  const isWhole = fromOn !== undefined && untilOn !== undefined && wholeMonths(fromOn, untilOn) !== null
  const fills = questions.map((question) => {
    const fill = fillOf(question)
    return fill?.of === 'figure' && !isWhole ? null : fill
  })
  const counted = programme
    ? [programme]
    : fills.flatMap((fill) => (fill && fill.of !== 'unit' ? [fill.programme] : []))
  return { programme: programme ?? null, questions, fills, counted }
}

type Used = ReadonlyMap<number, { any: number; accepted: number }>

/** The fields of a form, and which of them come filled in: what a unit's last record says is known where most units have one. */
function formOf(
  { catalogue }: Pick<Deps, 'catalogue'>,
  { programme, questions, fills }: ReturnType<typeof sourcesOf>,
  { units, used }: { units: number; used: Used },
): { fields: Fields; filled: readonly string[] } {
  const most = (kind: 'any' | 'accepted', { key }: Programme): boolean =>
    (used.get(catalogue.programmeId(key))?.[kind] ?? 0) * 2 >= units
  if (programme) {
    const fields = askedFields(programme)
    return { fields, filled: [...filledIn(fields, most('any', programme))] }
  }
  const filled = fills.flatMap((fill, n) =>
    fill && (fill.of === 'unit' || most('accepted', fill.programme)) ? [`q${n + 1}`] : [],
  )
  return { fields: surveyFields(questions), filled }
}

/** What a form would cost the units below the actor's, before it is published. @throws Problem.invalid for an unknown programme */
export async function readBurden(
  deps: Pick<Deps, 'catalogue'>,
  tx: Tx,
  actor: Actor,
  asked: BurdenAsked,
): Promise<TaskBurden> {
  const sources = sourcesOf(asked)
  const numbers = sources.counted.map(({ key }) => deps.catalogue.programmeId(key))
  const scale = await scaleOf(tx, actor, asked, numbers)
  const { fields, filled } = formOf(deps, sources, scale)
  const burden = burdenOf(fields, new Set(filled))
  const duplicates = sources.programme ? [] : knownAlready(asked.questions, known)
  const held = new Set([...filled, ...duplicates.map(({ question }) => `q${question + 1}`)])
  return {
    units: scale.units,
    ...burden,
    held: burdenOf(fields, held).known,
    total: burden.minutes * scale.units,
    duplicates,
  }
}

/** Minutes that tasks cost each unit that is asked, of tasks that the actor's unit sent: the same, of many in one statement. */
export async function minutesBelow(
  deps: Pick<Deps, 'catalogue'>,
  tx: Tx,
  { org }: Actor,
  tasks: readonly TaskCard[],
): Promise<Map<string, number>> {
  const all = tasks.map((task) => ({ task, sources: sourcesOf(task) }))
  const numbers = new Set(
    all.flatMap(({ sources }) => sources.counted.map(({ key }) => deps.catalogue.programmeId(key))),
  )
  const found = numbers.size
    ? await rows<{ task: string; programme: number; any: number; accepted: number }>(
        tx,
        sql`SELECT t.id AS task, r.programme, count(DISTINCT r.org_id)::int AS any,
            count(DISTINCT r.org_id) FILTER (WHERE r.state = 'accepted')::int AS accepted
          FROM app.task t JOIN app.org u ON u.scope_code >= ${org.scopeCode} AND u.scope_code < ${`${org.scopeCode}~`} AND ${isAskedBy}
          JOIN app.record r ON r.org_id = u.id AND r.programme = ANY (${[...numbers]}::smallint[])
          WHERE t.id = ANY (${tasks.map(({ id }) => id)}::uuid[]) GROUP BY 1, 2`,
      )
    : []
  return new Map(
    all.map(({ task, sources }) => {
      const used = new Map(found.filter((one) => one.task === task.id).map((one) => [one.programme, one]))
      const { fields, filled } = formOf(deps, sources, { units: task.units ?? 0, used })
      return [task.id, burdenOf(fields, new Set(filled)).minutes]
    }),
  )
}

/** Minutes that tasks cost the actor's own unit, by what comes filled in there: the same that their pages count. */
export async function minutesHere(
  deps: Pick<Deps, 'catalogue' | 'today'>,
  tx: Tx,
  actor: Actor,
  tasks: readonly TaskCard[],
): Promise<Map<string, number>> {
  const forms = tasks.flatMap((task) => {
    const programme = task.programme === null ? null : findProgramme(task.programme)
    return programme ? [{ id: task.id, programme, number: deps.catalogue.programmeId(programme.key) }] : []
  })
  const surveys = tasks.filter(({ id }) => !forms.some((form) => form.id === id))
  const had = forms.length
    ? await rows<{ number: number }>(
        tx,
        sql`SELECT n AS number FROM unnest(${[...new Set(forms.map(({ number }) => number))]}::smallint[]) n
          WHERE EXISTS (SELECT FROM app.record r WHERE r.org_id = ${actor.org.id} AND r.programme = n)`,
      )
    : []
  const filled = await knownOfAll(deps, tx, actor, surveys)
  return new Map([
    ...forms.map(({ id, programme, number }) => {
      const fields = askedFields(programme)
      const isKnown = had.some((one) => one.number === number)
      return [id, burdenOf(fields, filledIn(fields, isKnown)).minutes] as const
    }),
    ...surveys.map(
      ({ id, questions }, n) => [id, burdenOf(surveyFields(questions), filled[n]!).minutes] as const,
    ),
  ])
}

/** Which questions of surveys come filled in: those of the same months are asked together, as if they were one. */
async function knownOfAll(
  deps: Pick<Deps, 'catalogue' | 'today'>,
  tx: Tx,
  actor: Actor,
  surveys: readonly Asking[],
): Promise<Set<string>[]> {
  const filled = surveys.map(() => new Set<string>())
  const places = surveys.flatMap((survey, of) =>
    survey.questions.map((question, n) => ({
      question,
      of,
      key: `q${n + 1}`,
      period: `${survey.fromOn} ${survey.untilOn}`,
    })),
  )
  const mark = (asked: typeof places, told: Prefilled): void =>
    asked.forEach(({ of, key }, n) => `q${n + 1}` in told && filled[of]!.add(key))
  const questions = places.map(({ question }) => question)
  const whatever = { questions, fromOn: '', untilOn: '' }
  mark(places, await lastTold(deps, tx, actor, fillsOf(questions, 'record')))
  mark(places, await ofUnit(deps, tx, actor, whatever))
  for (const period of new Set(places.map((one) => one.period))) {
    const these = places.filter((one) => one.period === period)
    const { fromOn, untilOn } = surveys[these[0]!.of]!
    mark(
      these,
      await ofFigures(deps, tx, actor, { questions: these.map(({ question }) => question), fromOn, untilOn }),
    )
  }
  return filled
}
