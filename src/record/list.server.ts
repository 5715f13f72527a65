import { sql, type RawBuilder } from 'kysely'
import * as z from 'zod/mini'
import { columnName, tableOf } from '#kit/columns.ts'
import { isDay } from '#kit/day.ts'
import { head } from '#kit/head.ts'
import { Problem } from '#kit/problem.ts'
import type { Programme } from '#kit/programme.ts'
import type { Actor } from '#identity/actor.ts'
import { can, type Place } from '#identity/policy.ts'
import type { Deps } from '#server/deps.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { uuid, type RecordList, type RecordQuery } from './api.ts'
import { rowHead } from './detail.server.ts'
import { briefs } from './place.server.ts'
import type { Spine } from './spine.ts'
import { viewedOnly, visible } from './visible.server.ts'
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

/** The filters of a query on spine r and typed row t, names only from the definition. @throws Problem.badRequest */
async function conditions(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  programme: Programme,
  q: RecordQuery,
): Promise<RawBuilder<unknown>[]> {
  const list = [sql`r.programme = ${deps.catalogue.programmeId(programme.key)}`, visible(actor)]
  if (q.org) {
    const org = await first<Place>(
      tx,
      sql`SELECT id, scope_code AS "scopeCode", view_code AS "viewCode" FROM app.org WHERE id = ${/^\d{1,9}$/.test(q.org) ? Number(q.org) : 0}`,
    )
    if (!org || !can(actor, 'record.read', org)) throw Problem.notFound()
    const [from, until] = [org.scopeCode, `${org.scopeCode}~`]
    list.push(
      sql`((r.scope_code >= ${from} AND r.scope_code < ${until}) OR (r.view_code >= ${from} AND r.view_code < ${until}))`,
    )
  }
  if (q.state) list.push(sql`r.state = ${q.state}`)
  if (q.from) list.push(sql`r.occurred_on >= ${dayOf(q.from, 'from')}::date`)
  if (q.until) list.push(sql`r.occurred_on <= ${dayOf(q.until, 'until')}::date`)
  if (q.grade) list.push(sql`r.grade = ${q.grade}`)
  if (q.where) list.push(whereField(programme, q.where))
  if (q.q?.trim()) {
    const words = bigrams(q.q)
    // The function reads the bigram index, which a policy would hide from the planner.
    list.push(
      sql`(r.district_id, r.id) IN (SELECT f.district_id, f.id FROM app.find_records(${words}, ${deps.catalogue.programmeId(programme.key)}::smallint, ${countLimit + 1}) f)`,
    )
  }
  return list
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

/** One page of a programme's records, newest first; by key from `after` or `before`, by number within the first 10,000. */
export async function listRecords(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  programme: Programme,
  q: RecordQuery,
): Promise<RecordList> {
  const size = Number(q.size ?? 20)
  const filters = await conditions(deps, tx, actor, programme, q)
  const where = sql.join(filters, sql` AND `)
  const typed = programme.list.filter((name) => name in programme.fields)
  const columns = typed.map((name) => sql`, t.${sql.ref(columnName(name))} AS ${sql.ref(`v_${name}`)}`)
  const from = sql`FROM app.record r JOIN ${sql.raw(`app.${tableOf(programme)}`)} t ON t.district_id = r.district_id AND t.record_id = r.id`
  const key = q.after ? keyOf(q.after) : q.before ? keyOf(q.before) : null
  const bound = key
    ? sql` AND (r.occurred_on, r.id) ${q.after ? sql`<` : sql`>`} (${key.on}::date, ${key.id}::uuid)`
    : sql``
  const order = q.before ? sql`ORDER BY r.occurred_on, r.id` : sql`ORDER BY r.occurred_on DESC, r.id DESC`
  const page = Math.max(1, Math.floor(Number(q.page ?? 1)) || 1)
  const offset = key ? 0 : Math.min((page - 1) * size, countLimit)
  const found = await rows<{ spine: Spine } & Record<string, unknown>>(
    tx,
    sql`SELECT ${lean} AS spine ${sql.join(columns, sql``)} ${from} WHERE ${where} ${bound} ${order} LIMIT ${size + 1} OFFSET ${offset}`,
  )
  const more = found.length > size
  const shown = found.slice(0, size)
  if (q.before) shown.reverse()
  const counted = await count(tx, programme, from, where, Boolean(q.where))
  const names = await briefs(
    tx,
    shown.flatMap(({ spine }) => [spine.org_id, spine.turn_of]),
  )
  const hasNext = q.before ? true : more
  const hasPrevious = q.before ? more : q.after !== undefined || offset > 0
  return {
    rows: shown.map((f) => ({
      ...rowHead(deps, f.spine, names, viewedOnly(actor, f.spine.scope_code)),
      values: Object.fromEntries(
        programme.list.map((name) => [
          name,
          name in head ? headValue(f.spine, name) : (f[`v_${name}`] ?? null),
        ]),
      ),
    })),
    ...counted,
    next: hasNext && shown.length > 0 ? cursorOf(shown.at(-1)!.spine) : null,
    previous: hasPrevious && shown.length > 0 ? cursorOf(shown[0]!.spine) : null,
  }
}

/** The spine's columns that a list shows; the rest stays in the database. */
const lean = sql`jsonb_build_object('id', r.id, 'programme', r.programme, 'title', r.title, 'starts_on', r.starts_on,
  'occurred_on', r.occurred_on, 'place', r.place, 'org_id', r.org_id, 'scope_code', r.scope_code, 'state', r.state,
  'turn_of', r.turn_of, 'version', r.version, 'grade', r.grade, 'warnings', r.warnings, 'entered_on', r.entered_on,
  'submitted_at', r.submitted_at, 'tags', r.tags, 'note', r.note)`

function headValue(spine: Spine, name: string): unknown {
  if (name === 'startsOn') return spine.starts_on
  if (name === 'endsOn') return spine.occurred_on
  return spine[name as 'title' | 'place' | 'grade' | 'tags' | 'note']
}

/**
 * Bounded count, and sums of the counted columns while it is exact. The count reads the spine alone, by index, wherever no
 * filter asks for the typed row: joining ten thousand rows costs more than the page itself.
 */
async function count(
  tx: Tx,
  programme: Programme,
  joined: RawBuilder<unknown>,
  where: RawBuilder<unknown>,
  ofTypedRow: boolean,
): Promise<Pick<RecordList, 'count' | 'capped' | 'sums'>> {
  const from = ofTypedRow ? joined : sql`FROM app.record r`
  const counted = await first<{ n: number }>(
    tx,
    sql`SELECT count(*) AS n FROM (SELECT 1 ${from} WHERE ${where} LIMIT ${countLimit + 1}) x`,
  )
  if (counted!.n > countLimit) return { count: countLimit, capped: true, sums: null }
  const summed = programme.list.filter((n) => ['count', 'money'].includes(programme.fields[n]?.kind ?? ''))
  if (summed.length === 0) return { count: counted!.n, capped: false, sums: {} }
  const columns = summed.map(
    (n) => sql`coalesce(sum(t.${sql.ref(columnName(n))}), 0)::float8 AS ${sql.ref(n)}`,
  )
  const sums = await first<Record<string, number>>(
    tx,
    sql`SELECT ${sql.join(columns)} ${joined} WHERE ${where}`,
  )
  return { count: counted!.n, capped: false, sums }
}
