import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays } from '#kit/day.ts'
import type { Seat, SiloCounts } from '#silo/api.ts'
import type { Duty, Silo } from '#silo/kinds.ts'
import { remindSilos } from '#silo/remind.server.ts'
import { purge } from '#server/purge.server.ts'
import { first, rows, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { well } from '../support/hardship.ts'
import type { Refusal } from '../support/play.ts'
import { matter, seatHandler, silosAt } from '../support/silos.ts'

let stage: Stage
let play: ReturnType<typeof silosAt>
beforeAll(async () => {
  stage = await openStage()
  play = silosAt(stage)
})
afterAll(() => stage.close())

/** A lead, one who takes in, two who deal with it, of whom the second is employed by U1, and one of another silo. */
async function staff(tx: Tx) {
  const seat = (name: string, works: Partial<Record<Silo, Duty>>, home?: string) =>
    seatHandler(tx, stage.world, name, works, home)
  return {
    lead: await seat('lead', { complaint: 'lead', legal: 'lead', counsel: 'lead' }),
    intake: await seat('intake', { complaint: 'intake', legal: 'intake' }),
    first: await seat('first', { complaint: 'handler' }),
    ofU1: await seat('ofU1', { complaint: 'handler', legal: 'handler' }, 'U1'),
    counsel: await seat('counsel', { counsel: 'handler' }),
  }
}
const read = async (who: string) => well(await stage.as(who).get<SiloCounts>('/api/silo-counts'))
const make = (who: string, untilQuarter: number) =>
  stage.as(who).post<{ id: string } & Refusal>('/api/silo-counts/records', { untilQuarter })
const later = (today: string) => ({ ...stage.world.deps, today: () => today })
const at = (code: string) => stage.world.org(code)
const idOf = async (tx: Tx): Promise<string> =>
  (await first<{ id: string }>(tx, sql`SELECT id FROM app.silo_case ORDER BY received_on DESC LIMIT 1`))!.id
const field = (answer: { body: Refusal }) => answer.body.issues?.[0]?.field

it('is told without a name, taken in, given, answered in writing, asked about, and followed with its code alone', () =>
  stage.trial(async (tx) => {
    const { lead, intake, first: hand } = await staff(tx)
    const { code, isUrgent } = well(await play.tell({ contact: '139 0000 1234' }))
    expect([isUrgent, code]).toEqual([false, expect.stringMatching(/^A(\w{3})(-\w{4}){6}$/)])
    const id = await idOf(tx)
    expect(await play.follow(code.toLowerCase().replaceAll('-', ' '))).toMatchObject({
      state: 'received',
      step: 'accept',
      dueOn: '2020-04-20',
      messages: [{ mine: true, text: `${matter.body}\n联系方式：139 0000 1234` }],
      looks: [],
    })
    expect((await play.look(hand, id)).status).toBe(404)
    well(await play.act(intake, id, 'accept'))
    expect((await play.act(intake, id, 'assign')).body.issues?.[0]?.field).toBe('postId')
    well(await play.act(intake, id, 'assign', { postId: hand.postId }))
    // Given away, it is hers alone: intake sees it no more, the lead that it is there and no word.
    expect((await play.look(intake, id)).status).toBe(404)
    expect(well(await play.look(lead, id)).messages).toBeNull()
    expect((await play.act(hand, id, 'close', { text: '好' })).body.issues?.[0]?.message).toContain(
      '书面答复',
    )
    well(await play.act(hand, id, 'note', { text: '已电话核实两位同事' }))
    well(await play.act(hand, id, 'close', { text: '已约谈单位，责成其停止侵害并书面道歉' }))
    expect((await play.act(hand, id, 'visit', { text: '自己办的自己回访不行' })).status).toBe(403)
    well(await play.act(lead, id, 'visit', { text: '请问处理以后情况有没有再发生' }))
    const told = await play.follow(code)
    expect(told).toMatchObject({ state: 'visited', step: null, maySay: true })
    expect(told.messages.map(({ mine, text }) => [mine, text])).toEqual([
      [true, expect.any(String)],
      [false, '已约谈单位，责成其停止侵害并书面道歉'],
      [false, '请问处理以后情况有没有再发生'],
    ])
    expect(told.looks.map(({ duty }) => duty)).toEqual(['handler', 'intake'])
    const acts = await rows<{ action: string; actor: string | null }>(
      tx,
      sql`SELECT action, actor::text FROM app.audit WHERE object = ${`silo:${id}`} ORDER BY seq`,
    )
    expect(acts.map(({ action }) => action).filter((a) => a !== 'silo.look')).toEqual([
      'silo.accept',
      'silo.assign',
      'silo.note',
      'silo.close',
      'silo.visit',
    ])
    expect(acts.filter(({ action }) => action === 'silo.look').length).toBeGreaterThan(4)
    // Who told it left nothing in the books: no audit row, no stored answer, no counter of addresses, no minute.
    expect(
      await rows(
        tx,
        sql`SELECT action FROM app.audit WHERE on_behalf = 'visitor' UNION ALL SELECT route FROM app.idempotency WHERE route LIKE '%tell%'
          UNION ALL SELECT subject FROM app.attempt`,
      ),
    ).toEqual([])
  }))

it('whoever belongs to the unit in question is neither told nor given it, and another silo sees nothing', () =>
  stage.trial(async (tx) => {
    const { lead, intake, first: hand, ofU1, counsel } = await staff(tx)
    well(await play.tell({ orgId: at('U1') }))
    const id = await idOf(tx)
    const offered = well(await play.look(lead, id))
    expect(offered.org).toBe('示例U1')
    well(await play.act(lead, id, 'accept'))
    const { candidates, version } = well(await play.look(lead, id))
    expect(candidates.map(({ name }) => name)).not.toContain('演示ofU1')
    const forced = { act: 'assign', version, postId: ofU1.postId }
    expect(field(await stage.as(lead).post<Refusal>(`/api/silos/${id}/acts`, forced))).toBe('postId')
    // Not by a statement of her own either.
    expect(
      await first(
        tx,
        sql`SELECT app.silo_post_barred(${ofU1.postId}::uuid, ${at('U1')}) AS own, app.silo_post_barred(${ofU1.postId}::uuid, ${at('S1')}) AS above,
        app.silo_post_barred(${ofU1.postId}::uuid, ${at('U2')}) AS beside`,
      ),
    ).toEqual({ own: true, above: true, beside: false })
    // U6 reports to I1; S1 stands above it on the second line alone.
    const tied = async (home: string, unit: string) => {
      await sql`UPDATE app.silo_seat SET home_org = ${at(home)} WHERE post_id = ${counsel.postId}::uuid`.execute(
        tx,
      )
      return (await first<{ barred: boolean }>(
        tx,
        sql`SELECT app.silo_post_barred(${counsel.postId}::uuid, ${at(unit)}) AS barred`,
      ))!.barred
    }
    expect([await tied('S1', 'U6'), await tied('U6', 'S1'), await tied('S1', 'I1')]).toEqual([
      true,
      true,
      false,
    ])
    well(await play.act(lead, id, 'assign', { postId: hand.postId }))
    for (const who of [ofU1, counsel, 'handler'])
      expect([(await play.look(who, id)).status, await play.rows(who)]).toEqual([404, []])
    for (const who of [
      'C',
      'Cb',
      'U1',
      'D1',
      'leader',
      'worker',
      'systemAdmin',
      'securityAdmin',
      'auditAdmin',
      'service',
    ])
      expect([
        who,
        (await play.look(who, id)).status,
        (await stage.as(who).get('/api/silos')).status,
      ]).toEqual([who, 403, 403])
    // Given back, it never returns to her, and nobody reads it till it is given again; that binds a lead too.
    well(await play.act(hand, id, 'recuse'))
    expect((await play.look(hand, id)).status).toBe(404)
    const back = well(await play.look(lead, id))
    expect([back.messages, back.acts.includes('urgent')]).toEqual([null, false])
    expect(back.candidates.map(({ name }) => name)).toEqual(['演示intake', '演示lead'])
    well(await play.act(lead, id, 'assign', { postId: lead.postId }))
    expect(well(await play.look(lead, id)).messages).toHaveLength(1)
    well(await play.act(lead, id, 'recuse'))
    expect([(await play.look(lead, id)).status, await play.rows(lead)]).toEqual([404, []])
    expect(well(await play.look(intake, id)).messages).toBeNull()
    well(await play.act(intake, id, 'assign', { postId: intake.postId }))
    expect(well(await play.look(intake, id)).messages).toHaveLength(1)
    // Nobody is left who could give it on.
    expect((await play.act(intake, id, 'recuse')).status).toBe(403)
    await sql`DELETE FROM app.silo_seat WHERE home_org IS NULL`.execute(tx)
    expect(field(await play.tell({ orgId: at('U1') }))).toBe('silo')
  }))

it('words of danger put it first and call the lead; from then on she may read, and nobody else', () =>
  stage.trial(async (tx) => {
    const { lead, intake, first: hand, ofU1 } = await staff(tx)
    const { code } = well(await play.tell())
    const id = await idOf(tx)
    well(await play.act(intake, id, 'accept'))
    well(await play.act(intake, id, 'assign', { postId: hand.postId }))
    expect(well(await play.look(lead, id)).messages).toBeNull()
    expect(well(await play.hold(code, 'say', '我 不 想 活 了')).isUrgent).toBe(true)
    expect(well(await play.look(lead, id)).messages).toHaveLength(2)
    expect((await play.look(ofU1, id)).status).toBe(404)
    const called = await rows<{ name: string }>(
      tx,
      sql`SELECT a.name FROM app.message m JOIN app.account a ON a.id = m.account_id WHERE m.subject LIKE '%紧急%' ORDER BY 1`,
    )
    expect(called.map(({ name }) => name)).toEqual(['演示intake', '演示lead'])
    expect((await play.act(hand, id, 'calm')).status).toBe(403)
    // Told in one minute, it bears the day alone.
    expect(
      await rows(
        tx,
        sql`SELECT DISTINCT to_char(at, 'YYYY-MM-DD HH24:MI:SS') AS at FROM app.message WHERE subject LIKE '%紧急%'`,
      ),
    ).toEqual([{ at: `${stage.world.deps.today()} 00:00:00` }])
    well(await play.act(lead, id, 'calm'))
    // What is another's she does not open to herself: neither by calling it urgent nor by taking it over.
    const { messages, candidates } = well(await play.look(lead, id))
    expect([messages, candidates.map(({ name }) => name)]).toEqual([null, ['演示intake', '演示ofU1']])
    expect((await play.act(lead, id, 'urgent')).status).toBe(403)
    expect(field(await play.act(lead, id, 'assign', { postId: lead.postId }))).toBe('postId')
  }))

it('two posts of one person are one pair of eyes, and nobody is told of work that she may not see', () =>
  stage.trial(async (tx) => {
    const { lead, intake, first: hand } = await staff(tx)
    const other = await seatHandler(tx, stage.world, 'other', { complaint: 'lead', legal: 'lead' })
    for (const table of ['post', 'session'])
      await sql`UPDATE app.${sql.raw(table)} SET account_id = ${hand.accountId}::uuid
        WHERE ${sql.raw(table === 'post' ? 'id' : 'post_id')} = ${other.postId}::uuid`.execute(tx)
    well(await play.tell({ silo: 'legal', topic: '工伤' }))
    const legal = await idOf(tx)
    await sql`UPDATE app.silo_seat SET silo = 'legal', duty = 'intake' WHERE post_id = ${hand.postId}::uuid`.execute(
      tx,
    )
    well(await play.act(hand, legal, 'accept'))
    expect(well(await play.look(other, legal)).acts).not.toContain('approve')
    well(await play.act(lead, legal, 'approve'))
    well(await play.act(lead, legal, 'assign', { postId: hand.postId }))
    const busy = async (who: typeof lead) =>
      well(await play.look(who, legal)).candidates.map(({ name, busy: n }) => [name, n])
    expect(await busy(other)).toEqual([
      ['演示intake', 0],
      ['演示lead', 0],
      ['演示ofU1', 0],
    ])
    well(await play.tell({ silo: 'counsel', topic: '情绪困扰' }))
    const heard = (await first<{ id: string }>(tx, sql`SELECT id FROM app.silo_case WHERE silo = 'counsel'`))!
      .id
    well(await play.act(lead, heard, 'assign', { postId: lead.postId }))
    expect((await busy(other)).map(([, n]) => n)).toEqual([0, 0, 0])
    well(await play.act(hand, legal, 'close', { text: '已代书仲裁申请并陪同递交' }))
    expect(well(await play.look(other, legal)).acts).toEqual([])
    expect(well(await play.look(lead, legal)).acts).toEqual(['visit'])
    expect((await play.look(intake, legal)).status).toBe(404)
  }))

it('goes to another silo with her consent alone, and is destroyed at her word', () =>
  stage.trial(async (tx) => {
    const { lead, intake, first: hand, ofU1 } = await staff(tx)
    const { code } = well(await play.tell())
    const id = await idOf(tx)
    expect((await play.hold(code, 'agree')).status).toBe(409)
    well(await play.act(intake, id, 'accept'))
    well(await play.act(intake, id, 'assign', { postId: hand.postId }))
    well(await play.act(hand, id, 'refer', { to: 'legal' }))
    expect((await play.follow(code)).referTo).toBe('legal')
    well(await play.hold(code, 'refuse'))
    expect((await play.follow(code)).silo).toBe('complaint')
    await sql`UPDATE app.silo_seat SET duty = 'handler' WHERE silo = 'counsel'`.execute(tx)
    expect(field(await play.act(hand, id, 'refer', { to: 'counsel' }))).toBe('to')
    well(await play.act(hand, id, 'refer', { to: 'legal' }))
    well(await play.hold(code, 'say', '我 不 想 活 了'))
    // Not to where nobody takes it in.
    await sql`UPDATE app.silo_seat SET duty = 'handler' WHERE silo = 'legal'`.execute(tx)
    expect((await play.hold(code, 'agree')).status).toBe(403)
    expect((await play.follow(code)).silo).toBe('complaint')
    await sql`UPDATE app.silo_seat SET duty = CASE post_id WHEN ${lead.postId}::uuid THEN 'lead' ELSE 'intake' END
      WHERE silo = 'legal' AND post_id IN (${lead.postId}::uuid, ${intake.postId}::uuid)`.execute(tx)
    well(await play.hold(code, 'agree'))
    expect(
      await rows(tx, sql`SELECT 1 FROM app.message WHERE subject LIKE '法律援助有一件紧急%'`),
    ).toHaveLength(2)
    expect(await play.follow(code)).toMatchObject({
      silo: 'legal',
      topic: '其他',
      state: 'received',
      messages: [{ text: matter.body }, {}],
    })
    expect((await play.look(hand, id)).status).toBe(404)
    well(await play.act(intake, id, 'accept'))
    expect((await play.act(intake, id, 'assign', { postId: ofU1.postId })).status).toBe(403)
    well(await play.act(lead, id, 'approve'))
    well(await play.hold(code, 'erase'))
    expect(await play.follow(code)).toMatchObject({
      state: 'withdrawn',
      isErased: true,
      messages: [],
      maySay: false,
    })
    expect(well(await play.look(lead, id))).toMatchObject({ isErased: true, messages: null, acts: [] })
    expect(await rows(tx, sql`SELECT 1 FROM app.silo_message`)).toEqual([])
    expect((await play.hold(code, 'erase')).status).toBe(409)
  }))

it('says at the field what is wrong, knows no code that is none, and takes the same matter once', () =>
  stage.trial(async (tx) => {
    const { silo, body, ...rest } = matter
    const bare = { nonce: randomUUID(), silo, body, ...rest }
    expect(field(await play.tell())).toBe('silo')
    await staff(tx)
    for (const [wrong, where] of [
      [{ body: '太短' }, 'body'],
      [{ topic: '亲子教育' }, 'topic'],
      [{ orgId: 9_999_999 }, 'orgId'],
    ] as const)
      expect(field(await play.tell(wrong))).toBe(where)
    const [once, again] = [await play.tell(bare), await play.tell(bare)]
    expect(well(once)).toEqual(well(again))
    expect(await rows(tx, sql`SELECT 1 FROM app.silo_case`)).toHaveLength(1)
    // Changed before it was sent again, none of it is dropped.
    const changed = well(await play.tell({ ...bare, orgId: at('U2') }))
    expect(changed.code).not.toBe(once.body.code)
    expect(await rows(tx, sql`SELECT 1 FROM app.silo_case WHERE of_org = ${at('U2')}`)).toHaveLength(1)
    for (const code of ['', 'A234', `${once.body.code.slice(0, -1)}!`, 'A'.repeat(28)])
      expect([code, (await play.hold(code, 'say', '在吗')).status]).toEqual([code, 404])
    expect((await play.hold(once.body.code, 'say', ' ')).body.issues?.[0]?.field).toBe('text')
    expect(await stage.as(null).post('/api/tell/units', { q: '示例U' }, { key: null })).toMatchObject({
      status: 200,
      body: { length: 8 },
    })
  }))

it('signed with an account it bears the name inside the seal alone', () =>
  stage.trial(async (tx) => {
    const { intake } = await staff(tx)
    const sent = await stage
      .as('worker')
      .post<{ code: string }>('/api/tell/signed', { nonce: randomUUID(), ...matter }, { key: null })
    const id = await idOf(tx)
    expect((await play.follow(well(sent).code)).messages[0]!.text).toContain('署名：演示worker（示例U1工会')
    expect(well(await play.look(intake, id)).messages![0]!.text).toContain('演示worker')
    const { accountId } = stage.world.person('worker')
    for (const table of ['silo_case', 'silo_message', 'audit', 'idempotency', 'message', 'attempt'])
      expect([
        table,
        await rows(tx, sql`SELECT 1 FROM app.${sql.raw(table)} t WHERE strpos(t::text, ${accountId}) > 0`),
      ]).toEqual([table, []])
    expect(
      (await stage.as(null).post('/api/tell/signed', { nonce: randomUUID(), ...matter }, { key: null }))
        .status,
    ).toBe(401)
  }))

it('is opened and dealt with by whose second factor is fresh, and listed without', () =>
  stage.trial(async (tx) => {
    const { intake } = await staff(tx)
    well(await play.tell())
    const id = await idOf(tx)
    await sql`UPDATE app.session SET is_demo = false, factor_at = now() - interval '6 minutes'`.execute(tx)
    expect(await play.rows(intake)).toHaveLength(1)
    const act = () => stage.as(intake).post<Refusal>(`/api/silos/${id}/acts`, { act: 'accept', version: 1 })
    for (const { status, body } of [await play.look(intake, id), await act()])
      expect([status, body.code]).toEqual([403, '403.4'])
    await sql`UPDATE app.session SET factor_at = now()`.execute(tx)
    well(await play.look(intake, id))
  }))

it('the security administrator seats handlers, never a cadre, and nobody else does', () =>
  stage.trial(async () => {
    const seats = (who: string) => stage.as(who).get<Seat[]>('/api/silo-seats')
    const postId = stage.world.person('handler').postId
    const entry = { silos: [{ silo: 'legal', duty: 'handler' }], homeId: at('U2') }
    const put = (who: string, id: string, body: object) =>
      stage.as(who).put<Refusal>(`/api/silo-seats/${id}`, body)
    for (const who of ['C', 'systemAdmin', 'auditAdmin', 'handler', 'leader'])
      expect([who, (await put(who, postId, entry)).status]).toEqual([who, 403])
    const { token } = stage.world.person('securityAdmin')
    await sql`UPDATE app.session SET factor_at = clock_timestamp() WHERE token_hash = sha256(convert_to(${token}, 'UTF8'))`.execute(
      stage.world.deps.db,
    )
    expect((await put('securityAdmin', stage.world.person('C').postId, entry)).status).toBe(404)
    expect(
      field(await put('securityAdmin', postId, { ...entry, silos: [...entry.silos, ...entry.silos] })),
    ).toBe('silos')
    well(await put('securityAdmin', postId, entry))
    expect(well(await seats('securityAdmin'))).toMatchObject([
      { name: '演示handler', silos: entry.silos, home: { shortName: '示例U2' }, mayChange: true },
    ])
    expect((await seats('auditAdmin')).status).toBe(403)
    well(await put('securityAdmin', postId, { silos: [], homeId: null }))
    expect(well(await seats('securityAdmin'))[0]!.silos).toEqual([])
  }))

it('tiers are told counts by topic of closed quarters, none of them small, and a period becomes a record once', () =>
  stage.trial(async (tx) => {
    const closed = (silo: string, topic: string, on: string, n: number, state = 'closed') =>
      sql`INSERT INTO app.silo_case (id, silo, topic, state, received_on, ended_on) SELECT gen_random_uuid(), ${silo}, ${topic}, ${state}, ${on}::date, ${on}::date
        FROM generate_series(1, ${n}::int)`.execute(tx)
    await closed('counsel', '工作压力', '2019-11-20', 10)
    await closed('counsel', '婚姻家庭', '2020-02-20', 3)
    await closed('counsel', '婚姻家庭', '2020-02-20', 30, 'withdrawn')
    await closed('counsel', '亲子教育', '2020-04-10', 40)
    await closed('complaint', '性骚扰', '2020-01-20', 10)
    const [legal, complaint, counsel] = await read('D1')
    expect([legal!.periods, complaint!.periods]).toEqual([[], []])
    expect(counsel!.periods).toEqual([
      {
        fromQuarter: 20194,
        untilQuarter: 20201,
        total: 13,
        lines: [],
        rest: null,
        record: null,
        mayRecord: false,
      },
    ])
    for (const who of ['U1', 'worker', 'handler', 'securityAdmin'])
      expect([who, (await stage.as(who).get('/api/silo-counts')).status]).toEqual([who, 403])
    expect((await make('D1', 20201)).status).toBe(403)
    expect((await make('C', 20202)).status).toBe(404)
    const { id } = well(await make('C', 20201))
    expect((await make('Cb', 20201)).body.code).toBe('409.13')
    expect(
      await first(
        tx,
        sql`SELECT r.state, c.sessions FROM app.record r JOIN app.counselling c ON c.record_id = r.id WHERE r.id = ${id}::uuid`,
      ),
    ).toEqual({
      state: 'submitted',
      sessions: 13,
    })
    expect((await read('leader'))[2]!.periods[0]!.record).toEqual({ programme: 'counselling', id })
    await sql`UPDATE app.record SET state = 'voided' WHERE id = ${id}::uuid`.execute(tx)
    expect(well(await make('Cb', 20201)).id).not.toBe(id)
    expect((await make('C', 20201)).body.code).toBe('409.13')
  }))

it('what is late is told once a day to those who lead it; after its years the key and the texts are gone and the count stays', () =>
  stage.trial(async (tx) => {
    const { lead, intake, first: hand } = await staff(tx)
    const { code } = well(await play.tell())
    const id = await idOf(tx)
    await sql`UPDATE app.silo_seat SET home_org = ${at('U2')} WHERE post_id = ${intake.postId}::uuid`.execute(
      tx,
    )
    const barred = well(await play.tell({ orgId: at('U2') }))
    const told = () =>
      rows<{ subject: string }>(
        tx,
        sql`SELECT a.name, m.subject FROM app.message m JOIN app.account a ON a.id = m.account_id WHERE m.link = '/silos' ORDER BY 1`,
      )
    await remindSilos(later('2020-04-16'), tx)
    expect(await told()).toEqual([])
    // On its last day it is in time, on the next it is late.
    const { today } = stage.world.deps
    const lateOn = async (day: string) => {
      stage.world.deps.today = () => day
      const { body } = await stage.as(lead).get<{ rows: { id: string; isLate: boolean }[] }>('/api/silos')
      stage.world.deps.today = today
      return body.rows.find((row) => row.id === id)!.isLate
    }
    const due = (await first<{ on: string }>(
      tx,
      sql`SELECT due_on::text AS on FROM app.silo_case WHERE id = ${id}::uuid`,
    ))!.on
    expect([await lateOn(due), await lateOn(addDays(due, 1))]).toEqual([false, true])
    for (let n = 0; n < 2; n++) await remindSilos(later('2020-04-21'), tx)
    expect(await told()).toEqual([
      { name: '演示intake', subject: '侵害投诉：1 件待受理或指派，1 件超过办理期限' },
      { name: '演示lead', subject: '侵害投诉：2 件待受理或指派，2 件超过办理期限' },
    ])
    well(await play.hold(barred.code, 'erase'))
    expect(
      (
        await rows(
          tx,
          sql`SELECT 1 FROM app.message WHERE link = '/silos' AND account_id = ${hand.accountId}::uuid`,
        )
      ).length,
    ).toBe(0)
    well(await play.act(lead, id, 'decline', { text: '不属于受理范围，可拨打 12338 反映' }))
    await purge(later('2023-04-16'))
    expect((await play.follow(code)).messages).toHaveLength(2)
    await purge(later('2023-04-17'))
    expect((await play.hold(code, 'say', '还在吗')).status).toBe(404)
    expect(
      await rows(tx, sql`SELECT topic, wrapped, receipt FROM app.silo_case WHERE id = ${id}::uuid`),
    ).toEqual([{ topic: '性骚扰', wrapped: null, receipt: null }])
  }))

it('counts who tells by address, and who signs by person, in memory alone', async () => {
  await stage.trial(async (tx) => {
    await staff(tx)
    let last = 200
    for (let n = 0; n < 61; n++) last = (await play.tell({ body: '' })).status
    expect(last).toBe(429)
    const signed = { ...matter, body: '', nonce: randomUUID() }
    for (let n = 0; n < 61; n++)
      last = (await stage.as('worker').post('/api/tell/signed', signed, { key: null })).status
    expect(last).toBe(429)
    expect((await stage.as('C').post('/api/tell/signed', signed, { key: null })).status).not.toBe(429)
    expect(await rows(tx, sql`SELECT 1 FROM app.attempt`)).toEqual([])
  })
})
