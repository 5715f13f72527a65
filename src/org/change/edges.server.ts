import { sql } from 'kysely'
import { monthOf } from '#kit/day.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { refuseLocked } from '../move.server.ts'

export type Edge = { child_id: number; parent_id: number; line: number; from_ym: number; to_ym: number }
export type Heads = { workers: number; womenWorkers: number; members: number; womenMembers: number }

/** What the way back needs. */
export type Result = {
  made?: number
  edges: Edge[]
  posts?: string[]
  persons?: string[]
  heads?: Heads
  employers?: string[]
  /** Records that the part keeps on, as they were. */
  held?: { id: string; version: number }[]
  compared: number
}

export const edgesOf = (tx: Tx, units: readonly number[]): Promise<Edge[]> =>
  rows<Edge>(tx, sql`SELECT * FROM app.org_edge WHERE child_id = ANY (${[...units]}::int[])`)

type To = { parent: number; fromYm: number; today: string; docNo: string }

/** @returns the districts whose books took counter-entries */
export const moveTo = async (
  tx: Tx,
  child: number,
  { parent, fromYm, today, docNo }: To,
): Promise<number[]> =>
  (await first<{ d: number[] }>(
    tx,
    sql`SELECT app.move_org(${child}::int, ${parent}::int, 1, ${fromYm}::int, ${monthOf(today)}::int, ${today}::date, ${docNo}) AS d`,
  ))!.d

/** Units that come under another one, none of them out of a locked month. @throws Problem.moveLocked */
export async function moveChildren(
  tx: Tx,
  children: readonly number[],
  to: To,
  districts: Set<number>,
): Promise<void> {
  const asked = { line: 1 as const, parentId: to.parent, fromYm: to.fromYm, docNo: to.docNo }
  for (const child of children) {
    await refuseLocked(tx, child, asked)
    for (const d of await moveTo(tx, child, to)) districts.add(d)
    await refuseLocked(tx, child, asked)
  }
}
