import { randomUUID } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openClient, openStage, type CallOptions, type Stage } from '../support/client.ts'
import { body, playOn, type Refusal, type Written } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const url = '/api/records/training'
const countOf = async (who: string) => (await stage.as(who).get<{ count: number }>(url)).body.count
const enter = (who: string, changes: object, options: CallOptions = {}, more: object = {}) =>
  stage.as(who).post<Written & Refusal>(url, { body: body(changes as never), ...more }, options)

const cookieOf = (headers: Record<string, unknown>) => String(headers['set-cookie'])

const signedIn = (headers: Record<string, unknown>) => ({
  ...stage.world.person('U1'),
  token: /__Host-sid=([^;]+)/.exec(cookieOf(headers))![1]!,
})

const signIn = (who: string) =>
  stage.as(null).post('/api/session', { accountId: stage.world.person(who).accountId }, { key: null })

describe('a request sent again', () => {
  const key = 'k'.repeat(20)

  it('under its key has one effect and gets the first answer', () =>
    stage.trial(async () => {
      const first = await enter('U1', {}, { key })
      const again = await enter('U1', {}, { key })
      expect([first.status, again.status, again.body]).toEqual([200, 200, first.body])
      expect(await countOf('U1')).toBe(1)
    }))

  it('with another body or to another address is refused', () =>
    stage.trial(async () => {
      await enter('U1', {}, { key })
      const other = await enter('U1', { title: '另一场培训' }, { key })
      const elsewhere = await stage.as('U1').post<Refusal>('/api/records/lawTalk', { body: body() }, { key })
      expect([other.status, other.body.code, elsewhere.body.code]).toEqual([422, '422.2', '422.2'])
      expect(await countOf('U1')).toBe(1)
    }))

  it('after a refusal is tried anew: refusals are not kept', () =>
    stage.trial(async () => {
      const refused = await enter('U1', { women: 61 }, { key })
      const mended = await enter('U1', {}, { key })
      expect([refused.status, mended.status]).toEqual([422, 200])
    }))

  it('by another person is another request', () =>
    stage.trial(async () => {
      await enter('U1', {}, { key })
      expect((await enter('U2', {}, { key })).status).toBe(200)
      expect([await countOf('U1'), await countOf('U2')]).toEqual([1, 1])
    }))

  it.each([
    ['no key', null],
    ['a short key', 'short'],
    ['a key with foreign letters', '钥匙'.repeat(10)],
  ])('with %s is refused', (_, bad) =>
    stage.trial(async () => {
      const found = await enter(
        'U1',
        {},
        bad === null ? { key: null } : { key: null, headers: { 'idempotency-key': encodeURI(bad) } },
      )
      expect([found.status, found.body.code]).toEqual([400, '400.2'])
    }),
  )

  it('needs no key for sign-in and sign-out, what shows a secret once, autosave, what nobody signs, and checks that write nothing', () => {
    const keyless = stage.routes
      .filter((r) => r.method !== 'GET' && r.keyless)
      .map((r) => `${r.method} ${r.url}`)
    expect(keyless.sort()).toEqual([
      'DELETE /api/session',
      'POST /api/account/passkeys',
      'POST /api/account/passkeys/options',
      'POST /api/account/password',
      'POST /api/account/recovery-codes',
      'POST /api/accounts/:id/invitation',
      'POST /api/care-rooms/:id/card',
      'POST /api/certificates/pdf',
      'POST /api/contracts/:id/papers/:kind',
      'POST /api/emergencies/:id/open',
      'POST /api/factor',
      'POST /api/factor/confirm',
      'POST /api/figures/proof',
      'POST /api/hardship/aids/:id/reveals',
      'POST /api/hardship/batches/:id/file',
      'POST /api/hardship/files/:id/forms/:form',
      'POST /api/hardship/files/:id/reveals',
      'POST /api/hardship/inquiries/:id/file',
      'POST /api/honour-nominations/:id/form',
      'POST /api/intakes/:id/invitations',
      'POST /api/invitations/look',
      'POST /api/invitations/use',
      'POST /api/my/export',
      'POST /api/my/hardship/:id/reveals',
      'POST /api/my/reveals',
      'POST /api/oidc/bind',
      'POST /api/oidc/finish',
      'POST /api/oidc/start',
      'POST /api/open-rooms/:id/reports',
      'POST /api/open-rooms/:id/uses',
      'POST /api/persons/:id/reveals',
      'POST /api/persons/check',
      'POST /api/policy-questions',
      'POST /api/policy-questions/look',
      'POST /api/public-notice-objections/look',
      'POST /api/public-notices/:id/objections',
      'POST /api/records/:programme/:id/forms/:form',
      'POST /api/records/:programme/check',
      'POST /api/rules/:key/preview',
      'POST /api/screening/rounds/:id/list',
      'POST /api/session',
      'POST /api/session/factor',
      'POST /api/session/factor/passkey',
      'POST /api/session/factor/passkey/options',
      'POST /api/session/passkey',
      'POST /api/session/passkey/options',
      'POST /api/session/password',
      'POST /api/session/phone',
      'POST /api/session/phone/code',
      'POST /api/silos/:id/look',
      'POST /api/suggestions/:id/read',
      'POST /api/tasks/:id/workbook',
      'POST /api/tasks/burden',
      'POST /api/tell',
      'POST /api/tell/acts',
      'POST /api/tell/look',
      'POST /api/tell/signed',
      'POST /api/tell/units',
      'PUT /api/drafts/:id',
      'PUT /api/my/attempts/:id/answers',
      'PUT /api/summary/draft',
      'PUT /api/typed/:form',
    ])
  })
})

describe('a change', () => {
  it.each<[string, CallOptions, number]>([
    ['from our own pages', { site: 'same-origin' }, 200],
    ['from another site', { site: 'cross-site' }, 403],
    ['from a neighbouring host', { site: 'same-site' }, 403],
    ['typed into the address bar', { site: 'none' }, 403],
    [
      'of an old browser on our host',
      { site: null, headers: { origin: 'http://localhost', host: 'localhost' } },
      200,
    ],
    [
      'of an old browser elsewhere',
      { site: null, headers: { origin: 'http://localhost.evil', host: 'localhost' } },
      403,
    ],
    ['without any word of where it comes from', { site: null }, 403],
  ])('%s', (_, options, status) =>
    stage.trial(async () => {
      expect((await enter('U1', {}, options)).status).toBe(status)
    }),
  )
})

describe('a session', () => {
  it.each<[string, string]>([
    ['that has ended', `UPDATE app.session SET expires_at = now() - interval '1 second'`],
    ['that rested for half an hour', `UPDATE app.session SET seen_at = now() - interval '31 minutes'`],
    ['of a disabled account', 'UPDATE app.account SET disabled_at = now()'],
    ['of a post that ended', `UPDATE app.post SET until_on = current_date - 1`],
    ['of a post that has not begun', `UPDATE app.post SET from_on = current_date + 1`],
    ['that was never opened', 'DELETE FROM app.session'],
  ])('%s opens nothing', (_, change) =>
    stage.trial(async (tx) => {
      expect((await stage.as('U1').get('/api/me')).status).toBe(200)
      await sql.raw(change).execute(tx)
      const found = await stage.as('U1').get<Refusal>('/api/me')
      expect([found.status, found.body.code]).toEqual([401, '401.1'])
    }),
  )

  it('begins with sign-in, whose cookie no script reads, and ends with sign-out', () =>
    stage.trial(async () => {
      const { status, headers } = await signIn('U1')
      expect(status).toBe(200)
      expect(cookieOf(headers)).toMatch(/^__Host-sid=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
      const me = stage.as(signedIn(headers))
      expect((await me.get<{ account: { name: string } }>('/api/me')).body.account.name).toBe('演示U1')
      const out = await me.del('/api/session', { key: null })
      // What drafts a browser keeps goes with the session, whatever our own page still manages to do.
      expect([out.status, out.headers['clear-site-data']]).toEqual([200, '"storage"'])
      expect(cookieOf(out.headers)).toMatch(/^__Host-sid=; .*(Max-Age=0|Expires=Thu, 01 Jan 1970)/)
      expect((await me.get('/api/me')).status).toBe(401)
    }))

  it('is opened for no service account, no unknown one and none in live mode', () =>
    stage.trial(async () => {
      const { deps } = stage.world
      expect((await signIn('service')).status).toBe(404)
      expect((await stage.as(null).post('/api/session', { accountId: 'nobody' }, { key: null })).status).toBe(
        404,
      )
      const mode = deps.mode
      deps.mode = 'live'
      try {
        expect((await signIn('U1')).status).toBe(404)
        expect((await stage.as(null).get('/api/demo/people')).status).toBe(404)
      } finally {
        deps.mode = mode
      }
    }))

  it('changes to another post of the same account only, and the old one is over', () =>
    stage.trial(async () => {
      const { person } = stage.world
      const me = stage.as('U4')
      const foreign = await me.post('/api/session/post', { postId: person('D1').postId })
      expect(foreign.status).toBe(404)
      const { status, headers } = await me.post('/api/session/post', { postId: person('D1x').postId })
      expect(status).toBe(200)
      const now = await stage.as(signedIn(headers)).get<{ post: { org: { code: string } } }>('/api/me')
      expect(now.body.post.org.code).toBe('D1')
      expect((await me.get('/api/me')).status).toBe(401)
    }))
})

describe('bad input is told at its field, in Chinese', () => {
  it.each<[string, object, string, string]>([
    [
      '10,000 characters',
      { note: '长'.repeat(10_000) },
      'note',
      '备注最多 2000 个字，现有 10000 个字，请精简',
    ],
    [
      '61 rare Han characters',
      { title: `${'㛃𬱖'.repeat(30)}㛃` },
      'title',
      '名称最多 60 个字，现有 61 个字，请精简',
    ],
    ['a number as text', { women: '50' }, 'women', '其中女职工要填数字'],
    ['half a person', { women: 49.5 }, 'women', '其中女职工要填整数'],
    [
      'a date that does not exist',
      { endsOn: '2019-02-30' },
      'endsOn',
      '结束日期不是有效日期，请按 2019-03-08 的样子填写',
    ],
    [
      'a date to come',
      { startsOn: '2020-04-17', endsOn: '2020-04-17' },
      'endsOn',
      '结束日期（2020-04-17）还没有到，办完再填',
    ],
    [
      'an end before the beginning',
      { startsOn: '2019-09-21' },
      'endsOn',
      '结束日期（2019-09-20）不能早于开始日期（2019-09-21）',
    ],
    ['more women than people', { women: 61, all: 60 }, 'women', '女职工 61 多于总人次 60，请核对'],
    ['people without a session', { count: 0 }, 'count', '期数不能小于 1'],
    [
      'a choice of its own',
      { carrier: '夜校' },
      'carrier',
      '载体请从“流动课堂、周末学校、网上课程、其他”中选择',
    ],
    ['only controls', { title: '\u0000\u0007' }, 'title', '名称至少 2 个字'],
    ['an unknown name', { constructor: 1 }, 'constructor', '没有“constructor”这一项，请检查栏目名称'],
  ])('%s', (_, changes, field, message) =>
    stage.trial(async () => {
      const found = await enter('U1', changes)
      expect([found.status, found.body.issues]).toEqual([422, expect.arrayContaining([{ field, message }])])
      expect(await countOf('U1')).toBe(0)
    }),
  )

  it.each<[string, number[], string]>([
    ['an unknown unit', [99_999], '所选的联办单位不存在，请重新选择'],
    ['the unit itself', [10], '联办单位不用填本单位，请删去'],
  ])('%s as co-host', (_, coHosts, message) =>
    stage.trial(async () => {
      expect(stage.world.org('U1')).toBe(10)
      const found = await enter('U1', {}, {}, { coHosts })
      expect([found.status, found.body.issues]).toEqual([422, [{ field: 'coHosts', message }]])
    }),
  )

  it('what can be kept is kept: emoji, rare characters, sixty of them; what no database holds is dropped', () =>
    stage.trial(async () => {
      const title = '㛃𬱖'.repeat(29) + '👩‍🏭'.slice(0, 2)
      const { body: made } = await enter('U1', { title, note: '甲\u0000乙\ud800丙\r\n丁👩‍🏭' })
      const seen = await stage.as('U1').get<{ body: Record<string, string> }>(`${url}/${made.id}`)
      expect([seen.body.body['title'], seen.body.body['note']]).toEqual([title, '甲乙丙\r\n丁👩‍🏭'])
      const found = await stage.as('U1').get<{ count: number }>(`${url}?q=${encodeURIComponent('𬱖㛃')}`)
      expect(found.body.count).toBe(1)
    }))

  it('a draft and a reason are kept too, without what no database holds', () =>
    stage.trial(async () => {
      const id = randomUUID()
      const draft = {
        programme: 'training',
        kind: 'draft',
        body: { title: '甲\u0000乙\ud800', '\u0000x': ['丙\u0000'] },
        sequence: 1,
      }
      expect((await stage.as('U1').put(`/api/drafts/${id}`, draft)).status).toBe(200)
      expect((await stage.as('U1').get(`/api/drafts/${id}`)).body['body']).toEqual({
        title: '甲乙',
        x: ['丙'],
      })
      const play = playOn(stage.as)
      const record = await play.submit('U1')
      const remarks = [{ field: 'title', body: '请\u0000改' }]
      await play.mustAct('S1', record, { action: 'return', reason: '有\u0000误', remarks })
      const seen = await stage
        .as('U1')
        .get<{ history: { reason: string }[]; remarks: { body: string }[] }>(`${url}/${record.id}`)
      expect([seen.body.history.at(-1)!.reason, seen.body.remarks[0]!.body]).toEqual(['有误', '请改'])
    }))

  it('the same day and a similar title ask for a note, which the reviewer reads', () =>
    stage.trial(async () => {
      await enter('U1', { title: '女职工礼仪培训' })
      const again = { title: '女职工礼仪培训班' }
      const warned = await enter('U1', again)
      expect([warned.status, warned.body.code]).toEqual([422, '422.3'])
      expect(warned.body.issues).toEqual([
        { field: 'title', message: '同一天已有相近的记录“女职工礼仪培训”，请核对是否重复填报' },
      ])
      expect((await enter('U1', again, {}, { warningNote: '  ' })).status).toBe(422)
      const { body: made } = await enter('U1', again, {}, { warningNote: '上下午两场' })
      const seen = await stage.as('S1').get(`${url}/${made.id}`)
      expect(seen.body).toEqual(expect.objectContaining({ warningNote: '上下午两场', warnings: 1 }))
      expect((await enter('U2', again)).status).toBe(200)
    }))

  it('a batch is taken whole or not at all, and its faults name their row', () =>
    stage.trial(async () => {
      const records = [{ body: body({ title: '第一场' }) }, { body: body({ title: '另外一场', women: 61 }) }]
      const refused = await stage.as('U1').post<Refusal>(`${url}/batch`, { records })
      expect([refused.status, refused.body.issues!.map((i) => i.field)]).toEqual([422, ['records.1.women']])
      expect(await countOf('U1')).toBe(0)
    }))

  it.each<[string, string | object, number]>([
    ['broken JSON', '{"body":', 400],
    ['a prototype', '{"__proto__":{"role":"x"},"body":{}}', 400],
    ['nested without end', `{"body":{"title":${'['.repeat(5000)}${']'.repeat(5000)}}}`, 400],
    ['more than a megabyte', JSON.stringify({ body: { note: 'x'.repeat(1_100_000) } }), 413],
  ])('%s', (_, payload, status) =>
    stage.trial(async () => {
      const found = await stage.app.inject({
        method: 'POST',
        url,
        payload,
        headers: {
          cookie: `__Host-sid=${stage.world.person('U1').token}`,
          'idempotency-key': 'k'.repeat(20),
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/json',
        },
      })
      expect([found.statusCode, found.json<Refusal>().message]).toEqual([
        status,
        expect.stringMatching(/\p{Script=Han}/u),
      ])
    }),
  )
})

it('a refusal by rights is written down: who, which way, and nothing of what', async () => {
  const lines: Record<string, unknown>[] = []
  const log = new PassThrough().on(
    'data',
    (line: Buffer) => void lines.push(JSON.parse(String(line)) as never),
  )
  const logged = await openClient(stage.world, log)
  const refused = await logged.as('U1').get<Refusal & { reqId: string }>('/api/accounts?q=%E5%BC%A0')
  await logged.as('U1').get('/api/records/training')
  await logged.as('U1').get('/api/records/training/0')
  await logged.close()
  const pino = { level: 40, time: expect.any(Number), pid: process.pid, hostname: expect.any(String) }
  expect(lines).toEqual([
    {
      ...pino,
      reqId: refused.body.reqId,
      account: stage.world.person('U1').accountId,
      code: '403.1',
      way: 'GET /api/accounts',
      msg: 'refused',
    },
  ])
})

it('a failure nobody expected is written down with its cause, at the number that the answer names', async () => {
  let said = ''
  const log = new PassThrough().on('data', (line: Buffer) => void (said += String(line)))
  const logged = await openClient(stage.world, log)
  const { db } = stage.world.deps
  const broken = { ...db, connect: () => Promise.reject(new Error('cause of the failure')) }
  stage.world.deps.db = { ...broken, getExecutor: db.getExecutor.bind(db) }
  const failed = await logged.as('C').get<Refusal & { reqId: string }>('/api/orgs/search?q=a')
  stage.world.deps.db = db
  await logged.close()
  expect([failed.status, failed.body.code]).toEqual([500, '500.1'])
  const line = said.split('\n').find((text) => text.includes(failed.body.reqId))
  expect(JSON.parse(line ?? '{}')).toMatchObject({
    level: 50,
    err: { message: 'cause of the failure', stack: expect.any(String) as string },
  })
})

it('a parameter that comes twice is none', async () => {
  const found = await stage.as('U1').get<Refusal>('/api/records/training?size=20&size=100')
  expect([found.status, found.body.code]).toEqual([400, '400.1'])
})
