import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { foldAll } from '#figures/fold.server.ts'
import type { ChangePlan } from '#org/change/api.ts'
import type { Result } from '#org/change/edges.server.ts'
import { effect, undo } from '#org/change/effect.server.ts'
import { sidesOf } from '#org/change/plan.server.ts'
import { openMemory, type TestDatabase } from '../support/database.ts'
import { moved } from '../support/oracle.ts'
import { compareBooks, compareTotals } from './compare.ts'
import { accept, asCadre, enter, settle, todayOn, todayYm, type Town } from './town.ts'

let memory: TestDatabase
beforeAll(async () => void (memory = await openMemory()))
afterAll(() => memory.close())

const bring = (town: Town, id: string, plan: ChangePlan): Promise<Result> =>
  asCadre(town, 1, 0, async (tx, work) =>
    effect(tx, work, id, plan, await sidesOf(tx, plan, todayOn), todayOn),
  )
const takeBack = (town: Town, id: string, plan: ChangePlan, result: Result): Promise<void> =>
  asCadre(town, 1, 1, (tx, work) => undo(tx, work, id, plan, result, todayOn))

const parentOf = (town: Town, unit: number): number | undefined =>
  town.edges.find((e) => e.child === unit && e.line === 1 && e.toYm === 999912)?.parent
const isBelow = (town: Town, unit: number, of: number): boolean => {
  for (let at: number | undefined = unit; at !== undefined; at = parentOf(town, at))
    if (at === of) return true
  return false
}

it.each([1, 2, 3, 4, 5, 6])(
  'town %i: a merger and a move keep every total of the tree of their month, and can be taken back',
  async (seed) => {
    const town = await settle(memory.db, seed + 40, 8 + seed)
    const { random } = town
    for (let n = 0; n < 10; n++) {
      const filed = await enter(town, random.pick(town.units))
      if (random.chance(0.8)) await accept(town, filed)
    }
    if (random.chance(0.5)) await foldAll(town.db)
    for (const kind of ['move', 'merge'] as const) {
      const unit = random.pick(town.units.slice(1))
      const others = town.units.filter(
        (u) => !isBelow(town, u, unit) && (kind === 'merge' || parentOf(town, unit) !== u),
      )
      if (others.length === 0) continue
      const other = random.pick(others)
      const fromYm = Math.min(todayYm, random.int(2019, 2020) * 100 + random.int(1, 12))
      const plan: ChangePlan =
        kind === 'merge'
          ? { kind, orgId: unit, intoId: other, fromYm, docNo: '测试' }
          : { kind, orgId: unit, parentId: other, fromYm, docNo: '测试' }
      const before = town.edges
      const id = randomUUID()
      const children = town.units.filter((u) => parentOf(town, u) === unit)
      const result = await bring(town, id, plan)
      if (kind === 'merge')
        for (const child of children) town.edges = moved(town.edges, child, other, 1, fromYm)
      if (parentOf(town, unit) !== other) town.edges = moved(town.edges, unit, other, 1, fromYm)
      await compareTotals(town)
      await accept(town, await enter(town, other))
      await compareTotals(town)
      await takeBack(town, id, plan, result)
      town.edges = before
      await compareTotals(town)
      await compareBooks(town)
    }
    expect(town.records.length).toBeGreaterThan(9)
  },
)
