import { sql } from 'kysely'
import { nameSort } from '#org/pinyin.server.ts'
import { demoToday } from '#server/boot.server.ts'
import type { Tx } from '#server/database.server.ts'
import { demoEnterprises } from './enterprises.ts'
import type { LoadedTree } from './loadTree.server.ts'
import type { OrgSeed } from './tree.ts'

const insertAll = (table: string, list: readonly object[]) =>
  sql`INSERT INTO ${sql.raw(`app.${table}`)} SELECT * FROM jsonb_populate_recordset(NULL::${sql.raw(`app.${table}`)}, ${JSON.stringify(list)}::jsonb)`

/** Enters the made-up register of employers and who covers them. @returns how many employers */
export async function loadEnterprises(
  tx: Tx,
  seeds: readonly OrgSeed[],
  { ids }: LoadedTree,
): Promise<number> {
  const list = demoEnterprises(seeds)
  await insertAll(
    'enterprise',
    list.map((e) => ({
      code: e.code,
      name: e.name,
      name_sort: nameSort(e.name),
      kind: e.kind,
      area_id: ids.get(e.area),
      workers: e.workers,
      women_workers: e.womenWorkers,
      closed_on: e.closedOn,
      updated_on: demoToday,
    })),
  ).execute(tx)
  await insertAll(
    'org_employer',
    list.flatMap(({ code, cover }) =>
      cover ? [{ org_id: ids.get(cover.org), code, from_on: cover.fromOn, until_on: null }] : [],
    ),
  ).execute(tx)
  return list.length
}
