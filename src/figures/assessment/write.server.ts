import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { Problem } from '#kit/problem.ts'
import { indicators } from '#programmes/index.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { NewSheet, SheetChange, StateAct } from './api.ts'
import { assessedOf, getSheet, holdSheet, liveTotals, type Results, type Stored } from './read.server.ts'
import { sheetFaults } from './rules.ts'
import { stateWords } from './words.ts'

const known = new Map(indicators.map((i) => [i.id, i.indicator]))

const mustFit = (given: NewSheet): void => {
  const issues = sheetFaults(given, known)
  if (issues.length > 0) throw Problem.invalid({ issues })
}

const noted = (work: UnitOfWork, action: string, id: string, body: unknown): void =>
  work.audit({ districtId: work.actor.org.districtId, action, object: `assessment:${id}`, body })

/** A new sheet, a draft of the actor's unit. @throws Problem.invalid at its fields */
export async function addSheet(tx: Tx, work: UnitOfWork, given: NewSheet): Promise<{ id: string }> {
  mustFit(given)
  const id = uuidv7()
  const { actor } = work
  await sql`INSERT INTO app.assessment (id, org_id, year, title, note, tiers, from_ym, until_ym, self_due, review_due, final_due, lines, created_by)
    VALUES (${id}::uuid, ${actor.org.id}, ${given.year}, ${given.title}, ${given.note}, ${given.tiers}::text[], ${given.fromYm}, ${given.untilYm},
      ${given.selfDue}::date, ${given.reviewDue}::date, ${given.finalDue}::date, ${JSON.stringify(given.lines)}::jsonb, ${actor.accountId}::uuid)`.execute(
    tx,
  )
  noted(work, 'assessment.add', id, given)
  return { id }
}

/** A sheet of the actor's own unit. @throws Problem.notFound, denied, assessmentChanged */
async function ownSheet(tx: Tx, work: UnitOfWork, id: string, version: number): Promise<Stored> {
  const sheet = await getSheet(tx, work.actor, id)
  if (sheet.orgId !== work.actor.org.id) throw Problem.denied({ what: '由组织考核的单位办理' })
  if (sheet.version !== version) throw Problem.assessmentChanged()
  return sheet
}

const mustBe = (sheet: Stored, state: Stored['state'], label: string): void => {
  if (sheet.state !== state) throw Problem.wrongState({ state: stateWords[sheet.state], label })
}

async function change(tx: Tx, sheet: Stored, set: ReturnType<typeof sql>): Promise<void> {
  const changed = await first(
    tx,
    sql`UPDATE app.assessment SET ${set}, version = version + 1 WHERE id = ${sheet.id}::uuid AND version = ${sheet.version} RETURNING id`,
  )
  if (!changed) throw Problem.assessmentChanged()
}

/** Changes a draft; once units answer it, it stays as they read it. */
export async function changeSheet(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { version, ...given }: SheetChange,
): Promise<void> {
  const sheet = await ownSheet(tx, work, id, version)
  mustBe(sheet, 'draft', '修改')
  mustFit(given)
  await change(
    tx,
    sheet,
    sql`year = ${given.year}, title = ${given.title}, note = ${given.note}, tiers = ${given.tiers}::text[], from_ym = ${given.fromYm},
      until_ym = ${given.untilYm}, self_due = ${given.selfDue}::date, review_due = ${given.reviewDue}::date, final_due = ${given.finalDue}::date,
      lines = ${JSON.stringify(given.lines)}::jsonb`,
  )
  noted(work, 'assessment.change', id, given)
}

/** Opens a sheet, proposes its result for publication, takes the proposal back, or locks what is published. */
export async function moveSheet(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { act, version }: { act: StateAct; version: number },
): Promise<void> {
  await holdSheet(tx, id, 'alone')
  const sheet = await ownSheet(tx, work, id, version)
  switch (act) {
    case 'open':
      mustBe(sheet, 'draft', '下发')
      if ((await assessedOf(tx, sheet, sheet.issuerScope)).length === 0)
        throw Problem.invalid({ issues: [{ field: 'tiers', message: '本级以下没有这一层级的单位' }] })
      await change(tx, sheet, sql`state = 'open'`)
      break
    case 'propose':
      mustBe(sheet, 'open', '提请发布')
      await mustBeComplete(tx, sheet)
      await change(tx, sheet, sql`state = 'proposed', proposed_by = ${work.actor.accountId}::uuid`)
      break
    case 'takeBack':
      mustBe(sheet, 'proposed', '退回')
      await change(tx, sheet, sql`state = 'open', proposed_by = NULL`)
      break
    case 'lock':
      mustBe(sheet, 'published', '锁定')
      await change(tx, sheet, sql`state = 'locked'`)
      break
  }
  noted(work, `assessment.${act}`, id, { act })
}

/** Every unit has its 终评, every objection is answered and closed. @throws Problem.invalid with what is missing */
async function mustBeComplete(tx: Tx, sheet: Stored): Promise<void> {
  const { totals } = await liveTotals(tx, sheet, await assessedOf(tx, sheet, sheet.issuerScope))
  const without = totals.filter((unit) => unit.missing.final > 0)
  const names = without.slice(0, 5).map((unit) => unit.org.shortName)
  if (without.length > 0)
    throw Problem.invalid({
      issues: [
        {
          field: 'final',
          message: `还有 ${without.length} 个单位没有终评完（${names.join('、')}${without.length > 5 ? '等' : ''}）`,
        },
      ],
    })
  const open = totals.filter((unit) => unit.objections > 0)
  if (open.length > 0)
    throw Problem.invalid({
      issues: [{ field: 'objections', message: `还有 ${open.length} 个单位的异议没有办结，请先答复并办结` }],
    })
}

/** A second person publishes: what the result says from now on is what stood in this moment. @throws Problem.sameDecider */
export async function publishSheet(
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { version }: { version: number },
): Promise<void> {
  await holdSheet(tx, id, 'alone')
  const sheet = await ownSheet(tx, work, id, version)
  mustBe(sheet, 'proposed', '发布')
  if (sheet.proposer === work.actor.accountId) throw Problem.samePublisher()
  await mustBeComplete(tx, sheet)
  const { totals, auto } = await liveTotals(tx, sheet, await assessedOf(tx, sheet, sheet.issuerScope))
  const results: Results = {
    units: totals,
    auto: Object.fromEntries([...auto].map(([org, lines]) => [org, Object.fromEntries(lines)])),
  }
  await change(
    tx,
    sheet,
    sql`state = 'published', published_by = ${work.actor.accountId}::uuid, published_at = now(), results = ${JSON.stringify(results)}::jsonb`,
  )
  noted(work, 'assessment.publish', id, results)
}
