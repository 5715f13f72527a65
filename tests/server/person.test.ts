import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PersonDetail, PersonFound, PersonList, PersonRequest } from '#person/api.ts'
import type { Movement, Quality } from '#person/movementApi.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { entryOf, madeUpNumber } from '../support/persons.ts'
import type { Refusal } from '../support/play.ts'

describe.each(['intl', 'gm'] as const)('the register under %s', (suite) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage(suite)
  })
  afterAll(() => stage.close())

  const add = (who: string, body: object) =>
    stage.as(who).post<{ id: string } & Refusal>('/api/persons', { body })
  const added = async (who: string, n: number, changes = {}): Promise<string> => {
    const made = await add(who, entryOf(n, changes))
    expect([made.status, made.raw]).toEqual([200, expect.any(String)])
    return made.body.id
  }
  const detail = async (who: string, id: string) =>
    (await stage.as(who).get<PersonDetail>(`/api/persons/${id}`)).body
  const names = async (who: string, query = '') =>
    (await stage.as(who).get<PersonList>(`/api/persons${query}`)).body.rows.map((r) => r.name)
  const requests = async (who: string) =>
    (await stage.as(who).get<PersonRequest[] & object>('/api/person-requests')).body
  const decide = (who: string, id: string, verdict: string, answer = '') =>
    stage.as(who).post<Refusal>(`/api/person-requests/${id}/decision`, { verdict, answer })

  const movesOf = async (who: string, query: string) =>
    (await stage.as(who).get<Movement & Refusal>(`/api/persons/movement?${query}`)).body

  it('enters a woman, shows masks, and keeps nothing of her number or phone in clear', () =>
    stage.trial(async (tx) => {
      const entry = entryOf(1, { nation: '满族', hukou: '大连' })
      const id = await added('U1', 1, entry)
      const seen = await detail('U1', id)
      expect(seen).toMatchObject({
        values: { name: '王示二', sex: '女', nation: '满族' },
        birthYear: 1985,
        masks: { idNumber: '2102**********004' + String(entry['idNumber']).slice(-1), phone: '138****0001' },
        memberships: [{ kind: '会员', joinedBy: '入会', fromOn: '2018-03-08', untilOn: null }],
        mayEdit: true,
        mayReveal: ['idNumber', 'birth', 'phone', 'guardian'],
      })
      const [row] = await rows<{ text: string }>(
        tx,
        sql`SELECT (SELECT row_to_json(p)::text FROM app.person p) || (SELECT string_agg(i::text, ' ') FROM app.idempotency i) AS text`,
      )
      for (const secret of [entry['idNumber'], entry['phone'], '1985-06-01', '19850601'])
        expect(row!.text).not.toContain(secret)
    }))

  it('counts who came and left, how and why, also whom it sees no more; start and moves make the end', () =>
    stage.trial(async () => {
      const year = 'from=2020-01-01&until=2020-04-16'
      await added('U1', 1, { fromOn: '2019-12-31' })
      await added('U1', 2, { fromOn: '2020-01-01', group: '快递员' })
      const gone = await added('U1', 3, { fromOn: '2019-05-01' })
      const moved = await added('U1', 4, { fromOn: '2019-05-01' })
      await added('U1', 5, { fromOn: '2020-02-01', kind: '女职工' })
      expect(
        (
          await stage
            .as('U1')
            .post(`/api/persons/${gone}/leave`, { on: '2020-03-01', leftBy: '退休', reason: '到龄退休' })
        ).status,
      ).toBe(200)
      const [u2, u5] = [stage.world.org('U2'), stage.world.org('U5')]
      expect(
        (
          await stage
            .as('S1')
            .post(`/api/persons/${moved}/moves`, { orgId: u2, on: '2020-03-10', reason: '调动工作' })
        ).status,
      ).toBe(200)
      const own = await movesOf('U1', year)
      expect(own).toMatchObject({
        start: 3,
        came: [{ label: '入会', n: 1 }],
        groups: [{ label: '快递员', n: 1 }],
        left: expect.arrayContaining([
          { label: '退休', n: 1 },
          { label: '转出', n: 1 },
        ]),
        within: 0,
        end: 2,
      })
      expect(await movesOf('S1', year)).toMatchObject({ start: 3, within: 1, end: 3 })
      // The first and the last day belong to the period.
      expect((await movesOf('U1', 'from=2019-12-31&until=2020-03-01')).came).toEqual([
        { label: '入会', n: 2 },
      ])
      expect((await movesOf('U1', 'from=2020-03-02&until=2020-03-09')).left).toEqual([])
      expect((await movesOf('U1', 'from=2020-03-10&until=2020-03-10')).left).toEqual([
        { label: '转出', n: 1 },
      ])
      expect(
        (await movesOf('U1', 'from=2020-03-02&until=2020-03-01')).issues?.map(({ field }) => field),
      ).toEqual(['until'])
      expect((await stage.as('U1').get(`/api/persons/movement?org=${u5}&${year}`)).status).toBe(404)
    }))

  it('counts a woman at work who joins from her day on, and not one whose membership rests', () =>
    stage.trial(async () => {
      const id = await added('U1', 1, { fromOn: '2019-05-01', kind: '女职工', group: '快递员' })
      const turn = (who: string, body: object) =>
        stage.as(who).post<Refusal>(`/api/persons/${id}/standing`, { reason: '', ...body })
      const fields = async (body: object) => (await turn('U1', body)).body.issues?.map(({ field }) => field)
      expect((await turn('S1', { turn: 'join', on: '2020-03-02' })).status).toBe(403)
      expect(await fields({ turn: 'join', on: '2020-04-17' })).toEqual(['on'])
      expect(await fields({ turn: 'join', on: '2019-04-30' })).toEqual(['on'])
      expect(await fields({ turn: 'resume', on: '2020-03-02' })).toEqual(['on'])
      expect((await turn('U1', { turn: 'join', on: '2020-03-02' })).status).toBe(200)
      expect(await fields({ turn: 'join', on: '2020-03-02' })).toEqual(['on'])
      expect(await movesOf('S1', 'from=2020-03-01&until=2020-03-31')).toMatchObject({
        start: 0,
        came: [{ label: '入会', n: 1 }],
        groups: [{ label: '快递员', n: 1 }],
        end: 1,
        kept: 0,
        withUnits: 0,
      })
      expect((await movesOf('S1', 'from=2019-01-01&until=2020-03-01')).end).toBe(0)
      expect(await fields({ turn: 'keep', on: '2020-04-01' })).toEqual(['keptFor'])
      expect((await turn('U1', { turn: 'keep', on: '2020-04-01', keptFor: '下岗失业' })).status).toBe(200)
      expect(await movesOf('S1', 'from=2020-04-01&until=2020-04-16')).toMatchObject({
        start: 1,
        left: [{ label: '保留', n: 1 }],
        end: 0,
        kept: 1,
      })
      expect((await turn('U1', { turn: 'resume', on: '2020-04-10' })).status).toBe(200)
      expect(await movesOf('S1', 'from=2020-04-01&until=2020-04-16')).toMatchObject({
        came: [{ label: '恢复', n: 1 }],
        groups: [],
        end: 1,
        kept: 0,
      })
      const { memberships } = await detail('U1', id)
      expect(memberships.map((m) => [m.kind, m.fromOn, m.joinedBy, m.leftBy])).toEqual([
        ['会员', '2020-04-10', '恢复', null],
        ['保留会籍', '2020-04-01', '保留', '恢复'],
        ['会员', '2020-03-02', '入会', '保留'],
        ['女职工', '2019-05-01', '登记', '入会'],
      ])
    }))

  it('asks the tree of each month: who went with her unit is told apart, and start and moves still make the end', () =>
    stage.trial(async () => {
      // U7 went from S2 to S3 of another district in July 2019.
      await added('U7', 1, { fromOn: '2019-02-01' })
      await added('U7', 2, { fromOn: '2019-06-30' })
      await added('U7', 3, { fromOn: '2019-07-01' })
      const year = 'from=2019-01-01&until=2019-12-31'
      expect(await movesOf('D1', year)).toMatchObject({
        came: [{ label: '入会', n: 2 }],
        withUnits: -2,
        end: 0,
      })
      expect(await movesOf('D2', year)).toMatchObject({
        came: [{ label: '入会', n: 1 }],
        withUnits: 2,
        end: 3,
      })
      expect(await movesOf('C', year)).toMatchObject({
        came: [{ label: '入会', n: 3 }],
        withUnits: 0,
        end: 3,
      })
      expect((await movesOf('D1', 'from=2019-01-01&until=2019-06-30')).end).toBe(2)
    }))

  it('names the units whose entries lack something, and whose they are', () =>
    stage.trial(async () => {
      await added('U1', 1, { nation: '汉族', education: '本科', employment: '在职', hukou: '大连' })
      await added('U1', 2, { phone: null, nation: '汉族', education: '本科', employment: '在职' })
      const { body } = await stage.as('S1').get<Quality>('/api/persons/quality')
      expect(body.rows.map(({ org, women, whole, lacking }) => [org.code, women, whole, lacking])).toEqual([
        ['U1', 2, 50, { phone: 1, birth: 0, nation: 0, education: 0, employment: 0, hukou: 1, double: 0 }],
      ])
      expect(await names('U1', '?lacks=phone')).toEqual([entryOf(2)['name']])
      expect((await stage.as('U5').get<Quality>('/api/persons/quality')).body.rows).toEqual([])
    }))

  it('answers bad input at its field and saves nothing', () =>
    stage.trial(async (tx) => {
      const faults: [Record<string, unknown>, string, string][] = [
        [{ idNumber: '210299198506010020' }, 'idNumber', '校验位不符'],
        [{ phone: '1380000' }, 'phone', '手机号码应为 11 位'],
        [{ name: '' }, 'name', '请填写姓名'],
        [{ fromOn: '2020-04-17' }, 'fromOn', '不能晚于今天'],
        [{ fromOn: '1999-01-01' }, 'kind', '未满 16 周岁'],
        [{ idKind: '护照', idNumber: 'E1234567' }, 'sex', '请选择性别'],
        [{ stranger: 1 }, 'stranger', '没有“stranger”这一项'],
      ]
      for (const [changes, field, message] of faults) {
        const answer = await add('U1', entryOf(1, changes))
        expect([changes, answer.status]).toEqual([changes, 422])
        expect(answer.body.issues).toContainEqual({ field, message: expect.stringContaining(message) })
      }
      expect(await first(tx, sql`SELECT count(*) AS n FROM app.person`)).toEqual({ n: 0 })
    }))

  it('saves no child under fourteen without her guardian', () =>
    stage.trial(async () => {
      const child = { kind: '职工子女', fromOn: '2020-01-10', idNumber: madeUpNumber('2010-04-17', 24) }
      const bare = await add('U1', entryOf(1, child))
      expect([bare.status, bare.body.issues?.map((i) => i.field)]).toEqual([
        422,
        ['guardianName', 'guardianPhone', 'guardianAgreedOn'],
      ])
      const guardian = { guardianName: '李示', guardianPhone: '13900000000', guardianAgreedOn: '2020-01-09' }
      const id = await added('U1', 1, { ...child, ...guardian })
      expect(await detail('U1', id)).toMatchObject({
        masks: { guardian: true },
        guardianAgreedOn: '2020-01-09',
      })
      const told = await stage.as('U1').post<{ value: string }>(`/api/persons/${id}/reveals`, {
        field: 'guardian',
        purpose: 'membership',
        reason: '核对监护人',
      })
      expect(JSON.parse(told.body.value)).toEqual({ name: '李示', phone: '13900000000' })
      // On her fourteenth birthday she needs none.
      const birthday = { kind: '职工子女', fromOn: '2020-01-10', idNumber: madeUpNumber('2006-04-16', 26) }
      expect((await add('U1', entryOf(2, birthday))).status).toBe(200)
    }))

  it('finds a number that stands already, however it is typed, and tells no more than the asker may see', () =>
    stage.trial(async () => {
      const id = await added('U1', 1)
      const typed = `　${String(entryOf(1)['idNumber']).replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d)))} `
      const again = async (who: string) => {
        const { status, body, raw } = await add(who, entryOf(1, { idNumber: typed, name: '另写的名' }))
        return { status, message: body.issues?.[0]?.message, details: body.details, raw }
      }
      expect(await again('U1')).toMatchObject({
        status: 409,
        message: expect.stringContaining('本单位已登记此人（王示二）'),
        details: { place: 'own', id },
      })
      expect(await again('S1')).toMatchObject({
        message: expect.stringContaining('已登记在示例U1工会（王示二）'),
        details: { place: 'scope', id },
      })
      const outside = await again('U3')
      expect(outside).toMatchObject({
        message: expect.stringContaining('可提出转入申请'),
        details: { place: 'elsewhere', id: null },
      })
      for (const secret of [id, '王示', 'U1']) expect(outside.raw).not.toContain(secret)
      const check = (who: string) =>
        stage.as(who).post<PersonFound>('/api/persons/check', { idKind: '居民身份证', idNumber: typed })
      expect((await check('U3')).body).toEqual({
        place: 'elsewhere',
        person: null,
        facts: { sex: '女', birth: '1985-06-01', warning: null },
      })
      expect((await check('U1')).body.person?.id).toBe(id)
    }))

  it('lists by scope, name, pinyin and state; a leader, a stranger and a worker see nobody', () =>
    stage.trial(async () => {
      const id = await added('U1', 1)
      await added('U1', 2, { kind: '女职工', group: '快递员' })
      await added('U3', 3)
      expect(await names('U1')).toEqual(['王示二', '王示三'])
      expect((await names('D1')).sort()).toEqual(['王示三', '王示二', '王示四'])
      expect(await names('U5')).toEqual([])
      expect(await names('D1', `?org=${stage.world.org('S2')}`)).toEqual(['王示四'])
      expect(await names('D1', '?q=wangshie')).toEqual(['王示二'])
      expect(await names('D1', '?q=wss')).toEqual(expect.arrayContaining(['王示三', '王示四']))
      expect(await names('D1', '?kind=女职工&group=快递员')).toEqual(['王示三'])
      for (const who of ['leader', 'worker', 'auditAdmin', 'handler'])
        expect([who, (await stage.as(who).get('/api/persons')).status]).toEqual([who, 403])
      expect((await stage.as('U5').get(`/api/persons/${id}`)).status).toBe(404)
      const leave = { on: '2020-03-01', leftBy: '离职', reason: '' }
      expect((await stage.as('U1').post(`/api/persons/${id}/leave`, leave)).status).toBe(200)
      expect(await names('U1')).toEqual(['王示三'])
      expect(await names('U1', '?standing=left')).toEqual(['王示二'])
    }))

  it('pages by key without losing or doubling anybody', () =>
    stage.trial(async () => {
      for (let n = 0; n < 23; n++) await added('U1', n)
      const seen: string[] = []
      let after = ''
      for (;;) {
        const page = (await stage.as('U1').get<PersonList>(`/api/persons?size=20${after}`)).body
        seen.push(...page.rows.map((r) => r.id))
        expect(page.count).toBe(23)
        if (page.next === null) break
        after = `&after=${encodeURIComponent(page.next)}`
      }
      expect([seen.length, new Set(seen).size]).toEqual([23, 23])
    }))

  it('changes details by version; a new number brings sex, birth and index with it', () =>
    stage.trial(async () => {
      const id = await added('U1', 1)
      const put = (body: object, version: number) =>
        stage.as('U1').put<{ version: number } & Refusal>(`/api/persons/${id}`, { body, version })
      expect((await put({ name: '王示改', education: '本科' }, 1)).body.version).toBe(2)
      expect((await put({ name: '王示迟' }, 1)).status).toBe(409)
      // The phone that was not typed anew stays.
      expect(await detail('U1', id)).toMatchObject({
        values: { name: '王示改', education: '本科' },
        masks: { phone: '138****0001' },
      })
      const corrected = { name: '王示改', idKind: '居民身份证', idNumber: madeUpNumber('1986-07-02', 8) }
      expect((await put(corrected, 2)).status).toBe(200)
      expect((await detail('U1', id)).birthYear).toBe(1986)
      expect((await add('U1', entryOf(5, { idNumber: corrected.idNumber }))).status).toBe(409)
      expect((await add('U1', entryOf(1))).status).toBe(200)
      expect(
        (await stage.as('S1').put(`/api/persons/${id}`, { body: { name: '上级' }, version: 3 })).status,
      ).toBe(404)
    }))

  it('moves her between units of one superior; both memberships stay', () =>
    stage.trial(async () => {
      const id = await added('U1', 1)
      const move = (who: string, to: string, on = '2020-04-01') =>
        stage
          .as(who)
          .post<Refusal>(`/api/persons/${id}/moves`, { orgId: stage.world.org(to), on, reason: '调动' })
      expect((await move('U1', 'U2')).status).toBe(422)
      expect((await move('S1', 'U3')).status).toBe(422)
      expect((await move('S1', 'U2', '2017-01-01')).body.issues?.[0]?.message).toContain('不能早于')
      expect((await move('S1', 'U2')).status).toBe(200)
      expect((await detail('U2', id)).memberships).toMatchObject([
        { org: { code: 'U2' }, joinedBy: '转入', fromOn: '2020-04-01', untilOn: null, kind: '会员' },
        { org: { code: 'U1' }, leftBy: '转出', fromOn: '2018-03-08', untilOn: '2020-04-01' },
      ])
      expect((await stage.as('U1').get(`/api/persons/${id}`)).status).toBe(404)
    }))

  it('transfers her across the city when her unit lets her go', () =>
    stage.trial(async () => {
      const id = await added('U1', 1)
      const { idKind, idNumber, name } = entryOf(1)
      const ask = (changes = {}) =>
        stage.as('U5').post<{ outcome: string } & Refusal>('/api/persons/transfers', {
          idKind,
          idNumber,
          name,
          reason: '到我单位工作',
          ...changes,
        })
      expect((await ask({ name: '别人' })).body.issues?.[0]?.field).toBe('name')
      expect((await ask()).body.outcome).toBe('asked')
      expect((await ask()).status).toBe(409)
      const [waiting] = await requests('U1')
      expect(waiting).toMatchObject({
        kind: 'transfer',
        state: 'open',
        person: { name: '王示二' },
        mayNot: null,
      })
      const [own] = await requests('U5')
      expect(own).toMatchObject({ person: null, mayNot: '等待她现在的单位确认' })
      expect((await decide('U5', waiting!.id, 'accept')).status).toBe(404)
      expect((await decide('U3', waiting!.id, 'accept')).status).toBe(404)
      expect((await decide('U1', waiting!.id, 'accept')).status).toBe(200)
      expect((await decide('U1', waiting!.id, 'accept')).status).toBe(404)
      expect((await detail('U5', id)).memberships.map((m) => m.org.code)).toEqual(['U5', 'U1'])
      expect(await names('U1')).toEqual([])
    }))

  it('who has left comes to a new unit at once', () =>
    stage.trial(async () => {
      const id = await added('U1', 1)
      await stage.as('U1').post(`/api/persons/${id}/leave`, { on: '2020-03-01', leftBy: '离职', reason: '' })
      const { idKind, idNumber, name } = entryOf(1)
      const asked = { idKind, idNumber, name, reason: '新入职' }
      expect(
        (await stage.as('U5').post<{ outcome: string }>('/api/persons/transfers', asked)).body.outcome,
      ).toBe('moved')
      expect((await detail('U5', id)).memberships).toHaveLength(2)
    }))

  it('merges two entries by a second person, and undoes it whole', () =>
    stage.trial(async (tx) => {
      const kept = await added('U1', 1)
      const gone = await added('U2', 2, {
        idKind: '护照',
        idNumber: 'E1234567',
        sex: '女',
        birth: '1985-06-01',
      })
      const before = await rows(tx, sql`SELECT id, state, merged_into, id_index FROM app.person ORDER BY id`)
      const ask = (who: string) =>
        stage
          .as(who)
          .post(`/api/persons/${kept}/requests`, { kind: 'merge', otherId: gone, reason: '同一人' })
      expect((await ask('U1')).status).toBe(404)
      expect((await ask('S1')).status).toBe(200)
      const [request] = await requests('S1')
      expect(request!.mayNot).toBe('须由另一位同志确认')
      expect((await decide('S1', request!.id, 'accept')).status).toBe(422)
      expect((await decide('S1b', request!.id, 'accept')).status).toBe(200)
      expect(await names('S1')).toEqual(['王示二'])
      expect((await detail('S1', kept)).memberships.map((m) => m.org.code).sort()).toEqual(['U1', 'U2'])
      const passport = { idKind: '护照', idNumber: 'e1234567' }
      expect((await stage.as('S1').post<PersonFound>('/api/persons/check', passport)).body.person?.id).toBe(
        kept,
      )
      expect(
        (await stage.as('S1').post(`/api/person-requests/${request!.id}/undo`, { reason: '误合' })).status,
      ).toBe(200)
      expect(
        await rows(tx, sql`SELECT id, state, merged_into, id_index FROM app.person ORDER BY id`),
      ).toEqual(before)
      expect((await names('S1')).sort()).toEqual(['王示三', '王示二'])
    }))

  it('every act leaves its audit row, and no audit row holds a value', () =>
    stage.trial(async (tx: Tx) => {
      const id = await added('U1', 1)
      await stage.as('U1').post(`/api/persons/${id}/reveals`, {
        field: 'phone',
        purpose: 'contact',
        reason: '通知培训',
      })
      const found = await rows<{ action: string; text: string }>(
        tx,
        sql`SELECT action, a::text AS text FROM app.audit a WHERE object = ${`person:${id}`} ORDER BY seq`,
      )
      expect(found.map((a) => a.action)).toEqual(['person.add', 'person.reveal'])
      for (const { text } of found)
        for (const secret of [entryOf(1)['idNumber'], entryOf(1)['phone'], '王示'])
          expect(text).not.toContain(secret)
    }))
})
