import { sql } from 'kysely'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { can } from '#identity/decide.ts'
import type { Asked } from '#export/api.ts'
import { mostFullRows, mostRows } from '#export/rules.ts'
import type { OpenSource, Reading } from '#export/source.server.ts'
import { refLabel } from '#intake/ref.ts'
import { shownFields } from '#intake/target.ts'
import type { BookColumn } from '#paper/sheet/book.ts'
import type { Cell } from '#paper/sheet/cell.ts'
import { cellOf, columnOf } from '#paper/sheet/fieldColumn.ts'
import { briefs } from '#record/place.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { entryFields } from './form.ts'
import { memberSheet } from './intake.ts'
import { sealedFields } from './purposes.ts'
import { askedPersons, classes } from './read.server.ts'
import { maskedOf, plainOf, storedOf, type Values } from './stored.server.ts'
import type { Stored } from './stored.ts'
import { reveal } from './vault.server.ts'

type Ask = Extract<Asked, { kind: 'persons' }>

/** Persons of one statement. */
const perStatement = 200

/**
 * Members of a query, or those of it that were marked, masked as lists show them. In full only those of her own unit, each value noted for the person whose it
 * is; the second factor was asked for when the file was.
 * @throws Problem.notFound, denied, invalid
 */
export const openPersons: OpenSource<Ask> = async ({ deps, tx, actor, full, reason }, ask) => {
  if (!can(actor, 'person.read')) throw Problem.denied({ what: '您的岗位不查看会员登记' })
  const { filter, ids: chosen } = ask
  if (full && filter.org !== String(actor.org.id))
    throw Problem.invalid({
      issues: [{ field: 'full', message: '完整信息只能导出本单位的会员，请先把单位选为本单位' }],
    })
  const own = full ? [sql`p.org_id = ${actor.org.id}`] : []
  const { from, asked } = await askedPersons(tx, actor, filter)
  const marked = chosen ? [sql`p.id = ANY (${chosen}::uuid[])`] : []
  const where = sql.join([...asked, ...own, ...marked], sql` AND `)
  const counted = await first<{ n: number }>(
    tx,
    sql`SELECT count(*)::int AS n FROM (SELECT FROM ${from} WHERE ${where} LIMIT ${mostRows + 1}) x`,
  )
  if (full && counted!.n > mostFullRows)
    throw Problem.invalid({
      issues: [
        {
          field: 'full',
          message: `完整信息一次最多导出 ${mostFullRows} 人，现有 ${counted!.n} 人，请加上筛选条件`,
        },
      ],
    })
  const names = await briefs(tx, [Number(filter.org ?? actor.org.id)])
  return {
    title: '会员登记',
    scope: [
      `${[...names.values()][0]!.name}${full ? '' : '及所属单位'}`,
      filter.standing === 'left' ? '已离开' : '在册',
      ...[filter.kind, filter.sex, filter.group].filter((word) => word !== undefined),
      ...(filter.q ? [`姓名“${filter.q}”`] : []),
      ...(chosen ? [`其中选定的 ${counted!.n} 人`] : []),
    ],
    rows: counted!.n,
    personal: true,
    columns: columnsOf()
      .filter((column) => !column.hidden)
      .map((column) => column.title),
    sheets: async (reading) => {
      const ids = await reading((tx2) =>
        rows<{ id: string }>(
          tx2,
          sql`SELECT p.id FROM ${from} WHERE ${where} ORDER BY p.name_sort, p.id LIMIT ${mostRows}`,
        ),
      )
      const list = ids.map(({ id }) => id)
      return [
        {
          name: '会员',
          columns: columnsOf(),
          rows: leaving(deps, actor, list, reading, full ? reason : null),
        },
      ]
    },
  }
}

const text = (title: string, width: number): BookColumn => ({ title, kind: 'text', width })

/** The columns of the import template; a masked birth is no date. */
const columnsOf = (): BookColumn[] => [
  { ...text(refLabel, 12), hidden: true },
  ...shownFields(memberSheet).map(([key, field]) => ({
    ...columnOf(field),
    ...(key === 'birth' ? { kind: 'text' as const } : {}),
  })),
  text('所属单位', 28),
  text('在册情况', 12),
]

async function* leaving(
  deps: Deps,
  actor: Actor,
  ids: readonly string[],
  reading: Reading,
  /** Null: masked. */
  reason: string | null,
): AsyncGenerator<{ cells: Cell[] }> {
  for (let at = 0; at < ids.length; at += perStatement) {
    const part = ids.slice(at, at + perStatement)
    const found = await reading(async (tx) => {
      const stored = await storedOf(tx, part)
      if (reason === null) {
        const masks = await maskedOf(deps, tx, stored)
        return stored.map((person) => ({ ...person, ...masks.get(person.id) }))
      }
      const values = await opened(deps, tx, actor, stored, reason)
      return stored.flatMap((person) => {
        const own = values.get(person.id)
        return own ? [{ ...person, ...own }] : []
      })
    })
    for (const person of found) yield { cells: cellsOf(person) }
  }
}

async function opened(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  stored: readonly Stored[],
  reason: string,
): Promise<Map<string, Values>> {
  const place = { id: actor.org.id, scopeCode: actor.org.scopeCode, viewCode: null, class: classes.sensitive }
  const all = new Map<string, Values>()
  for (const person of stored) {
    // She may have moved away since the file was asked for.
    if (person.orgId !== actor.org.id || !can({ ...actor, stepUp: true }, 'person.reveal', place)) continue
    const values = await reveal(deps, tx, actor, person.id, sealedFields, {
      purpose: 'membership',
      reason: `导出表格：${reason}`,
    })
    all.set(person.id, plainOf(values))
  }
  return all
}

const cellsOf = (person: Stored): Cell[] => [
  `${person.id}:${person.version}`,
  ...shownFields(memberSheet).map(([key]) =>
    key === 'birth'
      ? ((person[key] as string | null) ?? null)
      : cellOf(entryFields[key as keyof typeof entryFields], person[key]),
  ),
  person.org,
  person.untilOn === null ? '在册' : `${person.untilOn} 离开`,
]
