import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { UndoDone } from '#intake/api.ts'
import type { Cell } from '#paper/sheet/cell.ts'
import { indexText } from '#person/rules.ts'
import { refusalWords } from '#signup/states.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { eventsAt } from '../support/events.ts'
import { well } from '../support/hardship.ts'
import { bookOf, bring, commitAll, none, rowsOf, said } from '../support/intake.ts'
import { madeUpNumber } from '../support/persons.ts'

let stage: Stage
let play: ReturnType<typeof eventsAt>
beforeAll(async () => {
  stage = await openStage()
  play = eventsAt(stage)
})
afterAll(() => stage.close())

const women = ['worker', 'U1', 'U1b', 'U3'] as const
const numbers: Readonly<Record<string, string>> = {
  ...Object.fromEntries(women.map((who, n) => [who, madeUpNumber('1985-06-01', n * 2 + 2)])),
  // One that ends in X, as people write it small.
  U1b: Array.from({ length: 99 }, (_, n) => madeUpNumber('1986-06-01', n * 2)).find((one) =>
    one.endsWith('X'),
  )!,
}
/** As it stood on cards before 1999: no century, no check character. */
const fifteen = (number: string): string => number.slice(0, 6) + number.slice(8, 17)
/** A trial in which the people of the world are women in the register, each with a number. */
const trial = (work: (tx: Tx) => Promise<void>) =>
  stage.trial(async (tx) => {
    await play.register(tx, ...women)
    for (const who of women) {
      const index = stage.world.deps.crypto.blindIndex(indexText('居民身份证', numbers[who]!)).toString('hex')
      await sql`UPDATE app.person SET id_kind = '居民身份证', id_index = decode(${index}, 'hex') WHERE id = ${play.person(who)}::uuid`.execute(
        tx,
      )
    }
    await work(tx)
  })
const head = ['活动', '姓名', '身份证号']
const line = (who: string, number = numbers[who]!): Cell[] => ['示例插花班', `示例${who}`, number]
const upload = async (lines: Cell[][], who = 'U1') =>
  bring(stage, who, 'eventEntry', await bookOf(stage, { name: 'Sheet1', head, lines }))
const wide = (text: string) => text.replace(/[0-9X]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))

describe('a list of names from a workbook', () => {
  it('gives the same one place as her telephone and her cadre; of who has one it tells no more than that', () =>
    trial(async (tx) => {
      const id = await play.put({ cap: 2 })
      well(await play.enter('worker', id))
      const brought = await upload([
        line('worker', wide(numbers['worker']!)),
        line('U1', ` ${numbers['U1']} `),
        line('U1b'),
      ])
      expect(said(await rowsOf(stage, 'U1', brought.id)).map((row) => row.slice(0, 2))).toEqual([
        [2, 'same'],
        [3, 'right'],
        [4, 'right'],
      ])
      expect(JSON.stringify(await rowsOf(stage, 'U1', brought.id))).not.toContain('placed')
      const done = await commitAll(stage, 'U1', brought)
      expect([done.status, done.body]).toEqual([200, { made: 2, left: 0 }])
      expect(
        (await play.read('D1', id)).entries.map(({ name, state, isProxy }) => [name, state, isProxy]),
      ).toEqual([
        ['示例worker', 'placed', false],
        ['示例U1', 'placed', false],
        ['示例U1b', 'waiting', true],
      ])
      // Again, and by the other doors: nobody twice.
      const written = [line('U1', fifteen(numbers['U1']!)), line('U1b', numbers['U1b']!.toLowerCase())]
      expect((await upload(written)).page.counts).toEqual({ ...none, same: 2 })
      expect(well(await play.proxy('U1', id, [play.person('U1b')]))[0]!.refusal).toBe(refusalWords.already)
      expect((await rows(tx, sql`SELECT 1 FROM app.enrolment`)).length).toBe(3)
      expect(
        await rows(
          tx,
          sql`SELECT 1 FROM app.message WHERE subject LIKE '所在单位已为您报名%' AND account_id = ${stage.world.person('U1b').accountId}::uuid`,
        ),
      ).toHaveLength(1)
      // Taken back within the day: the line is as it was before.
      const undone = await stage.as('U1').post<{ undone: number }>(`/api/intakes/${brought.id}/undo`)
      expect([undone.status, undone.body.undone]).toEqual([200, 2])
      expect((await play.read('D1', id)).counts).toMatchObject({ placed: 1, waiting: 0, cancelled: 2 })
      expect(await rows(tx, sql`SELECT * FROM app.event_drift()`)).toEqual([])
    }))

  it('tells nobody before all have their places: others wait for them', () =>
    trial(async (tx) => {
      await play.put({ cap: 2 })
      const brought = await upload([line('worker'), line('U1b')])
      await sql`CREATE FUNCTION app.too_early() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
        IF (SELECT count(*) FROM app.enrolment) < 2 THEN RAISE EXCEPTION 'told too early'; END IF; RETURN NEW; END $$`.execute(
        tx,
      )
      await sql`CREATE TRIGGER too_early BEFORE INSERT ON app.message FOR EACH ROW EXECUTE FUNCTION app.too_early()`.execute(
        tx,
      )
      expect((await commitAll(stage, 'U1', brought)).body).toEqual({ made: 2, left: 0 })
      expect(
        await rows(tx, sql`SELECT 1 FROM app.message WHERE subject LIKE '所在单位已为您报名%'`),
      ).toHaveLength(2)
      // So many that others can wait for.
      const many = await upload(Array.from({ length: 201 }, () => line('U1')))
      expect([many.answer.status, JSON.stringify(many.answer.body)]).toEqual([
        422,
        expect.stringContaining('一次最多 200 行'),
      ])
    }))

  it('taken back leaves the place that a woman has taken anew since, and goes event by event', () =>
    trial(async (tx) => {
      const titles = new Map<string, string>()
      for (const title of ['甲班', '乙班', '丙班']) titles.set(await play.put({ title, cap: 3 }), title)
      const inOrder = [...titles.keys()].toSorted()
      const brought = await upload([
        ...inOrder.toReversed().map((id): Cell[] => [titles.get(id)!, '示例worker', numbers['worker']!]),
        [titles.get(inOrder[0]!)!, '示例U1b', numbers['U1b']!],
      ])
      expect((await commitAll(stage, 'U1', brought)).body.made).toBe(4)
      const hers = (await play.entryOf('U1b', inOrder[0]!))!
      well(await play.act('U1b', hers.id, 'leave'))
      expect(well(await play.enter('U1b', inOrder[0]!)).id).toBe(hers.id)
      const undone = await stage.as('U1').post<UndoDone>(`/api/intakes/${brought.id}/undo`)
      expect([undone.status, undone.body]).toMatchObject([200, { undone: 3, kept: 1, lines: [5] }])
      expect((await play.entryOf('U1b', inOrder[0]!))!.state).toBe('placed')
      const left = await rows<{ id: string }>(
        tx,
        sql`SELECT n.event_id AS id FROM app.audit a JOIN app.enrolment n ON a.object = 'enrolment:' || n.id WHERE a.action = 'event.leave'
          AND n.person_id = ${play.person('worker')}::uuid ORDER BY a.seq`,
      )
      expect(left.map(({ id }) => id)).toEqual(inOrder)
    }))

  it('says at the cell what is wrong: another unit, another name, twice, no such event, full, barred, not now', () =>
    trial(async (tx) => {
      await play.put({ cap: 1, hasList: false })
      await play.put({ title: '还没开始的班', opensAt: '2020-04-18T00:00:00+08:00' })
      await play.put({ title: '爽约不报的班', noShow: { limit: 1, days: 90 } })
      const missed = well(await play.enter('worker', await play.put({ title: '没有去的班' })))
      await sql`UPDATE app.enrolment SET no_show = 'counted' WHERE id = ${missed.id}::uuid`.execute(tx)
      const brought = await upload([
        line('U3'),
        ['示例插花班', '张三', numbers['U1']!],
        line('U1'),
        line('U1', wide(numbers['U1']!)),
        line('U1b'),
        ['没有的班', '示例U1b', numbers['U1b']!],
        ['还没开始的班', '示例U1b', numbers['U1b']!],
        ['示例插花班', '示例U1b', '210202198506010000'],
        ['爽约不报的班', '示例worker', numbers['worker']!],
        ['爽约不报的班', '示例U1b', numbers['U1b']!],
      ])
      expect(said(await rowsOf(stage, 'U1', brought.id))).toEqual([
        [2, 'wrong', `idNumber: ${refusalWords.person}`],
        [3, 'wrong', 'name: 姓名与登记的不一样，请核对姓名和号码'],
        [4, 'right'],
        [5, 'wrong', 'idNumber: 与第 4 行是同一个人，请删去一行'],
        [6, 'wrong', `event: ${refusalWords.full}`],
        [7, 'wrong', expect.stringContaining('event: 没有“没有的班”这项活动')],
        [8, 'wrong', `event: ${refusalWords.early}`],
        [9, 'wrong', expect.stringContaining('idNumber: 身份证号校验位不符')],
        [10, 'wrong', `event: ${refusalWords.barred}`],
        [11, 'right'],
      ])
    }))
})
