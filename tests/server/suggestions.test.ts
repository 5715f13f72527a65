import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type {
  FollowedQuestion,
  PolicyAnswers,
  SuggestionInbox,
  SuggestionList,
  SuggestionWords,
} from '#help/api.ts'
import { sql } from 'kysely'
import { rows } from '#server/database.server.ts'
import { purge } from '#server/purge.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import type { Refusal } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const send = (who: string, body: string, kind = 'suggestion') =>
  stage.as(who).post<{ id: string } & Refusal>('/api/suggestions', { kind, body })
const mine = async (who: string) => (await stage.as(who).get<SuggestionList>('/api/suggestions')).body.rows
const inbox = (who: string) => stage.as(who).get<SuggestionInbox>('/api/suggestions/inbox')
const read = (who: string, id: string) =>
  stage.as(who).post<SuggestionWords>(`/api/suggestions/${id}/read`, undefined, { key: null })
const answer = (who: string, id: string, text: string) =>
  stage.as(who).post<Refusal>(`/api/suggestions/${id}/answer`, { answer: text })

it('goes past every tier between to the city, is read, answered once, and told to who sent it', () =>
  stage.trial(async (tx) => {
    const { id } = (await send('U1', '建议表格少填两项')).body
    for (const who of ['worker', 'systemAdmin', 'leader'])
      expect((await send(who, `来自${who}的一点疑问`, 'question')).status).toBe(200)
    for (const who of ['U1', 'U1b', 'S1', 'D1', 'leader', 'systemAdmin'])
      expect([who, (await inbox(who)).status]).toEqual([who, 403])
    expect(await mine('U1b')).toEqual([])
    const { body, raw } = await inbox('C')
    expect([body.rows.length, body.open]).toEqual([4, 4])
    expect(body.rows.find((s) => s.id === id)).toMatchObject({
      person: '演示U1',
      org: '示例U1',
      state: 'sent',
      mine: false,
    })
    // The list tells no words: who opens them leaves a row in the audit each time, and she sees that they were read.
    expect(raw).not.toContain('少填两项')
    expect((await answer('C', id, ' ')).body.issues).toEqual([{ field: 'answer', message: '请写答复' }])
    for (const who of ['U1b', 'D1', 'leader']) expect([who, (await read(who, id)).status]).toEqual([who, 403])
    for (const who of ['C', 'Cb'])
      expect((await read(who, id)).body).toEqual({ body: '建议表格少填两项', answer: '' })
    expect(
      await rows(
        tx,
        sql`SELECT count(*) AS n FROM app.audit WHERE action = 'suggestion.read' AND object = ${`suggestion:${id}`}`,
      ),
    ).toEqual([{ n: 2 }])
    expect((await mine('U1'))[0]).toMatchObject({ state: 'read', answer: '' })
    expect((await answer('Cb', id, '下月起减去两项')).status).toBe(200)
    expect((await mine('U1'))[0]).toMatchObject({ state: 'answered', answer: '下月起减去两项' })
    expect((await answer('C', id, '再答一次')).body.code).toBe('409.13')
    expect((await inbox('C')).body.open).toBe(3)
  }))

it('is opened and answered by whose second factor is fresh, and listed without', () =>
  stage.trial(async (tx) => {
    const { id } = (await send('U1', '主管克扣了产假工资', 'complaint')).body
    await sql`UPDATE app.session SET is_demo = false, factor_at = now() - interval '6 minutes'`.execute(tx)
    expect((await inbox('C')).status).toBe(200)
    for (const { status, body } of [await read('C', id), await answer('C', id, '已转办')])
      expect([status, (body as Refusal).code]).toEqual([403, '403.4'])
    await sql`UPDATE app.session SET factor_at = now()`.execute(tx)
    expect((await read('C', id)).body.body).toBe('主管克扣了产假工资')
  }))

it('is refused at its field when it says nothing, and not answered by who sent it', () =>
  stage.trial(async () => {
    expect((await send('U1', '  好  ')).body.issues).toEqual([
      { field: 'body', message: '请把事情写清楚一些（至少 5 个字）' },
    ])
    const { id } = (await send('C', '市里自己的建议一条')).body
    expect((await answer('C', id, '自己答复自己')).body.issues?.[0]?.field).toBe('answer')
    expect((await answer('Cb', id, '由另一位答复')).status).toBe(200)
    expect((await answer('C', randomUUID(), '没有这一件')).status).toBe(404)
  }))

it('leaves no text in the audit', () =>
  stage.trial(async (tx) => {
    await send('U1', '不该留在审计里的话')
    const [found] = await rows<{ text: string }>(
      tx,
      sql`SELECT string_agg(to_jsonb(a)::text, '') AS text FROM app.audit a WHERE action = 'suggestion.send'`,
    )
    expect(found!.text).toContain('suggestion:')
    expect(found!.text).not.toContain('不该留在审计里的话')
  }))

const ask = (body: string, nonce = randomUUID()) =>
  stage.as(null).post<{ code: string } & Refusal>('/api/policy-questions', { nonce, body }, { key: null })
const look = (code: string) =>
  stage.as(null).post<FollowedQuestion & Refusal>('/api/policy-questions/look', { code }, { key: null })
const published = async (q = '') =>
  (await stage.as(null).get<PolicyAnswers>(`/api/policy-answers${q && `?q=${encodeURIComponent(q)}`}`)).body
    .rows

it('a question on policy needs no name: whoever shows its receipt reads the answer, and nobody learns who asked', () =>
  stage.trial(async (tx) => {
    expect((await ask('好')).body.issues?.[0]?.field).toBe('body')
    const nonce = randomUUID()
    const { code } = (await ask('哺乳时间每天有多少', nonce)).body
    expect((await ask('哺乳时间每天有多少', nonce)).body.code).toBe(code)
    const [row] = (await inbox('C')).body.rows
    expect(row).toMatchObject({
      kind: 'policy',
      person: '未留姓名',
      org: '',
      dueOn: '2020-04-23',
      mine: false,
    })
    expect((await inbox('C')).body.rows).toHaveLength(1)
    expect((await stage.as('C').get('/api/inbox')).raw).toContain('收到一件政策咨询')
    const kept = await rows<{ person: string | null; account: string | null; body: string; clock: string }>(
      tx,
      sql`SELECT person_id AS person, account_id AS account, body, to_char(sent_at AT TIME ZONE current_setting('TimeZone'), 'HH24:MI:SS') AS clock FROM app.suggestion`,
    )
    expect(kept).toMatchObject([{ person: null, account: null, clock: '00:00:00' }])
    expect(kept[0]!.body).not.toContain('哺乳')
    expect(await rows(tx, sql`SELECT FROM app.audit WHERE action = 'suggestion.send'`)).toEqual([])
    expect((await look(code)).body).toMatchObject({ state: 'sent', body: '哺乳时间每天有多少', answer: '' })
    expect((await look(`${code.slice(0, -1)}?`)).status).toBe(404)
    expect((await read('C', row!.id)).body.body).toBe('哺乳时间每天有多少')
    const show = { question: '哺乳期每天有多少哺乳时间', answer: '每天一小时，可以集中使用' }
    const publish = (body: object = show) =>
      stage.as('C').put<Refusal>(`/api/suggestions/${row!.id}/publication`, body)
    expect((await publish()).status).toBe(409)
    expect((await answer('C', row!.id, '每天一小时')).status).toBe(200)
    expect((await look(code)).body).toMatchObject({ state: 'answered', answer: '每天一小时' })
    expect(await published()).toEqual([])
    expect((await publish({ question: '', answer: '' })).body.issues?.map(({ field }) => field)).toEqual([
      'question',
      'answer',
    ])
    const own = await publish({ ...show, question: '哺乳时间每天有多少？' })
    expect([own.status, own.body.issues?.map(({ field }) => field)]).toEqual([422, ['question']])
    expect(await published()).toEqual([])
    expect((await publish()).status).toBe(200)
    expect(await published('集中使用')).toMatchObject([show])
    expect(await published('别的词')).toEqual([])
    expect((await stage.as('C').del(`/api/suggestions/${row!.id}/publication`)).status).toBe(200)
    expect(await published()).toEqual([])
    // Two years after its answer it is gone; of what is published the asker's words alone.
    expect((await publish()).status).toBe(200)
    await purge(stage.world.deps)
    expect((await look(code)).body.body).toBe('哺乳时间每天有多少')
    await sql`UPDATE app.suggestion SET answered_at = now() - interval '2 years 1 day'`.execute(tx)
    await purge(stage.world.deps)
    expect((await look(code)).body).toMatchObject({ body: '（已到期清除）', answer: '（已到期清除）' })
    expect(await published()).toMatchObject([show])
    expect((await stage.as('C').del(`/api/suggestions/${row!.id}/publication`)).status).toBe(200)
    await purge(stage.world.deps)
    expect((await look(code)).status).toBe(404)
  }))

it('a question on policy with a name is hers to read, has its day, and only such a question is published', () =>
  stage.trial(async () => {
    const { id } = (await send('worker', '产假多少天，怎样算', 'policy')).body
    expect((await mine('worker'))[0]).toMatchObject({ kind: 'policy', dueOn: '2020-04-23', shownOn: null })
    const voice = (await send('U1', '建议表格少填两项')).body
    expect((await answer('C', voice.id, '下月起减去两项')).status).toBe(200)
    const show = { question: '别的事也能公布吗', answer: '不能，只有政策咨询' }
    expect((await stage.as('C').put(`/api/suggestions/${voice.id}/publication`, show)).status).toBe(404)
    expect((await stage.as('D1').put(`/api/suggestions/${id}/publication`, show)).status).toBe(403)
  }))
