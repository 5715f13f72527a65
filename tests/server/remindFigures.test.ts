import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewSheet, UnitTotals } from '#figures/assessment/api.ts'
import type { Inbox } from '#record/api.ts'
import { remindReviews } from '#record/remind.server.ts'
import { remindFigures } from '#figures/remind.server.ts'
import type { MessageList } from '#notify/api.ts'
import { identityContext } from '#server/deps.server.ts'
import { inTransaction } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const must = async <T = object>(answer: Promise<{ status: number; raw: string; body: T }>): Promise<T> => {
  const { status, raw, body } = await answer
  expect([status, raw]).toEqual([200, expect.any(String)])
  return body
}
const reminders = async (who: string) =>
  (await stage.as(who).get<MessageList>('/api/messages')).body.rows
    .filter((m) => m.kind === 'remind')
    .map((m) => m.subject)
    .toSorted()
/** A look at what is due on a day. */
async function remind(day: string, look: typeof remindFigures = remindFigures): Promise<number> {
  const { deps } = stage.world
  const { today } = deps
  deps.today = () => day
  try {
    return await inTransaction(deps.db, identityContext(deps), (tx) => look(deps, tx))
  } finally {
    deps.today = today
  }
}

async function plan(items: object[]): Promise<string[]> {
  const ids: string[] = []
  for (const item of items)
    ids.push((await must(stage.as('C').post<{ id: string }>('/api/plans/2020/items', item))).id)
  return ids
}
const adopt = async () => {
  const at = `/api/plans/${stage.world.org('C')}?year=2020`
  const { version } = (await stage.as('C').get<{ version: number }>(at)).body
  const adoption = { version, meeting: '全委会', adoptedOn: '2020-04-10', docNo: '示例工女〔2020〕3号' }
  await must(stage.as('C').post('/api/plans/2020/adoption', adoption))
}
const item = (org: string, task: string, more: object = {}) => ({
  section: '提升素质技能',
  task,
  dueOn: '2020-04-28',
  evidence: '培训记录',
  ownerId: stage.world.org(org),
  target: null,
  ...more,
})

describe('plan items', () => {
  it('remind their owner before, on and after the day, then the unit whose plan it is; a draft reminds nobody', () =>
    stage.trial(async () => {
      const [, done] = await plan([item('D1', '办好培训'), item('D2', '办好讲座'), item('C', '开展调研')])
      expect(await remind('2020-04-24')).toBe(0)
      await adopt()
      expect(await remind('2020-04-23')).toBe(0)
      expect(await remind('2020-04-24')).toBe(3)
      expect(await remind('2020-04-24')).toBe(0)
      const told = { version: 1, done: true, note: '已办', record: null }
      await must(stage.as('D2').post(`/api/plan-items/${done}/progress`, told))
      expect(await remind('2020-04-28')).toBe(2)
      expect(await remind('2020-04-29')).toBe(2)
      // The city's own item has nobody above it.
      expect(await remind('2020-04-30')).toBe(1)
      expect(await reminders('D1')).toEqual([
        '“办好培训”今天到期',
        '“办好培训”已过期限，请尽快完成',
        '“办好培训”请于 2020-04-28 前完成',
      ])
      expect(await reminders('D2')).toEqual(['“办好讲座”请于 2020-04-28 前完成'])
      expect(await reminders('C')).toContain('1 个单位还没有完成“办好培训”')
    }))

  it('with a target remind nobody once the figure is there', () =>
    stage.trial(async () => {
      const target = { indicator: 'training.sessions', bound: 'atLeast', value: 1 }
      await plan([item('D1', '办一期培训', { target })])
      await adopt()
      expect(await remind('2020-04-24')).toBe(1)
      const { bodyOf } = await import('../support/bodies.ts')
      const { training } = await import('../support/play.ts')
      const days = { startsOn: '2020-03-02', endsOn: '2020-03-02' }
      const made = await must(
        stage.as('U4').post<{ id: string }>('/api/records/training', {
          body: bodyOf(training, { ...days, count: 1, title: '一期' }),
          warningNote: '核对无误',
        }),
      )
      expect(await remind('2020-04-28')).toBe(1)
      await must(
        stage.as('D1').post(`/api/records/training/${made.id}/actions`, { action: 'accept', version: 1 }),
      )
      expect(await remind('2020-04-29')).toBe(0)
    }))
})

describe('reviews', () => {
  it('remind whose turn it is on the last day and after it, then the unit above; what is done with reminds nobody', () =>
    stage.trial(async (tx) => {
      const { bodyOf } = await import('../support/bodies.ts')
      const { training } = await import('../support/play.ts')
      const send = async (title: string) => {
        const body = bodyOf(training, { title })
        const made = await must(
          stage.as('U4').post<{ id: string }>('/api/records/training', { body, warningNote: '核对无误' }),
        )
        await sql`UPDATE app.record SET updated_at = '2020-04-16T02:00:00Z' WHERE id = ${made.id}::uuid`.execute(
          tx,
        )
        return made.id
      }
      await send('一期')
      const done = await send('二期')
      const card = async (who: string, box: string) =>
        (await stage.as(who).get<Inbox>(`/api/inbox?box=${box}`)).body.cards[0]
      // The reviewer and who waits for her read the same term.
      expect(await card('D1', 'review')).toMatchObject({ dueOn: '2020-04-23', left: 5 })
      expect(await card('U4', 'mine')).toMatchObject({
        dueOn: '2020-04-23',
        left: 5,
        minutes: expect.any(Number) as number,
      })
      expect(await remind('2020-04-22', remindReviews)).toBe(0)
      expect(await remind('2020-04-23', remindReviews)).toBe(2)
      expect(await remind('2020-04-23', remindReviews)).toBe(0)
      await must(
        stage.as('D1').post(`/api/records/training/${done}/actions`, { action: 'accept', version: 1 }),
      )
      expect(await remind('2020-04-24', remindReviews)).toBe(1)
      expect(await remind('2020-04-27', remindReviews)).toBe(1)
      expect(await remind('2020-04-28', remindReviews)).toBe(0)
      expect(await reminders('D1')).toEqual([
        '有 1 条待审核已过办理期限，请尽快审核',
        '有 2 条待审核今天到期',
      ])
      expect(await reminders('C')).toEqual(['示例D1有 1 条待审核逾期未办，请督促审核'])
    }))
})

const line = { section: '组织建设', evidence: '', formula: null }
const sheet = (more: Partial<NewSheet> = {}): NewSheet => ({
  year: 2019,
  title: '2019年考核',
  note: '',
  tiers: ['district'],
  fromYm: 201901,
  untilYm: 201912,
  selfDue: '2020-04-20',
  reviewDue: '2020-04-24',
  finalDue: '2020-04-28',
  lines: [{ ...line, key: 'b', kind: 'manual', item: '换届', points: 3000 }],
  ...more,
})
const open = async (given: NewSheet): Promise<string> => {
  const { id } = await must(stage.as('C').post<{ id: string }>('/api/assessments', given))
  await must(stage.as('C').post(`/api/assessments/${id}/state`, { act: 'open', version: 1 }))
  return id
}

describe('columns of an assessment', () => {
  it('remind whoever writes them, as long as they owe a line by hand', () =>
    stage.trial(async () => {
      const id = await open(sheet())
      const scores = [{ line: 'b', points: 2000, note: '台账齐全', records: [], version: 0 }]
      const at = `/api/assessments/${id}/units/${stage.world.org('D1')}/scores`
      await must(stage.as('D1').put(at, { column: 'self', scores }))
      // D2 and D3 owe their own column; the city's is not due before the 24th.
      expect(await remind('2020-04-17')).toBe(2)
      expect(await reminders('D1')).toEqual([])
      expect(await reminders('D2')).toEqual(['“2019年考核”的“自评”请于 2020-04-20 前完成'])
      expect(await remind('2020-04-22')).toBe(2)
      expect(await reminders('C')).toEqual(['2 个单位还没有完成“2019年考核”的“自评”'])
      expect(await remind('2020-04-24')).toBe(1)
      expect(await reminders('C')).toContain('“2019年考核”的“终评”请于 2020-04-28 前完成')
    }))

  it('tell no points that come from protected figures of a unit whose records the reader may not read', () =>
    stage.trial(async (tx) => {
      const formula = { kind: 'yesNo' as const, indicator: 'screening.persons', atLeast: 1 }
      const id = await open(
        sheet({
          lines: [
            ...sheet().lines,
            { ...line, key: 'p', kind: 'formula', item: '两癌筛查', points: 1000, formula },
          ],
        }),
      )
      const autos = async (who: string) =>
        (await stage.as(who).get<UnitTotals>(`/api/assessments/${id}/units`)).body.rows.map((r) => [
          r.org.code,
          r.auto,
        ])
      expect(await autos('C')).toEqual([
        ['D1', 0],
        ['D2', 0],
        ['D3', 0],
      ])
      // Published to all: each reads its own points and not those of its neighbours.
      const { rows: units } = (await stage.as('C').get<UnitTotals>(`/api/assessments/${id}/units`)).body
      const results = JSON.stringify({ units, auto: {} })
      await sql`UPDATE app.assessment SET state = 'published', results = ${results}::jsonb WHERE id = ${id}::uuid`.execute(
        tx,
      )
      expect(await autos('D1')).toEqual([
        ['D1', 0],
        ['D2', null],
        ['D3', null],
      ])
    }))
})
