import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MyRounds, PublicRound, RoundDetail, RoundDone, RoundList } from '#childcare/roundApi.ts'
import { textHash } from '#person/consent.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { roundBody } from '../support/childcare.ts'
import { eventsAt } from '../support/events.ts'
import { well } from '../support/hardship.ts'
import type { Refusal } from '../support/play.ts'

let stage: Stage
let play: ReturnType<typeof eventsAt>
beforeAll(async () => {
  stage = await openStage()
  play = eventsAt(stage)
})
afterAll(() => stage.close())

type Classes = { U1: string; U3: string }
const classIn = async (tx: Tx, org: string): Promise<string> => {
  const id = randomUUID()
  await sql`INSERT INTO app.childcare_class (district_id, id, org_id, title, season, level, place, hours, from_on, until_on, places, own_fund, own_amount, state, submitted_by, made_by, made_on)
    SELECT o.district_id, ${id}::uuid, o.id, ${`示例${org}暑假班`}, '暑假', '基层', '示例楼', '8:00—17:00', '2020-07-01', '2020-07-31', 10, '单位', 1, 'published', ${id}::uuid, ${id}::uuid, '2020-04-01'
    FROM app.org o WHERE o.id = ${stage.world.org(org)}`.execute(tx)
  return id
}
const trial = (work: (tx: Tx, classes: Classes) => Promise<void>) =>
  stage.trial(async (tx) => {
    await play.register(tx, 'worker', 'U1', 'U2', 'U3', 'U5')
    await work(tx, { U1: await classIn(tx, 'U1'), U3: await classIn(tx, 'U3') })
  })
const rounds = '/api/childcare/rounds'
const bodyWith = ({ U1, U3 }: Classes, places = 1) => ({
  ...roundBody,
  classes: [
    { classId: U1, places },
    { classId: U3, places },
  ],
})
const make = (body: object, who = 'D1') => stage.as(who).post<RoundDone & Refusal>(rounds, body)
const read = async (id: string, who = 'D1') => well(await stage.as(who).get<RoundDetail>(`${rounds}/${id}`))
const step = async (id: string, act: string, more: object = {}) =>
  stage
    .as('D1')
    .post<RoundDone & Refusal>(`${rounds}/${id}/steps`, { act, version: (await read(id)).version, ...more })
const put = async (classes: Classes, places = 1) => {
  const { id } = well(await make(bodyWith(classes, places)))
  well(await step(id, 'open'))
  return id
}
const wish = (who: string, id: string, ...children: number[][]) =>
  stage.as(who).put<Refusal>(`/api/my/childcare-rounds/${id}`, { children, textHash: textHash('childcare') })
const mine = async (who: string) => well(await stage.as(who).get<MyRounds>('/api/my/childcare-rounds')).rows
const got = async (who: string) => (await mine(who))[0]!.children[0]!.got
const over = (tx: Tx) =>
  sql`UPDATE app.childcare_round SET closes_at = opens_at + interval '1 second'`.execute(tx)
const material = async (id: string) =>
  well(await stage.as(null).get<PublicRound>(`/api/open-childcare-rounds/${id}`))
const check = (round: PublicRound): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'placement-')), 'round.json')
  writeFileSync(file, JSON.stringify(round))
  try {
    return execFileSync('node', ['src/web/public/placement-check.mjs', file], { encoding: 'utf8' })
  } catch (error) {
    return (error as { stdout: string }).stdout
  }
}

describe('a round of childcare places', () => {
  it('is refused at the field, takes classes of its own scope that are shown, and is fixed once it is put up', () =>
    trial(async (tx, classes) => {
      const faults: [object, string][] = [
        [{ title: '' }, 'title'],
        [{ closesAt: roundBody.opensAt }, 'closesAt'],
        [{ source: '' }, 'source'],
        [{ classes: [] }, 'classes'],
        [{ classes: [{ classId: classes.U1, places: 11 }] }, 'classes.0.places'],
        [{ classes: [{ classId: await classIn(tx, 'U5'), places: 1 }] }, 'classes.0.classId'],
      ]
      for (const [change, field] of faults)
        expect([change, (await make({ ...bodyWith(classes), ...change })).body.issues?.[0]?.field]).toEqual([
          change,
          field,
        ])
      expect(well(await stage.as('D1').get<RoundList>(rounds)).offered).toHaveLength(2)
      const { id } = well(await make(bodyWith(classes)))
      expect(await mine('worker')).toEqual([])
      expect((await stage.as('D2').get(`${rounds}/${id}`)).status).toBe(404)
      well(await step(id, 'open'))
      expect(
        (await stage.as('D1').put<Refusal>(`${rounds}/${id}`, { ...bodyWith(classes), version: 2 })).status,
      ).toBe(409)
      expect((await step(id, 'drop')).status).toBe(409)
    }))

  it('takes wishes of its own units until it closes, with the consent, anew as often as she likes', () =>
    trial(async (tx, classes) => {
      const id = await put(classes)
      const why = async (who: string, ...children: number[][]) =>
        (await wish(who, id, ...children)).body.details?.['why']
      expect([await why('U5', [1]), await why('D1', [1]), await why('U2', [3])]).toEqual([
        'outside',
        'person',
        'class',
      ])
      expect((await wish('U2', id, [1, 1])).body.issues?.[0]?.field).toBe('children')
      const stale = { children: [[1]], textHash: 'x' }
      expect((await stage.as('U2').put(`/api/my/childcare-rounds/${id}`, stale)).status).toBe(409)
      well(await wish('U2', id, [2, 1], [1]))
      well(await wish('U2', id, [1, 2]))
      expect((await mine('U2'))[0]!.children).toEqual([{ ranked: [1, 2], number: null, got: null }])
      expect(await read(id)).toMatchObject({ families: 1, children: 1, guardians: [] })
      well(await wish('U2', id))
      expect(await read(id)).toMatchObject({ families: 0, children: 0 })
      await over(tx)
      expect(await why('U2', [1])).toBe('late')
    }))

  it('gives places by wish, level and lot, once; anybody recomputes it, and finds whatever is changed', () =>
    trial(async (tx, classes) => {
      const id = await put(classes)
      // One place each: U1's own before the others in its class, a driver of a platform before both.
      for (const who of ['worker', 'U1', 'U2']) well(await wish(who, id, [1, 2]))
      well(await wish('U3', id, [1]))
      await sql`UPDATE app.person SET worker_group = '货车司机' WHERE id = ${play.person('U2')}::uuid`.execute(
        tx,
      )
      expect((await step(id, 'freeze')).status).toBe(409)
      await over(tx)
      well(await step(id, 'freeze'))
      expect((await step(id, 'place', { value: '' })).body.issues?.[0]?.field).toBe('value')
      const frozen = await material(id)
      expect([frozen.secret, frozen.seed, frozen.result, frozen.list!.split('\n').length]).toEqual([
        null,
        null,
        null,
        4,
      ])
      expect(frozen.list).not.toMatch(/示例/)
      well(await step(id, 'place', { value: '2838.49' }))
      expect((await step(id, 'place', { value: '1' })).status).toBe(409)
      expect([await got('U2'), await got('U3')]).toEqual([1, null])
      const others = [await got('worker'), await got('U1')]
      expect(others.filter((n) => n === 2)).toHaveLength(1)
      // Whoever holds a class reads whose children come, and nobody else's.
      const names = async (who: string) => (await read(id, who)).guardians.map(({ name }) => name)
      expect([await names('U1'), await names('D1')]).toEqual([['示例U2'], []])
      const round = await material(id)
      expect(check(round)).toContain('相符：2 个孩子有名额')
      const other = round.result!.replace(/ 1$/m, ' 2')
      for (const change of [
        { publicValue: '1' },
        { secret: '00' },
        { list: `${round.list} ` },
        { result: other },
      ])
        expect([change, check({ ...round, ...change })]).toEqual([change, expect.stringContaining('不符')])
    }))

  it('leaves out who took the consent back, and forgets who is erased', () =>
    trial(async (tx, classes) => {
      const id = await put(classes, 5)
      for (const who of ['U1', 'U2']) well(await wish(who, id, [1]))
      await sql`UPDATE app.consent SET withdrawn_at = now() WHERE person_id = ${play.person('U1')}::uuid`.execute(
        tx,
      )
      await over(tx)
      well(await step(id, 'freeze'))
      well(await step(id, 'place', { value: '1' }))
      expect(await read(id)).toMatchObject({ families: 1, children: 1 })
      expect((await mine('U1'))[0]!.children).toEqual([])
      await sql`SELECT app.forget_person(${play.person('U2')}::uuid)`.execute(tx)
      expect(await rows(tx, sql`SELECT 1 FROM app.childcare_wish`)).toEqual([])
    }))
})
