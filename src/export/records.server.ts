import { sql, type RawBuilder } from 'kysely'
import { realDayOf } from '#kit/day.ts'
import { Problem } from '#kit/problem.ts'
import type { Programme } from '#kit/programme.ts'
import type { Actor } from '#identity/actor.ts'
import type { BookRow } from '#paper/sheet/book.ts'
import type { Cell } from '#paper/sheet/cell.ts'
import { countRecords, recordKeys, type ListKey } from '#record/list.server.ts'
import { briefs } from '#record/place.server.ts'
import { classNumber } from '#record/spine.ts'
import { loadRecords } from '#record/rows.server.ts'
import { visible } from '#record/visible.server.ts'
import { stateLabels } from '#record/workflow.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import type { Asked } from './api.ts'
import { childCells, childColumns, recordCells, recordColumns, type Leaving } from './recordColumns.ts'
import { maskOf } from './masks.ts'
import { mostFullRows, mostRows } from './rules.ts'
import type { OpenSource, Reading } from './source.server.ts'

type Ask = Extract<Asked, { kind: 'records' }>

/** Records of one statement. */
const perStatement = 500

/** Records of a programme, by query or chosen by hand, as she may read them. @throws Problem.notFound, badRequest */
export const openRecords: OpenSource<Ask> = async ({ deps, tx, actor, full }, ask) => {
  const programme = deps.findProgramme(ask.programme)
  if (!programme) throw Problem.notFound()
  const count = ask.ids
    ? (await chosenKeys(deps, tx, actor, programme, ask.ids)).length
    : await countRecords(deps, tx, actor, programme, ask.filter, mostRows)
  if (full && count > mostFullRows)
    throw Problem.invalid({
      issues: [{ field: 'full', message: `姓名完整的一次最多导出 ${mostFullRows} 条，请加上筛选条件` }],
    })
  const maskFor = (record: Leaving) => maskOf(programme, record.row, full)
  return {
    title: `${programme.label}台账`,
    scope: await scopeOf(tx, actor, programme, ask),
    rows: count,
    personal: classNumber(programme.class) >= 2,
    columns: recordColumns(programme)
      .filter((column) => !column.hidden)
      .map((column) => column.title),
    sheets: async (reading) => {
      const keys = await reading((own) =>
        ask.ids
          ? chosenKeys(deps, own, actor, programme, ask.ids)
          : recordKeys(deps, own, actor, programme, ask.filter, mostRows),
      )
      const children = Object.keys(programme.children).map((child) => ({ child, rows: [] as BookRow[] }))
      return [
        {
          name: programme.label,
          columns: recordColumns(programme),
          rows: leaving(programme, actor, keys, reading, (record) => {
            const mask = maskFor(record)
            for (const { child, rows: list } of children)
              list.push(...childCells(programme, child, record, mask).map((cells) => ({ cells })))
            return recordCells(programme, record, mask)
          }),
        },
        ...children.map(({ child, rows: list }) => ({
          name: programme.children[child]!.label,
          columns: childColumns(programme, child),
          rows: list,
        })),
      ]
    },
  }
}

const chosenKeys = (
  deps: Deps,
  tx: Tx,
  actor: Actor,
  programme: Programme,
  ids: readonly string[],
): Promise<ListKey[]> =>
  rows<ListKey>(
    tx,
    sql`SELECT r.district_id, r.id FROM app.record r WHERE r.programme = ${deps.catalogue.programmeId(programme.key)}
      AND r.id = ANY (${[...ids]}::uuid[]) AND ${visible(actor)} ORDER BY r.occurred_on DESC, r.id DESC`,
  )

const named = (keys: readonly ListKey[]): RawBuilder<unknown> =>
  sql`(r.district_id, r.id) IN (SELECT * FROM unnest(${keys.map((k) => k.district_id)}::int[], ${keys.map((k) => k.id)}::uuid[]))`

/** Rows in the order of their keys, read in pieces while the file is written; which they are was fixed before. */
async function* leaving(
  programme: Programme,
  actor: Actor,
  keys: readonly ListKey[],
  reading: Reading,
  cellsOf: (record: Leaving) => Cell[],
): AsyncGenerator<{ cells: Cell[] }> {
  for (let at = 0; at < keys.length; at += perStatement) {
    const part = keys.slice(at, at + perStatement)
    const found = await reading(async (tx) => {
      const loaded = await loadRecords(tx, programme, sql`${named(part)} AND ${visible(actor)}`)
      const names = await briefs(
        tx,
        loaded.flatMap(({ spine }) => [spine.org_id, ...spine.co_hosts]),
      )
      return new Map(
        loaded.map(({ spine, row }): [string, Leaving] => [
          spine.id,
          {
            id: spine.id,
            version: spine.version,
            row,
            state: spine.state,
            org: names.get(spine.org_id)!.name,
            coHosts: spine.co_hosts.flatMap((id) => names.get(id)?.name ?? []),
            acceptedOn:
              spine.state === 'accepted' && spine.decided_at ? realDayOf(new Date(spine.decided_at)) : null,
          },
        ]),
      )
    })
    for (const { id } of part) {
      const record = found.get(id)
      if (!record) continue
      yield { cells: cellsOf(record) }
    }
  }
}

/** The query in words. */
async function scopeOf(tx: Tx, actor: Actor, programme: Programme, { filter, ids }: Ask): Promise<string[]> {
  const id = Number(filter.org ?? actor.org.id)
  const org = (await briefs(tx, [id])).get(id)
  const [field = '', value = ''] = filter.where?.split(':') ?? []
  const said = value === 'true' ? '是' : value === 'false' ? '否' : value
  return [
    ids ? `手工选择的 ${ids.length} 条` : `${org?.name ?? actor.org.name}及所属单位`,
    filter.from || filter.until ? `日期 ${filter.from ?? '不限'} 至 ${filter.until ?? '不限'}` : '',
    filter.state ? `状态 ${stateLabels[filter.state]}` : '',
    filter.grade ? `证据等级 ${filter.grade}` : '',
    filter.where ? `${programme.fields[field]?.label ?? field} ${said}` : '',
    filter.q ? `关键词“${filter.q}”` : '',
  ].filter(Boolean)
}
