import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  MatchAnswers,
  MatchCounts,
  MatchEntry,
  MatchPairs,
  MatchPeople,
  MatchReports,
  MyMatch,
} from '#match/api.ts'
import { textHash } from '#match/mine.server.ts'
import { bandOf, holdsContact } from '#match/text.ts'
import type { AccessList } from '#person/api.ts'
import { sealNew } from '#person/vault.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { well } from '../support/hardship.ts'
import { matchBody } from '../support/match.ts'
import { peek, type Refusal } from '../support/play.ts'
import { openWomen } from '../support/signup.ts'
import { seatHandler } from '../support/silos.ts'
import type { Person } from '../support/world.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

type Who = string | Person
/** Two women and three men of different units. */
const people = { worker: '女', U2: '女', U5: '男', U4: '男', D2: '男' } as const
const idOf = (who: string) => stage.world.person(who).personId
const trial = (work: (tx: Tx) => Promise<void>) =>
  stage.trial(async (tx) => {
    for (const [who, sex] of Object.entries(people))
      await sql`INSERT INTO app.person (id, org_id, name, id_kind, sex, birth_year)
        VALUES (${idOf(who)}::uuid, ${stage.world.org(stage.world.person(who).org)}, ${`示例${who}`}, 'none', ${sex}, 1988)`.execute(
        tx,
      )
    await work(tx)
  })
const keep = (who: Who, changes: Partial<MatchEntry> = {}) =>
  stage.as(who).put<Refusal>('/api/my/match', { ...matchBody, ...changes })
const join = async (...names: string[]) => {
  for (const who of names) well(await keep(who, { alias: `昵称${who}`.slice(0, 12), contact: `手机 ${who}` }))
}
const mine = async (who: Who) => well(await stage.as(who).get<MyMatch>('/api/my/match'))
const seen = async (who: Who) => well(await stage.as(who).get<MatchPeople>('/api/my/match/people')).rows
const answered = async (who: Who) => well(await stage.as(who).get<MatchAnswers>('/api/my/match/answers')).rows
const pairs = async (who: Who) => well(await stage.as(who).get<MatchPairs>('/api/my/match/pairs')).rows
/** In an order of the test: that of the cards tells nothing. */
const byAlias = ([a]: readonly [string, ...unknown[]], [b]: readonly [string, ...unknown[]]) =>
  a < b ? -1 : 1
const aliases = async (who: Who) =>
  (await seen(who)).map(({ alias }) => alias).toSorted((a, b) => (a < b ? -1 : 1))
const cardOf = async (tx: Tx, who: string): Promise<string> =>
  (
    await rows<{ id: string }>(tx, sql`SELECT id FROM app.match_profile WHERE person_id = ${idOf(who)}::uuid`)
  )[0]!.id
const act = (who: Who, id: string, what: string, body?: object) =>
  stage.as(who).post<Refusal>(`/api/my/match/people/${id}/${what}`, body)
const say = async (tx: Tx, who: string, about: string, yes: boolean) =>
  act(who, await cardOf(tx, about), 'answer', { yes })
/** All that somebody can ask for, as bytes; one after the other, since a trial is one connection. */
async function views(who: Who): Promise<string[]> {
  const found: string[] = []
  for (const at of ['', '/people', '/answers', '/pairs']) {
    const { status, raw } = await stage.as(who).get(`/api/my/match${at}`)
    expect(status).toBe(200)
    found.push(raw)
  }
  return found
}

describe('a card', () => {
  it('is refused at the field: no way to reach her before both agreed, no one who does not state to be single', () =>
    trial(async () => {
      const faults: [Partial<MatchEntry>, string][] = [
        [{ alias: '我' }, 'alias'],
        [{ about: '加我微信吧' }, 'about'],
        [{ about: '电话 １３９ ０００ ０１２３４' }, 'about'],
        [{ area: '别处' }, 'area'],
        [{ contact: '' }, 'contact'],
        [{ isSingle: false }, 'isSingle'],
        [{ textHash: 'x' }, 'textHash'],
      ]
      for (const [change, field] of faults)
        expect([change, (await keep('worker', change)).body.issues?.map((one) => one.field)]).toEqual([
          change,
          [field],
        ])
      expect((await keep('S1')).body.details?.['why']).toBe('person')
      expect([(await mine('S1')).isRegistered, (await mine('U5')).isRegistered]).toEqual([false, true])
      expect([holdsContact('喜欢爬山，35 岁以内'), bandOf(24), bandOf(32), bandOf(60)]).toEqual([
        false,
        '25 岁以下',
        '30—34 岁',
        '55 岁以上',
      ])
    }))

  it('is shown to the other sex without name, unit or contact; who is under age or not in does not see or is not seen', () =>
    trial(async (tx) => {
      await sql`UPDATE app.person SET birth_year = 2002 WHERE id = ${idOf('D2')}::uuid`.execute(tx)
      expect((await keep('D2')).body.details?.['why']).toBe('age')
      await join('worker', 'U2', 'U5')
      expect(await aliases('U5')).toEqual(['昵称U2', '昵称worker'])
      expect((await seen('worker')).map(({ alias, band, area }) => [alias, band, area])).toEqual([
        ['昵称U5', '30—34 岁', '示例D1'],
      ])
      expect(await seen('U4')).toEqual([])
      const raw = (await stage.as('U5').get('/api/my/match/people')).raw
      for (const hidden of ['示例worker', '示例U1', '手机', idOf('worker')]) expect(raw).not.toContain(hidden)
    }))
})

describe('the words that she agreed to', () => {
  it('are those of today, or she meets nobody until she agrees anew; what she said stays', () =>
    trial(async (tx) => {
      expect((await rows(tx, sql`SELECT app.match_text() AS hash`))[0]).toEqual({ hash: textHash })
      await join('worker', 'U5')
      well(await say(tx, 'U5', 'worker', true))
      well(await say(tx, 'worker', 'U5', true))
      await sql`UPDATE app.match_profile SET text_hash = 'earlier' WHERE person_id = ${idOf('worker')}::uuid`.execute(
        tx,
      )
      expect([await pairs('U5'), await seen('U5'), await pairs('worker')]).toEqual([[], [], []])
      expect((await mine('worker')).profile).toMatchObject({ alias: '昵称worker', isSeen: false })
      expect((await keep('worker', { isSingle: false })).body.issues?.[0]?.field).toBe('isSingle')
      await join('worker')
      expect([(await pairs('U5')).length, (await mine('worker')).profile?.isSeen]).toEqual([1, true])
    }))
})

/** U2's registration turns out to be that of the worker. */
const merge = (tx: Tx) =>
  sql`UPDATE app.person SET state = 'merged', merged_into = ${idOf('worker')}::uuid WHERE id = ${idOf('U2')}::uuid`.execute(
    tx,
  )

describe('a registration that was merged', () => {
  it('meets nobody any more, is shown to her, and is left from either', () =>
    trial(async (tx) => {
      for (const from of ['worker', 'U2'])
        await peek(tx, async () => {
          await join('U2', 'U5')
          await merge(tx)
          expect([from, await seen('U5')]).toEqual([from, []])
          expect((await mine(from)).profile).toMatchObject({ alias: '昵称U2', isSeen: false })
          well(await stage.as(from).post('/api/my/match/leave'))
          expect([from, await crawl(tx, idOf('U2'))]).toEqual([from, []])
        })
      await join('U2', 'U5')
      await merge(tx)
      await join('worker')
      expect(await aliases('U5')).toEqual(['昵称worker'])
      expect(await crawl(tx, idOf('U2'))).toEqual([])
    }))

  it('keeps what bars it and whom it blocked, or who blocked it', () =>
    trial(async (tx) => {
      await join('U2', 'U5', 'U4', 'D2')
      const named = await seatHandler(tx, stage.world, 'named', { complaint: 'handler' })
      well(await act('U2', await cardOf(tx, 'U5'), 'block'))
      well(await act('U4', await cardOf(tx, 'U2'), 'block'))
      await peek(tx, async () => {
        well(await act('D2', await cardOf(tx, 'U2'), 'report', { words: '冒用他人身份' }))
        const [report] = (await stage.as(named).get<MatchReports>('/api/match/reports')).body.rows
        well(await stage.as(named).post(`/api/match/reports/${report!.id}`, { act: 'bar' }))
        await merge(tx)
        expect([(await mine('worker')).isBarred, (await keep('worker')).body.details?.['why']]).toEqual([
          true,
          'barred',
        ])
      })
      await merge(tx)
      await join('worker')
      for (const who of ['U5', 'U4']) expect([who, await seen(who)]).toEqual([who, []])
      expect(await aliases('worker')).toEqual(['昵称D2'])
    }))
})

describe('an answer', () => {
  it('“no” looks to the other exactly as if nothing had been said: same bytes everywhere, same answer to a yes', () =>
    trial(async (tx) => {
      await join('worker', 'U2', 'U5', 'U4')
      // Before U5 has answered anybody: the one woman says no to him, and not a byte of what he reads is another.
      const before = await views('U5')
      const no = await say(tx, 'worker', 'U5', false)
      expect(await views('U5')).toEqual(before)
      expect(await seen('worker')).toHaveLength(1)
      // He says yes to both, the one who said no and the one who said nothing.
      const [refused, silent] = [await say(tx, 'U5', 'worker', true), await say(tx, 'U5', 'U2', true)]
      expect([refused.status, refused.raw, no.raw]).toEqual([silent.status, silent.raw, silent.raw])
      const open = await views('U5')
      expect((await answered('U5')).map(({ alias, yes }) => [alias, yes] as const).toSorted(byAlias)).toEqual(
        [
          ['昵称U2', true],
          ['昵称worker', true],
        ],
      )
      // Nor does a no that comes after his yes change what he reads.
      well(await say(tx, 'U2', 'U5', false))
      expect(await views('U5')).toEqual(open)
      expect(await pairs('U5')).toEqual([])
    }))

  it('fifty accounts of one adversary, put together, do not tell whom she refused and to whom she said nothing', () =>
    trial(async (tx) => {
      await join('worker', 'U5')
      const her = await cardOf(tx, 'worker')
      const ring = await openWomen(
        stage.world.deps.db,
        ['U3', 'U4', 'U5'].map((org) => stage.world.org(org)),
        50,
      )
      await sql`UPDATE app.person SET sex = '男', birth_year = 1988 WHERE id = ANY (${ring.map((one) => one.personId)}::uuid[])`.execute(
        tx,
      )
      const accounts = ring.map(({ token }): Person => ({ ...stage.world.person('U5'), token }))
      for (const [n, one] of accounts.entries())
        well(await keep(one, { alias: `昵称${n}`, contact: `手机 ${n}` }))
      const cards = await rows<{ id: string }>(
        tx,
        sql`SELECT m.id FROM app.match_profile m JOIN unnest(${ring.map((one) => one.personId)}::uuid[]) WITH ORDINALITY r (id, n) ON r.id = m.person_id ORDER BY r.n`,
      )
      /** All that the ring reads after she said no to some and he said yes to her by every account. */
      const world = async (refused: readonly { id: string }[]) => {
        const told: unknown[] = []
        await peek(tx, async () => {
          for (const { id } of refused) well(await act('worker', id, 'answer', { yes: false }))
          for (const one of accounts) {
            const { status, raw } = await act(one, her, 'answer', { yes: true })
            told.push([status, raw, (await stage.as(one).get('/api/my/match/people')).raw])
            told.push((await stage.as(one).get('/api/my/match/answers')).raw)
            told.push((await stage.as(one).get('/api/my/match/pairs')).raw)
          }
        })
        return told
      }
      expect(await world(cards.filter((_, n) => n % 2 === 0))).toEqual(await world([]))
    }))

  it('two that say yes learn name and contact, and when the other read them; nothing before, nothing one-sided', () =>
    trial(async (tx) => {
      await join('worker', 'U5')
      const first = await say(tx, 'U5', 'worker', true)
      expect([await pairs('U5'), await pairs('worker')]).toEqual([[], []])
      expect((await seen('worker')).map(({ alias }) => alias)).toEqual(['昵称U5'])
      const second = await say(tx, 'worker', 'U5', true)
      expect(second.raw).toBe(first.raw)
      expect(await pairs('worker')).toMatchObject([{ name: '示例U5', contact: '手机 U5', readOn: null }])
      expect(await pairs('U5')).toMatchObject([
        { name: '示例worker', contact: '手机 worker', readOn: '2020-04-16' },
      ])
      expect([await answered('U5'), await seen('U5')]).toEqual([[], []])
      // Her own copy holds her card in words, and of him nothing.
      const none = { idNumber: null, birth: null, phone: null, guardian: null }
      const { wrapped } = sealNew(stage.world.deps.crypto, idOf('U5'), none)
      await sql`INSERT INTO app.person_key VALUES (${idOf('U5')}::uuid, ${wrapped})`.execute(tx)
      const copy = (await stage.as('U5').post('/api/my/export', undefined, { key: null })).raw
      expect(copy).toContain('昵称U5，示例D1：喜欢爬山和看电影')
      expect(copy).not.toMatch(/示例worker|昵称worker/)
      expect((await say(tx, 'U5', 'worker', false)).body.details?.['why']).toBe('agreed')
    }))

  it('leaves in the books that she acted, not to whom nor what', () =>
    trial(async (tx) => {
      await join('worker', 'U5', 'U4')
      const key = '00000000-0000-4000-8000-0000000000a1'
      const id = await cardOf(tx, 'U5')
      await stage.as('worker').post(`/api/my/match/people/${id}/answer`, { yes: false }, { key })
      well(await say(tx, 'worker', 'U4', true))
      const noted = await rows<{ action: string; object: string; fields: string; purpose: string }>(
        tx,
        sql`SELECT action, object, fields, purpose FROM app.audit WHERE action = 'match.answer'`,
      )
      expect(noted).toHaveLength(2)
      expect(noted[0]).toEqual(noted[1])
      const [kept] = await rows<{ text: string }>(
        tx,
        sql`SELECT to_jsonb(i)::text AS text FROM app.idempotency i WHERE key = ${key}`,
      )
      expect(kept!.text).not.toMatch(/yes|false|示例|people|POST/)
      expect(kept!.text).not.toContain(id)
    }))
})

describe('a block', () => {
  it('makes both vanish for each other everywhere, also after an agreement, also after leaving and joining again', () =>
    trial(async (tx) => {
      await join('worker', 'U2', 'U5')
      const worker = await cardOf(tx, 'worker')
      well(await say(tx, 'U5', 'worker', true))
      well(await say(tx, 'worker', 'U5', true))
      well(await act('worker', await cardOf(tx, 'U5'), 'block'))
      for (const who of ['worker', 'U5'])
        expect([who, await pairs(who), await answered(who)]).toEqual([who, [], []])
      expect((await seen('U5')).map(({ alias }) => alias)).toEqual(['昵称U2'])
      expect(await seen('worker')).toEqual([])
      // The same as a card that there never was.
      const [gone, never] = [
        await act('U5', worker, 'answer', { yes: true }),
        await act('U5', idOf('D1'), 'answer', { yes: true }),
      ]
      expect([gone.status, { ...gone.body, reqId: '' }]).toEqual([404, { ...never.body, reqId: '' }])
      well(await stage.as('U5').post('/api/my/match/leave'))
      await join('U5')
      expect((await seen('U5')).map(({ alias }) => alias)).toEqual(['昵称U2'])
      expect(await seen('worker')).toEqual([])
    }))
})

/** Rows of the whole database that hold a value, as table names; those that keep that somebody acted are left out. */
async function crawl(tx: Tx, value: string): Promise<string[]> {
  const tables = await rows<{ name: string }>(
    tx,
    sql`SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'app'::regnamespace AND c.relkind = 'r' AND starts_with(c.relname, 'match_')`,
  )
  const found: string[] = []
  for (const { name } of tables)
    if (
      (
        await rows(
          tx,
          sql`SELECT 1 FROM ${sql.raw(`app.${name}`)} x WHERE strpos(to_jsonb(x)::text, ${value}) > 0`,
        )
      ).length > 0
    )
      found.push(name)
  return found.sort()
}

describe('leaving', () => {
  it('leaves no row: card, contact, answers of hers and about her, whom she blocked, that she reported', () =>
    trial(async (tx) => {
      await join('worker', 'U2', 'U5', 'U4', 'D2')
      const [her, his] = [await cardOf(tx, 'worker'), await cardOf(tx, 'U4')]
      well(await say(tx, 'U5', 'worker', true))
      well(await say(tx, 'worker', 'U5', true))
      well(await say(tx, 'D2', 'worker', false))
      well(await act('worker', his, 'block'))
      well(await act('worker', await cardOf(tx, 'D2'), 'report', { words: '发来骚扰的话' }))
      expect(await crawl(tx, idOf('worker'))).toEqual(['match_answer', 'match_block', 'match_profile'])
      well(await stage.as('worker').post('/api/my/match/leave'))
      expect([await crawl(tx, idOf('worker')), await crawl(tx, her)]).toEqual([[], []])
      expect([await pairs('U5'), (await mine('worker')).profile, (await mine('worker')).reports]).toEqual([
        [],
        null,
        [],
      ])
      // Erasure takes the same way.
      await sql`SELECT app.forget_person(${idOf('U5')}::uuid)`.execute(tx)
      expect(await crawl(tx, idOf('U5'))).toEqual([])
      expect(await rows(tx, sql`SELECT 1 FROM app.match_profile`)).toHaveLength(3)
    }))
})

describe('who else', () => {
  const roles = ['U1', 'S1', 'D1', 'C', 'leader', 'handler', 'systemAdmin', 'securityAdmin', 'auditAdmin']
  it('no tier and no administrator reads a card, by any door, nor by a statement of its own login', () =>
    trial(async (tx) => {
      await join('worker', 'U5')
      well(await say(tx, 'worker', 'U5', true))
      for (const who of roles) {
        expect([who, await seen(who), await answered(who), await pairs(who)]).toEqual([who, [], [], []])
        const reports = await stage.as(who).get<MatchReports>('/api/match/reports')
        expect([who, reports.status, reports.body.rows ?? []]).toEqual([
          who,
          who === 'handler' ? 200 : 403,
          [],
        ])
      }
      const statement = (who: string, text: string) =>
        peek(tx, async () => {
          const { org, token } = stage.world.person(who)
          await sql`SELECT app.begin(${token}), set_config('app.scope', (SELECT o.scope_code FROM app.org o WHERE o.id = ${stage.world.org(org)}), true)`.execute(
            tx,
          )
          await sql`SET LOCAL ROLE app`.execute(tx)
          return rows<{ who: string }>(tx, sql.raw(text))
        })
      const tables = ['match_profile', 'match_answer', 'match_block']
      // A cadre who takes part herself reads her own row like anybody, and no other.
      await join('U2')
      well(await say(tx, 'U2', 'U5', true))
      for (const who of [...roles, 'U2'])
        for (const table of tables)
          expect([who, table, await statement(who, `SELECT person_id AS who FROM app.${table}`)]).toEqual([
            who,
            table,
            who === 'U2' && table !== 'match_block' ? [{ who: idOf('U2') }] : [],
          ])
      for (const who of ['U1', 'U2', 'handler'])
        await expect(statement(who, 'SELECT id AS who FROM app.match_report')).rejects.toMatchObject({
          code: '42501',
        })
      const consents = (await stage.as('U1').get(`/api/persons/${idOf('worker')}`)).raw
      expect(consents).not.toMatch(/matchmaking|交友/)
    }))

  it('counts are told in full tens from eleven on, of the whole city alike, to tiers alone', () =>
    trial(async (tx) => {
      await join('worker', 'U5')
      const counts = async (who: string) => (await stage.as(who).get<MatchCounts>('/api/match/counts')).body
      expect(await counts('C')).toEqual({ women: null, men: null, pairs: null })
      await sql`INSERT INTO app.person (id, org_id, name, id_kind, sex, birth_year) SELECT gen_random_uuid(), ${stage.world.org('U8')}, '示例', 'none', '女', 1990 FROM generate_series(1, 16)`.execute(
        tx,
      )
      await sql`INSERT INTO app.match_profile SELECT p.id, gen_random_uuid(), 'x', 'x', ${textHash}, '2020-04-01' FROM app.person p WHERE p.org_id = ${stage.world.org('U8')} AND p.birth_year = 1990`.execute(
        tx,
      )
      for (const who of ['C', 'D1', 'leader'])
        expect([who, await counts(who)]).toEqual([who, { women: 10, men: null, pairs: null }])
      for (const who of ['worker', 'U1', 'auditAdmin'])
        expect((await stage.as(who).get('/api/match/counts')).status).toBe(403)
      // Each of the sixteen and the man say yes to each other: sixteen pairs; a yes of one alone is none.
      const his = await cardOf(tx, 'U5')
      await sql`INSERT INTO app.match_answer SELECT m.person_id, ${his}::uuid, true FROM app.match_profile m WHERE m.card = 'x'`.execute(
        tx,
      )
      expect((await counts('C')).pairs).toBeNull()
      await sql`INSERT INTO app.match_answer SELECT ${idOf('U5')}::uuid, m.id, true FROM app.match_profile m WHERE m.card = 'x'`.execute(
        tx,
      )
      expect((await counts('C')).pairs).toBe(10)
    }))
})

describe('a report', () => {
  it('goes to whoever is named for complaints, who sees the card without a name and is told of to whom it is about', () =>
    trial(async (tx) => {
      await join('worker', 'U2', 'U5')
      const named = await seatHandler(tx, stage.world, 'named', { complaint: 'handler' })
      const other = await seatHandler(tx, stage.world, 'other', { legal: 'handler' })
      expect(
        (await act('worker', await cardOf(tx, 'U5'), 'report', { words: '少' })).body.issues?.[0]?.field,
      ).toBe('words')
      well(await act('worker', await cardOf(tx, 'U5'), 'report', { words: '见面时动手动脚' }))
      expect(await seen('worker')).toEqual([])
      const list = async (who: Who) => (await stage.as(who).get<MatchReports>('/api/match/reports')).body.rows
      expect(await list(other)).toEqual([])
      const [report] = await list(named)
      expect(report).toMatchObject({ alias: '昵称U5', words: '见面时动手动脚', state: 'open' })
      await list(named)
      expect(JSON.stringify(report)).not.toMatch(/示例|手机/)
      const log = (await stage.as('U5').get<AccessList>('/api/my/access')).body.rows
      expect(log.map(({ field, purpose, role }) => [field, purpose, role])).toEqual([
        ['matchProfile', 'matchReport', 'handler'],
      ])
      const settle = (act: string, who: Who = named) =>
        stage.as(who).post<Refusal>(`/api/match/reports/${report!.id}`, { act })
      expect((await settle('bar', other)).status).toBe(404)
      expect((await settle('lift')).status).toBe(409)
      well(await settle('bar'))
      expect((await settle('bar')).status).toBe(409)
      expect(await seen('U2')).toEqual([])
      expect([(await mine('U5')).isBarred, (await keep('U5')).body.details?.['why']]).toEqual([
        true,
        'barred',
      ])
      expect((await mine('worker')).reports).toEqual([{ madeOn: '2020-04-16', state: 'barred' }])
      expect(await crawl(tx, idOf('U5'))).toEqual([])
      well(await settle('lift'))
      await join('U5')
      expect((await list(named)).map(({ words, state }) => [words, state])).toEqual([[null, 'lifted']])
      // Whom she reported she never meets again.
      expect([await seen('worker'), (await seen('U2')).length]).toEqual([[], 1])
    }))
})
