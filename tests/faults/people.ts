import { seeded, type Random } from '#demo/random.ts'
import { foldDistrict } from '#figures/fold.server.ts'
import { addDays } from '#kit/day.ts'
import { training } from '#programmes/training/definition.ts'
import type { Db } from '#server/database.server.ts'
import { jobKinds } from '#server/jobKinds.server.ts'
import { runDue } from '#server/jobRunner.server.ts'
import { purge } from '#server/purge.server.ts'
import { bodyOf } from '../support/bodies.ts'
import type { Answer, Stage } from '../support/client.ts'
import { eventBody } from '../support/events.ts'
import { modes, type Faults } from '../support/faults.ts'
import { isAcknowledged, isOpen, Ledger, type Intent } from '../support/ledger.ts'

const owners = ['U1', 'U2', 'U3', 'U4', 'U5', 'U8'] as const
const url = '/api/records/training'

type Filed = { id: string; owner: string; state: string; version: number; turn: string | null; women: number }
type Step = { name: string; weight: number; run(sim: Simulation): Promise<void> }

/** What people believe: each record as the last answer about it told it. */
export class Simulation {
  readonly random: Random
  readonly ledger: Ledger
  readonly records = new Map<string, Filed>()
  readonly waiting: { intent: Intent; done: (body: never) => void }[] = []
  events: string[] = []
  /** Answers that nobody should get. */
  readonly failures: string[] = []
  played = 0
  spoilt = 0
  doubled = 0
  readonly stage: Stage
  readonly faults: Faults
  readonly owner: Db
  #n = 0

  constructor(seed: number, stage: Stage, faults: Faults) {
    this.random = seeded(seed)
    this.stage = stage
    this.faults = faults
    this.owner = stage.world.deps.db
    this.ledger = new Ledger(stage.as)
  }

  /** A training of a day of its own. */
  fresh(women: number): Record<string, unknown> {
    const day = addDays('2018-01-01', this.#n++ % 800)
    return bodyOf(training, { title: `第${this.#n}期示例培训`, startsOn: day, endsOn: day, women, all: 60 })
  }

  /** Sends something, perhaps twice at once, perhaps spoilt on its way; what stays open is sent again some time later. */
  async attempt(intent: Intent, done: (body: never) => void): Promise<void> {
    const { random, faults, ledger } = this
    const isSpoilt = random.chance(0.35)
    faults.arm(isSpoilt ? random.int(1, 24) : 0, random.pick(modes))
    const answers: Answer[] = await Promise.all(
      random.chance(0.15) ? [ledger.send(intent), ledger.send(intent)] : [ledger.send(intent)],
    )
    if (answers.length > 1) this.doubled++
    if (faults.struck) this.spoilt++
    faults.arm(0)
    for (const { status, raw } of answers)
      if (![200, 403, 404, 409, 422, 503, 507].includes(status))
        this.failures.push(`${intent.url}: ${status} ${raw}`)
    this.settle(intent, done)
  }

  settle(intent: Intent, done: (body: never) => void): void {
    if (isAcknowledged(intent)) done(intent.answers.find(({ status }) => status === 200)!.body as never)
    else if (isOpen(intent)) this.waiting.push({ intent, done })
  }

  /** Sends one of those that nobody knows the end of again, in any order. */
  async again(): Promise<void> {
    if (this.waiting.length === 0) return
    const [{ intent, done }] = this.waiting.splice(this.random.int(0, this.waiting.length - 1), 1) as [
      (typeof this.waiting)[number],
    ]
    await this.attempt(intent, done)
  }

  file = ({
    id,
    state,
    version,
    turnOf,
  }: {
    id: string
    state: string
    version: number
    turnOf: { code: string } | null
  }) => {
    const known = this.records.get(id)
    if (known && known.version < version) Object.assign(known, { state, version, turn: turnOf?.code ?? null })
  }

  some(wanted: (record: Filed) => boolean): Filed | null {
    const found = [...this.records.values()].filter(wanted)
    return found.length === 0 ? null : this.random.pick(found)
  }

  act(who: string, record: Filed, action: string, more: object = {}): Promise<void> {
    const body = { action, version: record.version, ...more }
    return this.attempt(this.ledger.intend(who, 'POST', `${url}/${record.id}/actions`, body), this.file)
  }

  /** Work that no person waits for: spoilt on its way, it is done by the next turn. */
  async behind(work: () => Promise<unknown>): Promise<void> {
    this.faults.arm(this.random.chance(0.4) ? this.random.int(1, 12) : 0, this.random.pick(modes))
    await work().catch(() => undefined)
    if (this.faults.struck) this.spoilt++
    this.faults.arm(0)
  }
}

const steps: Step[] = [
  {
    name: 'enter',
    weight: 6,
    run: async (sim) => {
      const [owner, women] = [sim.random.pick(owners), sim.random.int(1, 60)]
      const intent = sim.ledger.intend(owner, 'POST', url, { body: sim.fresh(women) })
      await sim.attempt(
        intent,
        (made: { id: string; state: string; version: number; turnOf: { code: string } | null }) => {
          const { id, state, version, turnOf } = made
          if (!sim.records.has(id))
            sim.records.set(id, { id, owner, state, version, turn: turnOf?.code ?? null, women })
        },
      )
    },
  },
  {
    name: 'review',
    weight: 8,
    run: async (sim) => {
      const record = sim.some(({ state }) => state === 'submitted')
      if (!record?.turn) return
      const isLast = !record.turn.startsWith('S')
      const who = record.turn + sim.random.pick(['', 'b'])
      if (sim.random.chance(0.2))
        await sim.act(who, record, 'return', {
          reason: '请核对',
          remarks: [{ field: 'women', body: '请核对' }],
        })
      else await sim.act(who, record, isLast ? 'accept' : 'pass')
    },
  },
  {
    name: 'withdraw',
    weight: 1,
    run: async (sim) => {
      const record = sim.some(({ state }) => state === 'submitted')
      if (record) await sim.act(record.owner, record, 'withdraw')
    },
  },
  {
    name: 'act on what is past',
    weight: 1,
    run: async (sim) => {
      const record = sim.some(({ version }) => version > 1)
      if (record) await sim.act('D1', { ...record, version: record.version - 1 }, 'accept')
    },
  },
  {
    name: 'freeze',
    weight: 1,
    run: (sim) =>
      sim.attempt(
        sim.ledger.intend(sim.random.pick(['C', 'D1']), 'POST', '/api/summary/snapshots', {
          year: sim.random.pick([2018, 2019]),
        }),
        () => undefined,
      ),
  },
  {
    name: 'put up an event',
    weight: 1,
    run: (sim) => {
      const day = addDays('2020-09-01', sim.events.length)
      const body = {
        ...eventBody,
        cap: 2,
        startsAt: `${day}T09:00:00+08:00`,
        endsAt: `${day}T11:00:00+08:00`,
      }
      return sim.attempt(sim.ledger.intend('D1', 'POST', '/api/events', body), ({ id }: { id: string }) => {
        if (sim.events.includes(id)) return
        sim.events = [...sim.events, id]
        sim.waiting.push({
          intent: sim.ledger.intend('D1', 'POST', `/api/events/${id}/steps`, { act: 'publish', version: 1 }),
          done: () => undefined,
        })
      })
    },
  },
  {
    name: 'sign up',
    weight: 3,
    run: async (sim) => {
      if (sim.events.length === 0) return
      const who = sim.random.pick(['worker', 'U1', 'U3', 'U5'])
      const at = `/api/my/events/${sim.random.pick(sim.events)}/entry`
      await sim.attempt(sim.ledger.intend(who, 'POST', at), () => undefined)
    },
  },
  { name: 'send again', weight: 6, run: (sim) => sim.again() },
  {
    name: 'fold',
    weight: 2,
    run: (sim) => {
      const district = sim.stage.world.org(sim.random.pick(['C', 'D1', 'D2', 'I2']))
      return sim.behind(() => foldDistrict(sim.stage.world.deps.db, district, sim.random.int(1, 40)))
    },
  },
  {
    name: 'work behind',
    weight: 1,
    run: (sim) =>
      sim.behind(async () => {
        const failed = await runDue(sim.stage.world.deps, jobKinds)
        if (failed.length > 0) throw failed[0]
      }),
  },
  { name: 'clear away', weight: 1, run: (sim) => sim.behind(() => purge(sim.stage.world.deps)) },
  {
    name: 'a day passes',
    weight: 1,
    run: (sim) => {
      const { deps } = sim.stage.world
      const next = addDays(deps.today(), 1)
      // Sign-up ends on the twentieth.
      if (next < '2020-04-20') deps.today = () => next
      return Promise.resolve()
    },
  },
]
/** What may happen next, the likelier the oftener. */
export const urn = steps.flatMap((step) => Array.from({ length: step.weight }, () => step))
