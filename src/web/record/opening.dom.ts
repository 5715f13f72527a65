import { v4 as uuid } from 'uuid'
import type { Programme } from '#kit/programme.ts'
import type { OrgBrief } from '#org/api.ts'
import { draft, recordDetail, type Draft, type RecordDetail } from '#record/api.ts'
import { call } from '../api/client.dom.ts'
import { ApiProblem } from '../api/problem.ts'
import { api } from '../paths.ts'
import type { Copy, Kept } from './autosave.ts'
import { carryForward, type Values } from './formState.ts'
import { findLocal, forgetLocal, type LocalDraft } from './localDrafts.dom.ts'
import { meet, same, type Rival } from './merge.ts'
import { movedOf, rebase, type Moved } from './rebase.ts'

type Remark = Draft['remarks'][number]

/** A form as it opens. `was` holds the values that count now, when a record is edited or corrected. */
export type Opened = {
  id: string
  kind: 'draft' | 'correction'
  recordId: string | null
  baseVersion: number | null
  values: Values
  coHosts: OrgBrief[]
  /** The server's copy that the values grew from. */
  base: Copy
  tried: readonly string[]
  /** Filled differently here and elsewhere: hers to choose. */
  rivals: readonly Rival[]
  /** Fields that were filled elsewhere meanwhile and taken over. */
  taken: readonly string[]
  remarks: Remark[]
  was: Values | null
  verdict: string | null
  /** Values that only this browser had: typed without a line, or before the page was closed. */
  recovered: boolean
  carried: boolean
  /** The record went on since the draft was begun: what became of it, and the version that the draft still names. */
  moved: (Moved & { from: number }) | null
  /** Words beside the values, as they were typed when the form opened anew. */
  note: string
  reason: string
}

export type Source = {
  record?: string | undefined
  from?: string | undefined
  kind?: Opened['kind'] | undefined
}

// Drafts begun on this page: the server can't know them yet, so it isn't asked.
const begun = new Set<string>()

/** Id for a draft that starts now. */
export function beginDraft(): string {
  const id = uuid()
  begun.add(id)
  return id
}

/** Forms that go on under a new id or on a newer version: the page hands them over as they stand. */
const handed = new Map<string, Opened>()

/** Lets the next opening of this draft go on with what stands in the form now. */
export const handOver = (opened: Opened): void => {
  handed.set(opened.id, opened)
}

const detailOf = (programme: Programme, id: string): Promise<RecordDetail> =>
  call(api.record(programme.key, id), recordDetail)

async function findDraft(id: string, hasLocal: boolean): Promise<Draft | null> {
  if (begun.has(id)) return null
  try {
    return await call(api.draft(id), draft)
  } catch (thrown) {
    if (!(thrown instanceof ApiProblem)) throw thrown
    if (thrown.status === 404 || (thrown.status === 0 && hasLocal)) return null
    throw thrown
  }
}

/** Co-hosts travel inside a draft's body, beside the values, so that they are kept with them. */
export function splitCoHosts(body: Values): { values: Values; coHosts: OrgBrief[] } {
  const { coHosts, ...values } = body
  return { values, coHosts: Array.isArray(coHosts) ? (coHosts as OrgBrief[]) : [] }
}

const none: Copy = { values: {}, sequence: 0 }

const empty = (id: string, kind: Opened['kind']): Opened => ({
  id,
  kind,
  recordId: null,
  baseVersion: null,
  values: {},
  coHosts: [],
  base: none,
  tried: [],
  rivals: [],
  taken: [],
  remarks: [],
  was: null,
  verdict: null,
  recovered: false,
  carried: false,
  moved: null,
  note: '',
  reason: '',
})

const fromLocal = (id: string, local: LocalDraft): Opened => ({
  ...empty(id, local.kind),
  recordId: local.recordId,
  baseVersion: local.baseVersion,
  ...splitCoHosts(local.values),
  base: local.base,
  tried: local.tried,
  rivals: local.rivals,
  recovered: true,
})

const fromServer = (id: string, server: Draft): Opened => ({
  ...empty(id, server.kind === 'correction' ? 'correction' : 'draft'),
  recordId: server.recordId,
  baseVersion: server.baseVersion,
  ...splitCoHosts(server.body),
  base: { values: server.body, sequence: server.sequence },
  remarks: server.remarks,
  verdict: server.verdict,
})

/** Both copies of one draft: what this browser still held, brought together with what the server holds by now. */
function reconcile(opened: Opened, kept: Kept): Opened {
  const merged = meet({ ...kept, base: kept.base.values }, opened.base.values) ?? { ...kept, taken: [] }
  const { values, rivals, taken } = merged
  return { ...opened, ...splitCoHosts(values), rivals, taken, recovered: true }
}

async function fresh(programme: Programme, id: string, { record, from, kind }: Source): Promise<Opened> {
  const opened = empty(id, kind ?? 'draft')
  if (record) {
    const { body, version, coHosts, remarks } = await detailOf(programme, record)
    return { ...opened, recordId: record, baseVersion: version, values: body, coHosts, remarks, was: body }
  }
  if (!from) return opened
  return { ...opened, values: carryForward(programme, (await detailOf(programme, from)).body), carried: true }
}

/**
 * Opens a draft: the server's copy, brought together with what this browser still holds of it; a new id starts empty,
 * from the record it edits, or from the one whose values it carries forward.
 * @throws ApiProblem when neither copy can be had
 */
export async function openDraft(
  programme: Programme,
  id: string,
  source: Source,
  account: string,
): Promise<Opened> {
  const ready = handed.get(id)
  if (ready) {
    handed.delete(id)
    return ready
  }
  const local = await findLocal(id, account)
  const server = await findDraft(id, local !== null)
  if (local && server && same(local.values, server.body)) await forgetLocal(id)
  let opened: Opened
  if (server) opened = local ? reconcile(fromServer(id, server), local) : fromServer(id, server)
  else opened = local ? fromLocal(id, local) : await fresh(programme, id, source)
  if (server && same({ ...opened.values, coHosts: opened.coHosts }, server.body))
    opened = { ...opened, recovered: false }
  if (opened.recordId === null || opened.was !== null) return opened
  return onRecord(opened, await detailOf(programme, opened.recordId))
}

/** A draft meets its record, which may have gone on since. @param base what both grew from, where the form knows more */
function onRecord(opened: Opened, record: RecordDetail, base?: Values): Opened {
  const from = opened.baseVersion ?? 0
  const beside = { ...opened, was: record.body, remarks: record.remarks }
  if (base === undefined && from >= record.version) return beside
  const grown = rebase(opened, record, from, base)
  return { ...beside, ...grown, baseVersion: record.version, moved: { ...movedOf(record), from } }
}

/** The record went on under an open form: the form as it stands, brought together with the record. */
export async function meetRecord(programme: Programme, now: Opened): Promise<Opened> {
  return onRecord(now, await detailOf(programme, now.recordId!))
}

/**
 * The draft was submitted or thrown away elsewhere while she typed: what stands in the form goes on as a draft of its own,
 * of the record that the old one became.
 */
export async function goOn(programme: Programme, now: Opened): Promise<Opened> {
  const next = { ...now, id: beginDraft(), base: none, tried: [], recovered: false }
  try {
    const record = await detailOf(programme, now.recordId ?? now.id)
    const known = now.base.sequence > 0 ? splitCoHosts(now.base.values).values : undefined
    return onRecord({ ...next, recordId: record.id, baseVersion: record.version }, record, known)
  } catch (thrown) {
    if (thrown instanceof ApiProblem && thrown.status === 404) return next
    throw thrown
  }
}

/** The draft to open for an address without one: my open draft of the record, else a new id. */
export async function draftIdFor(programme: Programme, { record }: Source): Promise<string> {
  if (!record) return beginDraft()
  return (await detailOf(programme, record)).draftId ?? beginDraft()
}
