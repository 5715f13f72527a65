import { sql } from 'kysely'
import { readRules } from '#rules/tables.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { ClassDetail } from './api.ts'
import type { Stored } from './class.server.ts'
import { blocksOf, oldestCheck, unscannedBlocks, type Staffing } from './blocks.ts'
import { heldOf, type ChildrenOn, type Day, type Held } from './enrolled.ts'
import { childcareSafety } from './rules.ts'
import { asksScans } from './scans.server.ts'
import { shownDays } from './shown.server.ts'
import { paperKinds, paperWords, type Act, type HeldBy, type PaperKind } from './states.ts'

/** The rule of the day, with the oldest day of a check that holds. */
export async function safetyOn(tx: Tx, today: string): Promise<{ checkMonths: number; oldest: string }> {
  const { checkMonths } = (await readRules(tx)).on(childcareSafety, today).value
  return { checkMonths, oldest: oldestCheck(today, checkMonths) }
}

export async function staffingOf(tx: Tx, classId: string, oldest: string, today: string): Promise<Staffing> {
  const found = await first<Staffing>(
    tx,
    sql`SELECT * FROM app.childcare_staffing(${classId}::uuid, ${oldest}::date, ${today}::date)`,
  )
  return found ?? { staff: 0, unchecked: 0, stale: 0, unfit: 0, uncertified: 0 }
}

/** Whether everybody is checked and certified: all that whoever stands above learns of them. */
export const isStaffed = async (tx: Tx, classId: string, oldest: string, today: string): Promise<boolean> =>
  (await first<{ is: boolean }>(
    tx,
    sql`SELECT app.childcare_staffed(${classId}::uuid, ${oldest}::date, ${today}::date) AS is`,
  ))!.is

/** Who took a class down from above and has not let it up again. */
export async function heldByOf(tx: Tx, classId: string, city: number | undefined): Promise<HeldBy> {
  const last = await first<{ act: Act; org: number }>(
    tx,
    sql`SELECT act, by_org AS org FROM app.childcare_step WHERE class_id = ${classId}::uuid
      AND act IN ('publish', 'takeDown', 'suspend', 'release') ORDER BY id DESC LIMIT 1`,
  )
  if (last?.act !== 'suspend') return null
  return last.org === city ? 'city' : 'recommender'
}

/** Papers that lack, by the labels of the screen. */
export const missingOf = (
  held: readonly { kind: PaperKind; validUntil: string }[],
  today: string,
): string[] =>
  paperKinds
    .filter((kind) => !held.some((one) => one.kind === kind && one.validUntil >= today))
    .map((kind) => paperWords[kind])

/** Papers that hold without a scan, by the labels of the screen. */
export const unscannedOf = (
  held: readonly { kind: PaperKind; validUntil: string; scan: object | null }[],
  today: string,
): string[] =>
  paperKinds
    .filter((kind) => held.some((one) => one.kind === kind && one.validUntil >= today && one.scan === null))
    .map((kind) => paperWords[kind])

export type Paper = ClassDetail['papers'][number]
export const papersOf = (tx: Tx, classId: string): Promise<Paper[]> =>
  rows<Paper>(
    tx,
    sql`SELECT kind, number, issuer, valid_until::text AS "validUntil",
        CASE WHEN scan_hash IS NOT NULL THEN jsonb_build_object('name', scan_name, 'bytes', scan_bytes) END AS scan
      FROM app.childcare_paper WHERE class_id = ${classId}::uuid`,
  )

/** Why a class may be shown to nobody today, and how many work there. */
export async function blocksFor(
  tx: Tx,
  { id: classId, made_on: madeOn }: Pick<Stored, 'id' | 'made_on'>,
  today: string,
): Promise<{ blocks: string[]; staff: number }> {
  const { checkMonths, oldest } = await safetyOn(tx, today)
  const [staffing, papers, isAsked] = await Promise.all([
    staffingOf(tx, classId, oldest, today),
    papersOf(tx, classId),
    asksScans(tx, madeOn),
  ])
  const blocks = [
    ...blocksOf(staffing, missingOf(papers, today), checkMonths),
    ...(isAsked ? unscannedBlocks(unscannedOf(papers, today)) : []),
  ]
  return { blocks, staff: staffing.staff }
}

/** What the days on which a class was shown come to. */
export async function heldDays(tx: Tx, classId: string): Promise<Held> {
  const [found, days] = await Promise.all([
    first<{ childrenOn: ChildrenOn }>(
      tx,
      sql`SELECT children_on AS "childrenOn" FROM app.childcare_class WHERE id = ${classId}::uuid`,
    ),
    rows<Day>(
      tx,
      sql`SELECT n.on_day::text AS "onDay", n.came FROM app.childcare_class c JOIN app.childcare_session n ON n.district_id = c.district_id AND n.class_id = c.id
        WHERE c.id = ${classId}::uuid AND n.on_day <@ ${shownDays}`,
    ),
  ])
  return heldOf(days, found!.childrenOn)
}
