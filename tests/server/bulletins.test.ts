import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Bulletin, UnreadUnits } from '#bulletin/api.ts'
import type { MessageList } from '#notify/api.ts'
import { notifyJobs } from '#notify/jobs.server.ts'
import { runDue } from '#server/jobRunner.server.ts'
import { openStage, type Stage } from '../support/client.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const notice = { title: '三八活动安排', body: '请各单位\n按时报送。', validUntil: '2020-04-30' }
const publish = (who: string, more: object = {}) =>
  stage.as(who).post<{ id: string }>('/api/bulletins', { ...notice, ...more })
const list = async (who: string, box = 'received') =>
  (await stage.as(who).get<Bulletin[]>(`/api/bulletins?box=${box}`)).body
const ids = async (who: string) => (await list(who)).map((b) => b.id)

it('is seen by every unit below its issuer and by no other, its text as it was typed', () =>
  stage.trial(async () => {
    const markup = { body: '<img src=x onerror=alert(1)>请按时报送' }
    const { id } = (await publish('D1', markup)).body
    for (const who of ['S1', 'U1', 'U4']) expect(await ids(who), who).toEqual([id])
    for (const who of ['C', 'D2', 'U5', 'U6', 'D1']) expect(await ids(who), who).toEqual([])
    expect((await list('U1'))[0]).toMatchObject({
      ...notice,
      ...markup,
      isRead: false,
      units: null,
      unread: null,
    })
    const told = (await stage.as('U1').get<MessageList>('/api/messages')).body.rows
    expect(told).toMatchObject([
      { kind: 'notice', subject: '示例D1发布了“三八活动安排”', link: `/bulletins?id=${id}` },
    ])
  }))

it('names the units that have not taken note, and no person', () =>
  stage.trial(async () => {
    const { id } = (await publish('D1')).body
    expect((await list('D1', 'sent'))[0]).toMatchObject({ units: 6, unread: 6, isRead: null })
    expect((await stage.as('U1b').post(`/api/bulletins/${id}/note`)).status).toBe(200)
    expect((await stage.as('U1').post(`/api/bulletins/${id}/note`)).status).toBe(200)
    expect((await list('U1'))[0]!.isRead).toBe(true)
    const unread = await stage.as('D1').get<UnreadUnits>(`/api/bulletins/${id}/unread`)
    expect(unread.body.rows.map((o) => o.code)).toEqual(['S1', 'S2', 'U2', 'U3', 'U4'])
    expect(unread.raw).not.toContain('演示U1b')
    for (const who of ['S1', 'C'])
      expect((await stage.as(who).get(`/api/bulletins/${id}/unread`)).status, who).not.toBe(200)
    expect((await stage.as('U5').post(`/api/bulletins/${id}/note`)).status).toBe(404)
    expect((await stage.as('D1').post(`/api/bulletins/${id}/note`)).status).toBe(403)
  }))

it('ends with its day, or when it is taken back', () =>
  stage.trial(async () => {
    const { id } = (await publish('D1')).body
    await publish('D1', { title: '只到今天', validUntil: '2020-04-16' })
    expect(await ids('U1')).toHaveLength(2)
    const { deps } = stage.world
    const { today } = deps
    deps.today = () => '2020-04-17'
    try {
      expect(await ids('U1')).toEqual([id])
      expect((await list('D1', 'sent')).map((b) => b.isOver)).toEqual([false, true])
    } finally {
      deps.today = today
    }
    expect((await stage.as('S1').post(`/api/bulletins/${id}/withdraw`)).status).toBe(403)
    expect((await stage.as('D1').post(`/api/bulletins/${id}/withdraw`)).status).toBe(200)
    expect(await ids('U1')).not.toContain(id)
  }))

it.each([
  ['title', { title: ' ' }, '请填写标题'],
  ['body', { body: '' }, '请填写正文'],
  ['validUntil', { validUntil: '2020-04-15' }, '有效期止已过'],
] as const)('is refused at %s', (field, more, words) =>
  stage.trial(async () => {
    const { status, body } = await publish('C', more)
    expect(status).toBe(422)
    expect(body).toMatchObject({ issues: [{ field, message: expect.stringContaining(words) as string }] })
  }),
)

it('is published by units with units below alone', () =>
  stage.trial(async () => {
    expect((await publish('U1')).status).toBe(403)
    expect((await publish('leader')).status).toBe(403)
  }))

it('of the city is said to its work groups, once, without a word of what it is; others are not', () =>
  stage.trial(async () => {
    const { deps } = stage.world
    const said: string[] = []
    const robot = async (text: string) => void said.push(text)
    deps.waysOut = { channels: {}, robots: [robot, robot] }
    try {
      await publish('C')
      await publish('D1')
      await sql`UPDATE app.job SET due_at = now() WHERE state = 'open'`.execute(deps.db)
      expect(await runDue(deps, notifyJobs)).toEqual([])
      expect(await runDue(deps, notifyJobs)).toEqual([])
      expect(said).toEqual(Array(2).fill('【巾帼】市总工会发布了新公告，请登录女职工工作平台查看。'))
    } finally {
      deps.waysOut = { channels: {}, robots: [] }
    }
  }))
