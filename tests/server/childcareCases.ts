import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { remindChildcare } from '#childcare/remind.server.ts'
import { staffKeptDays } from '#childcare/rules.ts'
import { addDays } from '#kit/day.ts'
import type { Desk, PublicNotice } from '#publicNotice/api.ts'
import { inTransaction, rows } from '#server/database.server.ts'
import { identityContext } from '#server/deps.server.ts'
import { childcareAt, classBody } from '../support/childcare.ts'
import type { Stage } from '../support/client.ts'
import { well } from '../support/hardship.ts'
import type { Refusal } from '../support/play.ts'

const issues = (refused: { body: Refusal }) => refused.body.issues?.map(({ field }) => field)
const told = (refused: { status: number; body: Refusal }) => [
  refused.status,
  refused.body.issues?.[0]?.message,
]

/** The life of a childcare class, on the stage of another suite. */
export function childcareCases(stageOf: () => Stage): void {
  const setDay = (day: string) => {
    stageOf().world.deps.today = () => day
  }
  const play = () => childcareAt(stageOf())
  const page = async (notice: string) =>
    (await stageOf().as(null).get(`/api/public-notices/${notice}`)).status

  it('is refused at the field where something is wrong, and made only where all fits', () =>
    stageOf().trial(async () => {
      const { make, edit } = play()
      const faults: [object, string][] = [
        [{ title: '' }, 'title'],
        [{ place: ' ' }, 'place'],
        [{ hours: '' }, 'hours'],
        [{ untilOn: '2020-04-15' }, 'untilOn'],
        [{ untilOn: '2021-04-18' }, 'untilOn'],
        [{ fromOn: '2020-02-30' }, 'fromOn'],
        [{ ownAmount: 0 }, 'ownAmount'],
        [{ places: 9 }, 'places'],
        [{ places: 36 }, 'places'],
      ]
      for (const [change, field] of faults)
        expect([change, issues(await make('U1', change))]).toEqual([change, [field]])
      for (const places of [10, 35]) well(await make('U1', { places, untilOn: '2021-04-17' }))
      const { id } = well(await make('U1'))
      well(await edit(id, { places: 30 }))
      expect((await edit(id, { places: 31 })).status).toBe(409)
      expect(
        (
          await stageOf()
            .as('U2')
            .put(play().at(id), { ...(await play().read('U1', id)) })
        ).status,
      ).toBe(400)
    }))

  it('goes from its unit over the district to the city, each by its own hand and none twice', () =>
    stageOf().trial(async (tx) => {
      const { make, step, read, list, at } = play()
      const { id } = well(await make('U1'))
      // What was not sent up is seen by its own unit alone.
      for (const who of ['S1', 'D1', 'C', 'U2', 'U4'])
        expect((await stageOf().as(who).get(at(id))).status).toBe(404)
      expect(await list('C')).toEqual([])
      well(await step('U1', id, 'submit'))
      expect((await list('D1')).map((one) => one.state)).toEqual(['district'])
      expect((await stageOf().as('D2').get(at(id))).status).toBe(404)
      for (const who of ['S1', 'C', 'U1']) expect((await step(who, id, 'recommend')).status).toBe(403)
      expect(issues(await step('D1', id, 'return', '改'))).toEqual(['reason'])
      well(await step('D1', id, 'return', '地点请写明楼层'))
      expect((await read('U1', id)).steps.map(({ act, org, reason }) => [act, org, reason])).toEqual([
        ['submit', '示例U1', ''],
        ['return', '示例D1', '地点请写明楼层'],
      ])
      well(await step('U1', id, 'submit'))
      well(await step('D1', id, 'recommend'))
      const heard = await rows<{ subject: string; n: number }>(
        tx,
        sql`SELECT o.org_code || ' ' || m.subject AS subject FROM app.message m JOIN app.org o ON o.id = m.org_id
          WHERE m.link = ${`/childcare/${id}`} GROUP BY 1 ORDER BY 1`,
      )
      expect(heard.map(({ subject }) => subject.split('：')[0])).toEqual([
        'C 托管班同意，报市',
        'D1 托管班提交申请',
        'U1 托管班退回修改',
      ])
      expect((await step('C', id, 'approve', undefined, 1)).status).toBe(409)
      // Who recommended it does not approve it, though she sits in the city by now.
      const seat = (org: string) =>
        sql`UPDATE app.post SET org_id = ${stageOf().world.org(org)} WHERE id = ${stageOf().world.person('D1').postId}::uuid`.execute(
          tx,
        )
      await seat('C')
      expect(told(await step('D1', id, 'approve'))[0]).toBe(422)
      await seat('D1')
      well(await step('C', id, 'approve'))
      expect((await step('C', id, 'publish')).status).toBe(403)
      well(await step('U1', id, 'withdraw', '场地临时不能用'))
      expect((await read('C', id)).acts).toEqual([])
      // A district's own class needs no recommendation, a city's own a second person.
      const own = well(await make('D1')).id
      expect(well(await step('D1', own, 'submit', undefined, 1)).state).toBe('city')
      const city = well(await make('C')).id
      well(await step('C', city, 'submit', undefined, 1))
      expect(told(await step('C', city, 'approve'))[0]).toBe(422)
      well(await step('Cb', city, 'approve'))
    }))

  it('is shown to everybody before the city says yes: on the last day not yet, over a valid objection not at all', () =>
    stageOf().trial(async () => {
      const { make, step, read } = play()
      const { id } = well(await make('U1'))
      well(await step('U1', id, 'submit'))
      well(await step('D1', id, 'recommend'))
      expect((await step('D1', id, 'announce')).status).toBe(403)
      well(await step('C', id, 'announce'))
      expect((await step('C', id, 'announce')).body.issues?.[0]?.message).toContain('已经公示过')
      const { notice, acts } = await read('C', id)
      // Five working days from Thursday the 16th.
      expect([notice, acts]).toEqual([
        { id: expect.any(String), state: 'open', closesOn: '2020-04-23', hindrance: null },
        ['returnDown', 'refuse'],
      ])
      const page = well(await stageOf().as(null).get<PublicNotice>(`/api/public-notices/${notice!.id}`))
      expect(page.lines).toMatchObject([{ name: classBody.title, detail: '示例工会二楼，25 个托位' }])
      expect((await step('U1', id, 'withdraw', '不办了，场地收回')).status).toBe(422)
      expect((await read('U1', id)).acts).toEqual([])
      const approveOn = async (day: string) => {
        setDay(day)
        return (await step('C', id, 'approve')).status
      }
      expect(await approveOn('2020-04-23')).toBe(422)
      const objection = { line: 1, body: '这个地点在地下室，不通风', contact: '' }
      const objected = await stageOf()
        .as(null)
        .post(`/api/public-notices/${notice!.id}/objections`, objection, { key: null })
      expect(objected.status).toBe(200)
      expect(await approveOn('2020-04-24')).toBe(422)
      const desk = well(await stageOf().as('C').get<Desk>('/api/public-notice-desk'))
      const { id: raised } = desk[0]!.objections[0]!
      const answer = { verdict: 'invalid', answer: '已到现场核实，在二楼' }
      well(await stageOf().as('C').post<object>(`/api/public-notice-objections/${raised}/answer`, answer))
      expect(await approveOn('2020-04-24')).toBe(200)
    }))

  it('takes its notice down when its unit gives it up, and leaves it when it fails at its end', () =>
    stageOf().trial(async (tx) => {
      const { make, step, read, safe, children, session } = play()
      const shown = async (title: string) => {
        setDay('2020-04-16')
        const { id } = well(await make('U1', { title }))
        well(await step('U1', id, 'submit'))
        well(await step('D1', id, 'recommend'))
        well(await step('C', id, 'announce'))
        const { notice } = await read('C', id)
        setDay('2020-04-24')
        well(await step('C', id, 'approve'))
        return [id, notice!.id] as const
      }
      const [given, gone] = await shown('放弃的托管班')
      const [held, stays] = await shown('办完的托管班')
      well(await step('U1', given, 'withdraw', '场地临时不能用'))
      expect([await page(gone), await page(stays)]).toEqual([404, 200])
      expect((await read('C', given)).notice).toBeNull()
      const book = await rows<{ purpose: string }>(
        tx,
        sql`SELECT purpose FROM app.audit WHERE action = 'publicNotice.withdraw' AND object = ${`publicNotice:${gone}`}`,
      )
      expect(book).toEqual([{ purpose: '场地临时不能用' }])
      await safe(held)
      well(await step('U1', held, 'publish'))
      well(await children(held, 20))
      well(await session(held, '2020-04-24', 20))
      setDay('2020-05-15')
      well(await step('U1', held, 'finish'))
      well(await step('C', held, 'refuse', '评估不合格，不予验收'))
      expect([await page(stays), (await read('C', held)).notice!.id]).toEqual([200, stays])
    }))

  it('is not approved without a notice from the day on which the city asks for one', () =>
    stageOf().trial(async () => {
      const { make, step } = play()
      const version = {
        fromOn: '2020-04-20',
        basis: '示例市总工会托管班办法 第四条',
        note: '',
        value: { isAsked: true },
      }
      const proposed = well(
        await stageOf().as('C').post<{ id: string }>('/api/rules/childcareNotice/versions', version),
      )
      const decision = { isApproved: true, reason: '' }
      well(await stageOf().as('Cb').post<object>(`/api/rule-versions/${proposed.id}/decision`, decision))
      const { id } = well(await make('U1'))
      well(await step('U1', id, 'submit'))
      well(await step('D1', id, 'recommend'))
      const approveOn = async (day: string) => {
        setDay(day)
        return (await step('C', id, 'approve')).status
      }
      expect(await approveOn('2020-04-20')).toBe(422)
      expect(await approveOn('2020-04-19')).toBe(200)
    }))

  it('is shown to nobody while a check or a paper lacks, is a day too old, or is bad', () =>
    stageOf().trial(async (tx) => {
      const { approved, safe, step, read, open, check, staff, drop, paper } = play()
      const id = await approved({ untilOn: '2020-07-15' })
      expect(issues(await step('U1', id, 'publish'))).toEqual(['act', 'act'])
      const one = await safe(id, '2019-04-15')
      expect(told(await step('U1', id, 'publish'))).toEqual([
        422,
        '1 名工作人员的入职查询超过 12 个月，请重新查询',
      ])
      expect(issues(await check(id, one, 'fit', '2020-04-17'))).toEqual(['checkedOn'])
      well(await check(id, one, 'fit', '2019-04-16'))
      expect(issues(await staff(id, '丹顶鹤丙'))).toEqual(['name'])
      well(await staff(id, '丹顶鹤丁'))
      expect(told(await step('U1', id, 'publish'))[1]).toBe('1 名工作人员没有入职查询')
      const second = (await read('U1', id)).staff!.find(({ name }) => name === '丹顶鹤丁')!
      well(await drop(id, second.id))
      expect(issues(await paper(id, 'fire', '2020-04-15'))).toEqual(['validUntil'])
      well(await paper(id, 'fire', '2020-04-16'))
      well(await step('U1', id, 'publish'))
      expect((await open()).map((shown) => [shown.title, shown.orgName, shown.isFull])).toEqual([
        ['2020年春季课后托管班', '示例U1工会', false],
      ])
      // Who works there is told to its own unit alone; whoever stands above learns whether all are checked.
      const above = await read('D1', id)
      expect([above.staff, above.blocks]).toEqual([null, []])
      const reminded = async () => {
        const { deps } = stageOf().world
        await inTransaction(deps.db, identityContext(deps), (own) => remindChildcare(deps, own))
        const found = await rows<{ subject: string }>(
          tx,
          sql`SELECT subject FROM app.message WHERE kind = 'remind' AND account_id = ${stageOf().world.person('U1').accountId}::uuid ORDER BY at, subject`,
        )
        return found.map(({ subject }) => subject)
      }
      const soon =
        '入职查询、健康证或安全材料将于2020年4月16日到期，到期后不再公布，请及时办理：2020年春季课后托管班'
      expect(await reminded()).toEqual([soon])
      expect(await reminded()).toEqual([soon])
      // The next day the check is a day too old, and the paper has run out.
      setDay('2020-04-17')
      expect(await open()).toEqual([])
      expect((await read('D1', id)).blocks).toHaveLength(2)
      expect(await reminded()).toEqual([soon, expect.stringContaining('公开页面已不显示')])
      well(await paper(id, 'fire', '2020-06-30'))
      well(await check(id, one, 'fit', '2020-04-17'))
      expect(await open()).toHaveLength(1)
      setDay('2020-06-30')
      expect(await open()).toHaveLength(1)
      setDay('2020-07-01')
      expect(await open()).toEqual([])
      expect((await step('D2', id, 'suspend', '消防整改')).status).toBe(404)
      well(await step('D1', id, 'suspend', '消防整改'))
      // What was taken down from above its unit does not put up again, nor does a lower tier let it up.
      expect((await read('U1', id)).acts).toEqual([])
      expect((await step('U1', id, 'publish')).status).toBe(403)
      expect((await step('U1', id, 'release', '已经整改')).status).toBe(403)
      well(await step('C', id, 'release', '整改已核对'))
      expect((await read('D1', id)).acts).toEqual([])
      expect(told(await step('U1', id, 'publish'))[1]).toContain('消防安全')
    }))

  it('is shown to nobody from the day after a health certificate ended, and again from its renewal', () =>
    stageOf().trial(async (tx) => {
      const { approved, safe, step, read, open, certify } = play()
      const id = await approved()
      const one = await safe(id)
      await sql`UPDATE app.childcare_staff SET health_until = NULL WHERE id = ${one}::uuid`.execute(tx)
      const lacks = '1 名工作人员没有健康证或者健康证已过期'
      expect(told(await step('U1', id, 'publish'))).toEqual([422, lacks])
      expect(issues(await certify(id, one, '2020-04-15'))).toEqual(['healthUntil'])
      well(await certify(id, one, '2020-04-16'))
      well(await step('U1', id, 'publish'))
      expect(await open()).toHaveLength(1)
      setDay('2020-04-17')
      expect([await open(), (await read('U1', id)).blocks]).toEqual([[], [lacks]])
      expect((await read('D1', id)).blocks).toEqual(['入职查询或健康证未齐'])
      well(await certify(id, one, '2021-04-16'))
      expect(await open()).toHaveLength(1)
    }))

  it('was not shown while somebody new had no certificate, whenever it came', () =>
    stageOf().trial(async () => {
      const { approved, safe, step, read, check, certify, staff, children, session, open } = play()
      const id = await approved()
      await safe(id)
      expect((await read('U1', id)).certifiedShown).toBe(false)
      well(await step('U1', id, 'publish'))
      expect((await read('U1', id)).certifiedShown).toBe(true)
      well(await children(id, 20))
      setDay('2020-04-17')
      well(await staff(id, '丹顶鹤丁'))
      const added = (await read('U1', id)).staff!.find(({ name }) => name === '丹顶鹤丁')!.id
      well(await check(id, added, 'fit', '2020-04-17'))
      expect(await open()).toEqual([])
      setDay('2020-04-19')
      expect(issues(await session(id, '2020-04-18', 20))).toEqual(['onDay'])
      // A new check does not make the days before it good.
      well(await check(id, added, 'fit', '2020-04-19'))
      setDay('2020-04-21')
      well(await certify(id, added))
      expect(await open()).toHaveLength(1)
      for (const day of ['17', '18', '19', '20'])
        expect([day, issues(await session(id, `2020-04-${day}`, 20))]).toEqual([day, ['onDay']])
      for (const day of ['16', '21']) well(await session(id, `2020-04-${day}`, 20))
    }))

  it('that somebody must not be let in is not got round by the one who noted it', () =>
    stageOf().trial(async (tx) => {
      const { approved, safe, step, read, check, staff, drop } = play()
      const id = await approved()
      const one = await safe(id)
      well(await check(id, one, 'unfit', '2020-04-16'))
      expect(told(await step('U1', id, 'publish'))[1]).toContain('不得录用')
      // What a check said is not taken back by an older one, by the same hand, on the same day or without a word.
      expect(issues(await check(id, one, 'fit', '2019-04-16'))).toEqual(['checkedOn'])
      setDay('2020-04-17')
      expect((await check(id, one, 'fit', '2020-04-17')).status).toBe(422)
      expect(issues(await check(id, one, 'fit', '2020-04-16', 'U1b'))).toEqual(['checkedOn', 'reason'])
      const because = { reason: '系统回复有误，已更正' }
      expect((await check(id, one, 'fit', '2020-04-17', 'U1b', { ...because, version: 1 })).status).toBe(409)
      // Nor by leaving and coming back, under a note to her name neither.
      well(await drop(id, one))
      expect((await read('U1', id)).staff).toEqual([])
      expect((await staff(id, '丹顶鹤丙（看护）')).status).toBe(422)
      well(await staff(id, '丹顶鹤丙'))
      expect((await read('U1', id)).staff!.map(({ result }) => result)).toEqual(['unfit'])
      // Above, nobody learns how many; the district learns that something lacks.
      const aloft = await read('D1', id)
      expect([aloft.staff, aloft.blocks.length, aloft.blocks[0]]).toEqual([null, 1, '入职查询或健康证未齐'])
      expect(JSON.stringify(aloft)).not.toContain('不得录用')
      well(await check(id, one, 'fit', '2020-04-17', 'U1b', because))
      const book = await rows<{ action: string }>(
        tx,
        sql`SELECT action FROM app.audit WHERE action LIKE 'childcare.%check' AND object = ${`childcareClass:${id}`} ORDER BY seq`,
      )
      expect(book.map(({ action }) => action.slice(10))).toEqual(['check', 'recheck', 'recheck'])
      well(await step('U1', id, 'publish'))
      // Nobody ended it: ninety days after its last day the names go all the same, and not a day before.
      const left = async (today: string) => {
        const { deps } = stageOf().world
        await inTransaction(deps.db, identityContext(deps), (own) =>
          sql`SELECT app.purge_childcare_staff(${today}::date, ${staffKeptDays}::int)`.execute(own),
        )
        return (await read('U1', id)).staff!.length
      }
      expect([await left('2020-08-13'), await left('2020-08-14')]).toEqual([1, 0])
    }))

  it('counts days on which it was shown alone, each by the number of its day', () =>
    stageOf().trial(async () => {
      const { approved, safe, step, read, paper, children, session } = play()
      const id = await approved()
      await safe(id)
      well(await paper(id, 'fire', '2020-04-23'))
      setDay('2020-04-17')
      well(await step('U1', id, 'publish'))
      well(await children(id, 25))
      well(await session(id, '2020-04-17', 20))
      setDay('2020-04-18')
      well(await step('U1', id, 'takeDown', '消防整改三天'))
      setDay('2020-04-22')
      well(await step('U1', id, 'publish'))
      setDay('2020-04-24')
      expect(issues(await session(id, '2020-04-24', 20))).toEqual(['onDay'])
      setDay('2020-04-26')
      well(await paper(id, 'fire', '2020-12-31'))
      // Before the first publication, taken down, and while a paper had run out.
      for (const day of ['16', '19', '21', '24', '25'])
        expect([day, issues(await session(id, `2020-04-${day}`, 20))]).toEqual([day, ['onDay']])
      for (const [day, came] of [
        ['18', 20],
        ['22', 20],
        ['23', 0],
        ['26', 20],
      ] as const)
        well(await session(id, `2020-04-${day}`, came))
      setDay('2020-04-27')
      // A number that falls is that of the days to come.
      well(await children(id, 20))
      well(await session(id, '2020-04-27', 20))
      expect(issues(await session(id, '2020-04-27', 21))).toEqual(['came'])
      const { days, came, due, sessions } = await read('C', id)
      expect([days, came, due, sessions.length]).toEqual([5, 100, 5 * 25 + 20, 6])
    }))

  it('is attended as counts, looked at by a third party, ended by two persons and counted once', () =>
    stageOf().trial(async (tx) => {
      const { approved, safe, step, read, children, session, review } = play()
      const id = await approved()
      expect((await children(id, 20)).status).toBe(403)
      await safe(id)
      well(await step('U1', id, 'publish'))
      expect(issues(await session(id, '2020-04-16', 1))).toEqual(['came'])
      for (const n of [0, 26]) expect(issues(await children(id, n))).toEqual(['children'])
      well(await children(id, 20))
      expect(issues(await session(id, '2020-04-15', 1))).toEqual(['onDay'])
      expect(issues(await session(id, '2020-04-17', 1))).toEqual(['onDay'])
      expect(issues(await session(id, '2020-04-16', 21))).toEqual(['came'])
      well(await session(id, '2020-04-16', 20))
      expect(issues(await children(id, 19))).toEqual(['children'])
      setDay('2020-05-15')
      for (let n = 0; n < 20; n++) well(await session(id, addDays('2020-04-16', n), 14))
      well(await session(id, '2020-05-14', 13))
      expect((await read('C', id)).subsidy).toMatchObject({ yuan: 0, lacking: ['出勤率低于 70%'] })
      well(await session(id, '2020-05-14', null))
      expect((await read('C', id)).subsidy).toMatchObject({ yuan: 11_000, fixed: false })
      expect((await review('C', id, 'passed')).status).toBe(403)
      setDay('2020-05-14')
      expect(issues(await step('U1', id, 'finish'))).toEqual(['act'])
      setDay('2020-05-15')
      well(await step('U1', id, 'finish'))
      expect(issues(await step('C', id, 'close'))).toEqual(['act'])
      expect(issues(await review('C', id, 'passed', '2020-05-16'))).toEqual(['onDay'])
      well(await review('C', id, 'passed'))
      well(await review('C', id, 'mend'))
      expect(issues(await step('Cb', id, 'close'))).toEqual(['act'])
      well(await review('C', id, 'passed'))
      expect((await step('C', id, 'close')).status).toBe(422)
      const { version } = await read('C', id)
      well(await step('Cb', id, 'close', undefined, version))
      expect((await step('Cb', id, 'close', undefined, version)).status).toBe(409)
      const closed = await read('U1', id)
      expect([closed.staff, closed.staffShown, closed.subsidy.yuan, closed.subsidy.fixed]).toEqual([
        [],
        1,
        11_000,
        true,
      ])
      const found = await rows(
        tx,
        sql`SELECT r.id, r.state, r.grade, c.children, c.workdays, r.org_id, (SELECT jsonb_object_agg(f.source, f.amount) FROM app.childcare_funds f WHERE f.record_id = r.id) AS funds
          FROM app.record r JOIN app.childcare c ON c.record_id = r.id AND c.district_id = r.district_id`,
      )
      expect(found).toEqual([
        {
          id: closed.recordId,
          state: 'accepted',
          grade: '台账',
          children: 20,
          workdays: 20,
          org_id: stageOf().world.org('U1'),
          funds: { 市总: 11000, 单位: 8000 },
        },
      ])
      const figures = (await stageOf().as('D1').get('/api/figures?year=2020')).raw
      expect(figures).toMatch(/"childcare\.children"[^}]*"value":20\b/)
      expect(figures).toMatch(/"childcare\.classes"[^}]*"value":1\b/)
      const inputs = await rows(
        tx,
        sql`SELECT subsidy_rule AS rule, subsidy_inputs->>'came' AS came FROM app.childcare_class WHERE id = ${id}::uuid`,
      )
      expect(inputs).toEqual([{ rule: 'childcareSubsidy@2018-01-01', came: '280' }])
    }))
}
