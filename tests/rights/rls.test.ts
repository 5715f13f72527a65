import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldAll } from '#figures/fold.server.ts'
import { tableOf } from '#kit/columns.ts'
import { findProgramme } from '#programmes/index.ts'
import { runCommand } from '#server/commands.server.ts'
import { inTransaction, openPool, rows, type Context, type Tx } from '#server/database.server.ts'
import { openEngine } from '#server/engine.server.ts'
import { readEnv } from '#server/env.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openClient, type Client } from '../support/client.ts'
import { openNative, withoutNative, type Native } from '../support/native.ts'
import { playOn, type Written } from '../support/play.ts'
import { loadWorld, type World } from '../support/world.ts'

/** Units with a training (S1) and an honour (S2) each, under review. */
const owners = ['U1', 'U3', 'U5', 'U6', 'U8', 'C']

const copied = (table: string, changes: object) =>
  sql`INSERT INTO ${sql.raw(`app.${table}`)} SELECT (jsonb_populate_record(NULL::${sql.raw(`app.${table}`)}, ${JSON.stringify(changes)}::jsonb)).*`

const start = (url: string) => openEngine(readEnv({ DATABASE_URL: url }), () => undefined)

describe.skipIf(withoutNative)('behind the app login on PostgreSQL', () => {
  let native: Native
  let world: World
  let client: Client
  const trainings = new Map<string, string>()
  const honours = new Map<string, string>()

  beforeAll(async () => {
    native = await openNative(1)
    world = await loadWorld(native.owner, native.app)
    client = await openClient(world)
    const play = playOn(client.as)
    for (const code of owners) {
      trainings.set(code, (await play.submit(code)).id)
      const honour = { body: bodyOf(findProgramme('honour')!) }
      const made = await client.as(code).post<Written>('/api/records/honour', honour)
      honours.set(code, made.body.id)
      await client
        .as(code)
        .put(`/api/drafts/${randomUUID()}`, { programme: 'training', kind: 'draft', body: {}, sequence: 1 })
    }
  })
  afterAll(async () => {
    await client?.close()
    await native?.close()
  })

  const scopeOf = async (code: string): Promise<string> =>
    (
      await rows<{ code: string }>(
        native.owner,
        sql`SELECT scope_code AS code FROM app.org WHERE id = ${world.org(code)}`,
      )
    )[0]!.code
  const wholeRow = async (table: string, where: string): Promise<object> =>
    (
      await rows<{ row: object }>(
        native.owner,
        sql.raw(`SELECT to_jsonb(t) AS row FROM app.${table} t WHERE ${where}`),
      )
    )[0]!.row
  const begin = (who: string) => `SELECT app.begin('${world.person(who).token}')`
  /** The context of a person's request, with or without her token. */
  const contextOf = async (code: string, withToken: boolean): Promise<Context> => ({
    scopeCode: await scopeOf(code),
    token: withToken ? world.person(code).token : null,
  })
  const unitOf = new Map<number, string>()
  const unitsIn = async (tx: Tx, table: string, key = 'org_id'): Promise<string> => {
    if (unitOf.size === 0) for (const [code, id] of world.ids) unitOf.set(id, code)
    const found = await rows<{ id: number }>(tx, sql.raw(`SELECT DISTINCT ${key} AS id FROM app.${table}`))
    return found
      .map((f) => unitOf.get(f.id)!)
      .sort()
      .join(',')
  }

  describe('a statement that forgot its WHERE', () => {
    it.each([
      ['U1', 'U1', 'U1'],
      ['S1', 'U1,U6', 'U1'],
      ['D1', 'U1,U3,U6', 'U1,U3'],
      ['D2', 'U5', 'U5'],
      ['I1', 'U6', 'U6'],
      ['U2', '', ''],
      ['C', 'C,U1,U3,U5,U6,U8', 'C,U1,U3,U5,U6,U8'],
    ])(
      'of %s sees S1 of scope and view, and S2 of the scope by its token alone',
      async (who, work, personal) => {
        const look = async (withToken: boolean) =>
          inTransaction(native.app, await contextOf(who, withToken), async (tx) => ({
            spine: await unitsIn(tx, 'record WHERE class = 1'),
            personal: await unitsIn(tx, 'record WHERE class = 2'),
            typed: await unitsIn(
              tx,
              'record r JOIN app.training t ON t.district_id = r.district_id AND t.record_id = r.id',
            ),
            named: await unitsIn(
              tx,
              'record r JOIN app.honour t ON t.district_id = r.district_id AND t.record_id = r.id',
            ),
            ledger: await unitsIn(tx, 'ledger'),
            history: await unitsIn(tx, 'record_history'),
            drafts: await unitsIn(tx, 'proposal'),
          }))
        const both = [...new Set([...work.split(','), ...personal.split(',')])]
          .filter(Boolean)
          .sort()
          .join(',')
        const own = personal
        expect(await look(false)).toEqual({
          spine: work,
          personal: '',
          typed: work,
          named: '',
          ledger: work,
          history: work,
          drafts: own,
        })
        expect(await look(true)).toEqual({
          spine: work,
          personal,
          typed: work,
          named: personal,
          ledger: both,
          history: both,
          drafts: own,
        })
      },
    )
  })

  /** What the bare login sees after some settings, each in one transaction of its own. */
  async function seen(...settings: string[]): Promise<{ work: number; personal: number }> {
    const connection = await native.appPool.connect()
    try {
      await connection.query('BEGIN')
      for (const setting of settings) await connection.query(setting)
      const { rows: found } = await connection.query<{ class: number; n: number }>(
        'SELECT class, count(*)::int AS n FROM app.record GROUP BY 1',
      )
      const of = (privacy: number) => found.find((f) => f.class === privacy)?.n ?? 0
      return { work: of(1), personal: of(2) }
    } finally {
      await connection.query('ROLLBACK')
      connection.release()
    }
  }

  describe('a context', () => {
    const city = `SET LOCAL app.scope = '0001'`
    const cityEnd = `SET LOCAL app.scope_end = '0001~'`

    it('unset shows nothing', async () => {
      expect(await seen()).toEqual({ work: 0, personal: 0 })
      expect(await seen(`SET LOCAL app.scope = ''`)).toEqual({ work: 0, personal: 0 })
    })

    it("forged opens no S2 row: without a token, with a wrong one, with another person's", async () => {
      const n = owners.length
      expect(await seen(city, cityEnd)).toEqual({ work: n, personal: 0 })
      expect(await seen(city, cityEnd, `SELECT app.begin('not-a-token')`)).toEqual({ work: n, personal: 0 })
      expect(await seen(city, cityEnd, begin('U1'))).toEqual({ work: n, personal: 0 })
      expect(await seen(city, cityEnd, begin('C'))).toEqual({ work: n, personal: n })
      expect(await seen(begin('C'), city, `SET LOCAL app.scope_end = '~'`)).toEqual({ work: n, personal: 0 })
    })

    it('of a session that ended, an account or post that is over opens nothing', async () => {
      const { accountId } = world.person('C')
      for (const [change, back] of [
        [
          `UPDATE app.session SET expires_at = now() - interval '1 s'`,
          `UPDATE app.session SET expires_at = now() + interval '1 h'`,
        ],
        ['UPDATE app.account SET disabled_at = now()', 'UPDATE app.account SET disabled_at = NULL'],
        ['UPDATE app.post SET until_on = current_date - 1', 'UPDATE app.post SET until_on = NULL'],
      ] as const) {
        const where = change.includes('app.account') ? 'id' : 'account_id'
        await sql.raw(`${change} WHERE ${where} = '${accountId}'`).execute(native.owner)
        expect([change, await seen(city, cityEnd, begin('C'))]).toEqual([
          change,
          { work: owners.length, personal: 0 },
        ])
        await sql.raw(`${back} WHERE ${where} = '${accountId}'`).execute(native.owner)
      }
      expect((await seen(city, cityEnd, begin('C'))).personal).toBe(owners.length)
    })

    it('is gone when the connection goes back to the pool, after a success and after a failure', async () => {
      const left = async () => {
        const connection = await native.appPool.connect()
        const { rows: found } = await connection.query(
          `SELECT current_setting('app.scope', true) AS scope, app.scope_ok() AS ok, current_user AS who, count(r.id)::int AS n FROM (SELECT 1) x LEFT JOIN app.record r ON true`,
        )
        connection.release()
        return found
      }
      const nothing = [{ scope: '', ok: false, who: 'app', n: 0 }]
      const context = await contextOf('C', true)
      await inTransaction(native.app, context, (tx) => rows(tx, sql`SELECT 1`))
      expect(await left()).toEqual(nothing)
      await expect(inTransaction(native.app, context, (tx) => rows(tx, sql`SELECT 1 / 0`))).rejects.toThrow(
        'division by zero',
      )
      expect(await left()).toEqual(nothing)
      await expect(
        inTransaction(native.app, { scopeCode: `0001'; --` }, (tx) => rows(tx, sql`SELECT 1`)),
      ).rejects.toThrow('foreign character')
      expect(await left()).toEqual(nothing)
    })
  })

  const refusalAs = async (who: string, statement: ReturnType<typeof copied>) => {
    const context = await contextOf(who, true)
    return inTransaction(native.app, context, (tx) => rows(tx, statement)).then(
      () => 'done',
      (error: { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code,
    )
  }

  describe('a write outside the scope', () => {
    it('is refused on the spine, on what hangs on it, and on proposals', async () => {
      const foreign = trainings.get('U5')!
      const record = await wholeRow('record', `id = '${foreign}'`)
      expect(await refusalAs('U1', copied('record', { ...record, id: randomUUID() }))).toBe('42501')
      expect(await refusalAs('C', copied('record', { ...record, id: randomUUID() }))).toBe('done')
      const draft = await wholeRow('proposal', `org_id = ${world.org('U5')}`)
      expect(await refusalAs('U1', copied('proposal', { ...draft, id: randomUUID() }))).toBe('42501')
      for (const table of ['record_history', 'ledger', tableOf(findProgramme('training')!)]) {
        const row = await wholeRow(table, `record_id = '${foreign}'`)
        expect([table, await refusalAs('U1', copied(table, { ...row, version: 77, line: 7 }))]).toEqual([
          table,
          '42501',
        ])
      }
    })

    it('changes nothing, and a record cannot be pushed out of the scope', async () => {
      const foreign = trainings.get('U5')!
      const context = await contextOf('D1', true)
      const changed = (statement: string) =>
        inTransaction(native.app, context, (tx) => rows(tx, sql.raw(`${statement} RETURNING 1`)))
      expect(await changed(`UPDATE app.record SET title = 'x' WHERE id = '${foreign}'`)).toEqual([])
      // Seen through the view line, yet not to be changed.
      expect(await changed(`UPDATE app.record SET title = 'x' WHERE id = '${trainings.get('U6')}'`)).toEqual(
        [],
      )
      expect(await changed(`UPDATE app.training SET women = 1 WHERE record_id = '${foreign}'`)).toEqual([])
      expect(await changed(`DELETE FROM app.proposal WHERE org_id = ${world.org('U5')}`)).toEqual([])
      const away = `UPDATE app.record SET scope_code = '${await scopeOf('U5')}' WHERE id = '${trainings.get('U1')}'`
      await expect(changed(away)).rejects.toMatchObject({ code: '403.1', cause: { code: '42501' } })
    })

    it.each([
      'DELETE FROM app.record',
      'DELETE FROM app.record_history',
      'UPDATE app.record_history SET reason = NULL',
      'UPDATE app.ledger SET val = 1',
      'DELETE FROM app.ledger',
      'UPDATE app.audit SET action = action',
      'DELETE FROM app.audit',
      'TRUNCATE app.audit',
      'UPDATE app.snapshot SET content = content',
      `UPDATE app.setting SET value = 'live'`,
      `UPDATE app.post SET role = 'cadre'`,
      `INSERT INTO app.post SELECT * FROM app.post`,
      'UPDATE app.org SET name = name',
      'DELETE FROM app.org_edge',
      'SELECT * FROM app.context',
      `INSERT INTO app.context VALUES (pg_backend_pid(), pg_current_xact_id(), gen_random_uuid(), gen_random_uuid(), '0001', '0001~')`,
      'SELECT app.rebuild_closure(ARRAY[1])',
      `SELECT app.refile(ARRAY[1], 201901, ARRAY[1])`,
      `CALL app.guard('org', 'ALL')`,
      `SELECT app.move_org(10, 3, 1, 202001, 202004, current_date, 'x')`,
      'ALTER TABLE app.record DISABLE ROW LEVEL SECURITY',
      'DROP POLICY record_read ON app.record',
      'CREATE TABLE app.mine (id int)',
      'CREATE TABLE public.mine (id int)',
      `CREATE FUNCTION app.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
      'SET ROLE migrator',
      'SET SESSION AUTHORIZATION migrator',
      'SET row_security = off; SELECT * FROM app.record',
      `COPY app.record TO PROGRAM 'cat'`,
      `SELECT pg_read_file('/etc/passwd')`,
      'ALTER ROLE app BYPASSRLS',
    ])('%s is refused', async (statement) => {
      const connection = await native.appPool.connect()
      try {
        await connection.query(`BEGIN; SET LOCAL app.scope = '0001'; SET LOCAL app.scope_end = '0001~'`)
        await expect(connection.query(statement)).rejects.toMatchObject({ code: '42501' })
      } finally {
        await connection.query('ROLLBACK')
        connection.release()
      }
    })
  })

  describe('the server', () => {
    it('starts with the app login, reads its schema version and serves', async () => {
      const engine = await start(native.url('app'))
      expect(engine.kind).toBe('postgres')
      await engine.close()
      const me = await client.as('D1').get<{ post: { org: { code: string } } }>('/api/me')
      expect(me.body.post.org.code).toBe('D1')
    })

    it('counts and recounts with what that login may read', async () => {
      const play = playOn(client.as)
      const record = await play.mustAct('S1', await play.submit('U2', { title: '走完全程的一条' }), {
        action: 'pass',
      })
      await play.mustAct('D1', record, { action: 'accept' })
      await foldAll(native.app)
      const said: string[] = []
      const io = {
        out: (text: string) => void said.push(text),
        err: (text: string) => void said.push(text),
        cwd: '/',
        user: 'test',
      }
      expect([await runCommand(world.deps, ['verify'], io), said]).toEqual([0, expect.any(Array)])
      expect(said.join('')).toMatch(/完好\n重算：13 条记录、\d+ 条台账分录、\d+ 行汇总，全部相符/)
      await sql`UPDATE app.rollup SET m09 = m09 + 1 WHERE org_id = ${world.org('D1')} AND m09 > 0`.execute(
        native.owner,
      )
      expect(await runCommand(world.deps, ['verify'], io)).toBe(1)
      expect(said.join('')).toContain('示例D1工会')
    })

    it.each(['migrator', 'postgres'] as const)(
      'refuses the login %s, which steps round the policies',
      async (login) => {
        await expect(start(native.url(login))).rejects.toThrow('不得为超级用户或可绕过行级策略')
      },
    )

    it.each(['fsync', 'full_page_writes'])('refuses a database with %s off', async (setting) => {
      const superuser = openPool({ connectionString: native.url('postgres'), max: 1 })
      const turn = async (value: string) => {
        await superuser.query(`ALTER SYSTEM SET ${setting} = ${value}`)
        await superuser.query('SELECT pg_reload_conf()')
        await expect
          .poll(async () => (await superuser.query(`SHOW ${setting}`)).rows[0])
          .toEqual({ [setting]: value })
      }
      await turn('off')
      await expect(start(native.url('app'))).rejects.toThrow(setting)
      await turn('on')
      await superuser.end()
    })

    it('refuses a database of another version', async () => {
      await sql`INSERT INTO app.migration (name, hash) VALUES ('9999-future.sql', '')`.execute(native.owner)
      await expect(start(native.url('app'))).rejects.toThrow('数据库比程序新（多出 9999-future.sql）')
      await sql`DELETE FROM app.migration WHERE name LIKE '9999%'`.execute(native.owner)
    })
  })
})
