import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeExport } from '#export/make.server.ts'
import { findEntrance } from '#identity/session.server.ts'
import { decide, decideAct, type OnRecord, type Subject } from '#identity/decide.ts'
import { problemOf } from '#identity/denied.ts'
import { policy } from '#identity/policy.ts'
import { recordDetail } from '#record/api.ts'
import { rows, type Db, type Tx } from '#server/database.server.ts'
import { runDue } from '#server/jobRunner.server.ts'
import type { Answer, Stage } from '../support/client.ts'
import { peek } from '../support/play.ts'
import {
  accepts,
  askFor,
  asks,
  canary,
  digest,
  kinds,
  makeThings,
  openMatrixStage,
  people,
  relationOf,
  states,
  type Ask,
  type Level,
  type Thing,
} from './stage.ts'
import { sweep } from './secrets.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openMatrixStage()
  // Who may see a record is asked here, not how many leave at once.
  stage.world.deps.exportAlone = 10_000
}, 120_000)
afterAll(() => stage.close())

type Who = (typeof people)[number]

/** Whether a relation sees a class at all, by the design's table and not by the engine. */
function mayRead(role: string, relation: string, level: Level): boolean {
  const inScope = /^(own|parent|grandparent|great-grandparent)/.test(relation)
  const shared = /^(viewing|co-host)/.test(relation)
  if (role === 'cadre' || role === 'service') return inScope || (shared && level === 'S1')
  return role === 'leader' && level === 'S1' && (inScope || shared)
}

const cellOf = ({ status, body }: Answer): string =>
  status === 200 ? 'ok' : typeof body['code'] === 'string' ? body['code'] : `${status}`
const unnamed = (raw: string) => raw.replace(/"reqId":"[^"]*"/, '')

type Facts = {
  id: string
  org_id: number
  scope_code: string
  view_code: string | null
  co_hosts: number[]
  class: number
  state: OnRecord['state']
  turn_of: number | null
  submitted_by: string
  women: number | null
}

async function factsOf(tx: Db): Promise<Map<string, Facts>> {
  const found = await rows<Facts>(
    tx,
    sql`SELECT r.id, r.org_id, r.scope_code, r.view_code, r.co_hosts, r.class, r.state, r.turn_of, r.submitted_by, t.women
      FROM app.record r LEFT JOIN app.training t ON t.district_id = r.district_id AND t.record_id = r.id`,
  )
  return new Map(found.map((f) => [f.id, f]))
}

async function subjectOf(who: Exclude<Who, null>): Promise<Subject> {
  const { token } = stage.world.person(who)
  const request = { cookies: { '__Host-sid': token }, id: 'test' } as never
  return (await findEntrance(stage.world.deps.db, request)).actor
}

function onRecord(facts: Facts, thing: Thing, subject: Subject): OnRecord {
  return {
    id: facts.org_id,
    scopeCode: facts.scope_code,
    viewCode: facts.view_code,
    coHosts: facts.co_hosts,
    class: facts.class,
    state: facts.state,
    turnOf: facts.turn_of,
    submittedBy: facts.submitted_by,
    accepting: stage.world.org(accepts[thing.owner]!) === subject.org.id,
    waiting: thing.proposal !== undefined,
  }
}

/** The proposal of a thing: decided where its turn is, by another person than who proposed; seen by its scope alone. */
function onProposal(facts: Facts, { proposal }: Thing): OnRecord {
  return {
    id: facts.org_id,
    scopeCode: facts.scope_code,
    viewCode: null,
    class: facts.class,
    state: 'accepted',
    turnOf: stage.world.org(proposal!.turn),
    submittedBy: facts.submitted_by,
    accepting: true,
    locked: proposal!.locked,
  }
}

const decides = (ask: Ask): boolean => ask === 'agree' || ask === 'refuse'

/** What the engine says of a cell, as the code that HTTP should answer. */
function engineSays(subject: Subject, ask: Ask, facts: Facts, thing: Thing): string {
  const to = decides(ask) ? onProposal(facts, thing) : onRecord(facts, thing, subject)
  const verdict =
    ask === 'read' || ask === 'explain'
      ? decide(subject, 'record.read', to)
      : decideAct(subject, ask === 'agree' && to.locked ? 'agreeUp' : ask, to)
  return verdict.allow ? 'ok' : problemOf(verdict.reason).code
}

const keysOf = (value: object) => Object.keys(value).sort().join()

/** What an allowed look must hold, and what it must not. */
function faultsOfLook(answer: Answer, relation: string): string[] {
  const faults: string[] = []
  if (keysOf(answer.body) !== keysOf(recordDetail.shape)) faults.push('other keys than declared')
  const shared = /^(viewing|co-host)/.test(relation)
  const { remarks, pending, actions } = answer.body as {
    remarks: unknown[]
    pending: unknown[]
    actions: unknown[]
  }
  if (shared && remarks.length + pending.length + actions.length > 0) faults.push('shows what is masked')
  return faults
}

/** A cell of the matrix: what one person got for one ask of one thing. */
type Asked = { who: Who; ask: Ask; thing: Thing; answer: Answer; changed: boolean | null }

const whole = process.env['JINGUO_MATRIX'] === 'whole'

/**
 * Whether a cell is asked in this run: of cadres, who are many, what is another house's altogether by turns, each of its things
 * by every second of them; all that is near, and everything where JINGUO_MATRIX=whole, always.
 */
function isDue(who: Who, ask: Ask, thing: Thing, n: number): boolean {
  const isCadre = who !== null && stage.world.person(who).role === 'cadre'
  if (whole || !isCadre || relationOf(stage, who, thing) !== 'outside') return true
  return (people.indexOf(who) + asks.indexOf(ask) + n) % 2 === 0
}

/** Asks one thing of every record as one person, each call undone; every so often the database is compared after a denial. */
async function* askAll(who: Who, ask: Ask, things: readonly Thing[], tx: Tx): AsyncGenerator<Asked> {
  for (const [n, thing] of things.entries()) {
    const once = () => askFor(stage, who, ask, thing)
    if (ask === 'read' || ask === 'explain') {
      yield { who, ask, thing, answer: await once(), changed: null }
      continue
    }
    let changed: boolean | null = null
    const answer = await peek(tx, async () => {
      const before = n % 50 === 7 ? await digest(tx) : null
      const got = await once()
      // Of the two calls that edit, the draft may be saved before the other is refused.
      const refused =
        got.status === 403 ||
        got.status === 404 ||
        (got.status !== 200 && ask !== 'edit' && ask !== 'correct')
      if (before !== null && refused) changed = (await digest(tx)) !== before
      return got
    })
    yield { who, ask, thing, answer, changed }
  }
}

it('each person, of each thing, in each standing: HTTP, engine and file say the same', async () => {
  const things = await makeThings(stage)
  const facts = await factsOf(stage.world.deps.db)
  const faults: string[] = []
  const note: Note = (where, list) => faults.push(...list.map((f) => `${where}: ${f}`))
  const classes = new Map<string, Map<string, Set<string>>>()
  let [cells, digests, socketed] = [0, 0, 0]
  const nowhere = { id: randomUUID(), version: 1, state: '', turnOf: null }
  for (const who of people) {
    const subject = who === null ? null : await subjectOf(who)
    for (const ask of asks) {
      // A transaction each: the dead rows of one that lasts would be read again and again.
      await stage.trial(async (tx) => {
        // What is not there, for each programme: hidden things must answer in these very words.
        const absent = new Map<string, string>()
        for (const key of Object.values(kinds)) {
          const missing = await askFor(stage, who, ask, { key, record: nowhere, owner: 'U1' })
          absent.set(key, unnamed(missing.raw))
        }
        const asked = (decides(ask) ? things.filter((thing) => thing.proposal) : things).filter((thing, n) =>
          isDue(who, ask, thing, n),
        )
        for await (const cell of askAll(who, ask, asked, tx)) {
          const { thing, answer, changed } = cell
          cells++
          if (changed !== null) digests++
          note(
            `${who} ${ask} ${thing.owner} ${thing.level} ${thing.standing}`,
            faultsOf(cell, subject, facts.get(thing.record.id)!, absent.get(thing.key)!),
          )
          const row = classOf(cell, subject, facts.get(thing.record.id)!)
          const columns = classes.get(row) ?? new Map<string, Set<string>>()
          columns.set(thing.standing, (columns.get(thing.standing) ?? new Set()).add(cellOf(answer)))
          classes.set(row, columns)
        }
      })
    }
    for (const thing of things.filter((_, n) => n % 11 === 3)) {
      socketed++
      const answer = await stage.as(who).get(`/api/records/${thing.key}/${thing.record.id}`)
      const status = await overSocket(who, thing)
      if (status !== answer.status) note(`${who} ${thing.owner}`, [`over a socket ${status}`])
    }
  }
  const doors = await sideDoors(things, facts, note)
  console.log(
    `cells: ${cells + doors} (${cells} of records, ${doors} behind side doors; ${digests} digests, ${socketed} over a socket)`,
  )
  expect(faults.slice(0, 40)).toEqual([])
  expect(cells + doors).toBeGreaterThanOrEqual(20_000)
  await expect(fileOf(classes)).toMatchFileSnapshot('matrix.tsv')
}, 600_000)

it(
  'no GET tells anybody a secret that is not hers to read',
  () =>
    stage.trial(async (tx) => {
      const asked = await sweep(stage, tx)
      console.log(`cells of secrets: ${asked}`)
      expect(asked).toBeGreaterThan(800)
    }),
  120_000,
)

type Note = (where: string, faults: readonly string[]) => void

/** What is wrong with a cell. */
function faultsOf(
  { who, ask, thing, answer, changed }: Asked,
  subject: Subject | null,
  facts: Facts,
  absent: string,
): string[] {
  const faults: string[] = []
  const code = cellOf(answer)
  const expected = subject === null ? '401.1' : engineSays(subject, ask, facts, thing)
  // There may be nobody else on the line to hand over to; that is no matter of rights.
  if (code !== expected && !(ask === 'handOver' && expected === 'ok' && code === '422.4'))
    faults.push(`HTTP ${code}, engine ${expected}`)
  if (who !== null && code !== '404.1' && code !== '403.1') {
    const { role } = stage.world.person(who)
    if (!mayRead(role, relationOf(stage, who, thing), thing.level)) faults.push(`let through with ${code}`)
  }
  if (answer.status !== 200) {
    if (answer.raw.includes(canary)) faults.push('a canary in a denial')
    if (answer.status === 404 && unnamed(answer.raw) !== absent) faults.push('hidden differs from absent')
    if (changed) faults.push('a denied act changed the database')
  } else if (ask === 'explain' && subject !== null) {
    const verdict = decideAct(subject, 'accept', onRecord(facts, thing, subject))
    if (answer.body['reason'] !== (verdict.allow ? null : verdict.reason)) faults.push('another reason')
  } else if (ask === 'read' && who !== null)
    faults.push(...faultsOfLook(answer, relationOf(stage, who, thing)))
  return faults
}

/** The class of a cell in the file; what the post may not do at all it may do to nothing. */
function classOf({ who, ask, thing, answer }: Asked, subject: Subject | null, facts: Facts): string {
  if (who === null || subject === null) return [ask, 'nobody', '*', '', '*'].join('\t')
  const { role, org } = stage.world.person(who)
  if (answer.status === 403 && answer.body['message'] === problemOf('role').message)
    return [ask, role, '*', '', '*'].join('\t')
  const submitted = subject.personId === facts.submitted_by
  const person = !submitted ? '' : org === thing.owner ? 'submitter' : 'submitter, other post'
  return [ask, role, relationOf(stage, who, thing), person, thing.level].join('\t')
}

const rank = (line: string) => asks.indexOf(line.split('\t')[0] as Ask)

/** One line for each class of cells: what is asked, role, relation, person, privacy class; a column for each standing. */
function fileOf(classes: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>): string {
  const body = [...classes].map(([row, columns]) =>
    [row, ...states.map((state) => [...(columns.get(state) ?? ['·'])].sort().join('/'))].join('\t'),
  )
  body.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return `${[['ask', 'role', 'relation', 'person', 'class', ...states].join('\t'), ...body].join('\n')}\n`
}

let address: AddressInfo | null = null
async function listening(): Promise<AddressInfo> {
  if (address === null) {
    await stage.app.listen({ port: 0, host: '127.0.0.1' })
    address = stage.app.server.address() as AddressInfo
  }
  return address
}

async function overSocket(who: Who, { key, record }: Thing): Promise<number> {
  const base = `http://127.0.0.1:${(await listening()).port}`
  const headers: Record<string, string> =
    who === null ? {} : { cookie: `__Host-sid=${stage.world.person(who).token}` }
  const answer = await fetch(`${base}/api/records/${key}/${record.id}`, { headers })
  await answer.arrayBuffer()
  return answer.status
}

type Look = { ids: string[]; count?: number; sum?: number; raw: string }
type Rows = { rows: { id: string }[]; count: number }

/** Every GET that reveals records, and how what it shows is read; `all` = by its nature a part of what she may read. */
const sideDoorsOf: Record<
  string,
  { programme: Level; all: boolean; look(who: Exclude<Who, null>): Promise<Look | null> }[]
> = {
  'GET /api/records/:programme': (['S1', 'S2'] as const).flatMap((programme) => [
    { programme, all: true, look: listed(programme, 'size=100') },
    { programme, all: true, look: listed(programme, `size=100&q=${canary}`) },
    { programme, all: true, look: listed(programme, `size=100&from=2019-01-01&until=2019-12-31`) },
  ]),
  'GET /api/honour-register': [
    {
      programme: 'S2',
      all: false,
      look: async (who) => {
        const { status, body, raw } = await stage.as(who).get<Rows>('/api/honour-register')
        return status === 200 ? { ids: body.rows.map((r) => r.id), count: body.count, raw } : null
      },
    },
  ],
  'GET /api/records/:programme/sums': [
    {
      programme: 'S1',
      all: true,
      look: async (who) => {
        const { status, body, raw } = await stage
          .as(who)
          .get<{ sums: { women?: number } }>('/api/records/training/sums')
        return status === 200 ? { ids: [], sum: body.sums.women ?? 0, raw } : null
      },
    },
  ],
  'POST /api/exports': (['S1', 'S2'] as const).map((programme) => ({
    programme,
    all: true,
    look: exported(programme),
  })),
  'GET /api/my-year/records': (['S1', 'S2'] as const).flatMap((programme) =>
    ['entered', 'accepted', 'reviewed', 'returned'].map((deed) => ({
      programme,
      all: false,
      look: async (who: Exclude<Who, null>): Promise<Look | null> => {
        const { status, body, raw } = await stage
          .as(who)
          .get<Rows>(`/api/my-year/records?year=2019&whose=unit&programme=${kinds[programme]}&deed=${deed}`)
        return status === 200 ? { ids: body.rows.map((r) => r.id), raw } : null
      },
    })),
  ),
  'GET /api/figures/trace': (['S1', 'S2'] as const).map((programme) => ({
    programme,
    all: false,
    look: shown('trace', programme === 'S1' ? 'training.sessions' : 'honour.persons', 'id'),
  })),
  'GET /api/figures/locked/records': (['S1', 'S2'] as const).map((programme) => ({
    programme,
    all: false,
    look: shown(
      'locked/records',
      programme === 'S1' ? 'training.sessions' : 'honour.persons',
      'id',
      'calendar=month&year=2019&part=2',
    ),
  })),
  'GET /api/figures/changes': (['S1', 'S2'] as const).map((programme) => ({
    programme,
    all: false,
    look: shown('changes', programme === 'S1' ? 'training.sessions' : 'honour.persons', 'recordId'),
  })),
  'GET /api/inbox': ['review', 'returned', 'mine', 'copied', 'done', 'fill'].flatMap((box) =>
    (['S1', 'S2'] as const).map((programme) => ({
      programme,
      all: false,
      look: async (who: Exclude<Who, null>) => {
        const { status, body, raw } = await stage
          .as(who)
          .get<{ cards: { recordId: string | null; programme: string }[] }>(`/api/inbox?box=${box}`)
        if (status !== 200) return null
        return {
          ids: body.cards.filter((c) => c.programme === kinds[programme]).map((c) => c.recordId ?? ''),
          raw,
        }
      },
    })),
  ),
}
/** GETs that reveal records but show none by number: what they say must hold no canary that its reader may not see. */
const worded: Record<string, string> = {
  'GET /api/records/:programme/:id': '',
  'GET /api/explain': '',
  // Files are asked for under their record: expected.tsv and tests/server/evidence.test.ts.
  'GET /api/records/:programme/:id/evidence': '',
  'GET /api/records/:programme/:id/evidence/:file': '',
  'GET /api/records/:programme/:id/evidence/:file/preview': '',
  // A workbook of what the reader's own unit entered last year: tests/server/recordIntake.test.ts.
  'GET /api/intake-templates/:target': '',
  // Accepted contracts alone, of class S1: no canary is one. Who sees which: tests/server/contracts.test.ts.
  'GET /api/contract-coverage': '/api/contract-coverage',
  'GET /api/contract-due': '/api/contract-due',
  'GET /api/contracts/:id': '/api/contracts/00000000-0000-4000-8000-000000000000',
  // Accepted rooms alone, of class S0: no canary is one. Who sees which: tests/server/careRooms.test.ts.
  'GET /api/care-rooms': '/api/care-rooms',
  'GET /api/care-rooms/:id': '/api/care-rooms/00000000-0000-4000-8000-000000000000',
  'GET /api/care-rooms/:id/ratings': '/api/care-rooms/00000000-0000-4000-8000-000000000000/ratings',
  'GET /api/care-room-books/:vendor': `/api/care-room-books/${encodeURIComponent('高德')}`,
  // The same for anybody, where they are open to the public: tests/server/openRooms.test.ts.
  'GET /api/open-rooms': '/api/open-rooms',
  'GET /api/open-rooms/file': '/api/open-rooms/file?form=csv',
  // Accepted records of classes S0 and S1 that stand, of a unit that the reader may split: tests/server/orgSplit.test.ts.
  'GET /api/org-changes/holdings/:org': '/api/org-changes/holdings/2',
  // Accepted records of the own unit's scope that may be certified; what stands here was never accepted.
  'GET /api/certificates/candidates': '/api/certificates/candidates?layout=honour&year=2019',
  'GET /api/my-year': '/api/my-year?year=2019',
  'GET /api/my-year/docx': '/api/my-year/docx?year=2019',
  'GET /api/drafts/:id': '/api/drafts/00000000-0000-4000-8000-000000000000',
  // Records that prove a score are named by title, to whoever may read them; here a sheet that nobody made.
  'GET /api/assessments/:id/units/:org': '/api/assessments/00000000-0000-4000-8000-000000000000/units/1',
  // A record that proves an item done is named by its title, to whoever may read it.
  'GET /api/plans/:org': '/api/plans/1?year=2019',
  'GET /api/summary': '/api/summary?year=2019',
  'GET /api/summary/snapshots/:id': '/api/summary/snapshots/S2019-1',
  'GET /api/summary/snapshots/:id/file': '/api/summary/snapshots/S2019-1/file',
  'GET /api/summary/material': '/api/summary/material?year=2019',
  'GET /api/summary/file': '/api/summary/file?year=2019',
  'GET /api/summary/versions/:version': '/api/summary/versions/1?year=2019',
}

function listed(programme: Level, query: string) {
  return async (who: Exclude<Who, null>): Promise<Look | null> => {
    const { status, body, raw } = await stage.as(who).get<Rows>(`/api/records/${kinds[programme]}?${query}`)
    return status === 200 ? { ids: body.rows.map((r) => r.id), count: body.count, raw } : null
  }
}

/** What a file holds that is asked for and made; it is counted before it is made. */
function exported(programme: Level) {
  return async (who: Exclude<Who, null>): Promise<Look | null> => {
    const ask = { kind: 'records', programme: kinds[programme], filter: {} }
    const asked = await stage
      .as(who)
      .post<{ id: string; rows: number }>('/api/exports', { ask, format: 'csv' })
    if (asked.status !== 200) return null
    await runDue(stage.world.deps, [makeExport])
    const { raw } = await stage.as(who).get(`/api/exports/${asked.body.id}/file`)
    const ids = [...raw.matchAll(/^(?:\uFEFF)?"([0-9a-f-]{36}):\d+"/gm)].map((m) => m[1]!)
    return { ids, count: asked.body.rows, raw }
  }
}

function shown(door: string, indicator: string, key: string, period = 'year=2019') {
  return async (who: Exclude<Who, null>): Promise<Look | null> => {
    const { status, body, raw } = await stage
      .as(who)
      .get<{ rows: Record<string, string>[] }>(`/api/figures/${door}?${period}&indicator=${indicator}`)
    return status === 200 ? { ids: body.rows.map((r) => r[key]!), raw } : null
  }
}

/** Asks each side door as each person: the set it shows is what she may read, no more, and where it lists all, no less. */
async function sideDoors(
  things: readonly Thing[],
  facts: ReadonlyMap<string, Facts>,
  note: Note,
): Promise<number> {
  const revealing = stage.routes
    .filter((r) => r.method === 'GET' && r.reveals.includes('record'))
    .map((r) => `${r.method} ${r.url}`)
  const asked = [...Object.keys(sideDoorsOf), ...Object.keys(worded)]
  expect(revealing.filter((r) => !asked.includes(r))).toEqual([])
  let cells = 0
  for (const who of people) {
    if (who === null) continue
    const subject = await subjectOf(who)
    const readable = things.filter(
      (thing) => decide(subject, 'record.read', onRecord(facts.get(thing.record.id)!, thing, subject)).allow,
    )
    for (const [door, looks] of Object.entries(sideDoorsOf)) {
      for (const { programme, all, look } of looks) {
        const where = `${who} ${door} ${programme}`
        const found = await look(who)
        if (found === null) continue
        const may = readable.filter((t) => t.level === programme)
        const ids = new Set(may.map((t) => t.record.id))
        for (const thing of things.filter((t) => t.level === programme)) {
          cells++
          const { id } = thing.record
          if (found.ids.includes(id) && !ids.has(id)) note(where, [`shows ${thing.owner} ${thing.standing}`])
          if (all && found.sum === undefined && ids.has(id) && !found.ids.includes(id))
            note(where, [`leaves out ${thing.owner} ${thing.standing}`])
        }
        if (found.ids.some((id) => id !== '' && !facts.has(id))) note(where, ['shows what nobody made'])
        const shown = all ? ids.size : found.ids.length
        if (found.count !== undefined && found.count !== shown)
          note(where, [`counts ${found.count} of ${shown}`])
        const sum = may.reduce((n, t) => n + (facts.get(t.record.id)!.women ?? 0), 0)
        if (found.sum !== undefined && found.sum !== sum) note(where, [`sums ${found.sum} of ${sum}`])
        if (readable.length === 0 && found.raw.includes(canary)) note(where, ['a canary'])
      }
    }
    for (const [door, url] of Object.entries(worded)) {
      if (url === '') continue
      const { raw, status } = await stage.as(who).get(url)
      cells++
      // A summary names the honours that count in its unit's scope, and nobody else's.
      const isSummary = status === 200 && door.startsWith('GET /api/summary')
      const { scopeCode } = subject.org
      const foreign = things.some(
        ({ owner, record }) =>
          !facts.get(record.id)!.scope_code.startsWith(scopeCode) && raw.includes(`${canary}${owner}`),
      )
      if (isSummary ? foreign : raw.includes(canary)) note(`${who} ${door}`, ['a canary'])
    }
    const audit = await stage.as(who).get('/api/audit')
    cells++
    if (audit.raw.includes(canary)) note(`${who} GET /api/audit`, ['content of a record'])
  }
  return cells
}

/** A call of a route that names nothing that exists; the door answers before anything of it is read. */
async function knock(method: string, url: string, token: string | null): Promise<Answer> {
  const address = url
    .replace(':programme', 'training')
    .replace(/:(\w+)/g, url.startsWith('/api/orgs') ? '999999' : randomUUID())
  const found = await stage.app.inject({
    method: method as 'GET',
    url: address,
    headers: {
      ...(token ? { cookie: `__Host-sid=${token}` } : {}),
      'sec-fetch-site': 'same-origin',
      'idempotency-key': randomUUID(),
    },
  })
  const isJson = String(found.headers['content-type']).startsWith('application/json')
  return {
    status: found.statusCode,
    raw: found.payload,
    body: isJson && found.payload ? found.json() : {},
    headers: found.headers,
  }
}

const ended: Record<string, (token: string) => string> = {
  'that expired': (hash) =>
    `UPDATE app.session SET expires_at = now() - interval '1 s' WHERE token_hash = ${hash}`,
  'that rested too long': (hash) =>
    `UPDATE app.session SET seen_at = now() - interval '31 days' WHERE token_hash = ${hash}`,
  'that was revoked': (hash) => `DELETE FROM app.session WHERE token_hash = ${hash}`,
  'of an account that is disabled': (hash) =>
    `UPDATE app.account a SET disabled_at = now() FROM app.session s WHERE s.token_hash = ${hash} AND a.id = s.account_id`,
  'of a post that ended': (hash) =>
    `UPDATE app.post p SET until_on = current_date - 1 FROM app.session s WHERE s.token_hash = ${hash} AND p.id = s.post_id`,
  'of a post that has not begun': (hash) =>
    `UPDATE app.post p SET from_on = current_date + 1 FROM app.session s WHERE s.token_hash = ${hash} AND p.id = s.post_id`,
}
/** Sessions of less assurance: a demo's counts as aal 2 with a step-up just made. */
const weaker: Record<string, string> = {
  'two factors, just proved': 'UPDATE app.session SET seen_at = seen_at',
  'two factors, an hour ago': `UPDATE app.session SET is_demo = false, factor_at = now() - interval '1 hour'`,
  'a password alone': 'UPDATE app.session SET is_demo = false, aal = 1, factor_at = NULL',
}
/** Behind its door it wants a second factor, which nobody of the world has: tests/server/identity.test.ts. */
const withoutFactor = '/api/account/recovery-codes'
/** In which words a door refuses. */
const doorWords = (['role', 'tier', 'aal', 'stepUp'] as const).map((reason) => problemOf(reason).message)
const everyRole = [
  'U1',
  'D1',
  'C',
  'leaderD1',
  'leader',
  'worker',
  'handler',
  'systemAdmin',
  'securityAdmin',
  'auditAdmin',
  'service',
] as const

it(
  'each route, to each session: without one that holds nobody passes, with one the post decides',
  () =>
    stage.trial(async (tx) => {
      const faults: string[] = []
      let cells = 0
      const guarded = stage.routes.filter((r) => policy[r.policy] !== 'public')
      const asked = guarded.flatMap((r) =>
        r.method === 'GET' ? [r, { ...r, method: 'HEAD' as const }] : [r],
      )
      const refuses = async (who: string, token: string | null, routes = asked) => {
        for (const { method, url } of routes) {
          cells++
          const { status, body } = await knock(method, url, token)
          if (status !== 401 || (method !== 'HEAD' && body['code'] !== '401.1'))
            faults.push(`${method} ${url} ${who}: ${status}`)
        }
      }
      await refuses('nobody', null)
      await refuses('a made-up token', 'x'.repeat(43))
      // An ended session holds nobody: each kind knocks once at each door, the persons by turns.
      for (const [shift, [kind, end]] of Object.entries(ended).entries()) {
        for (const [turn, who] of everyRole.entries()) {
          const { token } = stage.world.person(who)
          await peek(tx, async () => {
            await sql.raw(end(`sha256('${token}')`)).execute(tx)
            const mine = asked.filter((_, n) => (n + shift) % everyRole.length === turn)
            await refuses(`${who}, session ${kind}`, token, mine)
          })
        }
      }
      for (const [assurance, weaken] of Object.entries(weaker)) {
        for (const who of everyRole) {
          const { token } = stage.world.person(who)
          await peek(tx, async () => {
            await sql.raw(`${weaken} WHERE token_hash = sha256('${token}')`).execute(tx)
            const subject = await subjectOf(who)
            for (const { method, url, policy: action } of asked) {
              cells++
              const answer = await peek(tx, () => knock(method, url, token))
              const verdict = decide(subject, action)
              // A handler may refuse as well, in words of its own: that a demo account has no recovery codes.
              const refused =
                answer.status === 403 &&
                (method === 'HEAD' || doorWords.includes(String(answer.body['message'])))
              const where = `${method} ${url} ${who}, ${assurance}`
              if (verdict.allow && url === withoutFactor) continue
              if (verdict.allow ? answer.status === 401 || refused : !refused)
                faults.push(`${where}: ${answer.status}, engine ${verdict.allow || verdict.reason}`)
              if (
                !verdict.allow &&
                method !== 'HEAD' &&
                answer.body['code'] !== problemOf(verdict.reason).code
              )
                faults.push(`${where}: another reason than ${verdict.reason}`)
            }
          })
        }
      }
      console.log(
        `cells of sessions and doors: ${cells}; routes without policy: ${stage.routes.filter((r) => !(r.policy in policy)).length} of ${stage.routes.length}`,
      )
      expect(faults.slice(0, 30)).toEqual([])
    }),
  300_000,
)
