import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { MessageList } from '#notify/api.ts'
import { childcareAt } from '../support/childcare.ts'
import { openStage, type Stage } from '../support/client.ts'
import { aidAt, well } from '../support/hardship.ts'
import { honourPlay } from '../support/honours.ts'
import { inboxOf } from '../support/inbox.ts'
import { today } from '../support/world.ts'

let stage: Stage
let aid: ReturnType<typeof aidAt>
let honours: ReturnType<typeof honourPlay>
let care: ReturnType<typeof childcareAt>
let look: ReturnType<typeof inboxOf>['look']
let cards: ReturnType<typeof inboxOf>['cards']
beforeAll(async () => {
  stage = await openStage()
  aid = aidAt(stage)
  honours = honourPlay(stage)
  care = childcareAt(stage)
  ;({ look, cards } = inboxOf(stage))
})
afterAll(() => stage.close())
afterEach(() => {
  stage.world.deps.today = () => today
})

const told = async (who: string) =>
  (await stage.as(who).get<MessageList>('/api/messages')).body.rows.map(
    ({ subject, link }) => `${subject} · ${link}`,
  )

describe('a file of hardship', () => {
  it('waits for whoever is named for its next step, and for nobody else', () =>
    stage.trial(async () => {
      await aid.nameAll()
      const { id } = well(await aid.apply('U4', await aid.woman(1)))
      const link = `/hardship/files/${id}`
      const asked = `请核对申请 · ${link}`
      expect(await cards('U4b', 'review')).toEqual([asked])
      expect(await told('U4b')).toContain(`一份困难职工档案等您办理：请核对申请 · ${link}`)
      // Whoever entered it is not asked to check it; where her unit has another, the centre is not bothered by a message.
      expect(await cards('U4', 'review')).toEqual([])
      expect(await cards('U4', 'mine')).toEqual([`现由示例U4办理 · ${link}`])
      expect(await told('D1b')).toEqual([])
      for (const who of ['D1b', 'D1x', 'C', 'U3', 'D2']) expect(await cards(who, 'review'), who).toEqual([])
      const [card] = (await look('U4b', 'review')).cards
      expect(card).toMatchObject({ kind: 'matter', label: '困难职工档案', org: { code: 'U4' }, minutes: 1 })
      expect(card!.dueOn).toMatch(/^2020-04-/)
      // Neither card nor message says who she is.
      const { name } = await aid.read('U4', id)
      expect(JSON.stringify([card, await told('U4b')])).not.toContain(name)

      well(await aid.step('U4b', id, 'returned', { reason: '住房证明看不清' }))
      expect(await cards('U4', 'returned')).toEqual([`被退回，请补正后再报 · ${link}`])
      expect((await look('U4', 'fill')).counts).toMatchObject({ returned: 1 })
      expect(await told('U4')).toContain(`一份困难职工档案等您办理：被退回，请补正后再报 · ${link}`)
    }))

  it('goes to the centre, and stands meanwhile with what the unit has sent on', () =>
    stage.trial(async () => {
      await aid.nameAll()
      const id = await aid.at.visited(await aid.woman(1))
      const link = `/hardship/files/${id}`
      expect(await cards('D1b', 'review')).toEqual([`请送民政核对收入 · ${link}`])
      expect(await cards('U4', 'mine')).toEqual([`现由示例D1办理 · ${link}`])
    }))

  it('is the centre’s to check where her unit has nobody else for it', () =>
    stage.trial(async () => {
      for (const [org, who, duty] of [
        ['U4', 'U4', 'enter'],
        ['U4', 'U4', 'check'],
        ['D1', 'D1b', 'check'],
      ] as const)
        well(await aid.name('D1', org, who, duty))
      const { id } = well(await aid.apply('U4', await aid.woman(1)))
      const link = `/hardship/files/${id}`
      expect(await cards('U4', 'mine')).toEqual([`现由示例D1办理 · ${link}`])
      expect(await cards('U4', 'review')).toEqual([])
      expect(await cards('D1b', 'review')).toEqual([`请核对申请 · ${link}`])
    }))

  it('is opened by nobody who had it in hand, from the day after its notice', () =>
    stage.trial(async (tx) => {
      await aid.nameAll()
      well(await aid.name('D1b', 'D1', 'D1x', 'approve'))
      const id = await aid.at.noticed(tx, await aid.woman(1))
      stage.world.deps.today = () => '2020-04-30'
      const link = `/hardship/files/${id}`
      const open = `公示期满，请建档 · ${link}`
      // U4 entered it, and is named in the centre too.
      expect([await cards('D1', 'review'), await cards('D1x', 'review')]).toEqual([[open], []])
      // Put up on the 16th, passed on the 23rd: its term of five working days begins on the 24th.
      const { at, dueOn } = (await look('D1', 'review')).cards[0]!
      expect([at, dueOn]).toEqual(['2020-04-24', '2020-04-30'])
      expect((await stage.as('D1x').post('/api/hardship/openings', { ids: [id] })).status).toBe(422)
    }))

  it('aids wait as one card for each turn, for nobody who had one in hand, from the day of their last step', () =>
    stage.trial(async (tx) => {
      await aid.nameAll()
      well(await aid.name('D1b', 'D1', 'D1', 'pay'))
      const fileId = await aid.at.opened(tx, await aid.woman(1))
      const { id } = well(
        await stage
          .as('U4')
          .post<{ id: string }>('/api/hardship/aids', { fileId, kind: '生活', amount: 3000, fund: '区县' }),
      )
      const step = (who: string, name: string, version: number) =>
        stage.as(who).post(`/api/hardship/aids/${id}/steps`, { step: name, version })
      expect(await cards('D1b', 'review')).toEqual([])
      stage.world.deps.today = () => '2020-05-11'
      well(await step('U4b', 'check', 1))
      expect(await cards('U4b', 'review')).toEqual([])
      expect((await look('D1', 'review')).cards[0]).toMatchObject({ what: '待审批', dueOn: '2020-05-18' })
      well(await step('D1', 'approve', 2))
      expect(await cards('D1b', 'review')).toEqual(['待发放 · /hardship/aids?aid=approved'])
      // She approved it: the one who pays is another.
      expect(await cards('D1', 'review')).toEqual([])
      expect((await stage.as('D1').post('/api/hardship/batches', { ids: [id] })).status).toBe(422)
    }))

  it('an aid that is asked for is told as one card', () =>
    stage.trial(async (tx) => {
      await aid.nameAll()
      const fileId = await aid.at.opened(tx, await aid.woman(1))
      well(
        await stage.as('U4').post('/api/hardship/aids', { fileId, kind: '生活', amount: 3000, fund: '区县' }),
      )
      expect(await cards('U4b', 'review')).toEqual(['待核对 · /hardship/aids?aid=asked'])
      expect(await told('U4b')).toContain('一笔帮扶待核对 · /hardship/aids?aid=asked')
      expect(await cards('U4', 'review')).toEqual([])
    }))
})

describe('a nomination', () => {
  it('waits for the tier above, comes back to her unit, and its jury is asked to score', () =>
    stage.trial(async (tx) => {
      const campaign = await honours.opened()
      const id = await honours.begin('U1', campaign)
      expect(await cards('U1', 'fill')).toEqual([`推荐表还没有报送 · /honour-nominations/${id}`])
      for (const step of ['party', 'union']) await honours.must(honours.opine('U1', id, step))
      await honours.must(honours.move('U1', id, 'notice'))
      expect(await cards('U1', 'mine')).toEqual([`正在本单位公示 · /honour-nominations/${id}`])
      await honours.onDay('2020-04-24', () => honours.must(honours.move('U1', id, 'send')))
      const link = `/honour-nominations/${id}`
      expect(await cards('D1', 'review')).toEqual([`请审核并签署推荐意见 · ${link}`])
      // The term is that of the day on which it was sent up, however long it was a draft.
      await sql`UPDATE app.honour_nomination SET created_at = '2020-03-02T02:00:00Z' WHERE id = ${id}::uuid`.execute(
        tx,
      )
      expect((await look('D1', 'review')).cards[0]!.dueOn).toBe('2020-04-23')
      expect(await cards('U1', 'mine')).toContain(`现由示例D1办理 · ${link}`)
      expect((await told('D1'))[0]).toBe(
        `示例U1报来一份“2020年市五一巾帼标兵评选”推荐，请审核并签署意见 · ${link}`,
      )
      await honours.must(
        honours.act('D1', 'nominations', id, 'opinions', {
          step: 'upper',
          agrees: false,
          body: '事迹请写具体',
        }),
      )
      expect(await cards('U1', 'returned')).toEqual([`推荐被退回，请按意见修改 · ${link}`])
      expect((await told('U1'))[0]).toBe(
        `示例D1退回了一份“2020年市五一巾帼标兵评选”推荐，请按意见修改 · ${link}`,
      )
      expect(await cards('D1', 'review')).toEqual([])
    }))

  it('of a jury is one card that counts what is still to score', () =>
    stage.trial(async () => {
      const campaign = await honours.opened()
      const a = await honours.listed('U1', campaign)
      await honours.listed('U3', campaign, { name: '李示安' })
      await honours.must(honours.judge(campaign))
      const link = `/honours/${campaign}`
      expect(await cards('I1', 'review')).toEqual([`请评分，还有 2 份 · ${link}`])
      expect((await told('I1'))[0]).toBe(`“2020年市五一巾帼标兵评选”开始评审，请评分 · ${link}`)
      await honours.must(honours.score('I1', a))
      expect(await cards('I1', 'review')).toEqual([`请评分，还有 1 份 · ${link}`])
    }))

  it('asks its organiser for a list once every juror has scored, and again when that came back', () =>
    stage.trial(async (tx) => {
      const campaign = await honours.opened({}, ['I1', 'I2'])
      const a = await honours.listed('U1', campaign)
      await honours.must(honours.judge(campaign))
      const link = `/honours/${campaign}`
      await honours.must(honours.score('I1', a))
      expect(await cards('C', 'review')).toEqual([])
      await honours.must(honours.score('I2', a))
      expect(await cards('C', 'review')).toEqual([`评分已齐，请提出名单 · ${link}`])
      expect(await cards('D1', 'review')).toEqual([])
      await sql`UPDATE app.honour_campaign SET reason = '名额有变，请再议' WHERE id = ${campaign}::uuid`.execute(
        tx,
      )
      expect(await cards('C', 'returned')).toEqual([`名单被退回，请重新提出 · ${link}`])
      expect(await cards('C', 'review')).toEqual([])
    }))
})

it('a childcare class waits for the district, then the city, and a return for its own unit', () =>
  stage.trial(async () => {
    const { id } = well(await care.make('U1'))
    const link = `/childcare/${id}`
    expect(await cards('U1', 'fill')).toEqual([`开班申请还没有提交 · ${link}`])
    well(await care.step('U1', id, 'submit'))
    expect(await cards('D1', 'review')).toEqual([`请审核开班申请 · ${link}`])
    expect([await cards('C', 'review'), await cards('D2', 'review'), await cards('S1', 'review')]).toEqual([
      [],
      [],
      [],
    ])
    expect(await cards('U1', 'mine')).toEqual([`待区县审核 · ${link}`])
    well(await care.step('D1', id, 'return', '请补安全员'))
    expect(await cards('U1', 'returned')).toEqual([`申请被退回，请按意见修改 · ${link}`])
    well(await care.step('U1', id, 'submit'))
    well(await care.step('D1', id, 'recommend'))
    expect(await cards('C', 'review')).toEqual([`请评审开班申请 · ${link}`])
    expect((await look('C', 'review')).counts).toMatchObject({ review: 1, queue: 0 })
  }))

it('classes that wait for districts leave the city its own', () =>
  stage.trial(async (tx) => {
    const { id } = well(await care.make('U1', { fromOn: '2020-04-20' }))
    well(await care.step('U1', id, 'submit'))
    well(await care.step('D1', id, 'recommend'))
    // A hundred others start earlier and wait for the district.
    await sql`INSERT INTO app.childcare_class SELECT n.* FROM app.childcare_class c, generate_series(1, 110) g,
        jsonb_populate_record(c, jsonb_build_object('id', md5(g::text), 'state', 'district', 'from_on', '2020-04-17')) n
      WHERE c.id = ${id}::uuid`.execute(tx)
    expect(await cards('C', 'review')).toEqual([`请评审开班申请 · /childcare/${id}`])
    // More than were looked at are told as such, and never as a count.
    const { counts, atLeast } = await look('D1', 'review')
    expect([counts['review'], atLeast]).toEqual([101, ['review']])
    expect((await look('C', 'review')).atLeast).toEqual([])
    expect(await cards('S1', 'review')).toEqual([])
  }))

it('a class does not wait for whoever recommended it', () =>
  stage.trial(async (tx) => {
    const { id } = well(await care.make('U1'))
    well(await care.step('U1', id, 'submit'))
    well(await care.step('D1', id, 'recommend'))
    await sql`UPDATE app.childcare_step SET made_by = ${stage.world.person('C').accountId}::uuid WHERE class_id = ${id}::uuid AND act = 'recommend'`.execute(
      tx,
    )
    expect(await cards('C', 'review')).toEqual([])
    expect((await care.step('C', id, 'approve')).status).toBe(422)
  }))

it('a class that ended does not wait for who ended it, nor for who noted that it passed', () =>
  stage.trial(async (tx) => {
    const id = await care.approved()
    const link = `/childcare/${id}`
    await sql`UPDATE app.childcare_class SET state = 'finished', finished_by = ${stage.world.person('Cb').personId}::uuid,
      finished_account = ${stage.world.person('Cb').accountId}::uuid, finished_on = '2020-05-15' WHERE id = ${id}::uuid`.execute(
      tx,
    )
    stage.world.deps.today = () => '2020-05-16'
    const asked = [`已结班，请验收 · ${link}`]
    expect([await cards('C', 'review'), await cards('Cb', 'review')]).toEqual([asked, []])
    well(await care.review('C', id, 'mend'))
    expect(await cards('C', 'review')).toEqual(asked)
    well(await care.review('C', id, 'passed'))
    expect(await cards('C', 'review')).toEqual([])
  }))

it('a change of the tree waits for whose consent it needs, and for the city from the day of the last one', () =>
  stage.trial(async () => {
    const [orgId, intoId] = [stage.world.org('U1'), stage.world.org('U5')]
    const merge = { kind: 'merge', orgId, intoId, fromYm: 202004, docNo: '示例〔2020〕1号' }
    well(await stage.as('S1').post('/api/org-changes', merge))
    expect(await cards('S3', 'review')).toEqual(['请表示是否同意 · /orgs/changes'])
    expect(await cards('S1', 'mine')).toEqual(['等待示例S3同意 · /orgs/changes'])
    expect(await cards('C', 'review')).toEqual([])
    stage.world.deps.today = () => '2020-05-11'
    const [change] = well(
      await stage.as('S3').get<{ rows: { id: string; version: number }[] }>('/api/org-changes'),
    ).rows
    well(
      await stage
        .as('S3')
        .post(`/api/org-changes/${change!.id}/decision`, { act: 'consent', version: change!.version }),
    )
    expect(await cards('S3', 'review')).toEqual([])
    expect((await look('C', 'review')).cards).toMatchObject([
      { what: '各方已同意，请办理', at: '2020-05-11', dueOn: '2020-05-18' },
    ])
  }))

it('is empty for whoever has nothing to sign or to score', () =>
  stage.trial(async () => {
    for (const who of ['leader', 'leaderD1', 'handler'])
      expect([who, (await look(who, 'review')).cards]).toEqual([who, []])
    expect((await stage.as('worker').get('/api/inbox?box=review')).status).toBe(403)
  }))
