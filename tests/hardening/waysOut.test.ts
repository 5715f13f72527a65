import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as client from 'openid-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openOidc } from '#identity/oidcClient.server.ts'
import { openOut, placeHere, placeOf } from '#server/fetchOut.server.ts'
import { json, openStandIn, type StandIn } from '../support/standIn.ts'

let there: StandIn
beforeAll(async () => {
  there = await openStandIn(json({}))
})
afterAll(() => there.close())

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => ({ file: join('src', file), text: readFileSync(join('src', file), 'utf8') }))
/** Ways to reach another machine, by import or by a name that is always there. */
const reaching =
  /from '(node:)?(https?|http2|net|tls|dgram|undici|nodemailer)'|import\('(node:)?(https?|net|tls)'\)|(?<![.\w])(fetch|WebSocket|EventSource|XMLHttpRequest)\(|new (WebSocket|EventSource|XMLHttpRequest)\b/

it('nothing reaches another machine but by the ports that are named here', () => {
  expect(sources.length).toBeGreaterThan(500)
  expect(
    sources
      .filter(({ text }) => reaching.test(text))
      .map(({ file }) => file)
      .sort(),
  ).toEqual([
    'src/notify/channels/mail.server.ts',
    // Sockets of this machine alone.
    'src/server/embedded/control.server.ts',
    'src/server/embedded/engine.server.ts',
    'src/server/embedded/lock.server.ts',
    'src/server/embedded/session.server.ts',
    'src/server/fetchOut.server.ts',
    // Our own server, from the browser.
    'src/web/api/client.dom.ts',
    'src/web/intake/progress.dom.ts',
  ])
  expect(reaching.test(`await fetch(url)`)).toBe(true)
  expect(reaching.test(`query.refetch()`)).toBe(false)
})

const oidc = (also: string[] = []) =>
  openOidc({ issuer: there.address, clientId: 'x', clientSecret: 'y', label: 'z', also })
const describe = (token: string) =>
  json({
    issuer: there.address,
    authorization_endpoint: `${there.address}/auth`,
    token_endpoint: token,
    jwks_uri: `${there.address}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  })
const grant = async (token: string, also?: string[]) => {
  there.play = describe(token)
  const configuration = await oidc(also).configuration()
  there.play = json({ access_token: 'a', token_type: 'bearer' })
  there.seen.length = 0
  return client.genericGrantRequest(configuration, 'client_credentials', {})
}
const causes = (error: unknown): string =>
  error instanceof Error ? `${error.message}; ${causes(error.cause)}` : ''

it('a provider’s description leads to its own addresses and those the operator named, nowhere else', async () => {
  expect(await grant(`${there.address}/token`)).toMatchObject({ access_token: 'a' })
  expect(there.seen.map(({ method, url, body }) => [method, url.pathname, body])).toEqual([
    ['POST', '/token', expect.stringContaining('grant_type=client_credentials')],
  ])
  const elsewhere = there.address.replace('127.0.0.1', 'localhost')
  const refused = await grant(`${elsewhere}/token`).catch(causes)
  expect([refused, there.seen]).toEqual([expect.stringContaining('不在登记的地址中'), []])
  expect(await grant(`${elsewhere}/token`, [elsewhere])).toMatchObject({ access_token: 'a' })
})

it('a provider that sends the program elsewhere is not followed', async () => {
  there.play = (_, response) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
  expect(await oidc().configuration().catch(causes)).toContain('要求转到别处')
})

it('an address of this machine or network needs its mark, and plain http a signature', () => {
  expect(() => openOut([placeOf('a', 'http://127.0.0.1:9')])).toThrow('https')
  expect(() => openOut([placeHere('a', 'http://127.0.0.1:9')])).not.toThrow()
  expect(() => openOut([placeHere('a', 'http://tsa.example.com')])).toThrow('https')
  expect(() => openOut([{ ...placeHere('a', 'http://tsa.example.com'), isSigned: true }])).not.toThrow()
})
