import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { addDays } from '#kit/day.ts'
import { textOf } from '#paper/sheet/cell.ts'
import { training } from '#programmes/training/definition.ts'
import type { Db } from '#server/database.server.ts'
import { bodyOf } from '../support/bodies.ts'
import type { Stage } from '../support/client.ts'
import { eventBody, eventsAt } from '../support/events.ts'
import { well } from '../support/hardship.ts'
import { bring, sheetsOf, type SheetGiven } from '../support/intake.ts'
import type { Intent, Ledger } from '../support/ledger.ts'
import { playOn, type Written } from '../support/play.ts'

/** An act of weight: what must stand before it is brought about, and the act itself is still to be sent. */
export type Act = () => Promise<Intent>

const url = '/api/records/training'

const linesOf = ({ head, lines }: SheetGiven): Uint8Array =>
  Buffer.from([head, ...lines].map((cells) => cells.map((cell) => textOf(cell)).join(',')).join('\r\n'))

/** The acts that are spoilt at each of their steps, over a world whose changes the ledger notes. */
export async function actsOf(
  stage: Pick<Stage, 'world'>,
  owner: Db,
  ledger: Ledger,
): Promise<Record<string, Act>> {
  const { as } = ledger
  const noted = { ...stage, as }
  const { submit, mustAct } = playOn(as)
  const events = eventsAt(noted)
  await events.register(owner, 'worker')
  let n = 0
  /** A training of a day of its own: nothing warns. */
  const fresh = () => {
    const day = addDays('2018-01-01', n++ % 800)
    return { title: `第${n}期示例培训`, startsOn: day, endsOn: day }
  }
  const open = (who: string, { id }: Written) => as(who).get(`${url}/${id}`)
  const act = (who: string, { id, version }: Written, action: string) =>
    ledger.intend(who, 'POST', `${url}/${id}/actions`, { action, version })
  return {
    entry: () => Promise.resolve(ledger.intend('U2', 'POST', url, { body: bodyOf(training, fresh()) })),
    acceptance: async () => act('D1', await submit('U4', fresh()), 'accept'),
    'batch acceptance': async () => {
      const items = []
      for (let i = 0; i < 3; i++) {
        const record = await submit('U4', fresh())
        await open('D1b', record)
        items.push({ id: record.id, version: record.version })
      }
      return ledger.intend('D1b', 'POST', '/api/review/accept', { items })
    },
    correction: async () => {
      const record = await mustAct('I2', await submit('U8', fresh()), { action: 'accept' })
      const id = randomUUID()
      const on = { recordId: record.id, baseVersion: record.version }
      const body = bodyOf(training, { ...fresh(), women: 46 })
      well(
        await as('U8').put(
          `/api/drafts/${id}`,
          { programme: 'training', kind: 'correction', ...on, body, sequence: 1 },
          { key: null },
        ),
      )
      well(await as('U8').post(`/api/drafts/${id}/submit`, { body, reason: '人数填错' }))
      return ledger.intend('I2', 'POST', `/api/proposals/${id}/decision`, { verdict: 'accept', sequence: 2 })
    },
    import: async () => {
      const bytes = linesOf(sheetsOf(training, [bodyOf(training, fresh()), bodyOf(training, fresh())])[0]!)
      const { id, page } = await bring(noted, 'U3', 'training', bytes, '台账.csv')
      return ledger.intend('U3', 'POST', `/api/intakes/${id}/commit`, {
        version: page.version,
        mode: 'all',
        note: '核对无误',
      })
    },
    summary: () => Promise.resolve(ledger.intend('C', 'POST', '/api/summary/snapshots', { year: 2019 })),
    'sign-up': async () => {
      const day = addDays('2020-05-01', n++ % 300)
      const { id } = well(
        await events.make({
          ...eventBody,
          startsAt: `${day}T09:00:00+08:00`,
          endsAt: `${day}T11:00:00+08:00`,
        }),
      )
      well(await events.step(id, 'publish'))
      return ledger.intend('worker', 'POST', `/api/my/events/${id}/entry`)
    },
    evidence: async () => {
      const { id } = await submit('U5', fresh())
      const background = { r: n % 256, g: n % 7, b: 46 }
      const picture = await sharp({ create: { width: 9, height: 9, channels: 3, background } })
        .jpeg()
        .toBuffer()
      const name = encodeURIComponent('签到照片.jpg')
      return ledger.intend('U5', 'PUT', `${url}/${id}/evidence/${randomUUID()}?name=${name}`, picture)
    },
  }
}
