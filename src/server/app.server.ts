import { join } from 'node:path'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import underPressure from '@fastify/under-pressure'
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import type { Metrics } from '#health/metrics.server.ts'
import { Problem } from '#kit/problem.ts'
import { policy } from '#identity/policy.ts'
import { randomToken } from '#crypto/provider.server.ts'
import { fromDatabase } from './databaseProblem.server.ts'
import type { Deps } from './deps.server.ts'
import { openRoutes, type Registered } from './route.server.ts'
import { auditRoutes } from './routes/audit.server.ts'
import { awayRoutes } from './routes/away.server.ts'
import { bulletinRoutes } from './routes/bulletin.server.ts'
import { ruleRoutes } from './routes/rules.server.ts'
import { calendarRoutes } from './routes/calendar.server.ts'
import { careRoomRoutes } from './routes/careRoom.server.ts'
import { careRoomRatingRoutes } from './routes/careRoomRating.server.ts'
import { contractRoutes } from './routes/contract.server.ts'
import { certificateRoutes } from './routes/certificate.server.ts'
import { careRoutes } from './routes/care.server.ts'
import { boardRoutes } from './routes/board.server.ts'
import { evidenceRoutes } from './routes/evidence.server.ts'
import { explainRoutes } from './routes/explain.server.ts'
import { exportRoutes } from './routes/export.server.ts'
import { figureRoutes } from './routes/figures.server.ts'
import { honourRoutes } from './routes/honour.server.ts'
import { helpRoutes } from './routes/help.server.ts'
import { policyQuestionRoutes } from './routes/policyQuestion.server.ts'
import { identityRoutes, sessionCookie } from './routes/identity.server.ts'
import { accountRoutes } from './routes/identityAccount.server.ts'
import { adminRoutes } from './routes/identityAdmin.server.ts'
import { invitationRoutes } from './routes/identityInvitation.server.ts'
import { passkeyRoutes } from './routes/identityPasskey.server.ts'
import { oidcRoutes } from './routes/identityOidc.server.ts'
import { phoneRoutes } from './routes/identityPhone.server.ts'
import { intakeRoutes } from './routes/intake.server.ts'
import { notifyRoutes } from './routes/notify.server.ts'
import { myYearRoutes } from './routes/myYear.server.ts'
import { lockRoutes } from './routes/lock.server.ts'
import { orgRoutes } from './routes/org.server.ts'
import { orgChangeRoutes } from './routes/orgChange.server.ts'
import { personRoutes } from './routes/person.server.ts'
import { personPlaceRoutes } from './routes/personPlace.server.ts'
import { personEmergencyRoutes } from './routes/personEmergency.server.ts'
import { personHoldRoutes } from './routes/personHold.server.ts'
import { personSelfRoutes } from './routes/personSelf.server.ts'
import { publicNoticeRoutes } from './routes/publicNotice.server.ts'
import { recordRoutes } from './routes/record.server.ts'
import { summaryRoutes } from './routes/summary.server.ts'
import { runningRoutes } from './routes/running.server.ts'
import { probeRoutes, systemRoutes } from './routes/system.server.ts'
import { earlierRoutes } from './routes/earlier.server.ts'
import { statutoryRoutes } from './routes/statutory.server.ts'
import { servePages, unusedPowers } from './servePages.server.ts'
import { siloRoutes } from './routes/silo.server.ts'
import { assessmentRoutes } from './routes/assessment.server.ts'
import { planRoutes } from './routes/plan.server.ts'
import { taskRoutes } from './routes/task.server.ts'

export type AppOptions = {
  /** Folder of the built pages (web, mobile); null serves the API alone. */
  distDir: string | null
  insecureLan: boolean
  /** Proxies (addresses or CIDR) whose word on the caller's address is taken: sign-in is throttled by address. */
  trustProxy?: string[]
  /** Where warnings and errors go; null is nowhere. */
  log: { write(text: string): void } | null
  /** Milliseconds by which the event loop may lag before new requests are put off; null serves them all. */
  mostLag: number | null
  /** Counts answers; null or absent: nobody asks. */
  metrics?: Metrics | null
}

declare module 'fastify' {
  interface FastifyContextConfig {
    spec?: Registered
  }
}

const mostConnections = 2000

/** Routes without a door: the built pages, open to everybody. */
const pages = ['/*', '/assets/*', '/m', '/m/*', '/m/assets/*']

/**
 * Builds the server around its dependencies.
 * @throws Error when a route lacks policy or schemas: then the server does not start.
 */
export async function buildApp(
  deps: Deps,
  options: AppOptions,
): Promise<{ app: FastifyInstance; routes: Registered[] }> {
  const app = Fastify({
    logger: options.log ? { level: 'warn', stream: options.log } : false,
    trustProxy: options.trustProxy && options.trustProxy.length > 0 ? options.trustProxy : false,
    bodyLimit: 1024 * 1024,
    // A file of 30 MB on a slow line takes minutes; a head that takes more than seconds is an attack.
    requestTimeout: 300_000,
    connectionTimeout: 30_000,
    keepAliveTimeout: 5_000,
    http: { headersTimeout: 15_000 },
    frameworkErrors: (_error, request, reply) => noAddress(request, reply as unknown as FastifyReply),
    genReqId: () => randomToken().slice(0, 12),
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
  })
  app.removeContentTypeParser('text/plain')
  // Files come as they are; the route that takes one counts its bytes.
  app.addContentTypeParser('application/octet-stream', (_request, stream, done) => done(null, stream))
  // Validation is zod/mini in the route's door; Ajv would coerce "5" into 5 and drop unknown keys.
  app.setValidatorCompiler(() => () => true)
  app.addHook('onRoute', ({ url, config }) => {
    if (pages.includes(url)) return
    const spec = config?.spec
    if (!spec || !(spec.policy in policy)) throw new Error(`route ${url} has no policy`)
    if (!spec.reveals) throw new Error(`route ${url} does not say what it reveals`)
    if (!spec.params || !spec.query || !spec.body || !spec.reply)
      throw new Error(`route ${url} lacks a schema`)
  })
  options.metrics?.watch(app)
  await app.register(cookie)
  await app.register(helmet, {
    global: true,
    contentSecurityPolicy: false,
    strictTransportSecurity: !options.insecureLan,
  })
  app.server.maxConnections = mostConnections
  app.addHook('onRequest', async (request, reply) => {
    reply.header('permissions-policy', unusedPowers)
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
    if (request.method !== 'GET' && request.method !== 'HEAD') refuseForeign(request)
  })
  // A loop that lags so long answers nobody: some are asked to wait, so that the others are served.
  if (options.mostLag !== null)
    await app.register(underPressure, {
      maxEventLoopDelay: options.mostLag,
      // The page itself costs nothing and knows how to ask again; a reader given the refusal in its place sees braces.
      pressureHandler: ({ url }) => {
        if (url.startsWith('/api/')) throw Problem.busy()
      },
    })
  app.setErrorHandler((error, request, reply) => {
    const problem = asProblem(error)
    if (problem === null || problem.cause) request.log.error(problem?.cause ?? error)
    // Who was refused which way (ASVS 16.3.2), without content; the number in the answer leads here.
    else if (problem.status === 403)
      request.log.warn(
        { code: problem.code, way: `${request.method} ${request.routeOptions.url}` },
        'refused',
      )
    const body = problem?.body(request.id) ?? {
      code: '500.1',
      message: '系统出了差错，已记录，请稍候再试；您填写的内容都还在',
      reqId: request.id,
    }
    const status = problem?.status ?? 500
    if (status === 503) reply.header('retry-after', '3')
    return reply.status(status).send(body)
  })
  const routes = openRoutes(app, deps)
  probeRoutes(app, deps)
  systemRoutes(routes, deps)
  const session = sessionCookie(options.insecureLan)
  identityRoutes(routes, deps, session)
  accountRoutes(routes, deps, session)
  passkeyRoutes(routes, deps, session)
  invitationRoutes(routes, deps, session)
  adminRoutes(routes, deps)
  oidcRoutes(routes, deps, session, options.insecureLan)
  phoneRoutes(routes, deps, session, options.insecureLan)
  runningRoutes(routes, deps)
  orgRoutes(routes, deps)
  orgChangeRoutes(routes, deps)
  recordRoutes(routes, deps)
  evidenceRoutes(routes, deps)
  intakeRoutes(routes, deps)
  exportRoutes(routes, deps)
  personRoutes(routes, deps)
  personPlaceRoutes(routes, deps)
  personEmergencyRoutes(routes, deps)
  personHoldRoutes(routes, deps)
  personSelfRoutes(routes, deps)
  auditRoutes(routes, deps)
  explainRoutes(routes, deps)
  helpRoutes(routes, deps)
  policyQuestionRoutes(routes, deps)
  figureRoutes(routes, deps)
  summaryRoutes(routes, deps)
  boardRoutes(routes, deps)
  statutoryRoutes(routes, deps)
  earlierRoutes(routes, deps)
  certificateRoutes(routes, deps)
  careRoutes(routes, deps)
  siloRoutes(routes, deps)
  publicNoticeRoutes(routes, deps)
  careRoomRoutes(routes, deps)
  honourRoutes(routes, deps)
  careRoomRatingRoutes(routes, deps)
  contractRoutes(routes, deps)
  myYearRoutes(routes, deps)
  planRoutes(routes, deps)
  assessmentRoutes(routes, deps)
  lockRoutes(routes, deps)
  taskRoutes(routes, deps)
  calendarRoutes(routes, deps)
  ruleRoutes(routes, deps)
  notifyRoutes(routes)
  bulletinRoutes(routes, deps)
  awayRoutes(routes, deps)
  if (options.distDir !== null) {
    await servePages(app, join(options.distDir, 'web'), '/')
    await servePages(app, join(options.distDir, 'mobile'), '/m/')
    app.get('/m', (_, reply) => reply.redirect('/m/'))
  }
  app.setNotFoundHandler((request, reply) => reply.status(404).send(Problem.notFound().body(request.id)))
  return { app, routes: routes.list }
}

/** An address that no router takes (too long, not well encoded): the same 404, without an echo of it. */
function noAddress(request: Pick<FastifyRequest, 'id'>, reply: FastifyReply): void {
  const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
  void reply.headers(headers).status(404).send(Problem.notFound().body(request.id))
}

/** A change comes from our own pages: by Sec-Fetch-Site, in its absence by Origin. @throws Problem.foreignOrigin */
function refuseForeign(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  if (site === 'same-origin') return
  const origin = request.headers.origin
  if (
    site === undefined &&
    origin !== undefined &&
    URL.canParse(origin) &&
    new URL(origin).host === request.headers.host
  )
    return
  throw Problem.foreignOrigin()
}

function asProblem(error: unknown): Problem | null {
  const mapped = fromDatabase(error)
  if (mapped instanceof Problem) return mapped
  const { statusCode, code } = error as FastifyError
  if (statusCode === 413) return Problem.tooLarge()
  // The folder of assets forbids ways out of it; to whoever asks, there is nothing there.
  if (statusCode === 403 || statusCode === 404) return Problem.notFound()
  if (code?.startsWith('FST_ERR_CTP') || statusCode === 400) {
    return Problem.badRequest({ issues: [{ field: '', message: '请求格式不对，请刷新页面后再试' }] })
  }
  return null
}
