import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DeliveryLog, MessageList, Reach } from '#notify/api.ts'
import { NotSent, type Channel, type Outgoing } from '#notify/sending.server.ts'
import { queueDigests } from '#notify/digest.server.ts'
import { askTurn, notifyJobs } from '#notify/jobs.server.ts'
import { identityContext } from '#server/deps.server.ts'
import { inTransaction, rows, type Tx } from '#server/database.server.ts'
import { runDue } from '#server/jobRunner.server.ts'
import type { NewTask, UnitList } from '#task/api.ts'
import { remindDue } from '#task/remind.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { survey } from '../support/tasks.ts'

let stage: Stage
/** What the stand-in of the mail channel got, and what it answers. */
const sent: Outgoing[] = []
let answer: () => void = () => undefined
const mail: Channel = {
  kind: 'mail',
  send: async (out) => {
    sent.push(out)
    answer()
  },
}
beforeAll(async () => {
  stage = await openStage()
  stage.world.deps.waysOut = { codes: null, channels: { mail }, robots: [] }
})
afterAll(() => stage.close())
beforeEach(() => {
  sent.length = 0
  answer = () => undefined
})

const send = async (more: Partial<NewTask> = {}) =>
  (await stage.as('C').post<{ id: string }>('/api/tasks', survey({ dueOn: '2020-04-28', ...more }))).body.id
const report = (who: string, id: string) =>
  stage
    .as(who)
    .post(`/api/tasks/${id}/answer`, { act: 'report', version: 0, taskVersion: 1, answers: { q1: true } })
const subjects = async (who: string) =>
  (await stage.as(who).get<MessageList>('/api/messages')).body.rows.map((m) => m.subject)
/** A look at what is due on a day. */
async function on<T>(day: string, look: (tx: Tx) => Promise<T>): Promise<T> {
  const { deps } = stage.world
  const { today } = deps
  deps.today = () => day
  try {
    return await inTransaction(deps.db, identityContext(deps), look)
  } finally {
    deps.today = today
  }
}
const remind = (day: string) => on(day, (tx) => remindDue(stage.world.deps, tx))

describe('reminders', () => {
  it('reach exactly those who owe, three working days before, on the day, the day after; then the unit above', () =>
    stage.trial(async () => {
      const id = await send()
      await report('U2', id)
      const owing = async () =>
        (await stage.as('C').get<UnitList>(`/api/tasks/${id}/units?state=owing`)).body.rows.length
      expect(await remind('2020-04-22')).toBe(0)
      // 2020-04-26 is a Sunday that is worked, so the third working day before Tuesday the 28th is Friday the 24th.
      expect(await remind('2020-04-24')).toBe(await owing())
      expect(await remind('2020-04-24')).toBe(0)
      expect(await remind('2020-04-25')).toBe(0)
      expect(await remind('2020-04-26')).toBe(0)
      await report('U3', id)
      expect(await remind('2020-04-28')).toBe(await owing())
      expect(await remind('2020-04-29')).toBe(await owing())
      expect(await remind('2020-04-30')).toBe(await owing())
      expect((await subjects('U1')).slice(0, 3)).toEqual([
        '“母婴设施需求摸底”已过报送期限，请尽快报送',
        '“母婴设施需求摸底”今天到期',
        '“母婴设施需求摸底”请于 2020-04-28 前报送',
      ])
      expect(await subjects('U2')).toHaveLength(1)
      expect((await subjects('S1'))[0]).toBe('1 个下级单位还没有报送“母婴设施需求摸底”')
      expect((await subjects('D1'))[0]).toBe('1 个下级单位还没有报送“母婴设施需求摸底”')
      expect(await subjects('D2')).toEqual([])
      expect((await subjects('S3'))[0]).toBe('2 个下级单位还没有报送“母婴设施需求摸底”')
    }))

  it('on a day without the program the latest is sent, and no other', () =>
    stage.trial(async () => {
      await send()
      expect(await remind('2020-04-29')).toBe(8)
      expect((await subjects('U1')).map((s) => s.slice(-10))).toEqual(
        ['限，请尽快报送', ' 前报送'].map((s) => expect.stringContaining(s)),
      )
    }))

  it('past the term of the form reach nobody', () =>
    stage.trial(async () => {
      await send({ validUntil: '2020-04-28' })
      expect(await remind('2020-04-28')).toBe(8)
      expect(await remind('2020-04-29')).toBe(0)
    }))

  it('on the eve of a holiday, and on none of it', () =>
    stage.trial(async () => {
      await send({ dueOn: '2020-05-03' })
      expect(await remind('2020-04-30')).toBe(8)
      expect((await subjects('U1'))[0]).toBe('“母婴设施需求摸底”今天到期')
      for (const day of ['2020-05-01', '2020-05-03', '2020-05-05']) expect(await remind(day), day).toBe(0)
      expect(await remind('2020-05-06')).toBe(8)
    }))

  it('who was told with a short term is not told twice; a change of the task begins anew', () =>
    stage.trial(async () => {
      const id = await send({ dueOn: '2020-04-20' })
      expect(await remind('2020-04-17')).toBe(0)
      expect(await remind('2020-04-20')).toBe(8)
      await stage
        .as('C')
        .post(`/api/tasks/${id}/change`, { version: 1, dueOn: '2020-04-24', note: '', why: '延期' })
      expect(await remind('2020-04-22')).toBe(8)
      await stage.as('C').post(`/api/tasks/${id}/end`)
      expect(await remind('2020-04-24')).toBe(0)
    }))
})

const reach = (who: string, more: object = {}) =>
  stage.as(who).put('/api/account/reach', {
    hour: 9,
    channels: [{ kind: 'mail', isOn: true, address: 'u1@union.example' }],
    ...more,
  })
const digest = (day: string, hour: number) => on(day, (tx) => queueDigests(stage.world.deps, tx, hour))
/** Does what waits; the clock of a trial stands at its begin. */
const deliver = async (hour = 9) => {
  await sql`UPDATE app.job SET due_at = now() WHERE state = 'open'`.execute(stage.world.deps.db)
  return runDue(
    stage.world.deps,
    notifyJobs([], () => hour),
  )
}
const seen = async () => stage.as('systemAdmin').get<DeliveryLog>('/api/deliveries')
const log = async (who: string) => (await stage.as(who).get<Reach>('/api/account/reach')).body.log

describe('the daily digest', () => {
  it('goes out once, on a working day, at her hour, and says nothing of the matter', () =>
    stage.trial(async () => {
      expect((await reach('U1')).status).toBe(200)
      await send()
      await send({ title: '第二件' })
      for (const [day, hour] of [
        ['2020-04-16', 7],
        ['2020-04-16', 8],
        ['2020-04-16', 20],
        ['2020-04-18', 10],
      ] as const)
        expect(await digest(day, hour), `${day} ${hour}`).toBe(0)
      expect(await digest('2020-04-16', 9)).toBe(1)
      expect(await deliver()).toEqual([])
      expect(sent).toMatchObject([
        { to: 'u1@union.example', unread: 2, text: '【巾帼】您有 2 条新消息，请登录女职工工作平台查看。' },
      ])
      await send({ title: '第三件' })
      expect(await digest('2020-04-16', 15)).toBe(0)
      expect(await digest('2020-04-17', 9)).toBe(1)
      await deliver()
      // What was told of is told no more, though it is still unread.
      expect(await digest('2020-04-20', 9)).toBe(0)
      expect(sent).toHaveLength(2)
      expect(await log('U1')).toMatchObject([
        { onDay: '2020-04-17', state: 'sent' },
        { onDay: '2020-04-16', state: 'sent' },
      ])
    }))

  it('is none for who read everything, asked for none, or closed the channel meanwhile', () =>
    stage.trial(async () => {
      await reach('U1')
      await reach('U2', { channels: [{ kind: 'mail', isOn: false, address: 'u2@union.example' }] })
      await send()
      await stage.as('U1').post('/api/messages/read', {})
      expect(await digest('2020-04-16', 9)).toBe(0)
      await send({ title: '第二件' })
      expect(await digest('2020-04-16', 9)).toBe(1)
      await reach('U1', { channels: [{ kind: 'mail', isOn: false }] })
      await deliver()
      expect(sent).toEqual([])
      expect(await log('U1')).toMatchObject([{ state: 'failed', fault: '本人已关闭这种提醒' }])
    }))

  it('is tried again when they do not answer, under the same id', () =>
    stage.trial(async () => {
      await reach('U1')
      await send()
      await digest('2020-04-16', 9)
      answer = () => {
        throw new Error('邮件没有发出')
      }
      expect(await deliver()).toHaveLength(1)
      expect(await log('U1')).toMatchObject([{ state: 'waiting' }])
      answer = () => undefined
      // What was due by day waits when its next try falls into the evening, or a day off, and has not failed by that.
      const tries = sent.length
      for (let evening = 0; evening < 8; evening++) expect(await deliver(20)).toEqual([])
      await on('2020-05-01', () => deliver(9))
      expect([sent.length, (await log('U1'))[0]]).toMatchObject([tries, { state: 'waiting' }])
      expect(await deliver()).toEqual([])
      expect(new Set(sent.map((s) => s.id)).size).toBe(1)
      expect(await log('U1')).toMatchObject([{ state: 'sent' }])
    }))

  it('is not tried again when they refuse for good', () =>
    stage.trial(async (tx) => {
      await reach('U1')
      await send()
      await digest('2020-04-16', 9)
      answer = () => {
        throw new NotSent('邮件服务器拒收（550）')
      }
      expect(await deliver()).toEqual([])
      expect(await log('U1')).toMatchObject([{ state: 'failed', fault: '邮件服务器拒收（550）' }])
      const jobs = await rows<{ state: string }>(tx, sql`SELECT state FROM app.job`)
      expect(jobs).toEqual([{ state: 'done' }])
    }))

  it('that did not arrive is seen by the operator without a name, an address or a word of it, and sent again by her alone', () =>
    stage.trial(async (tx) => {
      await reach('U1')
      await send()
      await digest('2020-04-16', 9)
      answer = () => {
        throw new Error('邮件没有发出', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) })
      }
      for (let n = 0; n < 6; n++) await deliver()
      const { body, raw } = await seen()
      expect(body.days).toEqual([{ onDay: '2020-04-16', channel: 'mail', sent: 0, waiting: 0, failed: 1 }])
      expect(body.rows).toMatchObject([
        { state: 'failed', tries: 6, fault: '多次没有送达：连不上对方的服务器', channel: 'mail' },
      ])
      for (const secret of ['u1@union', '演示U1', '母婴设施', stage.world.person('U1').accountId])
        expect(raw).not.toContain(secret)
      const resend = (who: string) => stage.as(who).post(`/api/deliveries/${body.rows[0]!.id}/resend`)
      for (const who of ['U1', 'C', 'securityAdmin', 'auditAdmin'])
        expect([who, (await resend(who)).status]).toEqual([who, 403])
      expect((await resend('systemAdmin')).status).toBe(200)
      expect((await resend('systemAdmin')).body).toMatchObject({ code: '409.45' })
      answer = () => undefined
      await deliver()
      expect((await seen()).body).toMatchObject({ days: [{ sent: 1, failed: 0 }], rows: [] })
      expect(await rows(tx, sql`SELECT action FROM app.audit WHERE action LIKE 'delivery%'`)).toEqual([
        { action: 'delivery.resend' },
      ])
    }))

  it('keeps addresses sealed, shows them masked to her alone, and refuses what is none at its field', () =>
    stage.trial(async (tx) => {
      await reach('U1')
      const { body, raw } = await stage.as('U1').get<Reach>('/api/account/reach')
      expect(body.channels).toEqual([{ kind: 'mail', isOn: true, address: 'u***@union.example' }])
      expect(raw).not.toContain('u1@union')
      expect((await stage.as('U1b').get<Reach>('/api/account/reach')).body.channels).toEqual([
        { kind: 'mail', isOn: false, address: null },
      ])
      const [kept] = await rows<{ text: string }>(tx, sql`SELECT addresses::text AS text FROM app.contact`)
      expect(kept!.text).not.toContain('union')
      const wrong = await reach('U1', { channels: [{ kind: 'mail', isOn: true, address: 'u1' }] })
      expect(wrong.status).toBe(422)
      expect(wrong.body).toMatchObject({
        issues: [{ field: 'mail', message: '邮箱应形如 name@example.com' }],
      })
      const absent = await reach('U1', { channels: [{ kind: 'sms', isOn: true, address: '13900000000' }] })
      expect(absent.body).toMatchObject({ issues: [{ field: 'sms', message: '本系统没有开通这种方式' }] })
      const empty = await reach('U2', { channels: [{ kind: 'mail', isOn: true }] })
      expect(empty.body).toMatchObject({ issues: [{ field: 'mail', message: '请先填写地址，再打开提醒' }] })
    }))

  it('is asked for by a turn, of which one waits at most', () =>
    stage.trial(async (tx) => {
      await askTurn(stage.world.deps)
      await askTurn(stage.world.deps)
      const open = () =>
        inTransaction(stage.world.deps.db, identityContext(stage.world.deps), (inner) =>
          rows<{ n: number }>(
            inner,
            sql`SELECT count(*) AS n FROM app.job WHERE kind = 'notify.turn' AND state = 'open'`,
          ),
        )
      expect(await open()).toEqual([{ n: 1 }])
      expect(await deliver()).toEqual([])
      expect(await open()).toEqual([{ n: 0 }])
      expect(
        await rows(tx, sql`SELECT 1 FROM app.job WHERE kind = 'notify.turn' AND state <> 'done'`),
      ).toEqual([])
    }))
})
