import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProgramme } from '#programmes/index.ts'
import { rows } from '#server/database.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openClient, type Client } from '../support/client.ts'
import { openNative, withoutNative, type Native } from '../support/native.ts'
import type { Written } from '../support/play.ts'
import { loadWorld } from '../support/world.ts'

let native: Native
let client: Client
beforeAll(async () => {
  if (withoutNative) return
  native = await openNative(16)
  client = await openClient(await loadWorld(native.owner, native.app))
})
afterAll(async () => {
  await client?.close()
  await native?.close()
})

async function acceptedClass(): Promise<string> {
  const body = bodyOf(findProgramme('training')!, { title: '百人大班', all: 900, women: 900 })
  const sent = await client.as('U4').post<Written>('/api/records/training', { body, warningNote: '属实' })
  const { id, version } = sent.body
  const act = { action: 'accept', version }
  expect((await client.as('D1b').post(`/api/records/training/${id}/actions`, act)).status).toBe(200)
  return id
}
const numbers = () =>
  rows<{ serial: number; code: string }>(
    native.owner,
    sql`SELECT serial, code FROM app.certificate ORDER BY serial`,
  )

describe.skipIf(withoutNative)('certificates of one unit issued side by side', () => {
  it('bear numbers that go on, none twice and none left out, whatever failed between', async () => {
    const record = await acceptedClass()
    const issue = (name: string, more: readonly string[] = []) =>
      client.as('D1').post('/api/certificates', {
        layout: 'training-completion',
        records: [record],
        names: [name, ...more],
      })
    const tries = Array.from({ length: 40 }, (_, n) =>
      // Every fifth holds a letter that no typeface has, and leaves nothing.
      n % 5 === 4 ? issue(`王示${n}`, ['李\u{2CEB5}']) : issue(`甲示${n}`, [`乙示${n}`, `丙示${n}`]),
    )
    const answers = (await Promise.all(tries)).map(({ status }) => status)
    expect(answers.filter((status) => status === 200)).toHaveLength(32)
    expect(answers.filter((status) => status === 422)).toHaveLength(8)
    const found = await numbers()
    expect(found.map(({ serial }) => serial)).toEqual(Array.from({ length: 96 }, (_, n) => n + 1))
    expect(new Set(found.map(({ code }) => code)).size).toBe(96)
  })
})
