import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Issue } from '#kit/programme.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { can, type Place } from '#identity/decide.ts'
import { accounts, cadresOf, tell, units } from '#notify/tell.server.ts'
import { indicators } from '#programmes/index.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { boundAt } from '../disclosure/withhold.server.ts'
import type { EarlierAct, EarlierSave, EarlierState } from './api.ts'
import { cellFaults } from './rules.ts'

const byId = new Map(indicators.map((i) => [i.id, i]))
type Unit = Place & { districtId: number }

/** The unit whose totals are entered. @throws Problem.notFound outside the scope, denied without the right */
export async function unitOf(tx: Tx, { actor }: UnitOfWork, id: number): Promise<Unit> {
  const unit = await first<Unit>(
    tx,
    sql`SELECT id, scope_code AS "scopeCode", view_code AS "viewCode", district_id AS "districtId" FROM app.org WHERE id = ${id}`,
  )
  if (!unit || !can(actor, 'figure.read', unit)) throw Problem.notFound()
  if (!can(actor, 'earlier.enter', unit)) throw Problem.denied({ what: '历年数据由本单位或上级工会录入' })
  return unit
}

/** Saves drafts as she types; a value that is taken out takes its draft away. @throws Problem.invalid, earlierMoved */
export async function saveEarlier(
  deps: Pick<Deps, 'today' | 'catalogue'>,
  tx: Tx,
  work: UnitOfWork,
  given: EarlierSave,
): Promise<{ saved: number }> {
  const unit = await unitOf(tx, work, given.org)
  const thisYear = Number(deps.today().slice(0, 4))
  const bound = boundAt(work.actor, unit)
  const issues = given.cells.flatMap((cell, n): Issue[] => {
    const at = `cells.${n}.`
    const declared = byId.get(cell.indicator)
    if (!declared || bound.has(cell.indicator))
      return [{ field: `${at}indicator`, message: '没有这个指标，请重新选择' }]
    return cellFaults(cell, declared.indicator.label, thisYear, at)
  })
  if (issues.length > 0) throw Problem.invalid({ issues })
  for (const cell of given.cells)
    await saveDraft(tx, work, unit, { ...cell, number: deps.catalogue.indicatorId(cell.indicator) })
  work.audit({
    districtId: unit.districtId,
    action: 'earlier.save',
    object: `earlier:${unit.id}`,
    body: given,
  })
  return { saved: given.cells.length }
}

type Draft = { number: number; year: number; value: number | null; source: string }

async function saveDraft(tx: Tx, work: UnitOfWork, unit: Unit, cell: Draft): Promise<void> {
  const moving = await first<{ district_id: number; id: string; state: EarlierState }>(
    tx,
    sql`SELECT district_id, id, state FROM app.earlier_total WHERE org_id = ${unit.id} AND indicator_id = ${cell.number}
      AND year = ${cell.year} AND state IN ('draft', 'submitted', 'returned') FOR UPDATE`,
  )
  if (moving?.state === 'submitted') throw Problem.earlierMoved()
  if (cell.value === null) {
    if (moving)
      await sql`UPDATE app.earlier_total SET state = 'withdrawn' WHERE district_id = ${moving.district_id} AND id = ${moving.id}::uuid`.execute(
        tx,
      )
    return
  }
  const source = cell.source.trim()
  if (moving)
    await sql`UPDATE app.earlier_total SET val = ${cell.value}, source = ${source}, state = 'draft', entered_by = ${work.actor.accountId}::uuid,
      entered_at = now() WHERE district_id = ${moving.district_id} AND id = ${moving.id}::uuid`.execute(tx)
  else
    await sql`INSERT INTO app.earlier_total (district_id, id, org_id, indicator_id, year, val, source, entered_by)
      VALUES (${unit.districtId}, ${uuidv7()}::uuid, ${unit.id}, ${cell.number}, ${cell.year}, ${cell.value}, ${source}, ${work.actor.accountId}::uuid)`.execute(
      tx,
    )
}

type Stored = Place & {
  total: string
  district: number
  org: number
  number: number
  indicator: string
  year: number
  value: number
  source: string
  state: EarlierState
  enteredBy: string
  account: string
}

/** What the chain holds of an accepted total: verify reckons its digest again. */
export const chained = (total: Pick<Stored, 'org' | 'indicator' | 'year' | 'value' | 'source'>) => ({
  org: total.org,
  indicator: total.indicator,
  year: total.year,
  value: total.value,
  source: total.source,
})

const mayFrom: Readonly<Record<EarlierAct['action'], readonly EarlierState[]>> = {
  submit: ['draft', 'returned'],
  withdraw: ['submitted'],
  accept: ['submitted'],
  return: ['submitted'],
  void: ['accepted'],
}

/**
 * Submits, takes back, accepts, returns or voids totals: all or none.
 * @throws Problem.notFound, denied, earlierMoved, sameDecider, reasonMissing, invalid
 */
export async function actOnEarlier(tx: Tx, work: UnitOfWork, given: EarlierAct): Promise<void> {
  const { action } = given
  const reason = ('reason' in given ? given.reason?.trim() : '') ?? ''
  if ((action === 'return' || action === 'void') && reason === '')
    throw Problem.reasonMissing({ asks: action === 'return' ? '退回理由' : '作废理由', field: 'reason' })
  const wanted = [...new Set(given.ids)]
  const totals = await rows<Stored>(
    tx,
    sql`SELECT t.id AS total, t.district_id AS district, t.org_id AS org, t.indicator_id AS number, i.code AS indicator, t.year,
        t.val::float8 AS value, t.source, t.state, a.person_id AS "enteredBy", a.id AS account, o.id, o.scope_code AS "scopeCode", o.view_code AS "viewCode"
      FROM app.earlier_total t JOIN app.indicator i ON i.id = t.indicator_id JOIN app.account a ON a.id = t.entered_by
      JOIN app.org o ON o.id = t.org_id WHERE t.id = ANY (${wanted}::uuid[]) ORDER BY t.id FOR UPDATE OF t`,
  )
  if (totals.length < wanted.length) throw Problem.notFound()
  const right = action === 'submit' || action === 'withdraw' ? 'earlier.enter' : 'earlier.decide'
  for (const total of totals) {
    if (!can(work.actor, right, total)) throw Problem.notFound()
    if (!mayFrom[action].includes(total.state)) throw Problem.earlierMoved()
    if (right === 'earlier.decide' && total.enteredBy === work.actor.personId) throw Problem.sameDecider()
  }
  if (action === 'submit') mustHaveSource(totals)
  for (const total of totals) await moveOne(tx, work, total, action, reason)
  tellOf(tx, work, totals, action, reason)
}

/** Her colleagues hear of what waits for one of them, who entered hears of what came back. */
function tellOf(
  tx: Tx,
  { actor }: UnitOfWork,
  totals: readonly Stored[],
  action: EarlierAct['action'],
  reason: string,
): void {
  const link = '/earlier'
  if (action === 'submit')
    tell(
      tx,
      cadresOf(units([actor.org.id])),
      { kind: 'review', subject: `${totals.length} 个历年数据待审核`, link },
      actor.accountId,
    )
  if (action === 'return')
    tell(
      tx,
      accounts(sql`SELECT unnest(${[...new Set(totals.map((t) => t.account))]}::uuid[])`),
      { kind: 'review', subject: `${totals.length} 个历年数据被退回：${reason}`.slice(0, 100), link },
      actor.accountId,
    )
}

function mustHaveSource(totals: readonly Stored[]): void {
  const issues = totals
    .filter(({ source }) => source === '')
    .map(({ year, indicator }) => ({
      field: 'source',
      message: `${year} 年“${byId.get(indicator)?.indicator.label}”没有写出处，请写明数字出自哪份文件、第几页`,
    }))
  if (issues.length > 0) throw Problem.invalid({ issues })
}

async function moveOne(
  tx: Tx,
  work: UnitOfWork,
  total: Stored,
  action: EarlierAct['action'],
  reason: string,
): Promise<void> {
  const by = sql`decided_by = ${work.actor.accountId}::uuid, decided_at = now()`
  if (action === 'accept')
    await sql`UPDATE app.earlier_total SET state = 'replaced' WHERE org_id = ${total.org} AND indicator_id = ${total.number}
      AND year = ${total.year} AND state = 'accepted'`.execute(tx)
  const set = {
    submit: sql`state = 'submitted', reason = '', entered_by = ${work.actor.accountId}::uuid, entered_at = now()`,
    withdraw: sql`state = 'draft'`,
    accept: sql`state = 'accepted', reason = '', ${by}`,
    return: sql`state = 'returned', reason = ${reason}, ${by}`,
    void: sql`state = 'voided', reason = ${reason}, ${by}`,
  }[action]
  await sql`UPDATE app.earlier_total SET ${set} WHERE district_id = ${total.district} AND id = ${total.total}::uuid`.execute(
    tx,
  )
  work.audit({
    districtId: total.district,
    action: `earlier.${action}`,
    object: `earlier:${total.total}`,
    ...(reason ? { purpose: reason } : {}),
    body: chained(total),
  })
}
