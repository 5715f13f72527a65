import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, openDb, openPool, rows, type Db } from '#server/database.server.ts'
import type { Duty, Silo } from '#silo/kinds.ts'
import type { SuiteName } from '#crypto/suite.server.ts'
import { openClient, type Caller, type Client } from '../support/client.ts'
import { aidAt, household, well } from '../support/hardship.ts'
import { seatHandler, silosAt } from '../support/silos.ts'
import { findNative, openNative, withoutNative, type Native } from '../support/native.ts'
import { entryOf, madeUpNumber } from '../support/persons.ts'
import { loadWorld, today, type Person, type World } from '../support/world.ts'

const persons = 20

/** What is told of a household in hardship, each at its field. */
const kin = {
  name: '李金丝雀',
  relation: '子女',
  idNumber: madeUpNumber('2008-01-01', 12),
  health: '健康',
  income: 0,
  school: '金丝雀路小学',
}
const told = {
  ...household,
  furtherCauses: '金丝雀的缘由',
  address: '金丝雀路 17 号 501',
  bank: '金丝雀银行',
  account: '6222020731007310073',
  story: '金丝雀一人抚养读小学的孩子',
  family: [kin],
}
/** Who has nothing to do with any silo. */
const everybody = [
  'U1',
  'D1',
  'C',
  'leader',
  'worker',
  'handler',
  'systemAdmin',
  'securityAdmin',
  'auditAdmin',
  'service',
]
/** The words of a choice count as well: that she is divorced, that she is ill. */
const ofHousehold = [
  told.furtherCauses,
  told.address,
  told.bank,
  told.account,
  told.story,
  kin.name,
  kin.idNumber,
  kin.school,
  told.marital,
  told.health,
]
const complaint = '金丝雀投诉：哺乳时间没有落实'
const answered = '金丝雀答复：已责成单位改正'
/** Of a matter that somebody told without a name: her words, her number, what she was answered, what was noted of it. */
const ofMatter = [
  '金丝雀加班时被主管骚扰',
  '金丝雀的电话一三九',
  '金丝雀书面答复：已约谈单位',
  '金丝雀工作笔记',
]

describe.skipIf(withoutNative).each<SuiteName>(['intl', 'gm'])('canaries under %s', (suite) => {
  let native: Native
  let client: Client
  let world: World
  let superuser: Db
  let closeSuperuser: () => Promise<void>
  const log = new PassThrough()
  let logged = ''
  log.on('data', (chunk: Buffer) => (logged += chunk.toString()))
  /** What may stand nowhere: numbers, phones, birthdays with their year, a guardian. */
  const canaries: string[] = []
  /** Everything the server said besides what was asked to be opened. */
  let said = ''
  const opened: string[] = []
  const came: string[] = []

  beforeAll(async () => {
    native = await openNative(3)
    const pool = openPool({ connectionString: native.url('postgres'), max: 1 })
    superuser = openDb(pool)
    closeSuperuser = () => pool.end()
    world = await loadWorld(native.owner, native.app, suite)
    client = await openClient(world, log)
    await playAll()
  }, 300_000)
  afterAll(async () => {
    await client?.close()
    await closeSuperuser?.()
    await native?.close()
  })

  const hear = <T extends { raw: string }>(answer: T): T => {
    said += `${answer.raw}\n`
    return answer
  }

  /** Every door that a number, a phone or a birthday goes in or out by, with its refusals. */
  async function playAll(): Promise<void> {
    let first = ''
    for (let n = 0; n < persons; n++) {
      const entry = entryOf(n, {
        idNumber: madeUpNumber(`19${60 + n}-0${1 + (n % 9)}-1${n % 9}`, 2 * n + 2),
        phone: `1397${String(7_310_000 + 317 * n)}`,
      })
      canaries.push(String(entry['idNumber']), String(entry['phone']))
      const unit = ['U1', 'U3', 'U5'][n % 3]!
      const made = hear(await client.as(unit).post<{ id: string }>('/api/persons', { body: entry }))
      expect(made.status).toBe(200)
      const { id } = made.body
      first ||= id
      const at = `/api/persons/${id}`
      const { idKind, idNumber, name, phone } = entry
      hear(await client.as('U8').post('/api/persons', { body: entry }))
      hear(await client.as(unit).post('/api/persons', { body: { ...entry, name: '' } }))
      hear(await client.as(unit).post('/api/persons', { body: { ...entry, stranger: idNumber } }))
      hear(await client.as(unit).get(at))
      hear(await client.as(unit).put(at, { body: { name, phone }, version: 1 }))
      hear(await client.as(unit).put(at, { body: { name, phone: `${String(phone)}9` }, version: 2 }))
      hear(
        await client.as('U8').post('/api/persons/transfers', { idKind, idNumber, name, reason: '来我单位' }),
      )
      hear(
        await client
          .as('U8')
          .post('/api/persons/transfers', { idKind, idNumber, name: '别人', reason: '来' }),
      )
      for (const [field, value] of [
        ['idNumber', idNumber],
        ['phone', phone],
      ]) {
        const asked = { field, purpose: 'membership', reason: '核对会籍资料' }
        const answer = await client.as(unit).post<{ value: string }>(`${at}/reveals`, asked)
        expect(answer.body.value).toBe(value)
        opened.push(String(value))
        hear(await client.as('U8').post(`${at}/reveals`, asked))
      }
    }
    await playHardship(first)
    await playComplaint()
    await playMatter()
    hear(await client.as('C').get('/api/persons?size=100'))
    hear(await client.as('C').get('/api/person-requests'))
    hear(await client.as('auditAdmin').get('/api/audit'))
    // A fault of the database, as the log of the server gets it.
    await sql`REVOKE INSERT ON app.person FROM app`.execute(native.owner)
    hear(await client.as('U2').post('/api/persons', { body: entryOf(90, { phone: canaries[1] }) }))
    await sql`GRANT INSERT ON app.person TO app`.execute(native.owner)
    await sql`CHECKPOINT`.execute(superuser)
  }

  /** Everybody, heard: what she was answered stands in `said`. */
  const heard = (who: Parameters<Client['as']>[0]): Caller => {
    const caller = client.as(who)
    const call: Caller['call'] = async (...asked) => hear(await caller.call(...asked))
    return {
      ...caller,
      call,
      get: (url) => call('GET', url),
      post: (url, body, options) => call('POST', url, body, options),
    }
  }

  /** A household from its application to money on its account, with refusals and a fault of the database on the way. */
  async function playHardship(personId: string): Promise<void> {
    const play = aidAt({ as: heard, world }, 'U1')
    await play.nameAll()
    for (const wrong of [{ account: '123' }, { heads: 1 }, { income: null }, { stranger: told.story }])
      expect((await play.apply('U1', personId, { ...told, ...wrong })).status).toBeGreaterThan(399)
    for (const who of ['U8', 'U2', 'D2', 'leader'])
      expect((await play.apply(who, personId, told)).status).toBeGreaterThan(399)
    await sql`REVOKE INSERT ON app.hardship_file FROM app`.execute(native.owner)
    expect((await play.apply('U1', personId, told)).status).toBeGreaterThan(399)
    await sql`GRANT INSERT ON app.hardship_file TO app`.execute(native.owner)
    const { id } = await play.at.helped(superuser, personId, told)
    const url = `/api/hardship/files/${id}/reveals`
    const given = await client.as('D1b').post(url, { reason: '发放前核对' })
    came.push(...ofHousehold.filter((secret) => given.raw.includes(secret)))
    for (const who of ['U1', 'U2', 'D1', 'D2', 'C', 'worker']) {
      for (const list of ['files', `files/${id}`, 'aids', 'batches', 'inquiries'])
        hear(await client.as(who).get(`/api/hardship/${list}`))
      hear(await client.as(who).post(url, { reason: '短' }))
    }
    world.deps.today = () => today
  }

  async function playComplaint(): Promise<void> {
    const sent = await client
      .as('worker')
      .post<{ id: string }>('/api/suggestions', { kind: 'complaint', body: complaint })
    const url = `/api/suggestions/${sent.body.id}/answer`
    hear(await client.as('U1').post(url, { answer: answered }))
    hear(await client.as('C').post(url, { answer: answered, stranger: complaint }))
    well(await client.as('C').post(url, { answer: answered }))
    hear(await client.as('C').get('/api/suggestions/inbox'))
    const words = await client.as('C').post(`/api/suggestions/${sent.body.id}/read`, undefined, { key: null })
    came.push(...[complaint, answered].filter((secret) => words.raw.includes(secret)))
    for (const who of ['U1', 'U1b', 'S1', 'D1', 'leader', 'systemAdmin', 'auditAdmin'])
      for (const door of ['suggestions', 'suggestions/inbox', 'inbox', 'messages'])
        hear(await client.as(who).get(`/api/${door}`))
  }

  let matterId = ''
  let code = ''
  const seated: Record<string, Person> = {}

  /** A matter told without a name that concerns U1, from its telling to its written answer, with refusals and a fault on the way. */
  async function playMatter(): Promise<void> {
    const seat = async (name: string, ...works: [Partial<Record<Silo, Duty>>, string?]) =>
      void (seated[name] = await seatHandler(native.owner, world, name, ...works))
    await seat('lead', { complaint: 'lead' })
    await seat('hand', { complaint: 'handler' })
    await seat('idle', { complaint: 'handler' })
    await seat('barred', { complaint: 'lead' }, 'U1')
    await seat('other', { legal: 'lead' })
    const play = silosAt({ as: heard })
    const hands = silosAt(client)
    const [body, contact, text, noted] = ofMatter
    const told = { body: `${body}，拒绝后被调岗`, contact, orgId: world.org('U1') }
    expect((await play.tell({ ...told, topic: body })).status).toBe(422)
    await sql`REVOKE INSERT ON app.silo_message FROM app`.execute(native.owner)
    expect((await play.tell(told)).status).toBeGreaterThan(399)
    await sql`GRANT INSERT ON app.silo_message TO app`.execute(native.owner)
    code = well(await play.tell(told)).code
    matterId = (await rows<{ id: string }>(superuser, sql`SELECT id FROM app.silo_case ORDER BY id`))[0]!.id
    await hands.act(seated['lead']!, matterId, 'accept')
    well(await hands.act(seated['lead']!, matterId, 'assign', { postId: seated['hand']!.postId }))
    well(await hands.act(seated['hand']!, matterId, 'note', { text: noted }))
    well(await hands.act(seated['hand']!, matterId, 'answer', { text }))
    const read = await hands.look(seated['hand']!, matterId)
    came.push(...ofMatter.filter((secret) => read.raw.includes(secret)))
    for (const who of [...Object.values(seated).filter(({ name }) => name !== 'hand'), ...everybody]) {
      await play.look(who, matterId)
      for (const door of ['silos', 'silo-counts', 'silo-seats', 'messages'])
        hear(await client.as(who).get(`/api/${door}`))
      hear(await client.as(who).post(`/api/silos/${matterId}/acts`, { act: 'note', version: 1, text: noted }))
    }
    await play.hold('A234-BCDE', 'say', text)
  }

  const token = (who: string): string => world.person(who).token
  const sown = () => [...canaries, ...ofHousehold, complaint, answered, ...ofMatter]
  const found = (text: string): string[] => sown().filter((canary) => text.includes(canary))

  it('fifty-six were sown, and each came back where it was asked for', () => {
    expect([canaries.length, new Set(sown()).size, opened]).toEqual([40, 56, canaries])
    expect(came).toEqual([...ofHousehold, complaint, answered, ...ofMatter])
  })

  it('0 in the rows of any table', async () => {
    const tables = await rows<{ name: string }>(
      superuser,
      sql`SELECT c.oid::regclass::text AS name FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'app'::regnamespace`,
    )
    expect(tables.length).toBeGreaterThan(40)
    let seen = 0
    for (const { name } of tables) {
      const [all] = await rows<{ text: string | null }>(
        superuser,
        sql.raw(`SELECT string_agg(t::text, E'\\n') AS text FROM ${name} t`),
      )
      seen += all!.text?.length ?? 0
      expect([name, found(all!.text ?? '')]).toEqual([name, []])
    }
    expect(seen).toBeGreaterThan(10_000)
  })

  it('0 in a dump', () => {
    const dump = join(findNative()!, 'pg_dump')
    expect(existsSync(dump)).toBe(true)
    const text = execFileSync(dump, [native.url('postgres')], { encoding: 'utf8', maxBuffer: 1 << 28 })
    for (const table of [
      'person_access',
      'hardship_file',
      'hardship_result',
      'suggestion',
      'silo_case',
      'silo_message',
    ])
      expect(text).toMatch(new RegExp(`COPY app\\.${table} .*\\n[^\\\\]`))
    expect(found(text)).toEqual([])
  })

  it('0 in the write-ahead log and the files of the cluster', () => {
    const dir = new URL(native.url('postgres').replace('@/', '@localhost/')).searchParams.get('host')!
    const files = readdirSync(join(dir, 'data'), { recursive: true, withFileTypes: true }).filter((f) =>
      f.isFile(),
    )
    const bytesOfSown = sown().map((canary) => Buffer.from(canary).toString('latin1'))
    let [bytes, names] = [0, 0]
    for (const file of files) {
      const content = readFileSync(join(file.parentPath, file.name)).toString('latin1')
      bytes += content.length
      // That the search would find: a name of the same rows stands in clear.
      if (content.includes(Buffer.from('王示').toString('latin1'))) names++
      expect([file.name, bytesOfSown.filter((canary) => content.includes(canary))]).toEqual([file.name, []])
    }
    expect([bytes > 1 << 24, names > 1]).toEqual([true, true])
  })

  it('0 in refusals, lists and details, and in the log of the server', async () => {
    await new Promise((done) => setImmediate(done))
    expect(said.length).toBeGreaterThan(20_000)
    expect(found(said)).toEqual([])
    expect(logged).toContain('permission denied')
    expect(found(logged)).toEqual([])
  })

  it('the database itself shows a statement without WHERE only what its context may see', async () => {
    const scopes = new Map(
      (
        await rows<{ code: string; scope: string }>(
          superuser,
          sql`SELECT org_code AS code, scope_code AS scope FROM app.org`,
        )
      ).map((o) => [o.code, o.scope]),
    )
    const tables = ['person', 'person_key', 'membership', 'consent', 'person_request', 'person_access']
    const seen = async (scope: string, token: string | null) => {
      const counts: number[] = []
      for (const table of tables) {
        const [found] = await inTransaction(native.app, { scopeCode: scope, token }, (tx) =>
          rows<{ n: number }>(tx, sql.raw(`SELECT count(*) AS n FROM app.${table}`)),
        )
        counts.push(found!.n)
      }
      return counts
    }
    expect(await seen(scopes.get('U1')!, token('U1'))).toEqual([7, 7, 7, 1, 7, 0])
    expect(await seen(scopes.get('D1')!, token('D1'))).toEqual([14, 14, 14, 1, 14, 0])
    expect(await seen(scopes.get('C')!, token('C'))).toEqual([20, 20, 20, 1, 20, 0])
    // Who asked for a transfer sees its own request, and no person behind it.
    expect(await seen(scopes.get('U8')!, token('U8'))).toEqual([0, 0, 0, 0, 20, 0])
    const nothing = [0, 0, 0, 0, 0, 0]
    expect(await seen(scopes.get('U1')!, null)).toEqual(nothing)
    // A forged scope gains nothing, nor does another post than a cadre's.
    expect(await seen('', token('U1'))).toEqual(nothing)
    expect(await seen(scopes.get('C')!, token('leader'))).toEqual(nothing)
    expect(await seen(scopes.get('C')!, token('auditAdmin'))).toEqual(nothing)
    expect(await seen(scopes.get('U1')!, token('worker'))).toEqual(nothing)
    // The service account wraps keys anew and reads no person.
    expect(await seen(scopes.get('C')!, token('service'))).toEqual([0, 20, 0, 0, 0, 0])
  })

  const to = (post: string) =>
    `SELECT app.silo_assign('${matterId}', (SELECT version FROM app.silo_case), '${post}', '2020-04-16', '2020-05-16') AS done`
  it('of a matter the database shows its texts to her who has it, that it is there to its lead, and to nobody else anything', async () => {
    const city = await rows<{ scope: string }>(
      superuser,
      sql`SELECT scope_code AS scope FROM app.org WHERE tier = 'city'`,
    )
    const ask = (who: string | null, statement: string) =>
      inTransaction(
        native.app,
        { scopeCode: city[0]!.scope, token: who && (seated[who] ?? world.person(who)).token },
        (tx) => rows<Record<string, unknown>>(tx, sql.raw(statement)),
      )
    const seen = async (who: string | null) =>
      Promise.all(
        ['silo_case', 'silo_message', 'silo_look', 'silo_recusal'].map(
          async (table) => (await ask(who, `SELECT 1 FROM app.${table}`)).length,
        ),
      )
    const mine = { hand: [1, 3, 1, 0], lead: [1, 0, 1, 0] }
    for (const who of [...Object.keys(seated), ...everybody, null])
      expect([who, await seen(who)]).toEqual([who, mine[who as keyof typeof mine] ?? [0, 0, 0, 0]])
    const { postId } = seated['barred']!
    for (const who of ['barred', 'idle', 'other', 'hand', 'C', 'securityAdmin'])
      expect([who, await ask(who, to(seated['idle']!.postId))]).toEqual([who, [{ done: false }]])
    expect(await ask('lead', to(postId))).toEqual([{ done: false }])
    for (const change of [
      `SET assigned_post = '${postId}'`,
      'SET of_org = NULL',
      `SET receipt = '\\x00'`,
      `SET silo = 'legal'`,
      'SET wrapped = NULL',
      'SET is_urgent = true',
    ])
      await expect(ask('lead', `UPDATE app.silo_case ${change}`)).rejects.toMatchObject({ code: '403.1' })
    await ask('barred', `UPDATE app.silo_case SET state = 'closed'`)
    for (const who of ['barred', 'lead', 'C'])
      expect([who, await ask(who, `SELECT app.silo_mark('${matterId}', true) AS done`)]).toEqual([
        who,
        [{ done: false }],
      ])
    expect(await ask('hand', `SELECT app.silo_mark('${matterId}', false) AS done`)).toEqual([{ done: true }])
    await expect(ask('barred', `DELETE FROM app.silo_message`)).rejects.toMatchObject({ code: '403.1' })
    // A receipt that is guessed opens nothing, nor does one half of it; what was shown once opens the one matter.
    for (const receipt of ['00'.repeat(32), '', 'zz'])
      expect(
        await ask(null, `SELECT 1 FROM app.silo_case, set_config('app.receipt', '${receipt}', true)`).catch(
          () => [],
        ),
      ).toEqual([])
    const followed = await silosAt(client).follow(code)
    expect([followed.state, followed.isUrgent, followed.messages.length]).toEqual(['assigned', false, 2])
  })

  it('the functions across units answer nobody but a cadre in her own scope', async () => {
    const call = (who: string, scope: string, statement: string) =>
      inTransaction(native.app, { scopeCode: scope, token: world.person(who).token }, (tx) =>
        rows<Record<string, unknown>>(tx, sql.raw(statement)),
      )
    const index = await rows<{ hex: string }>(
      superuser,
      sql`SELECT encode(id_index, 'hex') AS hex FROM app.person ORDER BY created_at LIMIT 1`,
    )
    const find = `SELECT * FROM app.find_person('\\x${index[0]!.hex}')`
    expect(await call('leader', '', find)).toEqual([])
    expect(await call('U8', '', find)).toEqual([])
    const [request] = await rows<{ id: string }>(superuser, sql`SELECT id FROM app.person_request LIMIT 1`)
    const { accountId } = world.person('U8')
    expect(
      await call(
        'U8',
        '',
        `SELECT app.grant_transfer('${request!.id}', '${accountId}', current_date) AS done`,
      ),
    ).toEqual([{ done: 'gone' }])
    await expect(call('U8', '', `SELECT app.forget_person('${accountId}')`)).rejects.toMatchObject({
      code: '403.1',
    })
  })
})
