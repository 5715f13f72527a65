import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { randomUUID } from 'node:crypto'
import { foldAll } from '#figures/fold.server.ts'
import { recount } from '#figures/verify.server.ts'
import { verifyChain } from '#audit/verify.server.ts'
import { contributions, type Contribution } from '#kit/contribution.ts'
import type { Programme } from '#kit/programme.ts'
import { validate } from '#kit/validate.ts'
import { indicators, programmes } from '#programmes/index.ts'
import { inTransaction } from '#server/database.server.ts'
import { openStage, type Caller, type Stage } from '../support/client.ts'
import { bodyOf, correctedBody, whole } from '../support/bodies.ts'
import { bookOf, bring, commitAll, none, rowsOf, said, sheetsOf } from '../support/intake.ts'
import { today } from '../support/world.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const stocks = new Set(indicators.filter((i) => i.indicator.nature === 'stock').map((i) => i.id))
const rowOf = (programme: Programme, body: Record<string, unknown>) => {
  const { row, issues } = validate(programme, body, today)
  expect(issues).toEqual([])
  return row!
}

type Sums = Record<string, [accepted: number, waiting: number]>

/** What the figures of 2019 must be when these contributions are accepted and those wait. */
function expected(accepted: Contribution[], waiting: Contribution[]): Sums {
  const sums: Sums = {}
  for (const [at, list] of [accepted, waiting].entries()) {
    for (const { indicator, ym, value } of list) {
      if (ym > 201912 || (ym < 201901 && !stocks.has(indicator))) continue
      sums[indicator] ??= [0, 0]
      sums[indicator][at]! += value
    }
  }
  return nonZero(sums)
}

const nonZero = (sums: Sums): Sums =>
  Object.fromEntries(Object.entries(sums).filter(([, [value, waiting]]) => value !== 0 || waiting !== 0))

type Figures = { figures: { indicator: string; value: number; waiting: number; viewed: number }[] }

async function figuresOf(city: Caller, orgId: number, period = ''): Promise<Sums> {
  const { status, body } = await city.get<Figures>(`/api/figures?year=2019&org=${orgId}${period}`)
  expect(status).toBe(200)
  return nonZero(Object.fromEntries(body.figures.map((f) => [f.indicator, [f.value, f.waiting]])))
}

/** Figures at every tier of the owner's line at once, nothing anywhere else, folded or not. */
async function expectFigures(accepted: Contribution[], waiting: Contribution[] = []): Promise<void> {
  const { as, world } = stage
  const wanted = expected(accepted, waiting)
  for (const code of ['C', 'D1', 'S1', 'U1'])
    expect([code, await figuresOf(as('C'), world.org(code))]).toEqual([code, wanted])
  for (const code of ['D2', 'I1', 'S2', 'U2'])
    expect([code, await figuresOf(as('C'), world.org(code))]).toEqual([code, {}])
  for (const ym of new Set([...accepted, ...waiting].map((c) => c.ym).filter((ym) => ym < 202001))) {
    const at = (list: Contribution[]) =>
      list.filter((c) => c.ym === ym || (c.ym < ym && stocks.has(c.indicator)))
    const month = await figuresOf(as('D1'), world.org('D1'), `&calendar=month&part=${ym % 100}`)
    expect([ym, month]).toEqual([ym, expected(at(accepted), at(waiting))])
  }
}

type Trace = { sum: number; records: number; rows: { id: string; value: number; state: string }[] }

/** Every indicator's trace sums to its figure and names the record exactly where it counts. */
async function expectTrace(id: string, accepted: Contribution[]): Promise<void> {
  const wanted = expected(accepted, [])
  for (const indicator of new Set(accepted.map((c) => c.indicator))) {
    const { body } = await stage.as('C').get<Trace>(`/api/figures/trace?year=2019&indicator=${indicator}`)
    const value = wanted[indicator]?.[0] ?? 0
    expect([indicator, body.sum]).toEqual([indicator, value])
    expect(body.rows.filter((r) => r.value !== 0).map((r) => [r.id, r.value])).toEqual(
      value === 0 ? [] : [[id, value]],
    )
  }
}

async function expectVerified(): Promise<void> {
  const { deps } = stage.world
  const service = stage.world.person('service')
  await inTransaction(deps.db, { scopeCode: '0001', token: service.token }, async (tx) => {
    const report = await recount(deps, tx)
    expect(report.differences).toEqual([])
    expect(report.records).toBeGreaterThan(0)
    expect((await verifyChain(tx, stage.world.deps.crypto.hash)).breaks).toEqual([])
  })
}

type Written = { id: string; state: string; version: number; turnOf: { code: string } | null }
type Detail = Written & {
  body: Record<string, unknown>
  remarks: { field: string; body: string; resolved: boolean }[]
  history: { action: string }[]
  pending: { id: string; sequence: number; mayDecide: boolean; changes: { field: string }[] }[]
}

/** Tiers of U1's line that review a programme, in order; the last accepts. */
const reviewers = ({ acceptedBy }: Programme): string[] =>
  ({ subdistrict: ['S1'], district: ['S1', 'D1'], city: ['S1', 'D1', 'C'] })[acceptedBy]

describe.each(programmes.map((p) => [p.key, p] as const))('%s', (key, programme) => {
  const own = `/api/records/${key}`
  const firstField = () => Object.entries(programme.fields).find(([, f]) => f.required)![0]

  /** Autosaves a draft and submits it. */
  async function submit(
    who: Caller,
    body: object,
    more: object = {},
    submission: object = {},
  ): Promise<Written> {
    const draft = randomUUID()
    const saved = await who.put(`/api/drafts/${draft}`, {
      programme: key,
      kind: 'draft',
      body,
      sequence: 1,
      ...more,
    })
    expect([saved.status, saved.body]).toEqual([200, expect.objectContaining({ id: draft, sequence: 1 })])
    const sent = await who.post<Written>(`/api/drafts/${draft}/submit`, { body, ...submission })
    expect([sent.status, sent.raw]).toEqual([200, expect.any(String)])
    return sent.body
  }

  const act = (who: string, id: string, action: object) =>
    stage.as(who).post<Written>(`${own}/${id}/actions`, action)

  /** Walks a submitted record up its line to acceptance. */
  async function accept(id: string, from: number): Promise<number> {
    let version = from
    const line = reviewers(programme)
    for (const [at, who] of line.entries()) {
      const last = at === line.length - 1
      const wrong = await act(who, id, { action: last ? 'pass' : 'accept', version })
      expect([who, wrong.status]).toEqual([who, 403])
      const done = await act(who, id, { action: last ? 'accept' : 'pass', version })
      expect([who, done.status, done.body.turnOf?.code ?? null]).toEqual([who, 200, line[at + 1] ?? null])
      version = done.body.version
    }
    return version
  }

  it('goes its whole way, and figure, trace and recount follow each step', () =>
    stage.trial(async () => {
      const { as, world } = stage
      const owner = as('U1')
      const body = bodyOf(programme)
      const first = rowOf(programme, body)
      const counts = contributions(programme, first)
      expect(counts).not.toEqual([])

      const { id, turnOf, version } = await submit(owner, body)
      expect([turnOf?.code, version]).toEqual(['S1', 1])
      await expectFigures([], counts)
      const seen = await owner.get<Detail>(`${own}/${id}`)
      expect(seen.body.body).toEqual(whole(programme, first))

      const remarks = [{ field: firstField(), body: '请核对这一项' }]
      const unlocated = await act('S1', id, {
        action: 'return',
        version,
        reason: '有误',
        remarks: [{ field: 'constructor', body: '?' }],
      })
      expect([unlocated.status, unlocated.body]).toEqual([422, expect.objectContaining({ code: '422.5' })])
      const returned = await act('S1', id, { action: 'return', version, reason: '有误', remarks })
      expect([returned.status, returned.body]).toEqual([
        200,
        expect.objectContaining({ state: 'returned', version: 2, turnOf: null }),
      ])
      await expectFigures([], [])
      expect((await owner.get<Detail>(`${own}/${id}`)).body.remarks).toEqual([
        expect.objectContaining({ ...remarks[0], resolved: false }),
      ])

      const again = await submit(owner, body, { recordId: id, baseVersion: 2 })
      expect(again).toEqual(expect.objectContaining({ id, state: 'submitted', version: 3 }))
      const accepted = await accept(id, 3)
      await expectFigures(counts)
      await expectTrace(id, counts)
      await foldAll(world.deps.db)
      await expectFigures(counts)

      const corrected = rowOf(programme, correctedBody(programme))
      const recounts = contributions(programme, corrected)
      await submit(
        owner,
        correctedBody(programme),
        { kind: 'correction', recordId: id, baseVersion: accepted },
        { reason: '数字填错了' },
      )
      await expectFigures(counts)
      const decider = reviewers(programme).at(-1)!
      const [pending] = (await as(decider).get<Detail>(`${own}/${id}`)).body.pending
      expect(pending).toEqual(expect.objectContaining({ mayDecide: true }))
      expect(pending!.changes.map((c) => c.field)).toContain('title')
      const decision = { verdict: 'accept', sequence: pending!.sequence }
      const decided = await as(decider).post<Written>(`/api/proposals/${pending!.id}/decision`, decision)
      expect([decided.status, decided.body]).toEqual([
        200,
        expect.objectContaining({ state: 'accepted', version: accepted + 1 }),
      ])
      await expectFigures(recounts)
      await expectTrace(id, recounts)

      const request = { action: 'void', version: accepted + 1, reason: '重复填报' }
      expect((await act('U1', id, request)).status).toBe(200)
      await expectFigures(recounts)
      const [request2] = (await as(decider).get<Detail>(`${own}/${id}`)).body.pending
      const voided = await as(decider).post<Written>(`/api/proposals/${request2!.id}/decision`, {
        verdict: 'accept',
        sequence: 1,
      })
      expect([voided.status, voided.body.state]).toEqual([200, 'voided'])
      await expectFigures([])
      await expectTrace(id, [...recounts, ...recounts.map((c) => ({ ...c, value: -c.value }))])
      const history = (await owner.get<Detail>(`${own}/${id}`)).body.history.map((h) => h.action)
      const passes = reviewers(programme)
        .slice(1)
        .map(() => 'pass')
      expect(history).toEqual(['submit', 'return', 'resubmit', ...passes, 'accept', 'correct', 'void'])

      await expectVerified()
      await foldAll(world.deps.db)
      await expectVerified()
    }))

  it('comes in from a workbook with its children, as the form would have it; the same file again changes nothing', () =>
    stage.trial(async () => {
      const body = bodyOf(programme)
      const bytes = await bookOf(stage, ...sheetsOf(programme, [body]))
      const brought = await bring(stage, 'U1', key, bytes)
      const faulty = await rowsOf(stage, 'U1', brought.id, '?state=wrong')
      expect([brought.answer.status, said(faulty)]).toEqual([200, []])
      const done = await commitAll(stage, 'U1', brought, { note: '核对无误' })
      expect(done.body).toMatchObject({ left: 0 })
      const list = await stage.as('U1').get<{ rows: { id: string }[] }>(own)
      const seen = await stage.as('U1').get<Detail>(`${own}/${list.body.rows[0]!.id}`)
      expect(seen.body.body).toEqual(whole(programme, rowOf(programme, body)))
      const again = await bring(stage, 'U1', key, bytes)
      expect(again.page.counts).toEqual({ ...none, same: done.body.made })
      await expectFigures([], contributions(programme, rowOf(programme, body)))
    }))

  it('refuses at the field what it does not know, lacks or cannot read, and a key missing or used twice', () =>
    stage.trial(async () => {
      const owner = stage.as('U1')
      const issuesOf = async (body: object) => {
        const { status, body: problem } = await owner.post<{ code: string; issues: { field: string }[] }>(
          own,
          { body },
        )
        return [status, problem.code, problem.issues?.map((i) => i.field)]
      }
      const body = bodyOf(programme)
      const date = programme.dated ?? 'endsOn'
      expect(await issuesOf({ ...body, stranger: 1 })).toEqual([422, '422.1', ['stranger']])
      expect(await issuesOf({ ...body, [firstField()]: undefined })).toEqual([
        422,
        '422.1',
        expect.arrayContaining([firstField()]),
      ])
      expect(await issuesOf({ ...body, title: 5 })).toEqual([422, '422.1', ['title']])
      expect(await issuesOf({ ...body, [date]: '2020-04-17' })).toEqual([
        422,
        '422.1',
        expect.arrayContaining([date]),
      ])
      expect((await owner.get<{ count: number }>(own)).body.count).toBe(0)

      const codeOf = async (given: object, key: string | null) =>
        (await owner.post<{ code?: string }>(own, { body: given }, { key })).body.code ?? 'done'
      const key = randomUUID()
      expect(await codeOf(body, null)).toBe('400.2')
      expect(await codeOf(body, key)).toBe('done')
      expect(await codeOf({ ...body, title: '另一个名称' }, key)).toBe('422.2')
      expect(await codeOf(body, key)).toBe('done')
      expect((await owner.get<{ count: number }>(own)).body.count).toBe(1)
    }))

  it('refuses the wrong unit, a stale version, the same person and any edit by a reviewer', () =>
    stage.trial(async () => {
      const { as } = stage
      const body = bodyOf(programme)
      const { id } = await submit(as('U1'), body)
      for (const stranger of ['U2', 'U3', 'D2', 'D3', 'I1']) {
        expect([stranger, (await as(stranger).get(`${own}/${id}`)).status]).toEqual([stranger, 404])
        expect([stranger, (await act(stranger, id, { action: 'accept', version: 1 })).status]).toEqual([
          stranger,
          404,
        ])
      }
      const early = await act('D1', id, { action: 'accept', version: 1 })
      expect([early.status, early.body]).toEqual([403, expect.objectContaining({ code: '403.1' })])

      const edit = {
        programme: key,
        recordId: id,
        baseVersion: 1,
        body: { ...body, title: '审核人改的' },
        sequence: 1,
      }
      for (const kind of ['draft', 'correction']) {
        expect([kind, (await as('S1').put(`/api/drafts/${randomUUID()}`, { ...edit, kind })).status]).toEqual(
          [kind, 403],
        )
      }
      expect((await as('S1').put(`${own}/${id}`, { body })).status).toBe(404)

      await act('S1', id, {
        action: 'return',
        version: 1,
        reason: '有误',
        remarks: [{ field: 'title', body: '？' }],
      })
      const stale = await act('U1', id, { action: 'withdraw', version: 1 })
      expect([stale.status, stale.body]).toEqual([
        409,
        expect.objectContaining({
          code: '409.1',
          details: { who: '演示S1', when: expect.stringMatching(/\d+\D\d+/), version: 2 },
        }),
      ])

      const city = (await as('C').post<Written>(own, { body })).body
      expect(city.turnOf?.code).toBe('C')
      const self = await act('C', city.id, { action: 'accept', version: 1 })
      expect([self.status, self.body]).toEqual([422, expect.objectContaining({ code: '422.7' })])
      expect((await act('Cb', city.id, { action: 'accept', version: 1 })).body.state).toBe('accepted')
    }))
})
