import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ChangeAct, ChangeLine } from '#org/change/api.ts'
import { headsOn } from '#org/headsOn.server.ts'
import { textOf } from '#paper/sheet/cell.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { well } from '../support/hardship.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const url = '/api/org-changes'
const decide = async (who: string, act: ChangeAct) => {
  const [line] = well(await stage.as(who).get<{ rows: ChangeLine[] }>(url)).rows
  well(
    await stage
      .as(who)
      .post(`${url}/${line!.id}/decision`, { act, version: line!.version, reason: '核对无误' }),
  )
}

/** U5 takes over U1: 35 women members each. */
async function merge() {
  const plan = {
    kind: 'merge',
    orgId: stage.world.org('U1'),
    intoId: stage.world.org('U5'),
    fromYm: 202004,
    docNo: '示例〔2020〕1号',
  }
  well(await stage.as('S1').post(url, plan))
  await decide('S3', 'consent')
  await decide('C', 'do')
}

/** Edits U5 in the workbook of what stands. @returns the intake */
async function edit(changes: Record<string, string | number>): Promise<string> {
  const { token } = stage.world.person('systemAdmin')
  const got = await stage.app.inject({
    url: '/api/intake-templates/onboarding?rows=standing',
    headers: { cookie: `__Host-sid=${token}` },
  })
  const { sheets } = stage.world.deps
  const [head, ...lines] = (await sheets.readAll(got.rawPayload, 1000)).sheets[0]!.rows.map((r) => r.cells)
  const titles = head!.map((cell) => textOf(cell).replace('＊', ''))
  const cells = lines
    .find((line) => line[1] === 'U5')!
    .map((cell, at) => changes[titles[at]!] ?? (textOf(cell) || null))
  const columns = titles.map((title) => ({ title, kind: 'text' as const, width: 12 }))
  const book = await sheets.write({ keys: {}, sheets: [{ name: '单位', columns, rows: [{ cells }] }] })
  const id = randomUUID()
  const admin = stage.as('systemAdmin')
  well(await admin.upload(`/api/intakes/${id}?target=onboarding&name=a.xlsx`, Buffer.from(book)))
  expect(well(await admin.post(`/api/intakes/${id}/commit`, { version: 1, mode: 'all' }))).toEqual({
    made: 1,
    left: 0,
  })
  return id
}
const takeBack = async (intake: string) =>
  expect(well(await stage.as('systemAdmin').post(`/api/intakes/${intake}/undo`))).toMatchObject({ undone: 1 })

/** Women members of U1 and U5 on a day, as a table of that day counts them. */
const women = async (tx: Tx, day: string) =>
  Object.fromEntries(
    (
      await rows<{ code: string; n: number }>(
        tx,
        sql`SELECT o.org_code AS code, coalesce(h.women_members, o.women_members) AS n FROM app.org o LEFT JOIN ${headsOn(day)} h ON h.org_id = o.id
          WHERE o.org_code IN ('U1', 'U5') AND (o.closed_on IS NULL OR h.org_id IS NOT NULL)`,
      )
    ).map(({ code, n }) => [code, n]),
  )

async function onDay<T>(day: string, work: () => Promise<T>): Promise<T> {
  const { today } = stage.world.deps
  stage.world.deps.today = () => day
  try {
    return await work()
  } finally {
    stage.world.deps.today = today
  }
}

it.each([
  ['its name alone', { 单位全称: '示例改名工会' }],
  ['its heads', { 女会员人数: 60 }],
])('an edit on the day of a merger, of %s, is taken back without the merger', (_, changes) =>
  stage.trial(async (tx) => {
    await merge()
    await takeBack(await edit(changes))
    expect(await women(tx, '2020-04-15')).toEqual({ U1: 35, U5: 35 })
    expect(await women(tx, '2020-04-16')).toEqual({ U5: 70 })
  }),
)

it('a merger is taken back without the edit that came after it: earlier days read what stood before either', () =>
  stage.trial(async (tx) => {
    await merge()
    await onDay('2020-04-18', () => edit({ 女会员人数: 75 }))
    expect(await women(tx, '2020-04-17')).toEqual({ U5: 70 })
    await onDay('2020-04-20', () => decide('Cb', 'undo'))
    for (const day of ['2020-04-15', '2020-04-17']) expect(await women(tx, day)).toEqual({ U1: 35, U5: 35 })
    for (const day of ['2020-04-18', '2020-04-20']) expect(await women(tx, day)).toEqual({ U1: 35, U5: 40 })
  }))

it('a merger is taken back without an edit that came before it on the same day', () =>
  stage.trial(async (tx) => {
    await edit({ 女会员人数: 40 })
    await merge()
    await decide('Cb', 'undo')
    expect(await women(tx, '2020-04-15')).toEqual({ U1: 35, U5: 35 })
    expect(await women(tx, '2020-04-16')).toEqual({ U1: 35, U5: 40 })
  }))
