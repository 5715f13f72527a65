import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Checked, Issued, Ledger } from '#certificate/api.ts'
import type { Desk } from '#publicNotice/api.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { campaignBody, honourPlay, nomineeBody } from '../support/honours.ts'

let stage: Stage
let play: ReturnType<typeof honourPlay>
beforeAll(async () => {
  stage = await openStage()
  play = honourPlay(stage)
})
afterAll(() => stage.close())

const fieldsOf = (answer: { body: { issues?: { field: string }[] } }) =>
  answer.body.issues?.map((i) => i.field)
const messageOf = (answer: { body: { issues?: { message: string }[] } }) => answer.body.issues?.[0]?.message

/** What the books say of accepted persons. */
const counted = async (tx: Tx) =>
  (
    await rows<{ n: number }>(
      tx,
      sql`SELECT coalesce(sum(l.val), 0)::int AS n FROM app.ledger l JOIN app.indicator i ON i.id = l.indicator_id WHERE i.code = 'honour.persons' AND l.state = 1`,
    )
  )[0]!.n

/** A campaign whose two nominations were judged, proposed and decided: shown to everybody since 18 May. */
async function shown() {
  const id = await play.opened()
  const a = await play.listed('U1', id)
  const b = await play.listed('U3', id, { name: '李示安' })
  await play.must(play.judge(id))
  for (const nomination of [a, b])
    for (const juror of ['D2', 'I1', 'I2']) await play.must(play.score(juror, nomination))
  await play.must(play.act('C', 'campaigns', id, 'choice', { nominations: [a, b] }))
  await play.onDay('2020-05-18', () =>
    play.must(play.act('Cb', 'campaigns', id, 'decision', { agrees: true, reason: '' })),
  )
  return { id, a, b }
}
const grant = (id: string, more: object = {}) =>
  play.act('C', 'campaigns', id, 'grant', { docNo: '示例工发〔2020〕9号', grantedOn: '2020-05-26', ...more })

describe('a campaign', () => {
  it('is its organiser’s while it drafts; whoever stands below sees it once it is open', () =>
    stage.trial(async () => {
      const made = await play.post('C', '/api/honour-campaigns', campaignBody)
      const look = (who: string) => stage.as(who).get(`/api/honour-campaigns/${made.body.id}`)
      expect([(await look('C')).status, (await look('U1')).status]).toEqual([200, 404])
      await play.must(play.act('C', 'campaigns', made.body.id, 'state', { act: 'open' }))
      expect((await look('U1')).status).toBe(200)
      expect((await play.post('U1', '/api/honour-campaigns', campaignBody)).status).toBe(403)
    }))

  it.each([
    [
      'places by unit above the places in all',
      { quotas: [{ org: 2, type: 'm', places: 3 }] },
      'types.0.places',
    ],
    ['a unit that is not below', { quotas: [{ org: 999, type: 'm', places: 1 }] }, 'quotas'],
    ['an end before its beginning', { closesOn: '2020-04-15' }, 'closesOn'],
    ['no title', { types: [] }, 'types'],
  ])('with %s is refused at its field', (_, more, field) =>
    stage.trial(async () => {
      const refused = await play.post('C', '/api/honour-campaigns', { ...campaignBody, ...more })
      expect([refused.status, fieldsOf(refused)]).toEqual([422, [field]])
    }),
  )

  it('takes nominations from its first day to the end of its last', () =>
    stage.trial(async () => {
      const id = await play.opened({ opensOn: '2020-04-17', closesOn: '2020-04-20' })
      const statusOn = (day: string) =>
        play.onDay(
          day,
          async () =>
            (await play.post('U1', '/api/honour-nominations', { campaignId: id, ...nomineeBody })).status,
        )
      expect(await statusOn('2020-04-16')).toBe(422)
      expect([
        await statusOn('2020-04-17'),
        await statusOn('2020-04-20'),
        await statusOn('2020-04-21'),
      ]).toEqual([200, 200, 422])
      const early = await play.onDay('2020-04-20', () =>
        play.act('C', 'campaigns', id, 'state', { act: 'judge' }),
      )
      expect([early.status, fieldsOf(early)]).toEqual([422, ['state']])
    }))
})

describe('a nomination', () => {
  it('is heard by party and union, shown five working days, sent up and passed on', () =>
    stage.trial(async () => {
      const id = await play.opened()
      const n = await play.begin('U1', id)
      expect(fieldsOf(await play.move('U1', n, 'notice'))).toEqual(['opinion.party', 'opinion.union'])
      await play.must(play.opine('U1', n, 'party'))
      await play.must(play.opine('U1', n, 'union'))
      expect((await play.move('U1', n, 'send')).body.code).toBe('409.159')
      await play.must(play.move('U1', n, 'notice'))
      const early = await play.onDay('2020-04-23', () => play.move('U1', n, 'send'))
      expect([early.status, early.body.code]).toEqual([409, '409.161'])
      for (const who of ['S1', 'D1', 'C'])
        expect((await stage.as(who).get(`/api/honour-nominations/${n}`)).status).toBe(404)
      await play.onDay('2020-04-24', () => play.must(play.move('U1', n, 'send')))
      expect((await play.nomination('D1', n)).isTurn).toBe(true)
      expect((await play.opine('S1', n, 'upper')).status).toBe(403)
      expect((await stage.as('D2').get(`/api/honour-nominations/${n}`)).status).toBe(200)
      expect((await stage.as('U2').get(`/api/honour-nominations/${n}`)).status).toBe(404)
      await play.must(play.opine('D1', n, 'upper'))
      expect((await play.nomination('C', n)).state).toBe('listed')
    }))

  it('comes back with the reason when the tier above disagrees', () =>
    stage.trial(async () => {
      const id = await play.opened()
      const n = await play.begin('U1', id)
      await play.opine('U1', n, 'party')
      await play.opine('U1', n, 'union')
      await play.move('U1', n, 'notice')
      await play.onDay('2020-04-24', async () => {
        await play.must(play.move('U1', n, 'send'))
        await play.must(play.opine('D1', n, 'upper', false))
      })
      expect(await play.nomination('U1', n)).toMatchObject({ state: 'draft', reason: '材料不实，请核实' })
    }))

  it('of somebody honoured so at the same level is stopped; after four years and 364 days at the front too', () =>
    stage.trial(async (tx) => {
      const id = await play.opened()
      const late = await play.begin('U1', id, { frontSince: '2015-04-17' })
      expect(messageOf(await play.move('U1', late, 'notice'))).toBe(
        '在一线岗位未满 5 年，2020-04-17 起可以推荐',
      )
      await play.must(
        stage.as('U1').post('/api/records/honour', {
          body: {
            title: '张示宁获市五一巾帼标兵',
            grade: '台账',
            subject: '个人',
            honoree: '张示宁',
            grantedOn: '2019-03-05',
            docNo: '示例1号',
            titles: [{ honourType: '市五一巾帼标兵', giver: '示例C工会', level: '市级' }],
          },
        }),
      )
      await sql`UPDATE app.record SET state = 'accepted', turn_of = NULL WHERE title = '张示宁获市五一巾帼标兵'`.execute(
        tx,
      )
      const n = await play.begin('U1', id)
      const { faults } = await play.nomination('U1', n)
      expect(faults).toMatchObject([{ field: 'name', message: expect.stringContaining('不重复推荐') }])
      expect(fieldsOf(await play.move('U1', n, 'notice'))).toEqual(['name'])
    }))

  it('keeps to the places of its unit', () =>
    stage.trial(async () => {
      const id = await play.opened({ quotas: [{ org: stage.world.org('D1'), type: 'm', places: 1 }] })
      await play.listed('U1', id)
      const second = await play.begin('U3', id, { name: '李示安' })
      for (const step of ['party', 'union']) await play.opine('U3', second, step)
      await play.move('U3', second, 'notice')
      const full = await play.onDay('2020-04-24', () => play.move('U3', second, 'send'))
      expect(messageOf(full)).toContain('已经报满')
      const none = await play.begin('U5', id, { name: '王示和' })
      for (const step of ['party', 'union']) await play.opine('U5', none, step)
      await play.move('U5', none, 'notice')
      expect(messageOf(await play.onDay('2020-04-24', () => play.move('U5', none, 'send')))).toContain(
        '没有分到',
      )
    }))

  it('on paper holds what was written', () =>
    stage.trial(async () => {
      const n = await play.begin('U1', await play.opened())
      const file = await stage.as('U1').post(`/api/honour-nominations/${n}/form`, undefined, { key: null })
      expect([file.status, file.headers['content-disposition']]).toEqual([
        200,
        expect.stringContaining(encodeURIComponent('推荐审批表_张示宁')),
      ])
    }))
})

describe('the jury', () => {
  it('sees another’s score only after her own, leaves her own unit alone and scores once', () =>
    stage.trial(async () => {
      const id = await play.opened({}, ['D2', 'I1', 'U1b', 'C'])
      const n = await play.listed('U1', id)
      expect((await play.score('D2', n)).body.code).toBe('409.158')
      await play.must(play.judge(id))
      const points = async (who: string) => (await play.nomination(who, n)).scores.map((s) => s.total)
      await play.must(play.score('D2', n, [20, 40, 25, 15]))
      expect([await points('D2'), await points('I1'), await points('C'), await points('D1')]).toEqual([
        [100],
        [],
        [],
        [],
      ])
      expect((await play.nomination('C', n)).scored).toBe(1)
      expect((await play.campaign('C', id)).rows[0]!.average).toBeNull()
      expect((await play.score('U1b', n)).status).toBe(403)
      await play.must(play.score('U1b', n, [], true))
      expect(await points('U1b')).toEqual([0])
      expect((await play.score('D1', n)).status).toBe(403)
      expect(fieldsOf(await play.score('I1', n, [21, 0, 0, 0]))).toEqual(['points.0'])
      await play.must(play.score('I1', n, [10, 20, 10, 10]))
      expect((await play.score('I1', n)).body.code).toBe('409.160')
      expect(new Set(await points('I1'))).toEqual(new Set([0, 50, 100]))
    }))

  it('has its say before a list is made, and the list keeps places and shares', () =>
    stage.trial(async () => {
      const id = await play.opened({ hasShares: true })
      const a = await play.listed('U1', id)
      const b = await play
        .listed('U3', id, { name: '李示安', isHead: true, isIndustrial: false, isMigrant: false })
        .catch(() => null)
      // The head of an enterprise needs the word of others first.
      expect(b).toBeNull()
      const c = await play.listed('U2', id, { name: '王示和', isIndustrial: false, isNonPublic: false })
      await play.must(play.judge(id))
      await play.score('D2', a)
      const choose = (nominations: string[]) => play.act('C', 'campaigns', id, 'choice', { nominations })
      expect(messageOf(await choose([a]))).toContain('至少要 3 位')
      for (const n of [a, c]) for (const juror of ['D2', 'I1', 'I2']) await play.score(juror, n)
      expect(messageOf(await choose([c]))).toContain('产业工人占 0%')
      await play.must(choose([a, c]))
      const same = await play.act('C', 'campaigns', id, 'decision', { agrees: true, reason: '' })
      expect(same.body.code).toBe('422.7')
      await play.must(play.act('leader', 'campaigns', id, 'decision', { agrees: true, reason: '' }))
      expect((await play.campaign('C', id)).rows.find((r) => r.id === a)!.average).toBe(8600)
    }))
})

describe('a grant', () => {
  it('waits for the notice, makes an accepted record of each, and its certificate tells what it was for', () =>
    stage.trial(async (tx) => {
      const { id, a, b } = await shown()
      const early = await play.onDay('2020-05-25', () => grant(id))
      expect([early.status, early.body.code]).toEqual([409, '409.161'])
      const soon = await play.onDay('2020-05-26', () => grant(id, { grantedOn: '2020-05-25' }))
      expect(fieldsOf(soon)).toEqual(['grantedOn'])
      const before = await counted(tx)
      await play.onDay('2020-05-26', async () => {
        await play.must(grant(id))
        expect((await counted(tx)) - before).toBe(2)
        const rowsOf = (await play.campaign('C', id)).rows
        expect(rowsOf.map((r) => r.state)).toEqual(['granted', 'granted'])
        const records = [a, b].map((n) => rowsOf.find((r) => r.id === n)!.recordId!)
        const seen = await stage
          .as('U1')
          .get<{ state: string; history: { action: string }[] }>(`/api/records/honour/${records[0]}`)
        expect([seen.body.state, seen.body.history.map((h) => h.action)]).toEqual([
          'accepted',
          ['submit', 'accept'],
        ])
        const issued = await stage.as('C').post<Issued>('/api/certificates', { layout: 'honour', records })
        expect(issued.status).toBe(200)
        const ledger = (await stage.as('C').get<Ledger>('/api/certificates')).body.rows
        const check = async () =>
          (
            await stage
              .as(null)
              .get<Checked>(`/api/certificates/check/${ledger.find((r) => r.recordId === records[0])!.code}`)
          ).body
        expect(await check()).toMatchObject({
          state: 'valid',
          words: expect.stringContaining('市五一巾帼标兵'),
        })
        // Taken back by the giver alone: the figure goes down, the certificate says so.
        const revoke = (who: string) =>
          play.post(who, `/api/honour-register/${records[0]}/revocation`, {
            reason: '推荐材料失实，经核查撤销',
            version: 2,
          })
        expect((await revoke('D1')).status).toBe(403)
        await play.must(revoke('C'))
        expect((await counted(tx)) - before).toBe(1)
        expect((await check()).state).toBe('revoked')
        const roll = await stage.as(null).get<{ honoree: string }[]>('/api/honour-roll?year=2020')
        expect(roll.body.map((r) => r.honoree)).toEqual(['李示安'])
      })
    }))

  it('leaves out a line with a valid objection, even one of the last day', () =>
    stage.trial(async (tx) => {
      const { id, a } = await shown()
      const { noticeId } = await play.campaign('C', id)
      const notice = await stage
        .as(null)
        .get<{ lines: { line: number; name: string }[] }>(`/api/public-notices/${noticeId}`)
      const { line } = notice.body.lines.find((l) => l.name === '张示宁')!
      await play.onDay('2020-05-25', () =>
        play.must(
          stage
            .as(null)
            .post(
              `/api/public-notices/${noticeId}/objections`,
              { line, body: '她今年一月已经调离一线岗位', contact: '' },
              { key: null },
            ),
        ),
      )
      const before = await counted(tx)
      await play.onDay('2020-05-26', async () => {
        expect((await grant(id)).body.code).toBe('409.161')
        const desk = (await stage.as('C').get<Desk>('/api/public-notice-desk')).body
        const objection = desk.find((n) => n.id === noticeId)!.objections[0]!
        await play.must(
          stage.as('C').post(`/api/public-notice-objections/${objection.id}/answer`, {
            verdict: 'valid',
            answer: '经核查属实，不再表彰',
          }),
        )
        await play.must(grant(id))
        expect((await counted(tx)) - before).toBe(1)
        expect((await play.nomination('U1', a)).state).toBe('blocked')
      })
    }))
})

it('a family is heard by the union alone, shown three working days, and counts as one', () =>
  stage.trial(async (tx) => {
    const type = {
      key: 'f',
      name: '市最美家庭',
      subject: '家庭',
      level: '市级',
      demand: 'none',
      series: '最美家庭',
      places: 1,
    }
    const id = await play.opened({ kind: 'family', title: '2020年市最美家庭评选', types: [type] })
    const n = await play.begin('U1', id, { typeKey: 'f', name: '张示宁家庭' })
    await play.opine('U1', n, 'union')
    expect(fieldsOf(await play.move('U1', n, 'send'))).toEqual(['motto'])
    const { version } = await play.nomination('U1', n)
    const body = { ...nomineeBody, typeKey: 'f', name: '张示宁家庭', motto: '勤俭和睦' }
    await play.must(stage.as('U1').put(`/api/honour-nominations/${n}`, { ...body, version }))
    await play.must(play.move('U1', n, 'send'))
    await play.must(play.opine('D1', n, 'upper'))
    await play.must(play.judge(id))
    for (const juror of ['D2', 'I1', 'I2']) await play.must(play.score(juror, n))
    await play.must(play.act('C', 'campaigns', id, 'choice', { nominations: [n] }))
    await play.onDay('2020-05-18', () =>
      play.must(play.act('Cb', 'campaigns', id, 'decision', { agrees: true, reason: '' })),
    )
    expect((await play.campaign('C', id)).noticeClosesOn).toBe('2020-05-21')
    await play.onDay('2020-05-22', () => play.must(grant(id, { grantedOn: '2020-05-22' })))
    const [row] = await rows<{ n: number }>(
      tx,
      sql`SELECT sum(l.val)::int AS n FROM app.ledger l JOIN app.indicator i ON i.id = l.indicator_id WHERE i.code = 'beautifulFamily.titles' AND l.state = 1`,
    )
    expect(row!.n).toBe(1)
  }))
