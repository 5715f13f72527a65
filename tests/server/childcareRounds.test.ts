import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MyRounds, PublicRound, RoundDetail, RoundDone, RoundList } from '#childcare/roundApi.ts'
import { roundsJob } from '#childcare/roundSweep.server.ts'
import { textHash } from '#person/consent.server.ts'
import { inTransaction, rows, type Tx } from '#server/database.server.ts'
import { identityContext } from '#server/deps.server.ts'
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
    SELECT o.district_id, ${id}::uuid, o.id, ${`示例${org}暑假班`}, '暑假', '基层', '示例楼', '8:00—17:00', '2020-07-01', '2020-07-31', 20, '单位', 1, 'published', ${id}::uuid, ${id}::uuid, '2020-04-01'
    FROM app.org o WHERE o.id = ${stage.world.org(org)}`.execute(tx)
  return id
}
const trial = (work: (tx: Tx, classes: Classes) => Promise<void>) =>
  stage.trial(async (tx) => {
    await play.register(tx, 'worker', 'U1', 'U2', 'U3', 'U5')
    await work(tx, { U1: await classIn(tx, 'U1'), U3: await classIn(tx, 'U3') })
  })
const rounds = '/api/childcare/rounds'
const bodyWith = ({ U1, U3 }: Classes, places = 1, placesOfU3 = places) => ({
  ...roundBody,
  classes: [
    { classId: U1, places },
    { classId: U3, places: placesOfU3 },
  ],
})
const make = (body: object, who = 'D1') => stage.as(who).post<RoundDone & Refusal>(rounds, body)
const read = async (id: string, who = 'D1') => well(await stage.as(who).get<RoundDetail>(`${rounds}/${id}`))
const step = async (id: string, act: string, more: object = {}) =>
  stage
    .as('D1')
    .post<RoundDone & Refusal>(`${rounds}/${id}/steps`, { act, version: (await read(id)).version, ...more })
const put = async (...of: Parameters<typeof bodyWith>) => {
  const { id } = well(await make(bodyWith(...of)))
  well(await step(id, 'open'))
  return id
}
const wish = (who: string, id: string, ...children: number[][]) =>
  stage.as(who).put<Refusal>(`/api/my/childcare-rounds/${id}`, { children, textHash: textHash('childcare') })
const mine = async (who: string) => well(await stage.as(who).get<MyRounds>('/api/my/childcare-rounds')).rows
const numberOf = async (who: string) => (await mine(who))[0]!.children[0]!.number!
const got = async (who: string) => (await mine(who))[0]!.children[0]!.got
const over = (tx: Tx) =>
  sql`UPDATE app.childcare_round SET closes_at = opens_at + interval '1 second'`.execute(tx)
/** What the clock does. */
const freeze = () => {
  const { deps } = stage.world
  const job = { id: '', districtId: 0, kind: '', key: '', payload: {}, attempt: 1, lease: '' }
  return inTransaction(deps.db, identityContext(deps), (tx) =>
    roundsJob.finish({ deps, tx, job, prepared: undefined }),
  )
}
const told = async (tx: Tx, who: string) =>
  (
    await rows<{ subject: string }>(
      tx,
      sql`SELECT m.subject FROM app.message m JOIN app.account a ON a.id = m.account_id WHERE a.person_id = ${play.person(who)}::uuid AND m.link = '/m/childcare'`,
    )
  ).map(({ subject }) => subject)
/** Ten drivers of platforms who wish for one class, agreed. */
const tenDrivers = (tx: Tx, round: string, n: number) =>
  sql`WITH p AS (INSERT INTO app.person (id, org_id, name, id_kind, sex, worker_group) SELECT gen_random_uuid(), ${stage.world.org('U2')}, '示例司机' || g, 'none', '女', '货车司机'
      FROM generate_series(1, 10) g RETURNING id),
    c AS (INSERT INTO app.consent (id, person_id, purpose, text_version, text_hash, given_on, form, account_id)
      SELECT gen_random_uuid(), p.id, 'childcare', 2, ${textHash('childcare')}, '2020-04-16', 'self', p.id FROM p)
    INSERT INTO app.childcare_wish (district_id, id, round_id, person_id, child, ranked, asked_at)
      SELECT r.district_id, gen_random_uuid(), r.id, p.id, 1, ARRAY[${n}]::smallint[], now() FROM p CROSS JOIN app.childcare_round r WHERE r.id = ${round}::uuid`.execute(
    tx,
  )
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
        [{ classes: [{ classId: classes.U1, places: 21 }] }, 'classes.0.places'],
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

  it('gives no place that another round or a child of the class has, when it opens and when it places', () =>
    trial(async (tx, classes) => {
      const drafts = [well(await make(bodyWith(classes, 20))).id, well(await make(bodyWith(classes, 20))).id]
      well(await step(drafts[0]!, 'open'))
      expect((await step(drafts[1]!, 'open')).status).toBe(409)
      expect((await make(bodyWith(classes, 1))).body.issues?.[0]?.field).toBe('classes.0.classId')
      well(await wish('U2', drafts[0]!, [1]))
      await over(tx)
      await freeze()
      const isShown = (state: string) =>
        sql`UPDATE app.childcare_class SET children = 1, state = ${state} WHERE id = ${classes.U3}::uuid`.execute(
          tx,
        )
      for (const state of ['published', 'approved']) {
        await isShown(state)
        expect((await step(drafts[0]!, 'place', { value: '1' })).status).toBe(409)
      }
      // A way out is left: it is called off, for everybody to read, and its places are free again.
      well(await step(drafts[0]!, 'cancel', { reason: '班级调整' }))
      expect(await material(drafts[0]!)).toMatchObject({ reason: '班级调整', result: null })
      expect(await told(tx, 'U2')).toEqual([expect.stringContaining('班级调整')])
      await isShown('published')
      const { offered } = well(await stage.as('D1').get<RoundList>(rounds))
      expect(offered.map(({ places }) => places)).toEqual([20, 19])
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
      const id = await put(classes, 1, 11)
      await tenDrivers(tx, id, 2)
      // One place in class 1: U1's own before the others, a driver of a platform before both.
      for (const who of ['worker', 'U1', 'U2']) well(await wish(who, id, [1, 2]))
      well(await wish('U3', id, [1]))
      await sql`UPDATE app.person SET worker_group = '货车司机' WHERE id = ${play.person('U2')}::uuid`.execute(
        tx,
      )
      await freeze()
      expect((await step(id, 'place', { value: '1' })).status).toBe(409)
      await over(tx)
      await freeze()
      expect((await step(id, 'place', { value: '' })).body.issues?.[0]?.field).toBe('value')
      const frozen = await material(id)
      expect([frozen.secret, frozen.seed, frozen.result, frozen.list!.split('\n').length]).toEqual([
        null,
        null,
        null,
        14,
      ])
      expect(frozen.list).not.toMatch(/示例/)
      expect(frozen.list!.match(/:[12]\b/g)).toHaveLength(12)
      well(await step(id, 'place', { value: '2838.49' }))
      expect((await step(id, 'place', { value: '1' })).status).toBe(409)
      expect([await got('U2'), await got('U3')]).toEqual([1, null])
      const others = [await got('worker'), await got('U1')]
      expect(others.filter((n) => n === 2)).toHaveLength(1)
      // Whoever holds a class reads whose children come, and nobody else's.
      const names = async (who: string) => (await read(id, who)).guardians.map(({ name }) => name)
      expect([await names('U1'), await names('D1')]).toEqual([['示例U2'], []])
      const round = await material(id)
      expect(check(round)).toContain('相符：12 个孩子有名额')
      const other = round.result!.replace(/ 1$/m, ' 2')
      for (const change of [
        { publicValue: '1' },
        { secret: '00' },
        { list: `${round.list} ` },
        { result: other },
      ])
        expect([change, check({ ...round, ...change })]).toEqual([change, expect.stringContaining('不符')])
    }))

  it('leaves out who took the consent back or is erased, tells the others, and a level only of eleven', () =>
    trial(async (tx, classes) => {
      const id = await put(classes, 5)
      for (const who of ['worker', 'U1', 'U2', 'U3']) well(await wish(who, id, [1]))
      await sql`UPDATE app.person SET worker_group = '货车司机' WHERE id = ${play.person('U2')}::uuid`.execute(
        tx,
      )
      const withdraw = (who: string) =>
        sql`UPDATE app.consent SET withdrawn_at = now() WHERE person_id = ${play.person(who)}::uuid`.execute(
          tx,
        )
      const forget = (who: string) => sql`SELECT app.forget_person(${play.person(who)}::uuid)`.execute(tx)
      await withdraw('U1')
      await over(tx)
      await freeze()
      const list = (await material(id)).list!
      expect(list.split('\n')).toHaveLength(3)
      expect(list).not.toMatch(/:[12]\b/)
      const left = [await numberOf('worker'), await numberOf('U3')].sort((a, b) => a - b)
      await withdraw('worker')
      await forget('U3')
      well(await step(id, 'place', { value: '1' }))
      const round = await material(id)
      expect(round.withdrawn).toBe(left.join(','))
      expect(check(round)).toContain('相符：1 个孩子有名额')
      expect(check({ ...round, withdrawn: '' })).toContain('不符')
      expect(await read(id)).toMatchObject({ families: 1, children: 1 })
      expect([await told(tx, 'U2'), await told(tx, 'U1')]).toEqual([[expect.stringContaining('已分配')], []])
      // The unit's look stands in her log, once a day; it ends with the consent.
      for (const _ of [1, 2]) expect((await read(id, 'U1')).guardians).toHaveLength(1)
      expect(
        await rows(
          tx,
          sql`SELECT purpose FROM app.person_access WHERE field = 'childcareWish' AND person_id = ${play.person('U2')}::uuid`,
        ),
      ).toEqual([{ purpose: 'childcare' }])
      await withdraw('U2')
      expect((await read(id, 'U1')).guardians).toEqual([])
      await forget('U2')
      expect(await rows(tx, sql`SELECT 1 FROM app.childcare_wish`)).toEqual([])
    }))
})
