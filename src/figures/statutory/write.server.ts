import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { Problem } from '#kit/problem.ts'
import { isDay, lastDayOf } from '#kit/day.ts'
import type { Issue } from '#kit/programme.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { sha256 } from '#crypto/provider.server.ts'
import { canonicalJson } from '#paper/document.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, type Tx } from '#server/database.server.ts'
import type { TableAct, TableHead, TableSave } from './api.ts'
import { beganOf } from './began.server.ts'
import { openFindings } from './checks.ts'
import { layoutOf, linesOf, type LayoutKey } from './layouts.ts'
import {
  askedPart,
  findingsOf,
  headOf,
  liveCells,
  registerOnOf,
  revisionsOf,
  type SignedContent,
  type Stored,
} from './read.server.ts'

/** Faults of what was typed: whole numbers from 0, and only in lines that are asked. */
function faultsOf(key: LayoutKey, asked: TableSave['asked']): Issue[] {
  const lines = new Map(linesOf(layoutOf(key)).map((line) => [line.code, line]))
  return Object.entries(asked).flatMap(([code, value]): Issue[] => {
    const line = lines.get(code)
    const field = `asked.${code}`
    if (!line || !('asked' in line.from))
      return [{ field, message: `第 ${code} 行由记录得出，不能填写；数字不对请更正记录` }]
    if (value === null || (Number.isInteger(value) && value >= 0 && value <= 9_999_999)) return []
    return [{ field, message: `${line.label}要填 0 到 9999999 的整数` }]
  })
}

/** Saves what only she can tell. The first save opens the table. @throws Problem.invalid, tableChanged */
export async function saveTable(
  tx: Tx,
  work: UnitOfWork,
  key: LayoutKey,
  given: TableSave,
): Promise<{ version: number }> {
  const { actor } = work
  askedPart(layoutOf(key), given.year, given.part)
  const issues = faultsOf(key, given.asked)
  if (issues.length > 0) throw Problem.invalid({ issues })
  const asked = JSON.stringify(Object.fromEntries(Object.entries(given.asked).filter(([, v]) => v !== null)))
  const notes = JSON.stringify(
    Object.fromEntries(Object.entries(given.notes).filter(([, text]) => text.trim() !== '')),
  )
  const saved =
    given.version === 0
      ? await first<{ version: number }>(
          tx,
          sql`INSERT INTO app.statutory_table (district_id, id, org_id, layout, year, part, asked, notes, prepared_by)
            VALUES (${actor.org.districtId}, ${uuidv7()}::uuid, ${actor.org.id}, ${key}, ${given.year}, ${given.part}, ${asked}::jsonb,
              ${notes}::jsonb, ${actor.accountId}::uuid)
            ON CONFLICT (district_id, org_id, layout, year, part, revision) DO NOTHING RETURNING version`,
        )
      : await first<{ version: number }>(
          tx,
          sql`UPDATE app.statutory_table SET asked = ${asked}::jsonb, notes = ${notes}::jsonb, prepared_by = ${actor.accountId}::uuid,
              version = version + 1, updated_at = now()
            WHERE org_id = ${actor.org.id} AND layout = ${key} AND year = ${given.year} AND part = ${given.part} AND state = 'open'
              AND version = ${given.version} RETURNING version`,
        )
  if (!saved) throw Problem.tableChanged()
  note(work, 'statutory.save', key, given)
  return saved
}

const note = (
  work: UnitOfWork,
  action: string,
  key: LayoutKey,
  given: { year: number; part: number; reason?: string | undefined },
): void =>
  work.audit({
    districtId: work.actor.org.districtId,
    action,
    object: `statutory:${key}:${given.year}:${given.part}`,
    ...(given.reason ? { purpose: given.reason } : {}),
    body: given,
  })

/** Hands a table to whoever signs, back, signs it, or opens a signed one anew. @throws Problem.tableChanged, invalid, sameHands */
export async function actOnTable(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  work: UnitOfWork,
  key: LayoutKey,
  given: TableAct,
): Promise<void> {
  const { actor } = work
  const period = askedPart(layoutOf(key), given.year, given.part)
  const [table] = await revisionsOf(tx, actor.org.id, key, given.year, given.part)
  if (!table || table.version !== given.version) throw Problem.tableChanged()
  const reason = given.reason?.trim() ?? ''
  switch (given.action) {
    case 'submit': {
      if (lastDayOf(period.untilYm) >= deps.today())
        throw Problem.invalid({ issues: [{ field: 'part', message: '本期还没有结束，期末以后才能送签' }] })
      await refuseOpen(deps, tx, work, key, given, table)
      return move(
        tx,
        table,
        'open',
        sql`state = 'submitted', submitted_at = now(), reason = ''`,
        work,
        key,
        given,
      )
    }
    case 'return': {
      if (reason === '') throw Problem.reasonMissing({ asks: '退回理由', field: 'reason' })
      return move(tx, table, 'submitted', sql`state = 'open', reason = ${reason}`, work, key, given)
    }
    case 'sign':
      return sign(deps, tx, work, key, given, table)
    case 'reopen': {
      if (reason === '') throw Problem.reasonMissing({ asks: '重新填报的理由', field: 'reason' })
      if (table.state !== 'signed') throw Problem.tableChanged()
      await sql`INSERT INTO app.statutory_table (district_id, id, org_id, layout, year, part, revision, asked, notes, reason, prepared_by)
        VALUES (${table.district_id}, ${uuidv7()}::uuid, ${actor.org.id}, ${key}, ${given.year}, ${given.part}, ${table.revision + 1},
          ${JSON.stringify(table.asked)}::jsonb, ${JSON.stringify(table.notes)}::jsonb, ${reason}, ${actor.accountId}::uuid)`.execute(
        tx,
      )
      note(work, 'statutory.reopen', key, given)
    }
  }
}

async function move(
  tx: Tx,
  table: Stored,
  from: Stored['state'],
  set: ReturnType<typeof sql>,
  work: UnitOfWork,
  key: LayoutKey,
  given: TableAct,
): Promise<void> {
  const moved = await first(
    tx,
    sql`UPDATE app.statutory_table SET ${set}, version = version + 1, updated_at = now()
      WHERE district_id = ${table.district_id} AND id = ${table.id}::uuid AND state = ${from} AND version = ${table.version} RETURNING 1`,
  )
  if (!moved) throw Problem.tableChanged()
  note(work, `statutory.${given.action}`, key, given)
}

async function cellsOf(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  work: UnitOfWork,
  key: LayoutKey,
  at: TableAct,
  table: Stored,
) {
  const { id, scopeCode } = work.actor.org
  return liveCells(
    deps,
    tx,
    work.actor,
    layoutOf(key),
    { id, scopeCode, year: at.year, part: at.part },
    table.asked,
  )
}

/** @throws Problem.invalid at each line that stands in the way */
async function refuseOpen(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  work: UnitOfWork,
  key: LayoutKey,
  given: TableAct,
  table: Stored,
): Promise<Pick<SignedContent, 'cells' | 'beganYm'>> {
  const cells = await cellsOf(deps, tx, work, key, given, table)
  const period = askedPart(layoutOf(key), given.year, given.part)
  const beganYm = await beganOf(tx, work.actor.org.id, period)
  const open = openFindings(findingsOf(layoutOf(key), cells, { period, beganYm }), table.notes)
  if (open.length > 0)
    throw Problem.invalid({
      issues: open.map(({ id, message }) => ({ field: `notes.${id}`, message })),
    })
  return { cells, beganYm }
}

/** Signs what the books say at this moment; the content is kept under its digest. */
async function sign(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  work: UnitOfWork,
  key: LayoutKey,
  given: TableAct,
  table: Stored,
): Promise<void> {
  const { actor } = work
  if (table.prepared_person === actor.personId) throw Problem.sameHands()
  const said = await refuseOpen(deps, tx, work, key, given, table)
  const content: SignedContent = {
    head: await headOf(tx, key, deps.today()),
    registerOn: registerOnOf(askedPart(layoutOf(key), given.year, given.part), deps.today()),
    areHeadsOfDay: true,
    ...said,
    notes: table.notes,
  }
  const hash = sha256(canonicalJson(content))
  const set = sql`state = 'signed', content = ${JSON.stringify(content)}::jsonb, content_hash = ${hash},
    signed_by = ${actor.accountId}::uuid, signed_at = now()`
  await move(tx, table, 'submitted', set, work, key, given)
}

/** Enters the legal head of a table (统计法 第十七条). @throws Problem.invalid at the field that is missing */
export async function saveHead(tx: Tx, work: UnitOfWork, key: LayoutKey, head: TableHead): Promise<void> {
  const labels = { formNo: '表号', issuer: '制定机关', approvalNo: '批准或备案文号' } as const
  const issues: Issue[] = Object.entries(labels)
    .filter(([name]) => head[name as keyof typeof labels].trim() === '')
    .map(([field, label]) => ({ field, message: `请填写${label}` }))
  for (const field of ['validFrom', 'validUntil'] as const)
    if (!isDay(head[field])) issues.push({ field, message: '请选择日期' })
  if (issues.length === 0 && head.validFrom > head.validUntil)
    issues.push({ field: 'validUntil', message: '有效期限的止日不能早于起日' })
  if (issues.length > 0) throw Problem.invalid({ issues })
  await sql`INSERT INTO app.statutory_head (layout, valid_from, valid_until, form_no, issuer, approval_no, set_by)
    VALUES (${key}, ${head.validFrom}::date, ${head.validUntil}::date, ${head.formNo.trim()}, ${head.issuer.trim()}, ${head.approvalNo.trim()},
      ${work.actor.accountId}::uuid)
    ON CONFLICT (layout, valid_from) DO UPDATE SET valid_until = EXCLUDED.valid_until, form_no = EXCLUDED.form_no, issuer = EXCLUDED.issuer,
      approval_no = EXCLUDED.approval_no, set_by = EXCLUDED.set_by, set_at = now()`.execute(tx)
  work.audit({
    districtId: work.actor.org.districtId,
    action: 'statutory.head',
    object: `statutory:${key}`,
    body: head,
  })
}
