import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { decide } from '#identity/decide.ts'
import { problemOf } from '#identity/denied.ts'
import type { PolicyAction } from '#identity/policy.ts'
import { longDay } from '#kit/day.ts'
import { cadresOf, tell, units } from '#notify/tell.server.ts'
import { getRecord } from '#record/act.server.ts'
import { keeperOf, placeOf } from '#record/spine.ts'
import type { Loaded } from '#record/rows.server.ts'
import { firstKeyed, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { InspectionFix, InspectionResult, NewInspection } from './api.ts'
import { contract } from './definition.ts'

const refuse = (field: string, message: string): Problem => Problem.invalid({ issues: [{ field, message }] })

/** An accepted contract on which the actor may do something. @throws Problem.notFound, denied, invalid */
async function contractFor(tx: Tx, actor: Actor, id: string, action: PolicyAction): Promise<Loaded> {
  const found = await getRecord(tx, actor, contract, id)
  const verdict = decide(actor, action, placeOf(found.spine))
  if (!verdict.allow) throw problemOf(verdict.reason)
  if (found.spine.state !== 'accepted')
    throw refuse('dueOn', '这份合同还没有审核通过，审核通过以后才能检查、整改')
  return found
}

const note = (work: UnitOfWork, { spine }: Loaded, action: string, fields: string[]): void =>
  work.audit({
    districtId: spine.district_id,
    action: `contract.${action}`,
    object: `contract:${spine.id}`,
    fields,
  })

const told = (tx: Tx, work: UnitOfWork, { spine }: Loaded, subject: string): void => {
  const kept = keeperOf(spine)
  if (kept === work.actor.org.id) return
  tell(
    tx,
    cadresOf(units([kept])),
    { kind: 'remind', subject, link: `/records/contract?id=${spine.id}` },
    work.actor.accountId,
  )
}

/** Puts a look at how a contract is kept on the list, and tells the unit. @throws Problem */
export async function planInspection(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { dueOn }: NewInspection,
): Promise<void> {
  const found = await contractFor(tx, work.actor, id, 'contract.inspect')
  const { spine, row } = found
  if (dueOn < deps.today()) throw refuse('dueOn', '检查日期已过，请选今天或以后')
  const until = String(row['termUntilOn'])
  if (dueOn > until) throw refuse('dueOn', `合同于 ${until} 期满，请选这一天或以前`)
  await sql`INSERT INTO app.contract_inspection (district_id, id, org_id, record_id, due_on, asked_by)
    VALUES (${spine.district_id}, ${uuidv7()}::uuid, ${spine.org_id}, ${spine.id}::uuid, ${dueOn}::date, ${work.actor.accountId}::uuid)`.execute(
    tx,
  )
  note(work, found, 'inspectPlan', [dueOn])
  told(tx, work, found, `专项集体合同履约检查定于${longDay(dueOn)}前：${spine.title}`)
}

type Stored = {
  record_id: string
  district_id: number
  checked_on: string | null
  fix_by: string | null
  fixed_on: string | null
}

async function stored(tx: Tx, id: string): Promise<Stored> {
  const found = await firstKeyed<Stored>(
    tx,
    sql`SELECT record_id, district_id, checked_on::text, fix_by::text, fixed_on::text FROM app.contract_inspection WHERE id = ${id}::uuid FOR UPDATE`,
  )
  if (!found) throw Problem.notFound()
  return found
}

/** What the look found; what lacks is to be mended by a day. @throws Problem */
export async function closeInspection(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { checkedOn, result, finding = '', fixBy }: InspectionResult,
): Promise<void> {
  const before = await stored(tx, id)
  const found = await contractFor(tx, work.actor, before.record_id, 'contract.inspect')
  if (before.checked_on !== null) throw Problem.roomMoved()
  const today = deps.today()
  const words = finding.trim()
  const mends = result === '限期整改'
  if (checkedOn > today) throw refuse('checkedOn', `日期不能晚于今天（${today}）`)
  const signedOn = String(found.row['signedOn'])
  if (checkedOn < signedOn) throw refuse('checkedOn', `日期不能早于签订日期（${signedOn}）`)
  if (mends && words.length < 4) throw refuse('finding', '请写明哪一条没有履行（至少 4 个字）')
  if (mends && (fixBy === undefined || fixBy <= checkedOn))
    throw refuse('fixBy', '请填写整改期限，要晚于检查日期')
  await sql`UPDATE app.contract_inspection SET checked_on = ${checkedOn}::date, result = ${result}, finding = ${words},
      fix_by = ${mends ? fixBy! : null}::date, checked_by = ${work.actor.accountId}::uuid
    WHERE district_id = ${before.district_id} AND id = ${id}::uuid`.execute(tx)
  note(work, found, 'inspect', [result])
  if (mends) told(tx, work, found, `专项集体合同履约检查要求在${longDay(fixBy!)}前整改：${words}`)
}

/** The unit says what it mended, and when. @throws Problem */
export async function fixInspection(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  given: InspectionFix,
): Promise<void> {
  const before = await stored(tx, id)
  const found = await contractFor(tx, work.actor, before.record_id, 'contract.fix')
  if (before.fix_by === null || before.fixed_on !== null) throw Problem.roomMoved()
  const today = deps.today()
  const words = given.note.trim()
  if (given.fixedOn > today) throw refuse('fixedOn', `日期不能晚于今天（${today}）`)
  if (given.fixedOn < before.checked_on!)
    throw refuse('fixedOn', `日期不能早于检查日期（${before.checked_on}）`)
  if (words.length < 4) throw refuse('note', '请写明怎样整改的（至少 4 个字）')
  await sql`UPDATE app.contract_inspection SET fixed_on = ${given.fixedOn}::date, fixed_note = ${words}, fixed_by = ${work.actor.accountId}::uuid
    WHERE district_id = ${before.district_id} AND id = ${id}::uuid`.execute(tx)
  note(work, found, 'fix', [given.fixedOn])
}
