import { sql } from 'kysely'
import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { dateHeads, noteUnit, writeUnit, type Before } from './unitUpdate.server.ts'

/** What is kept of a unit that was opened: the state by which it is told whether anybody changed it since. */
export type Opened = { mark: string; code: string }

const idsOf = (made: readonly string[], kind: string): string[] =>
  made.flatMap((one) => (one.startsWith(`${kind}:`) ? [one.slice(kind.length + 1)] : []))

/**
 * Takes back what a workbook of units and accounts became: former values where nobody changed a unit since, accounts that
 * nobody has used, then units to which nothing refers any more. @returns those taken back
 */
export async function takeBack(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  work: UnitOfWork,
  made: readonly string[],
  before: ReadonlyMap<string, unknown>,
): Promise<string[]> {
  return [
    ...(await valuesBack(tx, work, made, before)),
    ...(await accountsBack(tx, work, idsOf(made, 'account'))),
    ...(await unitsBack(deps, tx, work, idsOf(made, 'org'), before)),
  ]
}

async function valuesBack(
  tx: Tx,
  work: UnitOfWork,
  made: readonly string[],
  before: ReadonlyMap<string, unknown>,
): Promise<string[]> {
  const gone: string[] = []
  for (const text of made.filter((one) => one.startsWith('edit:'))) {
    const { id, values, countedOn, cause } = before.get(text) as Before
    const mark = text.slice(text.lastIndexOf(':') + 1)
    const on = { cause: cause ?? null, day: null }
    if ((await writeUnit(tx, id, mark, values, on)) === null) continue
    await dateHeads(tx, [id], countedOn)
    noteUnit(work, 'org.unimport', id, Object.keys(values))
    gone.push(text)
  }
  return gone
}

async function accountsBack(tx: Tx, work: UnitOfWork, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const gone = await rows<{ id: string }>(tx, sql`SELECT app.unopen_accounts(${[...ids]}::uuid[]) AS id`)
  const { districtId } = work.actor.org
  for (const { id } of gone) work.audit({ districtId, action: 'account.unimport', object: `account:${id}` })
  return gone.map(({ id }) => `account:${id}`)
}

async function unitsBack(
  deps: Pick<Deps, 'today'>,
  tx: Tx,
  work: UnitOfWork,
  ids: readonly string[],
  before: ReadonlyMap<string, unknown>,
): Promise<string[]> {
  const opened = ids.flatMap((id) => {
    const stood = before.get(`org:${id}`) as Opened | undefined
    return stood ? [{ id: Number(id), ...stood }] : []
  })
  if (opened.length === 0) return []
  const units = opened.map(({ id }) => id)
  const marks = opened.map(({ mark }) => mark)
  const gone = await rows<{ id: number }>(
    tx,
    sql`SELECT app.unopen_orgs(${units}::int[], ${marks}::text[], ${deps.today()}::date) AS id`,
  )
  for (const { id } of gone) noteUnit(work, 'org.unopen', id, [opened.find((one) => one.id === id)!.code])
  return gone.map(({ id }) => `org:${id}`)
}
