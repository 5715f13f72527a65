import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays } from '#kit/day.ts'
import type { MessageList } from '#notify/api.ts'
import type { ChangeAct, ChangeLine } from '#org/change/api.ts'
import type { RoomDetail } from '#programmes/careRoom/api.ts'
import type { Ratings } from '#programmes/careRoom/ratingApi.ts'
import type { ContractDetail, DueList } from '#programmes/contract/api.ts'
import { remindContracts } from '#programmes/contract/remind.server.ts'
import { findProgramme } from '#programmes/index.ts'
import type { PersonList, PersonRequest } from '#person/api.ts'
import { openStore } from '#record/evidence/store.server.ts'
import type { Tx } from '#server/database.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import type { Refusal, Written } from '../support/play.ts'
import { entryOf } from '../support/persons.ts'
import { today } from '../support/world.ts'

let stage: Stage
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jinguo-files-'))
  stage = await openStage()
  stage.world.deps.files = openStore(folder)
})
afterAll(async () => {
  await stage.close()
  rmSync(folder, { recursive: true })
})

const org = (code: string) => stage.world.org(code)
const ok = <T extends { status: number; raw: string }>(answer: T): T => {
  expect([answer.status, answer.raw]).toEqual([200, expect.any(String)])
  return answer
}
const changes = '/api/org-changes'
const decide = async (who: string, act: ChangeAct) => {
  const [line] = (await stage.as(who).get<{ rows: ChangeLine[] }>(changes)).body.rows
  return ok(
    await stage
      .as(who)
      .post<Refusal>(`${changes}/${line!.id}/decision`, { act, version: line!.version, reason: '核对' }),
  )
}
const subjects = async (who: string) =>
  (await stage.as(who).get<MessageList>('/api/messages')).body.rows.map((m) => m.subject)

/** A record of S1, or of a unit below it, accepted by D1. */
async function accepted(who: 'S1' | 'U1', key: string, more: Record<string, unknown>): Promise<string> {
  const url = `/api/records/${key}`
  const body = bodyOf(findProgramme(key)!, more)
  let last = ok(await stage.as(who).post<Written>(url, { body, warningNote: '已核对' })).body
  const act = async (by: string, action: string) => {
    last = ok(
      await stage.as(by).post<Written>(`${url}/${last.id}/actions`, { action, version: last.version }),
    ).body
  }
  if (who === 'U1') await act('S1', 'pass')
  await act('D1', 'accept')
  return last.id
}

const ends = addDays(today, 90)
const contractOf = (who: 'S1' | 'U1', more: Record<string, unknown> = {}) =>
  accepted(who, 'contract', { regNo: '甲-1', termFromOn: '2018-07-16', termUntilOn: ends, ...more })
const roomOf = (who: 'S1' | 'U1', more: Record<string, unknown> = {}) =>
  accepted(who, 'careRoom', { title: '示例女职工关爱室', ...more })
const seen = async (who: string, id: string) => {
  const got = await stage.as(who).get<ContractDetail>(`/api/contracts/${id}`)
  return got.status === 200 ? got.body : got.status
}
const due = async (who: string, kind: string) =>
  (await stage.as(who).get<DueList>(`/api/contract-due?kind=${kind}`)).body.rows.map((r) => [
    r.id,
    r.org.code,
  ])
const rated = async (who: string, id: string) =>
  (await stage.as(who).get<Ratings>(`/api/care-rooms/${id}/ratings`)).body

const part = (records: string[]) => ({
  kind: 'split',
  orgId: org('S1'),
  code: 'S9',
  name: '示例S9工会',
  shortName: '示例S9',
  tier: 'subdistrict',
  orgType: '街道',
  foundedOn: '2020-03-10',
  approvalNo: '示例〔2020〕9号',
  workers: 60,
  womenWorkers: 30,
  members: 50,
  womenMembers: 20,
  persons: [],
  employers: [],
  children: [],
  records,
})

/** Splits S1; S1b then works for the part. */
async function split(tx: Tx, records: string[]): Promise<number> {
  ok(await stage.as('S1').post(changes, part(records)))
  await decide('D1', 'consent')
  await decide('C', 'do')
  const made = await sql<{ id: number }>`SELECT id FROM app.org WHERE org_code = 'S9'`.execute(tx)
  const { id } = made.rows[0]!
  await sql`UPDATE app.post SET org_id = ${id} WHERE id = ${stage.world.person('S1b').postId}::uuid`.execute(
    tx,
  )
  return id
}
const backTo = (tx: Tx, code: string) =>
  sql`UPDATE app.post SET org_id = ${org(code)} WHERE id = ${stage.world.person('S1b').postId}::uuid`.execute(
    tx,
  )

it('a contract that went with a part is read, mended, reminded of and followed there', () =>
  stage.trial(async (tx) => {
    const id = await contractOf('S1')
    const file = randomUUID()
    ok(
      await stage
        .as('S1')
        .upload(`/api/records/contract/${id}/evidence/${file}?name=a.pdf`, Buffer.from('%PDF-1.4 甲')),
    )
    ok(await stage.as('S1').post(`/api/contracts/${id}/texts`, { file, n: 1 }))
    ok(await stage.as('D1').post(`/api/contracts/${id}/inspections`, { dueOn: today }))
    await split(tx, [id])
    expect(await seen('S1', id)).toBe(404)
    const held = (await seen('S1b', id)) as ContractDetail
    expect([held.texts.length, held.inspections.length, held.may]).toEqual([
      1,
      1,
      { inspect: true, fix: true, text: true, lookAtText: false },
    ])
    const fixBy = addDays(today, 1)
    const look = held.inspections[0]!.id
    ok(
      await stage.as('D1').post(`/api/contract-inspections/${look}/result`, {
        checkedOn: today,
        result: '限期整改',
        finding: '没有安排哺乳时间',
        fixBy,
      }),
    )
    expect((await subjects('S1b')).filter((s) => s.includes('没有安排哺乳时间'))).toHaveLength(1)
    expect((await subjects('S1')).filter((s) => s.includes('没有安排哺乳时间'))).toEqual([])
    expect([await due('D1', 'fix'), await due('S1b', 'fix'), await due('S1', 'fix')]).toEqual([
      [[id, 'S9']],
      [[id, 'S9']],
      [],
    ])
    expect(await due('D1', 'renewal')).toEqual([[id, 'S9']])
    expect(await remindContracts({ today: () => today }, tx)).toBe(1)
    expect((await subjects('S1b')).filter((s) => s.includes('期满，请及时提出续签'))).toHaveLength(1)
    const mended = { fixedOn: today, note: '已经排班落实' }
    expect((await stage.as('S1').post(`/api/contract-inspections/${look}/fix`, mended)).status).toBe(404)
    ok(await stage.as('S1b').post(`/api/contract-inspections/${look}/fix`, mended))
    const renewal = bodyOf(findProgramme('contract')!, {
      regNo: '乙-1',
      signKind: '续订',
      replacesNo: '甲-1',
      offeredOn: '2020-03-11',
      repliedOn: '2020-03-12',
      draftedOn: '2020-03-13',
      heldOn: '2020-03-14',
      signedOn: '2020-03-15',
      filedOn: '2020-03-16',
      unionFiledOn: '2020-03-17',
      effectiveOn: '2020-04-01',
      publishedOn: '2020-04-02',
      termFromOn: '2020-04-01',
      termUntilOn: '2022-03-31',
    })
    ok(await stage.as('S1b').post('/api/records/contract', { body: renewal, warningNote: '已核对' }))
    expect(await due('D1', 'renewal')).toEqual([])
    expect(((await seen('S1b', id)) as ContractDetail).chain.map((l) => l.regNo)).toEqual(['甲-1', '乙-1'])
  }))

it('a room that went with a part is placed, listed and scored there, and comes back with all of it', () =>
  stage.trial(async (tx) => {
    const id = await roomOf('S1')
    const apply = (who: string) =>
      stage.as(who).post<Refusal>(`/api/care-rooms/${id}/ratings`, { grade: '市级' })
    ok(await apply('S1'))
    const draft = randomUUID()
    const began = await stage.as('S1').put(`/api/drafts/${draft}`, {
      programme: 'careRoom',
      kind: 'correction',
      recordId: id,
      baseVersion: 2,
      sequence: 1,
      body: { hours: '工作日全天' },
    })
    ok(began)
    await split(tx, [id])
    const point = { lng: 121.6, lat: 38.9, crs: 'WGS84', source: '现场手机定位' }
    expect((await stage.as('S1').put(`/api/care-rooms/${id}/point`, point)).status).toBe(404)
    ok(await stage.as('S1b').put(`/api/care-rooms/${id}/point`, point))
    const room = ok(await stage.as('S1b').get<RoomDetail>(`/api/care-rooms/${id}`)).body
    expect([room.room.org.code, room.point?.given.lng, room.may.place]).toEqual(['S9', 121.6, true])
    const [rating] = (await rated('S1b', id)).ratings
    expect([rating!.column, (await rated('D1', id)).ratings[0]!.column]).toEqual(['self', null])
    ok(
      await stage.as('S1b').put(`/api/care-room-ratings/${rating!.id}/scores`, {
        version: rating!.version,
        scores: rating!.lines.map(({ key, points }) => ({ key, points })),
      }),
    )
    // What was being written of it is hers who keeps it now; nothing typed is lost.
    expect((await stage.as('S1').get(`/api/drafts/${draft}`)).status).toBe(404)
    expect(ok(await stage.as('S1b').get<{ body: object }>(`/api/drafts/${draft}`)).body.body).toEqual({
      hours: '工作日全天',
    })
    await backTo(tx, 'S1')
    await decide('Cb', 'undo')
    ok(await stage.as('S1').get(`/api/drafts/${draft}`))
    expect((await rated('S1', id)).ratings[0]!.lines[0]!.self?.points).toBeGreaterThan(0)
    expect(ok(await stage.as('S1').get<RoomDetail>(`/api/care-rooms/${id}`)).body.room.org.code).toBe('S1')
  }))

it('what is asked of a held record is decided along the line of whoever keeps it, wherever that unit has gone since', () =>
  stage.trial(async (tx) => {
    const id = await contractOf('S1')
    const orgId = await split(tx, [id])
    const move = { kind: 'move', orgId, parentId: org('D2'), fromYm: 202004, docNo: '示例' }
    ok(await stage.as('C').post(changes, move))
    await decide('D1', 'consent')
    await decide('D2', 'consent')
    await decide('Cb', 'do')
    type Seen = { version: number; state: string; pending: { id: string; sequence: number }[] }
    const url = `/api/records/contract/${id}`
    const see = async (who: string) => (await stage.as(who).get<Seen>(url)).body
    const { version } = await see('S1b')
    ok(await stage.as('S1b').post(`${url}/actions`, { action: 'void', version, reason: '重复填报' }))
    expect((await stage.as('D1').get(url)).status).toBe(404)
    const [asked] = (await see('D2')).pending
    const verdict = { verdict: 'accept', sequence: asked!.sequence }
    ok(await stage.as('D2').post(`/api/proposals/${asked!.id}/decision`, verdict))
    expect((await see('S1b')).state).toBe('voided')
  }))

it('what stands beside a record moves with its unit into another district', () =>
  stage.trial(async () => {
    const id = await roomOf('U1', { builtOn: '2020-04-10', verifiedOn: '2020-04-10', intervals: [] })
    ok(
      await stage
        .as('U1')
        .put(`/api/care-rooms/${id}/point`, { lng: 121.6, lat: 38.9, crs: 'WGS84', source: '定位' }),
    )
    ok(await stage.as('U1').post(`/api/care-rooms/${id}/ratings`, { grade: '市级' }))
    const [rating] = (await rated('U1', id)).ratings
    ok(
      await stage.as('U1').put(`/api/care-room-ratings/${rating!.id}/scores`, {
        version: rating!.version,
        scores: rating!.lines.map(({ key, points }) => ({ key, points })),
      }),
    )
    ok(
      await stage.as('C').post(changes, {
        kind: 'move',
        orgId: org('U1'),
        parentId: org('S3'),
        fromYm: 202004,
        docNo: '示例',
      }),
    )
    await decide('S1', 'consent')
    await decide('S3', 'consent')
    await decide('Cb', 'do')
    const room = ok(await stage.as('D2').get<RoomDetail>(`/api/care-rooms/${id}`)).body
    expect([room.point?.given.lng, (await rated('D2', id)).ratings[0]!.lines[0]!.self?.points]).toEqual([
      121.6,
      expect.any(Number),
    ])
    expect((await stage.as('D1').get(`/api/care-rooms/${id}`)).status).toBe(404)
  }))

it.each([
  ['of whoever holds her, by its successor', 'U1', 'U2'],
  ['of whoever asked for her, into its successor', 'U5', 'U3'],
])('a member asked for elsewhere is let go after a merger %s', (_, gone, into) =>
  stage.trial(async () => {
    const { idKind, idNumber, name } = entryOf(1)
    ok(await stage.as('U1').post('/api/persons', { body: entryOf(1) }))
    const asked = { idKind, idNumber, name, reason: '到我单位工作' }
    ok(await stage.as('U5').post('/api/persons/transfers', asked))
    ok(
      await stage
        .as('C')
        .post(changes, { kind: 'merge', orgId: org(gone), intoId: org(into), fromYm: 202004, docNo: '示例' }),
    )
    for (const side of gone === 'U1' ? ['S1'] : ['S3', 'S2']) await decide(side, 'consent')
    await decide('Cb', 'do')
    const holder = gone === 'U1' ? 'U2' : 'U1'
    const [request] = (await stage.as(holder).get<PersonRequest[]>('/api/person-requests')).body
    expect([request?.kind, request?.mayNot]).toEqual(['transfer', null])
    const asker = gone === 'U1' ? 'U5' : 'U3'
    const [own] = (await stage.as(asker).get<PersonRequest[]>('/api/person-requests')).body
    expect([own?.id, own?.toOrg?.code]).toEqual([request!.id, asker])
    ok(
      await stage
        .as(holder)
        .post(`/api/person-requests/${request!.id}/decision`, { verdict: 'accept', answer: '' }),
    )
    const here = (await stage.as(asker).get<PersonList>('/api/persons')).body
    expect(here.rows.map((p) => p.name)).toContain(name)
  }),
)
