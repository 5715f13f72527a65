import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nameDigest } from '#crypto/secret.server.ts'
import type { Me } from '#identity/api.ts'
import { limits } from '#identity/throttle.ts'
import { NotSent } from '#notify/sending.server.ts'
import { indexPhones } from '#person/vaultKeys.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { codeOf, holder, letPass } from '../support/account.ts'
import { openStage, type Answer, type Stage } from '../support/client.ts'
import { entryOf } from '../support/persons.ts'
import type { Refusal } from '../support/play.ts'

let stage: Stage
let sent: { to: string; code: string }[]
let isDown = false
beforeAll(async () => {
  stage = await openStage()
  stage.world.deps.waysOut = {
    ...stage.world.deps.waysOut,
    codes: {
      isShown: false,
      send: ({ to, code }) => {
        sent.push({ to, code })
        return isDown ? Promise.reject(new NotSent('短信网关拒绝')) : Promise.resolve()
      },
    },
  }
})
afterAll(() => stage.close())
const trial = (work: (tx: Tx) => Promise<void>) =>
  stage.trial(async (tx) => {
    sent = []
    await work(tx)
  })

type Entered = Refusal & { stage?: string }
const her = entryOf(1)
const phone = String(her['phone'])
const ask = (of = phone, headers = {}, from = '127.0.0.1') =>
  stage.as(null).post<Refusal & { mask: string; shown: null }>(
    '/api/session/phone/code',
    { phone: of },
    {
      key: null,
      headers,
      from,
    },
  )
const ticketIn = ({ headers }: Answer<unknown>) =>
  /__Host-phone-ticket=([^;]+)/.exec(String(headers['set-cookie']))![1]!
const enter = (ticket: string, body: { phone?: string; code: string; name?: string }) =>
  stage
    .as(null)
    .post<Entered>(
      '/api/session/phone',
      { phone, ...body },
      { key: null, headers: { cookie: `__Host-phone-ticket=${ticket}` } },
    )
/** Asks for a code and types what the telephone got. */
async function arrive(name?: string, of = phone): Promise<Answer<Entered>> {
  const ticket = ticketIn(await ask(of))
  return enter(ticket, { phone: of, code: sent.at(-1)!.code, ...(name === undefined ? {} : { name }) })
}
const add = async (n: number, changes: object = {}, who = 'U1') =>
  (await stage.as(who).post<{ id: string }>('/api/persons', { body: { ...entryOf(n), ...changes } })).body.id
const fieldOf = ({ body }: Answer<Entered>) => body.issues?.map(({ field }) => field).join()
const meOf = async (answer: Answer<Entered>) =>
  (await stage.as(holder(stage, answer.headers)).get<Me>('/api/me')).body

describe('a woman of the register comes in by her phone', () => {
  it('by code and name the first time, by the code alone the next, in the account that her entry got', () =>
    trial(async (tx) => {
      const id = await add(1)
      const asked = await ask()
      expect(asked.body).toEqual({ mask: '138****0001', shown: null })
      const ticket = ticketIn(asked)
      const { code } = sent[0]!
      expect((await enter(ticket, { code })).body).toEqual({ stage: 'name' })
      const opened = await enter(ticket, { code, name: ` ${String(her['name'])} ` })
      expect(opened.body).toEqual({ stage: 'open' })
      const me = await meOf(opened)
      expect([me.account.name, me.post.role, me.post.org.id]).toEqual([
        her['name'],
        'worker',
        stage.world.org('U1'),
      ])
      const bound = await first<{ person: string; aal: number }>(
        tx,
        sql`SELECT a.person_id AS person, s.aal FROM app.account a JOIN app.session s ON s.account_id = a.id WHERE a.id = ${me.account.id}::uuid`,
      )
      expect(bound).toEqual({ person: id, aal: 1 })
      // A code is spent; the next opens the same account without a name, wherever she works by then.
      expect(fieldOf(await enter(ticket, { code, name: String(her['name']) }))).toBe('code')
      await stage
        .as('S1')
        .post(`/api/persons/${id}/moves`, { orgId: stage.world.org('U2'), on: '2020-03-10', reason: '调动' })
      await letPass(tx, 1)
      const again = await meOf(await arrive())
      expect([again.account.id, again.post.org.id]).toEqual([me.account.id, stage.world.org('U2')])
      const acts = await rows<{ action: string; object: string }>(
        tx,
        sql`SELECT action, object FROM app.audit WHERE action LIKE 'session.%' ORDER BY at, seq`,
      )
      expect(acts.map((a) => a.action)).toContain('session.code')
      expect(acts.map((a) => a.action)).toContain('session.open')
      expect(JSON.stringify(acts)).not.toContain(phone)
      // After so long the number may be somebody else's: the name is asked again.
      await sql`UPDATE app.phone_identity SET seen_at = now() - interval '91 days'`.execute(tx)
      await letPass(tx, 1)
      expect((await arrive()).body).toEqual({ stage: 'name' })
    }))

  it('a phone that nobody has is treated alike, and only a name with its phone opens', () =>
    trial(async (tx) => {
      await add(1)
      const strange = '13900000001'
      const known = await ask()
      const unknown = await ask(strange)
      expect([unknown.status, Object.keys(unknown.body)]).toEqual([known.status, Object.keys(known.body)])
      expect(sent.map(({ to }) => to)).toEqual([phone, strange])
      await letPass(tx, 1)
      expect((await arrive(undefined, strange)).body).toEqual({ stage: 'name' })
      await letPass(tx, 1)
      const lost = await arrive(String(her['name']), strange)
      await letPass(tx, 1)
      const other = await arrive('李示错')
      expect([fieldOf(lost), lost.body.message]).toEqual([fieldOf(other), other.body.message])
      expect(fieldOf(lost)).toBe('name')
      expect(await rows(tx, sql`SELECT 1 FROM app.account WHERE login LIKE 'sj-%'`)).toEqual([])
    }))

  it('of two who share a phone each comes in by her name; two of one name are sent to their union; a child is nobody here', () =>
    trial(async (tx) => {
      await add(1)
      const second = await add(2, { phone })
      expect((await meOf(await arrive(String(entryOf(2)['name'])))).account.name).toBe(entryOf(2)['name'])
      await add(3, { phone, name: her['name'] }, 'U3')
      await letPass(tx, 1)
      const both = await arrive(String(her['name']))
      expect([fieldOf(both), both.body.issues?.[0]?.message]).toEqual([
        'name',
        expect.stringContaining('几位同名'),
      ])
      await sql`UPDATE app.membership SET kind = '职工子女' WHERE person_id = ${second}::uuid`.execute(tx)
      await letPass(tx, 1)
      expect(fieldOf(await arrive(String(entryOf(2)['name'])))).toBe('name')
    }))

  it('whose account was disabled stays out', () =>
    trial(async (tx) => {
      await add(1)
      const me = await meOf(await arrive(String(her['name'])))
      await sql`UPDATE app.account SET disabled_at = now() WHERE id = ${me.account.id}::uuid`.execute(tx)
      await letPass(tx, 1)
      expect((await arrive(String(her['name']))).status).toBe(403)
    }))

  it('the index follows the phone: written with it, filled for entries from before, gone with her', () =>
    trial(async (tx) => {
      const id = await add(1)
      const index = async () =>
        (await first<{ hex: string | null }>(
          tx,
          sql`SELECT encode(phone_index, 'hex') AS hex FROM app.person WHERE id = ${id}::uuid`,
        ))!.hex
      const before = await index()
      expect(before).toMatch(/^[0-9a-f]{32}$/)
      await sql`UPDATE app.person SET phone_index = NULL WHERE id = ${id}::uuid`.execute(tx)
      // One that does not open is told, and holds nobody up.
      const broken = await add(2)
      await sql`UPDATE app.person SET phone_index = NULL, phone = '\\x00'::bytea WHERE id = ${broken}::uuid`.execute(
        tx,
      )
      expect(await indexPhones(stage.world.deps)).toEqual({ done: 1, unread: [broken] })
      expect(await index()).toBe(before)
      expect(await indexPhones(stage.world.deps)).toEqual({ done: 0, unread: [broken] })
      const { idKind, idNumber, fromOn, kind, ...details } = her
      expect([idKind, idNumber, fromOn, kind]).not.toContain(undefined)
      const edited = await stage
        .as('U1')
        .put(`/api/persons/${id}`, { version: 1, body: { ...details, phone: '13900000002' } })
      expect([edited.status, edited.raw]).toEqual([200, expect.any(String)])
      expect(await index()).not.toBe(before)
      await sql`SELECT app.forget_person(${id}::uuid)`.execute(tx)
      expect(await index()).toBeNull()
    }))
})

/** Her entry as the unit's cadre may write it, with another phone. */
async function writePhone(tx: Tx, id: string, to: string) {
  const { idKind: _k, idNumber: _n, fromOn: _f, kind: _m, ...details } = her
  const { version } = (await first<{ version: number }>(
    tx,
    sql`SELECT version FROM app.person WHERE id = ${id}::uuid`,
  ))!
  const put = await stage.as('U1').put(`/api/persons/${id}`, { version, body: { ...details, phone: to } })
  expect([put.status, put.raw]).toEqual([200, expect.any(String)])
}
const bindings = (tx: Tx) => rows(tx, sql`SELECT account_id, phone_index FROM app.phone_identity`)
const login = async (of: string) => {
  const answer = await arrive(String(her['name']), of)
  return { ...answer, said: answer.body.issues?.[0]?.message ?? answer.body.message }
}

describe("whoever writes the register gets nobody's account", () => {
  const thief = '13900000009'
  it("another phone than the one she came in by opens nothing; an administrator's link is her way back", () =>
    trial(async (tx) => {
      const id = await add(1)
      const me = await meOf(await arrive(String(her['name'])))
      const before = await bindings(tx)
      const told = await rows(tx, sql`SELECT kind FROM app.notice WHERE account_id = ${me.account.id}::uuid`)
      expect(told).toEqual([{ kind: 'phone.bound' }])
      await writePhone(tx, id, thief)
      const stolen = await login(thief)
      expect([fieldOf(stolen), stolen.said]).toEqual(['name', expect.stringContaining('登记的手机号换过')])
      expect(stolen.headers['set-cookie']).toBeUndefined()
      expect(await bindings(tx)).toEqual(before)
      expect(
        await rows(tx, sql`SELECT 1 FROM app.session WHERE account_id = ${me.account.id}::uuid`),
      ).toHaveLength(1)
      const link = await stage.as('systemAdmin').post(`/api/accounts/${me.account.id}/invitation`)
      expect([link.status, await bindings(tx)]).toEqual([200, []])
      await letPass(tx, 1)
      expect((await meOf(await login(thief))).account.id).toBe(me.account.id)
    }))

  it.each([
    [
      'a password',
      (of: string) => sql`INSERT INTO app.credential (account_id, password_hash) VALUES (${of}::uuid, 'x')`,
    ],
    [
      'a factor',
      (of: string) =>
        sql`INSERT INTO app.credential (account_id, factor, factor_at) VALUES (${of}::uuid, 'x', now())`,
    ],
    [
      'a unified identity',
      (of: string) =>
        sql`INSERT INTO app.oidc_identity (issuer, subject, account_id) VALUES ('i', 's', ${of}::uuid)`,
    ],
    [
      'a passkey',
      (of: string) =>
        sql`INSERT INTO app.passkey (id, account_id, credential_id, public_key, counter, transports, label) VALUES (gen_random_uuid(), ${of}::uuid, 'c', '', 0, '{}', '')`,
    ],
  ])('an account that has %s opens by no phone but the one it knows', (_what, give) =>
    trial(async (tx) => {
      await add(1)
      const me = await meOf(await arrive(String(her['name'])))
      await give(me.account.id).execute(tx)
      await letPass(tx, 1)
      expect((await arrive()).body).toEqual({ stage: 'open' })
      await sql`DELETE FROM app.phone_identity`.execute(tx)
      await letPass(tx, 1)
      const refused = await login(phone)
      expect([fieldOf(refused), refused.said]).toEqual(['name', expect.stringContaining('您已有账号')])
      expect(await bindings(tx)).toEqual([])
    }),
  )

  it('a first factor set in a session that a phone began is told to the account', () =>
    trial(async (tx) => {
      await add(1)
      const half = stage.as(holder(stage, (await arrive(String(her['name']))).headers))
      const { secret, ticket } = (
        await half.post<{ secret: string; ticket: string }>('/api/factor', undefined, { key: null })
      ).body
      const set = await half.post('/api/factor/confirm', { ticket, code: codeOf(secret) }, { key: null })
      expect([set.status, await rows(tx, sql`SELECT kind FROM app.notice ORDER BY at`)]).toEqual([
        200,
        [{ kind: 'phone.bound' }, { kind: 'factor.set' }],
      ])
    }))

  it('who enters or reviews, or did within the year, comes in by no phone, nor into such a post later', () =>
    trial(async (tx) => {
      await add(1)
      const opened = await arrive(String(her['name']))
      const me = await meOf(opened)
      const cadre = '00000000-0000-4000-8000-00000000cad0'
      await sql`INSERT INTO app.post (id, account_id, org_id, role, from_on) VALUES (${cadre}::uuid, ${me.account.id}::uuid, ${me.post.org.id}::int, 'cadre', current_date - 800)`.execute(
        tx,
      )
      const change = await stage
        .as(holder(stage, opened.headers))
        .post<Refusal>('/api/session/post', { postId: cadre })
      expect([change.status, change.body.message]).toEqual([403, expect.stringContaining('请用账号密码登录')])
      const ended = (days: number) =>
        sql`UPDATE app.post SET until_on = current_date - ${days}::int WHERE id = ${cadre}::uuid`.execute(tx)
      const come = async () => {
        await letPass(tx, 1)
        return login(phone)
      }
      expect([(await come()).status, (await come()).said]).toEqual([
        403,
        expect.stringContaining('您的账号请用账号密码登录'),
      ])
      await ended(360)
      expect((await come()).status).toBe(403)
      await ended(370)
      expect((await come()).body).toEqual({ stage: 'open' })
    }))
})

describe('nobody guesses a code, and nobody is bombed', () => {
  it('five tries, in the browser that asked, for the phone that was told, for five minutes', () =>
    trial(async (tx) => {
      await add(1)
      const ticket = ticketIn(await ask())
      const { code } = sent[0]!
      const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
      expect((await enter(ticket, { code: wrong })).body.issues?.[0]?.message).toContain('还可以试 4 次')
      // Another browser, or another phone, neither opens nor spends a try.
      expect(fieldOf(await enter('x'.repeat(43), { code }))).toBe('code')
      expect(fieldOf(await enter(ticket, { phone: '13900000001', code }))).toBe('code')
      for (let n = 0; n < 4; n++) await enter(ticket, { code: wrong })
      expect(fieldOf(await enter(ticket, { code }))).toBe('code')
      await letPass(tx, 1)
      const late = ticketIn(await ask())
      await sql`UPDATE app.phone_code SET expires_at = now() - interval '1 second'`.execute(tx)
      expect(fieldOf(await enter(late, { code: sent[1]!.code }))).toBe('code')
      const stored = await rows<{ line: string }>(tx, sql`SELECT p::text AS line FROM app.phone_code p`)
      expect(JSON.stringify(stored)).not.toMatch(new RegExp(`${code}|${phone}`))
    }))

  it('one code a minute, thirty a day and ten from one address for a phone; sixty an hour, two hundred a day from one address', () =>
    trial(async (tx) => {
      const counted = (what: string, n: number) =>
        sql`UPDATE app.attempt SET failures = ${n}, since = clock_timestamp() WHERE subject = ${nameDigest(stage.world.deps.crypto, what)}`.execute(
          tx,
        )
      expect((await ask()).status).toBe(200)
      const soon = await ask()
      expect([soon.status, soon.body.code, soon.body.message]).toEqual([
        429,
        '429.106',
        expect.stringMatching(/请 (1 分钟|\d+ 秒)后/),
      ])
      const lastOf = async (what: string, limit: keyof typeof limits) => {
        await letPass(tx, 2)
        await counted(what, limits[limit].free - 1)
        expect((await ask()).status).toBe(200)
        await letPass(tx, 2)
      }
      await lastOf(`codeDay ${phone} 127.0.0.1`, 'codeDay')
      expect((await ask()).status).toBe(429)
      // Whoever used up her codes used up their own: from elsewhere she still gets hers.
      expect((await ask(phone, {}, '192.0.2.7')).status).toBe(200)
      await letPass(tx, 1440)
      await lastOf(`codePhone ${phone}`, 'codePhone')
      expect((await ask()).status).toBe(429)
      for (const limit of ['codeAddress', 'codeNetwork'] as const) {
        await letPass(tx, 1440)
        await lastOf(`${limit} 127.0.0.1`, limit)
        expect((await ask('13900000004')).status).toBe(429)
      }
    }))

  it('a number that is none, a gateway that is down and a way that is not set up are told apart', () =>
    trial(async () => {
      expect(fieldOf(await ask('0411-12345678'))).toBe('phone')
      isDown = true
      expect((await ask()).body.code).toBe('503.4')
      isDown = false
      const { deps } = stage.world
      const ways = deps.waysOut
      deps.waysOut = { ...ways, codes: null }
      expect((await ask('13900000005')).body.code).toBe('404.106')
      expect((await stage.as(null).get<{ phone: null }>('/api/sign-in')).body.phone).toBeNull()
      deps.waysOut = ways
    }))
})
