import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { FileDone, RevealedFile } from '#hardship/api.ts'
import type { MyHardship } from '#hardship/mineApi.ts'
import type { MessageList } from '#notify/api.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { aidAt, household, well } from '../support/hardship.ts'
import { entryOf } from '../support/persons.ts'
import type { Refusal } from '../support/play.ts'
import { today } from '../support/world.ts'

let stage: Stage
let play: ReturnType<typeof aidAt>
beforeAll(async () => {
  stage = await openStage()
  play = aidAt(stage, 'U1')
})
afterAll(() => stage.close())
afterEach(() => {
  stage.world.deps.today = () => today
})

/** The world's worker is a woman of U1, in the register under her own account. */
const trial = (work: (tx: Tx, her: string) => Promise<void>) =>
  stage.trial(async (tx) => {
    const { id } = well(await stage.as('U1').post<{ id: string }>('/api/persons', { body: entryOf(1) }))
    await sql`UPDATE app.account SET person_id = ${id}::uuid WHERE id = ${stage.world.person('worker').accountId}::uuid`.execute(
      tx,
    )
    await work(tx, id)
  })

const mine = async () => well(await stage.as('worker').get<MyHardship>('/api/my/hardship'))
const ask = async (body: object = household) =>
  stage
    .as('worker')
    .post<FileDone & Refusal>('/api/my/hardship', { textHash: (await mine()).consent.textHash, body })
const live = async (tx: Tx, id: string) =>
  (
    await rows<{ live: boolean }>(
      tx,
      sql`SELECT is_live AS live FROM app.hardship_kin WHERE file_id = ${id}::uuid`,
    )
  ).map(({ live: one }) => one)
const told = async (who: string) =>
  well(await stage.as(who).get<MessageList>('/api/messages')).rows.map(({ link }) => link)

it('is asked for by herself where somebody is named for it, and is the file that her unit checks', () =>
  trial(async (tx, her) => {
    expect(await mine()).toMatchObject({ isRegistered: true, isServed: false, files: [] })
    expect((await ask()).body.issues?.[0]?.message).toContain('还没有指定经办人')
    await play.nameAll()
    expect((await mine()).isServed).toBe(true)
    const stale = await stage.as('worker').post('/api/my/hardship', { textHash: 'old', body: household })
    expect(stale.status).toBe(409)
    const wrong = await ask({ ...household, marital: '已婚', bank: '' })
    expect([wrong.status, wrong.body.issues?.map(({ field }) => field)]).toEqual([422, ['bank']])
    const { id } = well(await ask())
    expect((await ask()).status).toBe(409)
    expect(await told('U1b')).toContain(`/hardship/files/${id}`)
    const [file] = (await mine()).files
    expect(file).toMatchObject({
      id,
      state: 'applied',
      mayMend: true,
      mayRecall: true,
      aids: [],
      reason: null,
    })
    expect(JSON.stringify(file)).not.toContain(household.account)
    // Another woman finds nothing of it, nor does a cadre of her unit who enters write in her place.
    expect((await stage.as('U4').post(`/api/my/hardship/${id}/reveals`)).status).toBe(404)
    expect((await play.read('U1', id)).mayEdit).toBe(false)
    const typed = await stage
      .as('U1')
      .put<Refusal>(`/api/hardship/files/${id}`, { version: 1, body: household })
    expect(typed.status).toBe(403)
    const opened = await stage
      .as('U1b')
      .post<RevealedFile>(`/api/hardship/files/${id}/reveals`, { reason: '核对她的申请' })
    expect(well(opened).household).toMatchObject({ income: household.income, story: household.story })
    const looks = await rows<{ role: string }>(
      tx,
      sql`SELECT role FROM app.person_access WHERE person_id = ${her}::uuid AND field = 'hardshipFile' AND reason = '核对她的申请'`,
    )
    expect(looks).toEqual([{ role: 'cadre' }])
    // A relative's file is no answer to an application: the household is taken from the check on.
    expect(await live(tx, id)).toEqual([false])
    well(await play.step('U1b', id, 'check'))
    expect(await live(tx, id)).toEqual([true])
    expect((await mine()).files[0]).toMatchObject({ state: 'checked', mayMend: false, mayRecall: true })
  }))

it('comes back to herself with what is missing, is mended by her alone, and may be taken back', () =>
  trial(async (tx) => {
    await play.nameAll()
    const { id } = well(await ask())
    well(await play.step('U1b', id, 'check'))
    well(await play.step('U1b', id, 'returned', { reason: '请补上配偶的情况' }))
    expect((await mine()).files[0]).toMatchObject({
      state: 'returned',
      reason: '请补上配偶的情况',
      mayMend: true,
    })
    expect((await stage.as('U1').get('/api/inbox')).raw).not.toContain(id)
    const words = well(
      await stage.as('worker').post<{ household: typeof household }>(`/api/my/hardship/${id}/reveals`),
    )
    expect(words.household).toMatchObject({ address: household.address, income: household.income })
    const version = (await mine()).files[0]!.version
    const mend = (v: number, body: object) =>
      stage.as('worker').put<FileDone & Refusal>(`/api/my/hardship/${id}`, { version: v, body })
    expect((await mend(version - 1, household)).status).toBe(409)
    expect((await mend(version, { ...household, heads: 0 })).status).toBe(422)
    well(await mend(version, { ...household, area: 50 }))
    expect([(await mine()).files[0]!.state, await live(tx, id)]).toEqual(['applied', [false]])
    well(await play.step('U1b', id, 'check'))
    const recall = (v: number) =>
      stage.as('worker').post<Refusal>(`/api/my/hardship/${id}/recall`, { version: v })
    well(await recall((await mine()).files[0]!.version))
    expect([(await mine()).files[0]!.state, await live(tx, id)]).toEqual(['withdrawn', [false]])
    expect((await recall((await mine()).files[0]!.version)).status).toBe(409)
    // Free again.
    well(await ask())
  }))

it('is told to her with its reason when her unit withdraws it or the centre closes it', () =>
  trial(async (tx) => {
    const heard = async () =>
      (
        await rows<{ subject: string }>(
          tx,
          sql`SELECT subject FROM app.message WHERE account_id = ${stage.world.person('worker').accountId}::uuid`,
        )
      ).map(({ subject }) => subject)
    await play.nameAll()
    const first = well(await ask())
    well(await play.step('U1', first.id, 'withdraw', { reason: '您在电话里说不再申请' }))
    expect((await mine()).files[0]).toMatchObject({ state: 'withdrawn', reason: '您在电话里说不再申请' })
    expect(await heard()).toContain('单位撤回了您的困难帮扶申请，理由请到“困难帮扶”查看')
    const { id } = well(await ask())
    well(await play.step('U1b', id, 'returned', { reason: '请补上配偶的情况' }))
    const { version } = (await mine()).files.find((file) => file.id === id)!
    well(await stage.as('worker').post(`/api/my/hardship/${id}/recall`, { version }))
    expect((await mine()).files.find((file) => file.id === id)!.reason).toBeNull()
    const last = well(await ask())
    well(await play.step('U1b', last.id, 'check'))
    well(await play.step('U1b', last.id, 'visit', play.visit))
    await play.at.finished(tx, last.id)
    well(await play.step('D1', last.id, 'close', { on: stage.world.deps.today(), closedFor: '脱困' }))
    expect((await mine()).files.find((file) => file.id === last.id)).toMatchObject({
      state: 'closed',
      reason: '脱困',
    })
    expect(await heard()).toContain('您的困难帮扶档案已结束，原因请到“困难帮扶”查看')
    // What an entry asked for that was merged into hers she reads, and does not mend.
    const fourth = well(await ask())
    const merged = await play.woman(2)
    await sql`UPDATE app.person SET state = 'merged', merged_into = (SELECT person_id FROM app.account WHERE id = ${stage.world.person('worker').accountId}::uuid)
      WHERE id = ${merged}::uuid`.execute(tx)
    await sql`UPDATE app.hardship_file SET person_id = ${merged}::uuid, applied_person = ${merged}::uuid WHERE id = ${fourth.id}::uuid`.execute(
      tx,
    )
    expect((await mine()).files.find((file) => file.id === fourth.id)).toMatchObject({
      mayMend: false,
      mayRecall: false,
    })
    expect((await stage.as('worker').post(`/api/my/hardship/${fourth.id}/reveals`)).status).toBe(404)
  }))

it('does not name her as the hand that brought the counts', () =>
  trial(async (tx, her) => {
    await play.nameAll()
    const { id } = well(await ask())
    well(await play.step('U1b', id, 'check'))
    well(await play.step('U1b', id, 'visit', play.visit))
    await play.at.finished(tx, id)
    const [record] = await rows<{ by: string; made: string }>(
      tx,
      sql`SELECT r.submitted_by AS by, r.created_by AS made FROM app.hardship h JOIN app.record r ON r.district_id = h.district_id AND r.id = h.record_id`,
    )
    expect([her, stage.world.person('worker').accountId]).not.toContain(record!.by)
    expect(stage.world.person('worker').accountId).not.toBe(record!.made)
    expect((await mine()).files[0]).toMatchObject({ state: 'open', no: expect.any(String) as string })
  }))
