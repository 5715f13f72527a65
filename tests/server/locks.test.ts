import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChangeAct, ChangeLine } from '#org/change/api.ts'
import type { KeptValues, LockedFigures, LockList, MovedRecords, Preview } from '#figures/lock/api.ts'
import { compareLocks } from '#figures/lock/verify.server.ts'
import { findProgramme } from '#programmes/index.ts'
import type { RecordDetail, RecordList } from '#record/api.ts'
import type { Tx } from '#server/database.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import { playOn, type Refusal, type Written } from '../support/play.ts'

let stage: Stage
let play: ReturnType<typeof playOn>
beforeAll(async () => {
  stage = await openStage()
  play = playOn(stage.as)
})
afterAll(() => stage.close())

const day = '2019-03-20'
const march = { calendar: 'month', year: 2019, part: 3, note: '季报已报送', waiting: 0 }

/** U4 enters, D1 accepts. */
let serial = 0
async function enter(women: number, on = day): Promise<Written> {
  const body = bodyOf(findProgramme('training')!, {
    startsOn: on,
    endsOn: on,
    women,
    all: women,
    title: `第${++serial}期培训`,
  })
  const { status, body: made } = await stage
    .as('U4')
    .post<Written>('/api/records/training', { body, warningNote: '属实' })
  expect([status, made]).toEqual([200, expect.objectContaining({ state: 'submitted' })])
  return made
}
const count = async (women: number, on = day): Promise<Written> =>
  play.mustAct('D1b', await enter(women, on), { action: 'accept' })

const lock = (who: string, more: object = {}) =>
  stage.as(who).post<{ id: string } & Refusal>('/api/locks', { ...march, ...more })
const mustLock = async (who: string, more: object = {}): Promise<string> => {
  const { status, body } = await lock(who, more)
  expect([status, body]).toEqual([200, { id: expect.any(String) }])
  return body.id
}
const since = async (
  who: string,
  indicator = 'training.attendances',
  query = 'calendar=month&year=2019&part=3',
) => {
  const { body } = await stage.as(who).get<LockedFigures>(`/api/figures/locked?${query}`)
  return body.figures.find((f) => f.indicator === indicator)
}
const detail = async (who: string, { id }: Pick<Written, 'id'>) =>
  (await stage.as(who).get<RecordDetail>(`/api/records/training/${id}`)).body
const moved = async (who: string) =>
  (
    await stage
      .as(who)
      .get<MovedRecords>(
        '/api/figures/locked/records?calendar=month&year=2019&part=3&indicator=training.attendances',
      )
  ).body.rows

/** U4 proposes other numbers for a record. */
async function correct(record: Written, women: number, on = day): Promise<Written> {
  const id = randomUUID()
  const body = bodyOf(findProgramme('training')!, { startsOn: on, endsOn: on, women, all: women })
  const draft = {
    programme: 'training',
    kind: 'correction',
    recordId: record.id,
    baseVersion: record.version,
    body,
    sequence: 1,
  }
  expect((await stage.as('U4').put(`/api/drafts/${id}`, draft)).status).toBe(200)
  const sent = await stage
    .as('U4')
    .post<Written>(`/api/drafts/${id}/submit`, { body, reason: '数字填错了', warningNote: '属实' })
  expect([sent.status, sent.raw]).toEqual([200, expect.any(String)])
  return sent.body
}
async function decide(who: string, record: Pick<Written, 'id'>, verdict = 'accept', reason?: string) {
  const { pending } = await detail(who, record)
  const { id, sequence } = pending[0]!
  return stage.as(who).post<Written & Refusal>(`/api/proposals/${id}/decision`, { verdict, sequence, reason })
}

const acceptRoom = async (made: Written) =>
  expect(
    (
      await stage
        .as('D1b')
        .post(`/api/records/careRoom/${made.id}/actions`, { action: 'accept', version: made.version })
    ).status,
  ).toBe(200)

const changes = '/api/org-changes'
const change = async (who: string, act: ChangeAct) => {
  const { rows } = (await stage.as(who).get<{ rows: ChangeLine[] }>(changes)).body
  const { id, version } = rows[0]!
  return stage.as(who).post<Refusal>(`${changes}/${id}/decision`, { act, version, reason: '示例' })
}

/** D2 gets U4 from a month on: asked for by the city, agreed to by both sides, done by another of the city. */
const move = async (fromYm: number) => {
  const [orgId, parentId] = [stage.world.org('U4'), stage.world.org('D2')]
  await stage.as('C').post(changes, { kind: 'move', orgId, parentId, fromYm, docNo: '示例' })
  for (const who of ['D1', 'D2']) expect((await change(who, 'consent')).status).toBe(200)
  return change('Cb', 'do')
}

const sound = async (tx: Tx) => expect((await compareLocks(tx)).differences).toEqual([])

describe('a lock', () => {
  it('says what is still under review, and never goes over more than was seen', () =>
    stage.trial(async () => {
      await enter(20)
      await enter(30, '2019-04-02')
      const { body } = await stage.as('C').get<Preview>('/api/locks/preview?calendar=month&year=2019&part=3')
      expect(body).toMatchObject({ records: 1, proposals: 0, waiting: 1, locked: null })
      expect(body.at).toEqual([
        expect.objectContaining({ records: 1, org: expect.objectContaining({ code: 'D1' }) }),
      ])
      const refused = await lock('C')
      expect([refused.status, refused.body.code, refused.body.details]).toEqual([
        409,
        '409.21',
        { waiting: 1 },
      ])
      await mustLock('C', { waiting: 1 })
    }))

  it('counts a correction that waits, by its old and by its new month', () =>
    stage.trial(async () => {
      await correct(await count(20, '2019-05-08'), 20, day)
      const { body } = await stage.as('D1').get<Preview>('/api/locks/preview?calendar=month&year=2019&part=3')
      expect(body).toMatchObject({ records: 0, proposals: 1, waiting: 1 })
    }))

  it.each([
    ['a month that is not over', { year: 2020, part: 4 }, 422, '还没有过完'],
    ['a month that does not exist', { calendar: 'quarter', part: 5 }, 422, '不存在'],
  ])('is refused for %s', (_, more, status, words) =>
    stage.trial(async () => {
      const refused = await lock('C', more)
      expect([refused.status, refused.body.message]).toEqual([status, expect.stringContaining(words)])
      expect(refused.body.issues?.[0]?.field).toBe('part')
    }),
  )

  it('is refused where the unit has locked a month of it; another tier locks on its own', () =>
    stage.trial(async () => {
      await mustLock('C')
      const refused = await lock('C', { calendar: 'year', part: 1 })
      expect([refused.body.code, refused.body.message]).toEqual([
        '409.20',
        expect.stringContaining('2019年3月'),
      ])
      await mustLock('D1', { calendar: 'year', part: 1 })
      const seen = (await stage.as('U4').get<LockList>('/api/locks')).body
      expect(seen.above.map((l) => l.org.code).sort()).toEqual(['C', 'D1'])
      expect([seen.own, seen.maySet]).toEqual([[], false])
      expect((await stage.as('C').get<LockList>('/api/locks')).body.below.map((l) => l.org.code)).toEqual([
        'D1',
      ])
      expect((await stage.as('U5').get<LockList>('/api/locks')).body.above.map((l) => l.org.code)).toEqual([
        'C',
      ])
    }))

  it('keeps values that verify recounts from the sequences, and finds one that was changed', () =>
    stage.trial(async (tx) => {
      await count(20)
      await mustLock('C')
      await count(30)
      await sound(tx)
      await sql`UPDATE app.period_lock_value SET val = val + 1 WHERE indicator_id = (SELECT id FROM app.indicator WHERE code = 'training.attendances')`.execute(
        tx,
      )
      const { locks, differences } = await compareLocks(tx)
      expect([locks, differences]).toEqual([1, [{ what: expect.stringContaining('training.attendances') }]])
    }))

  it('keeps the balances of a stock at the end of each month', () =>
    stage.trial(async (tx) => {
      const programme = findProgramme('careRoom')!
      const built = (builtOn: string) =>
        stage.as('U4').post<Written>('/api/records/careRoom', {
          body: bodyOf(programme, { builtOn, intervals: [], verifiedOn: null, delistedOn: null }),
          warningNote: '属实',
        })
      await acceptRoom((await built('2018-06-01')).body)
      await mustLock('C', { calendar: 'quarter', part: 1 })
      await acceptRoom((await built('2019-02-01')).body)
      const q1 = 'calendar=quarter&year=2019&part=1'
      expect(await since('C', 'careRoom.total', q1)).toMatchObject({
        locked: 1,
        live: 2,
        added: 1,
        corrected: 0,
      })
      expect(await since('C', 'careRoom.built', q1)).toMatchObject({ locked: 0, live: 1, added: 1 })
      expect(await since('C', 'careRoom.total', 'calendar=month&year=2019&part=1')).toMatchObject({
        locked: 1,
        live: 1,
      })
      await sound(tx)
    }))
})

describe('in a locked period', () => {
  it('a first entry is 补报: on the record, in the list, on the card, in the trace and in the figures', () =>
    stage.trial(async (tx) => {
      const before = await count(20)
      await mustLock('C')
      const after = await enter(7)
      expect([(await detail('U4', before)).afterLock, (await detail('U4', after)).afterLock]).toEqual([
        false,
        true,
      ])
      expect((await detail('U4', after)).late).toBe(false)
      const cards = (
        await stage.as('D1b').get<{ cards: { id: string; afterLock: boolean }[] }>('/api/inbox?box=review')
      ).body.cards
      expect(cards.find((c) => c.id === after.id)?.afterLock).toBe(true)
      expect(await since('C')).toEqual(expect.objectContaining({ locked: 20, live: 20, added: 0 }))
      await play.mustAct('D1b', after, { action: 'accept' })
      const { rows } = (await stage.as('D1').get<RecordList>('/api/records/training')).body
      expect(rows.map((r) => [r.id === after.id, r.afterLock])).toEqual(
        expect.arrayContaining([
          [true, true],
          [false, false],
        ]),
      )
      for (const who of ['C', 'D1', 'U4'])
        expect(await since(who)).toEqual({
          indicator: 'training.attendances',
          locked: 20,
          live: 27,
          added: 7,
          corrected: 0,
          records: 1,
        })
      expect(await since('D2')).toMatchObject({ locked: 0, live: 0, records: 0 })
      expect((await moved('C')).map((r) => [r.id, r.first, r.value])).toEqual([[after.id, true, 7]])
      const trace = (
        await stage
          .as('C')
          .get<{ rows: { id: string; afterLock: boolean }[] }>(
            '/api/figures/trace?indicator=training.attendances&year=2019',
          )
      ).body
      expect(trace.rows.filter((r) => r.afterLock).map((r) => r.id)).toEqual([after.id])
      await sound(tx)
    }))

  it('what was submitted before the lock and is accepted after it is 补报 too', () =>
    stage.trial(async () => {
      const waiting = await enter(9)
      await mustLock('C', { waiting: 1 })
      await play.mustAct('D1b', waiting, { action: 'accept' })
      expect((await detail('C', waiting)).afterLock).toBe(true)
      expect(await since('C')).toMatchObject({ locked: 0, live: 9, added: 9 })
    }))

  it('a returned and a withdrawn record go their way, as 补报', () =>
    stage.trial(async () => {
      const [returned, withdrawn] = [await enter(5), await enter(6)]
      await mustLock('C', { waiting: 2 })
      const back = await play.giveBack('D1b', returned)
      await play.mustAct('U4', withdrawn, { action: 'withdraw' })
      expect((await play.propose('U4', 'draft', back)).status).toBe(200)
      expect((await detail('U4', returned)).state).toBe('submitted')
    }))

  it('a correction needs the city that locked it besides the district that accepts it; the published value stays', () =>
    stage.trial(async (tx) => {
      const record = await count(20)
      await mustLock('C')
      expect((await detail('U4', record)).lockedBy.map((o) => o.code)).toEqual(['C'])
      expect((await correct(record, 25)).turnOf?.code).toBe('D1')
      expect((await detail('D1b', record)).pending[0]).toMatchObject({
        mayDecide: true,
        consents: [],
        further: [{ code: 'C' }],
      })
      const first = await decide('D1b', record)
      expect([first.status, first.body.turnOf?.code]).toEqual([200, 'C'])
      expect(await since('C')).toMatchObject({ locked: 20, live: 20, corrected: 0 })
      const seen = (await detail('Cb', record)).pending[0]!
      expect(seen).toMatchObject({
        mayDecide: true,
        further: [],
        consents: [{ org: '示例D1工会', person: '演示D1b' }],
      })
      expect((await decide('Cb', record)).body.turnOf).toBeNull()
      for (const who of ['C', 'D1', 'U4'])
        expect(await since(who)).toMatchObject({ locked: 20, live: 25, added: 0, corrected: 5, records: 1 })
      expect((await moved('C')).map((r) => [r.id, r.first, r.value])).toEqual([[record.id, false, 5]])
      expect((await detail('U4', record)).afterLock).toBe(false)
      await sound(tx)
    }))

  it('so does a voiding, also of 补报', () =>
    stage.trial(async () => {
      await mustLock('C')
      const record = await count(8)
      const asked = await play.mustAct('U4', record, { action: 'void', reason: '重复' })
      expect(asked.turnOf?.code).toBe('D1')
      expect((await decide('D1b', record)).body.turnOf?.code).toBe('C')
      expect((await decide('Cb', record)).body.state).toBe('voided')
      expect(await since('C')).toMatchObject({ locked: 0, live: 0, added: 0, corrected: 0 })
    }))

  it('the unit that locked may refuse; the correction goes back and starts anew', () =>
    stage.trial(async () => {
      const record = await count(20)
      await mustLock('C')
      await correct(record, 25)
      await decide('D1b', record)
      expect((await decide('Cb', record, 'return', '已报送，不再改')).status).toBe(200)
      expect(await since('C')).toMatchObject({ locked: 20, live: 20 })
      const { draftId } = await detail('U4', record)
      const body = bodyOf(findProgramme('training')!, { startsOn: day, endsOn: day, women: 26, all: 26 })
      const again = await stage
        .as('U4')
        .post<Written>(`/api/drafts/${draftId}/submit`, { body, reason: '再核' })
      expect(again.body.turnOf?.code).toBe('D1')
      expect((await detail('D1b', record)).pending[0]!.consents).toEqual([])
    }))

  it('a lock that comes while a correction waits is asked as well; one that is the accepting unit’s own asks nobody twice', () =>
    stage.trial(async () => {
      const [one, two] = [await count(20), await count(30)]
      await correct(one, 21)
      await mustLock('C', { waiting: 1 })
      expect((await decide('D1b', one)).body.turnOf?.code).toBe('C')
      const other = await count(40, '2019-05-08')
      await mustLock('D1', { part: 5 })
      await correct(other, 41, '2019-05-08')
      expect((await decide('D1b', other)).body.turnOf).toBeNull()
      // Into a locked month: its lock is asked, though the record stood in an open one.
      const third = await count(50, '2019-06-08')
      await correct(third, 50, day)
      expect((await decide('D1b', third)).body.turnOf?.code).toBe('C')
      expect((await detail('C', two)).pending).toEqual([])
    }))

  it('nobody agrees twice, nor to what she proposed, in whatever post', () =>
    stage.trial(async () => {
      const record = await count(20)
      await mustLock('C')
      await correct(record, 25)
      const own = await decide('D1x', record)
      expect([own.status, own.body.code]).toEqual([422, '422.7'])
      await decide('D1b', record)
      expect((await detail('D1b', record)).pending[0]!.mayDecide).toBe(false)
      const again = await decide('D1b', record)
      expect([again.status, again.body.code]).toEqual([403, '403.1'])
    }))

  it('no unit is moved back into it', () =>
    stage.trial(async () => {
      await mustLock('D1')
      const refused = await move(201903)
      expect([refused.status, refused.body.code]).toEqual([409, '409.23'])
      expect((await change('C', 'withdraw')).status).toBe(200)
      expect((await move(201904)).status).toBe(200)
    }))
})

const reopen = (who: string, id: string, body: object) =>
  stage.as(who).post<Refusal>(`/api/locks/${id}/reopening`, body)

describe('reopening', () => {
  it('is asked for by one person with a reason and granted by another; what was published stays', () =>
    stage.trial(async (tx) => {
      const record = await count(20)
      const id = await mustLock('C')
      const ask = { act: 'ask', version: 1, reason: '漏了一个区' }
      expect((await reopen('C', id, { ...ask, reason: ' ' })).body.code).toBe('422.4')
      expect((await reopen('D1', id, ask)).status).toBe(403)
      expect((await reopen('C', id, { ...ask, act: 'grant' })).body.code).toBe('409.22')
      expect((await reopen('C', id, ask)).status).toBe(200)
      expect((await reopen('C', id, { act: 'grant', version: 2 })).body.code).toBe('422.18')
      expect((await reopen('Cb', id, { act: 'grant', version: 1 })).body.code).toBe('409.22')
      const asked = (await stage.as('Cb').get<LockList>('/api/locks')).body.own[0]!
      expect(asked).toMatchObject({ askedBy: '演示C', reason: '漏了一个区', askedByMe: false })
      expect((await reopen('Cb', id, { act: 'grant', version: 2 })).status).toBe(200)
      await correct(record, 25)
      expect((await decide('D1b', record)).body.turnOf).toBeNull()
      const kept = await sql<{
        val: number
      }>`SELECT val::int FROM app.period_lock_value WHERE lock_id = ${id}::uuid
        AND indicator_id = (SELECT id FROM app.indicator WHERE code = 'training.attendances')`.execute(tx)
      expect(kept.rows).toEqual([{ val: 20 }])
      const reopened = (await stage.as('C').get<KeptValues>(`/api/locks/${id}`)).body
      expect(reopened.figures.find((f) => f.indicator === 'training.attendances')).toMatchObject({
        locked: 20,
        live: 25,
      })
      expect((await stage.as('D1').get(`/api/locks/${id}`)).status).toBe(404)
      // Locked anew, the new value is what is published.
      await mustLock('C')
      expect(await since('C')).toMatchObject({ locked: 25, live: 25 })
      await sound(tx)
    }))

  it('may be taken back, and needs a second factor of late', () =>
    stage.trial(async (tx) => {
      const id = await mustLock('C')
      await reopen('C', id, { act: 'ask', version: 1, reason: '漏报' })
      expect((await reopen('C', id, { act: 'cancel', version: 2 })).status).toBe(200)
      expect((await stage.as('C').get<LockList>('/api/locks')).body.own[0]).toMatchObject({
        askedAt: null,
        reason: null,
        version: 3,
      })
      await sql`UPDATE app.session SET is_demo = false, factor_at = now() - interval '6 minutes'`.execute(tx)
      const refused = await reopen('C', id, { act: 'ask', version: 3, reason: '漏报' })
      expect([refused.status, refused.body.code]).toEqual([403, '403.4'])
    }))
})
