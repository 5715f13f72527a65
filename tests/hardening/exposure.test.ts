import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FastifyInstance } from 'fastify'
import type { ZodMiniObject } from 'zod/mini'
import { buildApp } from '#server/app.server.ts'
import { openStage, type Stage } from '../support/client.ts'

// An installation's folder as it lies on a disk: the built pages, and beside them what must never leave.
const secret = 'b5d1-never-to-be-served'
const beside = [
  '.env',
  '.git/config',
  'package.json',
  'package-lock.json',
  'src/server/main.server.ts',
  'migrations/0001-tree.sql',
  'docs/security.md',
  'data.key',
  'dist/server/main.js',
  'dist/built',
  'dist/web/assets/.secret',
  'dist/web/notes.txt',
]

let stage: Stage
let root: string
let app: FastifyInstance
beforeAll(async () => {
  stage = await openStage()
  root = mkdtempSync(join(tmpdir(), 'jinguo-exposure-'))
  for (const file of beside) {
    mkdirSync(join(root, file, '..'), { recursive: true })
    writeFileSync(join(root, file), secret)
  }
  writeFileSync(join(root, 'dist/web/index.html'), '<html>page __CSP_NONCE__</html>')
  writeFileSync(join(root, 'dist/web/assets/app.js'), 'served')
  writeFileSync(join(root, 'dist/web/draw-check.mjs'), 'script')
  mkdirSync(join(root, 'dist/mobile/assets'), { recursive: true })
  writeFileSync(join(root, 'dist/mobile/index.html'), '<html>page of the H5 __CSP_NONCE__</html>')
  writeFileSync(join(root, 'dist/mobile/assets/h5.js'), 'served to phones')
  const web = { distDir: join(root, 'dist'), insecureLan: false, log: null, mostLag: null }
  app = (await buildApp(stage.world.deps, web)).app
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await stage.close()
  rmSync(root, { recursive: true })
})

const get = (url: string) => app.inject({ url })
/** The same place by ways around: from the root, from the folder of assets, with dots and slashes written otherwise. */
const waysTo = (file: string): string[] => [
  `/${file}`,
  `/assets/../../${file}`,
  `/assets/%2e%2e/%2e%2e/${file}`,
  `/assets/..%2f..%2f${file}`,
  `/assets/..%5c..%5c${file}`,
  `/assets/%252e%252e/%252e%252e/${file}`,
  `/assets/....//....//${file}`,
  `//assets//..//..//${file}`,
  `/assets/${root}/${file}`,
  `/%00/../${file}`,
]

it('nothing but the built pages is served, by whatever way the address is written', async () => {
  expect((await get('/assets/app.js')).body).toBe('served')
  let asked = 0
  for (const file of [...beside, 'assets/.secret', '.secret', 'notes.txt']) {
    for (const url of waysTo(file)) {
      const { statusCode, body } = await get(url)
      asked++
      // 200 is the page of the router, which says itself that there is no such place.
      const isPage = statusCode === 200 && body.includes('<html>page')
      const isRefused = [400, 403, 404].includes(statusCode)
      expect([url, body.includes(secret), isPage || isRefused]).toEqual([url, false, true])
    }
  }
  console.log(`${asked} addresses beside the pages: nothing served`)
})

it('the H5 has its own pages and assets; what keeps its name beside a page is that file', async () => {
  expect((await get('/m/assets/h5.js')).body).toBe('served to phones')
  for (const url of ['/m/', '/m/rooms', '/m/rooms/x?open=true']) {
    const { body, headers } = await get(url)
    expect([url, body.startsWith('<html>page of the H5')]).toEqual([url, true])
    expect(headers['permissions-policy']).toContain('geolocation=(self)')
  }
  expect((await get('/m')).headers['location']).toBe('/m/')
  expect((await get('/')).headers['permissions-policy']).toContain('geolocation=()')
  const script = await get('/draw-check.mjs')
  expect([script.body, script.headers['content-type']]).toEqual(['script', 'text/javascript; charset=utf-8'])
})

it('folders are not listed, and no method gives an echo', async () => {
  for (const url of ['/assets/', '/assets', '/assets/.']) {
    const { body } = await get(url)
    expect([url, body.includes('app.js')]).toEqual([url, false])
  }
  for (const method of ['TRACE', 'CONNECT', 'OPTIONS', 'PROPFIND']) {
    const answer = await app
      .inject({ method: method as 'OPTIONS', url: '/api/me', headers: { 'x-echo': secret } })
      .catch(() => ({ statusCode: 405, body: '' }))
    expect([method, answer.statusCode >= 400, answer.body.includes(secret)]).toEqual([method, true, false])
  }
})

it('no route of the development is there: neither pages of documentation nor of measurement', async () => {
  for (const url of ['/api/docs', '/api/swagger', '/api/debug', '/api/metrics', '/api/openapi.yaml'])
    expect([url, (await get(url)).statusCode]).toEqual([url, 404])
  expect(stage.routes.map((r) => r.url).filter((url) => /debug|test|swagger|metrics/.test(url))).toEqual([])
})

it('the build makes no source maps', () => {
  const built = ['vite.config.ts', 'vite.mobile.config.ts', 'scripts/build.mjs']
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
  expect(built).not.toMatch(/sourcemap:\s*(true|'|")/)
})

it('nobody is sent elsewhere: no answer bears a foreign address to go to', async () => {
  const foreign = 'https://evil.example/'
  for (const { method, url } of stage.routes.filter((r) => r.method === 'GET')) {
    const address = url.replace(/:(\w+)/g, '0')
    const marks = ['next', 'return', 'redirect', 'url', 'returnTo'].map(
      (m) => `${m}=${encodeURIComponent(foreign)}`,
    )
    const answer = await app.inject({
      method,
      url: `${address}?${marks.join('&')}`,
      headers: { host: 'evil.example' },
    })
    expect([url, answer.headers.location ?? '']).toEqual([url, expect.not.stringContaining('evil')])
  }
})

it('a page runs our own files alone: its policy, word by word, with a fresh nonce each time', async () => {
  const seen = new Set<string>()
  for (const url of ['/', '/records/training', '/no-such-page']) {
    const { headers, body } = await get(url)
    const policy = String(headers['content-security-policy'])
    const nonce = /'nonce-([\w+/=-]+)'/.exec(policy)?.[1] ?? ''
    expect([url, nonce.length >= 16, body.includes(nonce), seen.has(nonce)]).toEqual([url, true, true, false])
    seen.add(nonce)
    expect(policy.replace(nonce, 'N').split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'nonce-N'",
      "style-src-attr 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "connect-src 'self'",
      "font-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "object-src 'none'",
      "frame-ancestors 'none'",
    ])
  }
})

it('a request is bounded: its head in time and size, its whole in time, its body in size, and how many at once', () => {
  const { headersTimeout, requestTimeout, keepAliveTimeout, timeout, maxConnections } = app.server
  expect({ headersTimeout, requestTimeout, keepAliveTimeout, timeout, maxConnections }).toEqual({
    headersTimeout: 15_000,
    requestTimeout: 300_000,
    keepAliveTimeout: 5_000,
    timeout: 30_000,
    maxConnections: 2_000,
  })
  expect(app.initialConfig.bodyLimit).toBe(1_048_576)
})

/** What proves or names somebody, or opens something, by the words of the program. */
const secretWords = /token|password|receipt|secret|idno|idcard|phone|contact|otp|recovery|bank|marital/i

it('no address holds a secret or a number of a person: those travel in bodies, which are not logged', () => {
  const named = stage.routes.flatMap(({ method, url, params, query }) =>
    [params, query]
      .flatMap((schema) => Object.keys((schema as ZodMiniObject).shape))
      .filter((key) => secretWords.test(key))
      .map((key) => `${method} ${url} ${key}`),
  )
  expect(named).toEqual([])
  // The code of a certificate is made to be told to whoever checks it: it opens what hangs on the wall.
  const codes = stage.routes.filter(({ url }) => /:code/.test(url)).map(({ url }) => url)
  expect(codes).toEqual(['/api/certificates/check/:code'])
})
