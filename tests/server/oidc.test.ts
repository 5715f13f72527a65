import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { Provider } from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOidc } from '#identity/oidcClient.server.ts'
import { rows } from '#server/database.server.ts'
import { enter, holder } from '../support/account.ts'
import { openStage, type Answer, type Stage } from '../support/client.ts'
import type { Refusal } from '../support/play.ts'

let stage: Stage
let server: Server
let issuer = ''
beforeAll(async () => {
  stage = await openStage()
  server = createServer().listen(0, '127.0.0.1')
  await new Promise((ready) => server.once('listening', ready))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'jinguo',
        client_secret: 'a-secret-of-the-test',
        redirect_uris: [`${stage.world.deps.publicUrl}/sign-in/oidc`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        application_type: 'native',
      },
    ],
    pkce: { required: () => true },
    cookies: { keys: ['a-key-of-the-test'] },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    features: { devInteractions: { enabled: true } },
  })
  server.on('request', provider.callback())
  stage.world.deps.oidc = openOidc({
    issuer,
    clientId: 'jinguo',
    clientSecret: 'a-secret-of-the-test',
    label: '示例统一身份',
  })
})
afterAll(async () => {
  await stage?.close()
  server?.closeAllConnections()
  server?.close()
})

const keyless = { key: null }
const flowOf = ({ headers }: Answer<unknown>) =>
  /__Host-oidc-state=([^;]+)/.exec(String(headers['set-cookie']))![1]!

/** A person at the provider, by its own pages: signs in under a name, consents, and is sent back. @returns what follows the ? */
async function atProvider(url: string, name: string): Promise<string> {
  const jar = new Map<string, string>()
  let next = url
  let form: Record<string, string> | null = null
  for (let step = 0; step < 12; step++) {
    const answer: Response = await fetch(next, {
      redirect: 'manual',
      headers: {
        cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; '),
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(form ? { method: 'POST', body: new URLSearchParams(form).toString() } : {}),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    form = null
    const to = answer.headers.get('location')
    if (to) {
      next = new URL(to, next).href
      if (next.startsWith(stage.world.deps.publicUrl)) return new URL(next).search.slice(1)
      continue
    }
    const page = await answer.text()
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1]
    if (!prompt) throw new Error(`the provider asks something else: ${page.slice(0, 300)}`)
    form = prompt === 'login' ? { prompt, login: name, password: 'any' } : { prompt }
  }
  throw new Error('the provider sends round in circles')
}

const begin = async () => {
  const begun = await stage.as(null).post<{ url: string }>('/api/oidc/start', undefined, keyless)
  expect(begun.status).toBe(200)
  return { url: begun.body.url, state: flowOf(begun) }
}
const finish = (search: string, state: string | null) =>
  stage.as(null).post<Refusal & { isBound: boolean }>(
    '/api/oidc/finish',
    { search },
    {
      key: null,
      headers: state === null ? {} : { cookie: `__Host-oidc-state=${state}` },
    },
  )

/** Binds the provider's person to an account of the world, as its owner does on her own page. */
async function bind(who: string, name: string, tx: Parameters<typeof enter>[1]) {
  const entered = await enter(stage, tx, who)
  const begun = await entered.caller.post<{ url: string }>('/api/oidc/bind', undefined, keyless)
  expect(begun.status).toBe(200)
  const bound = await finish(await atProvider(begun.body.url, name), flowOf(begun))
  return { ...entered, bound }
}

describe('sign-in by a unified identity, with a real provider', () => {
  it('sets out with PKCE, state and nonce', () =>
    stage.trial(async () => {
      const { url } = await begin()
      const query = Object.fromEntries(new URL(url).searchParams)
      expect(query).toMatchObject({
        response_type: 'code',
        client_id: 'jinguo',
        code_challenge_method: 'S256',
      })
      for (const name of ['code_challenge', 'state', 'nonce']) expect(query[name]!.length).toBeGreaterThan(40)
    }))

  it('lets in whom it knows by issuer and subject, as far as a password would, and creates nobody', () =>
    stage.trial(async (tx) => {
      const count = () => rows(tx, sql`SELECT count(*) AS n FROM app.account`)
      const before = await count()
      const stranger = await begin()
      const refused = await finish(await atProvider(stranger.url, 'person-1'), stranger.state)
      expect([refused.status, refused.body.code]).toEqual([403, '403.5'])
      expect(await count()).toEqual(before)

      const { bound } = await bind('U1', 'person-1', tx)
      expect(bound.body).toEqual({ isBound: true })
      const out = await begin()
      const back = await finish(await atProvider(out.url, 'person-1'), out.state)
      expect([back.status, back.body]).toEqual([200, { isBound: false }])
      const half = stage.as(
        holder(stage, [back.headers].map((h) => ({ 'set-cookie': String(h['set-cookie']) }))[0]!),
      )
      expect((await half.get('/api/session')).body).toMatchObject({ stage: 'factor', login: 'u1' })
      expect((await half.get('/api/me')).status).toBe(403)
      const other = await begin()
      expect((await finish(await atProvider(other.url, 'person-2'), other.state)).body.code).toBe('403.5')
    }))

  it('takes an answer once, in the browser that set out, and not too late', () =>
    stage.trial(async (tx) => {
      await bind('U1', 'person-1', tx)
      const [mine, theirs] = [await begin(), await begin()]
      const search = await atProvider(mine.url, 'person-1')
      expect((await finish(search, null)).body.code).toBe('401.3')
      expect((await finish(search, theirs.state)).body.code).toBe('401.3')
      expect((await finish(search, mine.state)).status).toBe(200)
      expect((await finish(search, mine.state)).body.code).toBe('401.3')
      const late = await begin()
      const lateSearch = await atProvider(late.url, 'person-1')
      await sql`UPDATE app.oidc_flow SET expires_at = now() - interval '1 second'`.execute(tx)
      expect((await finish(lateSearch, late.state)).body.code).toBe('401.3')
    }))

  it('refuses a code of another way, and one without its verifier', () =>
    stage.trial(async (tx) => {
      await bind('U1', 'person-1', tx)
      const [a, b] = [await begin(), await begin()]
      const code = new URLSearchParams(await atProvider(a.url, 'person-1')).get('code')!
      const mixed = new URLSearchParams({ code, state: b.state, iss: issuer }).toString()
      expect((await finish(mixed, b.state)).body.code).toBe('401.3')
    }))

  it('is bound one to one, and unbound by its owner', () =>
    stage.trial(async (tx) => {
      const first = await bind('U1', 'person-1', tx)
      const second = await bind('U2', 'person-1', tx)
      expect(second.bound.body.code).toBe('422.13')
      expect((await first.caller.del('/api/oidc/bind')).status).toBe(200)
      const out = await begin()
      expect((await finish(await atProvider(out.url, 'person-1'), out.state)).body.code).toBe('403.5')
    }))

  it('of a disabled account is over', () =>
    stage.trial(async (tx) => {
      const { person } = await bind('U1', 'person-1', tx)
      await sql`UPDATE app.account SET disabled_at = now() WHERE id = ${person.accountId}::uuid`.execute(tx)
      const out = await begin()
      expect((await finish(await atProvider(out.url, 'person-1'), out.state)).body.code).toBe('403.5')
    }))

  it('that is down or not set up leaves the password as it was', () =>
    stage.trial(async () => {
      const { deps } = stage.world
      const kept = deps.oidc
      try {
        deps.oidc = openOidc({ issuer: 'http://127.0.0.1:9', clientId: 'x', clientSecret: 'y', label: 'z' })
        expect((await stage.as(null).post('/api/oidc/start', undefined, keyless)).status).toBe(503)
        deps.oidc = null
        expect((await stage.as(null).post('/api/oidc/start', undefined, keyless)).status).toBe(404)
      } finally {
        deps.oidc = kept
      }
      expect(() =>
        openOidc({ issuer: 'http://example.com', clientId: 'x', clientSecret: 'y', label: 'z' }),
      ).toThrow('https')
    }))
})
