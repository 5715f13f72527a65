import { sql } from 'kysely'
import { bounds } from '#kit/bounds.ts'
import { Problem } from '#kit/problem.ts'
import type { Actor } from '#identity/actor.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import type { Deps } from '#server/deps.server.ts'
import { keptDays, type Counts } from './api.ts'
import type { RawLine } from './line.ts'
import type { Mapping } from './mapping.ts'
import { pacer } from './pace.server.ts'
import { sealFor, type Seal } from './seal.server.ts'
import {
  lineStates,
  readyStates,
  type Asked,
  type Choice,
  type LineIssue,
  type LineState,
  type Twin,
} from './target.ts'

/** What is kept of the file as a whole. */
export type Head = {
  fileName: string
  sheets: {
    key: string
    title: string
    headings: string[]
    mapping: Mapping
    /** Of workbooks that came before it was noted: absent. */
    headingRow?: number
  }[]
  leftAside: string[]
}
/** What is kept of a row. */
export type Body = RawLine & {
  issues: LineIssue[]
  choice: Choice | null
  twin: Twin | null
  /** What stood in the place of a row that was committed. */
  before?: unknown
}
export type Kept = Body & {
  sheet: number
  line: number
  state: LineState
  made: string | null
  asks: Asked | null
}

export type Intake = {
  id: string
  districtId: number
  target: string
  state: 'open' | 'committed' | 'undone'
  version: number
  madeAt: string
  keptUntil: string
  committedAt: string | null
  mayUndo: boolean
  head: Head
  seal: Seal
}

type Stored = Omit<Intake, 'head' | 'seal'> & { wrapped: Buffer; head: Buffer }

const columns = (
  undoHours: number,
) => sql`id, district_id AS "districtId", target, state, version, wrapped, head,
  to_jsonb(made_at) #>> '{}' AS "madeAt", to_jsonb(made_at + make_interval(days => ${keptDays}::int)) #>> '{}' AS "keptUntil",
  to_jsonb(committed_at) #>> '{}' AS "committedAt",
  state = 'committed' AND committed_at > now() - make_interval(hours => ${undoHours}::int) AS "mayUndo"`

function opened(deps: Pick<Deps, 'crypto'>, { wrapped, head, ...rest }: Stored): Intake {
  const seal = sealFor(deps.crypto, rest.id, wrapped)
  return { ...rest, seal, head: seal.open(head, 'head') as Head }
}

/** A workbook of the actor's own. @throws Problem.notFound, the same for another's and for none */
export async function findIntake(
  deps: Pick<Deps, 'crypto'>,
  tx: Tx,
  actor: Actor,
  id: string,
  lock = false,
): Promise<Intake> {
  const found = await first<Stored>(
    tx,
    sql`SELECT ${columns(24)} FROM app.intake WHERE id = ${id}::uuid AND account_id = ${actor.accountId}::uuid AND org_id = ${actor.org.id} AND state <> 'arriving' ${lock ? sql`FOR UPDATE` : sql``}`,
  )
  if (!found) throw Problem.notFound()
  return opened(deps, found)
}

/** The file of a workbook as it came; null where it is kept by its rows alone. */
export async function ownFile(tx: Tx, { id, seal }: Pick<Intake, 'id' | 'seal'>): Promise<Buffer | null> {
  const found = await first<{ file: Buffer | null }>(
    tx,
    sql`SELECT file FROM app.intake WHERE id = ${id}::uuid`,
  )
  return found?.file ? Buffer.from(seal.open(found.file, 'file') as string, 'base64') : null
}

/** The actor's workbooks, the newest first. */
export async function listIntakes(deps: Pick<Deps, 'crypto'>, tx: Tx, actor: Actor): Promise<Intake[]> {
  const found = await rows<Stored>(
    tx,
    sql`SELECT ${columns(24)} FROM app.intake WHERE account_id = ${actor.accountId}::uuid AND org_id = ${actor.org.id} AND state <> 'arriving' ORDER BY made_at DESC LIMIT ${bounds.intakes.most}`,
  )
  return found.map((stored) => opened(deps, stored))
}

const countsOf = (n: (state: LineState) => number): Counts =>
  Object.fromEntries(lineStates.map((state) => [state, n(state)])) as Counts
const noCounts = countsOf(() => 0)

/** Rows by state, for each sheet by its place. */
export async function countRows(tx: Tx, { id }: Pick<Intake, 'id'>): Promise<Map<number, Counts>> {
  const found = await rows<{ sheet: number; state: LineState; n: number }>(
    tx,
    sql`SELECT sheet, state, count(*) AS n FROM app.intake_row WHERE intake_id = ${id}::uuid GROUP BY 1, 2`,
  )
  const counts = new Map<number, Counts>()
  for (const { sheet, state, n } of found)
    counts.set(sheet, { ...(counts.get(sheet) ?? noCounts), [state]: n })
  return counts
}

export const sumCounts = (list: Iterable<Counts>): Counts =>
  [...list].reduce((sum, c) => countsOf((state) => sum[state] + c[state]), noCounts)

/** What a commit of the rows that are ready would want in words. */
export async function askedOf(tx: Tx, { id }: Pick<Intake, 'id'>): Promise<Asked[]> {
  const found = await rows<{ asks: Asked }>(
    tx,
    sql`SELECT DISTINCT asks FROM app.intake_row WHERE intake_id = ${id}::uuid AND asks IS NOT NULL AND state = ANY(${[...readyStates]}::text[])`,
  )
  return found.map((f) => f.asks)
}

/** Rows of a sheet that keep it from going in, with their places among all of its rows. */
export async function faultsOf(
  tx: Tx,
  { id }: Pick<Intake, 'id'>,
  sheet: number,
): Promise<{ line: number; at: number }[]> {
  return rows(
    tx,
    sql`SELECT line, at FROM (SELECT line, state, (row_number() OVER (ORDER BY line) - 1)::int AS at FROM app.intake_row
      WHERE intake_id = ${id}::uuid AND sheet = ${sheet}) r WHERE state IN ('wrong', 'double') ORDER BY line LIMIT 20000`,
  )
}

type Picked = { sheet?: number; state?: LineState; from?: number; line?: number; most: number }

const placeOf = (sheet: number, line: number): string => `row ${sheet} ${line}`

/** Rows in the order of the file. */
export async function readRows(
  tx: Tx,
  { id, seal }: Pick<Intake, 'id' | 'seal'>,
  { sheet, state, from = 0, line, most }: Picked,
): Promise<Kept[]> {
  const found = await rows<{
    sheet: number
    line: number
    state: LineState
    made: string | null
    asks: Asked | null
    body: Buffer
  }>(
    tx,
    sql`SELECT sheet, line, state, made, asks, body FROM app.intake_row WHERE intake_id = ${id}::uuid
      AND (${sheet ?? null}::int IS NULL OR sheet = ${sheet ?? null}::int) AND (${state ?? null}::text IS NULL OR state = ${state ?? null}::text)
      AND (${line ?? null}::int IS NULL OR line = ${line ?? null}::int) ORDER BY sheet, line LIMIT ${most} OFFSET ${from}`,
  )
  const kept: Kept[] = []
  const pause = pacer()
  for (const { body, ...row } of found) {
    kept.push({ ...row, ...(seal.open(body, placeOf(row.sheet, row.line)) as Body) })
    await pause()
  }
  return kept
}

/** Rows of one statement: enough to be quick, few enough that building them does not hold up others. */
const perStatement = 200

/** Writes rows, in place of what stood there. */
export async function writeRows(
  tx: Tx,
  { id, districtId, seal }: Pick<Intake, 'id' | 'districtId' | 'seal'>,
  list: Iterable<Kept>,
): Promise<void> {
  const pause = pacer()
  let part: object[] = []
  const flush = async () => {
    await sql`INSERT INTO app.intake_row SELECT * FROM jsonb_populate_recordset(NULL::app.intake_row, ${JSON.stringify(part)}::jsonb)
      ON CONFLICT (district_id, intake_id, sheet, line) DO UPDATE SET state = EXCLUDED.state, body = EXCLUDED.body, made = EXCLUDED.made, asks = EXCLUDED.asks`.execute(
      tx,
    )
    part = []
  }
  for (const { sheet, line, state, made, asks, ...body } of list) {
    const sealed = seal.close(body, placeOf(sheet, line))
    part.push({ district_id: districtId, intake_id: id, sheet, line, state, made, asks, body: sealed })
    if (part.length >= perStatement) await flush()
    await pause()
  }
  if (part.length > 0) await flush()
}
