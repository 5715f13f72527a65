import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, openDb, openPool, rows, type Db } from '#server/database.server.ts'
import type { SuiteName } from '#crypto/suite.server.ts'
import { openClient, type Client } from '../support/client.ts'
import { findNative, openNative, withoutNative, type Native } from '../support/native.ts'
import { entryOf, madeUpNumber } from '../support/persons.ts'
import { loadWorld, type World } from '../support/world.ts'

const persons = 20

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
    hear(await client.as('C').get('/api/persons?size=100'))
    hear(await client.as('C').get('/api/person-requests'))
    hear(await client.as('auditAdmin').get('/api/audit'))
    // A fault of the database, as the log of the server gets it.
    await sql`REVOKE INSERT ON app.person FROM app`.execute(native.owner)
    hear(await client.as('U2').post('/api/persons', { body: entryOf(90, { phone: canaries[1] }) }))
    await sql`GRANT INSERT ON app.person TO app`.execute(native.owner)
    await sql`CHECKPOINT`.execute(superuser)
  }

  const token = (who: string): string => world.person(who).token
  const found = (text: string): string[] => canaries.filter((canary) => text.includes(canary))

  it('forty were sown, and each came back where it was asked for', () =>
    expect([canaries.length, new Set(canaries).size, opened]).toEqual([40, 40, canaries]))

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
    expect(text).toContain('COPY app.person_access')
    expect(found(text)).toEqual([])
  })

  it('0 in the write-ahead log and the files of the cluster', () => {
    const dir = new URL(native.url('postgres').replace('@/', '@localhost/')).searchParams.get('host')!
    const files = readdirSync(join(dir, 'data'), { recursive: true, withFileTypes: true }).filter((f) =>
      f.isFile(),
    )
    let [bytes, names] = [0, 0]
    for (const file of files) {
      const content = readFileSync(join(file.parentPath, file.name)).toString('latin1')
      bytes += content.length
      // That the search would find: a name of the same rows stands in clear.
      if (content.includes(Buffer.from('王示').toString('latin1'))) names++
      expect([file.name, found(content)]).toEqual([file.name, []])
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
    expect(await seen(scopes.get('U1')!, token('U1'))).toEqual([7, 7, 7, 0, 7, 0])
    expect(await seen(scopes.get('D1')!, token('D1'))).toEqual([14, 14, 14, 0, 14, 0])
    expect(await seen(scopes.get('C')!, token('C'))).toEqual([20, 20, 20, 0, 20, 0])
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
    ).toEqual([{ done: false }])
    await expect(call('U8', '', `SELECT app.forget_person('${accountId}')`)).rejects.toMatchObject({
      code: '403.1',
    })
  })
})
