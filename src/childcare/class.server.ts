import { sql, type RawBuilder } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { daysBetween, isDay } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { Issue } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { ruleOn } from '#rules/tables.server.ts'
import { firstKeyed, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { ClassDone, NewClass, PaperLine } from './api.ts'
import { keepLapse } from './shown.server.ts'
import { childcareSafety } from './rules.ts'
import { classStateWords, type ClassState, type seasons } from './states.ts'

export type Stored = {
  district_id: number
  id: string
  org_id: number
  title: string
  season: (typeof seasons)[number]
  level: string
  place: string
  hours: string
  made_on: string
  from_on: string
  until_on: string
  places: number
  children: number | null
  children_on: Record<string, number>
  own_fund: string
  own_amount: number
  state: ClassState
  version: number
  submitted_by: string | null
  notice_id: string | null
  finished_by: string | null
  finished_account: string | null
}

export const refuse = (field: string, message: string): Problem =>
  Problem.invalid({ issues: [{ field, message }] })
export const mustHold = (issues: Issue[]): void => {
  if (issues.length > 0) throw Problem.invalid({ issues })
}

/** Within the actor's scope (`o`), and of other units only what was sent up once (`c`). */
export const inSight = ({ org }: Actor): RawBuilder<unknown> =>
  sql`o.scope_code >= ${org.scopeCode} AND o.scope_code < ${`${org.scopeCode}~`} AND (c.org_id = ${org.id} OR c.submitted_by IS NOT NULL)`

/** Who sent a class `c` up last, whatever post she had then: who recommends does not approve. */
export const recommendedBy = (id: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(SELECT a.person_id FROM app.childcare_step s JOIN app.account a ON a.id = s.made_by
    WHERE s.class_id = ${id} AND s.act = 'recommend' ORDER BY s.id DESC LIMIT 1)`

/** Who noted the review by somebody from outside that let a class pass: another one ends it. */
export const passedBy = (id: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(SELECT CASE WHEN v.verdict = 'passed' THEN v.noted_by END FROM app.childcare_review v WHERE v.class_id = ${id} ORDER BY v.id DESC LIMIT 1)`

/** A class in sight of the actor, held until the act is over. @throws Problem.notFound, fileChanged */
export async function heldClass(
  tx: Tx,
  actor: Actor,
  id: string,
  version: number | null = null,
): Promise<Stored> {
  const found = await firstKeyed<Stored>(
    tx,
    sql`SELECT c.* FROM app.childcare_class c JOIN app.org o ON o.id = c.org_id WHERE c.id = ${id}::uuid AND ${inSight(actor)} FOR NO KEY UPDATE OF c`,
  )
  if (!found) throw Problem.notFound()
  if (version !== null && found.version !== version) throw Problem.fileChanged()
  return found
}

/** A class of the actor's own unit, in one of these states. @throws Problem.notFound, denied, fileChanged */
export async function ownClass(
  tx: Tx,
  actor: Actor,
  id: string,
  states: readonly ClassState[],
  version: number | null = null,
): Promise<Stored> {
  const found = await heldClass(tx, actor, id, version)
  if (found.org_id !== actor.org.id) throw Problem.denied({ what: '只有办班的单位可以办理这一步' })
  if (!states.includes(found.state))
    throw Problem.denied({ what: `现在是“${classStateWords[found.state]}”，不能办理这一步` })
  return found
}

async function mustBeClass(tx: Tx, deps: Deps, given: NewClass): Promise<void> {
  const faults: Issue[] = []
  const fault = (field: string, message: string) => void faults.push({ field, message })
  if (given.title.length < 2) fault('title', '请填写班级名称，例如：2020年暑假托管班')
  if (given.place === '') fault('place', '请填写办班地点')
  if (given.hours === '') fault('hours', '请填写每日时间，例如：8:00 至 17:00')
  for (const field of ['fromOn', 'untilOn'] as const)
    if (!isDay(given[field])) fault(field, '没有这一天，请重新选择')
  if (given.fromOn > given.untilOn) fault('untilOn', '结班日期不能早于开班日期')
  else if (daysBetween(given.fromOn, given.untilOn) > 366) fault('untilOn', '一个班不超过一年，请分班申请')
  if (!(given.ownAmount > 0 && given.ownAmount < 1e8)) fault('ownAmount', '请填写单位自己投入的金额，大于 0')
  const { value, basis } = await ruleOn(tx, childcareSafety, deps.today())
  if (given.places < value.minPlaces || given.places > value.maxPlaces)
    fault('places', `每班托位须在 ${value.minPlaces} 至 ${value.maxPlaces} 个之间（${basis}）`)
  mustHold(faults)
}

/** Prepares an application of the actor's unit. @throws Problem.invalid */
export async function makeClass(deps: Deps, tx: Tx, work: UnitOfWork, given: NewClass): Promise<ClassDone> {
  await mustBeClass(tx, deps, given)
  const { actor } = work
  const id = uuidv7()
  await sql`INSERT INTO app.childcare_class (district_id, id, org_id, title, season, level, place, hours, from_on, until_on, places, own_fund, own_amount, made_by, made_on)
    VALUES (${actor.org.districtId}, ${id}::uuid, ${actor.org.id}, ${given.title}, ${given.season}, ${given.level}, ${given.place}, ${given.hours},
      ${given.fromOn}::date, ${given.untilOn}::date, ${given.places}, ${given.ownFund}, ${given.ownAmount}, ${actor.accountId}::uuid, ${deps.today()}::date)`.execute(
    tx,
  )
  audit(work, 'make', { district_id: actor.org.districtId, id }, given)
  return { id, state: 'draft', version: 1 }
}

/** Mends an application before it is sent up, or after it came back. @throws Problem */
export async function editClass(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { version, ...given }: NewClass & { version: number },
): Promise<ClassDone> {
  const found = await ownClass(tx, work.actor, id, ['draft'], version)
  await mustBeClass(tx, deps, given)
  await sql`UPDATE app.childcare_class SET title = ${given.title}, season = ${given.season}, level = ${given.level}, place = ${given.place}, hours = ${given.hours},
      from_on = ${given.fromOn}::date, until_on = ${given.untilOn}::date, places = ${given.places}, own_fund = ${given.ownFund}, own_amount = ${given.ownAmount},
      version = version + 1 WHERE district_id = ${found.district_id} AND id = ${id}::uuid`.execute(tx)
  audit(work, 'edit', found, given)
  return { id, state: 'draft', version: version + 1 }
}

/** Until its end a class keeps its papers and its staff in order. */
export const keeping: readonly ClassState[] = [
  'draft',
  'district',
  'city',
  'approved',
  'published',
  'suspended',
]

/** A paper of another number or of another last day is another paper: the scan of the one before goes. */
async function dropOutdated(tx: Tx, id: string, { kind, number, validUntil }: PaperLine): Promise<void> {
  await sql`UPDATE app.childcare_paper SET scan_name = NULL, scan_type = NULL, scan_bytes = NULL, scan_hash = NULL, scan_by = NULL, scan_at = NULL
    WHERE class_id = ${id}::uuid AND kind = ${kind} AND (number, valid_until) <> (${number}, ${validUntil}::date)`.execute(
    tx,
  )
}

/** Notes which paper of safety there is and until when it holds. @throws Problem */
export async function notePaper(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: PaperLine,
): Promise<void> {
  const found = await ownClass(tx, work.actor, id, keeping)
  const faults: Issue[] = []
  if (given.number === '') faults.push({ field: 'number', message: '请填写材料名称或编号' })
  if (given.issuer === '') faults.push({ field: 'issuer', message: '请填写出具单位' })
  if (!isDay(given.validUntil)) faults.push({ field: 'validUntil', message: '没有这一天，请重新选择' })
  else if (given.validUntil < deps.today())
    faults.push({ field: 'validUntil', message: '已经过期，请先办理新的材料再登记' })
  mustHold(faults)
  await keepLapse(
    tx,
    id,
    deps.today(),
    sql`SELECT valid_until + 1 FROM app.childcare_paper WHERE class_id = ${id}::uuid AND kind = ${given.kind}`,
  )
  await dropOutdated(tx, id, given)
  await sql`INSERT INTO app.childcare_paper (district_id, class_id, kind, org_id, number, issuer, valid_until, noted_by)
    VALUES (${found.district_id}, ${id}::uuid, ${given.kind}, ${found.org_id}, ${given.number}, ${given.issuer}, ${given.validUntil}::date, ${work.actor.accountId}::uuid)
    ON CONFLICT (district_id, class_id, kind) DO UPDATE SET number = excluded.number, issuer = excluded.issuer, valid_until = excluded.valid_until,
      noted_by = excluded.noted_by`.execute(tx)
  audit(work, 'paper', found, given)
}

export const audit = (
  work: UnitOfWork,
  what: string,
  { district_id, id }: Pick<Stored, 'district_id' | 'id'>,
  body: object,
): void =>
  work.audit({ districtId: district_id, action: `childcare.${what}`, object: `childcareClass:${id}`, body })
