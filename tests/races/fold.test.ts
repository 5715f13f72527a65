import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldDistrict } from '#figures/fold.server.ts'
import { drillTotals, totals } from '#figures/read.server.ts'
import { compareTotals as ledgerAgainstRollup } from '#figures/verify.server.ts'
import { Problem } from '#kit/problem.ts'
import { seeded } from '#demo/random.ts'
import { inTransaction, openDb, openPool, wholeTree, type Db } from '#server/database.server.ts'
import { everBelow, superiorAt } from '../support/oracle.ts'
import { openNative, withoutNative, type Native } from '../support/native.ts'
import { compareBooks, comparePlaces, compareTotals, randomPeriod } from '../tree/compare.ts'
import { accept, codes, correct, enter, move, settle, sheetOf, withdraw, type Town } from '../tree/town.ts'

let native: Native
beforeAll(async () => {
  if (!withoutNative) native = await openNative(16)
})
afterAll(() => native?.close())

/** A town that the app login works on; the owner, whom no policy binds, settles and checks it. */
async function openTown(seed: number): Promise<Town> {
  const town = await settle(native.owner, seed, 14)
  for (const year of [2019, 2020]) await sql`SELECT app.open_year(${year}::int)`.execute(native.owner)
  return { ...town, openYear: 2020, db: native.app, deps: { ...town.deps, db: native.app } }
}
/** The same town as the owner sees it, past the policies. */
const behind = (town: Town): Town => ({ ...town, db: native.owner })

type Run = {
  written: number
  moves: number
  folded: number
  checks: number
  turnedAway: Map<string, number>
  bad: string[]
}

/** Eight writers, two folds, a mover and a reader side by side, for some seconds or until the reader finds something wrong. */
async function race(town: Town, seconds: number, foldDb: Db): Promise<Run> {
  const run: Run = { written: 0, moves: 0, folded: 0, checks: 0, turnedAway: new Map(), bad: [] }
  let end = Date.now() + seconds * 1000
  const until = async (work: (n: number) => Promise<void>) => {
    try {
      for (let n = 0; Date.now() < end && run.bad.length === 0; n++) await work(n)
    } catch (error) {
      end = 0
      throw error
    }
  }
  const ended = await Promise.allSettled([
    ...Array.from({ length: 8 }, (_, w) => until(writer(town, run, 100 + w))),
    ...[0, 1].map((f) => until((n) => folder(town, run, foldDb, f + n))),
    until(mover(town, run)),
    until(() => reader(town, run)),
  ])
  for (const e of ended) if (e.status === 'rejected') throw e.reason
  return run
}

/** Requests that a move overtook are turned away with a sentence; anything but a Problem ends the test. */
async function tolerating(run: Run, work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    run.turnedAway.set(error.code, (run.turnedAway.get(error.code) ?? 0) + 1)
  }
}

function writer(town: Town, run: Run, seed: number) {
  const random = seeded(seed)
  const own: Town = { ...town, random, records: [] }
  return async () => {
    const n = random.int(1, 100)
    const waiting = own.records.filter((r) => r.state === 'submitted')
    const accepted = own.records.filter((r) => r.state === 'accepted')
    if (n <= 40 && waiting.length > 0) await tolerating(run, accept(own, random.pick(waiting)))
    else if (n <= 48 && waiting.length > 0) await tolerating(run, withdraw(own, random.pick(waiting)))
    else if (n <= 56 && accepted.length > 0) await tolerating(run, correct(own, random.pick(accepted)))
    else
      await tolerating(
        run,
        enter(own, random.pick(town.units)).then((r) => town.records.push(r)),
      )
    run.written++
  }
}

async function folder(town: Town, run: Run, db: Db, n: number): Promise<void> {
  run.folded += await foldDistrict(db, town.units[n % town.units.length]!, 20)
}

function mover(town: Town, run: Run) {
  const random = seeded(7)
  return async () => {
    const child = random.pick(town.units.slice(1))
    const fromYm = random.int(2018, 2020) * 100 + random.int(1, 11)
    const below = everBelow(sheetOf(town), child)
    const parents = town.units.filter((u) => !below.has(u) && u !== superiorAt(town.edges, child, 1, fromYm))
    if (parents.length > 0) await move(town, child, random.pick(parents), 1, fromYm)
    run.moves++
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

/** In one snapshot: of every unit the parts add up to the whole, and the ledger to roll-up and pending deltas. */
async function reader(town: Town, run: Run): Promise<void> {
  const period = randomPeriod(town)
  await inTransaction(town.db, { ...wholeTree, oneSnapshot: true }, async (tx) => {
    const sums = new Map<string, number>()
    const add = (key: string, value: number) => sums.set(key, (sums.get(key) ?? 0) + value)
    for (const t of await totals(tx, town.units, [period])) {
      if (!t.viewed) add(`${t.org_id} ${t.indicator} ${t.state}`, t.values[0]!)
    }
    for (const unit of town.units) {
      for (const part of await drillTotals(tx, unit, period, codes)) {
        if (part.line < 2) add(`${unit} ${part.indicator} ${part.state}`, -part.value)
      }
    }
    for (const [key, value] of sums)
      if (value !== 0) run.bad.push(`${period.label} ${key}: whole minus parts ${value}`)
    for (const { what } of await ledgerAgainstRollup(tx)) run.bad.push(what)
  })
  run.checks++
}

const wrong = (places: Promise<unknown>): Promise<string[]> =>
  places.then(
    () => [],
    (error: Error) => [error.message],
  )

/** A function of the schema with a piece of its text replaced; the returned call puts it back. */
async function mutate(name: string, piece: string, by: string): Promise<() => Promise<unknown>> {
  const found = await sql<{
    text: string
  }>`SELECT pg_get_functiondef(${`app.${name}`}::regproc) AS text`.execute(native.owner)
  const { text } = found.rows[0]!
  expect(text).toContain(piece)
  await sql.raw(text.replace(piece, by)).execute(native.owner)
  return () => sql.raw(text).execute(native.owner)
}

describe.skipIf(withoutNative)('beside eight writers, two folds and a mover', () => {
  it('every snapshot adds up for 20 seconds', async () => {
    const town = await openTown(11)
    const run = await race(town, 20, native.app)
    expect(run.bad).toEqual([])
    expect(Math.min(run.written / 10, run.moves, run.folded / 10, run.checks)).toBeGreaterThan(5)
    // A dead-locked transaction is run again; none was given up, and whoever a move overtook was told so.
    expect(run.turnedAway.get('503.1') ?? 0).toBe(0)
    await compareTotals(town)
    await comparePlaces(behind(town), false)
    await compareBooks(town)
  }, 120_000)

  it('a fold that takes no lock is caught', async () => {
    await sql`CREATE SCHEMA twin; GRANT USAGE ON SCHEMA twin TO app;
      CREATE FUNCTION twin.pg_try_advisory_xact_lock(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT true';
      CREATE FUNCTION twin.pg_try_advisory_xact_lock_shared(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT true'`.execute(
      native.owner,
    )
    const pool = openPool({
      connectionString: native.url('app'),
      max: 2,
      options: '-c search_path=twin,pg_catalog',
    })
    const run = await race(await openTown(12), 60, openDb(pool))
    await pool.end()
    expect(run.bad).not.toEqual([])
  }, 120_000)

  it('a stock that stays behind when its holder moves is caught', async () => {
    const restore = await mutate('effect', "nature = 'stock' AND until < 999912", 'false')
    const run = await race(await openTown(13), 60, native.app)
    await restore()
    expect(run.bad).not.toEqual([])
  }, 120_000)

  it('an entry that does not hold its place is caught', async () => {
    const restore = await mutate('place', 'PERFORM pg_advisory_xact_lock_shared(2, wanted);', '')
    let found: string[] = []
    for (let round = 0; round < 8 && found.length === 0; round++) {
      const town = await openTown(14 + round)
      await race(town, 5, native.app)
      found = await wrong(comparePlaces(behind(town), false))
    }
    await restore()
    expect(found).not.toEqual([])
  }, 120_000)
})
