import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nameDigest } from '#crypto/secret.server.ts'
import type { Me } from '#identity/api.ts'
import { limits } from '#identity/throttle.ts'
import { NotSent } from '#notify/sending.server.ts'
import { indexPhones } from '#person/vaultKeys.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { holder, letPass } from '../support/account.ts'
import { openStage, type Answer, type Stage } from '../support/client.ts'
import { entryOf } from '../support/persons.ts'
import type { Refusal } from '../support/play.ts'

let stage: Stage
let sent: { to: string; code: string }[]
let isDown = false
beforeAll(async () => {
  stage = await openStage()
  stage.world.deps.waysOut = {
    ...stage.world.deps.waysOut,
    codes: {
      isShown: false,
      send: ({ to, code }) => {
        sent.push({ to, code })
        return isDown ? Promise.reject(new NotSent('短信网关拒绝')) : Promise.resolve()
      },
    },
  }
})
afterAll(() => stage.close())
const trial = (work: (tx: Tx) => Promise<void>) =>
  stage.trial(async (tx) => {
    sent = []
    await work(tx)
  })

type Entered = Refusal & { stage?: string }
const her = entryOf(1)
const phone = String(her['phone'])
const ask = (of = phone, headers = {}) =>
  stage.as(null).post<Refusal & { mask: string; shown: null }>(
    '/api/session/phone/code',
    { phone: of },
    {
      key: null,
      headers,
    },
  )
const ticketIn = ({ headers }: Answer<unknown>) =>
  /__Host-phone-ticket=([^;]+)/.exec(String(headers['set-cookie']))![1]!
const enter = (ticket: string, body: { phone?: string; code: string; name?: string }) =>
  stage
    .as(null)
    .post<Entered>(
      '/api/session/phone',
      { phone, ...body },
      { key: null, headers: { cookie: `__Host-phone-ticket=${ticket}` } },
    )
/** Asks for a code and types what the telephone got. */
async function arrive(name?: string, of = phone): Promise<Answer<Entered>> {
  const ticket = ticketIn(await ask(of))
  return enter(ticket, { phone: of, code: sent.at(-1)!.code, ...(name === undefined ? {} : { name }) })
}
const add = async (n: number, changes: object = {}, who = 'U1') =>
  (await stage.as(who).post<{ id: string }>('/api/persons', { body: { ...entryOf(n), ...changes } })).body.id
const fieldOf = ({ body }: Answer<Entered>) => body.issues?.map(({ field }) => field).join()
const meOf = async (answer: Answer<Entered>) =>
  (await stage.as(holder(stage, answer.headers)).get<Me>('/api/me')).body

describe('a woman of the register comes in by her phone', () => {
  it('by code and name the first time, by the code alone the next, in the account that her entry got', () =>
    trial(async (tx) => {
      const id = await add(1)
      const asked = await ask()
      expect(asked.body).toEqual({ mask: '138****0001', shown: null })
      const ticket = ticketIn(asked)
      const { code } = sent[0]!
      expect((await enter(ticket, { code })).body).toEqual({ stage: 'name' })
      const opened = await enter(ticket, { code, name: ` ${String(her['name'])} ` })
      expect(opened.body).toEqual({ stage: 'open' })
      const me = await meOf(opened)
      expect([me.account.name, me.post.role, me.post.org.id]).toEqual([
        her['name'],
        'worker',
        stage.world.org('U1'),
      ])
      const bound = await first<{ person: string; aal: number }>(
        tx,
        sql`SELECT a.person_id AS person, s.aal FROM app.account a JOIN app.session s ON s.account_id = a.id WHERE a.id = ${me.account.id}::uuid`,
      )
      expect(bound).toEqual({ person: id, aal: 1 })
      // A code is spent; the next opens the same account without a name, wherever she works by then.
      expect(fieldOf(await enter(ticket, { code, name: String(her['name']) }))).toBe('code')
      await stage
        .as('S1')
        .post(`/api/persons/${id}/moves`, { orgId: stage.world.org('U2'), on: '2020-03-10', reason: '调动' })
      await letPass(tx, 1)
      const again = await meOf(await arrive())
      expect([again.account.id, again.post.org.id]).toEqual([me.account.id, stage.world.org('U2')])
      const acts = await rows<{ action: string; object: string }>(
        tx,
        sql`SELECT action, object FROM app.audit WHERE action LIKE 'session.%' ORDER BY at, seq`,
      )
      expect(acts.map((a) => a.action)).toContain('session.code')
      expect(acts.map((a) => a.action)).toContain('session.open')
      expect(JSON.stringify(acts)).not.toContain(phone)
      // After so long the number may be somebody else's: the name is asked again.
      await sql`UPDATE app.phone_identity SET seen_at = now() - interval '91 days'`.execute(tx)
      await letPass(tx, 1)
      expect((await arrive()).body).toEqual({ stage: 'name' })
    }))

  it('a phone that nobody has is treated alike, and only a name with its phone opens', () =>
    trial(async (tx) => {
      await add(1)
      const strange = '13900000001'
      const known = await ask()
      const unknown = await ask(strange)
      expect([unknown.status, Object.keys(unknown.body)]).toEqual([known.status, Object.keys(known.body)])
      expect(sent.map(({ to }) => to)).toEqual([phone, strange])
      await letPass(tx, 1)
      expect((await arrive(undefined, strange)).body).toEqual({ stage: 'name' })
      await letPass(tx, 1)
      const lost = await arrive(String(her['name']), strange)
      await letPass(tx, 1)
      const other = await arrive('李示错')
      expect([fieldOf(lost), lost.body.message]).toEqual([fieldOf(other), other.body.message])
      expect(fieldOf(lost)).toBe('name')
      expect(await rows(tx, sql`SELECT 1 FROM app.account WHERE login LIKE 'sj-%'`)).toEqual([])
    }))

  it('of two who share a phone each comes in by her name; two of one name are sent to their union; a child is nobody here', () =>
    trial(async (tx) => {
      await add(1)
      const second = await add(2, { phone })
      expect((await meOf(await arrive(String(entryOf(2)['name'])))).account.name).toBe(entryOf(2)['name'])
      await add(3, { phone, name: her['name'] }, 'U3')
      await letPass(tx, 1)
      const both = await arrive(String(her['name']))
      expect([fieldOf(both), both.body.issues?.[0]?.message]).toEqual([
        'name',
        expect.stringContaining('几位同名'),
      ])
      await sql`UPDATE app.membership SET kind = '职工子女' WHERE person_id = ${second}::uuid`.execute(tx)
      await letPass(tx, 1)
      expect(fieldOf(await arrive(String(entryOf(2)['name'])))).toBe('name')
    }))

  it('whose account was disabled stays out', () =>
    trial(async (tx) => {
      await add(1)
      const me = await meOf(await arrive(String(her['name'])))
      await sql`UPDATE app.account SET disabled_at = now() WHERE id = ${me.account.id}::uuid`.execute(tx)
      await letPass(tx, 1)
      expect((await arrive(String(her['name']))).status).toBe(403)
    }))

  it('the index follows the phone: written with it, filled for entries from before, gone with her', () =>
    trial(async (tx) => {
      const id = await add(1)
      const index = async () =>
        (await first<{ hex: string | null }>(
          tx,
          sql`SELECT encode(phone_index, 'hex') AS hex FROM app.person WHERE id = ${id}::uuid`,
        ))!.hex
      const before = await index()
      expect(before).toMatch(/^[0-9a-f]{32}$/)
      await sql`UPDATE app.person SET phone_index = NULL WHERE id = ${id}::uuid`.execute(tx)
      expect(await indexPhones(stage.world.deps)).toBe(1)
      expect(await index()).toBe(before)
      expect(await indexPhones(stage.world.deps)).toBe(0)
      const { idKind, idNumber, fromOn, kind, ...details } = her
      expect([idKind, idNumber, fromOn, kind]).not.toContain(undefined)
      const edited = await stage
        .as('U1')
        .put(`/api/persons/${id}`, { version: 1, body: { ...details, phone: '13900000002' } })
      expect([edited.status, edited.raw]).toEqual([200, expect.any(String)])
      expect(await index()).not.toBe(before)
      await sql`SELECT app.forget_person(${id}::uuid)`.execute(tx)
      expect(await index()).toBeNull()
    }))
})

describe('nobody guesses a code, and nobody is bombed', () => {
  it('five tries, in the browser that asked, for the phone that was told, for five minutes', () =>
    trial(async (tx) => {
      await add(1)
      const ticket = ticketIn(await ask())
      const { code } = sent[0]!
      const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
      expect((await enter(ticket, { code: wrong })).body.issues?.[0]?.message).toContain('还可以试 4 次')
      // Another browser, or another phone, neither opens nor spends a try.
      expect(fieldOf(await enter('x'.repeat(43), { code }))).toBe('code')
      expect(fieldOf(await enter(ticket, { phone: '13900000001', code }))).toBe('code')
      for (let n = 0; n < 4; n++) await enter(ticket, { code: wrong })
      expect(fieldOf(await enter(ticket, { code }))).toBe('code')
      await letPass(tx, 1)
      const late = ticketIn(await ask())
      await sql`UPDATE app.phone_code SET expires_at = now() - interval '1 second'`.execute(tx)
      expect(fieldOf(await enter(late, { code: sent[1]!.code }))).toBe('code')
      const stored = await rows<{ line: string }>(tx, sql`SELECT p::text AS line FROM app.phone_code p`)
      expect(JSON.stringify(stored)).not.toMatch(new RegExp(`${code}|${phone}`))
    }))

  it('one code a minute and ten a day for a phone, sixty an hour from one address', () =>
    trial(async (tx) => {
      expect((await ask()).status).toBe(200)
      const soon = await ask()
      expect([soon.status, soon.body.code, soon.body.message]).toEqual([
        429,
        '429.106',
        expect.stringMatching(/请 (1 分钟|\d+ 秒)后/),
      ])
      for (let n = 1; n < limits.codeDay.free; n++) {
        await letPass(tx, 2)
        expect((await ask()).status).toBe(200)
      }
      await letPass(tx, 2)
      expect((await ask()).status).toBe(429)
      expect(sent).toHaveLength(limits.codeDay.free)
      await letPass(tx, 1440)
      expect((await ask()).status).toBe(200)
      const here = nameDigest(stage.world.deps.crypto, 'codeAddress 127.0.0.1')
      await sql`UPDATE app.attempt SET failures = ${limits.codeAddress.free - 1} WHERE subject = ${here}`.execute(
        tx,
      )
      expect((await ask('13900000003')).status).toBe(200)
      expect((await ask('13900000004')).status).toBe(429)
    }))

  it('a number that is none, a gateway that is down and a way that is not set up are told apart', () =>
    trial(async () => {
      expect(fieldOf(await ask('0411-12345678'))).toBe('phone')
      isDown = true
      expect((await ask()).body.code).toBe('503.4')
      isDown = false
      const { deps } = stage.world
      const ways = deps.waysOut
      deps.waysOut = { ...ways, codes: null }
      expect((await ask('13900000005')).body.code).toBe('404.106')
      expect((await stage.as(null).get<{ phone: null }>('/api/sign-in')).body.phone).toBeNull()
      deps.waysOut = ways
    }))
})
