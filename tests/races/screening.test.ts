import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rows } from '#server/database.server.ts'
import { stageOf, type Stage } from '../support/client.ts'
import { roundBody } from '../support/childcare.ts'
import { well } from '../support/hardship.ts'
import { openNative, withoutNative, type Native } from '../support/native.ts'
import { screeningAt } from '../support/screening.ts'
import { loadWorld } from '../support/world.ts'

let native: Native
let stage: Stage
beforeAll(async () => {
  if (withoutNative) return
  native = await openNative(16)
  stage = await stageOf(await loadWorld(native.owner, native.app), () => native.close())
})
afterAll(() => stage?.close())

const codes = async (asked: Promise<{ status: number }>[]) =>
  (await Promise.all(asked)).map(({ status }) => status).sort((a, b) => a - b)

describe.skipIf(withoutNative)('a round for which several reach at once', () => {
  it('gives no place and no day twice, and nobody two places', async () => {
    const play = screeningAt(stage)
    const { id, days } = await play.opened()
    const women: string[] = []
    for (let n = 1; n <= 7; n++) women.push(await play.woman(n, '1975-05-05'))
    // Four places for seven; each asked for twice, by two hands.
    const listed = await codes(
      women.flatMap((one) =>
        ['U4', 'U4b'].map((who) => play.list(id, [one], { agreedOn: '2020-04-16' }, who)),
      ),
    )
    expect(listed.filter((status) => status === 200)).toHaveLength(4)
    // 409: her consent was noted by the other hand at the same moment.
    expect(listed.filter((status) => ![200, 409, 422, 503].includes(status))).toEqual([])
    const entries = (await play.entries('U4', id)).map((one) => one.id)
    expect(new Set(entries).size).toBe(4)
    // Two on that day.
    const booked = await codes(entries.map((one) => play.book(id, [one], days[1]!)))
    expect(booked.filter((status) => status === 200)).toHaveLength(2)
    well(await stage.as('D1').get(play.at(id)))
    const [kept] = await rows<{ taken: number; used: number }>(
      native.owner,
      sql`SELECT d.taken, a.used FROM app.screening_day d JOIN app.screening_allotment a ON a.round_id = d.round_id WHERE d.id = ${days[1]!.id}::uuid`,
    )
    expect(kept).toEqual({ taken: 2, used: 4 })
  })

  it('of childcare gives a class out once, and of two acts lets one through and audits one', async () => {
    const classId = randomUUID()
    await sql`INSERT INTO app.childcare_class (district_id, id, org_id, title, season, level, place, hours, from_on, until_on, places, own_fund, own_amount, state, submitted_by, made_by, made_on)
      SELECT o.district_id, ${classId}::uuid, o.id, '示例暑假班', '暑假', '基层', '示例楼', '8:00—17:00', '2020-07-01', '2020-07-31', 10, '单位', 1, 'published', o_id, o_id, '2020-04-01'
      FROM app.org o CROSS JOIN (SELECT ${classId}::uuid AS o_id) x WHERE o.id = ${stage.world.org('U1')}`.execute(
      native.owner,
    )
    const rounds = '/api/childcare/rounds'
    const body = { ...roundBody, classes: [{ classId, places: 6 }] }
    const ids = Array.from(
      { length: 6 },
      async () => well(await stage.as('D1').post<{ id: string }>(rounds, body)).id,
    )
    const drafts = await Promise.all(ids)
    const step = (id: string, act: string, version: number) =>
      stage.as('D1').post(`${rounds}/${id}/steps`, { act, version, reason: '班级调整' })
    // Six places each, of ten.
    expect(await codes(drafts.map((id) => step(id, 'open', 1)))).toEqual([200, 409, 409, 409, 409, 409])
    const [{ id } = { id: '' }] = await rows<{ id: string }>(
      native.owner,
      sql`SELECT id FROM app.childcare_round WHERE state = 'open'`,
    )
    expect(await codes([1, 2, 3].map(() => step(id, 'cancel', 2)))).toEqual([200, 409, 409])
    expect(
      await rows(
        native.owner,
        sql`SELECT action FROM app.audit WHERE object = ${`childcareRound:${id}`} AND action = 'childcareRound.cancel'`,
      ),
    ).toHaveLength(1)
  })
})
