import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DeliveryLog } from '#notify/api.ts'
import type { Bulletin, UnreadUnits } from '#bulletin/api.ts'
import type { MessageList } from '#notify/api.ts'
import { notifyJobs } from '#notify/jobs.server.ts'
import { checkEvidence, keptHashes } from '#record/evidence/service.server.ts'
import { openStore } from '#record/evidence/store.server.ts'
import { rows } from '#server/database.server.ts'
import { runDue } from '#server/jobRunner.server.ts'
import { openStage, type Stage } from '../support/client.ts'

let stage: Stage
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jinguo-bulletins-'))
  stage = await openStage()
  stage.world.deps.files = openStore(folder)
})
afterAll(async () => {
  await stage.close()
  rmSync(folder, { recursive: true })
})

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

const pdf = Buffer.from('%PDF-1.4 三八活动方案')
const bringFile = (who: string, bytes = pdf, id: string = randomUUID()) =>
  stage
    .as(who)
    .upload<{ id: string; name: string; message: string }>(`/api/bulletin-files/${id}?name=方案.exe`, bytes)
const fileOf = (who: string, bulletin: string, file: string) =>
  stage.as(who).get(`/api/bulletins/${bulletin}/files/${file}`)

it('comes with documents, which whoever may read it may read, and nobody else', () =>
  stage.trial(async (tx) => {
    const refused = await bringFile('D1', Buffer.from('MZ\u0000\u0001'))
    expect([refused.status, refused.body.message]).toEqual([422, expect.stringContaining('这里收的格式')])
    expect((await bringFile('U1')).status).toBe(403)
    const file = (await bringFile('D1')).body
    expect(file.name).toBe('方案.pdf')
    expect((await fileOf('D1', randomUUID(), file.id)).status).toBe(404)
    expect((await publish('D1b', { files: [file.id] })).body).toMatchObject({
      issues: [{ field: 'files', message: expect.stringContaining('已失效') as string }],
    })
    const { id } = (await publish('D1', { files: [file.id] })).body
    const shown = { id: file.id, name: '方案.pdf', type: 'application/pdf', bytes: pdf.length }
    expect((await list('U1'))[0]!.files).toEqual([shown])
    for (const who of ['D1', 'D1b', 'S1', 'U1', 'U4']) {
      const got = await fileOf(who, id, file.id)
      expect([got.status, got.headers['content-type'], got.raw], who).toEqual([
        200,
        'application/pdf',
        pdf.toString(),
      ])
    }
    for (const who of ['C', 'D2', 'U5', 'U6']) expect((await fileOf(who, id, file.id)).status, who).toBe(404)
    expect((await publish('D1', { files: [file.id] })).status).toBe(422)
    expect((await stage.as('D1').del(`/api/bulletin-files/${file.id}`)).status).toBe(404)
    const [{ hash }] = (await rows<{ hash: string }>(tx, sql`SELECT hash FROM app.bulletin_hashes()`)) as [
      { hash: string },
    ]
    expect(await keptHashes(tx, [hash, 'f'.repeat(64)])).toEqual([hash])
    expect((await checkEvidence(tx, stage.world.deps.files!)).faults).toEqual([])
    await stage.as('D1').post(`/api/bulletins/${id}/withdraw`)
    expect((await fileOf('U1', id, file.id)).status).toBe(404)
    expect((await fileOf('D1', id, file.id)).status).toBe(200)
  }))

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
    deps.waysOut = { codes: null, channels: {}, robots: [robot, robot] }
    try {
      await publish('C')
      await publish('D1')
      const turn = async (hour: number) => {
        await sql`UPDATE app.job SET due_at = now() WHERE state = 'open'`.execute(deps.db)
        return runDue(
          deps,
          notifyJobs([], () => hour),
        )
      }
      // Published in the evening: said in the morning, however often it was looked at meanwhile.
      for (const hour of [20, 22, 2, 6, 7]) expect(await turn(hour)).toEqual([])
      expect(said).toEqual([])
      expect(await turn(8)).toEqual([])
      expect(await turn(9)).toEqual([])
      expect(said).toEqual(Array(2).fill('【巾帼】市总工会发布了新公告，请登录女职工工作平台查看。'))
      // A robot that is shut out is told to the operator, who lets it speak again.
      deps.waysOut = {
        codes: null,
        channels: {},
        robots: [
          () => {
            throw new Error('钉钉群机器人应答 310000')
          },
        ],
      }
      await publish('C')
      for (let n = 0; n < 4; n++) await turn(9)
      const seen = async () => (await stage.as('systemAdmin').get<DeliveryLog>('/api/deliveries')).body
      const { days, rows: failed } = await seen()
      expect(days).toMatchObject([{ channel: 'robot', sent: 2, failed: 1 }])
      expect(failed).toMatchObject([{ tries: 4, fault: '多次没有送达：钉钉群机器人应答 310000' }])
      deps.waysOut = { codes: null, channels: {}, robots: [robot] }
      await stage.as('systemAdmin').post(`/api/deliveries/${failed[0]!.id}/resend`)
      await turn(9)
      expect(said).toHaveLength(3)
      expect(await seen()).toMatchObject({ days: [{ sent: 3, failed: 0 }], rows: [] })
    } finally {
      deps.waysOut = { codes: null, channels: {}, robots: [] }
    }
  }))
