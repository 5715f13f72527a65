import { createHash, createHmac, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { doorOf, lockOf, type Door } from '#crypto/door.server.ts'
import { openProvider } from '#crypto/provider.server.ts'
import { inTransaction, rows, wholeTree, type Context, type Tx } from '#server/database.server.ts'
import { enter } from '../support/account.ts'
import { stageOf, type Stage } from '../support/client.ts'
import { openNative, withoutNative, type Native } from '../support/native.ts'
import { playOn } from '../support/play.ts'
import { loadWorld, suiteOfRun, type World } from '../support/world.ts'

const ownToken = 'a-token-that-the-intruder-made-up-'
const digest = (token: string) => createHash('sha256').update(token).digest()
const hex = (bytes: Buffer) => `'\\x${bytes.toString('hex')}'::bytea`
const stampOf = (ago: number) => `${Math.floor(Date.now() / 1000) - ago} x`

const shown = (stamp: string, proof: Buffer): Context => ({
  ...wholeTree,
  door: () => ({ stamp, proof }),
})

/** What an injected statement could do: anything that the app login may, short of proving where it comes from. */
describe.skipIf(withoutNative)('with nothing but the app login', () => {
  let native: Native
  let world: World
  let stage: Stage
  let door: Door
  const record = { id: '' }

  beforeAll(async () => {
    native = await openNative(3)
    world = await loadWorld(native.owner, native.app)
    door = world.deps.door
    stage = await stageOf(world, () => native.close())
    record.id = (await playOn(stage.as).submit('U1')).id
    // Sign-in by password and factor passes the door of the server under the app login.
    for (const who of ['U3b', 'D1b']) await enter(stage, native.owner as Tx, who)
    await stage.as('C').post('/api/summary/snapshots', { year: 2019 })
    const draft = { title: ['总结'], blocks: [] }
    await stage.as('C').put('/api/summary/draft', { year: 2019, version: 0, draft })
    await stage.as('C').post('/api/summary/comments', { year: 2019, block: 'b1', quote: '', body: '请核对' })
  })
  afterAll(() => stage?.close())

  const scopeOf = async (who: string): Promise<string> =>
    (
      await rows<{ code: string }>(
        native.owner,
        sql`SELECT scope_code AS code FROM app.org WHERE id = ${world.org(world.person(who).org)}`,
      )
    )[0]!.code

  /** Whether the database's lock is that of a key. */
  const fits = async (key: number) => {
    const { inside, outside } = lockOf(openProvider(new Uint8Array(32).fill(key), suiteOfRun))
    return (await rows(native.app, sql`SELECT app.fit_door(${inside}, ${outside}) AS ok`))[0]
  }

  /** How many rows of a table a person's scope shows. */
  const seen = async (who: string, table: string) =>
    outcome(`SELECT 1 FROM app.${table}`, { scopeCode: await scopeOf(who) })

  /** What a person's scope shows of the chain. */
  const streams = async (who: string) =>
    inTransaction(native.app, { scopeCode: await scopeOf(who) }, async (tx) => {
      const found = await rows<{ action: string; object: string; district: number }>(
        tx,
        sql`SELECT action, object, district_id AS district FROM app.audit`,
      )
      return {
        streams: new Set(found.map((f) => f.district)).size,
        actions: [...new Set(found.map((f) => f.action))].sort(),
      }
    })

  /** Rows that a statement gives or touches, else the SQLSTATE it ends with. Nothing of it stays. */
  async function outcome(statement: string, context: Context = wholeTree): Promise<number | string> {
    const undone = new Error('undone')
    let count = 0
    const ran = inTransaction(native.app, context, async (tx) => {
      count = (await rows(tx, sql.raw(statement))).length
      throw undone
    })
    return ran.then(
      () => count,
      (error: { code?: string; cause?: { code?: string } }) =>
        error === (undone as unknown) ? count : (error.cause?.code ?? error.code ?? 'no code'),
    )
  }

  const victim = () => world.person('C')
  const session = () =>
    `INSERT INTO app.session (token_hash, account_id, post_id, is_demo, aal, expires_at) VALUES
      (${hex(digest(ownToken))}, '${victim().accountId}', '${victim().postId}', true, 2, now() + interval '1 h') RETURNING 1`

  /** Each way in, and what it gives to nobody and to the server's own identity code. */
  // prettier-ignore
  const ways: [what: string, statement: () => string, bare: number | string, proved: number][] = [
    ['a session of the city', session, '42501', 1],
    ['a longer life for a session', () => `UPDATE app.session SET expires_at = now() + interval '9 years' WHERE account_id = '${victim().accountId}' RETURNING 1`, 0, 1],
    ['another post in a session', () => `UPDATE app.session SET post_id = '${victim().postId}' WHERE account_id = '${world.person('U1').accountId}' RETURNING 1`, 0, 1],
    ['an end to all sessions', () => `DELETE FROM app.session WHERE account_id = '${victim().accountId}' RETURNING 1`, 0, 1],
    ['a look at sessions', () => `SELECT 1 FROM app.session WHERE account_id = '${victim().accountId}'`, 0, 1],
    ['a look at password hashes', () => `SELECT 1 FROM app.credential WHERE account_id = '${world.person('D1b').accountId}'`, 0, 1],
    ["one's own password for another account", () => `UPDATE app.credential SET password_hash = 'x' WHERE account_id = '${world.person('D1b').accountId}' RETURNING 1`, 0, 1],
    ['a first password for an account without', () => `INSERT INTO app.credential (account_id, password_hash) VALUES ('${victim().accountId}', 'x') RETURNING 1`, '42501', 1],
    ['a second factor taken away', () => `UPDATE app.credential SET factor = NULL, factor_at = NULL WHERE account_id = '${world.person('D1b').accountId}' RETURNING 1`, 0, 1],
    ['a recovery code', () => `INSERT INTO app.recovery_code (account_id, code_hash) VALUES ('${victim().accountId}', '\\x00') RETURNING 1`, '42501', 1],
    ['an invitation', () => `INSERT INTO app.invitation (token_hash, account_id, kind, made_by, expires_at) VALUES ('\\x00', '${victim().accountId}', 'reset', '${victim().accountId}', now() + interval '1 h') RETURNING 1`, '42501', 1],
    ['a unified identity for another account', () => `INSERT INTO app.oidc_identity (issuer, subject, account_id) VALUES ('i', 's', '${victim().accountId}') RETURNING 1`, '42501', 1],
    ['a way back from the provider', () => `INSERT INTO app.oidc_flow (state_hash, verifier, nonce, account_id, expires_at) VALUES ('\\x00', '', '', '${victim().accountId}', now() + interval '1 h') RETURNING 1`, '42501', 1],
    ['counters of failed tries set back', () => `INSERT INTO app.attempt (subject, failures, since, next_at) VALUES ('s', 0, now(), now()) RETURNING 1`, '42501', 1],
    ['a notice to nobody', () => `INSERT INTO app.notice (id, account_id, kind, detail) VALUES (gen_random_uuid(), '${victim().accountId}', 'x', 'x') RETURNING 1`, '42501', 1],
    ["other people's stored answers", () => `SELECT 1 FROM app.idempotency WHERE account_id = '${world.person('U1').accountId}' LIMIT 1`, 0, 1],
  ]

  it.each(ways)('there is no %s; with the proof there is', async (_what, statement, bare, proved) => {
    for (const context of [wholeTree, { ...wholeTree, token: world.person('U1').token }])
      expect(await outcome(statement(), context)).toBe(bare)
    expect(await outcome(statement(), { ...wholeTree, door })).toBe(proved)
  })

  it.each([
    'INSERT INTO app.post_request SELECT * FROM app.post_request',
    `SELECT app.open_account(gen_random_uuid(), 'me', 'me', 'me')`,
    `SELECT app.set_disabled(gen_random_uuid(), false)`,
    `SELECT app.give_post(gen_random_uuid(), gen_random_uuid(), 1, 'cadre', current_date, NULL)`,
    `SELECT app.decide_post(gen_random_uuid(), true)`,
    `SELECT app.end_post(gen_random_uuid(), current_date)`,
    'SELECT * FROM app.door_key',
    'SELECT * FROM app.door',
    'INSERT INTO app.door VALUES (pg_backend_pid(), pg_current_xact_id())',
    `UPDATE app.door_key SET inside = ''`,
    'DELETE FROM app.door_key',
  ])('%s is refused, proved or not', async (statement) => {
    expect(await outcome(statement)).toBe('42501')
    expect(await outcome(statement, { ...wholeTree, door })).toBe('42501')
  })

  describe('a proof', () => {
    const forger = doorOf(openProvider(new Uint8Array(32).fill(9)))

    it('made up, of another key, of another stamp or two days old opens nothing', async () => {
      expect(await outcome(session(), { ...wholeTree, door: forger })).toBe('42501')
      expect(await outcome(session(), shown(stampOf(0), Buffer.alloc(32)))).toBe('42501')
      expect(await outcome(session(), shown(stampOf(0), door().proof))).toBe('42501')
      expect(await outcome(session(), shown('', Buffer.alloc(0)))).toBe('42501')
    })

    it('is of its day: the same key over an old stamp serves no more', async () => {
      const key = world.deps.crypto.subKey('jinguo.door')
      const prove = (stamp: string) => createHmac('sha256', key).update(stamp).digest()
      const [fresh, old] = [stampOf(60), stampOf(2 * 86_400)]
      expect(await outcome(session(), shown(fresh, prove(fresh)))).toBe(1)
      expect(await outcome(session(), shown(old, prove(old)))).toBe('42501')
    })

    it('opens its own transaction and not the next one of the connection', async () => {
      const connection = await native.appPool.connect()
      try {
        const { stamp, proof } = door()
        const opens = async () => (await connection.query('SELECT app.at_door() AS ok')).rows[0].ok as boolean
        await connection.query('BEGIN')
        await connection.query('SELECT app.enter($1, $2)', [stamp, proof])
        expect(await opens()).toBe(true)
        await connection.query('COMMIT; BEGIN')
        expect(await opens()).toBe(false)
        await connection.query('ROLLBACK')
      } finally {
        connection.release()
      }
    })

    it('is checked by a lock that is fitted once', async () => {
      expect(await fits(9)).toEqual({ ok: false })
      expect(await outcome(session(), { ...wholeTree, door: forger })).toBe('42501')
      expect(await fits(7)).toEqual({ ok: true })
    })
  })

  it('stands in no list of what connections do, nor does a token', async () => {
    const { token } = victim()
    const { stamp, proof } = door()
    const watch = async () => JSON.stringify(await rows(native.app, sql`SELECT query FROM pg_stat_activity`))
    const secrets = [token, stamp, proof.toString('hex'), proof.toString('base64')]
    const working = await native.appPool.connect()
    try {
      await working.query(`BEGIN; SELECT '${token}'`)
      expect(await watch()).toContain(token)
      await working.query('ROLLBACK')
    } finally {
      working.release()
    }
    await inTransaction(native.app, { ...wholeTree, token, door: () => ({ stamp, proof }) }, async (tx) => {
      await rows(tx, sql`SELECT pg_sleep(0)`)
      const seen = await native.appPool.query('SELECT query FROM pg_stat_activity')
      for (const secret of secrets) expect(JSON.stringify(seen.rows)).not.toContain(secret)
    })
  })

  it('gives a stored answer to the session of its account alone', async () => {
    const key = randomUUID()
    await stage.as('C').post('/api/summary/snapshots', { year: 2019 }, { key })
    const asks = (who: string) =>
      outcome(`SELECT 1 FROM app.stored_answer(${hex(digest(world.person(who).token))}, '${key}')`)
    expect(await asks('C')).toBe(1)
    for (const who of ['Cb', 'D1', 'auditAdmin']) expect([who, await asks(who)]).toEqual([who, 0])
  })

  describe('the scope', () => {
    it('holds frozen summaries and their figures', async () => {
      expect(await seen('C', 'snapshot')).toBe(2)
      expect(await seen('C', 'snapshot_value')).toBeGreaterThan(10)
      for (const table of ['paper', 'paper_version', 'paper_comment'])
        expect([table, await seen('C', table)]).toEqual([table, 1])
      for (const who of ['D1', 'U1', 'I1'])
        for (const table of ['snapshot', 'snapshot_value', 'paper', 'paper_version', 'paper_comment'])
          expect([who, table, await seen(who, table)]).toEqual([who, table, 0])
    })

    it('holds the chain: streams of its own, and below that the acts that moved figures in sight', async () => {
      expect((await streams('C')).streams).toBe(2)
      expect((await streams('D1')).streams).toBe(1)
      expect((await streams('D1')).actions).toContain('session.open')
      expect(await streams('U1')).toEqual({ streams: 1, actions: ['record.submit'] })
      expect(await streams('U2')).toEqual({ streams: 0, actions: [] })
      expect(await streams('D2')).toEqual({ streams: 0, actions: [] })
    })
  })
})
