import { sql } from 'kysely'
import { expect, it } from 'vitest'
import type { Figure } from '#figures/api.ts'
import { rows } from '#server/database.server.ts'
import { clockJobs, jobKinds } from '#server/jobKinds.server.ts'
import { runDue } from '#server/jobRunner.server.ts'
import { openStage } from '../support/client.ts'
import { eventsAt } from '../support/events.ts'
import { Faults } from '../support/faults.ts'
import { breaches } from '../support/invariants.ts'
import { Simulation, urn } from './people.ts'

/** A run is told by its seed: `FAULT_SEED=17 npx vitest run tests/faults/simulation.test.ts` plays it again, step by step. */
const firstSeed = Number(process.env['FAULT_SEED'] ?? 20_190_308)
/** One seed, or as many as begin within so many seconds (`npm run faults -- simulation`). */
const seconds = Number(process.env['JINGUO_SIMULATION'] ?? 0)
const stepsOfRun = 150
const checkedEvery = 50

/** Everybody sends again until everything is known, without a fault; then what people believe is compared with what stands. */
async function compare(sim: Simulation): Promise<string[]> {
  sim.faults.arm(0)
  while (sim.waiting.length > 0) {
    const { intent, done } = sim.waiting.shift()!
    const { status } = await sim.ledger.send(intent)
    expect(status).toBeLessThan(500)
    sim.settle(intent, done)
  }
  const standing = await rows<{ id: string; state: string; version: number }>(
    sim.owner,
    sql`SELECT id, state, version FROM app.record`,
  )
  const now = new Map(standing.map((record) => [record.id, record]))
  const wrong = [...sim.records.values()].flatMap(({ id, state, version }) => {
    const found = now.get(id)
    const isSame = found?.state === state && found.version === version
    return isSame ? [] : [`believed ${id} ${state} ${version}, stands ${found?.state} ${found?.version}`]
  })
  if (now.size !== sim.records.size) wrong.push(`believed ${sim.records.size} records, stand ${now.size}`)
  for (const year of [2018, 2019, 2020]) {
    const believed = [...sim.records.values()].filter(({ state }) => state === 'accepted').map(({ id }) => id)
    const women = await rows<{ n: number }>(
      sim.owner,
      sql`SELECT coalesce(sum(t.women), 0)::int AS n FROM app.training t JOIN app.record r ON r.id = t.record_id
        WHERE r.id = ANY(${believed}::uuid[]) AND extract(year FROM r.occurred_on) = ${year}`,
    )
    const { figures } = (await sim.stage.as('C').get<{ figures: Figure[] }>(`/api/figures?year=${year}`)).body
    const shown = figures.find(({ indicator }) => indicator === 'training.attendances')?.value ?? 0
    if (shown !== women[0]!.n) wrong.push(`${year}: ${women[0]!.n} women accepted, ${shown} shown`)
  }
  return [
    ...sim.failures,
    ...wrong,
    ...(await breaches({ world: sim.stage.world, owner: sim.owner, ledger: sim.ledger })),
  ]
}

async function play(seed: number): Promise<Simulation> {
  const faults = new Faults()
  const stage = await openStage(undefined, faults)
  try {
    const sim = new Simulation(seed, stage, faults)
    await eventsAt(stage).register(sim.owner, 'worker', 'U1', 'U3', 'U5')
    while (sim.played < stepsOfRun) {
      await sim.random.pick(urn).run(sim)
      sim.played++
      const isDue = sim.played % checkedEvery === 0
      expect(isDue ? await compare(sim) : [], `FAULT_SEED=${seed}, after ${sim.played} steps`).toEqual([])
    }
    // Work that a dead worker holds is somebody else's when its time is over.
    await sql`UPDATE app.job SET leased_until = now(), due_at = now() WHERE state = 'open'`.execute(sim.owner)
    expect(await runDue(stage.world.deps, [...jobKinds, ...clockJobs])).toEqual([])
    return sim
  } finally {
    await stage.close()
  }
}

it(
  'people who act at random while lines break, answers are lost and packets come twice lose nothing and count right',
  async () => {
    const until = Date.now() + seconds * 1000
    const total = { seeds: 0, steps: 0, spoilt: 0, doubled: 0 }
    for (let seed = firstSeed; total.seeds === 0 || Date.now() < until; seed++) {
      const { played, spoilt, doubled } = await play(seed)
      total.seeds++
      total.steps += played
      total.spoilt += spoilt
      total.doubled += doubled
    }
    console.log(
      `simulation: seeds ${firstSeed} to ${firstSeed + total.seeds - 1}, ${total.steps} steps, ${total.spoilt} spoilt, ${total.doubled} sent twice at once, breaches: 0`,
    )
    expect(total.spoilt).toBeGreaterThan(10)
  },
  60_000 + seconds * 3000,
)
