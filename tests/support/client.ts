import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { buildApp, type AppOptions } from '#server/app.server.ts'
import type { Registered } from '#server/route.server.ts'
import { openMemory } from './database.ts'
import type { Faults } from './faults.ts'
import { takeWorld } from './standing.ts'
import { loadWorld, suiteOfRun, type Person, type World } from './world.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type Json = Record<string, unknown>

export type Answer<T = Json> = { status: number; body: T; raw: string; headers: Record<string, unknown> }
export type CallOptions = {
  key?: string | null
  site?: string | null
  headers?: Record<string, string>
  from?: string
}

/** One person at the server: her cookie, our own pages as origin, a fresh idempotency key for each change. */
export type Caller = {
  get<T = Json>(url: string): Promise<Answer<T>>
  post<T = Json>(url: string, body?: unknown, options?: CallOptions): Promise<Answer<T>>
  put<T = Json>(url: string, body?: unknown, options?: CallOptions): Promise<Answer<T>>
  del<T = Json>(url: string, options?: CallOptions): Promise<Answer<T>>
  /** PUT of a file's bytes. */
  upload<T = Json>(url: string, bytes: Buffer, options?: CallOptions): Promise<Answer<T>>
  call<T = Json>(method: Method, url: string, body?: unknown, options?: CallOptions): Promise<Answer<T>>
}

export type Client = {
  app: FastifyInstance
  routes: readonly Registered[]
  /** A person of the world by name, or nobody. */
  as(who: string | Person | null): Caller
  close(): Promise<void>
}

const typeOf = (body: unknown): string =>
  Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json'

/** The server over a world, called without a socket. */
export async function openClient(world: World, log: AppOptions['log'] = null): Promise<Client> {
  const { app, routes } = await buildApp(world.deps, {
    distDir: null,
    insecureLan: false,
    log,
    mostLag: null,
  })
  await app.ready()
  const as = (who: string | Person | null): Caller => {
    const person = typeof who === 'string' ? world.person(who) : who
    const call: Caller['call'] = async (method, url, body, options = {}) => {
      const key = options.key === undefined ? randomUUID() : options.key
      const site = options.site === undefined ? 'same-origin' : options.site
      const found = await app.inject({
        method,
        url,
        ...(options.from === undefined ? {} : { remoteAddress: options.from }),
        headers: {
          ...(person ? { cookie: `__Host-sid=${person.token}` } : {}),
          ...(method !== 'GET' && key !== null ? { 'idempotency-key': key } : {}),
          ...(site === null ? {} : { 'sec-fetch-site': site }),
          ...(body === undefined ? {} : { 'content-type': typeOf(body) }),
          ...options.headers,
        },
        ...(body === undefined ? {} : { payload: Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
      })
      const isJson = String(found.headers['content-type']).startsWith('application/json')
      return {
        status: found.statusCode,
        body: (isJson ? found.json() : {}) as never,
        raw: found.payload,
        headers: found.headers,
      }
    }
    return {
      call,
      get: (url) => call('GET', url),
      post: (url, body, options) => call('POST', url, body, options),
      put: (url, body, options) => call('PUT', url, body, options),
      upload: (url, bytes, options) => call('PUT', url, bytes, options),
      del: (url, options) => call('DELETE', url, undefined, options),
    }
  }
  return { app, routes, as, close: () => app.close() }
}

/** A test file's stage: the world in memory with the server over it. Close it, or Node stays alive. */
export type Stage = {
  world: World
  as: Client['as']
  app: Client['app']
  routes: Client['routes']
  trial: World['trial']
  close(): Promise<void>
}

/** Builds the server over a world in memory that no other file uses meanwhile; one whose engine is to fail is opened for itself. */
export async function openStage(suite = suiteOfRun, faults: Faults | null = null): Promise<Stage> {
  if (faults === null) {
    const { world, giveBack } = await takeWorld(suite)
    return stageOf(world, giveBack)
  }
  const database = await openMemory(faults)
  return stageOf(await loadWorld(database.db, database.db, suite), () => database.close())
}

/** A stage over a world that stands; `closeDatabase` after the server. */
export async function stageOf(world: World, closeDatabase: () => Promise<void>): Promise<Stage> {
  const client = await openClient(world)
  return {
    world,
    as: client.as,
    app: client.app,
    routes: client.routes,
    trial: world.trial,
    close: async () => {
      await client.close()
      await closeDatabase()
    },
  }
}
