import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProgramme } from '#programmes/index.ts'
import type { Inbox } from '#record/api.ts'
import { rows } from '#server/database.server.ts'
import type { NewTask, Progress, Task, TaskBurden, TaskList, UnitList } from '#task/api.ts'
import { burdenOf, surveyFields } from '#task/rules.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const head = {
  formNo: '女工01表',
  issuer: '示例市总工会',
  approvalNo: '示例统制〔2020〕1号',
  validFrom: '2020-01-01',
  validUntil: '2020-12-31',
}
const asks = (more: Partial<NewTask> = {}): NewTask => ({
  title: '一季度女职工教育培训情况',
  note: '请核对本季度的培训记录',
  ...head,
  programme: 'training',
  questions: [],
  tiers: ['grassroots'],
  fromOn: '2020-01-01',
  untilOn: '2020-03-31',
  dueOn: '2020-04-20',
  reason: '',
  ...more,
})
const survey = (more: Partial<NewTask> = {}): NewTask =>
  asks({
    title: '母婴设施需求摸底',
    programme: null,
    questions: [
      { kind: 'yesNo', label: '是否需要新建母婴室', required: true },
      { kind: 'count', label: '拟容纳哺乳期女职工', required: false },
    ],
    ...more,
  })

const send = async (who: string, task: NewTask): Promise<string> => {
  const { status, body } = await stage.as(who).post<{ id: string }>('/api/tasks', task)
  expect(status, JSON.stringify(body)).toBe(200)
  return body.id
}
const open = async (who: string, id: string) => (await stage.as(who).get<Task>(`/api/tasks/${id}`)).body
const units = async (who: string, id: string, query = '') =>
  (await stage.as(who).get<UnitList>(`/api/tasks/${id}/units${query}`)).body
const act = (who: string, id: string, body: object) => stage.as(who).post(`/api/tasks/${id}/answer`, body)
const issueAt = (body: object, field: string) =>
  (body as { issues: { field: string; message: string }[] }).issues.find((i) => i.field === field)?.message

describe('a form is sent down', () => {
  it.each([
    ['formNo', { formNo: ' ' }, '请填写表号'],
    ['issuer', { issuer: '' }, '请填写制定机关'],
    ['approvalNo', { approvalNo: '' }, '请填写批准或备案文号'],
    ['validUntil', { validUntil: '2020-04-15' }, '已过有效期'],
    ['validFrom', { validFrom: '2020-04-17' }, '还没有生效'],
    ['dueOn', { dueOn: '2020-04-15' }, '报送期限已过'],
    ['untilOn', { untilOn: '2019-12-31' }, '统计期止不能早于统计期起'],
    ['programme', { programme: null }, '二者取其一'],
    ['tiers', { tiers: ['branch'] }, '没有这一层级的单位'],
  ] as const)('is refused at %s', (field, more, words) =>
    stage.trial(async () => {
      const { status, body } = await stage.as('C').post('/api/tasks', asks(more as Partial<NewTask>))
      expect(status).toBe(422)
      expect(issueAt(body, field)).toContain(words)
    }),
  )

  it('shows its burden first, and asks what is known only for a reason', () =>
    stage.trial(async () => {
      const asked = survey({
        questions: [
          { kind: 'count', label: '本单位女职工人数', required: true },
          { kind: 'note', label: '对母婴设施的意见', required: true },
        ],
      })
      const { programme, questions, tiers } = asked
      const { body: burden } = await stage
        .as('D1')
        .post<TaskBurden>('/api/tasks/burden', { programme, questions, tiers }, { key: null })
      expect(burden).toMatchObject({ units: 4, fields: 2, known: 1, toFill: 1, minutes: 1, total: 4 })
      expect(burden.duplicates).toEqual([{ question: 0, label: '女职工人数', where: '组织档案' }])
      const { status, body } = await stage.as('D1').post('/api/tasks', asked)
      expect(status).toBe(422)
      expect(issueAt(body, 'questions.0.label')).toContain('系统里已有“女职工人数”')
      const id = await send('D1', { ...asked, reason: '与年报口径不同，需核对' })
      expect((await open('U1', id)).prefilled).toEqual({
        q1: { value: 40, source: '组织档案', on: '2019-12-31' },
      })
    }))

  it('what comes filled in is of the day of its source: the counts, the term, the last accepted record', () =>
    stage.trial(async (tx) => {
      const at = async (day: string, chief: string) => {
        const body = bodyOf(findProgramme('contract')!, {
          title: `合同${day}`,
          signedOn: day,
          employerChief: chief,
        })
        const made = await stage
          .as('U1')
          .post<{ id: string }>('/api/records/contract', { body, warningNote: '属实' })
        expect([made.status, made.raw]).toEqual([200, expect.any(String)])
        await sql`UPDATE app.record SET state = 'accepted' WHERE id = ${made.body.id}::uuid`.execute(tx)
      }
      await at('2019-09-20', '李示')
      await at('2019-09-15', '王示')
      await sql`INSERT INTO app.org_committee (org_id, form, director, term_no, founded_on, term_from_on, term_until_on)
        VALUES (${stage.world.org('U1')}, 'committee', '王示', 3, '2009-05-04', '2019-05-04', '2024-05-04')`.execute(
        tx,
      )
      const id = await send(
        'D1',
        survey({
          reason: '核对',
          questions: [
            { kind: 'text', label: '企业方首席代表', required: true },
            { kind: 'count', label: '女职工委员会届次', required: true },
            { kind: 'text', label: '希望开设的课程内容', required: false },
          ],
        }),
      )
      const chief = { kind: 'text', label: '企业方首席代表', required: true } as const
      const { programme, questions, tiers } = survey({ questions: [chief] })
      const burden = async (who: string) =>
        (
          await stage
            .as(who)
            .post<TaskBurden>('/api/tasks/burden', { programme, questions, tiers }, { key: null })
        ).body
      // Of two units one has told it: it comes filled in where most have.
      expect(await burden('S1')).toMatchObject({ units: 2, known: 1, toFill: 0 })
      expect(await burden('C')).toMatchObject({ units: 8, known: 0, toFill: 1 })
      const refused = await stage.as('S1').post('/api/tasks', survey({ questions: [chief] }))
      expect(issueAt(refused.body, 'questions.0.label')).toBe(
        '系统里已有“企业方首席代表”（“女职工专项集体合同”记录），请删去这一问，或说明必须再问的理由',
      )
      expect((await open('U1', id)).prefilled).toEqual({
        q1: { value: '李示', source: '“女职工专项集体合同”记录', on: '2019-09-20' },
        q2: { value: 3, source: '组织档案', on: '2019-05-04' },
      })
      expect((await open('U2', id)).prefilled).not.toHaveProperty('q1')
    }))

  it('figures and facts of the unit come filled in for the months that are asked of, with what still waits', () =>
    stage.trial(async () => {
      const training = async (women: number, isAccepted: boolean) => {
        const body = {
          ...bodyOf(findProgramme('training')!, { count: 1, all: women, women, title: `培训${women}` }),
          startsOn: '2020-02-06',
          endsOn: '2020-02-06',
        }
        const made = await stage
          .as('U4')
          .post<{ id: string; version: number }>('/api/records/training', { body, warningNote: '属实' })
        const { id, version } = made.body
        if (isAccepted)
          await stage.as('D1').post(`/api/records/training/${id}/actions`, { action: 'accept', version })
      }
      await training(30, true)
      await training(12, true)
      await training(5, false)
      const questions: NewTask['questions'] = [
        { kind: 'count', label: '女职工培训场次', required: true },
        { kind: 'count', label: '培训女职工人次', required: true },
        { kind: 'text', label: '本单位名称', required: true },
        { kind: 'text', label: '所属上级工会', required: true },
        { kind: 'count', label: '受帮扶困难女职工人数', required: true },
        { kind: 'note', label: '希望开设的课程内容', required: true },
      ]
      const asked = survey({ questions, reason: '核对' })
      const { programme, tiers } = asked
      const { body: burden } = await stage
        .as('D1')
        .post<TaskBurden>('/api/tasks/burden', { programme, questions, tiers }, { key: null })
      // Of five that are held, the figures of few persons and of units without records are typed.
      expect(burden).toMatchObject({ fields: 6, held: 5, known: 2, toFill: 4 })
      expect(burden.duplicates.map((one) => one.question)).toEqual([0, 1, 2, 3, 4])
      const id = await send('D1', asked)
      const { prefilled } = await open('U4', id)
      expect(prefilled).toMatchObject({
        q1: { value: 2, source: '指标“教育培训期数”（另有 1 待审核，未计入）', on: '2020-03-31' },
        q2: { value: 42, source: '指标“教育培训人次”（另有 5 待审核，未计入）', on: '2020-03-31' },
        q3: { source: '组织档案', on: '2020-04-16' },
        q4: { source: '组织档案', on: '2020-04-16' },
      })
      expect(Object.keys(prefilled)).toEqual(expect.not.arrayContaining(['q5', 'q6']))
      // Her card says the minutes of the page: of what is left to type.
      const cards = (await stage.as('U4').get<Inbox>('/api/inbox?box=fill')).body.cards
      const page = burdenOf(surveyFields(questions), new Set(Object.keys(prefilled)))
      expect(cards.find((one) => one.id === id)?.minutes).toBe(page.minutes)
      // Of no whole months, the figures are not told, nor do they count as filled in.
      const ofU4 = async (period: object) =>
        (
          await stage
            .as('D1')
            .post<TaskBurden>(
              '/api/tasks/burden',
              { programme, questions, tiers, under: [stage.world.org('U4')], ...period },
              { key: null },
            )
        ).body.known
      expect(await ofU4({ fromOn: '2020-01-01', untilOn: '2020-03-31' })).toBe(4)
      expect(await ofU4({ fromOn: '2020-02-03', untilOn: '2020-02-20' })).toBe(2)
      const part = await send('D1', { ...asked, fromOn: '2020-02-03', untilOn: '2020-02-20' })
      expect(Object.keys((await open('U4', part)).prefilled)).toEqual(['q3', 'q4'])
    }))

  it('by a unit with units below, to those below alone', () =>
    stage.trial(async () => {
      expect((await stage.as('U1').post('/api/tasks', asks())).status).toBe(403)
      const id = await send('D1', asks())
      for (const who of ['C', 'D1', 'S1', 'U1']) expect((await open(who, id)).title, who).toBe(asks().title)
      for (const who of ['D2', 'I1', 'U5'])
        expect((await stage.as(who).get(`/api/tasks/${id}`)).status, who).toBe(404)
      const mine = async (who: string) =>
        (await stage.as(who).get<TaskList>('/api/tasks?box=mine')).body.rows.map((t) => t.id)
      expect(await mine('U1')).toEqual([id])
      expect(await mine('S1')).toEqual([])
      const below = (await stage.as('S1').get<TaskList>('/api/tasks?box=below')).body.rows
      expect(below).toMatchObject([{ id, units: 2, owing: 2 }])
    }))
})

describe('who is missing', () => {
  it('is what the tree says, at each tier, after each act', () =>
    stage.trial(async () => {
      const id = await send('C', asks({ dueOn: '2020-04-20' }))
      const all = await units('C', id)
      expect(all.counts).toEqual({ unreceived: 8 })
      expect(all.rows.map((r) => r.org.code)).toEqual(['U1', 'U2', 'U3', 'U4', 'U5', 'U6', 'U7', 'U8'])
      await act('U1', id, { act: 'receive', version: 0, taskVersion: 1 })
      await act('U2', id, { act: 'report', version: 0, taskVersion: 1, isNil: true })
      expect((await units('C', id)).counts).toEqual({ unreceived: 6, received: 1, reported: 1 })
      expect((await units('S1', id)).counts).toEqual({ received: 1, reported: 1 })
      expect((await units('C', id, '?state=owing')).rows.map((r) => r.org.code)).not.toContain('U2')
      const { body } = await stage.as('C').get<Progress>(`/api/tasks/${id}/progress`)
      expect(Object.fromEntries(body.rows.map((r) => [r.org.code, r.counts]))).toEqual({
        D1: { unreceived: 2, received: 1, reported: 1 },
        D2: { unreceived: 2 },
        I1: { unreceived: 1 },
        I2: { unreceived: 1 },
      })
    }))

  it('is told to nobody outside: neither the units of others nor their answers', () =>
    stage.trial(async () => {
      const id = await send('C', asks())
      expect((await stage.as('U1').get(`/api/tasks/${id}/units`)).status).toBe(403)
      expect((await stage.as('D1').get(`/api/tasks/${id}/units?org=${stage.world.org('D2')}`)).status).toBe(
        404,
      )
      expect((await open('U1', id)).counts).toBeNull()
    }))
})

describe('a unit answers', () => {
  it('with the records that it entered: none are typed again, and none at all only when it says so', () =>
    stage.trial(async () => {
      const id = await send('C', asks({ fromOn: '2019-01-01', untilOn: '2020-03-31' }))
      const report = { act: 'report', version: 0, taskVersion: 1 }
      const refused = await act('U1', id, report)
      expect(refused.status).toBe(422)
      expect(issueAt(refused.body, 'isNil')).toContain('还没有录入记录')
      const body = { ...bodyOf(findProgramme('training')!), startsOn: '2019-05-06', endsOn: '2019-05-06' }
      await stage.as('U1').post('/api/records/training', { body, warningNote: '已核对' })
      expect((await open('U1', id)).answer!.entered).toEqual({ submitted: 1, accepted: 0 })
      expect((await act('U1', id, report)).status).toBe(200)
      expect((await open('U1', id)).own).toBe('reported')
    }))

  it('a survey at its fields', () =>
    stage.trial(async () => {
      const id = await send('D1', survey())
      const report = { act: 'report', version: 0, taskVersion: 1, answers: { q2: -3 } }
      const refused = await act('U1', id, report)
      expect(issueAt(refused.body, 'answers.q1')).toBe('请选择是否需要新建母婴室')
      expect(issueAt(refused.body, 'answers.q2')).toBeDefined()
      await act('U1', id, { ...report, answers: { q1: true, q2: 3 } })
      const [row] = (await units('D1', id, '?state=reported')).rows
      expect(row).toMatchObject({ org: { code: 'U1' }, answers: { q1: true, q2: 3 } })
    }))

  it('once: of two cadres of one unit the later is told to look', () =>
    stage.trial(async () => {
      const id = await send('D1', survey())
      const report = { act: 'report', version: 0, taskVersion: 1, answers: { q1: true } }
      expect((await act('U1', id, report)).status).toBe(200)
      expect((await act('U1b', id, { ...report, answers: { q1: false } })).status).toBe(409)
      expect((await open('U1b', id)).answer!.answers).toEqual({ q1: true, q2: null })
    }))
})

describe('the issuer', () => {
  it('returns with a reason, closes, and nothing else', () =>
    stage.trial(async () => {
      const id = await send('D1', survey())
      await act('U1', id, { act: 'report', version: 0, taskVersion: 1, answers: { q1: true } })
      const org = stage.world.org('U1')
      const decide = (body: object, who = 'D1') => stage.as(who).post(`/api/tasks/${id}/decisions`, body)
      expect((await decide({ act: 'return', units: [org] })).status).toBe(422)
      expect((await decide({ act: 'close', units: [org] }, 'S1')).status).toBe(403)
      const returned = await decide({
        act: 'return',
        units: [org, stage.world.org('U2')],
        reason: '请补充人数',
      })
      expect(returned.body).toEqual({
        done: 1,
        left: [{ org: stage.world.org('U2'), why: '现为“未接收”' }],
      })
      expect((await open('U1', id)).answer).toMatchObject({
        state: 'returned',
        reason: '请补充人数',
        version: 2,
      })
      await act('U1', id, { act: 'report', version: 2, taskVersion: 1, answers: { q1: true, q2: 2 } })
      await decide({ act: 'close', units: [org] })
      expect((await open('U1', id)).own).toBe('closed')
      expect(
        (await act('U1', id, { act: 'report', version: 4, taskVersion: 1, answers: { q1: false } })).status,
      ).toBe(409)
    }))

  it('changes it: whoever answered looks again, whoever is done rests', () =>
    stage.trial(async () => {
      const id = await send('D1', survey())
      for (const who of ['U1', 'U2'])
        await act(who, id, { act: 'report', version: 0, taskVersion: 1, answers: { q1: true } })
      await stage
        .as('D1')
        .post(`/api/tasks/${id}/decisions`, { act: 'close', units: [stage.world.org('U2')] })
      const change = { version: 1, dueOn: '2020-04-30', note: '延期', why: '延期十天' }
      expect((await stage.as('D1').post(`/api/tasks/${id}/change`, { ...change, why: '' })).status).toBe(422)
      expect((await stage.as('D1').post(`/api/tasks/${id}/change`, change)).status).toBe(200)
      expect((await stage.as('D1').post(`/api/tasks/${id}/change`, change)).status).toBe(409)
      expect((await units('D1', id)).counts).toEqual({ unreceived: 2, changed: 1, closed: 1 })
      expect(await open('U1', id)).toMatchObject({
        own: 'changed',
        changeNote: '延期十天',
        dueOn: '2020-04-30',
      })
      expect(
        (await act('U1', id, { act: 'report', version: 1, taskVersion: 1, answers: { q1: true } })).status,
      ).toBe(409)
      expect(
        (await act('U1', id, { act: 'report', version: 1, taskVersion: 2, answers: { q1: true } })).status,
      ).toBe(200)
    }))

  it('chases a unit once a day, and only those that owe', () =>
    stage.trial(async () => {
      const id = await send('D1', survey())
      await act('U2', id, { act: 'report', version: 0, taskVersion: 1, answers: { q1: true } })
      const chase = () =>
        stage.as('D1').post(`/api/tasks/${id}/decisions`, {
          act: 'chase',
          units: [stage.world.org('U1'), stage.world.org('U2')],
        })
      expect((await chase()).body).toMatchObject({ done: 1 })
      expect((await chase()).body).toMatchObject({
        done: 0,
        left: [{ why: '这个工作日已经催过' }, { why: '现为“已上报”' }],
      })
      expect((await open('U1', id)).own).toBe('unreceived')
    }))

  it('takes the answers of a survey with it as a workbook, which nobody else gets', () =>
    stage.trial(async (tx) => {
      const id = await send('D1', survey())
      await act('U1', id, { act: 'report', version: 0, taskVersion: 1, answers: { q1: true, q2: 3 } })
      const take = (who: string) =>
        stage.app.inject({
          method: 'POST',
          url: `/api/tasks/${id}/workbook`,
          headers: { cookie: `__Host-sid=${stage.world.person(who).token}`, 'sec-fetch-site': 'same-origin' },
        })
      expect((await take('S1')).statusCode).toBe(403)
      expect((await take('D2')).statusCode).toBe(404)
      const { rawPayload, headers } = await take('D1')
      expect(headers['content-disposition']).toContain(encodeURIComponent('母婴设施需求摸底.xlsx'))
      const { sheets } = await stage.world.deps.sheets.readAll(rawPayload, 100)
      const [titles, first, ...others] = sheets[0]!.rows.map((row) => row.cells)
      expect(titles!.slice(0, 2)).toEqual(['单位编码', '单位'])
      expect(titles!.slice(7)).toEqual([expect.stringContaining('是否需要新建母婴室'), '拟容纳哺乳期女职工'])
      expect([first![0], first![4], ...first!.slice(7)]).toEqual(['U1', '已上报', '是', 3])
      expect(others.map((cells) => [cells[0], cells[4]])).toEqual([
        ['U2', '未接收'],
        ['U3', '未接收'],
        ['U4', '未接收'],
      ])
      const noted = await rows(tx, sql`SELECT 1 FROM app.audit WHERE action = 'task.export'`)
      expect(noted).toHaveLength(1)
    }))

  it('is used once: what a survey answers stands in no figure and no book', () =>
    stage.trial(async (tx) => {
      const figures = async () => (await stage.as('C').get('/api/figures?year=2020')).raw
      const books = async () =>
        rows(
          tx,
          sql`SELECT (SELECT count(*) FROM app.record) AS records, (SELECT count(*) FROM app.ledger) AS entries`,
        )
      const before = [await figures(), await books()]
      const id = await send('D1', survey())
      for (const who of ['U1', 'U2'])
        await act(who, id, { act: 'report', version: 0, taskVersion: 1, answers: { q1: true, q2: 3 } })
      const closed = { act: 'close', units: [stage.world.org('U1')] }
      expect((await stage.as('D1').post(`/api/tasks/${id}/decisions`, closed)).status).toBe(200)
      expect([await figures(), await books()]).toEqual(before)
    }))

  it('ends it', () =>
    stage.trial(async () => {
      const id = await send('D1', survey())
      await stage.as('D1').post(`/api/tasks/${id}/end`)
      expect((await act('U1', id, { act: 'receive', version: 0, taskVersion: 1 })).status).toBe(409)
      expect((await stage.as('U1').get<TaskList>('/api/tasks?box=mine')).body.rows).toEqual([])
    }))
})

const under = (...codes: string[]) => codes.map((code) => stage.world.org(code))
const refused = async (more: Partial<NewTask>) => (await stage.as('D1').post('/api/tasks', asks(more))).body

describe('of a chosen part of the tree', () => {
  it('only what stands at and below the chosen units owes it, and the list of who is missing is theirs', () =>
    stage.trial(async () => {
      const id = await send('D1', asks({ under: under('S1', 'U4') }))
      const owes = (await units('D1', id, '?state=owing')).rows.map(({ org }) => org.code)
      expect(owes).toEqual(['U1', 'U2', 'U4'])
      const mine = async (who: string) =>
        (await stage.as(who).get<TaskList>('/api/tasks?box=mine')).body.rows.map((task) => task.id)
      expect([await mine('U1'), await mine('U4'), await mine('U3')]).toEqual([[id], [id], []])
      expect((await open('U3', id)).answer).toBeNull()
      expect((await act('U3', id, { act: 'receive', version: 0, taskVersion: 1 })).status).toBe(403)
      expect(await open('D1', id)).toMatchObject({
        underUnits: [{ code: 'S1' }, { code: 'U4' }],
        counts: { unreceived: 3 },
      })
      expect((await act('U4', id, { act: 'receive', version: 0, taskVersion: 1 })).status).toBe(200)
      expect((await units('D1', id)).counts).toEqual({ unreceived: 2, received: 1 })
      const chased = await stage
        .as('D1')
        .post<{ left: { why: string }[] }>(`/api/tasks/${id}/decisions`, { act: 'chase', units: under('U3') })
      expect(chased.body.left).toMatchObject([{ why: '没有要这个单位填报' }])
      const progress = await stage.as('D1').get<Progress>(`/api/tasks/${id}/progress`)
      expect(progress.body.rows.map(({ org }) => org.code)).toEqual(['S1', 'U4'])
    }))

  it('a unit of another part is refused at its field, and so is a part without the asked tier', () =>
    stage.trial(async () => {
      expect(issueAt(await refused({ under: under('S3') }), 'under')).toContain('本单位以下')
      expect(issueAt(await refused({ under: under('U4'), tiers: ['subdistrict'] }), 'tiers')).toContain(
        '所选单位',
      )
    }))
})
