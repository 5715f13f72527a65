import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { verifyChain } from '#audit/verify.server.ts'
import { foldAll } from '#figures/fold.server.ts'
import { periodOf } from '#kit/period.ts'
import { totals } from '#figures/read.server.ts'
import { traceSums } from '#figures/trace.server.ts'
import { inTransaction, wholeTree } from '#server/database.server.ts'
import { openMemory, type TestDatabase } from '../support/database.ts'
import { compareBooks, comparePlaces } from './compare.ts'
import { accept, asCadre, correct, enter, move, openNextYear, settle, todayYm, type Town } from './town.ts'

let memory: TestDatabase
let town: Town
beforeAll(async () => void (memory = await openMemory()))
afterAll(() => memory.close())

const edge = (child: number, parent: number) => ({
  child,
  parent,
  line: 1 as const,
  fromYm: 0,
  toYm: 999912,
})

// City 1 over districts 2, 3, 4; unit 5 and, below it, unit 6 begin in district 2.
beforeEach(async () => {
  town = await settle(memory.db, 1, 6)
  town.edges = [edge(2, 1), edge(3, 1), edge(4, 1), edge(5, 2), edge(6, 5)]
  await sql`DELETE FROM app.org_edge`.execute(memory.db)
  for (const e of town.edges)
    await sql`INSERT INTO app.org_edge VALUES (${e.child}, ${e.parent}, 1, 0, 999912, NULL, NULL)`.execute(
      memory.db,
    )
  await sql`SELECT app.rebuild_closure(${town.units}::int[]), app.refresh_paths(${town.units}::int[], ${todayYm}::int)`.execute(
    memory.db,
  )
  await sql`UPDATE app.org SET tier = CASE WHEN id = 5 THEN 'subdistrict' WHEN id = 6 THEN 'grassroots' ELSE tier END`.execute(
    memory.db,
  )
})

const room = (builtOn: string, more: object = {}) => ({
  title: `关爱室 ${builtOn}`,
  grade: '台账',
  form: '室',
  builtOn,
  area: 12,
  address: '演示路 1 号',
  hours: '工作日',
  fathersWelcome: true,
  stepFree: true,
  coveredWomen: 30,
  intervals: [],
  ...more,
})
const persons = 'careRoom.persons'
const rooms = 'careRoom.total'

const value = async (unit: number, code: string, fromYm: number, untilYm = fromYm): Promise<number> => {
  const period = { ...periodOf('year', 2019), fromYm, untilYm }
  const found = await inTransaction(memory.db, wholeTree, (tx) => totals(tx, [unit], [period], [code]))
  return found.find((t) => t.state === 1 && !t.viewed)?.values[0] ?? 0
}
const values = (code: string, ym: number): Promise<number[]> =>
  [1, 2, 3, 5].reduce<Promise<number[]>>(
    async (list, u) => [...(await list), await value(u, code, ym)],
    Promise.resolve([]),
  )

describe('a move', () => {
  it.each([
    ['pending', false],
    ['folded', true],
  ])(
    'counts facts that are %s by the tree of their month, balances by that of the month asked',
    async (_, folds) => {
      for (const builtOn of ['2019-02-10', '2019-06-10'])
        await accept(town, await enter(town, 6, room(builtOn)))
      if (folds) await foldAll(memory.db)
      await move(town, 5, 3, 1, 201905)
      expect(await values(persons, 201902)).toEqual([30, 30, 0, 30])
      expect(await values(persons, 201906)).toEqual([30, 0, 30, 30])
      expect(await values(rooms, 201904)).toEqual([1, 1, 0, 1])
      expect(await values(rooms, 201912)).toEqual([2, 0, 2, 2])
      await foldAll(memory.db)
      expect(await values(rooms, 201912)).toEqual([2, 0, 2, 2])
      await compareBooks(town)
    },
  )

  it('files records dated from its month on in the new district, under sequences that its audit rows take', async () => {
    const early = await enter(town, 6, room('2019-02-10'))
    const late = await enter(town, 6, room('2019-06-10'))
    await move(town, 5, 3, 1, 201905)
    const filed = await sql<{
      id: string
      district_id: number
      version: number
    }>`SELECT id, district_id, version FROM app.record ORDER BY occurred_on`.execute(memory.db)
    expect(filed.rows).toEqual([
      { id: early.id, district_id: 2, version: 1 },
      { id: late.id, district_id: 3, version: 2 },
    ])
    const counter = await sql<{
      district_id: number
      action: string
    }>`SELECT DISTINCT l.district_id, a.action FROM app.ledger l
      JOIN app.audit a ON a.district_id = l.district_id AND a.seq = l.seq WHERE l.version = 2 ORDER BY 1`.execute(
      memory.db,
    )
    expect(counter.rows).toEqual([
      { district_id: 2, action: 'org.move' },
      { district_id: 3, action: 'org.move' },
    ])
    const chain = await inTransaction(memory.db, wholeTree, (tx) => verifyChain(tx, town.deps.crypto.hash))
    expect(chain.breaks).toEqual([])
    await compareBooks(town)
    await comparePlaces(town, true)
  })

  it('there and back again leaves the books as they were', async () => {
    const filed = await enter(town, 6, room('2019-06-10'))
    await move(town, 5, 3, 1, 201905)
    await accept(town, filed)
    await move(town, 5, 2, 1, 201905)
    await foldAll(memory.db)
    expect(await values(persons, 201906)).toEqual([30, 30, 0, 30])
    await move(town, 5, 3, 1, 201905)
    expect(await values(persons, 201906)).toEqual([30, 0, 30, 30])
    await compareBooks(town)
    await comparePlaces(town, true)
  })

  it('hands what waits at the former superior to the new one', async () => {
    const filed = await enter(town, 5, room('2019-02-10'))
    await move(town, 5, 3, 1, 201905)
    const waits = await sql<{ turn_of: number }>`SELECT turn_of FROM app.record`.execute(memory.db)
    expect(waits.rows).toEqual([{ turn_of: 3 }])
    await accept(town, filed)
    expect(await values(persons, 201902)).toEqual([30, 30, 0, 30])
  })

  it('of a whole district keeps the facts filed under it in figure and trace', async () => {
    await accept(town, await enter(town, 6, room('2019-02-10')))
    await move(town, 2, 4, 1, 201907)
    const asked = {
      indicatorId: town.deps.catalogue.indicatorId(persons),
      stock: false,
      period: periodOf('year', 2019),
      todayYm: null,
    }
    for (const unit of [1, 2, 5]) {
      const sums = await inTransaction(memory.db, wholeTree, (tx) =>
        traceSums(tx, { ...asked, orgId: unit }, 4),
      )
      expect(sums).toMatchObject({ sum: 30, records: 1 })
    }
  })
})

it('a record corrected to a month before the move counts for the superior of that month, wherever it is filed', async () => {
  await move(town, 5, 3, 1, 201905)
  const filed = await enter(town, 6, room('2019-06-10'))
  await accept(town, filed)
  await foldAll(memory.db)
  await correct(town, filed, room('2019-02-10'))
  expect(await values(persons, 201906)).toEqual([0, 0, 0, 0])
  expect(await values(persons, 201902)).toEqual([30, 30, 0, 30])
  await compareBooks(town)
  await move(town, 5, 4, 1, 201901)
  expect(await values(persons, 201902)).toEqual([30, 0, 0, 30])
  expect(await value(4, persons, 201902)).toBe(30)
  await foldAll(memory.db)
  await compareBooks(town)
  await comparePlaces(town, false)
})

it('pending deltas at the opening of a year reach its opening balance', async () => {
  await accept(town, await enter(town, 6, room('2018-03-10')))
  await foldAll(memory.db)
  await accept(town, await enter(town, 6, room('2018-04-10', { delistedOn: '2019-02-01' })))
  await openNextYear(town)
  expect(await values(rooms, 201901)).toEqual([2, 2, 0, 2])
  expect(await values(rooms, 201902)).toEqual([1, 1, 0, 1])
  await foldAll(memory.db)
  expect(await values(rooms, 201901)).toEqual([2, 2, 0, 2])
  await openNextYear(town)
  expect(await values(rooms, 202006)).toEqual([1, 1, 0, 1])
  await compareBooks(town)
})

describe('refused', () => {
  it.each([
    ['under itself', 2, 6, 201905, '不能调整到自己或下属单位之下'],
    ['where it stands already', 5, 2, 201905, '本来就隶属于这个上级'],
    ['ahead of time', 5, 3, 202101, '生效月份不能晚于本月'],
  ])('%s', async (_, child, parent, fromYm, words) => {
    await expect(move(town, child, parent, 1, fromYm)).rejects.toThrow(words)
  })

  it('by the database itself to anyone below the city', async () => {
    const byDistrict = asCadre(town, 2, 0, (tx) =>
      sql`SELECT app.move_org(5, 3, 1, 201905, ${todayYm}::int, NULL::date, NULL)`.execute(tx),
    )
    await expect(byDistrict).rejects.toMatchObject({ status: 403 })
  })
})
