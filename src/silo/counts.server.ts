import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import { counselling } from '#programmes/counselling/definition.ts'
import { createRecords } from '#record/create.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { SiloCounts } from './api.ts'
import { silos, topics, type Silo } from './kinds.ts'
import {
  periodName,
  periodsOf,
  quarterEnd,
  quarterOf,
  quarterStart,
  type Counted,
  type Period,
} from './periods.ts'
import { safeCounts } from './safeCounts.ts'

type Row = Counted & { silo: Silo }

const totalOf = ({ counts }: Period): number => Object.values(counts).reduce((a, b) => a + b, 0)

/** Closed matters of closed quarters; row policies and the function tell cadres and leaders alone. */
async function countedBefore(tx: Tx, today: string): Promise<Row[]> {
  const quarter = quarterOf(today)
  return rows(tx, sql`SELECT silo, quarter, topic, n FROM app.silo_counts(${quarterStart(quarter)}::date)`)
}

const ofSilo = (counted: readonly Row[], silo: Silo, today: string): Period[] =>
  periodsOf(
    counted.filter((one) => one.silo === silo),
    quarterOf(today),
  )

type Made = { until_quarter: number; record_id: string; state: string | null }

/** Records of periods that stand in the books; of one that was voided another may be made. */
const madeOf = async (tx: Tx): Promise<Map<number, Made>> =>
  new Map(
    (
      await rows<Made>(
        tx,
        sql`SELECT s.until_quarter, s.record_id, r.state FROM app.silo_period s
          LEFT JOIN app.record r ON r.district_id = s.district_id AND r.id = s.record_id WHERE s.silo = 'counsel'`,
      )
    ).map((one) => [one.until_quarter, one]),
  )

const stands = (made: Made | undefined): made is Made => made !== undefined && made.state !== 'voided'

/** What the tiers are told of the silos: how many were closed, by topic, where that is not small. */
export async function readCounts(deps: Pick<Deps, 'today'>, tx: Tx, actor: Actor): Promise<SiloCounts> {
  const today = deps.today()
  const [counted, made] = await Promise.all([countedBefore(tx, today), madeOf(tx)])
  const mayRecord = can(actor, 'silo.record')
  return silos.map((silo) => ({
    silo,
    periods: ofSilo(counted, silo, today)
      .map((period) => {
        const { lines, rest } = safeCounts(period.counts, topics[silo], true)
        const record = silo === 'counsel' ? made.get(period.untilQuarter) : undefined
        return {
          fromQuarter: period.fromQuarter,
          untilQuarter: period.untilQuarter,
          total: totalOf(period),
          lines,
          rest,
          record: stands(record) ? { programme: counselling.key, id: record.record_id } : null,
          mayRecord: mayRecord && silo === 'counsel' && !stands(record),
        }
      })
      .toReversed(),
  }))
}

/**
 * Makes of a published period of counselling one record of counts, sent in by the generic path: another of the city accepts it.
 * The period's key holds that it is made once; periods do not overlap, so each closed matter is counted once.
 * @throws Problem.notFound, decidedAlready
 */
export async function recordCounts(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  untilQuarter: number,
): Promise<{ programme: string; id: string }> {
  const { actor } = work
  const today = deps.today()
  const period = ofSilo(await countedBefore(tx, today), 'counsel', today).find(
    (one) => one.untilQuarter === untilQuarter,
  )
  if (!period) throw Problem.notFound()
  const made = (await madeOf(tx)).get(untilQuarter)
  const voided = made?.record_id ?? null
  if (stands(made)) throw Problem.decidedAlready()
  const id = await enter(deps, tx, work, period)
  // Only in place of the voided record that was seen: of two who try at once the second is refused, and her record undone.
  const kept = await first(
    tx,
    sql`INSERT INTO app.silo_period AS s (silo, until_quarter, district_id, record_id) VALUES ('counsel', ${untilQuarter}, ${actor.org.districtId}, ${id}::uuid)
    ON CONFLICT (silo, until_quarter) DO UPDATE SET district_id = EXCLUDED.district_id, record_id = EXCLUDED.record_id
        WHERE s.record_id = ${voided}::uuid RETURNING 1 AS kept`,
  )
  if (kept === null) throw Problem.decidedAlready()
  work.audit({
    districtId: actor.org.districtId,
    action: 'silo.record',
    object: `record:${id}`,
    body: { untilQuarter },
  })
  return { programme: counselling.key, id }
}

/** The counts of a period as a record of the city's own unit, without a word of any matter. */
async function enter(deps: Deps, tx: Tx, work: UnitOfWork, period: Period): Promise<string> {
  const body = {
    title: `${periodName(period)}心理咨询（专办事项办结数）`,
    startsOn: quarterStart(period.fromQuarter),
    endsOn: quarterEnd(period.untilQuarter),
    grade: '实名',
    sessions: totalOf(period),
    selfTests: 0,
    talks: 0,
  }
  const [made] = await createRecords(deps, tx, work, counselling, [
    { body, warningNote: '按季度由专办事项的办结数生成，每件只计一次' },
  ])
  return made!.id
}
