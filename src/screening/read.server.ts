import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import { briefOf } from '#org/brief.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { pageOf } from '#server/pages.server.ts'
import {
  fewest,
  type Allotment,
  type DayLine,
  type RoundDetail,
  type RoundLine,
  type RoundList,
  type Told,
} from './api.ts'
import { dutiesOf } from './hands.server.ts'
import { entryStates, type EntryState } from './states.ts'

const placeOf = ({ org }: Actor) => ({ id: org.id, scopeCode: org.scopeCode, viewCode: null, class: 3 })
/** What is offered asks for the second factor when it is taken. */
const may = (actor: Actor, action: 'screening.lead' | 'screening.allot' | 'screening.name') =>
  can({ ...actor, stepUp: true }, action, placeOf(actor))

const lineColumns = sql`r.id, r.title, ${briefOf('o')} AS org, r.state, r.version, r.fund, r.from_on::text AS "fromOn", r.until_on::text AS "untilOn",
  r.directed, r.open_places AS "openPlaces"`

/** Rounds of whoever stands below or above the reader's unit; of others only what has begun. */
export async function listRounds(tx: Tx, actor: Actor, after: number): Promise<RoundList> {
  const page = await pageOf(after, (end) =>
    rows<RoundLine>(
      tx,
      sql`SELECT ${lineColumns} FROM app.screening_round r JOIN app.org o ON o.id = r.org_id
      WHERE r.org_id = ${actor.org.id} OR r.state <> 'draft' ORDER BY r.from_on DESC, r.id ${end}`,
    ),
  )
  return { ...page, mayLead: may(actor, 'screening.lead') }
}

/** Rounds that began in a year and stand no more as drafts, the latest first. */
export const roundsOfYear = (tx: Tx, year: number): Promise<{ id: string }[]> =>
  rows(
    tx,
    sql`SELECT r.id FROM app.screening_round r WHERE r.state <> 'draft' AND r.from_on BETWEEN ${`${year}-01-01`}::date AND ${`${year}-12-31`}::date
      ORDER BY r.from_on DESC, r.id`,
  )

type Stored = RoundLine &
  Pick<
    RoundDetail,
    'minAge' | 'maxAge' | 'cycleYears' | 'ruleBasis' | 'budget' | 'price' | 'passed' | 'closedOn'
  > & { openUsed: number } & { [K in keyof Told]: number | null }

/** A round with its days and places, and how many stand where. @throws Problem.notFound */
export async function readRound(tx: Tx, actor: Actor, id: string): Promise<RoundDetail> {
  const found = await first<Stored>(
    tx,
    sql`SELECT ${lineColumns}, r.min_age AS "minAge", r.max_age AS "maxAge", r.cycle_years AS "cycleYears", r.rule_basis AS "ruleBasis", r.budget, r.price,
        r.passed, r.open_used AS "openUsed", r.closed_on::text AS "closedOn", r.satisfied, r.fair, r.dissatisfied
      FROM app.screening_round r JOIN app.org o ON o.id = r.org_id WHERE r.id = ${id}::uuid AND (r.org_id = ${actor.org.id} OR r.state <> 'draft')`,
  )
  if (!found) throw Problem.notFound()
  const { satisfied, fair, dissatisfied, ...round } = found
  const isOwner = round.org.id === actor.org.id
  const [duties, days, allotments, counts] = await Promise.all([
    dutiesOf(tx, actor, id),
    rows<DayLine & { taken: number }>(
      tx,
      sql`SELECT id, hospital, on_day::text AS "onDay", capacity, taken FROM app.screening_day WHERE round_id = ${id}::uuid AND capacity > 0
        ORDER BY on_day, hospital`,
    ),
    rows<Allotment & { used: number }>(
      tx,
      sql`SELECT ${briefOf('o')} AS org, a.by_org AS "byOrg", a.quota, a.passed, a.used FROM app.screening_allotment a JOIN app.org o ON o.id = a.org_id
        WHERE a.round_id = ${id}::uuid ORDER BY o.scope_code LIMIT ${bounds.screeningAllotments.most}`,
    ),
    rows<{ state: EntryState; n: number }>(
      tx,
      isOwner
        ? sql`SELECT state, n FROM app.screening_counts(${id}::uuid)`
        : sql`SELECT state, count(*)::int AS n FROM app.screening_entry WHERE round_id = ${id}::uuid AND org_id = ${actor.org.id} GROUP BY 1`,
    ),
  ])
  return {
    ...round,
    openUsed: isOwner ? round.openUsed : vague(round.openUsed, round.openPlaces),
    told:
      !isOwner || satisfied === null || fair === null || dissatisfied === null
        ? null
        : { satisfied, fair, dissatisfied },
    days: isOwner ? days : days.map((day) => ({ ...day, taken: vague(day.taken, day.capacity) })),
    allotments: allotments.map((one) =>
      one.org.id === actor.org.id || duties.length > 0 || one.used >= fewest ? one : { ...one, used: null },
    ),
    counts: Object.fromEntries(
      entryStates.map((state) => [state, counts.find((one) => one.state === state)?.n ?? 0]),
    ) as RoundDetail['counts'],
    isOwner,
    follow: duties.includes('followUp') ? await followOf(tx, id) : null,
    duties,
    mayLead: isOwner && may(actor, 'screening.lead'),
    mayAllot:
      round.state !== 'closed' &&
      may(actor, 'screening.allot') &&
      (isOwner || allotments.some((one) => one.org.id === actor.org.id)),
    mayName: isOwner && may(actor, 'screening.name'),
  }
}

/** Few are told only where all is taken, since no more may come. */
const vague = (taken: number, of: number): number | null => (taken >= fewest || taken === of ? taken : null)

async function followOf(tx: Tx, id: string): Promise<RoundDetail['follow']> {
  const found = await first<{ needed: number; closed: number }>(
    tx,
    sql`SELECT count(*) FILTER (WHERE f.state = 'needed')::int AS needed, count(*) FILTER (WHERE f.state = 'closed')::int AS closed
      FROM app.screening_follow f JOIN app.screening_entry e ON e.id = f.entry_id WHERE e.round_id = ${id}::uuid`,
  )
  return found ?? null
}
