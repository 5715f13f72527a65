import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ContractDetail, Coverage, DueList } from '#programmes/contract/api.ts'
import type { MessageList } from '#notify/api.ts'
import { remindContracts } from '#programmes/contract/remind.server.ts'
import { addDays } from '#kit/day.ts'
import { openStore } from '#record/evidence/store.server.ts'
import { findProgramme } from '#programmes/index.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import type { Refusal, Written } from '../support/play.ts'
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

const firm = (name: string, women: number, creditCode: string | null = null) => ({
  firm: name,
  women,
  creditCode,
})

/** A contract of U1, accepted by its district. */
async function accepted(changes: Record<string, unknown> = {}): Promise<Written> {
  const url = '/api/records/contract'
  const body = bodyOf(findProgramme('contract')!, {
    scope: '企业',
    covered: [firm('示例甲厂', 40)],
    ...changes,
  })
  const sent = await stage.as('U1').post<Written>(url, { body, warningNote: '已核对' })
  expect([sent.status, sent.raw]).toEqual([200, expect.any(String)])
  const act = (who: string, action: string, version: number) =>
    stage.as(who).post<Written>(`${url}/${sent.body.id}/actions`, { action, version })
  const passed = await act('S1', 'pass', sent.body.version)
  const done = await act('D1', 'accept', passed.body.version)
  expect(done.body.state).toBe('accepted')
  return done.body
}

const read = async (who: string, id: string) =>
  (await stage.as(who).get<ContractDetail>(`/api/contracts/${id}`)).body
const cover = async (who: string, query = '') =>
  (await stage.as(who).get<Coverage>(`/api/contract-coverage${query}`)).body
const due = async (who: string, kind: string) =>
  (await stage.as(who).get<DueList>(`/api/contract-due?kind=${kind}`)).body
const toldOfText = async (who: string) =>
  (await stage.as(who).get<MessageList>('/api/messages')).body.rows
    .map((m) => m.subject)
    .filter((subject) => subject.includes('正式文本'))
const fields = (refused: { body: Refusal }) => refused.body.issues?.map((i) => i.field)

const send = (agreed: number, more: object = {}) =>
  stage.as('U1').post<Refusal>('/api/records/contract', {
    body: bodyOf(findProgramme('contract')!, {
      scope: '企业',
      covered: [firm('示例甲厂', 40)],
      clauses: [{ item: '产假', quote: '产假若干天。', agreed }],
      due: 9,
      present: 9,
      inFavour: 9,
    }),
    ...more,
  })

describe('a contract', () => {
  it('tells its way, its clauses below the floor and what it follows upon', () =>
    stage.trial(async () => {
      const first = await accepted({ regNo: '甲-1' })
      const { id } = await accepted({
        regNo: '甲-2',
        signKind: '续订',
        replacesNo: '甲-1',
        publishedOn: null,
        clauses: [{ item: '产假', quote: '女职工生育享受97天产假。', agreed: 97 }],
      })
      const seen = await read('U1', id)
      const state = Object.fromEntries(seen.steps.map((s) => [s.key, s.state]))
      expect(state).toMatchObject({ repliedOn: 'done', effectiveOn: 'done', publishedOn: 'overdue' })
      expect(seen.clauses.map((c) => [c.item, c.floor, c.below])).toEqual([['产假', 98, true]])
      expect(seen.chain.map((l) => l.id)).toEqual([first.id, id])
      expect((await read('C', first.id)).chain.map((l) => l.regNo)).toEqual(['甲-1', '甲-2'])
      expect((await stage.as('U2').get(`/api/contracts/${id}`)).status).toBe(404)
      expect((await due('U1', 'publish')).rows.map((r) => r.id)).toEqual([id])
    }))

  it('below the floor is sent with a note for the reviewer only', () =>
    stage.trial(async () => {
      expect((await send(98)).status).toBe(200)
      const low = await send(97)
      expect([low.status, low.body.code]).toEqual([422, '422.3'])
      expect(fields(low)).toContain('clauses.0.agreed')
      expect((await send(97, { warningNote: '正在协商修改' })).status).toBe(200)
    }))
})

describe('coverage on a day', () => {
  it('counts a firm once, from the day of effect to the last of the term', () =>
    stage.trial(async () => {
      const term = {
        publishedOn: null,
        effectiveOn: '2019-10-12',
        termFromOn: '2019-10-12',
        termUntilOn: '2020-10-11',
      }
      await accepted({ ...term, regNo: '甲-1', covered: [firm('示例甲（厂）', 40)] })
      await accepted({
        ...term,
        regNo: '甲-2',
        scope: '区域性',
        covered: [firm('示例甲(厂)', 42), firm('示例乙厂', 7)],
        effectiveOn: '2019-10-20',
        termFromOn: '2019-10-20',
        termUntilOn: '2020-10-19',
      })
      await accepted({
        ...term,
        regNo: '甲-3',
        signKind: '变更',
        replacesNo: '甲-1',
        covered: [firm('示例甲（厂）', 40)],
      })
      const sums = async (who: string, on: string) => {
        const { contracts, firms, women, twice } = await cover(who, `?on=${on}`)
        return [contracts, firms, women, twice]
      }
      expect(await sums('C', '2019-10-11')).toEqual([0, 0, 0, 0])
      expect(await sums('C', '2019-10-12')).toEqual([1, 1, 40, 1])
      expect(await sums('D1', '2019-10-20')).toEqual([2, 2, 49, 1])
      expect(await sums('C', '2020-10-11')).toEqual([2, 2, 49, 1])
      expect(await sums('C', '2020-10-12')).toEqual([1, 2, 49, 0])
      expect(await sums('C', '2020-10-20')).toEqual([0, 0, 0, 0])
      expect(await sums('D2', '2019-10-20')).toEqual([0, 0, 0, 0])
      const { rows, below } = await cover('C', '?on=2019-10-20&show=twice')
      expect(rows.map((r) => [r.women, r.contracts.map((c) => c.regNo)])).toEqual([
        [42, ['甲-2', '甲-1', '甲-3']],
      ])
      expect(below.map((b) => [b.contracts, b.firms, b.women])).toEqual([[2, 2, 49]])
      expect((await cover('C', `?on=2019-10-20&q=${encodeURIComponent('乙')}`)).found).toBe(1)
    }))

  it('is refused beyond the own scope', () =>
    stage.trial(async () => {
      const { org } = await cover('D1')
      expect((await stage.as('D2').get(`/api/contract-coverage?org=${org.id}`)).status).toBe(404)
    }))
})

const ending = (left: number, changes: object = {}) => ({
  effectiveOn: '2019-10-12',
  termFromOn: addDays(addDays(today, left), -365),
  termUntilOn: addDays(today, left),
  ...changes,
})

describe('the end of a term', () => {
  it('is told of ninety days before, once, unless a renewal follows', () =>
    stage.trial(async (tx) => {
      const remind = (on: string) => remindContracts({ today: () => on }, tx)
      const far = await accepted(ending(91, { regNo: '甲-1' }))
      expect((await due('U1', 'renewal')).rows).toEqual([])
      const near = await accepted(ending(90, { regNo: '甲-2' }))
      expect((await due('U1', 'renewal')).rows.map((r) => [r.id, r.left])).toEqual([[near.id, 90]])
      expect(await remind(today)).toBe(1)
      expect(await remind(today)).toBe(0)
      await accepted({ regNo: '甲-3', signKind: '续订', replacesNo: '甲-2' })
      expect((await due('D1', 'renewal')).rows).toEqual([])
      expect(far.id).not.toBe(near.id)
    }))
})

const plan = (who: string, id: string, dueOn: string) =>
  stage.as(who).post<Refusal>(`/api/contracts/${id}/inspections`, { dueOn })
const close = (who: string, id: string, body: object) =>
  stage.as(who).post<Refusal>(`/api/contract-inspections/${id}/result`, body)
const fix = (who: string, id: string, body: object) =>
  stage.as(who).post<Refusal>(`/api/contract-inspections/${id}/fix`, body)

describe('the text as signed', () => {
  it('is a file of the record, version by version, each told by its hash', () =>
    stage.trial(async () => {
      const { id } = await accepted()
      const name = (who: string, file: string, n: number, why?: string) =>
        stage.as(who).post<Refusal>(`/api/contracts/${id}/texts`, { file, n, ...(why ? { why } : {}) })
      const put = async (content: string) => {
        const file = randomUUID()
        const url = `/api/records/contract/${id}/evidence/${file}?name=${encodeURIComponent(`${content}.pdf`)}`
        const sent = await stage.as('U1').upload(url, Buffer.from(`%PDF-1.4 ${content}`))
        expect([sent.status, sent.raw]).toEqual([200, expect.any(String)])
        return file
      }
      const [one, same, other] = [await put('盖章稿'), await put('盖章稿'), await put('改正稿')]
      expect(fields(await name('U1', randomUUID(), 1))).toEqual(['file'])
      expect((await name('D1', one, 1)).status).toBe(404)
      expect((await name('U1', one, 1)).status).toBe(200)
      expect((await name('U1', other, 1)).body.code).toBe('409.220')
      expect(fields(await name('U1', same, 2))).toEqual(['file'])
      expect(fields(await name('U1', other, 2))).toEqual(['why'])
      expect((await name('U1', other, 2, '第三条有错字，双方重签')).status).toBe(200)
      const { texts, may } = await read('D1', id)
      expect(texts.map(({ n, name: said, why, isKept }) => [n, said, why, isKept])).toEqual([
        [2, '改正稿.pdf', '第三条有错字，双方重签', true],
        [1, '盖章稿.pdf', '', true],
      ])
      expect(texts[1]!.hash).toBe(createHash('sha256').update('%PDF-1.4 盖章稿').digest('hex'))
      expect([may.text, (await read('U1', id)).may.text]).toEqual([false, true])
    }))

  it('named after the review is told to whoever accepted, and marked until another of that unit has looked', () =>
    stage.trial(async () => {
      const { id } = await accepted()
      const put = async (content: string) => {
        const file = randomUUID()
        const url = `/api/records/contract/${id}/evidence/${file}?name=${encodeURIComponent(`${content}.pdf`)}`
        expect((await stage.as('U1').upload(url, Buffer.from(`%PDF-1.4 ${content}`))).status).toBe(200)
        return file
      }
      const look = (who: string, n: number, finding: string, note?: string) =>
        stage
          .as(who)
          .post<Refusal>(`/api/contracts/${id}/text-looks`, { n, finding, ...(note ? { note } : {}) })
      const name = (file: string, n: number, why?: string) =>
        stage.as('U1').post(`/api/contracts/${id}/texts`, { file, n, ...(why ? { why } : {}) })
      expect((await name(await put('盖章稿'), 1)).status).toBe(200)
      expect([await toldOfText('D1'), await toldOfText('S1')]).toEqual([
        [expect.stringContaining('选定了合同正式文本')],
        [],
      ])
      expect((await due('S1', 'text')).rows.map((r) => [r.id, r.dueOn])).toEqual([[id, today]])
      expect([(await read('D1', id)).may.lookAtText, (await read('S1', id)).may.lookAtText]).toEqual([
        true,
        false,
      ])
      expect((await look('S1', 1, '与登记一致')).status).toBe(403)
      expect(fields(await look('D1', 1, '要求更正', '不'))).toEqual(['note'])
      expect((await look('D1', 1, '要求更正', '第三条与登记不一致')).status).toBe(200)
      expect((await look('D1', 1, '与登记一致')).body.code).toBe('409.220')
      expect(await toldOfText('U1')).toEqual([expect.stringContaining('第三条与登记不一致')])
      expect((await due('D1', 'text')).counts.text).toBe(0)
      expect((await name(await put('改正稿'), 2, '按核对意见改正第三条')).status).toBe(200)
      expect((await due('D1', 'text')).counts.text).toBe(1)
      expect((await look('D1', 1, '与登记一致')).body.code).toBe('409.220')
      expect((await look('D1', 2, '与登记一致')).status).toBe(200)
      const { texts, may } = await read('U1', id)
      expect([texts.map((t) => t.look?.finding), may.lookAtText]).toEqual([['与登记一致', '要求更正'], false])
    }))

  it('of a contract that was voided since is looked at by nobody', () =>
    stage.trial(async () => {
      const { id, version } = await accepted()
      const file = randomUUID()
      const url = `/api/records/contract/${id}`
      const put = await stage
        .as('U1')
        .upload(`${url}/evidence/${file}?name=a.pdf`, Buffer.from('%PDF-1.4 稿'))
      expect(put.status).toBe(200)
      expect((await stage.as('U1').post(`/api/contracts/${id}/texts`, { file, n: 1 })).status).toBe(200)
      expect((await read('D1', id)).may.lookAtText).toBe(true)
      const asked = { action: 'void', version, reason: '重复填报' }
      expect((await stage.as('U1').post(`${url}/actions`, asked)).status).toBe(200)
      const { pending } = (await stage.as('D1').get<{ pending: { id: string; sequence: number }[] }>(url))
        .body
      const verdict = { verdict: 'accept', sequence: pending[0]!.sequence }
      expect((await stage.as('D1').post(`/api/proposals/${pending[0]!.id}/decision`, verdict)).status).toBe(
        200,
      )
      expect([(await read('D1', id)).may.lookAtText, (await due('D1', 'text')).counts.text]).toEqual([
        false,
        0,
      ])
      const look = { n: 1, finding: '与登记一致' }
      expect((await stage.as('D1').post(`/api/contracts/${id}/text-looks`, look)).status).toBe(403)
    }))
})

describe('how a contract is kept', () => {
  it('is looked at from above by its day, and mended by the unit', () =>
    stage.trial(async () => {
      const { id } = await accepted()
      expect((await plan('U1', id, today)).status).toBe(403)
      expect((await plan('D2', id, today)).status).toBe(404)
      expect(fields(await plan('D1', id, addDays(today, -1)))).toEqual(['dueOn'])
      expect(fields(await plan('D1', id, '2021-10-12'))).toEqual(['dueOn'])
      expect((await plan('D1', id, today)).status).toBe(200)
      const look = (await read('D1', id)).inspections[0]!
      expect([look.dueOn, look.isLate, (await due('U1', 'look')).counts.look]).toEqual([today, false, 1])
      const bad = { checkedOn: today, result: '限期整改' }
      expect(fields(await close('D1', look.id, { ...bad, checkedOn: addDays(today, 1) }))).toEqual([
        'checkedOn',
      ])
      expect(fields(await close('D1', look.id, bad))).toEqual(['finding'])
      const finding = '没有安排哺乳时间'
      expect(fields(await close('D1', look.id, { ...bad, finding, fixBy: today }))).toEqual(['fixBy'])
      const fixBy = addDays(today, 1)
      expect((await close('D1', look.id, { ...bad, finding, fixBy })).status).toBe(200)
      expect((await close('D1', look.id, { ...bad, finding, fixBy })).body.code).toBe('409.212')
      expect((await due('U1', 'fix')).rows.map((r) => [r.dueOn, r.note])).toEqual([[fixBy, finding]])
      const mended = { fixedOn: today, note: '已经排班落实' }
      expect((await fix('D1', look.id, mended)).status).toBe(404)
      expect(fields(await fix('U1', look.id, { ...mended, fixedOn: addDays(today, -1) }))).toEqual([
        'fixedOn',
      ])
      expect((await fix('U1', look.id, mended)).status).toBe(200)
      expect((await due('U1', 'fix')).counts.fix).toBe(0)
      expect((await read('U1', id)).inspections[0]).toMatchObject({
        fixedOn: today,
        fixedNote: '已经排班落实',
      })
    }))
})
