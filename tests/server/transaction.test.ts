import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '#kit/problem.ts'
import { openWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { inTransaction, rolledBack, rows, wholeTree, type Tx } from '#server/database.server.ts'
import { openMemory, type TestDatabase } from '../support/database.ts'
import { loadWorld, type World } from '../support/world.ts'

let database: TestDatabase
let world: World
beforeAll(async () => {
  database = await openMemory()
  world = await loadWorld(database.db)
})
afterAll(() => database.close())

type Setting = { who: string; scope: string | null; until: string | null; ok: boolean }
const settingsOf = async (tx: Tx): Promise<Setting> =>
  (
    await rows<Setting>(
      tx,
      sql`SELECT current_user AS who, current_setting('app.scope', true) AS scope, current_setting('app.scope_end', true) AS until, app.scope_ok() AS ok`,
    )
  )[0]!

const city = () => ({ scopeCode: '0001', token: world.person('C').token })
const inside = { who: 'app', scope: '0001', until: '0001~', ok: true }
const put = (tx: Tx, key: string) =>
  sql`INSERT INTO app.idempotency (account_id, key, route, body_hash, status, answer)
  VALUES ('00000000-0000-0000-0000-000000000000', ${key}, '', '', 200, '{}')`.execute(tx)
const kept = async (tx: Tx) =>
  (await rows<{ key: string }>(tx, sql`SELECT key FROM app.idempotency ORDER BY 1`)).map((r) => r.key)

const run = (scopeCode: string, token: string | null) =>
  inTransaction(database.db, { scopeCode, token }, settingsOf)

const work = () => openWork({} as Actor)
const failing = (run: (tx: Tx) => Promise<unknown>) =>
  inTransaction(database.db, city(), run).then(
    () => null,
    (error: unknown) => (error as Problem).code,
  )

describe('a transaction', () => {
  it('runs under role, scope and token, and leaves none of them behind', async () => {
    await inTransaction(database.db, city(), async (tx) => expect(await settingsOf(tx)).toEqual(inside))
    await inTransaction(database.db, { scopeCode: '0001' }, async (tx) =>
      expect(await settingsOf(tx)).toEqual({ ...inside, ok: false }),
    )
    expect(await settingsOf(database.db as Tx)).toEqual({ who: 'postgres', scope: '', until: '', ok: false })
  })

  it('has failed of what failed first, also where that is awaited after what follows it', async () => {
    const code = Problem.badRequest({ issues: [] }).code
    // The audit lock fails; what is read behind it is refused.
    const behind = await failing((tx) => {
      work().lockWith(tx, Number.NaN)
      return settingsOf(tx)
    })
    // A statement fails; the audit lock sent with it is refused.
    const before = await failing((tx) => {
      const asked = rows(tx, sql`SELECT ${'none'}::uuid`)
      work().lockWith(tx, 1)
      return asked
    })
    expect([behind, before]).toEqual([code, code])
  })

  it("inside another is a savepoint: its failure leaves the outer one whole, its context is the outer one's", async () => {
    const undone = inTransaction(database.db, { ...city(), door: world.deps.door }, async (tx) => {
      await put(tx, 'outer')
      const failed = inTransaction(database.db, wholeTree, async (inner) => {
        expect(await settingsOf(inner)).toEqual(inside)
        await put(inner, 'inner')
        await put(inner, 'inner')
      })
      await expect(failed).rejects.toMatchObject({ code: Problem.inFlight().code })
      expect(await kept(tx)).toEqual(['outer'])
      throw new Error('undo')
    })
    await expect(undone).rejects.toThrow('undo')
    expect(await kept(database.db as Tx)).toEqual([])
  })

  it('refuses a second connection beside its own, which a pool of one would wait for without end', async () => {
    await inTransaction(database.db, city(), async () => {
      await expect(rows(database.db, sql`SELECT 1`)).rejects.toThrow(
        'a second connection inside a transaction',
      )
    })
  })

  it.each(['40001', '40P01'])('that met %s is run again, five times at most', async (code) => {
    let tries = 0
    const failing = (until: number) => async () => {
      tries++
      if (tries < until) throw Object.assign(new Error('again'), { code })
      return tries
    }
    expect(await inTransaction(database.db, city(), failing(5))).toBe(5)
    tries = 0
    await expect(inTransaction(database.db, city(), failing(9))).rejects.toMatchObject({ code: '503.1' })
    expect(tries).toBe(5)
  })

  it('takes no scope with a foreign letter, and a token for nothing but a token', async () => {
    await expect(run(`0001' OR '`, null)).rejects.toThrow('foreign character')
    expect(await run('0001', `'); DROP TABLE app.record; --`)).toEqual({ ...inside, ok: false })
    expect(await run('0001', 'x'.repeat(43))).toEqual({ ...inside, ok: false })
  })
})

describe('a rehearsal', () => {
  it('plays each transaction with a context of its own, as the server would run it', async () => {
    await rolledBack(database.db, async (tx) => {
      const outside = await settingsOf(tx)
      await inTransaction(tx, city(), async (inner) => {
        expect(await settingsOf(inner)).toEqual(inside)
        await inTransaction(tx, wholeTree, async (nested) => expect(await settingsOf(nested)).toEqual(inside))
        await put(inner, 'first')
      })
      expect(await settingsOf(tx)).toEqual({ ...outside, scope: '', until: '' })
      // The next one has no token: what the first opened is closed again.
      await inTransaction(tx, { scopeCode: '0001' }, async (inner) =>
        expect(await settingsOf(inner)).toEqual({ ...inside, ok: false }),
      )
      const failed = inTransaction(tx, city(), async (inner) => {
        await put(inner, 'second')
        await sql`DELETE FROM app.record`.execute(inner)
      })
      await expect(failed).rejects.toMatchObject({ code: '403.1' })
      expect(await settingsOf(tx)).toEqual({ ...outside, scope: '', until: '' })
      expect(await kept(tx)).toEqual(['first'])
    })
    expect(await kept(database.db as Tx)).toEqual([])
  })
})
