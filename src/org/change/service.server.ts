import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { v7 as uuidv7 } from 'uuid'
import { addDays, monthOf } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import { cadresOf, tell, units } from '#notify/tell.server.ts'
import { ruleOn } from '#rules/tables.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { OrgBrief } from '../api.ts'
import { mostOfOne } from '#inbox/contributor.server.ts'
import { briefOf } from '../brief.server.ts'
import { placeFor } from '../place.server.ts'
import { changeUndo } from '../rules.ts'
import type { ChangeAct, ChangeDecision, ChangeLine, ChangePlan, ChangePreview, Holdings } from './api.ts'
import type { Result } from './edges.server.ts'
import { effect, undo } from './effect.server.ts'
import { preview, sidesOf } from './plan.server.ts'
import { firstMonth, missingOf, turnedOn, type Consent } from './turn.ts'
import { unitOf, type Sides } from './sides.server.ts'
import { holdingsOf } from './holdings.server.ts'

type Row = {
  id: string
  kind: ChangeLine['kind']
  org_id: number
  asked_org: number
  concerned: number[]
  needs: number[]
  consents: Consent[]
  plan: ChangePlan
  state: ChangeLine['state']
  asked_person: string
  asked_on: string
  decided_person: string | null
  decided_on: string | null
  reason: string | null
  result: (Result & { lines: string[] }) | null
  undo_until: string | null
  version: number
}
type Seen = Row & { unit: OrgBrief; from: OrgBrief; by: string; missing: { id: number; name: string }[] }

const columns = sql`c.id, c.kind, c.org_id, c.asked_org, c.concerned, c.needs, c.consents, c.plan, c.state, c.asked_person, c.asked_on, c.decided_person,
  c.decided_on, c.reason, c.result, c.undo_until, c.version`

const titles: Readonly<Record<ChangeLine['kind'], string>> = {
  found: '成立',
  merge: '合并',
  move: '改隶',
  split: '拆分',
}
const link = '/orgs/changes'

/** May she ask for this: a unit above either side. @throws Problem.notFound */
function refuseForeign(actor: Actor, { unit, other }: Sides): void {
  if (!can(actor, 'orgChange.ask', unit) && !can(actor, 'orgChange.ask', other)) throw Problem.notFound()
}

async function needsOf(tx: Tx, actor: Actor, sides: Sides): Promise<OrgBrief[]> {
  return rows<OrgBrief>(
    tx,
    sql`SELECT o.id, o.org_code AS code, o.name, o.short_name AS "shortName", o.tier FROM app.org o
      WHERE o.id = ANY (${sides.needs}::int[]) AND o.id <> ${actor.org.id} AND o.tier <> 'city' ORDER BY o.scope_code`,
  )
}

export async function previewChange(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  plan: ChangePlan,
): Promise<ChangePreview> {
  const sides = await sidesOf(tx, plan, deps.today())
  refuseForeign(actor, sides)
  return { lines: await preview(tx, plan, sides, deps.today()), consents: await needsOf(tx, actor, sides) }
}

/** What of a unit may go with a part of it. @throws Problem.notFound outside the actor's scope */
export async function readHoldings(deps: Deps, tx: Tx, actor: Actor, id: number): Promise<Holdings> {
  const place = await placeFor(tx, actor, 'orgChange.ask', String(id))
  const unit = await unitOf(tx, place.id, 'orgId')
  return holdingsOf(tx, unit, deps.today(), (key) => deps.findProgramme(key)?.label ?? key)
}

/** Asks for a change; the units whose consent is needed are told. @throws Problem.askedAlready */
export async function askChange(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  plan: ChangePlan,
): Promise<{ id: string }> {
  const { actor } = work
  const sides = await sidesOf(tx, plan, deps.today())
  refuseForeign(actor, sides)
  const needs = (await needsOf(tx, actor, sides)).map(({ id }) => id)
  const id = uuidv7()
  const concerned = [...new Set([sides.unit.id, sides.other.id, ...sides.needs, actor.org.id])]
  await sql`INSERT INTO app.org_change (id, kind, org_id, asked_org, concerned, needs, plan, asked_by, asked_person, asked_on)
    VALUES (${id}::uuid, ${plan.kind}, ${sides.unit.id}, ${actor.org.id}, ${concerned}::int[], ${needs}::int[], ${JSON.stringify(plan)}::jsonb,
      ${actor.accountId}::uuid, ${actor.personId}::uuid, ${deps.today()}::date)`.execute(tx)
  const subject = `${sides.unit.brief.shortName}${titles[plan.kind]}等待同意`
  if (needs.length > 0) tell(tx, cadresOf(units(needs)), { kind: 'review', subject, link }, actor.accountId)
  work.audit({
    districtId: sides.unit.districtId,
    action: 'orgChange.ask',
    object: `orgChange:${id}`,
    body: plan,
  })
  return { id }
}

const seen = (tx: Tx, where: ReturnType<typeof sql>, most: number): Promise<Seen[]> =>
  rows<Seen>(
    tx,
    sql`SELECT ${columns}, ${briefOf('o')} AS unit, ${briefOf('f')} AS from, a.name AS by,
        coalesce((SELECT jsonb_agg(jsonb_build_object('id', n.id, 'name', n.short_name) ORDER BY n.scope_code) FROM app.org n
          WHERE n.id = ANY (c.needs) AND NOT c.consents @> jsonb_build_array(jsonb_build_object('org', n.id))), '[]') AS missing
      FROM app.org_change c JOIN app.org o ON o.id = c.org_id JOIN app.org f ON f.id = c.asked_org JOIN app.account a ON a.id = c.asked_by
      WHERE ${where} ORDER BY (c.state = 'asked') DESC, c.asked_on DESC, c.id DESC LIMIT ${most}`,
  )

function actsOf(row: Row, actor: Actor, today: string): ChangeAct[] {
  const isCity = actor.org.tier === 'city' && can(actor, 'org.move')
  const missing = missingOf(row)
  if (row.state === 'done')
    return isCity &&
      row.undo_until !== null &&
      today <= row.undo_until &&
      row.decided_person !== actor.personId
      ? ['undo']
      : []
  if (row.state !== 'asked') return []
  const acts: ChangeAct[] = []
  if (missing.includes(actor.org.id) && row.asked_person !== actor.personId) acts.push('consent')
  if (
    isCity &&
    missing.length === 0 &&
    row.asked_person !== actor.personId &&
    firstMonth(row) <= monthOf(today)
  )
    acts.push('do')
  if (isCity || row.needs.includes(actor.org.id)) acts.push('refuse')
  if (row.asked_person === actor.personId) return ['withdraw']
  return acts
}

const titleOf = ({ kind, plan, unit }: Seen): string =>
  plan.kind === 'found'
    ? `成立${plan.name}`
    : plan.kind === 'split'
      ? `${unit.name}拆分出${plan.name}`
      : `${unit.name}${titles[kind]}`

/** Changes that are not decided yet, with what the actor may do with each. */
export const waitingChanges = async (deps: Pick<Deps, 'today'>, tx: Tx, actor: Actor) =>
  (await seen(tx, sql`c.state = 'asked'`, mostOfOne + 1)).map((row) => ({
    id: row.id,
    title: titleOf(row),
    from: row.from,
    by: row.by,
    on: turnedOn(row),
    missing: row.missing.map(({ name }) => name),
    acts: actsOf(row, actor, deps.today()),
  }))

/** Changes that concern the actor's scope, open ones first. */
export async function listChanges(deps: Deps, tx: Tx, actor: Actor): Promise<{ rows: ChangeLine[] }> {
  const found = await seen(tx, sql`true`, bounds.orgChanges.most)
  const lines: ChangeLine[] = []
  for (const row of found) {
    lines.push({
      id: row.id,
      kind: row.kind,
      state: row.state,
      title: titleOf(row),
      unit: row.unit,
      askedBy: row.by,
      askedOrg: row.from,
      askedOn: row.asked_on,
      doneOn: row.decided_on,
      undoUntil: row.undo_until,
      reason: row.reason ?? '',
      lines: row.result?.lines ?? (row.state === 'asked' ? await linesNow(deps, tx, row.plan) : []),
      waitsFor: row.state === 'asked' ? row.missing.map(({ name }) => name) : [],
      acts: actsOf(row, actor, deps.today()),
      version: row.version,
    })
  }
  return { rows: lines }
}

/** What a change that waits would do by the tree of now; a tree that no longer allows it says why. */
async function linesNow(deps: Deps, tx: Tx, plan: ChangePlan): Promise<string[]> {
  try {
    return await preview(tx, plan, await sidesOf(tx, plan, deps.today()), deps.today())
  } catch (error) {
    if (error instanceof Problem) return [`现在不能办理：${error.message}`]
    throw error
  }
}

/** Agrees to, does, refuses, withdraws or takes back a change. @throws Problem.changeMoved where she may not, or not any more */
export async function decideChange(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
  id: string,
  { act, version, reason = '' }: ChangeDecision,
): Promise<void> {
  const { actor } = work
  const today = deps.today()
  await sql`SELECT FROM app.org_change WHERE id = ${id}::uuid FOR UPDATE`.execute(tx)
  const [row] = await seen(tx, sql`c.id = ${id}::uuid`, 1)
  if (!row) throw Problem.notFound()
  if (row.version !== version || !actsOf(row, actor, today).includes(act)) throw Problem.changeMoved()
  if ((act === 'refuse' || act === 'undo') && reason.trim() === '')
    throw Problem.reasonMissing({ asks: act === 'undo' ? '撤销的原因' : '不同意的理由', field: 'reason' })
  const set = (change: ReturnType<typeof sql>) =>
    sql`UPDATE app.org_change SET version = version + 1, ${change} WHERE id = ${id}::uuid`.execute(tx)
  const unit = await first<{ d: number }>(
    tx,
    sql`SELECT district_id AS d FROM app.org WHERE id = ${row.org_id}`,
  )
  const decided = sql`decided_by = ${actor.accountId}::uuid, decided_person = ${actor.personId}::uuid, decided_on = ${today}::date, reason = ${reason}`
  switch (act) {
    case 'consent': {
      const consent: Consent = {
        org: actor.org.id,
        account: actor.accountId,
        person: actor.personId,
        on: today,
      }
      await set(sql`consents = consents || ${JSON.stringify([consent])}::jsonb`)
      break
    }
    case 'refuse':
      await set(sql`state = 'refused', ${decided}`)
      break
    case 'withdraw':
      await set(sql`state = 'withdrawn'`)
      break
    case 'do': {
      const sides = await sidesOf(tx, row.plan, today)
      const lines = await preview(tx, row.plan, sides, deps.today())
      const result = await effect(tx, work, id, row.plan, sides, today)
      const { value } = await ruleOn(tx, changeUndo, today)
      await set(
        sql`state = 'done', ${decided}, undo_until = ${addDays(today, value.days)}::date, concerned = concerned || ${result.made === undefined ? [] : [result.made]}::int[], result = ${JSON.stringify({ ...result, lines })}::jsonb`,
      )
      break
    }
    case 'undo': {
      const later = await first<{ id: string }>(
        tx,
        sql`SELECT id FROM app.org_change WHERE state = 'done' AND id <> ${id}::uuid AND concerned && ${row.concerned.filter((org) => !row.needs.includes(org) && org !== row.asked_org)}::int[]
          AND (decided_on > ${row.decided_on}::date OR decided_on = ${row.decided_on}::date AND id > ${id}::uuid) LIMIT 1`,
      )
      if (later) throw Problem.undoRefused({ why: '这些单位后来又有变更，请先撤销后来的一项' })
      await undo(tx, work, id, row.plan, row.result!, today)
      await set(
        sql`state = 'undone', undone_by = ${actor.accountId}::uuid, undone_person = ${actor.personId}::uuid, undone_on = ${today}::date, undo_reason = ${reason}`,
      )
      break
    }
  }
  work.audit({
    districtId: unit!.d,
    action: `orgChange.${act}`,
    object: `orgChange:${id}`,
    body: { act, reason },
  })
  tell(
    tx,
    cadresOf(units([row.asked_org])),
    { kind: 'review', subject: `${titleOf(row)}：${actWords[act]}`, link },
    actor.accountId,
  )
}

const actWords: Readonly<Record<ChangeAct, string>> = {
  consent: '一方已同意',
  do: '已办结',
  refuse: '不同意',
  withdraw: '已撤回',
  undo: '已撤销，恢复原状',
}
