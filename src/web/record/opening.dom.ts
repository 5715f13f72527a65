import { v4 as uuid } from 'uuid'
import type { Programme } from '#kit/programme.ts'
import type { OrgBrief } from '#org/api.ts'
import { draft, recordDetail, type Draft, type RecordDetail } from '#record/api.ts'
import { call } from '../api/client.dom.ts'
import { ApiProblem } from '../api/problem.ts'
import { api } from '../paths.ts'
import { carryForward, sameValues, type Values } from './formState.ts'
import { findLocal, forgetLocal, type LocalDraft } from './localDrafts.dom.ts'

type Remark = Draft['remarks'][number]

/** A form as it opens. `was` holds the values that count now, when a record is edited or corrected. */
export type Opened = {
  id: string
  kind: 'draft' | 'correction'
  recordId: string | null
  baseVersion: number | null
  values: Values
  coHosts: OrgBrief[]
  sequence: number
  remarks: Remark[]
  was: Values | null
  verdict: string | null
  /** Values that only this browser had: typed without a line, or before the page was closed. */
  recovered: boolean
  carried: boolean
  /** What this browser still holds beside a newer copy of the server: hers to choose. */
  other: LocalDraft | null
}

/** The same form with what this browser held; saved next, it replaces the server's copy. */
export const withOther = (opened: Opened, other: LocalDraft): Opened => ({
  ...opened,
  ...splitCoHosts(other.body),
  recovered: true,
  other: null,
})

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

function fromLocal(id: string, local: LocalDraft, remarks: Remark[]): Opened {
  return {
    id,
    kind: local.kind,
    recordId: local.recordId,
    baseVersion: local.baseVersion,
    ...splitCoHosts(local.body),
    sequence: local.sequence,
    remarks,
    was: null,
    verdict: null,
    recovered: true,
    carried: false,
    other: null,
  }
}

function fromServer(id: string, server: Draft, local: LocalDraft | null): Opened {
  return {
    id,
    kind: server.kind === 'correction' ? 'correction' : 'draft',
    recordId: server.recordId,
    baseVersion: server.baseVersion,
    ...splitCoHosts(server.body),
    sequence: server.sequence,
    remarks: server.remarks,
    was: null,
    verdict: server.verdict,
    recovered: false,
    carried: false,
    other: local && !sameValues(local.body, server.body) ? local : null,
  }
}

async function fresh(programme: Programme, id: string, { record, from, kind }: Source): Promise<Opened> {
  const empty: Opened = {
    id,
    kind: kind ?? 'draft',
    recordId: null,
    baseVersion: null,
    values: {},
    coHosts: [],
    sequence: 0,
    remarks: [],
    was: null,
    verdict: null,
    recovered: false,
    carried: false,
    other: null,
  }
  if (record) {
    const { body, version, coHosts, remarks } = await detailOf(programme, record)
    return { ...empty, recordId: record, baseVersion: version, values: body, coHosts, remarks, was: body }
  }
  if (!from) return empty
  return { ...empty, values: carryForward(programme, (await detailOf(programme, from)).body), carried: true }
}

/**
 * Opens a draft: the server's copy or, where this browser holds a newer one, that; a new id starts empty, from the
 * record it edits, or from the one whose values it carries forward.
 * @throws ApiProblem when neither copy can be had
 */
export async function openDraft(
  programme: Programme,
  id: string,
  source: Source,
  account: string,
): Promise<Opened> {
  const local = await findLocal(id, account)
  const server = await findDraft(id, local !== null)
  if (local && server && sameValues(local.body, server.body)) await forgetLocal(id)
  let opened: Opened
  if (local && (!server || local.sequence > server.sequence))
    opened = fromLocal(id, local, server?.remarks ?? [])
  else if (server) opened = fromServer(id, server, local)
  else opened = await fresh(programme, id, source)
  if (opened.recordId === null || opened.was !== null) return opened
  return { ...opened, was: (await detailOf(programme, opened.recordId)).body }
}

/** The draft to open for an address without one: my open draft of the record, else a new id. */
export async function draftIdFor(programme: Programme, { record }: Source): Promise<string> {
  if (!record) return beginDraft()
  return (await detailOf(programme, record)).draftId ?? beginDraft()
}
