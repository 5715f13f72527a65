import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { randomToken } from '#crypto/provider.server.ts'

/** What no page of the workbench asks of a browser. */
export const unusedPowers = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'microphone',
  'midi',
  'payment',
  'usb',
]
  .map((power) => `${power}=()`)
  .join(', ')
/** The H5 asks where she is, on her press, to tell which room is near. */
const mobilePowers = unusedPowers.replace('geolocation=()', 'geolocation=(self)')

/** At the door of an event tickets are read by the camera, on that page alone. */
const scanPowers = unusedPowers.replace('camera=()', 'camera=(self)')
const isScanPage = (url: string): boolean => /^\/events\/[0-9a-f-]{36}\/scan(\?|$)/.test(url)

const csp = (nonce: string): string =>
  [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    // rc components and ECharts set style attributes.
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `connect-src 'self'`,
    `font-src 'self'`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `object-src 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ')

const besideTypes: Readonly<Record<string, string>> = {
  '.svg': 'image/svg+xml',
  '.mjs': 'text/javascript; charset=utf-8',
}

/** The few files that keep their names beside the page: its icon, the script that recomputes a draw. */
const filesOf = (dir: string): ReadonlyMap<string, { type: string; bytes: Buffer }> =>
  new Map(
    readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
      const type = besideTypes[extname(entry.name)]
      return entry.isFile() && type !== undefined
        ? [[entry.name, { type, bytes: readFileSync(join(dir, entry.name)) }]]
        : []
    }),
  )

/** Built pages: hashed assets for ever, index.html with a fresh nonce for every address of their router. */
export async function servePages(app: FastifyInstance, dir: string, base: '/' | '/m/'): Promise<void> {
  const file = join(dir, 'index.html')
  if (!existsSync(file)) throw new Error(`缺少 ${file}，请先运行 npm run build`)
  const index = readFileSync(file, 'utf8')
  await app.register(fastifyStatic, {
    root: join(dir, 'assets'),
    prefix: `${base}assets/`,
    decorateReply: false,
    dotfiles: 'ignore',
    immutable: true,
    maxAge: '1y',
  })
  const beside = filesOf(dir)
  app.get(`${base}*`, async (request, reply) => {
    if (request.url.startsWith('/api/')) return reply.callNotFound()
    const file = beside.get(request.url.slice(base.length))
    if (file) return reply.header('cache-control', 'no-cache').type(file.type).send(file.bytes)
    const nonce = randomToken()
    return reply
      .header('cache-control', 'no-store')
      .header(
        'permissions-policy',
        base === '/m/' ? mobilePowers : isScanPage(request.url) ? scanPowers : unusedPowers,
      )
      .header('content-security-policy', csp(nonce))
      .type('text/html; charset=utf-8')
      .send(index.replaceAll('__CSP_NONCE__', nonce))
  })
}
