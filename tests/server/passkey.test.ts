import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OwnAccount, SessionState } from '#identity/api.ts'
import type { PasskeyAsk, PasskeyOffer } from '#identity/passkeyApi.ts'
import { purge } from '#server/purge.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { codeIn, codeOf, enter, goodPassword, holder, signInWith, withPassword } from '../support/account.ts'
import { SoftKey, type Faults } from '../support/authenticator.ts'
import { openStage, type Caller, type Stage } from '../support/client.ts'

const origin = 'https://jinguo.example'
const keyless = { key: null }
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  stage.world.deps.publicUrl = origin
})
afterAll(() => stage.close())

async function register(caller: Caller, key: SoftKey, label = '', faults: Faults = {}) {
  const offer = await caller.post<PasskeyOffer>('/api/account/passkeys/options', undefined, keyless)
  if (offer.status !== 200) return offer as never
  return caller.post<{ codes: string[] | null }>(
    '/api/account/passkeys',
    key.make(offer.body, label, faults),
    keyless,
  )
}
async function askedBy(caller: Caller, path: string): Promise<PasskeyAsk> {
  const asked = await caller.post<PasskeyAsk>(`${path}/options`, undefined, keyless)
  expect(asked.status).toBe(200)
  return asked.body
}
const signIn = async (key: SoftKey, faults: Faults = {}, headers = {}) => {
  const ask = await askedBy(stage.as(null), '/api/session/passkey')
  return stage.as(null).post('/api/session/passkey', key.answer(ask, faults), { ...keyless, headers })
}
const prove = async (caller: Caller, key: SoftKey, faults: Faults = {}) =>
  caller.post(
    '/api/session/factor/passkey',
    key.answer(await askedBy(caller, '/api/session/factor/passkey'), faults),
    keyless,
  )
const accountOf = async (caller: Caller) => (await caller.get<OwnAccount>('/api/account')).body
const tire = (tx: Tx) =>
  sql`UPDATE app.session SET factor_at = now() - interval '6 minutes' WHERE factor_at IS NOT NULL`.execute(tx)

/** U1 with password, app and a passkey. */
async function withKey(tx: Tx, who = 'U1') {
  const entered = await enter(stage, tx, who)
  const key = new SoftKey(origin)
  const made = await register(entered.caller, key, '办公室电脑')
  expect([made.status, made.body]).toEqual([200, { codes: null }])
  return { ...entered, key, caller: stage.as(holder(stage, made.headers, who)) }
}

describe('a passkey is added', () => {
  it('by who has just given her factor, and her owner is told; what the browser calls the device is its name', () =>
    stage.trial(async (tx) => {
      const { caller } = await withKey(tx)
      const made = await register(caller, new SoftKey(origin))
      const { passkeys, notices } = await accountOf(stage.as(holder(stage, made.headers)))
      expect(passkeys.map((k) => k.label).sort()).toEqual(['其他浏览器 · 其他系统', '办公室电脑'].sort())
      expect(notices.filter((n) => n.kind === 'passkey.added').map((n) => n.detail)).toContain('办公室电脑')
    }))

  it('only under step-up once there is a factor', () =>
    stage.trial(async (tx) => {
      const { caller, secret } = await enter(stage, tx, 'U1')
      await tire(tx)
      expect(codeIn(await register(caller, new SoftKey(origin)))).toBe('403.4')
      const half = stage.as(holder(stage, (await signInWith(stage, 'u1', goodPassword)).headers))
      expect(codeIn(await register(half, new SoftKey(origin)))).toBe('403.4')
      const given = await caller.post('/api/session/factor', { code: codeOf(secret, 1) }, keyless)
      expect((await register(stage.as(holder(stage, given.headers)), new SoftKey(origin))).status).toBe(200)
    }))

  it('as the very first factor right after the password, with ten recovery codes', () =>
    stage.trial(async (tx) => {
      await withPassword(stage, tx, 'U1')
      const half = stage.as(holder(stage, (await signInWith(stage, 'u1', goodPassword)).headers))
      const key = new SoftKey(origin)
      const made = await register(half, key)
      expect(made.body.codes).toHaveLength(10)
      const caller = stage.as(holder(stage, made.headers))
      expect(await accountOf(caller)).toEqual(expect.objectContaining({ hasCode: false, recoveryLeft: 10 }))
      const again = stage.as(holder(stage, (await signInWith(stage, 'u1', goodPassword)).headers))
      expect((await again.get<SessionState>('/api/session')).body).toEqual(
        expect.objectContaining({ stage: 'factor', hasCode: false, hasPasskey: true, passkeyOrigin: origin }),
      )
      const byCode = await again.post('/api/session/factor', { code: made.body.codes![0] }, keyless)
      expect(byCode.status).toBe(200)
      expect(codeIn(await again.post('/api/session/factor', { code: '123456' }, keyless))).toBe('401.1')
    }))

  const faults: [string, Faults][] = [
    ['another page', { origin: 'https://jinguo.example.evil' }],
    ['the page without encryption', { origin: 'http://jinguo.example' }],
    ['another name', { rpId: 'example' }],
    ['a device that verified nobody', { isVerified: false }],
    ['an answer to another challenge', { challenge: 'AAAA' }],
    ['a signature instead of a new key', { type: 'webauthn.get' }],
  ]
  it.each(faults)('but not from %s', (_, fault) =>
    stage.trial(async (tx) => {
      const { caller } = await enter(stage, tx, 'U1')
      expect(codeIn(await register(caller, new SoftKey(origin), '', fault))).toBe('422.14')
      expect((await accountOf(caller)).passkeys).toEqual([])
    }),
  )

  it('once: neither twice with one challenge, nor with a challenge of another account, nor one made for signing in', () =>
    stage.trial(async (tx) => {
      const { caller } = await enter(stage, tx, 'U1')
      const other = await enter(stage, tx, 'U2')
      const offer = (await caller.post<PasskeyOffer>('/api/account/passkeys/options', undefined, keyless))
        .body
      const keep = (who: Caller, made: object) => who.post('/api/account/passkeys', made, keyless)
      expect(codeIn(await keep(other.caller, new SoftKey(origin).make(offer)))).toBe('422.14')
      const made = await keep(caller, new SoftKey(origin).make(offer))
      const next = stage.as(holder(stage, made.headers))
      expect(codeIn(await keep(next, new SoftKey(origin).make(offer)))).toBe('422.14')
      const { challenge } = await askedBy(next, '/api/session/factor/passkey')
      expect(codeIn(await keep(next, new SoftKey(origin).make({ ...offer, challenge })))).toBe('422.14')
    }))
})

describe('a passkey signs in', () => {
  it('with both factors at once, under a new token, and the list of devices and the audit know', () =>
    stage.trial(async (tx) => {
      const { key, caller } = await withKey(tx)
      const entered = await signIn(
        key,
        {},
        { 'user-agent': 'Mozilla/5.0 (Linux; Android 13) Chrome/116.0 Mobile' },
      )
      expect([entered.status, entered.raw]).toEqual([200, '{"ok":true}'])
      const mine = stage.as(holder(stage, entered.headers))
      expect((await mine.get('/api/me')).status).toBe(200)
      expect((await mine.post('/api/account/recovery-codes', undefined, keyless)).status).toBe(200)
      const { notices, passkeys, sessions } = await accountOf(caller)
      expect(notices[0]).toEqual(expect.objectContaining({ kind: 'recovery.renewed' }))
      expect(notices).toContainEqual(expect.objectContaining({ kind: 'device.new', detail: 'Chrome · 安卓' }))
      expect(sessions.map((s) => s.device)).toContain('Chrome · 安卓')
      expect(passkeys).toEqual([
        expect.objectContaining({ label: '办公室电脑', usedAt: expect.any(String) as string }),
      ])
    }))

  const faults: [string, Faults][] = [
    ['another page', { origin: 'https://evil.example' }],
    ['another name', { rpId: 'evil.example' }],
    ['a device that verified nobody', { isVerified: false }],
    ['an answer to a challenge of ours that is none', { challenge: 'AAAA' }],
    ['a forged signature', { forge: true }],
    ['somebody else’s mark', { userHandle: 'YW5vdGhlcg' }],
    ['nobody’s mark', { userHandle: null }],
    ['the making of a key', { type: 'webauthn.create' }],
  ]
  it.each(faults)('but not from %s', (_, fault) =>
    stage.trial(async (tx) => {
      const { key, person } = await withKey(tx)
      const refused = await signIn(key, fault)
      expect([refused.status, codeIn(refused), refused.headers['set-cookie']]).toEqual([
        422,
        '422.14',
        undefined,
      ])
      expect(
        await rows(
          tx,
          sql`SELECT result FROM app.audit WHERE action = 'session.passkey' AND actor = ${person.accountId}::uuid`,
        ),
      ).toEqual([{ result: 'refused' }])
      expect((await signIn(key)).status).toBe(200)
    }),
  )

  it('once for each challenge, and not with one that is too old', () =>
    stage.trial(async (tx) => {
      const { key } = await withKey(tx)
      const ask = await askedBy(stage.as(null), '/api/session/passkey')
      const give = (ofKey: SoftKey) => stage.as(null).post('/api/session/passkey', ofKey.answer(ask), keyless)
      expect((await give(key)).status).toBe(200)
      expect(codeIn(await give(key))).toBe('422.14')
      await sql`UPDATE app.spent_challenge SET expires_at = now() - interval '1 second'`.execute(tx)
      await purge(stage.world.deps)
      expect(await rows(tx, sql`SELECT 1 FROM app.spent_challenge`)).toEqual([])
      const late = await askedBy(stage.as(null), '/api/session/passkey')
      const clock = Date.now
      Date.now = () => clock() + 6 * 60_000
      try {
        expect(codeIn(await stage.as(null).post('/api/session/passkey', key.answer(late), keyless))).toBe(
          '422.14',
        )
      } finally {
        Date.now = clock
      }
    }))

  it('not where the count of signatures has not grown: a copy is about, and its owner is told', () =>
    stage.trial(async (tx) => {
      const { key, caller } = await withKey(tx)
      expect((await signIn(key, { counter: 9 })).status).toBe(200)
      for (const counter of [9, 4]) expect(codeIn(await signIn(key, { counter }))).toBe('422.14')
      expect(codeIn(await signIn(key, { counter: 3, forge: true }))).toBe('422.14')
      const { notices } = await accountOf(caller)
      expect(notices.filter((n) => n.kind === 'passkey.copied').map((n) => n.detail)).toEqual([
        '办公室电脑',
        '办公室电脑',
      ])
      expect((await signIn(key, { counter: 10 })).status).toBe(200)
    }))

  it('as often as it likes where its device counts nothing', () =>
    stage.trial(async (tx) => {
      const { caller } = await enter(stage, tx, 'U1')
      const key = new SoftKey(origin)
      key.counter = 0
      await register(caller, key)
      for (let n = 0; n < 3; n++) expect((await signIn(key)).status).toBe(200)
    }))

  it('nobody whose account is disabled or whom nobody knows, with one answer', () =>
    stage.trial(async (tx) => {
      const { key, person } = await withKey(tx)
      await sql`UPDATE app.account SET disabled_at = now() WHERE id = ${person.accountId}::uuid`.execute(tx)
      const stranger = new SoftKey(origin)
      const told = [await signIn(key), await signIn(stranger)].map((a) => [a.status, a.body['message']])
      expect(told[0]).toEqual(told[1])
      expect(told[0]![0]).toBe(422)
    }))

  it('and a password that is due is still to be changed', () =>
    stage.trial(async (tx) => {
      stage.world.deps.passwordProfile = 'djbh3'
      try {
        const { key } = await withKey(tx)
        await sql`UPDATE app.credential SET password_at = now() - interval '90 days'`.execute(tx)
        const mine = stage.as(holder(stage, (await signIn(key)).headers))
        expect((await mine.get('/api/session')).body['stage']).toBe('password')
        expect(codeIn(await mine.get('/api/me'))).toBe('403.3')
      } finally {
        stage.world.deps.passwordProfile = 'asvs'
      }
    }))
})

describe('a passkey as second factor', () => {
  it('lets in after the password, and again for what asks for step-up', () =>
    stage.trial(async (tx) => {
      const { key } = await withKey(tx)
      const half = stage.as(holder(stage, (await signInWith(stage, 'u1', goodPassword)).headers))
      const given = await prove(half, key)
      expect(given.status).toBe(200)
      const caller = stage.as(holder(stage, given.headers))
      await tire(tx)
      expect(codeIn(await caller.post('/api/account/recovery-codes', undefined, keyless))).toBe('403.4')
      const again = await prove(caller, key, { userHandle: null })
      expect((await caller.get('/api/session')).status).toBe(401)
      const fresh = stage.as(holder(stage, again.headers))
      expect((await fresh.post('/api/account/recovery-codes', undefined, keyless)).status).toBe(200)
    }))

  it('is one’s own, and its challenge too', () =>
    stage.trial(async (tx) => {
      const mine = await withKey(tx)
      const hers = await withKey(tx, 'U2')
      expect(codeIn(await prove(mine.caller, hers.key))).toBe('422.14')
      const ask = await askedBy(stage.as(null), '/api/session/passkey')
      const crossed = mine.key.answer(ask)
      expect(codeIn(await mine.caller.post('/api/session/factor/passkey', crossed, keyless))).toBe('422.14')
      expect((await askedBy(mine.caller, '/api/session/factor/passkey')).allowCredentials).toEqual([
        { id: mine.key.id, type: 'public-key', transports: ['internal'] },
      ])
    }))
})

describe('one’s passkeys', () => {
  it('are named by their owner and taken away under step-up; other devices are signed out then', () =>
    stage.trial(async (tx) => {
      const { caller, key } = await withKey(tx)
      const { id } = (await accountOf(caller)).passkeys[0]!
      const other = stage.as(holder(stage, (await signIn(key)).headers))
      expect((await stage.as('U2').put(`/api/account/passkeys/${id}`, { label: '她的' })).status).toBe(404)
      expect((await stage.as('U2').del(`/api/account/passkeys/${id}`)).status).not.toBe(200)
      expect(codeIn(await caller.put(`/api/account/passkeys/${id}`, { label: ' ' }))).toBe('422.1')
      expect((await caller.put(`/api/account/passkeys/${id}`, { label: '家里的手机' })).status).toBe(200)
      expect((await accountOf(caller)).passkeys[0]!.label).toBe('家里的手机')
      expect((await caller.del(`/api/account/passkeys/${id}`)).status).toBe(200)
      expect((await other.get('/api/session')).status).toBe(401)
      expect(codeIn(await signIn(key))).toBe('422.14')
      expect((await accountOf(caller)).notices[0]).toEqual(
        expect.objectContaining({ kind: 'passkey.removed', detail: '家里的手机' }),
      )
    }))

  it('keep the last factor, and go with all factors when the security administrator takes these away', () =>
    stage.trial(async (tx) => {
      await withPassword(stage, tx, 'U1')
      const half = stage.as(holder(stage, (await signInWith(stage, 'u1', goodPassword)).headers))
      const key = new SoftKey(origin)
      const caller = stage.as(holder(stage, (await register(half, key)).headers))
      const { id } = (await accountOf(caller)).passkeys[0]!
      expect(codeIn(await caller.del(`/api/account/passkeys/${id}`))).toBe('422.13')
      expect((await signIn(key)).status).toBe(200)
      const { accountId } = stage.world.person('U1')
      expect((await stage.as('securityAdmin').post(`/api/accounts/${accountId}/factor-reset`)).status).toBe(
        200,
      )
      expect(codeIn(await signIn(key))).toBe('422.14')
      const anew = stage.as(holder(stage, (await signInWith(stage, 'u1', goodPassword)).headers))
      expect((await anew.get('/api/session')).body['stage']).toBe('enrol')
    }))

  it('are ten at most', () =>
    stage.trial(async (tx) => {
      let { caller } = await withKey(tx)
      for (let n = 0; n < 9; n++) {
        const made = await register(caller, new SoftKey(origin))
        expect(made.status).toBe(200)
        caller = stage.as(holder(stage, made.headers))
      }
      expect(codeIn(await register(caller, new SoftKey(origin)))).toBe('422.13')
    }))
})

it('at an address that can have none, none is offered and none is taken', () =>
  stage.trial(async (tx) => {
    const { key, caller } = await withKey(tx)
    stage.world.deps.publicUrl = 'http://192.168.1.20:3000'
    try {
      expect((await stage.as(null).get('/api/sign-in')).body['passkeyOrigin']).toBe(null)
      expect((await accountOf(caller)).passkeyOrigin).toBe(null)
      for (const path of ['/api/session/passkey', '/api/session/factor/passkey', '/api/account/passkeys'])
        expect((await caller.post(`${path}/options`, undefined, keyless)).status).toBe(404)
      const ask: PasskeyAsk = {
        challenge: 'AAAA',
        timeout: 1,
        rpId: 'x',
        allowCredentials: [],
        userVerification: 'required',
      }
      expect((await stage.as(null).post('/api/session/passkey', key.answer(ask), keyless)).status).toBe(404)
    } finally {
      stage.world.deps.publicUrl = origin
    }
  }))
