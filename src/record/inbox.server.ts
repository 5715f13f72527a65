import { sql, type RawBuilder } from 'kysely'
import * as z from 'zod/mini'
import { askedFields } from '#kit/burden.ts'
import { isDay } from '#kit/day.ts'
import type { Fields } from '#kit/field/kind.ts'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import type { WorkCalendar } from '#rules/calendar.ts'
import { calendarAround, readLimits, type Limits } from '#rules/calendar.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { firstKeyed, keyed, type Tx } from '#server/database.server.ts'
import { burdenOf } from '#task/rules.ts'
import { keptBy } from './keeper.server.ts'
import { dueOfTurn } from './term.ts'
import type { LimitKind } from '#rules/api.ts'
import { uuid, type Box, type Card } from './api.ts'
import { visible } from './visible.server.ts'

/** Cards of one look; older ones by key. */
const pageSize = 50

type Found = Omit<Card, 'programme' | 'label' | 'link' | 'what' | 'dueOn' | 'left' | 'minutes'> & {
  programme: number
  turn: string | null
  /** Keys that a draft holds a value for. */
  given: string[] | null
  /** Open remarks of the reviewer. */
  remarks: number
}

const recordCard = (
  page: RawBuilder<unknown>,
) => sql`SELECT 'record' AS kind, r.id, r.id AS "recordId", r.programme, r.title,
  jsonb_build_object('id', o.id, 'code', o.org_code, 'name', o.name, 'shortName', o.short_name, 'tier', o.tier) AS org,
  coalesce(a.name, '系统') AS person, r.state, to_jsonb(r.updated_at) #>> '{}' AS at, r.occurred_on::text AS "endsOn",
  app.after_lock(r.district_id, r.id, r.org_id, r.occurred_on) AS "afterLock", r.version,
  cardinality(r.warnings) AS warnings, t.short_name AS turn, NULL::jsonb AS given,
  CASE WHEN r.state = 'returned' THEN (SELECT count(*) FROM app.remark m WHERE m.district_id = r.district_id AND m.record_id = r.id AND m.resolved_at IS NULL) ELSE 0 END AS remarks
  FROM (SELECT * FROM app.record r WHERE ${page}) r JOIN app.org o ON o.id = r.org_id LEFT JOIN app.org t ON t.id = r.turn_of
  LEFT JOIN LATERAL (SELECT name FROM app.account WHERE person_id = r.submitted_by LIMIT 1) a ON true`

const proposalCard = sql`SELECT p.kind, p.id, p.record_id AS "recordId", p.programme,
  coalesce(p.body ->> 'title', '') AS title,
  jsonb_build_object('id', o.id, 'code', o.org_code, 'name', o.name, 'shortName', o.short_name, 'tier', o.tier) AS org,
  a.name AS person, p.state, to_jsonb(p.updated_at) #>> '{}' AS at, p.body ->> 'endsOn' AS "endsOn", false AS "afterLock", p.sequence AS version,
  0 AS warnings, t.short_name AS turn,
  CASE WHEN p.state = 'open' THEN (SELECT jsonb_agg(k) FROM jsonb_object_keys(jsonb_strip_nulls(p.body)) k) END AS given, 0 AS remarks
  FROM app.proposal p JOIN app.org o ON o.id = p.org_id JOIN app.account a ON a.id = p.owner_id LEFT JOIN app.org t ON t.id = p.turn_of`

/** What each box holds; null = the box has none of that kind. */
function sources(
  actor: Actor,
  box: Box,
): { records: RawBuilder<unknown> | null; proposals: RawBuilder<unknown> | null } {
  const own = actor.org.id
  switch (box) {
    case 'review':
      return {
        records: sql`r.turn_of = ${own} AND r.state = 'submitted' AND r.submitted_by <> ${actor.personId}::uuid`,
        proposals: sql`p.turn_of = ${own} AND p.state = 'submitted' AND a.person_id <> ${actor.personId}::uuid`,
      }
    case 'fill':
      return { records: null, proposals: sql`p.org_id = ${own} AND p.state = 'open'` }
    case 'returned':
      return {
        records: sql`${keptBy('r', sql`${own}::int`)} AND r.state = 'returned'`,
        proposals: sql`p.org_id = ${own} AND p.state = 'returned'`,
      }
    case 'mine':
      return {
        records: sql`${keptBy('r', sql`${own}::int`)} AND r.state = 'submitted'`,
        proposals: sql`p.org_id = ${own} AND p.state = 'submitted'`,
      }
    case 'copied':
      return {
        records: sql`r.id IN (SELECT k.record_id FROM app.record_copy k WHERE k.org_id = ${own})`,
        proposals: null,
      }
    case 'done':
      return {
        records: sql`EXISTS (SELECT FROM app.record_history h WHERE h.district_id = r.district_id AND h.record_id = r.id
          AND h.account_id = ${actor.accountId}::uuid) AND NOT (${keptBy('r', sql`${own}::int`)} IS TRUE AND r.state IN ('submitted', 'returned'))`,
        proposals: null,
      }
  }
}

/** The boxes that ask or wait, which are counted at every look. */
export type Counted = Extract<Box, 'review' | 'fill' | 'returned' | 'mine'>

/** Records, drafts and corrections of one box, newest first, a page after a key. */
export async function recordCards(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  box: Box,
  after: string | null,
): Promise<{ cards: Card[]; next: string | null }> {
  if (actor.role !== 'cadre') return { cards: [], next: null }
  const { records, proposals } = sources(actor, box)
  const parts: RawBuilder<unknown>[] = []
  // Each part ends at the page before anything is joined to it.
  const page = (alias: string) => {
    const at = sql.raw(`(${alias}.updated_at, ${alias}.id)`)
    const bound = after ? sql`${at} < ${cursor(after)}` : sql`true`
    return sql`${bound} ORDER BY ${sql.raw(`${alias}.updated_at DESC, ${alias}.id DESC`)} LIMIT ${pageSize + 1}`
  }
  if (records) parts.push(sql`${recordCard(sql`${records} AND ${visible(actor)} AND ${page('r')}`)}`)
  if (proposals) parts.push(sql`(${proposalCard} WHERE ${proposals} AND ${page('p')})`)
  const [calendar, limits, found] = await Promise.all([
    calendarAround(tx, deps.today()),
    readLimits(tx),
    keyed<Found>(
      tx,
      sql`SELECT * FROM (${sql.join(parts, sql` UNION ALL `)}) c ORDER BY at DESC, id DESC LIMIT ${pageSize + 1}`,
    ),
  ])
  const cards = found.slice(0, pageSize).map(({ turn, programme, given, remarks, ...card }): Card => {
    const key = deps.catalogue.programmeKey(programme)
    return {
      ...card,
      link: null,
      label: deps.findProgramme(key)?.label ?? key,
      programme: key,
      what: whatOf(box, card, turn),
      ...termOf(box, card, { calendar, limits, today: deps.today() }),
      minutes: minutesOf(box, card, { fields: fieldsOf(deps, key), given, remarks }),
    }
  })
  const last = found.length > pageSize ? cards.at(-1)! : null
  return { cards, next: last ? `${last.at}_${last.id}` : null }
}

function cursor(after: string): RawBuilder<unknown> {
  const [at, id] = after.split('_')
  if (!at || !id || !isDay(at.slice(0, 10)) || !z.safeParse(uuid, id).success) throw Problem.badCursor()
  return sql`(${at}::timestamptz, ${id}::uuid)`
}

const fieldsOf = (deps: Deps, key: string): Fields => {
  const programme = deps.findProgramme(key)
  return programme ? askedFields(programme) : {}
}

/** What a card's turn is: a review here or where it was sent to, or a mending; a draft waits for its owner. */
const turnOf = (box: Box, { state }: Pick<Card, 'state'>): LimitKind | null => {
  if (box === 'review' || (box === 'mine' && state === 'submitted')) return 'review'
  if (box === 'returned' || box === 'fill') return 'mend'
  return null
}

/** Until when a card is to be dealt with, by whoever has its turn. */
function termOf(
  box: Box,
  card: Pick<Card, 'kind' | 'state' | 'at'>,
  by: { calendar: WorkCalendar; limits: Limits; today: string },
): Pick<Card, 'dueOn' | 'left'> {
  const turn = turnOf(box, card)
  if (turn === null) return { dueOn: null, left: null }
  const dueOn = dueOfTurn(turn, card.at, by)
  return { dueOn, left: by.calendar.between(by.today, dueOn) }
}

/** Minutes that a card takes: a draft by the fields that are still empty, a return by its remarks, a review one, two where something is unusual. */
function minutesOf(
  box: Box,
  { kind, warnings }: Pick<Card, 'kind' | 'warnings'>,
  { fields, given, remarks }: { fields: Fields; given: string[] | null; remarks: number },
): number | null {
  // Of one's own the minutes are the reviewer's: how long it takes there.
  if (box === 'review' || box === 'mine') return warnings > 0 ? 2 : 1
  if (box === 'returned') return Math.max(1, remarks)
  if (box !== 'fill') return null
  // A correction is looked through and sent: its fields are filled.
  return kind === 'draft' ? burdenOf(fields, new Set(given ?? [])).minutes : 1
}

function whatOf(box: Box, card: Pick<Card, 'kind' | 'state'>, turn: string | null): string {
  if (box === 'review')
    return card.kind === 'correction' ? '请审核更正' : card.kind === 'void' ? '请审核作废申请' : '请审核'
  if (box === 'fill') return card.kind === 'correction' ? '更正尚未提交' : '草稿尚未提交'
  if (box === 'returned')
    return card.kind === 'correction' ? '更正被退回，请修改后再提交' : '被退回，请按意见修改'
  if (card.state === 'submitted') return turn ? `现由${turn}办理` : '等待办理'
  return (
    { accepted: '审核通过', returned: '已退回', withdrawn: '已撤回', voided: '已作废' }[card.state] ??
    '已办理'
  )
}

/** How many of them a box holds in all. */
export async function countRecords(tx: Tx, actor: Actor, box: Counted): Promise<number> {
  if (actor.role !== 'cadre') return 0
  const { records, proposals } = sources(actor, box)
  const r = records ? sql`(SELECT count(*) FROM app.record r WHERE ${records} AND ${visible(actor)})` : sql`0`
  const p = proposals
    ? sql`(SELECT count(*) FROM app.proposal p JOIN app.account a ON a.id = p.owner_id WHERE ${proposals})`
    : sql`0`
  return (await firstKeyed<{ n: number }>(tx, sql`SELECT ${r} + ${p} AS n`))!.n
}
