import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { FileList, RevealedFile } from '#hardship/api.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { aidAt, household, well } from '../support/hardship.ts'
import { madeUpNumber } from '../support/persons.ts'
import type { Refusal } from '../support/play.ts'
import { today } from '../support/world.ts'

let stage: Stage
let play: ReturnType<typeof aidAt>
beforeAll(async () => {
  stage = await openStage()
  play = aidAt(stage)
})
afterAll(() => stage.close())
afterEach(() => setDay(today))
const setDay = (day: string) => {
  stage.world.deps.today = () => day
}
const trial = (work: (tx: Tx) => Promise<void>) =>
  stage.trial(async (tx) => {
    await play.nameAll()
    await work(tx)
  })
const issues = (refused: { body: Refusal }) => refused.body.issues?.map(({ field }) => field)
const desk = async (who: string, query = '') =>
  well(await stage.as(who).get<FileList>(`/api/hardship/files${query}`))

describe('who handles hardship files', () => {
  it('is named by another person, and an aid centre alone approves and pays', () =>
    trial(async () => {
      const own = await play.name('D1', 'D1', 'D1', 'enter')
      expect([own.status, issues(own)]).toEqual([422, ['accountId']])
      const unit = await play.name('D1', 'U4', 'U4', 'approve')
      expect([unit.status, issues(unit)]).toEqual([422, ['duty']])
      expect(issues(await play.name('D1', 'U4', 'U4', 'enter'))).toEqual(['duty'])
      expect((await play.name('D1', 'U5', 'U5', 'enter')).status).toBe(404)
      expect((await play.name('U1', 'U1', 'U1b', 'enter')).status).toBe(403)
    }))

  it('sees the files of her unit or centre; who is not named, between or above, sees none', () =>
    trial(async () => {
      const id = await play.at.visited(await play.woman(1))
      for (const who of ['U4', 'U4b', 'D1', 'D1b']) {
        expect([who, (await desk(who)).rows.map((row) => row.id)]).toEqual([who, [id]])
        expect([who, (await play.read(who, id)).state]).toEqual([who, 'visited'])
      }
      for (const who of ['U3', 'D2', 'C', 'D1x']) {
        const answer = await stage.as(who).get<FileList>('/api/hardship/files')
        expect([who, answer.body.rows ?? []]).toEqual([who, []])
        expect([who, (await stage.as(who).get(`/api/hardship/files/${id}`)).status]).toEqual([who, 404])
      }
      expect((await stage.as('leader').get('/api/hardship/files')).status).toBe(403)
    }))
})

describe('a file', () => {
  it('goes from the application over visit, income check and notice to its number, and becomes a record of counts', () =>
    trial(async (tx) => {
      const id = await play.at.opened(tx, await play.woman(1))
      const file = await play.read('D1', id)
      expect(file).toMatchObject({
        state: 'open',
        no: 'D1-K2020-0001',
        openedOn: '2020-04-24',
        recheckBy: '2021-04-24',
      })
      expect(file.way.map(({ step }) => step)).toEqual([
        'apply',
        'check',
        'visit',
        'inquire',
        'fits',
        'notice',
        'open',
      ])
      expect(file.results).toEqual([
        {
          on: today,
          occasion: 'verify',
          version: 'hardshipCategories@2016-01-01',
          basis: expect.stringContaining('36号'),
        },
      ])
      const told = well(
        await stage
          .as('D1')
          .post<RevealedFile>(`/api/hardship/files/${id}/reveals`, { reason: '审批时核对' }),
      )
      expect(told.household).toMatchObject({ ...household, furtherCauses: null })
      expect(told.result).toMatchObject({ category: '低保边缘户', perHead: 1050, inputs: { minimum: 700 } })
      const [record] = await play.records(tx)
      expect(record).toMatchObject({ matter: '建档', households: 1, singles: 1, state: 'accepted' })
    }))

  it('keeps nothing of the household in clear, and she finds who opened it', () =>
    trial(async (tx) => {
      const personId = await play.woman(1)
      const id = await play.at.visited(personId)
      await stage.as('D1').post(`/api/hardship/files/${id}/reveals`, { reason: '审批时核对' })
      well(await play.step('U4b', id, 'returned', { reason: '缺医院证明' }))
      const [row] = await rows<{ text: string }>(
        tx,
        sql`SELECT (SELECT string_agg(row_to_json(f)::text, ' ') FROM app.hardship_file f) || (SELECT string_agg(i::text, ' ') FROM app.idempotency i)
          || (SELECT string_agg(a::text, ' ') FROM app.audit a) AS text`,
      )
      for (const secret of [
        household.account,
        household.address,
        household.story,
        '单亲抚养',
        '审批时核对',
        '缺医院证明',
      ])
        expect(row!.text).not.toContain(secret)
      const seen = await rows<{ field: string; reason: string }>(
        tx,
        sql`SELECT field, reason FROM app.person_access WHERE person_id = ${personId}::uuid AND field = 'hardshipFile'`,
      )
      expect(seen.map((line) => line.reason).sort()).toEqual(
        ['审批时核对', '查看档案的进展，未打开加密内容'].sort(),
      )
      const bare = await stage.as('D1').post<Refusal>(`/api/hardship/files/${id}/reveals`, { reason: '看' })
      expect([bare.status, issues(bare)]).toEqual([422, ['reason']])
    }))

  it('is refused at the field where something is wrong', () =>
    trial(async () => {
      const personId = await play.woman(1)
      const spouse = { name: '李示', relation: '配偶', health: '健康', income: 0, school: '' }
      const faults: [object, string][] = [
        [{ heads: 0 }, 'heads'],
        [{ income: null }, 'income'],
        [{ account: '123' }, 'account'],
        [{ cause: '没钱' }, 'cause'],
        [{ marital: '已婚', singleParent: false }, 'family'],
        [{ furtherCauses: '甲、乙、丙、丁' }, 'furtherCauses'],
        [
          {
            heads: 1,
            marital: '已婚',
            singleParent: false,
            family: [{ ...spouse, idNumber: madeUpNumber('1984-01-01', 11) }],
          },
          'heads',
        ],
        [
          { marital: '已婚', singleParent: false, family: [{ ...spouse, idNumber: '1' }] },
          'family.0.idNumber',
        ],
      ]
      for (const [changes, field] of faults) {
        const answer = await play.apply('U4', personId, { ...household, ...changes })
        expect([changes, answer.status, issues(answer)]).toEqual([
          changes,
          422,
          expect.arrayContaining([field]),
        ])
      }
      const early = await play.apply('U4', personId, household, { agreedOn: '2020-04-17' })
      expect([early.status, issues(early)]).toEqual([422, ['agreedOn']])
      const without = await stage.as('U4').post<Refusal>('/api/hardship/files', { personId, body: household })
      expect(without.status).toBe(403)
    }))

  it('stands once for a woman and for everybody of her household', () =>
    trial(async () => {
      const kin = {
        name: '李示',
        relation: '子女',
        idNumber: madeUpNumber('2008-01-01', 12),
        health: '健康',
        income: 0,
        school: '',
      }
      const body = { ...household, family: [kin] }
      const personId = await play.woman(1)
      const { id } = well(await play.apply('U4', personId, body))
      expect((await play.apply('U4', personId)).body.code).toBe('409.221')
      const other = await play.woman(2)
      expect((await play.apply('U4', other, body)).body.code).toBe('409.221')
      well(await play.step('U4', id, 'withdraw', { reason: '本人不再申请' }))
      expect((await play.apply('U4', other, body)).status).toBe(200)
    }))

  it('is checked by another than who entered it, and visited by two with the authorisation in hand', () =>
    trial(async () => {
      const { id } = well(await play.apply('U4', await play.woman(1)))
      well(await play.name('D1', 'U4', 'U4', 'check'))
      expect((await play.step('U4', id, 'check')).body.code).toBe('422.220')
      well(await play.step('U4b', id, 'check'))
      const refused = async (more: object) => {
        const answer = await play.step('U4b', id, 'visit', { ...play.visit, ...more })
        return [answer.status, issues(answer)]
      }
      expect(await refused({ visitors: '张示' })).toEqual([422, ['visitors']])
      expect(await refused({ visitedOn: '2020-04-15' })).toEqual([422, ['visitedOn']])
      expect(await refused({ visitedOn: '2020-04-17' })).toEqual([422, ['visitedOn']])
      expect(await refused({ authorisedOn: undefined })).toEqual([422, ['authorisedOn']])
      expect(await refused({ exclusions: ['car'] })).toEqual([422, ['exclusions']])
      expect((await play.step('U4b', id, 'visit', play.visit)).status).toBe(200)
    }))

  it.each([
    [27_188, '低保边缘户'],
    [27_200, '低保边缘户'],
    [27_224, null],
  ] as const)(
    'of an income of %d yuan is %s: the line itself is in, a yuan a head above it is out',
    (income, category) =>
      trial(async (tx) => {
        const id = await play.at.verified(tx, await play.woman(1), { ...household, income })
        const told = well(
          await stage
            .as('D1b')
            .post<RevealedFile>(`/api/hardship/files/${id}/reveals`, { reason: '公示前核对' }),
        )
        expect(told.result?.category).toBe(category)
        const shown = await stage
          .as('D1b')
          .post<Refusal>('/api/hardship/notices', { ids: [id], title: '名单' })
        expect(shown.status).toBe(category === null ? 422 : 200)
      }),
  )

  it('takes the answer of civil affairs by its code, once, and goes back where the incomes differ', () =>
    trial(async (tx) => {
      const id = await play.at.visited(await play.woman(1))
      well(await stage.as('D1b').post('/api/hardship/inquiries', { ids: [id] }))
      const code = await play.codeOf(tx, id)
      expect((await play.answer('H00000000000000', '相符')).body).toMatchObject({
        taken: 0,
        faults: [{ row: 2 }],
      })
      expect((await play.answer(code, '也许')).body).toMatchObject({ taken: 0, faults: [{ row: 2 }] })
      expect((await play.answer(code, '不符')).body).toMatchObject({ failed: 1 })
      expect((await play.answer(code, '不符')).body).toMatchObject({ failed: 0, again: 1 })
      expect((await play.answer(code, '相符')).body).toMatchObject({ taken: 0, faults: [{ row: 2 }] })
      const file = await play.read('U4', id)
      expect(file.state).toBe('returned')
      const mended = await stage
        .as('U4')
        .put(`/api/hardship/files/${id}`, { version: file.version, body: { ...household, income: 27_100 } })
      expect(mended.status).toBe(200)
      expect((await play.read('U4b', id)).acts).toContain('check')
    }))

  it('shows surname and unit for everybody, opens only when the notice has run out and no objection is valid', () =>
    trial(async (tx) => {
      const id = await play.at.noticed(tx, await play.woman(1))
      const notice = await first<{ name: string; unit_name: string; detail: string; closes_on: string }>(
        tx,
        sql`SELECT l.name, l.unit_name, l.detail, n.closes_on::text FROM app.public_notice_line l JOIN app.public_notice n ON n.id = l.notice_id`,
      )
      expect(notice).toEqual({
        name: '王*',
        unit_name: '示例U4工会',
        detail: '拟建立困难职工档案',
        closes_on: '2020-04-23',
      })
      const open = () => stage.as('D1').post<Refusal>('/api/hardship/openings', { ids: [id] })
      setDay('2020-04-23')
      expect((await open()).body.message).toContain('公示到 2020-04-23 期满')
      setDay('2020-04-24')
      await sql`INSERT INTO app.public_notice_objection (district_id, id, notice_id, line, body, receipt, raised_on, state, answer, answered_by, answered_on)
        SELECT o.district_id, gen_random_uuid(), f.notice_id, 1, '有经营收入', 'R1', '2020-04-22', 'valid', '属实', ${stage.world.person('D1b').accountId}::uuid,
          '2020-04-23' FROM app.hardship_file f JOIN app.org o ON o.id = f.centre_id`.execute(tx)
      expect((await open()).body.message).toContain('异议成立')
      well(await play.step('D1', id, 'refuse', { reason: '异议成立' }))
      expect((await play.read('D1', id)).state).toBe('refused')
    }))

  it('stops where she takes her consent back', () =>
    trial(async (tx) => {
      const personId = await play.woman(1)
      const id = await play.at.visited(personId)
      await sql`UPDATE app.consent SET withdrawn_at = now() WHERE person_id = ${personId}::uuid`.execute(tx)
      expect((await stage.as('D1b').post('/api/hardship/inquiries', { ids: [id] })).status).toBe(403)
    }))
})

describe('an open file', () => {
  it('is listed for its re-check after twelve months and not a day before, and a re-check judges it anew', () =>
    trial(async (tx) => {
      const id = await play.at.opened(tx, await play.woman(1))
      const due = async () => (await desk('U4', '?watch=due')).rows.length
      setDay('2021-04-23')
      expect(await due()).toBe(0)
      setDay('2021-04-24')
      expect([await due(), (await desk('U4')).watched]).toEqual([
        1,
        { due: 1, untouched: 1, neverAided: 1, afterExit: 0 },
      ])
      well(await play.step('U4', id, 'recheck', { body: { ...household, income: 80_000 } }))
      const { results, state } = await play.read('D1', id)
      expect([state, results.map((r) => [r.occasion, r.version])]).toEqual([
        'open',
        [
          ['recheck', 'hardshipCategories@2021-01-01'],
          ['verify', 'hardshipCategories@2016-01-01'],
        ],
      ])
      expect(await due()).toBe(0)
    }))

  it('ends on a day that is not before its opening nor after today, and takes its household out of the count', () =>
    trial(async (tx) => {
      const id = await play.at.opened(tx, await play.woman(1))
      const close = (on: string) => play.step('D1', id, 'close', { on, closedFor: '脱困' })
      expect(issues(await close('2020-04-23'))).toEqual(['on'])
      expect(issues(await close('2020-04-25'))).toEqual(['on'])
      well(await close('2020-04-24'))
      expect((await play.records(tx)).map((r) => [r['matter'], r['households'], r['singles']])).toEqual([
        ['建档', 1, 1],
        ['销档', 1, 1],
      ])
    }))
})
