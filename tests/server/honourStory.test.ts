import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Stories } from '#honour/registerApi.ts'
import { textHash } from '#person/consent.server.ts'
import type { Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import type { Refusal } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const body = '她在装配一线十年，带出八名徒弟，改进工装三项，班组连续三年零差错。'
const write = (recordId: string) =>
  stage
    .as('D1')
    .post<{ id: string } & Refusal>('/api/honour-stories', { recordId, title: '十年一线带徒弟', body })
const move = (id: string, act: 'publish' | 'withdraw') =>
  stage.as('D1').post<Refusal>(`/api/honour-stories/${id}/state`, { act })
const look = (id: string) => stage.as(null).get<{ body: string } & Refusal>(`/api/honour-roll/stories/${id}`)

const shown = async () => (await stage.as('D1').get<Stories>('/api/honour-stories')).body[0]!.isShown

/** An accepted honour of D1's scope. */
async function honoured(tx: Tx, subject = '个人'): Promise<string> {
  const made = await stage.as('U1').post<{ id: string } & Refusal>('/api/records/honour', {
    body: {
      title: '演示worker获区级称号',
      grade: '台账',
      subject,
      honoree: '演示worker',
      grantedOn: '2020-03-05',
      docNo: '示例1号',
      titles: [{ honourType: '三八红旗手', giver: '示例D1工会', level: '区县（产业）级' }],
      ...(subject === '集体' ? { size: 10, women: 8 } : {}),
    },
    warningNote: '另一项',
  })
  expect([made.status, made.raw]).toEqual([200, expect.any(String)])
  await sql`UPDATE app.record SET state = 'accepted', turn_of = NULL WHERE id = ${made.body.id}::uuid`.execute(
    tx,
  )
  return made.body.id
}

/** Stands in the member register, nominated under this record. */
async function registered(tx: Tx, record: string): Promise<void> {
  const { personId } = stage.world.person('worker')
  await sql`INSERT INTO app.person (id, org_id, name, id_kind, sex) VALUES (${personId}::uuid, ${stage.world.org('U1')}, '演示worker', '居民身份证', '女')`.execute(
    tx,
  )
  await sql`INSERT INTO app.honour_campaign (id, org_id, kind, year, title, opens_on, closes_on, types, created_by)
    VALUES ('00000000-0000-4000-8000-00000000000c', ${stage.world.org('D1')}, 'honour', 2020, '评选', '2020-01-01', '2020-02-01', '[]', ${personId}::uuid)`.execute(
    tx,
  )
  await sql`INSERT INTO app.honour_nomination (district_id, id, campaign_id, org_id, type_key, person_id, name, employer, submitted_by, submitted_person, state, record_id)
    SELECT district_id, gen_random_uuid(), '00000000-0000-4000-8000-00000000000c', org_id, 'a', ${personId}::uuid, '演示worker', '', ${personId}::uuid, ${personId}::uuid, 'granted', id
    FROM app.record WHERE id = ${record}::uuid`.execute(tx)
}
const agree = (yes: boolean) =>
  stage.as('worker').put('/api/my/consents/publication', { agree: yes, textHash: textHash('publication') })

it('a woman’s story is open while she agrees, and not a moment longer', () =>
  stage.trial(async (tx) => {
    const record = await honoured(tx)
    await registered(tx, record)
    const made = await write(record)
    expect([made.status, made.raw]).toEqual([200, expect.any(String)])
    const { id } = made.body
    expect((await move(id, 'publish')).body.code).toBe('403.6')
    expect((await agree(true)).status).toBe(200)
    expect((await move(id, 'publish')).status).toBe(200)
    expect((await look(id)).body.body).toBe(body)
    expect(await shown()).toBe(true)
    await agree(false)
    const gone = await look(id)
    expect([gone.status, gone.body.code, await shown()]).toEqual([404, '404.157', false])
  }))

it('of somebody whose consent cannot be asked for none is written; a collective’s is taken off by its writer', () =>
  stage.trial(async (tx) => {
    expect((await write(await honoured(tx))).body.issues![0]!.field).toBe('recordId')
    const { id } = (await write(await honoured(tx, '集体'))).body
    expect((await look(id)).status).toBe(404)
    expect((await move(id, 'publish')).status).toBe(200)
    expect((await look(id)).status).toBe(200)
    expect((await stage.as('D2').post(`/api/honour-stories/${id}/state`, { act: 'withdraw' })).status).toBe(
      404,
    )
    await move(id, 'withdraw')
    expect((await look(id)).status).toBe(404)
  }))
