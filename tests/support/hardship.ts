import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Answered, FileDetail, FileDone } from '#hardship/api.ts'
import { first, rows, type Db } from '#server/database.server.ts'
import type { Answer, Stage } from './client.ts'
import { entryOf } from './persons.ts'
import type { Refusal } from './play.ts'

/** A household of two at exactly 1,050 yuan a head and month, which is the line of the demo's rules. */
export const household = {
  heads: 2,
  income: 27_200,
  rigid: 2000,
  accident: 0,
  holdsMinimum: false,
  cause: '单亲抚养',
  furtherCauses: '',
  health: '慢性病',
  disability: '无',
  job: '在岗',
  housing: '租赁',
  area: 48,
  marital: '离异',
  singleParent: true,
  migrant: false,
  zeroEmployment: false,
  insurance: '职工医保',
  address: '示例路 3 号 501',
  bank: '示例银行',
  account: '6222020200011112222',
  story: '一人抚养读小学的孩子，工资是全部收入',
  family: [] as object[],
}

export const well = <T>(answer: Answer<T>): T => {
  expect([answer.status, answer.raw]).toEqual([200, expect.any(String)])
  return answer.body
}

type Aided = { id: string }

const codeOf = async (tx: Db, id: string) =>
  (await first<{ code: string }>(
    tx,
    sql`SELECT code FROM app.hardship_inquiry WHERE file_id = ${id}::uuid ORDER BY asked_on DESC, code DESC LIMIT 1`,
  ))!.code

/** The moves of hardship aid over HTTP. U4 (or another unit of D1, its aid centre) enters, U4b checks, D1b asks and pays, D1 approves. */
export function aidAt(stage: Pick<Stage, 'as' | 'world'>, unit: 'U1' | 'U4' = 'U4') {
  const second = `${unit}b`
  const as = (who: string) => stage.as(who)
  const name = async (who: string, org: string, person: string, duty: string) =>
    as(who).post<Refusal>('/api/hardship/handlers', {
      orgId: stage.world.org(org),
      accountId: stage.world.person(person).accountId,
      duty,
    })
  const read = async (who: string, id: string) =>
    well(await as(who).get<FileDetail>(`/api/hardship/files/${id}`))
  const step = async (who: string, id: string, name: string, more: object = {}) =>
    as(who).post<FileDone & Refusal>(`/api/hardship/files/${id}/steps`, {
      step: name,
      version: (await read(who, id)).version,
      ...more,
    })
  const apply = (who: string, personId: string, body: object = household, more: object = {}) =>
    as(who).post<FileDone & Refusal>('/api/hardship/files', {
      personId,
      agreedOn: '2020-04-16',
      body,
      ...more,
    })
  const woman = async (n: number, who: string = unit) =>
    well(await as(who).post<{ id: string }>('/api/persons', { body: entryOf(n) })).id
  const book = (columns: string[], lines: (string | number)[][]): Promise<Buffer> =>
    stage.world.deps.sheets
      .write({
        sheets: [
          {
            name: '表',
            columns: columns.map((title) => ({ title, kind: 'text' as const, width: 20 })),
            rows: lines.map((cells) => ({ cells })),
          },
        ],
        keys: {},
      })
      .then((bytes) => Buffer.from(bytes))
  const answer = async (code: string, word: string) =>
    as('D1b').upload<Answered & Refusal>(
      '/api/hardship/inquiries',
      await book(['编码', '姓名', '核对结果'], [[code, '', word]]),
    )
  const visit = {
    visitedOn: '2020-04-16',
    authorisedOn: '2020-04-16',
    visitors: '张示、李示',
    exclusions: [],
  }
  const at = {
    visited: async (personId: string, body: object = household) => {
      const { id } = well(await apply(unit, personId, body))
      well(await step(second, id, 'check'))
      well(await step(second, id, 'visit', visit))
      return id
    },
    /** From the income check to its number, whoever applied. */
    finished: async (tx: Db, id: string) => {
      well(await as('D1b').post('/api/hardship/inquiries', { ids: [id] }))
      well(await answer(await codeOf(tx, id), '相符'))
      return open(await show(id))
    },
    inquired: async (personId: string, body: object = household) => {
      const id = await at.visited(personId, body)
      return {
        id,
        sheet: well(await as('D1b').post<{ id: string }>('/api/hardship/inquiries', { ids: [id] })).id,
      }
    },
    verified: async (tx: Db, personId: string, body: object = household) => {
      const { id } = await at.inquired(personId, body)
      well(await answer(await codeOf(tx, id), '相符'))
      return id
    },
    noticed: async (tx: Db, personId: string, body: object = household) =>
      show(await at.verified(tx, personId, body)),
    opened: async (tx: Db, personId: string, body: object = household) =>
      open(await at.noticed(tx, personId, body)),
    /** With every list and paper that leaves on the way, and 3,000 yuan on her account. */
    helped: async (tx: Db, personId: string, body: object = household) => {
      const { id, sheet } = await at.inquired(personId, body)
      well(await as('D1b').post(`/api/hardship/inquiries/${sheet}/file`))
      well(await answer(await codeOf(tx, id), '相符'))
      await open(await show(id))
      well(await as('D1').post(`/api/hardship/files/${id}/forms/approval`))
      const { id: aidId } = well(
        await as(unit).post<Aided>('/api/hardship/aids', {
          fileId: id,
          kind: '生活',
          amount: 3000,
          fund: '区县',
        }),
      )
      for (const [who, name, version] of [
        [second, 'check', 1],
        ['D1', 'approve', 2],
      ] as const)
        well(await as(who).post(`/api/hardship/aids/${aidId}/steps`, { step: name, version }))
      const { id: batchId } = well(await as('D1b').post<Aided>('/api/hardship/batches', { ids: [aidId] }))
      well(await as('D1b').post(`/api/hardship/batches/${batchId}/file`))
      const lines = await rows<{ code: string }>(
        tx,
        sql`SELECT code FROM app.hardship_line WHERE batch_id = ${batchId}::uuid`,
      )
      const paid = await book(['编码', '金额', '结果', '失败原因'], [[lines[0]!.code, 3000, '成功', '']])
      expect(well(await as('D1b').upload<Answered>(`/api/hardship/batches/${batchId}`, paid)).taken).toBe(1)
      return { id, aidId, batchId }
    },
  }
  const show = async (id: string) => {
    well(await as('D1b').post('/api/hardship/notices', { ids: [id], title: '拟建立困难职工档案名单' }))
    return id
  }
  /** Five working days after Thursday the 16th end on the 23rd. */
  const open = async (id: string) => {
    stage.world.deps.today = () => '2020-04-24'
    well(await as('D1').post('/api/hardship/openings', { ids: [id] }))
    return id
  }
  return {
    as,
    name,
    read,
    step,
    apply,
    woman,
    book,
    codeOf,
    answer,
    visit,
    at,
    nameAll: async () => {
      for (const [org, person, duty] of [
        [unit, unit, 'enter'],
        [unit, second, 'check'],
        ['D1', 'D1b', 'check'],
        ['D1', 'D1b', 'pay'],
      ] as const)
        well(await name('D1', org, person, duty))
      well(await name('D1b', 'D1', 'D1', 'approve'))
    },
    records: (tx: Db) =>
      rows<Record<string, unknown>>(
        tx,
        sql`SELECT h.matter, h.households, h.singles, h.aid_kind, h.times, h.helped, h.amount, r.state FROM app.hardship h
          JOIN app.record r ON r.district_id = h.district_id AND r.id = h.record_id ORDER BY r.id`,
      ),
  }
}
