import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '#server/app.server.ts'
import { openStage, type Stage } from '../support/client.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const always = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
}

describe('every answer of every route', () => {
  it('bears the headers that keep it private and inert, refused or not', () =>
    stage.trial(async () => {
      for (const { method, url } of stage.routes) {
        const address = url.replace(/:(\w+)/g, '0')
        for (const who of ['C', null]) {
          const { headers } = await stage.as(who).call(method, address, method === 'GET' ? undefined : {})
          expect([url, headers]).toEqual([url, expect.objectContaining(always)])
          expect(headers['permissions-policy']).toContain('geolocation=()')
          expect(Object.keys(headers).filter((name) => /^(server|x-powered-by|etag)$/.test(name))).toEqual([])
        }
      }
    }))

  it('is the same 404 for an address that is none, by any method', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE'] as const) {
      const found = await stage.as('C').call(method, '/api/nothing', method === 'GET' ? undefined : {})
      expect([method, found.status, found.body]).toMatchObject([method, 404, { code: '404.1' }])
      expect(found.headers).toMatchObject(always)
    }
  })

  it('tells a failure of the program no word of it', async () => {
    const broken = { ...stage.world.deps.db, connect: () => Promise.reject(new Error('secret of the pool')) }
    const { db } = stage.world.deps
    stage.world.deps.db = { ...broken, getExecutor: db.getExecutor.bind(db) }
    const { status, raw } = await stage.as('C').get('/api/orgs/search?q=a')
    stage.world.deps.db = db
    expect(status).toBe(500)
    expect(raw).not.toContain('secret')
    expect(JSON.parse(raw)).toEqual({
      code: '500.1',
      message: expect.stringMatching(/\p{Script=Han}/u) as string,
      reqId: expect.any(String) as string,
    })
  })
})

it('a server that lags asks some to wait, and says for how long', async () => {
  const options = { distDir: null, insecureLan: false, log: null, mostLag: 20 }
  const { app } = await buildApp(stage.world.deps, options)
  await app.ready()
  const answers: { status: number; wait: unknown }[] = []
  for (let n = 0; n < 20 && answers.at(-1)?.status !== 503; n++) {
    const until = performance.now() + 100
    while (performance.now() < until);
    await new Promise((resolve) => setImmediate(resolve))
    const { statusCode, headers } = await app.inject({ url: '/api/healthz' })
    answers.push({ status: statusCode, wait: headers['retry-after'] })
  }
  const page = await app.inject({ url: '/rooms' })
  await app.close()
  expect(answers.at(-1)).toEqual({ status: 503, wait: '3' })
  // A page is no question: its reader would see the refusal's braces, and nothing that asks again.
  expect(page.statusCode).not.toBe(503)
})

describe('on the wire', () => {
  let port: number
  beforeAll(async () => {
    await stage.app.listen({ port: 0, host: '127.0.0.1' })
    port = (stage.app.server.address() as AddressInfo).port
  })
  const speak = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(text))
      let heard = ''
      socket.on('data', (part) => (heard += part.toString()))
      socket.on('close', () => resolve(heard))
      socket.on('error', reject)
    })
  const own = 'Host: x\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n'

  it.each([
    ['two lengths', `POST /api/session HTTP/1.1\r\n${own}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
    [
      'a length and chunks',
      `POST /api/session HTTP/1.1\r\n${own}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['a line folded into a header', `GET /api/healthz HTTP/1.1\r\nHost: x\r\nA: b\n c\r\n\r\n`],
    ['no host', `GET /api/healthz HTTP/1.1\r\n\r\n`],
    ['a head of 20 KB', `GET /api/healthz HTTP/1.1\r\nHost: x\r\nA: ${'b'.repeat(20_000)}\r\n\r\n`],
  ])('%s ends the connection with a refusal', async (_, text) => {
    expect(await speak(text)).toMatch(/^HTTP\/1\.1 4\d\d /)
  })

  it('a body beyond the cap is refused, whatever length it claims', async () => {
    const big = `{"accountId":"${'x'.repeat(2 * 1024 * 1024)}"}`
    const said = await fetch(`http://127.0.0.1:${port}/api/session`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
      body: big,
    })
    expect([said.status, ((await said.json()) as { code: string }).code]).toEqual([413, '413.1'])
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/\tjson',
  ])('a body of type %j is none', async (type) => {
    const said = await speak(
      `POST /api/session HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Type: ${type}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
    )
    expect(said).toMatch(/^HTTP\/1\.1 4\d\d /)
  })
})
