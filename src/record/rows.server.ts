import { sql, type RawBuilder } from 'kysely'
import { childTableOf, columnName, tableOf, tablesOf } from '#kit/columns.ts'
import type { AnyRow, Programme } from '#kit/programme.ts'
import type { Fields } from '#kit/field/kind.ts'
import { head } from '#kit/head.ts'
import { rows, send, type Tx } from '#server/database.server.ts'
import { spineOf } from './keeper.server.ts'
import type { Spine } from './spine.ts'

type Json = Readonly<Record<string, unknown>>
/** A record whole: spine, and the row in the names of the definition. */
export type Loaded = { spine: Spine; row: AnyRow }

const headColumns: Record<keyof typeof head, keyof Spine> = {
  title: 'title',
  startsOn: 'starts_on',
  endsOn: 'occurred_on',
  place: 'place',
  grade: 'grade',
  tags: 'tags',
  note: 'note',
}

const table = (name: string) => sql.raw(`app.${name}`)

const named = (fields: Fields, stored: Json): Record<string, unknown> =>
  Object.fromEntries(Object.keys(fields).map((key) => [key, stored[columnName(key)] ?? null]))

const stored = (fields: Fields, row: AnyRow): Record<string, unknown> =>
  Object.fromEntries(Object.keys(fields).map((key) => [columnName(key), row[key] ?? null]))

/** The columns of the spine that the head fills. */
export function spineOfHead(
  row: AnyRow,
): Pick<Spine, 'title' | 'starts_on' | 'occurred_on' | 'place' | 'grade' | 'tags' | 'note'> {
  return Object.fromEntries(
    Object.entries(headColumns).map(([key, column]) => [column, row[key] ?? null]),
  ) as never
}

/** SELECT of whole records of a programme; `where` speaks of the spine as r. */
function selectWhole(programme: Programme, where: RawBuilder<unknown>): RawBuilder<unknown> {
  const children = Object.keys(programme.children).map(
    (
      child,
    ) => sql`, (SELECT coalesce(jsonb_agg(to_jsonb(c) ORDER BY c.line), '[]') FROM ${table(childTableOf(programme, child))} c
      WHERE c.district_id = r.district_id AND c.record_id = r.id) AS ${sql.ref(child)}`,
  )
  return sql`SELECT ${spineOf} AS spine, to_jsonb(t) AS own ${sql.join(children, sql``)}
    FROM app.record r JOIN ${table(tableOf(programme))} t ON t.district_id = r.district_id AND t.record_id = r.id WHERE ${where}`
}

/** Loads whole records of one programme. `where` speaks of the spine as r and carries visible(actor); `run` keyed where it names one record. */
export async function loadRecords(
  tx: Tx,
  programme: Programme,
  where: RawBuilder<unknown>,
  run: typeof rows = rows,
): Promise<Loaded[]> {
  const found = await run<{ spine: Spine; own: Json } & Json>(tx, selectWhole(programme, where))
  return found.map((f) => {
    const row: Record<string, unknown> = named(programme.fields, f.own)
    for (const [key, column] of Object.entries(headColumns)) row[key] = f.spine[column] ?? null
    for (const [child, spec] of Object.entries(programme.children)) {
      row[child] = (f[child] as Json[]).map((line) => named(spec.fields, line))
    }
    return { spine: f.spine, row }
  })
}

/** Inserts spines; one statement for one record or a thousand. */
export function insertSpines(tx: Tx, spines: readonly Spine[]): void {
  send(tx, insertInto('record', spines))
}

export type HistoryLine = {
  district_id: number
  record_id: string
  version: number
  at: string
  account_id: string
  org_id: number
  /** The post that she acted for, where its holder was away. */
  behalf_post: string | null
  action: string
  state: string
  reason: string | null
  changes: object[]
}

/** Typed rows and child rows as the tables hold them, by table name. */
function tableRows(programme: Programme, records: readonly Loaded[]): Map<string, object[]> {
  const result = new Map<string, object[]>()
  for (const { name, child } of tablesOf(programme)) {
    result.set(
      name,
      records.flatMap(({ spine, row }) => {
        const keys = { district_id: spine.district_id, record_id: spine.id }
        if (child === null) return [{ ...keys, ...stored(programme.fields, row) }]
        const fields = programme.children[child]!.fields
        return ((row[child] ?? []) as AnyRow[]).map((line, i) => ({
          ...keys,
          line: i,
          ...stored(fields, line),
        }))
      }),
    )
  }
  return result
}

const insertInto = (name: string, list: readonly object[]) =>
  sql`INSERT INTO ${table(name)} SELECT * FROM jsonb_populate_recordset(NULL::${table(name)}, ${JSON.stringify(list)}::jsonb)`

/** Inserts typed rows, child rows and history of records whose spines stand; one statement. */
export function insertTyped(
  tx: Tx,
  programme: Programme,
  records: readonly Loaded[],
  history: readonly HistoryLine[],
): void {
  const parts = [...tableRows(programme, records)].filter(([, list]) => list.length > 0)
  const ctes = parts.map(([name, list], i) => sql`${sql.raw(`p${i}`)} AS (${insertInto(name, list)})`)
  send(tx, sql`WITH ${sql.join(ctes)} ${insertInto('record_history', history)}`)
}

/** Replaces the typed row and child rows of a record. */
export function replaceTyped(tx: Tx, programme: Programme, record: Loaded): void {
  const { district_id, id } = record.spine
  for (const [name, list] of tableRows(programme, [record])) {
    if (name === tableOf(programme)) {
      const columns = Object.keys(stored(programme.fields, record.row))
      const assignments = columns.map((c) => sql`${sql.ref(c)} = n.${sql.ref(c)}`)
      send(
        tx,
        sql`UPDATE ${table(name)} t SET ${sql.join(assignments)}
        FROM jsonb_populate_recordset(NULL::${table(name)}, ${JSON.stringify(list)}::jsonb) n
        WHERE t.district_id = ${district_id} AND t.record_id = ${id}`,
      )
    } else {
      send(tx, sql`DELETE FROM ${table(name)} WHERE district_id = ${district_id} AND record_id = ${id}`)
      if (list.length > 0) send(tx, insertInto(name, list))
    }
  }
}

/** History alone, for acts that change no value. */
export function insertHistory(tx: Tx, history: readonly HistoryLine[]): void {
  send(tx, insertInto('record_history', history))
}
