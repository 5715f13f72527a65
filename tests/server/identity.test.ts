import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHasher, standardCost } from '#identity/hasher.server.ts'
import { policy } from '#identity/policy.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { codeOf, enter, goodPassword, holder, letPass, signInWith, withPassword } from '../support/account.ts'
import { openStage, type Stage } from '../support/client.ts'
import type { Refusal } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const codeOfAnswer = (answer: { body: Record<string, unknown> }) => answer.body['code']
const keyless = { key: null }
const give = (who: ReturnType<Stage['as']>, code: string) =>
  who.post<Refusal>('/api/session/factor', { code }, keyless)

const wrong = (login: string, address = '127.0.0.1', claimed?: string) =>
  stage.app.inject({
    method: 'POST',
    url: '/api/session/password',
    remoteAddress: address,
    headers: {
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      ...(claimed ? { 'x-forwarded-for': claimed, forwarded: `for=${claimed}`, 'x-real-ip': claimed } : {}),
    },
    payload: JSON.stringify({ login, password: 'wrong password' }),
  })

const renew = (caller: { post: ReturnType<Stage['as']>['post'] }) =>
  caller.post<Refusal>('/api/account/recovery-codes', undefined, keyless)
const age = (tx: Tx, minutes: number) =>
  sql`UPDATE app.session SET factor_at = now() - make_interval(mins => ${minutes}::int)`.execute(tx)

const change = (caller: ReturnType<Stage['as']>, current: string, password: string) =>
  caller.post<Refusal>('/api/account/password', { current, password }, keyless)

const answers = async (login: string) => {
  const found: unknown[] = []
  for (let n = 0; n < 6; n++) {
    const { statusCode, payload } = await wrong(login, `10.0.0.${login.length}`)
    found.push([statusCode, payload.replace(/"reqId":"[^"]*"/, '').replaceAll('14', '15')])
  }
  return found
}

describe('a password', () => {
  it('opens a session that reaches no data of a cadre, only what leads to the second factor', () =>
    stage.trial(async (tx) => {
      const { login, password } = await withPassword(stage, tx, 'U1')
      const signedIn = await signInWith(stage, login, password)
      expect(String(signedIn.headers['set-cookie'])).toMatch(
        /^__Host-sid=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      )
      const person = holder(stage, signedIn.headers)
      const half = stage.as(person)
      expect((await half.get('/api/session')).body).toEqual(
        expect.objectContaining({ stage: 'enrol', hasCode: false }),
      )
      for (const route of stage.routes) {
        if (route.method !== 'GET' || policy[route.policy] === 'public' || /:|docx/.test(route.url)) continue
        const found = await half.get(route.url)
        const open = route.policy === 'session.begin'
        const refused = expect.stringMatching(/^403\.[13]$/) as unknown
        expect([route.url, found.status, codeOfAnswer(found)]).toEqual(
          open ? [route.url, 200, undefined] : [route.url, 403, refused],
        )
      }
      expect(codeOfAnswer(await half.get('/api/me'))).toBe('403.3')
      await sql`SELECT app.begin(${person.token})`.execute(tx)
      expect(
        await rows(tx, sql`SELECT 1 FROM app.context WHERE person_id = ${person.personId}::uuid`),
      ).toEqual([])
    }))

  it.each(['U1', ' u1 ', 'Ｕ１'])('finds the login as “%s”', (typed) =>
    stage.trial(async (tx) => {
      await withPassword(stage, tx, 'U1')
      expect((await signInWith(stage, typed, goodPassword)).status).toBe(200)
    }),
  )

  it('costs as many hashings whether the account is known, unknown, disabled or without one, and answers the same', () =>
    stage.trial(async (tx) => {
      await withPassword(stage, tx, 'U1')
      const { accountId } = await withPassword(stage, tx, 'U2')
      await sql`UPDATE app.account SET disabled_at = now() WHERE id = ${accountId}::uuid`.execute(tx)
      const { hasher } = stage.world.deps
      const seen: unknown[] = []
      for (const [login, password] of [
        ['u1', 'not the password'],
        ['nobody-at-all', goodPassword],
        ['u2', goodPassword],
        ['D2', goodPassword],
        ['service', goodPassword],
      ] as const) {
        const before = hasher.count()
        const { status, body } = await signInWith(stage, login, password)
        seen.push([status, body['code'], body['message'], hasher.count() - before])
      }
      expect(new Set(seen.map((s) => JSON.stringify(s))).size).toBe(1)
      expect(seen[0]).toEqual([401, '401.2', expect.stringContaining('登录名或密码不对'), 1])
      expect(
        await rows(
          tx,
          sql`SELECT result FROM app.audit WHERE action = 'session.open' AND actor = ${stage.world.person('U1').accountId}::uuid`,
        ),
      ).toEqual([{ result: 'refused' }])
    }))

  it('is hashed anew at sign-in when the cost has changed, and keeps its age', () =>
    stage.trial(async (tx) => {
      const { login, accountId } = await withPassword(stage, tx, 'U1')
      const dearer = openHasher(new Uint8Array(32).fill(8), { memoryCost: 128, timeCost: 2, parallelism: 1 })
      const before = stage.world.deps.hasher
      const stored = () =>
        first<{ hash: string; at: Date }>(
          tx,
          sql`SELECT password_hash AS hash, password_at AS at FROM app.credential WHERE account_id = ${accountId}::uuid`,
        )
      const old = await stored()
      stage.world.deps.hasher = dearer
      try {
        expect((await signInWith(stage, login, goodPassword)).status).toBe(200)
        const next = await stored()
        expect([old!.hash, next!.hash]).toEqual([
          expect.stringContaining('m=64,t=1,p=1'),
          expect.stringContaining('m=128,t=2,p=1'),
        ])
        expect(next!.at).toEqual(old!.at)
        expect((await signInWith(stage, login, goodPassword)).status).toBe(200)
      } finally {
        stage.world.deps.hasher = before
      }
    }))

  it('is useless without the pepper, and hashed at the promised cost', async () => {
    const [a, b] = [openHasher(new Uint8Array(32).fill(1)), openHasher(new Uint8Array(32).fill(2))]
    const hash = await a.hash(goodPassword)
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/)
    expect(standardCost).toEqual({ memoryCost: 65_536, timeCost: 3, parallelism: 1 })
    expect([await a.verify(hash, goodPassword), await b.verify(hash, goodPassword)]).toEqual([true, false])
  })
})

describe('the throttle', () => {
  it('lets five failures pass, then makes each next one wait longer, says how long, and locks nobody', () =>
    stage.trial(async (tx) => {
      await withPassword(stage, tx, 'U1')
      const messages: string[] = []
      for (let n = 0; n < 5; n++) messages.push((await wrong('u1')).json<Refusal>().message)
      expect(messages.slice(0, 4)).toEqual(Array(4).fill(expect.not.stringContaining('秒')))
      expect(messages[4]).toContain('请 15 秒后再试')
      const refused = await wrong('u1')
      expect([refused.statusCode, refused.json<Refusal>().code]).toEqual([429, '429.1'])
      expect(refused.json<Refusal>().message).toMatch(/^尝试次数过多，请 1[45] 秒后再试；账号没有被锁定$/)
      const before = stage.world.deps.hasher.count()
      expect((await signInWith(stage, 'u1', goodPassword)).status).toBe(429)
      expect(stage.world.deps.hasher.count()).toBe(before)
      await letPass(tx, 1)
      expect((await wrong('u1')).json<Refusal>().message).toContain('请 30 秒后再试')
      await letPass(tx, 1)
      expect((await signInWith(stage, 'u1', goodPassword)).status).toBe(200)
      expect((await wrong('u1')).json<Refusal>().message).not.toContain('秒')
    }))

  it('treats names that do not exist alike', () =>
    stage.trial(async (tx) => {
      await withPassword(stage, tx, 'U1')
      expect(await answers('u1')).toEqual(await answers('nobody'))
    }))

  it('slows one address after fifty failures whatever names it tries, and no other', () =>
    stage.trial(async (tx) => {
      await withPassword(stage, tx, 'U1')
      for (let n = 0; n < 50; n++) expect((await wrong(`name${n}`, '10.1.1.1')).statusCode).toBe(401)
      expect((await wrong('name51', '10.1.1.1')).statusCode).toBe(429)
      // What a header claims is no address, unless a proxy that is named in the settings wrote it.
      expect((await wrong('name51', '10.1.1.1', '10.1.1.3')).statusCode).toBe(429)
      expect((await wrong('name51', '10.1.1.2')).statusCode).toBe(401)
      await letPass(tx, 16)
      expect((await wrong('name52', '10.1.1.1')).statusCode).toBe(401)
    }))

  it('gives a success its try back but not the failures of the address before it', () =>
    stage.trial(async (tx) => {
      await withPassword(stage, tx, 'U1')
      for (let n = 0; n < 49; n++) await wrong(`name${n}`)
      for (let n = 0; n < 3; n++) expect((await signInWith(stage, 'u1', goodPassword)).status).toBe(200)
      await wrong('name50')
      expect((await wrong('name51')).statusCode).toBe(429)
    }))

  it('holds for codes of the second factor as well', () =>
    stage.trial(async (tx) => {
      const { caller } = await enter(stage, tx, 'U1')
      const codes: unknown[] = []
      for (let n = 0; n < 6; n++) codes.push(codeOfAnswer(await give(caller, 'ABCDE-12345')))
      expect(codes).toEqual([...Array(5).fill('422.12'), '429.1'])
    }))
})

describe('the second factor', () => {
  it('lets in, and each code of the app serves once', () =>
    stage.trial(async (tx) => {
      const { secret, person } = await enter(stage, tx, 'U1')
      const half = holder(stage, (await signInWith(stage, 'u1', goodPassword)).headers)
      expect((await stage.as(half).get('/api/session')).body).toEqual(
        expect.objectContaining({ stage: 'factor', hasCode: true }),
      )
      const used = codeOf(secret)
      expect(codeOfAnswer(await give(stage.as(half), used))).toBe('422.12')
      const let_in = await give(stage.as(half), codeOf(secret, 1))
      expect(let_in.status).toBe(200)
      const whole = stage.as(holder(stage, let_in.headers))
      expect((await whole.get('/api/me')).status).toBe(200)
      expect((await stage.as(half).get('/api/me')).status).toBe(401)
      expect(codeOfAnswer(await give(whole, codeOf(secret, 1)))).toBe('422.12')
      expect((await stage.as(person).get('/api/me')).status).toBe(200)
    }))

  it.each([
    [-2, false],
    [2, false],
    [1, true],
  ])('of %i steps from now is taken: %s', (steps, isTaken) =>
    stage.trial(async (tx) => {
      const { secret, caller } = await enter(stage, tx, 'U1')
      await sql`UPDATE app.credential SET factor_step = 0`.execute(tx)
      expect((await give(caller, codeOf(secret, steps))).status === 200).toBe(isTaken)
    }),
  )

  it('can be replaced by a recovery code, each once, and its owner is told', () =>
    stage.trial(async (tx) => {
      const { codes } = await enter(stage, tx, 'U1')
      expect(new Set(codes).size).toBe(10)
      const half = holder(stage, (await signInWith(stage, 'u1', goodPassword)).headers)
      const entered = await give(stage.as(half), codes[3]!.toLowerCase().replace('-', ' '))
      expect(entered.status).toBe(200)
      const caller = stage.as(holder(stage, entered.headers))
      expect(codeOfAnswer(await give(caller, codes[3]!))).toBe('422.12')
      const account = await caller.get<{ recoveryLeft: number; notices: { kind: string }[] }>('/api/account')
      expect(account.body.recoveryLeft).toBe(9)
      expect(account.body.notices.map((n) => n.kind)).toContain('recovery.used')
    }))

  it('is kept sealed, its codes hashed; nothing that was shown stands in the database', () =>
    stage.trial(async (tx) => {
      const { secret, codes } = await enter(stage, tx, 'U1')
      const kept = await rows<{ row: string }>(
        tx,
        sql`SELECT to_jsonb(c)::text AS row FROM app.credential c UNION ALL SELECT to_jsonb(r)::text FROM app.recovery_code r
          UNION ALL SELECT to_jsonb(i)::text FROM app.idempotency i UNION ALL SELECT to_jsonb(a)::text FROM app.audit a`,
      )
      const all = kept.map((k) => k.row).join('\n')
      expect(all.length).toBeGreaterThan(1000)
      for (const shown of [secret, goodPassword, ...codes, ...codes.map((c) => c.replace('-', ''))])
        expect(all).not.toContain(shown)
    }))

  it('is enrolled with one’s own page, within its time, and another one only after the old one was given', () =>
    stage.trial(async (tx) => {
      await withPassword(stage, tx, 'U2')
      const other = stage.as(holder(stage, (await signInWith(stage, 'u2', goodPassword)).headers, 'U2'))
      const foreign = await other.post<{ secret: string; ticket: string }>('/api/factor', undefined, keyless)
      const { caller, person } = await enter(stage, tx, 'U1')
      const stolen = { ticket: foreign.body.ticket, code: codeOf(foreign.body.secret) }
      expect(codeOfAnswer(await caller.post('/api/factor/confirm', stolen, keyless))).toBe('422.13')
      const half = stage.as(holder(stage, (await signInWith(stage, 'u1', goodPassword)).headers))
      expect(codeOfAnswer(await half.post('/api/factor', undefined, keyless))).toBe('403.4')
      await sql`UPDATE app.session SET factor_at = now() - interval '6 minutes' WHERE account_id = ${person.accountId}::uuid AND factor_at IS NOT NULL`.execute(
        tx,
      )
      expect(codeOfAnswer(await caller.post('/api/factor', undefined, keyless))).toBe('403.4')
    }))
})

describe('step-up', () => {
  it('asks for the factor again after five minutes, with a code of its own, and then lets the same act through', () =>
    stage.trial(async (tx) => {
      const { caller, secret } = await enter(stage, tx, 'U1')
      expect((await renew(caller)).status).toBe(200)
      await age(tx, 6)
      const refused = await renew(caller)
      expect([refused.status, refused.body.code]).toEqual([403, '403.4'])
      expect((await caller.get('/api/me')).status).toBe(200)
      const given = await give(caller, codeOf(secret, 1))
      expect((await renew(stage.as(holder(stage, given.headers)))).status).toBe(200)
    }))

  it('is no matter for a demo session', () =>
    stage.trial(async () => {
      expect(codeOfAnswer(await renew(stage.as('U1')))).toBe('403.3')
      expect((await stage.as('U1').get('/api/me')).status).toBe(200)
    }))
})

describe('a session', () => {
  it('gets a new token at sign-in, at the second factor and at another post; the old ones are over', () =>
    stage.trial(async (tx) => {
      await withPassword(stage, tx, 'U4')
      const planted = stage.world.person('U4')
      const signedIn = await stage
        .as(planted)
        .post('/api/session/password', { login: 'u4', password: goodPassword }, keyless)
      expect((await stage.as(planted).get('/api/session')).status).toBe(401)
      const half = holder(stage, signedIn.headers, 'U4')
      const offer = await stage
        .as(half)
        .post<{ secret: string; ticket: string }>('/api/factor', undefined, keyless)
      const confirmed = await stage
        .as(half)
        .post('/api/factor/confirm', { ticket: offer.body.ticket, code: codeOf(offer.body.secret) }, keyless)
      expect((await stage.as(half).get('/api/session')).status).toBe(401)
      const whole = holder(stage, confirmed.headers, 'U4')
      const turned = await stage
        .as(whole)
        .post('/api/session/post', { postId: stage.world.person('D1x').postId })
      const now = holder(stage, turned.headers, 'U4')
      expect((await stage.as(whole).get('/api/me')).status).toBe(401)
      expect((await stage.as(now).get('/api/me')).status).toBe(200)
      expect(new Set([planted, half, whole, now].map((p) => p.token)).size).toBe(4)
    }))

  it.each([
    ['U1', 31, '12 hours'],
    ['worker', 7 * 24 * 60 + 1, '30 days'],
  ])('of %s rests %i minutes at most and lives %s', (who, minutes, life) =>
    stage.trial(async (tx) => {
      await withPassword(stage, tx, who)
      const person = holder(stage, (await signInWith(stage, who.toLowerCase(), goodPassword)).headers, who)
      const rest = (m: number) =>
        sql`UPDATE app.session SET seen_at = now() - make_interval(mins => ${m}::int)`.execute(tx)
      await rest(minutes - 2)
      expect((await stage.as(person).get('/api/session')).status).toBe(200)
      await rest(minutes)
      expect((await stage.as(person).get('/api/session')).status).toBe(401)
      const span = await rows<{ ok: boolean }>(
        tx,
        sql`SELECT expires_at - created_at = ${life}::interval AS ok FROM app.session WHERE account_id = ${person.accountId}::uuid AND NOT is_demo`,
      )
      expect(span).toEqual([{ ok: true }])
    }),
  )

  it('stands in the list of devices, where its owner signs out one or all others, and nobody else', () =>
    stage.trial(async (tx) => {
      const { caller, person } = await enter(stage, tx, 'U1')
      const phone = await signInWith(stage, 'u1', goodPassword, {
        'user-agent': 'Mozilla/5.0 (Linux; Android 13) Chrome/116.0 Mobile',
      })
      const list = async () =>
        (
          await caller.get<{
            sessions: { id: string; device: string; isCurrent: boolean }[]
            notices: { kind: string; detail: string }[]
          }>('/api/account')
        ).body
      const { sessions, notices } = await list()
      expect(sessions.filter((s) => s.isCurrent).length).toBe(1)
      const other = sessions.find((s) => s.device === 'Chrome · 安卓')!
      expect(notices).toContainEqual(expect.objectContaining({ kind: 'device.new', detail: 'Chrome · 安卓' }))
      expect((await stage.as('U2').del(`/api/account/sessions/${other.id}`)).status).toBe(404)
      expect((await caller.del(`/api/account/sessions/${other.id}`)).status).toBe(200)
      expect((await stage.as(holder(stage, phone.headers)).get('/api/session')).status).toBe(401)
      expect((await caller.del('/api/account/sessions')).status).toBe(200)
      expect((await list()).sessions).toEqual([expect.objectContaining({ isCurrent: true })])
      expect((await stage.as(person).get('/api/me')).status).toBe(200)
    }))
})

describe('a change of password', () => {
  it('asks for the old one, ends the other sessions and tells the owner', () =>
    stage.trial(async (tx) => {
      const { caller } = await enter(stage, tx, 'U1')
      const other = holder(stage, (await signInWith(stage, 'u1', goodPassword)).headers)
      expect((await change(caller, 'wrong', '海边的木棉 又开了一季')).body.issues).toEqual([
        { field: 'current', message: '现在的密码不对，请重新输入' },
      ])
      expect(codeOfAnswer(await change(stage.as(other), goodPassword, '海边的木棉 又开了一季'))).toBe('403.3')
      const changed = await change(caller, goodPassword, '海边的木棉 又开了一季')
      expect(changed.status).toBe(200)
      expect((await stage.as(other).get('/api/session')).status).toBe(401)
      expect((await signInWith(stage, 'u1', goodPassword)).status).toBe(401)
      expect((await signInWith(stage, 'u1', '海边的木棉 又开了一季')).status).toBe(200)
      const mine = stage.as(holder(stage, changed.headers))
      const { notices } = (await mine.get<{ notices: { kind: string }[] }>('/api/account')).body
      expect(notices[0]!.kind).toBe('password.changed')
    }))

  it.each([
    ['short', 'aB3$xyz', '密码至少 8 个字符，现有 7 个'],
    ['too long', 'x'.repeat(129), '密码最多 128 个字符'],
    ['breached', 'password123', '泄露名单'],
    ['her unit', 'shiliu1gonghui', '容易被猜到'],
    ['her name', '演示U1演示U1', '容易被猜到'],
    ['a keyboard row', 'qwertyuiop[]', '容易被猜到'],
    ['the old one', goodPassword, '与原密码相同'],
  ])('to one that is %s is refused at its field', (_, password, message) =>
    stage.trial(async (tx) => {
      const { caller } = await enter(stage, tx, 'U1')
      const found = await change(caller, goodPassword, password)
      expect([found.status, found.body.issues]).toEqual([
        422,
        [{ field: 'password', message: expect.stringContaining(message) as string }],
      ])
    }),
  )

  it('under 等保三级 wants three classes of characters and is due after ninety days', () =>
    stage.trial(async (tx) => {
      const { deps } = stage.world
      deps.passwordProfile = 'djbh3'
      try {
        const { caller, secret, person } = await enter(stage, tx, 'U1')
        const plain = await change(caller, goodPassword, 'wet otter climbs marble')
        expect(plain.body.issues?.[0]!.message).toBe('大写字母、小写字母、数字、符号中至少要有 3 类')
        await sql`UPDATE app.credential SET password_at = now() - interval '89 days'`.execute(tx)
        const early = holder(stage, (await signInWith(stage, 'u1', goodPassword)).headers)
        await sql`UPDATE app.credential SET password_at = now() - interval '90 days'`.execute(tx)
        const late = holder(stage, (await signInWith(stage, 'u1', goodPassword)).headers)
        expect(early.token).not.toBe(late.token)
        const entered = await give(stage.as(late), codeOf(secret, 1))
        const due = stage.as(holder(stage, entered.headers))
        expect((await due.get('/api/session')).body['stage']).toBe('password')
        expect(codeOfAnswer(await due.get('/api/me'))).toBe('403.3')
        const changed = await change(due, goodPassword, 'Wet otter climbs 7 marbles')
        expect((await stage.as(holder(stage, changed.headers)).get('/api/me')).status).toBe(200)
        expect((await stage.as(person).get('/api/session')).status).toBe(401)
      } finally {
        deps.passwordProfile = 'asvs'
      }
    }))

  it('under ASVS is never due and wants no classes', () =>
    stage.trial(async (tx) => {
      const { secret, caller } = await enter(stage, tx, 'U1')
      expect((await change(caller, goodPassword, 'wet otter climbs marble')).status).toBe(200)
      await sql`UPDATE app.credential SET password_at = now() - interval '900 days'`.execute(tx)
      const half = holder(stage, (await signInWith(stage, 'u1', 'wet otter climbs marble')).headers)
      const entered = await give(stage.as(half), codeOf(secret, 1))
      expect((await stage.as(holder(stage, entered.headers)).get('/api/me')).status).toBe(200)
    }))
})
