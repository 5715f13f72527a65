import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policy } from '#identity/policy.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { codeOf, enter, goodPassword, holder, signInWith, withPassword } from '../support/account.ts'
import { openStage, type Caller, type Stage } from '../support/client.ts'
import type { Person } from '../support/world.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  stage.world.deps.passwordProfile = 'djbh3'
})
afterAll(() => stage.close())

const next = 'Wet otter climbs 7 marbles'
const age = (tx: Tx) => sql`UPDATE app.credential SET password_at = now() - interval '90 days'`.execute(tx)

/** Every route that wants a session: what it answers to somebody whom its door may not let in. */
async function doorsOf(caller: Caller): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const { method, url, policy: action } of stage.routes) {
    if (policy[action] === 'public' || action === 'session.begin') continue
    const answer = await caller.call(method, url.replace(/:\w+/g, randomUUID()))
    found[`${method} ${url}`] = `${answer.status} ${String(answer.body['code'])}`
  }
  return found
}

/** In which the database opens rows above S1. */
async function contextsOf(tx: Tx, { token, personId }: Person): Promise<number> {
  await sql`SELECT app.begin(${token})`.execute(tx)
  return (await rows(tx, sql`SELECT 1 FROM app.context WHERE person_id = ${personId}::uuid`)).length
}

async function proveShut(tx: Tx, person: Person): Promise<void> {
  const due = stage.as(person)
  expect((await due.get('/api/session')).body['stage']).toBe('password')
  const doors = Object.entries(await doorsOf(due))
  expect(doors.length).toBeGreaterThan(50)
  expect(doors.filter(([, answer]) => !/^403 403\.[13]$/.test(answer))).toEqual([])
  expect(doors.find(([route]) => route === 'GET /api/me')![1]).toBe('403 403.3')
  expect(await contextsOf(tx, person)).toBe(0)
}

async function proveOpen(person: Person): Promise<void> {
  const changed = await stage
    .as(person)
    .post('/api/account/password', { current: goodPassword, password: next }, { key: null })
  const whole = stage.as(holder(stage, changed.headers, person.name))
  expect([(await whole.get('/api/session')).body['stage'], (await whole.get('/api/me')).status]).toEqual([
    'open',
    200,
  ])
}

describe('a password that is due', () => {
  it.each(['U1', 'leader', 'worker', 'handler', 'systemAdmin', 'securityAdmin', 'auditAdmin'])(
    'sends %s, both factors given, to its change; nothing else opens before, all of hers after',
    (who) =>
      stage.trial(async (tx) => {
        const { secret } = await enter(stage, tx, who)
        await age(tx)
        const half = holder(stage, (await signInWith(stage, who.toLowerCase(), goodPassword)).headers, who)
        expect((await stage.as(half).get('/api/session')).body['stage']).toBe('factor')
        const early = { current: goodPassword, password: next }
        expect((await stage.as(half).post('/api/account/password', early, { key: null })).body['code']).toBe(
          '403.3',
        )
        const given = await stage
          .as(half)
          .post('/api/session/factor', { code: codeOf(secret, 1) }, { key: null })
        const person = holder(stage, given.headers, who)
        await proveShut(tx, person)
        await proveOpen(person)
      }),
  )

  it('sends a woman worker without a second factor to its change as well', () =>
    stage.trial(async (tx) => {
      await withPassword(stage, tx, 'worker')
      const open = holder(stage, (await signInWith(stage, 'worker', goodPassword)).headers, 'worker')
      expect((await stage.as(open).get('/api/me')).status).toBe(200)
      await age(tx)
      const person = holder(stage, (await signInWith(stage, 'worker', goodPassword)).headers, 'worker')
      await proveShut(tx, person)
      await proveOpen(person)
    }))
})
