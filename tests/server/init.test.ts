import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProvider } from '#crypto/provider.server.ts'
import { loadDemo } from '#demo/load.server.ts'
import { openHasher } from '#identity/hasher.server.ts'
import { makeDeps } from '#server/boot.server.ts'
import { rows } from '#server/database.server.ts'
import { createInstallation, type Installation } from '#server/installation.server.ts'
import { codeOf, goodPassword } from '../support/account.ts'
import { openClient, type Caller, type Client } from '../support/client.ts'
import { openMemory, type TestDatabase } from '../support/database.ts'
import type { World } from '../support/world.ts'

const crypto = openProvider(new Uint8Array(32).fill(3))
const asked: Installation = {
  city: '示例市总工会',
  code: 'A01',
  admin: '示例甲',
  login: 'Admin.One',
  profile: 'djbh3',
  inviteDays: 3,
  publicUrl: 'https://jinguo.example',
}
const password = 'Otters climb 7 marble stairs'
const keyless = { key: null }

let database: TestDatabase
let client: Client
let token: string
beforeAll(async () => {
  database = await openMemory()
  const made = await createInstallation(database.db, crypto, asked)
  token = made.link.split('#')[1]!
  const deps = await makeDeps({
    db: database.db,
    crypto,
    fixedToday: null,
    publicUrl: asked.publicUrl,
    engine: { name: '测试', promise: '测试' },
    nudge: () => undefined,
  })
  deps.hasher = openHasher(new Uint8Array(32).fill(8), { memoryCost: 64, timeCost: 1, parallelism: 1 })
  client = await openClient({ deps } as World)
})
afterAll(async () => {
  await client?.close()
  await database?.close()
})

const query = <T>(text: string) => rows<T>(database.db, sql.raw(text))

/** Sets the password of a link and enrols a second factor. */
async function join(link: string): Promise<Caller> {
  const nobody = client.as(null)
  const set = await nobody.post<{ isOpen: boolean }>(
    '/api/invitations/use',
    { token: link, password },
    keyless,
  )
  expect([set.status, set.body.isOpen]).toEqual([200, true])
  const held = (headers: Record<string, unknown>) =>
    client.as({ token: /sid=([^;]+)/.exec(String(headers['set-cookie']))![1]! } as never)
  const half = held(set.headers)
  const offer = await half.post<{ secret: string; ticket: string }>('/api/factor', undefined, keyless)
  const done = await half.post(
    '/api/factor/confirm',
    { ticket: offer.body.ticket, code: codeOf(offer.body.secret) },
    keyless,
  )
  expect(done.status).toBe(200)
  return held(done.headers)
}

describe('a fresh live installation', () => {
  it('has no account that anybody could sign in to, and no demo person', async () => {
    expect(await query('SELECT login, is_demo FROM app.account ORDER BY login')).toEqual([
      { login: 'admin.one', is_demo: false },
      { login: 'service', is_demo: false },
    ])
    expect(await query('SELECT 1 FROM app.credential')).toEqual([])
    for (const login of ['admin.one', 'service', 'admin', 'root', 'sysadmin'])
      for (const guess of ['', 'admin', 'admin.one', 'Admin123456', goodPassword]) {
        const found = await client.as(null).post('/api/session/password', { login, password: guess }, keyless)
        expect([login, guess, [401, 429].includes(found.status)]).toEqual([login, guess, true])
      }
    await query('DELETE FROM app.attempt')
  })

  it('keeps the mode, the rules for passwords and how long links serve', async () => {
    const kept = await query<{ key: string; value: string }>('SELECT key, value FROM app.setting')
    expect(Object.fromEntries(kept.map((k) => [k.key, k.value]))).toMatchObject({
      mode: 'live',
      passwordProfile: 'djbh3',
      inviteDays: '3',
      crypto: 'intl',
    })
    expect(await query(`SELECT expires_at - made_at = '3 days' AS ok FROM app.invitation`)).toEqual([
      { ok: true },
    ])
  })

  it('knows no demo sign-in, whoever asks, and cannot be made a demo, nor made anew', async () => {
    const [admin] = await query<{ id: string }>(`SELECT id FROM app.account WHERE login = 'admin.one'`)
    await query('UPDATE app.account SET is_demo = true')
    for (const accountId of [admin!.id, 'admin.one'])
      expect((await client.as(null).post('/api/session', { accountId }, keyless)).status).toBe(404)
    expect((await client.as(null).get('/api/demo/people')).status).toBe(404)
    await query('UPDATE app.account SET is_demo = false')
    expect((await client.as(null).get('/api/sign-in')).body).toEqual({
      filing: null,
      mode: 'live',
      oidc: null,
      passkeyOrigin: 'https://jinguo.example',
      // No gateway is set up: no sign-in by a code.
      phone: null,
      running: { mode: 'open', change: null, ahead: null },
    })
    const said: string[] = []
    await expect(
      loadDemo(database.db, database.db, crypto, null, (text) => void said.push(text)),
    ).rejects.toThrow('演示数据只能装入空库')
    await expect(createInstallation(database.db, crypto, asked)).rejects.toThrow('不能再次初始化')
    expect(await query(`SELECT 1 FROM app.setting WHERE value = 'demo'`)).toEqual([])
  })

  it('begins with the one link: password, factor, then the first security administrator, and from there two persons', async () => {
    const admin = await join(token)
    const me = await admin.get<{ mode: string; post: { role: string; org: { name: string } } }>('/api/me')
    expect([me.body.mode, me.body.post.role, me.body.post.org.name]).toEqual([
      'live',
      'systemAdmin',
      '示例市总工会',
    ])
    const [city] = await query<{ id: number }>('SELECT id FROM app.org')
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    const make = async (login: string, role: string) =>
      (
        await admin.post<{ id: string; isGiven: boolean }>('/api/accounts', {
          login,
          name: '示例乙',
          title: '',
          orgId: city!.id,
          role,
          fromOn: today,
          untilOn: null,
        })
      ).body
    const guard = await make('guard.one', 'securityAdmin')
    expect(guard.isGiven).toBe(true)
    expect((await make('guard.two', 'securityAdmin')).isGiven).toBe(false)
    const cadre = await make('cadre.one', 'cadre')
    expect(cadre.isGiven).toBe(false)
    const invite = async (id: string) =>
      (
        await admin.post<{ link: string }>(`/api/accounts/${id}/invitation`, undefined, keyless)
      ).body.link.split('#')[1]!
    const security = await join(await invite(guard.id))
    const asked = await security.get<{ id: string; login: string }[] & object>('/api/grants')
    const grants = asked.body as { id: string; login: string }[]
    expect(grants.map((g) => g.login)).toEqual(['guard.two', 'cadre.one'])
    expect((await security.post(`/api/grants/${grants[1]!.id}`, { isGranted: true })).status).toBe(200)
    const worker = await join(await invite(cadre.id))
    expect((await worker.get('/api/figures?year=2020')).status).toBe(200)
  })
})
