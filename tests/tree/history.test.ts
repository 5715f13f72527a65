import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { foldAll, foldDistrict } from '#figures/fold.server.ts'
import { openMemory, type TestDatabase } from '../support/database.ts'
import { everBelow, superiorAt } from '../support/oracle.ts'
import {
  compareBooks,
  compareMonths,
  compareParts,
  comparePlaces,
  compareToday,
  compareTotals,
  compareTrace,
} from './compare.ts'
import {
  accept,
  correct,
  enter,
  move,
  openNextYear,
  settle,
  sheetOf,
  todayYm,
  withdraw,
  type Town,
} from './town.ts'

let memory: TestDatabase
beforeAll(async () => void (memory = await openMemory()))
afterAll(() => memory.close())

const randomMonth = (town: Town): number => {
  const ym = town.random.int(2018, 2020) * 100 + town.random.int(1, 12)
  return Math.min(ym, todayYm)
}

async function moveSomewhere(town: Town): Promise<string> {
  const { random } = town
  const line = random.chance(0.6) ? 1 : 2
  const child = random.pick(town.units.slice(1))
  const fromYm = randomMonth(town)
  const below = everBelow(sheetOf(town), child)
  const now = superiorAt(town.edges, child, line, fromYm)
  const parents: (number | null)[] = town.units.filter((u) => !below.has(u) && u !== now)
  if (line === 2 && now !== null) parents.push(null)
  if (parents.length === 0) return 'nothing to move'
  const parent = random.pick(parents)
  await move(town, child, parent, line, fromYm)
  return `move ${child} under ${parent} on line ${line} from ${fromYm}`
}

async function foldSome(town: Town): Promise<string> {
  if (town.random.chance(0.3)) return `fold all ${await foldAll(town.db)}`
  const pending = await sql<{
    district_id: number
  }>`SELECT DISTINCT district_id FROM app.rollup_delta`.execute(town.db)
  if (pending.rows.length === 0) return 'nothing to fold'
  const district = town.random.pick(pending.rows).district_id
  return `fold ${await foldDistrict(town.db, district, town.random.int(1, 12))} of ${district}`
}

/** One step of a history; its name stands in the message of a failed comparison. */
async function step(town: Town, corrects: boolean): Promise<string> {
  const { random } = town
  const waiting = town.records.filter((r) => r.state === 'submitted')
  const accepted = town.records.filter((r) => r.state === 'accepted')
  const n = random.int(1, 100)
  if (n <= 24 || town.records.length === 0) return `enter ${(await enter(town, random.pick(town.units))).id}`
  if (n <= 50 && waiting.length > 0) return accept(town, random.pick(waiting)).then(() => 'accept')
  if (n <= 55 && waiting.length > 0) return withdraw(town, random.pick(waiting)).then(() => 'withdraw')
  if (n <= 64 && corrects && accepted.length > 0)
    return correct(town, random.pick(accepted)).then(() => 'correct')
  if (n <= 80) return moveSomewhere(town)
  if (n <= 84 && town.openYear < 2021) return openNextYear(town).then(() => `open ${town.openYear}`)
  return foldSome(town)
}

const comparisons = [compareTotals, compareParts, compareToday, compareMonths, compareTrace]

it.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'history %i: every read agrees with the sheet after every step',
  async (seed) => {
    const town = await settle(memory.db, seed, 6 + seed)
    const corrects = seed % 2 === 0
    let checks = 0
    const steps: string[] = []
    for (let n = 0; n < 30; n++) {
      steps.push(await step(town, corrects))
      try {
        checks += await compareTotals(town)
        checks += await comparisons[n % comparisons.length]!(town)
        checks += await comparisons[(n + 2) % comparisons.length]!(town)
        checks += await comparePlaces(town, !corrects)
        if (n % 6 === 5) checks += await compareBooks(town)
      } catch (error) {
        throw new Error(`after ${steps.join('; ')}`, { cause: error })
      }
    }
    expect(checks).toBeGreaterThan(150)
  },
)
