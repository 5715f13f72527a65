import { randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { storePassword } from '#identity/credential.server.ts'
import type { Tx } from '#server/database.server.ts'
import type { Answer, Caller, Stage } from './client.ts'
import type { Person } from './world.ts'

export const goodPassword = '木棉花开在五月的海边 2020'

/** What a browser holds after an answer: the world's person of that role under a new token. */
export function holder(stage: Stage, headers: Record<string, unknown>, who = 'U1'): Person {
  const token = /__Host-sid=([^;]+)/.exec(String(headers['set-cookie']))?.[1]
  if (!token) throw new Error('no session was set')
  return { ...stage.world.person(who), token }
}

export const signInWith = (stage: Stage, login: string, password: string, headers = {}) =>
  stage.as(null).post('/api/session/password', { login, password }, { key: null, headers })

/** Gives a person of the world a password of her own, and takes the demo mark from her sessions. */
export async function withPassword(stage: Stage, tx: Tx, who: string, password = goodPassword) {
  const { accountId } = stage.world.person(who)
  const login = who.toLowerCase()
  await sql`UPDATE app.account SET login = ${login} WHERE id = ${accountId}::uuid`.execute(tx)
  await storePassword(tx, accountId, await stage.world.deps.hasher.hash(password), true)
  return { login, accountId, password }
}

export const codeOf = (secret: string, stepsLater = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + stepsLater * 30_000 })

export type Entered = { caller: Caller; person: Person; secret: string; codes: string[] }

/** Signs in with the password and enrols a second factor, as at the very first time. */
export async function enter(stage: Stage, tx: Tx, who: string): Promise<Entered> {
  const { login, password } = await withPassword(stage, tx, who)
  const first = await signInWith(stage, login, password)
  expect([first.status, first.raw]).toEqual([200, '{"ok":true}'])
  const half = stage.as(holder(stage, first.headers, who))
  const offer = await half.post<{ secret: string; ticket: string }>('/api/factor', undefined, { key: null })
  const { secret, ticket } = offer.body
  const confirmed = await half.post<{ codes: string[] }>(
    '/api/factor/confirm',
    { ticket, code: codeOf(secret) },
    { key: null },
  )
  expect([confirmed.status, confirmed.body.codes?.length]).toEqual([200, 10])
  const person = holder(stage, confirmed.headers, who)
  return { caller: stage.as(person), person, secret, codes: confirmed.body.codes }
}

/** The counters as if so many minutes had passed. */
export const letPass = (tx: Tx, minutes: number) =>
  sql`UPDATE app.attempt SET since = since - make_interval(mins => ${minutes}::int), next_at = next_at - make_interval(mins => ${minutes}::int)`.execute(
    tx,
  )

export const anyId = randomUUID
export const codeIn = (answer: Answer): unknown => answer.body['code']
