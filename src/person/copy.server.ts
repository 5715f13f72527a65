import { sql } from 'kysely'
import { headMark } from '#audit/mark.server.ts'
import type { Actor } from '#identity/actor.ts'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { openWords } from '#help/sealedWords.server.ts'
import { openProfile } from '#match/seal.server.ts'
import { writeListing } from '#paper/docx/listing.server.ts'
import { keyed, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { auditPerson } from './audit.server.ts'
import { listingOf, type Copy } from './copyText.ts'
import { herTables, sealedElsewhere, withheld } from './hers.ts'
import { myId } from './mine.server.ts'
import { sealedFields } from './purposes.ts'
import { openFor, reveal } from './vault.server.ts'

/**
 * Everything about her: her sealed values opened (which is noted as her own reading) and every row of every table that is hers.
 * @throws Problem.notFound
 */
export async function copyMine(deps: Deps, tx: Tx, work: UnitOfWork): Promise<Copy> {
  const { actor } = work
  const id = await myId(tx, actor)
  const values = await reveal(deps, tx, actor, id, sealedFields, { purpose: 'self', reason: '导出本人信息' })
  const own = await keyed<{ id: string }>(
    tx,
    sql`SELECT id FROM app.person WHERE id = ${id}::uuid OR merged_into = ${id}::uuid`,
  )
  const persons = own.map((p) => p.id)
  const copied: Copy['tables'] = {}
  // What is sealed comes first: that it was opened for this copy stands in the copy.
  const order = [...new Set([...Object.keys(sealedElsewhere), ...Object.keys(herTables)])]
  for (const table of order) {
    const { title, by, key, via } = herTables[table]!
    const whose = by === 'person' ? persons : [actor.accountId]
    const hers = via
      ? sql`(SELECT v.id FROM ${sql.raw(`app.${via}`)} v WHERE v.person_id = ANY (${whose}::uuid[]))`
      : sql`(${whose}::uuid[])`
    const found = await rows<{ row: Record<string, unknown> }>(
      tx,
      sql`SELECT to_jsonb(t) AS row FROM ${sql.raw(`app.${table}`)} t WHERE ${sql.raw(`t.${key}`)} = ANY ${hers}
        ${table === 'person_request' ? sql`OR t.other_id = ANY (${persons}::uuid[])` : sql``}
        ${table === 'person_hold' ? sql`AND (t.lifted_at IS NOT NULL OR t.until_on < ${deps.today()}::date)` : sql``} ORDER BY t`,
    )
    const open = await opener(deps, tx, actor, table, found.length)
    const list = []
    for (const { row } of found)
      list.push(
        Object.fromEntries(Object.entries(await open(row)).filter(([column]) => !withheld.has(column))),
      )
    copied[table] = { title, rows: list }
  }
  const tables = Object.fromEntries(Object.keys(herTables).map((table) => [table, copied[table]!]))
  auditPerson(work, 'person.export', id)
  return { madeOn: deps.today(), id, values, tables }
}

type Stored = Record<string, unknown>

/** Opens what is sealed of her outside the register, once noted as her own reading. */
async function opener(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  table: string,
  count: number,
): Promise<(row: Stored) => Promise<Stored>> {
  if (table === 'suggestion')
    return (row) =>
      Promise.resolve({
        ...row,
        ...Object.fromEntries(
          (['body', 'answer'] as const).map((column) => [
            column,
            openWords(deps.crypto, column, String(row['id']), String(row[column])),
          ]),
        ),
      })
  if (table === 'match_profile') return (row) => Promise.resolve({ ...row, ...openProfile(deps.crypto, row) })
  const columns = sealedElsewhere[table]
  if (columns === undefined || count === 0) return (row) => Promise.resolve(row)
  return async (row) => {
    const sealed = columns.map((column) => ({
      at: { table, column, id: String(row['id']) },
      bytes: typeof row[column] === 'string' ? Buffer.from(row[column].slice(2), 'hex') : null,
    }))
    const why = { purpose: 'self', reason: '导出本人信息' } as const
    const texts = await openFor(deps, tx, actor, String(row['person_id']), sealed, 'hardshipFile', why)
    return { ...row, ...Object.fromEntries(columns.map((column, at) => [column, texts[at] ?? null])) }
  }
}

/** The same as a Word file, in words. @throws Problem.notFound */
export async function copyMineDocx(
  deps: Deps,
  tx: Tx,
  work: UnitOfWork,
): Promise<{ name: string; bytes: Uint8Array }> {
  const copy = await copyMine(deps, tx, work)
  const orgs = await rows<{ id: number; name: string }>(tx, sql`SELECT id, name FROM app.org`)
  const listing = listingOf(copy, {
    isDemo: deps.mode === 'demo',
    orgs: new Map(orgs.map((o) => [o.id, o.name])),
    labelOf: (key) => deps.findProgramme(key)?.label,
  })
  const mark = await headMark(tx, work.actor.org.districtId)
  return { name: `${listing.title.join('')}.docx`, bytes: await writeListing(listing, mark) }
}
