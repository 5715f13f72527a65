import { sql } from 'kysely'
import { randomId } from '#crypto/provider.server.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { hasOf } from './allot.server.ts'
import { hasAgreed, mustHaveAgreed, mustStillAgree } from './agreed.server.ts'
import type { DayLine } from './api.ts'
import { dutiesOf } from './hands.server.ts'
import { match, matchSome } from './match.server.ts'
import { loadRound, mustBeOpen, recount, type Round } from './round.server.ts'
import type { EntryState, Quota } from './states.ts'

const refuse = (field: string, message: string): Problem => Problem.invalid({ issues: [{ field, message }] })

/** Writes women of the actor's unit on the list, each with a place and her consent, or none of them. @throws Problem */
export async function listWomen(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  roundId: string,
  given: { personIds: readonly string[]; quota: Quota; agreedOn?: string | undefined },
): Promise<{ count: number }> {
  const { actor } = work
  const round = await loadRound(tx, roundId)
  mustBeOpen(round)
  const ids = [...new Set(given.personIds)].sort()
  const women = await matchSome(deps, tx, actor, round, ids)
  if (women.length !== ids.length)
    throw refuse('personIds', '其中有人不是本单位的女会员，或已在这个轮次的名单里，请刷新后再选')
  await mustHavePlaces(tx, actor, round, given.quota, ids.length)
  const faults = women.flatMap((one) => whyNot(one, round) ?? [])
  if (faults.length > 0)
    throw Problem.invalid({
      issues: faults.slice(0, 10).map((message) => ({ field: 'personIds', message })),
    })
  await mustHaveAgreed(deps, tx, work, women, given.agreedOn)
  await sql`UPDATE app.screening_entry SET state = 'cancelled' WHERE round_id = ${roundId}::uuid AND person_id = ANY (${ids}::uuid[]) AND state = 'declined'`.execute(
    tx,
  )
  await insert(deps, tx, actor, roundId, ids, given.quota, 'listed')
  await recount(tx, roundId)
  audit(work, 'screening.list', roundId, ids)
  return { count: ids.length }
}

type Woman = Awaited<ReturnType<typeof matchSome>>[number]

/** What follows from a round elsewhere is read in the list of members, where she reads that it was: a refusal leaves no note. */
function whyNot({ name, standing, from, birthYear, tells }: Woman, round: Round): string | null {
  if (standing === 'due') return null
  if (tells) return `${name}现在不能列入这个轮次，原因见“应查会员”里的比对结果`
  if (standing === 'unknown') return `${name}没有登记出生日期，请先在会员登记里补上`
  if (standing === 'over')
    return `${name}（${birthYear} 年生）在这个轮次期间超过 ${round.max_age} 周岁，或到期时已超龄`
  return `${name}从 ${from} 起才符合条件（满 ${round.min_age} 周岁，且距上次到检满 ${round.cycle_years} 年），晚于轮次结束的 ${round.until_on}`
}

async function mustHavePlaces(
  tx: Tx,
  actor: Actor,
  round: Round,
  quota: Quota,
  wanted: number,
): Promise<void> {
  const own = quota === 'directed' ? await hasOf(tx, round.id, actor.org.id) : null
  const left =
    quota === 'open' ? round.open_places - round.open_used : own ? own.quota - own.passed - own.used : 0
  if (wanted > left)
    throw refuse(
      'quota',
      quota === 'open'
        ? `公开名额只剩 ${left} 个，选了 ${wanted} 人`
        : `本单位的定向名额只剩 ${left} 个，选了 ${wanted} 人；请减少人数，或请上级增加名额`,
    )
}

/** Notes that women do not want to come: they are invited and wait no more. @throws Problem */
export async function declineWomen(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  roundId: string,
  personIds: readonly string[],
): Promise<{ count: number }> {
  mustBeOpen(await loadRound(tx, roundId))
  const ids = [...new Set(personIds)].sort()
  const own = await rows(
    tx,
    sql`SELECT 1 FROM app.person WHERE id = ANY (${ids}::uuid[]) AND org_id = ${work.actor.org.id} AND state = 'active' AND sex = '女'`,
  )
  if (own.length !== ids.length) throw refuse('personIds', '其中有人不是本单位的女会员，请刷新后再选')
  await insert(deps, tx, work.actor, roundId, ids, 'open', 'declined')
  audit(work, 'screening.decline', roundId, ids)
  return { count: ids.length }
}

const insert = (
  deps: Deps,
  tx: Tx,
  actor: Actor,
  roundId: string,
  personIds: readonly string[],
  quota: Quota,
  state: EntryState,
) => {
  const list = personIds.map((personId) => ({
    id: randomId(),
    round_id: roundId,
    person_id: personId,
    org_id: actor.org.id,
    quota,
    state,
    version: 1,
    listed_on: deps.today(),
    listed_person: actor.personId,
  }))
  return sql`INSERT INTO app.screening_entry SELECT * FROM jsonb_populate_recordset(NULL::app.screening_entry, ${JSON.stringify(list)}::jsonb)`.execute(
    tx,
  )
}

type Stored = {
  id: string
  person_id: string
  name: string
  state: EntryState
  day_id: string | null
  org_id: number
  agreed: boolean
  gone: boolean
}

/**
 * Entries that still wait, locked: of the actor's unit; `freeing` besides those whose woman has left the unit that listed her,
 * for who is named for the round, since nobody else would ever free them. @throws Problem.invalid
 */
async function waiting(
  tx: Tx,
  actor: Actor,
  roundId: string,
  entryIds: readonly string[],
  freeing = false,
): Promise<Stored[]> {
  const ids = [...new Set(entryIds)].sort()
  const found = await rows<Stored>(
    tx,
    sql`SELECT e.id, e.person_id, coalesce(p.name, '（已转出）') AS name, e.state, e.day_id, e.org_id, ${hasAgreed('e.person_id')} AS agreed,
        p.org_id IS DISTINCT FROM e.org_id AS gone
      FROM app.screening_entry e LEFT JOIN app.person p ON p.id = e.person_id
      WHERE e.id = ANY (${ids}::uuid[]) AND e.round_id = ${roundId}::uuid AND e.state IN ('listed', 'booked') ORDER BY e.id FOR UPDATE OF e`,
  )
  const frees = freeing && (await dutiesOf(tx, actor, roundId)).includes('book')
  const own = found.filter((one) => one.org_id === actor.org.id || (frees && one.gone))
  if (own.length !== ids.length)
    throw refuse('entryIds', '其中有人已有到检结果、已取消，或不在本单位的名单里，请刷新后再选')
  return own
}

/** Gives women a day at a hospital, or another one: the new is taken and the old freed, or neither. @throws Problem */
export async function bookWomen(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  roundId: string,
  given: { entryIds: readonly string[]; dayId: string },
): Promise<{ count: number }> {
  const { actor } = work
  const round = await loadRound(tx, roundId)
  mustBeOpen(round)
  const found = await waiting(tx, actor, roundId, given.entryIds)
  if (found.some((one) => one.gone))
    throw refuse('entryIds', '其中有人已转出本单位，请移出名单，由她的新单位列入')
  mustStillAgree('entryIds', found)
  const day = await first<DayLine & { taken: number }>(
    tx,
    sql`SELECT id, hospital, on_day AS "onDay", capacity, taken FROM app.screening_day WHERE id = ${given.dayId}::uuid AND round_id = ${roundId}::uuid`,
  )
  if (!day || day.capacity === 0) throw refuse('dayId', '没有这个医院和日期，请刷新后重新选择')
  if (day.onDay < deps.today()) throw refuse('dayId', `${day.onDay} 已经过去，请选今天或以后的日期`)
  const moving = found.filter((one) => one.day_id !== day.id)
  const left = day.capacity - day.taken
  if (moving.length > left)
    throw refuse('dayId', `${day.hospital} ${day.onDay} 只剩 ${left} 个名额，选了 ${moving.length} 人`)
  await mustFit(deps, tx, actor, round, found, day.onDay)
  for (const { id } of moving)
    await sql`UPDATE app.screening_entry SET state = 'booked', day_id = ${day.id}::uuid, code = coalesce(code, ${codeOf(randomId())}),
      booked_on = ${deps.today()}::date, handed_on = NULL, version = version + 1 WHERE id = ${id}::uuid`.execute(
      tx,
    )
  await recount(tx, roundId)
  audit(
    work,
    'screening.book',
    roundId,
    moving.map(({ id }) => id),
  )
  return { count: found.length }
}

/** Told by nothing about her. */
const codeOf = (id: string): string => `S${id.replaceAll('-', '').slice(-10).toUpperCase()}`

/** Each of age, and her cycle over, on the day itself. */
async function mustFit(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  round: Round,
  found: readonly Stored[],
  day: string,
): Promise<void> {
  const women = await rows<{ id: string; birthYear: number | null }>(
    tx,
    sql`SELECT id, birth_year AS "birthYear" FROM app.person WHERE id = ANY (${found.map((one) => one.person_id)}::uuid[])`,
  )
  const matched = await match(deps, tx, actor, round, women, 'book')
  const faults = found.flatMap(({ person_id, name }) => {
    const window = matched.get(person_id)?.window
    if (!window) return `${name}没有登记出生日期，请先在会员登记里补上`
    if (day < window.from) return `${name}从 ${window.from} 起才符合条件，请选这一天或以后的日期`
    return day > window.until ? `${name}须在 ${window.until} 以前检查，以后超过 ${round.max_age} 周岁` : []
  })
  if (faults.length > 0)
    throw Problem.invalid({ issues: faults.slice(0, 10).map((message) => ({ field: 'dayId', message })) })
}

/** Takes women off the list; their places and days are free again. @throws Problem */
export async function cancelWomen(
  tx: Tx,
  work: UnitOfWork,
  roundId: string,
  entryIds: readonly string[],
): Promise<{ count: number }> {
  mustBeOpen(await loadRound(tx, roundId))
  const found = await waiting(tx, work.actor, roundId, entryIds, true)
  const ids = found.map(({ id }) => id)
  await sql`UPDATE app.screening_entry SET state = 'cancelled', day_id = NULL, version = version + 1 WHERE id = ANY (${ids}::uuid[])`.execute(
    tx,
  )
  await recount(tx, roundId)
  audit(work, 'screening.cancel', roundId, ids)
  return { count: ids.length }
}

const audit = (work: UnitOfWork, action: string, roundId: string, ids: readonly string[]): void =>
  work.audit({
    districtId: work.actor.org.districtId,
    action,
    object: `screeningRound:${roundId}`,
    fields: [String(ids.length)],
    body: { ids },
  })
