import { sql, type RawBuilder } from 'kysely'
import * as z from 'zod/mini'
import { columnName, tableOf } from '#kit/columns.ts'
import { isDay } from '#kit/day.ts'
import { head } from '#kit/head.ts'
import { Problem } from '#kit/problem.ts'
import type { Programme } from '#kit/programme.ts'
import type { Actor } from '#identity/actor.ts'
import { can, type Place } from '#identity/decide.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, firstKeyed, keyed, rows, type Tx } from '#server/database.server.ts'
import { uuid, type RecordFilter, type RecordList, type RecordQuery, type RecordSums } from './api.ts'
import { rowHead } from './detail.server.ts'
import { batchFile, ofBatch } from './origin.server.ts'
import { briefs } from './place.server.ts'
import type { Spine } from './spine.ts'
import { arms } from './visible.server.ts'
import { bigrams } from './words.ts'

/** Counts are exact up to here, then 「1万条以上」. */
export const countLimit = 10_000

type Key = { on: string; id: string }

/** `2019-08-05_<uuid>` ↔ key of keyset paging. @throws Problem.badCursor */
function keyOf(cursor: string): Key {
  const [on, id] = cursor.split('_')
  if (!on || !isDay(on) || !z.safeParse(uuid, id).success) throw Problem.badCursor()
  return { on, id: id! }
}
const cursorOf = (spine: Pick<Spine, 'occurred_on' | 'id'>) => `${spine.occurred_on}_${spine.id}`

/** What a query asks of spine r and typed row t, names only from the definition; `arms` say of whom. */
export type Asked = {
  programme: Programme
  arms: RawBuilder<unknown>[]
  where: RawBuilder<unknown>
  ofTypedRow: boolean
}

/** Reads a query. @throws Problem.badRequest, notFound where the unit is out of reach */
async function asked(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  programme: Programme,
  q: RecordFilter,
): Promise<Asked> {
  const number = deps.catalogue.programmeId(programme.key)
  const list = [sql`r.programme = ${number}`]
  let scope = actor.org.scopeCode
  if (q.org && q.org !== String(actor.org.id)) {
    const org = await firstKeyed<Place>(
      tx,
      sql`SELECT id, scope_code AS "scopeCode", view_code AS "viewCode" FROM app.org WHERE id = ${/^\d{1,9}$/.test(q.org) ? Number(q.org) : 0}`,
    )
    if (!org || !can(actor, 'record.read', org)) throw Problem.notFound()
    scope = org.scopeCode
  }
  if (q.state) list.push(sql`r.state = ${q.state}`)
  if (q.from) list.push(sql`r.occurred_on >= ${dayOf(q.from, 'from')}::date`)
  if (q.until) list.push(sql`r.occurred_on <= ${dayOf(q.until, 'until')}::date`)
  if (q.grade) list.push(sql`r.grade = ${q.grade}`)
  if (q.batch) list.push(ofBatch(q.batch))
  if (q.where) list.push(whereField(programme, q.where))
  if (q.q?.trim()) {
    const words = bigrams(q.q)
    // The function reads the bigram index, which a policy would hide from the planner.
    list.push(
      sql`(r.district_id, r.id) IN (SELECT f.district_id, f.id FROM app.find_records(${words}, ${number}::smallint, ${countLimit + 1}) f)`,
    )
  }
  return {
    programme,
    arms: arms(actor, scope, number),
    where: sql.join(list, sql` AND `),
    ofTypedRow: Boolean(q.where),
  }
}

function dayOf(text: string, field: string): string {
  if (!isDay(text)) throw Problem.badRequest({ issues: [{ field, message: '日期应形如 2019-03-08' }] })
  return text
}

function whereField(programme: Programme, where: string): RawBuilder<unknown> {
  const [name = '', value = ''] = where.split(':')
  const field = programme.fields[name]
  const known = field?.kind === 'choice' ? field.choices!.includes(value) : field?.kind === 'yesNo'
  if (!field || !known)
    throw Problem.badRequest({ issues: [{ field: 'where', message: '筛选条件不存在，请重新选择' }] })
  return field.kind === 'yesNo'
    ? sql`t.${sql.ref(columnName(name))} = ${value === 'true'}`
    : sql`t.${sql.ref(columnName(name))} = ${value}`
}

const joined = (programme: Programme): RawBuilder<unknown> =>
  sql`JOIN ${sql.raw(`app.${tableOf(programme)}`)} t ON t.district_id = r.district_id AND t.record_id = r.id`

/** The arms of a query one after another; `end` ends each of them. */
function found(
  { programme, arms, where, ofTypedRow }: Asked,
  columns: RawBuilder<unknown>,
  end: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const from = sql`SELECT ${columns} FROM app.record r ${ofTypedRow ? joined(programme) : sql``}`
  return sql.join(
    arms.map((arm) => sql`(${from} WHERE ${where} AND ${arm} ${end})`),
    sql` UNION ALL `,
  )
}

const keyColumns = sql`r.district_id, r.id`

/** Keys of one page, found on the spine alone, by index. */
export function pageStatement(
  asked: Asked,
  bound: RawBuilder<unknown>,
  backwards: boolean,
  limit: number,
  offset: number,
): RawBuilder<unknown> {
  const order = sql.raw(`ORDER BY ${backwards ? 'r.occurred_on, r.id' : 'r.occurred_on DESC, r.id DESC'}`)
  const part = found(
    asked,
    sql`${keyColumns}, r.occurred_on`,
    sql`AND ${bound} ${order} LIMIT ${limit + offset}`,
  )
  return sql`SELECT ${keyColumns} FROM (${part}) r ${order} LIMIT ${limit} OFFSET ${offset}`
}

/** How many a query finds, one more than are counted at most. */
export const countStatement = (asked: Asked, most = countLimit): RawBuilder<unknown> =>
  sql`SELECT count(*) AS n FROM (SELECT FROM (${found(asked, sql``, sql``)}) part LIMIT ${most + 1}) found`

export type ListKey = { district_id: number; id: string }

/** The rows of some keys as a list shows them, newest first. */
export function rowsStatement(programme: Programme, keys: readonly ListKey[]): RawBuilder<unknown> {
  const typed = programme.list.filter((name) => name in programme.fields)
  const columns = typed.map((name) => sql`, t.${sql.ref(columnName(name))} AS ${sql.ref(`v_${name}`)}`)
  return sql`SELECT ${lean} AS spine ${sql.join(columns, sql``)}
    FROM unnest(${keys.map((k) => k.district_id)}::int[], ${keys.map((k) => k.id)}::uuid[]) k(district_id, id)
    JOIN app.record r ON r.district_id = k.district_id AND r.id = k.id ${joined(programme)} ORDER BY r.occurred_on DESC, r.id DESC`
}

/** One page of a programme's records, newest first; by key from `after` or `before`, by number within the first 10,000. */
export async function listRecords(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  programme: Programme,
  q: RecordQuery,
): Promise<RecordList> {
  const size = Number(q.size ?? 20)
  const query = await asked(deps, tx, actor, programme, q)
  const key = q.after ? keyOf(q.after) : q.before ? keyOf(q.before) : null
  const bound = key
    ? sql`(r.occurred_on, r.id) ${q.after ? sql`<` : sql`>`} (${key.on}::date, ${key.id}::uuid)`
    : sql`true`
  const page = Math.max(1, Math.floor(Number(q.page ?? 1)) || 1)
  const offset = key ? 0 : Math.min((page - 1) * size, countLimit)
  const backwards = q.before !== undefined
  const [keys, counted] = await Promise.all([
    rows<ListKey>(tx, pageStatement(query, bound, backwards, size + 1, offset)),
    firstKeyed<{ n: number }>(tx, countStatement(query)),
  ])
  const more = keys.length > size
  const shown = await keyed<{ spine: Spine & { after_lock: boolean } } & Record<string, unknown>>(
    tx,
    rowsStatement(programme, keys.slice(0, size)),
  )
  const names = await briefs(
    tx,
    shown.flatMap(({ spine }) => [spine.org_id, spine.turn_of]),
  )
  const batch = q.batch && shown[0] ? await batchFile(tx, q.batch, shown[0].spine.id) : null
  const hasNext = backwards ? true : more
  const hasPrevious = backwards ? more : q.after !== undefined || offset > 0
  return {
    rows: shown.map((f) => ({
      ...rowHead(deps, f.spine, names, actor, f.spine.after_lock),
      values: Object.fromEntries(
        programme.list.map((name) => [
          name,
          name in head ? headValue(f.spine, name) : (f[`v_${name}`] ?? null),
        ]),
      ),
    })),
    count: Math.min(counted!.n, countLimit),
    capped: counted!.n > countLimit,
    next: hasNext && shown.length > 0 ? cursorOf(shown.at(-1)!.spine) : null,
    previous: hasPrevious && shown.length > 0 ? cursorOf(shown[0]!.spine) : null,
    ...(q.batch ? { batch } : {}),
  }
}

/** How many records a query finds, one more than `most` at most. @throws as listRecords */
export async function countRecords(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  programme: Programme,
  q: RecordFilter,
  most: number,
): Promise<number> {
  const query = await asked(deps, tx, actor, programme, q)
  return (await first<{ n: number }>(tx, countStatement(query, most)))!.n
}

/** Keys of the records that a query finds, newest first, at most so many. @throws as listRecords */
export async function recordKeys(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  programme: Programme,
  q: RecordFilter,
  most: number,
): Promise<ListKey[]> {
  const query = await asked(deps, tx, actor, programme, q)
  return rows<ListKey>(tx, pageStatement(query, sql`true`, false, most, 0))
}

/** Sums of the counted columns over all that a query finds; null where that is more than is counted exactly. */
export async function sumRecords(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  programme: Programme,
  q: RecordFilter,
): Promise<RecordSums> {
  const summed = programme.list.filter((n) => ['count', 'money'].includes(programme.fields[n]?.kind ?? ''))
  if (summed.length === 0) return { sums: {} }
  const columns = summed.map(
    (n) => sql`, coalesce(sum(t.${sql.ref(columnName(n))}), 0)::float8 AS ${sql.ref(n)}`,
  )
  const query = await asked(deps, tx, actor, programme, q)
  const summedRow = await first<Record<string, number>>(
    tx,
    sql`WITH r AS MATERIALIZED (SELECT * FROM (${found(query, keyColumns, sql``)}) part LIMIT ${countLimit + 1})
      SELECT count(*) AS "#" ${sql.join(columns, sql``)} FROM r ${joined(programme)}`,
  )
  const { '#': count, ...sums } = summedRow!
  return { sums: count! > countLimit ? null : sums }
}

/** The spine's columns that a list shows; the rest stays in the database. */
const lean = sql`(SELECT row_to_json(s) FROM (SELECT r.id, r.programme, r.title, r.starts_on, r.occurred_on, r.place, r.org_id,
  r.scope_code, r.state, r.turn_of, r.version, r.grade, r.warnings, r.entered_on, r.submitted_at, r.tags, r.note, r.co_hosts,
  app.after_lock(r.district_id, r.id, r.org_id, r.occurred_on)) s)`

function headValue(spine: Spine, name: string): unknown {
  if (name === 'startsOn') return spine.starts_on
  if (name === 'endsOn') return spine.occurred_on
  return spine[name as 'title' | 'place' | 'grade' | 'tags' | 'note']
}
