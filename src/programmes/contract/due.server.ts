import { sql, type RawBuilder } from 'kysely'
import { addDays } from '#kit/day.ts'
import type { RuleBook } from '#kit/rule.ts'
import type { Actor } from '#identity/actor.ts'
import { briefOf } from '#org/brief.server.ts'
import { keeper, keptBy } from '#record/keeper.server.ts'
import { visible } from '#record/visible.server.ts'
import type { WorkCalendar } from '#rules/calendar.ts'
import { calendarAround } from '#rules/calendar.server.ts'
import { readRules } from '#rules/tables.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { dueKinds, type DueKind, type DueList, type DueQuery } from './api.ts'
import { contractPublicity, contractRenewal } from './tables.ts'

const perPage = 50
/** A contract that ended longer ago is history. */
const longAgo = 365

/**
 * No contract of the unit, or of whoever keeps c on, takes its place: neither one that counts nor one on its way. Speaks of r and c.
 * OFFSET 0: asked for each c by the number that it would name; joined, all contracts of the city were read.
 */
export const notRenewed = sql`c.sign_kind <> '变更' AND NOT EXISTS (SELECT FROM app.contract n
  JOIN app.record m ON m.district_id = n.district_id AND m.id = n.record_id
  WHERE (m.org_id = r.org_id OR ${keeper('m')} = ${keeper('r')}) AND n.replaces_no = c.reg_no AND n.sign_kind = '续订' AND m.state IN ('accepted', 'submitted', 'returned')
    OFFSET 0)`

/** The last day on which a contract took effect whose days of publication have gone. */
function unpublishedUntil(rules: RuleBook, calendar: WorkCalendar, today: string): string {
  const { publishWorkdays } = rules.on(contractPublicity, today).value
  let day = today
  while (calendar.add(day, publishWorkdays) >= today) day = addDays(day, -1)
  return day
}

export type Asked = { today: string; renewUntil: string; unpublished: string }

/** Each list: by which day, which contracts by their `own` days, and which of those c, texts t, inspections i, of records r. */
export const lists: Readonly<
  Record<
    DueKind,
    {
      on: RawBuilder<unknown>
      own?: (a: Asked) => RawBuilder<unknown>
      where: (a: Asked) => RawBuilder<unknown>
    }
  >
> = {
  renewal: {
    on: sql`c.term_until_on`,
    own: ({ today, renewUntil }) => sql`c.term_until_on BETWEEN ${today}::date AND ${renewUntil}::date`,
    where: () => notRenewed,
  },
  expired: {
    on: sql`c.term_until_on`,
    own: ({ today }) =>
      sql`c.term_until_on BETWEEN ${addDays(today, -longAgo)}::date AND ${addDays(today, -1)}::date`,
    where: () => notRenewed,
  },
  publish: {
    on: sql`c.effective_on`,
    own: ({ today, unpublished }) =>
      sql`c.published_on IS NULL AND c.effective_on <= ${unpublished}::date AND c.term_until_on >= ${today}::date`,
    where: () => sql`true`,
  },
  // The last version, named after the review and not looked at since.
  text: {
    on: sql`t.after_review_on`,
    where: () => sql`t.after_review_on IS NOT NULL AND NOT EXISTS (SELECT FROM app.contract_text l
        WHERE l.district_id = t.district_id AND l.record_id = t.record_id AND l.n > t.n)
      AND NOT EXISTS (SELECT FROM app.contract_text_look k WHERE k.district_id = t.district_id AND k.record_id = t.record_id AND k.n = t.n)`,
  },
  look: { on: sql`i.due_on`, where: () => sql`i.checked_on IS NULL` },
  fix: { on: sql`i.fix_by`, where: () => sql`i.fix_by IS NOT NULL AND i.fixed_on IS NULL` },
}

const ofInspection = (kind: DueKind): boolean => kind === 'look' || kind === 'fix'

/** What stands beside the contract and is due, of a kind. */
const beside = (kind: DueKind): RawBuilder<unknown> => {
  if (ofInspection(kind))
    return sql`JOIN app.contract_inspection i ON i.district_id = r.district_id AND i.record_id = r.id`
  return kind === 'text'
    ? sql`JOIN app.contract_text t ON t.district_id = r.district_id AND t.record_id = r.id`
    : sql``
}

const noteOf = (kind: DueKind): RawBuilder<unknown> => {
  if (ofInspection(kind)) return sql`i.finding`
  return kind === 'text' ? sql`t.why` : sql`''`
}

/** Contracts of a list with their records; those whose own days decide are found by these first, each with its record by key, and not by reading all. */
const contractsOf = (kind: DueKind, asked: Asked): RawBuilder<unknown> => {
  const { own } = lists[kind]
  return own
    ? sql`(SELECT * FROM app.contract c WHERE ${own(asked)} OFFSET 0) c
        JOIN LATERAL (SELECT k.* FROM app.record k WHERE k.district_id = c.district_id AND k.id = c.record_id OFFSET 0) r ON true`
    : sql`app.record r JOIN app.contract c ON c.district_id = r.district_id AND c.record_id = r.id`
}

/** The same of the contracts that a unit keeps: its records by owner and holder, each with its contract by key. */
const contractsKeptBy = (unit: number, kind: DueKind, asked: Asked): RawBuilder<unknown> =>
  sql`(SELECT * FROM app.record r WHERE ${keptBy('r', sql`${unit}::int`)} OFFSET 0) r
    JOIN LATERAL (SELECT * FROM app.contract c WHERE c.district_id = r.district_id AND c.record_id = r.id
      AND ${lists[kind].own?.(asked) ?? sql`true`} OFFSET 0) c ON true`

/** What of its own contracts a unit has to do; of the whole scope where `unit` is null. */
export const from = (
  deps: Deps,
  actor: Actor,
  kind: DueKind,
  asked: Asked,
  unit: number | null = null,
): RawBuilder<unknown> =>
  sql`${unit === null ? contractsOf(kind, asked) : contractsKeptBy(unit, kind, asked)} ${beside(kind)}
    JOIN app.org o ON o.id = ${keeper('r')}
    WHERE r.programme = ${deps.catalogue.programmeId('contract')} AND r.state = 'accepted' AND ${lists[kind].where(asked)}
      AND r.scope_code >= ${actor.org.scopeCode} AND r.scope_code < ${`${actor.org.scopeCode}~`} AND ${visible(actor)}`

/** The days by which the rules of today count. */
export async function askedOn(tx: Tx, today: string): Promise<Asked> {
  const rules = await readRules(tx)
  return {
    today,
    renewUntil: addDays(today, rules.on(contractRenewal, today).value.firstDays),
    unpublished: unpublishedUntil(rules, await calendarAround(tx, today), today),
  }
}

/** What presses in the actor's scope: ends to be followed by a renewal, publications, looks and mendings. */
export async function readDue(deps: Deps, tx: Tx, actor: Actor, q: DueQuery): Promise<DueList> {
  const today = deps.today()
  const asked = await askedOn(tx, today)
  const counts = (await first<DueList['counts']>(
    tx,
    sql`SELECT ${sql.join(dueKinds.map((kind) => sql`(SELECT count(*)::int FROM ${from(deps, actor, kind, asked)}) AS ${sql.ref(kind)}`))}`,
  ))!
  const kind = q.kind ?? dueKinds.find((one) => counts[one] > 0) ?? 'renewal'
  const page = Math.max(1, Number(q.page ?? 1))
  const { on } = lists[kind]
  return {
    kind,
    counts,
    rows: await rows<DueList['rows'][number]>(
      tx,
      sql`SELECT r.id, r.title, ${briefOf('o')} AS org, c.reg_no AS "regNo", ${on}::text AS "dueOn", (${on} - ${today}::date)::int AS left,
          ${noteOf(kind)} AS note
        FROM ${from(deps, actor, kind, asked)} ORDER BY ${on}${kind === 'expired' ? sql` DESC` : sql``}, r.id LIMIT ${perPage} OFFSET ${(page - 1) * perPage}`,
    ),
    page,
    perPage,
  }
}
