import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProgramme } from '#programmes/index.ts'
import type { MessageList } from '#notify/api.ts'
import type { Inbox } from '#record/api.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import type { Written } from '../support/play.ts'
import { survey } from '../support/tasks.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const messages = async (who: string) => (await stage.as(who).get<MessageList>('/api/messages')).body
const subjects = async (who: string) => (await messages(who)).rows.map((m) => m.subject)
const box = async (who: string, name: string) =>
  (await stage.as(who).get<Inbox>(`/api/inbox?box=${name}`)).body
const submit = async (who: string, more: object = {}, key = 'training') =>
  (
    await stage.as(who).post<Written>(`/api/records/${key}`, {
      body: { ...bodyOf(findProgramme(key)!), ...(key === 'training' ? { title: '春季培训' } : {}) },
      warningNote: '已核对',
      ...more,
    })
  ).body
const act = (who: string, id: string, body: object, key = 'training') =>
  stage.as(who).post<Written>(`/api/records/${key}/${id}/actions`, body)
const remarks = [{ field: 'title', body: '请改' }]

describe('whoever an event concerns is told', () => {
  it('the owner of a return and of an acceptance, both cadres of the unit, not who acts', () =>
    stage.trial(async () => {
      const { id } = await submit('U1')
      expect(await subjects('S1')).toEqual([])
      await act('S1', id, { action: 'return', version: 1, reason: '有误', remarks })
      for (const who of ['U1', 'U1b'])
        expect(await messages(who)).toMatchObject({
          unread: 1,
          rows: [
            {
              kind: 'review',
              subject: '示例S1退回了“春季培训”，请按意见修改',
              link: `/records/training?id=${id}`,
            },
          ],
        })
      for (const who of ['U2', 'S1', 'S1b', 'D1', 'C']) expect(await subjects(who), who).toEqual([])
    }))

  it('in a line that names nothing of a class above S1', () =>
    stage.trial(async () => {
      const honour = await submit('U4', {}, 'honour')
      const done = await act(
        'D1',
        honour.id,
        { action: 'return', version: 1, reason: '有误', remarks },
        'honour',
      )
      expect(done.status).toBe(200)
      expect(await subjects('U4')).toEqual(['示例D1退回了一条“选树表彰”，请按意见修改'])
    }))

  it('only of what happened: a refused act tells nothing', () =>
    stage.trial(async () => {
      const { id } = await submit('U1')
      expect((await act('S1', id, { action: 'return', version: 7, reason: '有误', remarks })).status).toBe(
        409,
      )
      expect((await act('S1', id, { action: 'return', version: 1, reason: '有误' })).status).toBe(422)
      expect(await subjects('U1')).toEqual([])
    }))

  it('the unit whose turn it becomes', () =>
    stage.trial(async () => {
      const { id } = await submit('U1')
      await act('S1', id, { action: 'handOver', version: 1, reason: '属区级', toOrg: stage.world.org('D1') })
      expect(await subjects('D1')).toEqual(['示例S1把“春季培训”转给本单位办理'])
    }))

  it('who read is told no more; another post, another account keeps its own', () =>
    stage.trial(async () => {
      const { id } = await submit('U1')
      await act('S1', id, { action: 'return', version: 1, reason: '有误', remarks })
      const [first] = (await messages('U1')).rows
      await stage.as('U1').post('/api/messages/read', { ids: [first!.id] })
      expect((await messages('U1')).unread).toBe(0)
      expect((await messages('U1b')).unread).toBe(1)
      // Her number in another's hand changes nothing.
      const [other] = (await messages('U1b')).rows
      await stage.as('U1').post('/api/messages/read', { ids: [other!.id] })
      expect((await messages('U1b')).unread).toBe(1)
      await stage.as('U1b').post('/api/messages/read', {})
      expect((await messages('U1b')).unread).toBe(0)
    }))
})

describe('copies', () => {
  it('go to co-hosts, to the view superior and to whom the reviewer names, who find them in their box', () =>
    stage.trial(async () => {
      const { id } = await submit('U6', { coHosts: [stage.world.org('U2')] })
      expect(await subjects('U2')).toEqual(['示例U6上报了“春季培训”'])
      expect((await box('U2', 'copied')).cards.map((c) => c.recordId)).toEqual([id])
      const city = stage.world.org('C')
      await act('I1', id, { action: 'return', version: 1, reason: '有误', remarks, copyTo: [city] })
      for (const who of ['U2', 'S1', 'C']) {
        expect((await subjects(who))[0], who).toBe('示例I1退回了“春季培训”')
        expect(
          (await box(who, 'copied')).cards.map((c) => [c.recordId, c.state]),
          who,
        ).toEqual([[id, 'returned']])
      }
      expect((await box('D2', 'copied')).cards).toEqual([])
    }))

  it('go to nobody who could not open the record', () =>
    stage.trial(async () => {
      const { id } = await submit('U1')
      const named = { copyTo: [stage.world.org('D2')] }
      const refused = await act('S1', id, { action: 'return', version: 1, reason: '有误', remarks, ...named })
      expect(refused.status).toBe(422)
      expect(refused.raw).toContain('只能抄送上报线上的单位和联办单位')
    }))
})

describe('the inbox', () => {
  const task = survey({
    questions: [
      { kind: 'yesNo', label: '是否需要新建母婴室', required: true },
      { kind: 'note', label: '具体困难和建议', required: true },
    ],
    dueOn: '2020-04-24',
  })

  it('holds the tasks that are asked, with due date, working days and minutes; returned ones under 退回给我', () =>
    stage.trial(async () => {
      const { id } = (
        await stage.as('D1').post<{ id: string }>('/api/tasks', {
          ...task,
          copyTo: [stage.world.org('C'), stage.world.org('S1')],
        })
      ).body
      const fill = await box('U1', 'fill')
      expect(fill.counts).toEqual({ review: 0, queue: 0, fill: 1, returned: 0, mine: 0 })
      expect(fill.cards).toMatchObject([
        {
          kind: 'task',
          id,
          what: '请填报',
          org: { code: 'D1' },
          dueOn: '2020-04-24',
          left: 6,
          minutes: 2,
        },
      ])
      expect(await subjects('U1')).toEqual(['示例D1下达了“母婴设施需求摸底”，2020-04-24 前报送'])
      expect((await box('D1', 'mine')).cards).toMatchObject([{ id, what: '还差 4 个单位' }])
      for (const who of ['C', 'S1']) expect((await box(who, 'copied')).cards).toMatchObject([{ id }])
      expect((await box('D2', 'copied')).cards).toEqual([])
      await stage.as('U1').post(`/api/tasks/${id}/answer`, {
        act: 'report',
        version: 0,
        taskVersion: 1,
        answers: { q1: true, q2: '场地不足' },
      })
      expect((await box('U1', 'done')).cards).toMatchObject([{ id, what: '已上报' }])
      expect((await box('U1', 'fill')).cards).toEqual([])
      const decision = { act: 'return', units: [stage.world.org('U1')], reason: '请写明面积' }
      await stage.as('D1').post(`/api/tasks/${id}/decisions`, decision)
      expect((await box('U1', 'returned')).cards).toMatchObject([{ kind: 'task', id }])
      expect((await subjects('U1'))[0]).toBe('示例D1退回了“母婴设施需求摸底”：请写明面积')
    }))

  it('tells the term of a review in working days, by the rule of the city', () =>
    stage.trial(async () => {
      await submit('U1')
      expect((await box('S1', 'review')).cards).toMatchObject([{ dueOn: '2020-04-23', left: 5, minutes: 1 }])
      const limit = { kind: 'review', days: 3, fromOn: '2020-04-16' }
      expect((await stage.as('D1').put('/api/calendar/limits', limit)).status).toBe(403)
      expect((await stage.as('C').put('/api/calendar/limits', limit)).status).toBe(200)
      const day = { from: '2020-04-17', until: '2020-04-17', kind: 'off', name: '本市放假' }
      expect((await stage.as('C').put('/api/calendar/days', day)).status).toBe(200)
      expect((await box('S1', 'review')).cards).toMatchObject([{ dueOn: '2020-04-22', left: 3 }])
    }))

  it('takes a copy of a task only to units above or below', () =>
    stage.trial(async () => {
      const refused = await stage.as('D1').post('/api/tasks', { ...task, copyTo: [stage.world.org('D2')] })
      expect(refused.status).toBe(422)
      expect(refused.raw).toContain('只能抄送本单位的上级或下级单位')
    }))
})

const put = (body: object) => stage.as('C').put('/api/calendar/days', body)
const year = async () => (await stage.as('U1').get('/api/calendar?year=2027')).body

describe('the working calendar', () => {
  it('refuses what makes no sense, at the field', () =>
    stage.trial(async () => {
      const day = { from: '2027-02-05', until: '2027-02-11', kind: 'off', name: '春节' }
      expect((await put({ ...day, until: '2027-02-01' })).raw).toContain('止日不能早于起日')
      expect((await put({ ...day, until: '2027-04-01' })).raw).toContain('一次最多录入 31 天')
      expect((await put({ ...day, name: '' })).raw).toContain('请填写节日名称')
      expect(await year()).toMatchObject({ announced: false, days: [], mayEdit: false })
      expect((await put(day)).status).toBe(200)
      expect(await year()).toMatchObject({ announced: true, days: { length: 7 } })
      expect((await put({ ...day, kind: 'week' })).status).toBe(200)
      expect(await year()).toMatchObject({ announced: false })
    }))
})
