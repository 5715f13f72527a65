import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod/mini'
import { Problem } from '#kit/problem.ts'
import { closeWork, openWork, type UnitOfWork } from '#audit/unitOfWork.server.ts'
import type { Actor } from '#identity/actor.ts'
import { decide } from '#identity/decide.ts'
import { problemOf } from '#identity/denied.ts'
import { isOfIdentity, policy, type PolicyAction } from '#identity/policy.ts'
import type { Resource } from '#identity/resources.ts'
import { findEntrance, type Entrance } from '#identity/session.server.ts'
import { uuid } from '#record/api.ts'
import { refusalOf, runningOn } from '#running/modes.ts'
import { passes, staysToTheLast } from '#running/passes.ts'
import { changesOf } from '#running/service.server.ts'
import { inTransaction, type Context, type Tx } from './database.server.ts'
import type { Deps } from './deps.server.ts'
import { findAnswer } from './idempotency.server.ts'

type Schema = z.ZodMiniType
type Out<S> = S extends z.ZodMiniType<infer T> ? T : undefined

/** What every route declares; the boot refuses one that lacks policy or a schema. */
export type RouteSpec<P extends Schema, Q extends Schema, B extends Schema, R extends Schema> = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  url: string
  policy: PolicyAction
  /** What its answer speaks of, refusals included; [] = of nothing kept. The matrix asks every GET that reveals a thing for secrets that its reader may not have. */
  reveals: readonly Resource[]
  summary: string
  params: P
  query: Q
  body: B
  reply: R
  /** Reads rows above S1: the database context is opened with the session's token. */
  sensitive?: boolean | ((params: Out<P>) => boolean)
  /** Sign-in, sign-out, draft autosave and what shows a secret once carry no idempotency key: its answer would be stored. */
  keyless?: boolean
  /** A GET that notes that it was asked; it takes no key, since it changes nothing. `file`: that a file of figures or records left. */
  noted?: true | 'file'
  /**
   * Takes in a body that is a stream of bytes, past the door and before the transaction, which must not wait for a slow line.
   * What it gives is `call.received`.
   */
  receive?: (stream: Readable) => Promise<unknown>
  /**
   * Runs before the transaction, for what must not be undone with it (counting a failed sign-in) or must not hold its
   * connection (hashing a password). The handler finds the result as `prepared`.
   */
  prepare?: (call: Omit<Call<Out<P>, Out<Q>, Out<B>>, 'tx' | 'work' | 'prepared'>) => Promise<unknown>
  handler: (call: Call<Out<P>, Out<Q>, Out<B>>) => Promise<Out<R> | Raw>
}

/** A file instead of JSON. */
export class Raw {
  readonly type: string
  readonly name: string
  readonly bytes: Uint8Array | Readable | (() => Promise<Uint8Array>)
  /** @param bytes made after the transaction where they are a function */
  constructor(type: string, name: string, bytes: Raw['bytes']) {
    this.type = type
    this.name = name
    this.bytes = bytes
  }
}

function noteFile(work: UnitOfWork, what: string): void {
  work.audit({ districtId: work.actor.org.districtId, action: 'file.take', object: `file:${what}` })
}

export type Call<P, Q, B> = {
  actor: Actor
  params: P
  query: Q
  body: B
  tx: Tx
  /** Written at the end of what is no GET, and of a GET that is noted; other GETs note nothing. */
  work: UnitOfWork
  request: FastifyRequest
  reply: FastifyReply
  /** What `receive` gave. */
  received?: unknown
  prepared: unknown
}

export const none = z.strictObject({})
/** No body: absent or empty. */
export const noBody = z.nullish(none)
export const done = z.strictObject({ ok: z.literal(true) })
export const idParam = z.strictObject({ id: uuid })

/** What is written under these is sealed: by what its answer speaks of, and where no answer does, by its right. */
const sealedReveals: readonly Resource[] = ['person', 'hardship', 'suggestion', 'silo']
const sealedPolicies: readonly PolicyAction[] = ['match.own', 'childcare.own']

/** Deeper than any form; a parser of what is sent may be run out of stack otherwise. */
const deepest = 20

/** The same value without what PostgreSQL cannot store: NUL, and half a character. @throws Problem.badRequest */
function storable(value: unknown, depth = 0): unknown {
  // oxlint-disable-next-line no-control-regex -- it is the character to remove
  if (typeof value === 'string') return value.replace(/\u0000|\p{Surrogate}/gu, '')
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Readable)
    throw Problem.badRequest({ issues: [{ field: '', message: '内容要按 JSON 发送' }] })
  if (depth === deepest) throw Problem.badRequest({ issues: [{ field: '', message: '内容的层次过多' }] })
  if (Array.isArray(value)) return value.map((v) => storable(v, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, v]) => [String(storable(key)), storable(v, depth + 1)]),
  )
}

function read<S extends Schema>(schema: S, value: unknown): Out<S> {
  const result = z.safeParse(schema, storable(value))
  if (result.success) return result.data as Out<S>
  throw Problem.badRequest({
    issues: result.error.issues.slice(0, 20).map((i) => ({ field: i.path.join('.'), message: chinese(i) })),
  })
}

function chinese(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_big':
      return `最多 ${issue.maximum}`
    case 'too_small':
      return `至少 ${issue.minimum}`
    case 'unrecognized_keys':
      return `没有“${issue.keys.join('、')}”这一项`
    default:
      return '格式不对'
  }
}

/** The bytes that a request sends. @throws Problem.badRequest for JSON or nothing where a file is wanted */
function streamOf({ body }: FastifyRequest): Readable {
  if (body instanceof Readable) return body
  throw Problem.badRequest({ issues: [{ field: '', message: '没有收到文件，请重新选择' }] })
}

/** What the database is told of the actor; only sensitive routes open S2 to S4 rows, only those of identity its tables. */
const contextOf = (
  deps: Deps,
  spec: Registered,
  { actor, params }: { actor: Actor; params: unknown },
): Context => {
  const sensitive = typeof spec.sensitive === 'function' ? spec.sensitive(params) : spec.sensitive
  return {
    scopeCode: actor.org.scopeCode,
    unit: actor.org.id,
    token: sensitive ? actor.token : null,
    door: isOfIdentity(spec.policy) ? deps.door : undefined,
  }
}

/** Registered routes, for boot check, OpenAPI and policy tests. */
export type Registered = RouteSpec<Schema, Schema, Schema, Schema>
export type Routes = {
  list: Registered[]
  add: <P extends Schema, Q extends Schema, B extends Schema, R extends Schema>(
    spec: RouteSpec<P, Q, B, R>,
  ) => void
}

/** Gives `add`, which registers a route with its door: session, policy, schemas, one transaction, idempotency, answer after commit. */
export function openRoutes(app: FastifyInstance, deps: Deps): Routes {
  const list: Registered[] = []
  const add: Routes['add'] = (spec) => {
    const registered = spec as unknown as Registered
    list.push(registered)
    app.route({
      method: spec.method,
      url: spec.url,
      config: { spec: registered },
      handler: (request, reply) => serve(registered, request, reply),
    })
  }
  return { list, add }

  async function serve(spec: Registered, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { actor, given } =
      policy[spec.policy] === 'public'
        ? await visitor(deps, request, spec)
        : await findEntrance(deps.db, request)
    request.log = request.log.child({ account: actor.accountId })
    const verdict = decide(actor, spec.policy)
    if (!verdict.allow) throw problemOf(verdict.reason)
    const { mode, change } = runningOn(given, deps.today())
    if (change !== null && !passes(mode, spec))
      throw Problem.notRunning({ mode, sentence: refusalOf(change) })
    const call = {
      actor,
      params: read(spec.params, request.params),
      query: read(spec.query, request.query),
      body: read(spec.body, spec.receive ? undefined : (request.body ?? undefined)),
      request,
      reply,
      ...(spec.receive ? { received: await spec.receive(streamOf(request)) } : {}),
    }
    const prepared = await spec.prepare?.(call)
    const ready = { ...call, prepared }
    const answer = spec.method === 'GET' ? await look(spec, ready) : await act(spec, ready)
    if (answer instanceof Raw) {
      const bytes = typeof answer.bytes === 'function' ? await answer.bytes() : answer.bytes
      return reply
        .header('content-type', answer.type)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(answer.name)}`)
        .header('content-security-policy', "default-src 'none'; sandbox")
        .send(bytes instanceof Readable ? bytes : Buffer.from(bytes))
    }
    return z.parse(spec.reply, answer)
  }

  type Open = Omit<Call<unknown, unknown, unknown>, 'tx' | 'work'>

  function look(spec: Registered, call: Open): Promise<unknown> {
    return inTransaction(deps.db, contextOf(deps, spec, call), async (tx) => {
      const work = openWork(call.actor)
      const value = await spec.handler({ ...call, tx, work })
      if (spec.noted === 'file') noteFile(work, spec.summary)
      if (spec.noted) await closeWork(tx, work, deps.crypto)
      return value
    })
  }

  /** Whether a change writes S3 or S4: of persons, households or complaints, a card of match-making or a child's wishes, or of a programme of that class. */
  function isSealed(spec: Registered, params: unknown): boolean {
    const key = (params as { programme?: string }).programme
    const privacy = key === undefined ? undefined : deps.findProgramme(key)?.class
    return (
      sealedPolicies.includes(spec.policy) ||
      spec.reveals.some((one) => sealedReveals.includes(one)) ||
      privacy === 'S3' ||
      privacy === 'S4'
    )
  }

  async function act(spec: Registered, call: Open): Promise<unknown> {
    if (deps.anchors?.late() && isSealed(spec, call.params)) throw Problem.unanchored()
    const key = spec.keyless ? null : String(call.request.headers['idempotency-key'] ?? '')
    if (key !== null && !/^[\w-]{16,64}$/.test(key)) throw Problem.keyMissing()
    // Keyed: a body may hold a number whose plain digest could be guessed, an address the card of whom she blocks.
    const route = deps.crypto.mac(`${spec.method} ${call.request.url}`)
    const bodyHash = deps.crypto.mac(JSON.stringify(call.body ?? null))
    try {
      return await inTransaction(deps.db, contextOf(deps, spec, call), async (tx) => {
        const work = openWork(call.actor)
        const value = await spec.handler({ ...call, tx, work })
        if (key !== null) work.answer = { key, route, bodyHash, status: 200, value }
        await closeWork(tx, work, deps.crypto)
        return value
      })
    } catch (error) {
      // A repeat fails on what its first run changed (or on the key itself): it then gets the first answer.
      const stored = key === null ? null : await findAnswer(deps.db, call.actor, key)
      if (stored === null) throw error
      if (stored.bodyHash !== bodyHash || stored.route !== route) throw Problem.keyReused()
      return stored.value
    } finally {
      deps.nudge()
    }
  }
}

/** Public routes are the ways in, served however the platform runs; of the others it is asked. */
const visitor = async (
  { db }: Deps,
  request: FastifyRequest,
  { policy: action }: Registered,
): Promise<Entrance> => ({
  actor: nobody(request),
  given: staysToTheLast(action) ? [] : await changesOf(db),
})

/** Actor of public routes: no person, no scope. */
function nobody(request: FastifyRequest): Actor {
  const id = '00000000-0000-0000-0000-000000000000'
  const org = {
    id: 0,
    code: '',
    name: '',
    shortName: '',
    tier: 'branch' as const,
    scopeCode: '0',
    districtId: 0,
  }
  return {
    accountId: id,
    personId: id,
    postId: id,
    name: '',
    role: 'worker',
    org,
    aal: 1,
    isPasswordDue: false,
    stepUp: false,
    token: null,
    onBehalf: 'visitor',
    requestId: request.id,
  }
}
