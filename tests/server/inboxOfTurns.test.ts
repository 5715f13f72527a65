import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { ChangeLine } from '#org/change/api.ts'
import type { Desk } from '#publicNotice/api.ts'
import type { Ratings } from '#programmes/careRoom/ratingApi.ts'
import { findProgramme } from '#programmes/index.ts'
import { openStore } from '#record/evidence/store.server.ts'
import type { Box } from '#record/api.ts'
import { bodyOf } from '../support/bodies.ts'
import { childcareAt } from '../support/childcare.ts'
import { openStage, type Stage } from '../support/client.ts'
import { well } from '../support/hardship.ts'
import { inboxOf } from '../support/inbox.ts'
import { entryOf } from '../support/persons.ts'
import type { Written } from '../support/play.ts'
import { acceptedRoom } from '../support/rooms.ts'
import { today } from '../support/world.ts'

let stage: Stage
let folder: string
let look: ReturnType<typeof inboxOf>['look']
let cards: ReturnType<typeof inboxOf>['cards']
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jinguo-files-'))
  stage = await openStage()
  stage.world.deps.files = openStore(folder)
  ;({ look, cards } = inboxOf(stage))
})
afterAll(async () => {
  await stage.close()
  rmSync(folder, { recursive: true })
})
const setDay = (day: string) => {
  stage.world.deps.today = () => day
}
afterEach(() => setDay(today))

const post = async <T = { id: string }>(who: string, url: string, body?: object): Promise<T> =>
  well<T>(await stage.as(who).post<T & object>(url, body))
const noCards = async (box: Box, ...who: string[]) => {
  for (const one of who) expect(await cards(one, box), one).toEqual([])
}

it('a care room that asks for a rank waits at each hand in its turn, and comes back with the reason', () =>
  stage.trial(async () => {
    const { id } = await acceptedRoom(stage)
    const rating = async (who: string) =>
      well(await stage.as(who).get<Ratings>(`/api/care-rooms/${id}/ratings`)).ratings[0]!
    const act = async (who: string, action: string, more: object = {}) => {
      const { id: at, version } = await rating(who)
      await post(who, `/api/care-room-ratings/${at}/actions`, { action, version, ...more })
    }
    const score = async (who: string) => {
      const { id: at, version, lines } = await rating(who)
      const scores = lines.map(({ key, points }) => ({ key, points }))
      well(await stage.as(who).put(`/api/care-room-ratings/${at}/scores`, { version, scores }))
    }
    const link = ` · /rooms/${id}?tab=rank`
    await post('U1', `/api/care-rooms/${id}/ratings`, { grade: '市级' })
    expect(await cards('U1', 'fill')).toEqual([`请完成自评，报区县推荐${link}`])
    await noCards('fill', 'U2', 'S1', 'D1', 'leader')
    await score('U1')
    await act('U1', 'forward')
    expect(await cards('D1', 'review')).toEqual([`请评分并决定是否推荐${link}`])
    expect(await cards('U1', 'mine')).toEqual([`待区县推荐${link}`])
    await noCards('review', 'S1', 'C', 'D2', 'leaderD1')
    await noCards('fill', 'U1')

    await act('D1', 'return', { reason: '图片和自评不一致' })
    expect(await cards('U1', 'returned')).toEqual([`申报被退回，请按意见补正自评${link}`])
    await noCards('review', 'D1')
    await act('U1', 'forward')
    await score('D1')
    await act('D1', 'recommend')
    expect(await cards('C', 'review')).toEqual([`请走访评分${link}`])
    await act('C', 'returnDown', { reason: '请核对开放时间' })
    expect(await cards('D1', 'returned')).toEqual([`市级退回，请重新核对评分${link}`])
    await act('D1', 'recommend')
    await score('C')
    await act('C', 'announce')
    await noCards('review', 'C')
    expect(await cards('U1', 'mine')).toEqual([`公示中${link}`])
    setDay('2020-04-24')
    expect(await cards('C', 'review')).toEqual([`公示期满，请挂牌${link}`])
    await act('C', 'grant', { plaqueNo: '示例女室2020-01' })
    await noCards('review', 'C', 'D1')
    await noCards('mine', 'U1')
  }))

it('the term of a rank runs from the day of each turn, not from the last score', () =>
  stage.trial(async () => {
    const { id } = await acceptedRoom(stage)
    const rating = async (who: string) =>
      well(await stage.as(who).get<Ratings>(`/api/care-rooms/${id}/ratings`)).ratings[0]!
    const act = async (day: string, who: string, action: string, more: object = {}) => {
      setDay(day)
      const { id: at, version } = await rating(who)
      await post(who, `/api/care-room-ratings/${at}/actions`, { action, version, ...more })
    }
    const term = async (who: string, box: Box) => {
      const [card] = (await look(who, box)).cards.filter(({ label }) => label === '关爱室评级')
      return [card!.at, card!.dueOn! > stage.world.deps.today(), card!.left! > 0]
    }
    await post('U1', `/api/care-rooms/${id}/ratings`, { grade: '市级' })
    const { id: at, version, lines } = await rating('U1')
    const scores = lines.map(({ key, points }) => ({ key, points }))
    well(await stage.as('U1').put(`/api/care-room-ratings/${at}/scores`, { version, scores }))
    await act('2020-08-03', 'U1', 'forward')
    expect(await term('D1', 'review')).toEqual(['2020-08-03', true, true])
    await act('2020-09-01', 'D1', 'return', { reason: '图片和自评不一致' })
    expect(await term('U1', 'returned')).toEqual(['2020-09-01', true, true])
    setDay('2020-09-30')
    expect(await term('U1', 'returned')).toEqual(['2020-09-01', false, false])
    await act('2020-10-12', 'U1', 'forward')
    expect(await term('D1', 'review')).toEqual(['2020-10-12', true, true])
  }))

const classCard = async (who: string, box: Box, id: string) => {
  const found = (await look(who, box)).cards.find(({ link }) => link === `/childcare/${id}`)
  return found && [found.what, found.at, found.dueOn === null ? null : found.left! > 0]
}

it('a class that is shown to everybody waits for nobody, and for the city when the notice has run out', () =>
  stage.trial(async () => {
    const { make, step, read } = childcareAt(stage)
    const announced = async () => {
      setDay(today)
      const { id } = well(await make('U1'))
      well(await step('U1', id, 'submit'))
      well(await step('D1', id, 'recommend'))
      well(await step('C', id, 'announce'))
      return id
    }
    const quiet = await announced()
    const objected = await announced()
    const waiting = await announced()
    const object = async (id: string) => {
      const { notice } = await read('C', id)
      const body = { line: 1, body: '这个地点在地下室，不通风', contact: '' }
      const url = `/api/public-notices/${notice!.id}/objections`
      well(await stage.as(null).post<object>(url, body, { key: null }))
      return notice!.id
    }
    const noticeId = await object(objected)
    await object(waiting)
    const desk = well(await stage.as('C').get<Desk>('/api/public-notice-desk'))
    const raised = desk.find(({ id }) => id === noticeId)!.objections[0]!.id
    const answer = { verdict: 'valid', answer: '到现场核实，确在地下室' }
    await post('Cb', `/api/public-notice-objections/${raised}/answer`, answer)
    setDay('2020-04-23')
    for (const id of [quiet, objected, waiting]) {
      expect(await classCard('C', 'review', id)).toBeUndefined()
      for (const who of ['C', 'U1'])
        expect(await classCard(who, 'mine', id), who).toEqual(['公示中', today, null])
    }
    setDay('2020-04-24')
    for (const [id, what] of [
      [quiet, '公示期满，请决定是否同意开班'],
      [objected, '公示的异议成立，请退回修改或者不予通过'],
      [waiting, '公示有异议，请办理'],
    ] as const)
      expect(await classCard('C', 'review', id)).toEqual([what, '2020-04-23', true])
    expect(await classCard('U1', 'mine', quiet)).toEqual(['待市级评审', today, null])
    const stands = async (id: string) => {
      const { notice, acts } = await read('C', id)
      return [notice!.state, notice!.hindrance, acts]
    }
    const either = ['returnDown', 'refuse']
    expect(await stands(quiet)).toEqual(['passed', null, ['approve', ...either]])
    expect(await stands(objected)).toEqual(['blocked', 'valid', either])
    expect(await stands(waiting)).toEqual(['blocked', 'open', either])
  }))

const sheetLine = (key: string, kind: 'manual' | 'bonus') => ({
  key,
  kind,
  section: '组织建设',
  item: `换届${key}`,
  points: 3000,
  formula: null,
  evidence: '',
})

it('a sheet waits for a unit’s own points, then for the unit above, then for whoever issued it', () =>
  stage.trial(async () => {
    const { id } = await post('C', '/api/assessments', {
      year: 2019,
      title: '2019年女职工工作考核',
      note: '',
      tiers: ['district', 'subdistrict'],
      fromYm: 201901,
      untilYm: 201912,
      selfDue: '2020-04-20',
      reviewDue: '2020-04-25',
      finalDue: '2020-04-30',
      lines: [sheetLine('a', 'manual'), sheetLine('b', 'manual'), sheetLine('c', 'bonus')],
    })
    await noCards('fill', 'D1', 'S1')
    await post('C', `/api/assessments/${id}/state`, { act: 'open', version: 1 })
    const at = (who: string) => `/assessments/${id}/${stage.world.org(who)}`
    const give = async (who: string, of: string, column: string, ...lines: string[]) =>
      well(
        await stage.as(who).put(`/api/assessments/${id}/units/${stage.world.org(of)}/scores`, {
          column,
          scores: lines.map((key) => ({ line: key, points: 100, note: '已核', records: [], version: 0 })),
        }),
      )
    expect(await cards('S1', 'fill')).toEqual([`请自评，还有 2 项没有打分 · ${at('S1')}`])
    expect((await look('S1', 'fill')).cards[0]).toMatchObject({ dueOn: '2020-04-20', org: { code: 'C' } })
    await noCards('fill', 'U1', 'leader')
    await noCards('review', 'D1', 'C')
    await give('S1', 'S1', 'self', 'a')
    expect(await cards('S1', 'fill')).toEqual([`请自评，还有 1 项没有打分 · ${at('S1')}`])
    await noCards('review', 'D1')
    await give('S1', 'S1', 'self', 'b')
    await noCards('fill', 'S1')
    expect(await cards('D1', 'review')).toEqual([`还有 1 个单位待复核 · /assessments/${id}`])
    await noCards('review', 'C')
    await give('D1', 'S1', 'review', 'a', 'b')
    await noCards('review', 'D1')
    expect(await cards('C', 'review')).toEqual([`还有 1 个单位待终评 · /assessments/${id}`])
    await give('C', 'S1', 'final', 'a', 'b')
    await noCards('review', 'C')
    // Past its day nobody waits for a column any more.
    setDay('2020-04-21')
    const [waits] = await cards('D1', 'review')
    expect(waits).toMatch(/^还有 \d+ 个单位待复核/)
    expect(await cards('D1', 'fill')).toEqual([`请自评，还有 2 项没有打分 · ${at('D1')}`])
  }))

it('a text that was named after the review waits for the unit that accepted', () =>
  stage.trial(async () => {
    const url = '/api/records/contract'
    const body = bodyOf(findProgramme('contract')!, { regNo: '甲-9' })
    const { id, version } = await post<Written>('U1', url, { body, warningNote: '已核对' })
    const passed = await post<Written>('S1', `${url}/${id}/actions`, { action: 'pass', version })
    await post('D1', `${url}/${id}/actions`, { action: 'accept', version: passed.version })
    const file = randomUUID()
    well(await stage.as('U1').upload(`${url}/${id}/evidence/${file}?name=a.pdf`, Buffer.from('%PDF-1.4 稿')))
    const link = `/records/contract?id=${id}`
    const waits = async (who: string) => (await cards(who, 'review')).filter((card) => card.endsWith(link))
    expect(await waits('D1')).toEqual([])
    await post('U1', `/api/contracts/${id}/texts`, { file, n: 1 })
    for (const who of ['D1', 'D1b'])
      expect(await waits(who), who).toEqual([`审核通过以后定了正式文本，请核对 · ${link}`])
    for (const who of ['S1', 'C', 'U1', 'D2', 'leaderD1']) expect(await waits(who), who).toEqual([])
    await post('D1', `/api/contracts/${id}/text-looks`, { n: 1, finding: '与登记一致' })
    expect(await waits('D1')).toEqual([])
    const mended = randomUUID()
    well(
      await stage.as('U1').upload(`${url}/${id}/evidence/${mended}?name=b.pdf`, Buffer.from('%PDF-1.4 定稿')),
    )
    await post('U1', `/api/contracts/${id}/texts`, { file: mended, n: 2, why: '补盖骑缝章后重新扫描' })
    expect(await waits('D1')).toEqual([`审核通过以后换了正式文本，请核对 · ${link}`])
  }))

it('a record that went back waits at the unit into which its own was merged', () =>
  stage.trial(async () => {
    const url = '/api/records/training'
    const { id, version } = await post<Written>('U1', url, {
      body: bodyOf(findProgramme('training')!),
      warningNote: '已核对',
    })
    await post('S1', `${url}/${id}/actions`, {
      action: 'return',
      version,
      reason: '人数有误',
      remarks: [{ field: 'women', body: '请核对人数' }],
    })
    const returned = async (who: string) =>
      (await look(who, 'returned')).cards.map((card) => [card.recordId, card.org.code])
    expect([await returned('U1'), await returned('U5')]).toEqual([[[id, 'U1']], []])
    const docNo = '示例〔2020〕1号'
    const unit = stage.world.org
    await post('S1', '/api/org-changes', {
      kind: 'merge',
      orgId: unit('U1'),
      intoId: unit('U5'),
      fromYm: 202004,
      docNo,
    })
    for (const [who, act] of [
      ['S3', 'consent'],
      ['C', 'do'],
    ] as const) {
      const [line] = well(await stage.as(who).get<{ rows: ChangeLine[] }>('/api/org-changes')).rows
      await post(who, `/api/org-changes/${line!.id}/decision`, {
        act,
        version: line!.version,
        reason: '核对',
      })
    }
    expect(await returned('U5')).toEqual([[id, 'U1']])
    expect((await look('U5', 'returned')).counts.returned).toBe(1)
    expect([await returned('S1'), await returned('U2')]).toEqual([[], []])
  }))

it('a woman who asks to join is told on no card by name, nor by what she wrote', () =>
  stage.trial(async (tx) => {
    const body = entryOf(1, { kind: '女职工' })
    const { id } = await post('U1', '/api/persons', { body })
    await sql`UPDATE app.account SET person_id = ${id}::uuid WHERE id = ${stage.world.person('worker').accountId}::uuid`.execute(
      tx,
    )
    const { name: account } = stage.world.person('worker') as { name?: string }
    await post('worker', '/api/my/join', { note: '盼着参加周末的活动' })
    for (const who of ['U1', 'U1b']) {
      const { raw, body: inbox } = await stage
        .as(who)
        .get<{ cards: { title: string; person: string }[] }>('/api/inbox?box=review')
      expect(inbox.cards.map(({ title, person }) => [title, person])).toEqual([['女职工申请入会', '']])
      for (const told of [body.name, '盼着参加', ...(account ? [account] : [])])
        expect(raw).not.toContain(told)
    }
    await noCards('review', 'S1', 'U2', 'D1', 'leader')
  }))
