import { sql } from 'kysely'
import { randomId } from '#crypto/provider.server.ts'
import { isDay } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { Issue } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { wordsOfResult } from '#programmes/screening/resultWords.ts'
import { ruleOn } from '#rules/tables.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { NewDay, NewRound, RoundDone, Told } from './api.ts'
import { screeningTerms } from './rules.ts'
import type { RoundState } from './states.ts'

export type Round = {
  id: string
  org_id: number
  title: string
  fund: string
  state: RoundState
  version: number
  from_on: string
  until_on: string
  min_age: number
  max_age: number
  cycle_years: number
  price: number
  directed: number
  open_places: number
  passed: number
  open_used: number
}

/** A round in sight of the actor, `locked` against another act. @throws Problem.notFound */
export async function loadRound(tx: Tx, id: string, locked = false): Promise<Round> {
  const found = await first<Round>(
    tx,
    sql`SELECT * FROM app.screening_round WHERE id = ${id}::uuid ${locked ? sql`FOR NO KEY UPDATE` : sql``}`,
  )
  if (!found) throw Problem.notFound()
  return found
}

/** A round of the actor's own unit. @throws Problem.notFound */
export async function mustLead(tx: Tx, actor: Actor, id: string): Promise<Round> {
  const found = await loadRound(tx, id)
  if (found.org_id !== actor.org.id) throw Problem.notFound()
  return loadRound(tx, id, true)
}

/** Reckons the places anew; the CHECKs of their tables refuse one too many, whoever was quicker. */
export const recount = (tx: Tx, id: string) => sql`SELECT app.count_screening(${id}::uuid)`.execute(tx)

/** @throws Problem.denied unless it is open now */
export function mustBeOpen(round: Round): void {
  if (round.state !== 'open')
    throw Problem.denied({ what: round.state === 'draft' ? '这个轮次还没有开始' : '这个轮次已经结束' })
}

/** What is wrong with a round, each at its field. */
function faultsOf(given: NewRound): Issue[] {
  const faults: Issue[] = [...wordsOfResult('title', given.title)]
  const fault = (field: string, message: string) => void faults.push({ field, message })
  if (given.title === '') fault('title', '请填写轮次名称，例如 2020年第一批')
  for (const field of ['fromOn', 'untilOn'] as const)
    if (!isDay(given[field])) fault(field, '没有这一天，请重新选择')
  if (given.fromOn > given.untilOn) fault('untilOn', '结束日期不能早于开始日期')
  if (given.fromOn.slice(0, 4) !== given.untilOn.slice(0, 4))
    fault('untilOn', '一个轮次不跨年，跨年的请分成两个轮次')
  if (!(given.price > 0 && given.price < 100_000)) fault('price', '请填写每人费用，大于 0')
  if (!(given.budget > 0 && given.budget < 1e9)) fault('budget', '请填写经费预算，大于 0')
  const places = given.directed + given.openPlaces
  if (places === 0) fault('directed', '定向和公开名额至少填一项')
  const needed = Math.round(places * given.price * 100) / 100
  if (given.price > 0 && given.budget > 0 && needed > given.budget)
    fault('budget', `${places} 个名额每人 ${given.price} 元要 ${needed} 元，超出预算，请减少名额或增加预算`)
  return [...faults, ...dayFaults(given.days, given)]
}

function dayFaults(days: readonly NewDay[], round: { fromOn: string; untilOn: string }): Issue[] {
  const seen = new Set<string>()
  return days.flatMap(({ hospital, onDay, capacity }, at) => {
    const found: Issue[] = [...wordsOfResult(`days.${at}.hospital`, hospital)]
    const fault = (field: string, message: string) =>
      void found.push({ field: `days.${at}.${field}`, message })
    if (hospital === '') fault('hospital', '请填写医院')
    if (!isDay(onDay)) fault('onDay', '没有这一天，请重新选择')
    else if (onDay < round.fromOn || onDay > round.untilOn)
      fault('onDay', `须在轮次的 ${round.fromOn} 至 ${round.untilOn} 之间`)
    if (capacity < 1) fault('capacity', '当天容量至少 1 人')
    if (seen.has(`${hospital} ${onDay}`)) fault('onDay', '同一医院同一天只填一行')
    seen.add(`${hospital} ${onDay}`)
    return found
  })
}

const mustBe = (issues: Issue[]): void => {
  if (issues.length > 0) throw Problem.invalid({ issues })
}

/** The columns of a round as it is typed, with the rules of its first day. */
async function columnsOf(tx: Tx, given: NewRound) {
  const { value, version, basis } = await ruleOn(tx, screeningTerms, given.fromOn)
  return {
    title: given.title,
    fund: given.fund,
    from_on: given.fromOn,
    until_on: given.untilOn,
    min_age: value.minAge,
    max_age: value.maxAge,
    cycle_years: value.cycleYears,
    rule_version: version,
    rule_basis: basis,
    budget: given.budget,
    price: given.price,
    directed: given.directed,
    open_places: given.openPlaces,
  }
}

/** Prepares a round of the actor's unit. @throws Problem.invalid */
export async function makeRound(deps: Deps, tx: Tx, work: UnitOfWork, given: NewRound): Promise<RoundDone> {
  mustBe(faultsOf(given))
  const id = randomId()
  const row = {
    id,
    org_id: work.actor.org.id,
    state: 'draft',
    version: 1,
    ...(await columnsOf(tx, given)),
    passed: 0,
    open_used: 0,
    made_on: deps.today(),
    made_by: work.actor.accountId,
  }
  await sql`INSERT INTO app.screening_round SELECT * FROM jsonb_populate_record(NULL::app.screening_round, ${JSON.stringify(row)}::jsonb)`.execute(
    tx,
  )
  await writeDays(tx, id, given.days)
  audit(work, 'screening.make', id, given)
  return { id, state: 'draft', version: 1 }
}

/** Mends a round before it opens. @throws Problem.notFound, denied, invalid, fileChanged */
export async function editRound(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { version, ...given }: NewRound & { version: number },
): Promise<RoundDone> {
  const round = await mustLead(tx, work.actor, id)
  if (round.version !== version) throw Problem.fileChanged()
  if (round.state !== 'draft') throw Problem.denied({ what: '已经开始的轮次只能加减医院的日期和容量' })
  mustBe(faultsOf(given))
  if (given.directed < round.passed)
    mustBe([{ field: 'directed', message: `已分出 ${round.passed} 个定向名额，不能少于这个数` }])
  const row = await columnsOf(tx, given)
  await sql`UPDATE app.screening_round r SET (title, fund, from_on, until_on, min_age, max_age, cycle_years, rule_version, rule_basis, budget, price, directed,
      open_places, version) = (SELECT n.title, n.fund, n.from_on, n.until_on, n.min_age, n.max_age, n.cycle_years, n.rule_version, n.rule_basis, n.budget, n.price,
      n.directed, n.open_places, r.version + 1 FROM jsonb_populate_record(NULL::app.screening_round, ${JSON.stringify(row)}::jsonb) n)
    WHERE r.id = ${id}::uuid`.execute(tx)
  await writeDays(tx, id, given.days)
  audit(work, 'screening.edit', id, given)
  return { id, state: 'draft', version: version + 1 }
}

/** Days and capacities while a round is on: what is left out is shut, what is booked stays. @throws Problem */
export async function setDays(tx: Tx, work: UnitOfWork, id: string, days: readonly NewDay[]): Promise<void> {
  const round = await mustLead(tx, work.actor, id)
  if (round.state === 'closed') mustBeOpen(round)
  mustBe(dayFaults(days, { fromOn: round.from_on, untilOn: round.until_on }))
  await writeDays(tx, id, days)
  audit(work, 'screening.days', id, { days })
}

async function writeDays(tx: Tx, id: string, days: readonly NewDay[]): Promise<void> {
  const known = await rows<{ hospital: string; on_day: string; taken: number }>(
    tx,
    sql`SELECT hospital, on_day, taken FROM app.screening_day WHERE round_id = ${id}::uuid AND taken > 0 FOR NO KEY UPDATE`,
  )
  for (const { hospital, on_day, taken } of known) {
    const at = days.findIndex((one) => one.hospital === hospital && one.onDay === on_day)
    if (at < 0 || days[at]!.capacity < taken)
      mustBe([
        {
          field: at < 0 ? 'days' : `days.${at}.capacity`,
          message: `${hospital} ${on_day} 已约 ${taken} 人，容量不能少于这个数；要改期的请先改约`,
        },
      ])
  }
  const list = days.map((one) => ({
    id: randomId(),
    round_id: id,
    hospital: one.hospital,
    on_day: one.onDay,
    capacity: one.capacity,
    taken: 0,
  }))
  await sql`UPDATE app.screening_day SET capacity = 0 WHERE round_id = ${id}::uuid AND taken = 0`.execute(tx)
  await sql`INSERT INTO app.screening_day SELECT * FROM jsonb_populate_recordset(NULL::app.screening_day, ${JSON.stringify(list)}::jsonb)
    ON CONFLICT ON CONSTRAINT screening_day_once DO UPDATE SET capacity = excluded.capacity`.execute(tx)
}

/** Opens a round, or ends it when nobody waits any more. @throws Problem */
export async function stepRound(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: { step: 'open' | 'close'; version: number },
): Promise<RoundDone> {
  const round = await mustLead(tx, work.actor, id)
  if (round.version !== given.version) throw Problem.fileChanged()
  if (given.step === 'open') {
    if (round.state !== 'draft') throw Problem.denied({ what: '这个轮次已经开始' })
    const days = await rows(
      tx,
      sql`SELECT 1 FROM app.screening_day WHERE round_id = ${id}::uuid AND capacity > 0 LIMIT 1`,
    )
    if (days.length === 0) mustBe([{ field: 'days', message: '还没有医院和日期，请先填写至少一天的容量' }])
    await sql`UPDATE app.screening_round SET state = 'open', version = version + 1 WHERE id = ${id}::uuid`.execute(
      tx,
    )
  } else {
    mustBeOpen(round)
    const waiting = await first<{ n: number }>(
      tx,
      sql`SELECT coalesce(sum(n), 0)::int AS n FROM app.screening_counts(${id}::uuid) WHERE state IN ('listed', 'booked')`,
    )
    if (waiting!.n > 0)
      throw Problem.denied({
        what: `还有 ${waiting!.n} 人待预约或没有到检结果，请先导入到检结果或由各单位取消（已转出的由经办人移出名单），再结束轮次`,
      })
    await sql`UPDATE app.screening_round SET state = 'closed', closed_on = ${deps.today()}::date, version = version + 1 WHERE id = ${id}::uuid`.execute(
      tx,
    )
  }
  audit(work, given.step === 'open' ? 'screening.open' : 'screening.close', id, {})
  return { id, state: given.step === 'open' ? 'open' : 'closed', version: given.version + 1 }
}

/** Satisfaction as three counts, of no more women than came. @throws Problem */
export async function setTold(tx: Tx, work: UnitOfWork, id: string, given: Told): Promise<void> {
  const round = await mustLead(tx, work.actor, id)
  if (round.state === 'draft') mustBeOpen(round)
  const came = await first<{ n: number }>(
    tx,
    sql`SELECT coalesce(sum(n), 0)::int AS n FROM app.screening_counts(${id}::uuid) WHERE state = 'attended'`,
  )
  const sum = given.satisfied + given.fair + given.dissatisfied
  if (sum > came!.n)
    mustBe([{ field: 'satisfied', message: `三项合计 ${sum} 人，多于到检的 ${came!.n} 人，请核对` }])
  await sql`UPDATE app.screening_round SET satisfied = ${given.satisfied}, fair = ${given.fair}, dissatisfied = ${given.dissatisfied} WHERE id = ${id}::uuid`.execute(
    tx,
  )
  audit(work, 'screening.told', id, given)
}

const audit = (work: UnitOfWork, action: string, id: string, body: object): void =>
  work.audit({ districtId: work.actor.org.districtId, action, object: `screeningRound:${id}`, body })
