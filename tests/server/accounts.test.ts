import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policy, type PolicyAction } from '#identity/policy.ts'
import type { Rule } from '#identity/rule.ts'
import type { AccountRow, GrantRow } from '#identity/api.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { codeOf, enter, goodPassword, holder, signInWith } from '../support/account.ts'
import { openStage, type Caller, type Stage } from '../support/client.ts'
import type { Refusal } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

type Given = Refusal & { id: string; isGiven: boolean }
const keyless = { key: null }
const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
const day = (offset: number) => new Date(Date.parse(today()) + offset * 86_400_000).toISOString().slice(0, 10)
const system = () => stage.as('systemAdmin')
const security = () => stage.as('securityAdmin')

const postAt = (org: string, role = 'cadre', fromOn = today(), untilOn: string | null = null) => ({
  orgId: stage.world.org(org),
  role,
  fromOn,
  untilOn,
})
const create = (login: string, post = postAt('U1')) =>
  system().post<Given>('/api/accounts', { login, name: '新同志', title: '', ...post })
const invite = async (id: string) => {
  const made = await system().post<{ link: string; kind: string; expiresAt: string }>(
    `/api/accounts/${id}/invitation`,
    undefined,
    keyless,
  )
  expect(made.status).toBe(200)
  return { ...made.body, token: made.body.link.split('#')[1]! }
}
const use = (token: string, password = goodPassword) =>
  stage.as(null).post<Refusal & { isOpen: boolean }>('/api/invitations/use', { token, password }, keyless)
const look = (token: string) => stage.as(null).post<Refusal>('/api/invitations/look', { token }, keyless)
const find = async (who: Caller, q: string): Promise<AccountRow[]> =>
  (await who.get<{ rows: AccountRow[] }>(`/api/accounts?q=${q}`)).body.rows
const waiting = async () => (await security().get<GrantRow[] & object>('/api/grants')).body as GrantRow[]
const decide = (id: string, isGranted: boolean, who = security()) =>
  who.post<Refusal>(`/api/grants/${id}`, { isGranted })

describe('the three administrators', () => {
  const admins = ['systemAdmin', 'securityAdmin', 'auditAdmin'] as const
  /** What belongs to one's own account, person and workbooks on their way in, and what only tells who has which post. */
  const own = [
    'session.begin',
    'session.own',
    'account.secure',
    'person.self',
    'person.join',
    'person.selfExport',
    'intake.own',
    'message.own',
    'account.reach',
    'suggestion.own',
    'event.own',
    'quiz.own',
    'course.own',
    'certificate.own',
    'match.own',
    'childcare.own',
    'hardship.own',
    'honour.suggest',
    'audit.witness',
  ]
  const shared = [...own, 'silo.signed', 'account.read', 'running.read', 'emergency.read']
  const actionsOf = (role: string) =>
    (Object.entries(policy) as [PolicyAction, 'public' | readonly Rule[]][])
      .filter(
        ([, rules]) => rules !== 'public' && rules.some((rule) => (rule.role as string[]).includes(role)),
      )
      .map(([action]) => action)
      .filter((action) => !shared.includes(action))

  it('have duties that no two share, and none with business data', () => {
    const duties = admins.map(actionsOf)
    for (const list of duties) expect(list.length).toBeGreaterThan(0)
    expect(new Set(duties.flat()).size).toBe(duties.flat().length)
    const business = [...actionsOf('cadre'), ...actionsOf('leader')]
    expect(duties.flat().filter((action) => business.includes(action))).toEqual([])
  })

  it.each(admins)('%s may not hold a second duty at the same time, whoever asks for it', (role) =>
    stage.trial(async (tx) => {
      const { accountId } = stage.world.person(role)
      for (const other of [...admins.filter((a) => a !== role), 'cadre'])
        expect(
          (await system().post<Refusal>(`/api/accounts/${accountId}/posts`, postAt('C', other))).body.message,
        ).toContain('互不兼任')
      await sql`SELECT app.begin(${stage.world.person('systemAdmin').token})`.execute(tx)
      const forced = sql`SELECT app.give_post(${randomUUID()}::uuid, ${accountId}::uuid, 1, 'worker', current_date, NULL)`
      await expect(forced.execute(tx)).rejects.toMatchObject({ code: '42501' })
    }),
  )

  it.each([
    ['securityAdmin', `SELECT app.open_account(gen_random_uuid(), 'xx', 'xx', '')`],
    ['securityAdmin', `SELECT app.end_post(gen_random_uuid(), current_date)`],
    ['systemAdmin', `SELECT app.decide_post(gen_random_uuid(), true)`],
    ['C', `SELECT app.give_post(gen_random_uuid(), gen_random_uuid(), 1, 'cadre', current_date, NULL)`],
    ['auditAdmin', `SELECT app.set_disabled(gen_random_uuid(), true)`],
    ['systemAdmin', `SELECT app.decide_running(gen_random_uuid(), true)`],
    ['securityAdmin', `SELECT app.ask_running(gen_random_uuid(), 'closed', current_date, '', '', '', '')`],
    ['C', `SELECT app.withdraw_running(gen_random_uuid())`],
  ])('the database itself refuses %s: %s', (who, statement) =>
    stage.trial(async (tx) => {
      await sql`SELECT app.begin(${stage.world.person(who).token})`.execute(tx)
      await expect(sql.raw(statement).execute(tx)).rejects.toMatchObject({ code: '42501' })
    }),
  )
})

describe('an account', () => {
  it('begins with an invitation: its password, its second factor, its unit, and nothing before', () =>
    stage.trial(async () => {
      const made = await create('Zhang.San')
      expect([made.status, made.body.isGiven]).toEqual([200, true])
      expect((await signInWith(stage, 'zhang.san', '')).status).toBe(401)
      expect((await find(system(), 'zhang.san'))[0]).toMatchObject({ state: 'new', hasFactor: false })
      const { token, kind, link } = await invite(made.body.id)
      expect([kind, link]).toEqual(['invite', `http://127.0.0.1:3000/join#${token}`])
      expect(token).toMatch(/^[\w-]{22}$/)
      expect((await find(system(), 'zhang.san'))[0]!.state).toBe('invited')
      expect((await look(token)).body).toEqual(
        expect.objectContaining({ name: '新同志', login: 'zhang.san', kind: 'invite' }),
      )
      const set = await use(token)
      expect([set.status, set.body.isOpen]).toEqual([200, true])
      const half = stage.as(holder(stage, set.headers))
      expect([(await half.get('/api/session')).body['stage'], (await half.get('/api/me')).status]).toEqual([
        'enrol',
        403,
      ])
      expect((await find(system(), 'zhang.san'))[0]!.state).toBe('active')
    }))

  it.each([
    ['a login that is taken', { login: 'TAKEN.ONE' }, 'login', '已有人用'],
    ['a login of two letters', { login: 'ab' }, 'login', '登录名 3 到 60 个字符'],
    ['no name', { name: ' ' }, 'name', '请填写姓名'],
  ])('with %s is refused at the field', (_, change, field, message) =>
    stage.trial(async () => {
      await create('taken.one')
      const found = await system().post<Refusal>('/api/accounts', {
        login: 'fine.one',
        name: '甲',
        title: '',
        ...postAt('U1'),
        ...change,
      })
      expect([found.status, found.body.issues]).toEqual([
        422,
        [{ field, message: expect.stringContaining(message) as string }],
      ])
    }),
  )

  it('that is disabled is over at the next request, and comes back', () =>
    stage.trial(async () => {
      const { accountId } = stage.world.person('U2')
      const turn = (isDisabled: boolean) =>
        system().post(`/api/accounts/${accountId}/disabled`, { isDisabled })
      expect((await turn(true)).status).toBe(200)
      expect((await stage.as('U2').get('/api/me')).status).toBe(401)
      expect((await turn(false)).status).toBe(200)
      expect((await find(system(), '演示U2'))[0]!.state).toBe('active')
      const own = stage.world.person('systemAdmin').accountId
      expect((await system().post(`/api/accounts/${own}/disabled`, { isDisabled: true })).status).toBe(422)
      const service = stage.world.person('service').accountId
      expect((await system().post(`/api/accounts/${service}/disabled`, { isDisabled: true })).status).toBe(
        404,
      )
      expect(await find(system(), 'service')).toEqual([])
    }))
})

describe('a link', () => {
  it('serves once, and only the newest of an account', () =>
    stage.trial(async () => {
      const { id } = (await create('li.si')).body
      const [older, newer] = [await invite(id), await invite(id)]
      expect((await look(older.token)).body.code).toBe('410.1')
      expect((await use(newer.token)).status).toBe(200)
      for (const { token } of [older, newer]) {
        expect((await use(token, '另一个够长的 新密码 2020')).body.code).toBe('410.1')
        expect((await look(token)).body.code).toBe('410.1')
      }
      expect((await look('unknown')).raw.replace(/"reqId":"[^"]*"/, '')).toBe(
        (await look(newer.token)).raw.replace(/"reqId":"[^"]*"/, ''),
      )
    }))

  it.each([
    ['an invitation', '7 days', false],
    ['a reset', '30 minutes', true],
  ])('lives: %s %s', (_, life, isReset) =>
    stage.trial(async (tx) => {
      const { id } = (await create('li.si')).body
      if (isReset) await use((await invite(id)).token)
      const { token, kind } = await invite(id)
      expect(kind).toBe(isReset ? 'reset' : 'invite')
      const span = await rows(
        tx,
        sql`SELECT expires_at - made_at = ${life}::interval AS ok FROM app.invitation WHERE used_at IS NULL`,
      )
      expect(span).toEqual([{ ok: true }])
      await sql`UPDATE app.invitation SET expires_at = now() - interval '1 second'`.execute(tx)
      expect((await look(token)).body.code).toBe('410.1')
      expect((await use(token)).body.code).toBe('410.1')
    }),
  )

  it('that resets a password ends all sessions, tells the owner, and never skips the second factor', () =>
    stage.trial(async (tx) => {
      const { caller, person, secret } = await enter(stage, tx, 'U1')
      const { token } = await invite(person.accountId)
      expect((await caller.get('/api/me')).status).toBe(200)
      expect((await use(token)).body.issues).toEqual([
        { field: 'password', message: '新密码与原密码相同，请换一个' },
      ])
      const set = await use(token, '木棉又开花了 在海边的五月')
      expect((await caller.get('/api/session')).status).toBe(401)
      const half = stage.as(holder(stage, set.headers))
      expect([(await half.get('/api/session')).body['stage'], (await half.get('/api/me')).status]).toEqual([
        'factor',
        403,
      ])
      const given = await half.post('/api/session/factor', { code: codeOf(secret, 1) }, keyless)
      const { notices } = (
        await stage
          .as(holder(stage, given.headers))
          .get<{ notices: { kind: string; isSeen: boolean }[] }>('/api/account')
      ).body
      expect(notices.slice(0, 2)).toEqual([
        expect.objectContaining({ kind: 'password.set', isSeen: false }),
        expect.objectContaining({ kind: 'reset.made', isSeen: false }),
      ])
    }))

  it('stands nowhere in the database, neither in stored answers nor in the audit', () =>
    stage.trial(async (tx) => {
      const { token } = await invite((await create('li.si')).body.id)
      const kept = await rows<{ row: string }>(
        tx,
        sql`SELECT to_jsonb(i)::text AS row FROM app.invitation i UNION ALL SELECT to_jsonb(i)::text FROM app.idempotency i UNION ALL SELECT to_jsonb(a)::text FROM app.audit a`,
      )
      expect(kept.length).toBeGreaterThan(3)
      expect(kept.filter(({ row }) => row.includes(token))).toEqual([])
    }))

  it('of an account whose post awaits approval sets the password, and lets in only afterwards', () =>
    stage.trial(async () => {
      const made = await create('wang.wu', postAt('D1'))
      const set = await use((await invite(made.body.id)).token)
      expect([set.status, set.body.isOpen, set.headers['set-cookie']]).toEqual([200, false, undefined])
      const early = (await signInWith(stage, 'wang.wu', goodPassword)).body
      expect([early['code'], early['message']]).toEqual([
        '403.1',
        expect.stringContaining('正等待安全管理员批准'),
      ])
      expect((await decide((await waiting())[0]!.id, true)).status).toBe(200)
      expect((await signInWith(stage, 'wang.wu', goodPassword)).status).toBe(200)
    }))
})

describe('a post', () => {
  it.each([
    ['U1', 'cadre', true],
    ['U1', 'worker', true],
    ['S1', 'cadre', false],
    ['D1', 'cadre', false],
    ['C', 'cadre', false],
    ['D1', 'leader', false],
    ['C', 'handler', false],
    ['C', 'systemAdmin', false],
    ['C', 'securityAdmin', false],
    ['C', 'auditAdmin', false],
  ])('at %s as %s is given at once: %s; else it waits for the security administrator', (org, role, isGiven) =>
    stage.trial(async () => {
      const made = await create('zhao.liu', postAt(org, role))
      expect([made.status, made.body.isGiven]).toEqual([200, isGiven])
      const states = (await find(system(), 'zhao.liu'))[0]!.posts.map((p) => p.state)
      expect(states).toEqual([isGiven ? 'current' : 'pending'])
      expect((await waiting()).length).toBe(isGiven ? 0 : 1)
    }),
  )

  it('is decided once, by a second person who neither asked nor gets it', () =>
    stage.trial(async (tx) => {
      await create('zhao.liu', postAt('D1'))
      const { id } = (await waiting())[0]!
      expect((await decide(id, true, system())).status).toBe(403)
      const { personId, accountId } = stage.world.person('securityAdmin')
      const asked = stage.world.person('systemAdmin').accountId
      await sql`UPDATE app.account SET person_id = ${personId}::uuid WHERE id = ${asked}::uuid`.execute(tx)
      expect((await decide(id, true)).body.message).toContain('不能自己批准')
      await sql`UPDATE app.account SET person_id = id WHERE id = ${asked}::uuid`.execute(tx)
      await sql`UPDATE app.post_request SET account_id = ${accountId}::uuid, role = 'securityAdmin'`.execute(
        tx,
      )
      expect((await decide(id, true)).body.message).toContain('不能自己批准')
      await sql`UPDATE app.post_request SET account_id = ${stage.world.person('U8').accountId}::uuid, role = 'cadre'`.execute(
        tx,
      )
      expect((await decide(id, false)).status).toBe(200)
      expect((await decide(id, true)).status).toBe(404)
      expect(await waiting()).toEqual([])
      expect((await find(system(), '演示U8'))[0]!.posts.map((p) => p.state)).toEqual(['current', 'refused'])
    }))

  it.each([
    ['outside the city', postAtLater('D1', 'auditAdmin'), '只设在市总工会'],
    ['that ends before it begins', postAtLater('U1', 'cadre', 0, -1), '不能早于开始日期'],
    ['held already', postAtLater('U2', 'cadre'), '已有同一个岗位'],
  ])('%s is refused', (_, make, message) =>
    stage.trial(async () => {
      const { accountId } = stage.world.person('U2')
      const found = await system().post<Refusal>(`/api/accounts/${accountId}/posts`, make())
      expect([found.status, found.body.message]).toEqual([422, expect.stringContaining(message)])
    }),
  )

  it('ends with its last day, at the next request', () =>
    stage.trial(async () => {
      const { postId } = stage.world.person('U2')
      expect((await system().post(`/api/posts/${postId}/end`, { untilOn: today() })).status).toBe(200)
      expect((await stage.as('U2').get('/api/me')).status).toBe(200)
      const earlier = await system().post<Refusal>(`/api/posts/${postId}/end`, { untilOn: day(-1) })
      expect(earlier.status).toBe(200)
      expect((await stage.as('U2').get('/api/me')).status).toBe(401)
      const later = await system().post<Refusal>(`/api/posts/${postId}/end`, { untilOn: day(1) })
      expect([later.status, later.body.message]).toEqual([422, expect.stringContaining(`到 ${day(-1)} 为止`)])
    }))

  it('is handed over from one day to the next; drafts and turns stay with the unit', () =>
    stage.trial(async (tx) => {
      const draft = randomUUID()
      await stage.as('U1').put(`/api/drafts/${draft}`, {
        programme: 'training',
        kind: 'draft',
        body: { title: '未办完' },
        sequence: 1,
      })
      const to = stage.world.person('U2')
      const handed = await system().post<Given>(`/api/posts/${stage.world.person('U1').postId}/hand-over`, {
        toAccountId: to.accountId,
        untilOn: day(-1),
      })
      expect([handed.status, handed.body.isGiven]).toEqual([200, true])
      expect((await stage.as('U1').get('/api/me')).status).toBe(401)
      const turned = await stage.as('U2').post('/api/session/post', { postId: handed.body.id })
      const heir = stage.as(holder(stage, turned.headers, 'U2'))
      expect((await heir.get(`/api/drafts/${draft}`)).body['body']).toEqual({ title: '未办完' })
      const inbox = await heir.get<{ cards: { id: string }[] }>('/api/inbox?box=fill')
      expect(JSON.stringify(inbox.body.cards)).toContain(draft)
      const dates = await rows(
        tx,
        sql`SELECT (SELECT until_on FROM app.post WHERE id = ${stage.world.person('U1').postId}::uuid) + 1 = from_on AS ok FROM app.post WHERE id = ${handed.body.id}::uuid`,
      )
      expect(dates).toEqual([{ ok: true }])
    }))

  it('that reviews is handed over with approval: till then the heir waits', () =>
    stage.trial(async () => {
      const heir = await create('zhou.ba', postAt('U3'))
      const handed = await system().post<Given>(`/api/posts/${stage.world.person('D2').postId}/hand-over`, {
        toAccountId: heir.body.id,
        untilOn: day(-1),
      })
      expect([handed.status, handed.body.isGiven]).toEqual([200, false])
      expect((await waiting()).map((g) => [g.name, g.org.code, g.fromOn])).toEqual([
        ['新同志', 'D2', today()],
      ])
    }))
})

describe('the security administrator', () => {
  it('signs an account out everywhere and ends its waiting', () =>
    stage.trial(async (tx) => {
      const { caller, person } = await enter(stage, tx, 'U1')
      for (let n = 0; n < 5; n++) await signInWith(stage, 'u1', 'wrong')
      expect((await signInWith(stage, 'u1', goodPassword)).status).toBe(429)
      expect((await security().post(`/api/accounts/${person.accountId}/sign-out`)).status).toBe(200)
      expect((await caller.get('/api/me')).status).toBe(401)
      expect((await signInWith(stage, 'u1', goodPassword)).status).toBe(200)
    }))

  it('takes a lost factor away, after which the owner enrols another; the system administrator cannot', () =>
    stage.trial(async (tx) => {
      const { person } = await enter(stage, tx, 'U1')
      const address = `/api/accounts/${person.accountId}/factor-reset`
      expect((await system().post(address)).status).toBe(403)
      expect((await security().post(address)).status).toBe(200)
      const half = stage.as(holder(stage, (await signInWith(stage, 'u1', goodPassword)).headers))
      expect((await half.get('/api/session')).body['stage']).toBe('enrol')
      expect(await rows(tx, sql`SELECT 1 FROM app.recovery_code`)).toEqual([])
    }))

  it('and the system administrator need a recent second factor for links and grants', () =>
    stage.trial(async (tx) => {
      const { caller } = await enter(stage, tx, 'systemAdmin')
      const { accountId } = stage.world.person('U2')
      const ask = () => caller.post<Refusal>(`/api/accounts/${accountId}/invitation`, undefined, keyless)
      expect((await ask()).status).toBe(200)
      await ageFactor(tx)
      expect((await ask()).body.code).toBe('403.4')
      const guard = await enter(stage, tx, 'securityAdmin')
      await ageFactor(tx)
      expect((await decide(randomUUID(), true, guard.caller)).body.code).toBe('403.4')
    }))
})

const ageFactor = (tx: Tx) => sql`UPDATE app.session SET factor_at = now() - interval '6 minutes'`.execute(tx)

/** A post that is put together once the world is there. */
function postAtLater(org: string, role: string, from = 0, until: number | null = null) {
  return () => postAt(org, role, day(from), until === null ? null : day(until))
}
