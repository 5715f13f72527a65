import { Agent } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '#kit/day.ts'
import { training } from '#programmes/training/definition.ts'
import { bodyOf } from '../support/bodies.ts'
import { openClient, type Client } from '../support/client.ts'
import { breaches } from '../support/invariants.ts'
import { isAcknowledged, Ledger } from '../support/ledger.ts'
import { openNative, withoutNative, type Native } from '../support/native.ts'
import { startOnNative, type RunningServer } from '../support/server.ts'
import { sendOver } from '../support/wire.ts'
import { loadWorld, suiteOfRun, today, type World } from '../support/world.ts'

/** Restarts; `npm run faults -- restarts` plays five in turn. */
const restarts = Number(process.env['JINGUO_RESTARTS'] ?? 1)
const writers = ['U1', 'U3', 'U4', 'U8']

let native: Native
let world: World
let client: Client
let servers: RunningServer[] = []
beforeAll(async () => {
  if (withoutNative) return
  native = await openNative(12)
  world = await loadWorld(native.owner, native.app)
  client = await openClient(world)
  servers = [await start(), await start()]
}, 180_000)
afterAll(async () => {
  for (const server of servers) await server.stop()
  await client?.close()
  await native?.close()
})

const start = () =>
  startOnNative(native.url('app'), [{ id: 1, suite: suiteOfRun, key: new Uint8Array(32).fill(7) }], today)

describe.skipIf(withoutNative)('two servers that are restarted in turn under those who write', () => {
  it(
    'lose nothing: who meets one that ends is served by the other, and each change is there once',
    async () => {
      const ledger = new Ledger(client.as)
      const agent = new Agent({ keepAlive: true })
      const over = new AbortController()
      const seen = new Set<number | null>()
      let [n, longest] = [0, 0]
      const write = async (who: string, w: number): Promise<void> => {
        const { token } = world.person(who)
        while (!over.signal.aborted) {
          const day = addDays('2018-01-01', n++ % 800)
          const body = bodyOf(training, {
            title: `第${n}期示例培训`,
            startsOn: day,
            endsOn: day,
          })
          const intent = ledger.intend(who, 'POST', '/api/records/training', {
            body,
            warningNote: '属实',
          })
          const begun = Date.now()
          for (let tries = w; !isAcknowledged(intent); tries++) {
            const { port } = new URL(servers[tries % servers.length]!.base)
            const status = await sendOver({ port: Number(port), token, agent }, intent)
            seen.add(status)
            if (status !== 200) await setTimeout(50)
          }
          longest = Math.max(longest, Date.now() - begun)
        }
      }
      const working = writers.map(write)
      for (let round = 0; round < restarts; round++) {
        await setTimeout(300)
        const [leaving, staying] = servers as [RunningServer, RunningServer]
        await leaving.end()
        await setTimeout(300)
        servers = [staying, await start()]
      }
      over.abort()
      await Promise.all(working)
      agent.destroy()
      console.log(
        `restarts: ${restarts} under load, ${ledger.intents.length} changes, lost: 0, the longest wait ${longest} ms`,
      )
      expect([...seen].filter((status) => status !== 200 && status !== 503 && status !== null)).toEqual([])
      expect(longest).toBeLessThan(15_000)
      expect(await breaches({ world, owner: native.owner, ledger })).toEqual([])
    },
    120_000 + restarts * 30_000,
  )
})
