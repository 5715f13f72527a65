import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { openDb, openPool, rows, type Tx } from '#server/database.server.ts'
import { findProgramme } from '#programmes/index.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, stageOf, type Answer, type Stage } from '../support/client.ts'
import { openNative, withoutNative } from '../support/native.ts'
import type { Refusal, Written } from '../support/play.ts'
import { loadWorld } from '../support/world.ts'

/** The world on native PostgreSQL where there is one (a statement is cheaper there, and the database works beside us), else in memory. */
export async function openMatrixStage(): Promise<Stage> {
  if (withoutNative) return openStage()
  const native = await openNative(1)
  const pool = openPool({ connectionString: native.url('postgres'), max: 1 })
  return stageOf(await loadWorld(openDb(pool)), async () => {
    await pool.end()
    await native.close()
  })
}

/** What no answer may hold that its reader may not see. */
export const canary = '金丝雀'

/** Today's reporting line above each owner, told by hand; U7 went from S2 (D1) to S3 (D2). */
export const lines: Record<string, string[]> = {
  U1: ['S1', 'D1', 'C'],
  U3: ['S2', 'D1', 'C'],
  U4: ['D1', 'C'],
  U5: ['S3', 'D2', 'C'],
  U6: ['I1', 'C'],
  U7: ['S3', 'D2', 'C'],
  U8: ['I2', 'C'],
  D1: ['C'],
  C: [],
}
/** Who accepts what they enter: the nearest district or industry union at or above, else the city. */
export const accepts: Record<string, string> = {
  U1: 'D1',
  U3: 'D1',
  U4: 'D1',
  U5: 'D2',
  U6: 'I1',
  U7: 'D2',
  U8: 'I2',
  D1: 'D1',
  C: 'C',
}
/** Owners whose S2 records are asked for as well: each shape of the line once. */
const personal = ['U1', 'U4', 'U6', 'U7', 'D1']
export const kinds = { S1: 'training', S2: 'honour' } as const
export type Level = keyof typeof kinds
export const states = [
  'submitted',
  'passed',
  'returned',
  'accepted',
  'waiting',
  'withdrawn',
  'voided',
  'locked',
  'lockedWaiting',
  'agreed',
] as const
export type Standing = (typeof states)[number]

/** One record in one standing; the host of `hosted` is U5, its co-hosts S2 and U1. */
export type Thing = {
  owner: string
  level: Level
  key: string
  standing: Standing
  hosted: boolean
  record: Written
  /** A request to void that waits, whose turn it is, and whether a unit that locked the period is asked after that one. */
  proposal?: { id: string; sequence: number; turn: string; locked: boolean }
}

/** Makes one record of each unit, class and standing, over HTTP, by the people whose work it is. */
export async function makeThings(stage: Stage): Promise<Thing[]> {
  const made: Thing[] = []
  await must(
    stage.as('C').post('/api/locks', { calendar: 'month', year: 2019, part: 2, note: '', waiting: 0 }),
  )
  for (const owner of Object.keys(lines)) {
    for (const level of personal.includes(owner) ? (['S1', 'S2'] as const) : (['S1'] as const)) {
      for (const standing of states) {
        const thing = await make(stage, owner, level, standing)
        if (thing) made.push(thing)
      }
    }
  }
  for (const standing of ['submitted', 'accepted', 'withdrawn'] as const)
    made.push((await make(stage, 'U5', 'S1', standing, ['S2', 'U1']))!)
  return made
}

/** In the month that the city locked. */
const lockedDay = '2019-02-20'

async function make(
  stage: Stage,
  owner: string,
  level: Level,
  standing: Standing,
  coHosts: string[] = [],
): Promise<Thing | null> {
  const first = lines[owner]!.at(0) ?? owner
  if (standing === 'passed' && [first, owner].includes(accepts[owner]!)) return null
  const key = kinds[level]
  const locked = ['locked', 'lockedWaiting', 'agreed'].includes(standing)
  const day = locked ? lockedDay : owner === 'U7' ? '2019-03-20' : '2019-09-20'
  if (standing === 'agreed' && accepts[owner] === 'C') return null
  const programme = findProgramme(key)!
  const title = `${canary}${owner}${standing}`
  const dates = programme.dated ? { [programme.dated]: day } : { startsOn: day, endsOn: day }
  const made = { owner, level, key, standing, hosted: coHosts.length > 0 }
  const sent = await must<Written>(
    stage.as(owner).post(`/api/records/${key}`, {
      body: bodyOf(programme, { ...dates, title, place: `${canary}会议室` }),
      coHosts: coHosts.map((code) => stage.world.org(code)),
      warningNote: '确有其事',
    }),
  )
  const act = (who: string, at: Written, action: object): Promise<Written> =>
    must(stage.as(who).post(`/api/records/${key}/${at.id}/actions`, { version: at.version, ...action }))
  const accepted = async (): Promise<Written> => {
    let at = sent
    while (at.turnOf!.code !== accepts[owner]) at = await act(`${at.turnOf!.code}b`, at, { action: 'pass' })
    return act(`${accepts[owner]}b`, at, { action: 'accept' })
  }
  switch (standing) {
    case 'submitted':
      return { ...made, record: sent }
    case 'passed': {
      return { ...made, record: await act(`${sent.turnOf!.code}b`, sent, { action: 'pass' }) }
    }
    case 'returned': {
      const remarks = [{ field: 'title', body: `${canary}批注` }]
      const reason = '有误'
      return {
        ...made,
        record: await act(`${sent.turnOf!.code}b`, sent, { action: 'return', reason, remarks }),
      }
    }
    case 'withdrawn':
      return { ...made, record: await act(owner, sent, { action: 'withdraw' }) }
    case 'accepted':
    case 'locked':
      return { ...made, record: await accepted() }
    case 'waiting':
    case 'lockedWaiting':
    case 'agreed':
    case 'voided': {
      const record = await act(owner, await accepted(), { action: 'void', reason: `${canary}重复` })
      const seen = await must<{ pending: { id: string }[] }>(
        stage.as(`${accepts[owner]}b`).get(`/api/records/${key}/${record.id}`),
      )
      const { id } = seen.pending[0]!
      const turn = accepts[owner]!
      const proposal = { id, sequence: 1, turn, locked: standing === 'lockedWaiting' && turn !== 'C' }
      if (standing === 'waiting' || standing === 'lockedWaiting') return { ...made, record, proposal }
      const decided = await must<Written>(
        stage.as(`${turn}b`).post(`/api/proposals/${id}/decision`, { verdict: 'accept', sequence: 1 }),
      )
      return standing === 'voided'
        ? { ...made, record: decided }
        : { ...made, record, proposal: { id, sequence: 2, turn: 'C', locked: false } }
    }
  }
}

async function must<T>(asked: Promise<Answer>): Promise<T> {
  const { status, body, raw } = await asked
  if (status !== 200) throw new Error(`${status} ${raw}`)
  return body as T
}

/** Everybody who asks: at least one cadre of each unit, a second of some, `D1x` = U4's cadre in a second post, the other roles. */
export const people = [
  'U1',
  'U1b',
  'U2',
  'U3',
  'U4',
  'U4b',
  'U5',
  'U6',
  'U7',
  'U8',
  'S1',
  'S1b',
  'S2',
  'S3',
  'D1',
  'D1b',
  'D1x',
  'D2',
  'D3',
  'I1',
  'I2',
  'C',
  'Cb',
  'leaderD1',
  'leader',
  'service',
  'worker',
  'handler',
  'systemAdmin',
  'securityAdmin',
  'auditAdmin',
  null,
] as const

/** How the unit of who asks stands to the unit that owns, told by hand from the tree: by line, view line, the move of U7, co-hosting. */
export function relationOf(
  stage: Stage,
  who: string,
  { owner, hosted }: Pick<Thing, 'owner' | 'hosted'>,
): string {
  const { org } = stage.world.person(who)
  const line = lines[owner]!
  if (org === owner) return accepts[owner] === org ? 'own, accepting' : 'own'
  const above = line.indexOf(org)
  if (above >= 0) {
    const step = ['parent', 'grandparent', 'great-grandparent'][above]!
    return accepts[owner] === org
      ? `${step}, accepting`
      : line.indexOf(accepts[owner]!) > above
        ? `${step}, passing on`
        : step
  }
  if (owner === 'U6' && org === 'S1') return 'viewing parent'
  if (owner === 'U6' && org === 'D1') return 'viewing grandparent'
  if (hosted && ['S2', 'U1'].includes(org)) return 'co-host'
  if (owner === 'U7' && org === 'S2') return 'former parent'
  if (owner === 'U7' && org === 'D1') return 'former grandparent'
  if (lines[org]?.includes(owner)) return 'child'
  if (owner === 'C' || (owner === 'D1' && ['S1', 'S2', 'U1', 'U2', 'U3', 'U4'].includes(org))) return 'below'
  return 'outside'
}

/** What is asked of a record: the look at it, why not, and every act of the workflow. */
export const asks = [
  'read',
  'explain',
  'withdraw',
  'return',
  'pass',
  'accept',
  'handOver',
  'void',
  'edit',
  'correct',
  'agree',
  'refuse',
] as const
export type Ask = (typeof asks)[number]

/** Asks one thing of one record, in full: what only opens a form is sent as well. */
export async function askFor(
  stage: Stage,
  who: string | null,
  ask: Ask,
  { key, record, owner, proposal }: Pick<Thing, 'key' | 'record' | 'owner' | 'proposal'>,
): Promise<Answer<Refusal & Record<string, unknown>>> {
  const caller = stage.as(who)
  if (ask === 'explain') return caller.get(`/api/explain?programme=${key}&record=${record.id}&act=accept`)
  if (ask === 'read') return caller.get(`/api/records/${key}/${record.id}`)
  if (ask === 'agree' || ask === 'refuse')
    return caller.post(`/api/proposals/${proposal?.id ?? randomUUID()}/decision`, {
      verdict: ask === 'agree' ? 'accept' : 'return',
      sequence: proposal?.sequence ?? 1,
      reason: '理由',
    })
  if (ask === 'edit' || ask === 'correct') {
    const id = randomUUID()
    const on = { recordId: record.id, baseVersion: record.version }
    const kind = ask === 'edit' ? 'draft' : 'correction'
    const saved = await caller.put<Refusal & Record<string, unknown>>(`/api/drafts/${id}`, {
      programme: key,
      kind,
      ...on,
      body: {},
      sequence: 1,
    })
    if (saved.status !== 200) return saved
    const body = bodyOf(findProgramme(key)!, { title: '改过的一条' })
    return caller.post(`/api/drafts/${id}/submit`, { body, reason: '填错', warningNote: '确有其事' })
  }
  const line = lines[owner] ?? []
  const elsewhere = line.find((code) => code !== record.turnOf?.code) ?? 'C'
  return caller.post(`/api/records/${key}/${record.id}/actions`, {
    action: ask,
    version: record.version,
    reason: '理由',
    remarks: [{ field: 'title', body: '请改' }],
    toOrg: stage.world.org(elsewhere),
  })
}

const digested = [
  'record',
  'training',
  'honour',
  'record_history',
  'remark',
  'period_lock',
  'proposal',
  'ledger',
  'rollup_delta',
  'audit',
  'audit_head',
  'idempotency',
  'org_edge',
  'paper',
  'paper_version',
  'paper_comment',
  'snapshot',
]

/** One digest over every table that an act could change. */
export async function digest(tx: Tx): Promise<string> {
  const parts = digested.map(
    (t) =>
      `SELECT coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') AS d FROM app.${t} t`,
  )
  const found = await rows<{ d: string }>(tx, sql.raw(parts.join(' UNION ALL ')))
  return found.map((f) => f.d).join()
}
