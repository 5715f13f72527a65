import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays } from '#kit/day.ts'
import type { Cell } from '#paper/sheet/cell.ts'
import { training } from '#programmes/training/definition.ts'
import { rows } from '#server/database.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import { bookOf, bring, commitAll, none, rowsOf, sheetsOf } from '../support/intake.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const size = 10_000
/** Names of which none is like another of its day. */
const glyphs = Array.from({ length: 100 }, (_, n) => String.fromCodePoint(0x5000 + 37 * n))
const titleOf = (n: number): string => {
  const [a, b] = [glyphs[Math.floor(n / 100)]!, glyphs[n % 100]!]
  return `${a}${a}${b}${b}班`
}
const bodies = Array.from({ length: size }, (_, n) => {
  const day = addDays('2019-01-01', n % 360)
  return bodyOf(training, { title: titleOf(n), startsOn: day, endsOn: day, all: 60, women: 30 })
})

/** Faults one by one: heading, what stands there, what is said. */
const faults: [string, Cell, RegExp][] = [
  ['名称', null, /请填写名称/],
  ['名称', '班', /名称至少 2 个字/],
  ['名称', '班'.repeat(61), /名称最多 60 个字/],
  ['开始日期', '2019-13-01', /不是有效日期/],
  ['开始日期', '2019.2.30', /不是有效日期/],
  ['开始日期', '去年春天', /不是有效日期/],
  ['开始日期', '2020-01-01', /结束日期/],
  ['结束日期', null, /请选择结束日期/],
  ['结束日期', '2019-08', /只到月/],
  ['结束日期', '8月5日', /不是有效日期/],
  ['结束日期', '2021-01-01', /还没有到/],
  ['结束日期', '二〇一九年十三月一日', /不是有效日期/],
  ['结束日期', { error: '#REF!' }, /公式出错|不是有效日期/],
  ['方式', '面授', /不在可选项中/],
  ['方式', null, /请选择方式/],
  ['期数', 0, /期数不能小于 1/],
  ['期数', '两期', /不是数字/],
  ['期数', 1.5, /期数要填整数/],
  ['期数', 1000, /期数不能大于 999/],
  ['期数', null, /请填写期数/],
  ['参加总人次', '约60', /不是数字/],
  ['参加总人次', 20, /女职工/],
  ['参加总人次', -5, /不能小于 1/],
  ['参加总人次', 99_999_999, /不能大于/],
  ['其中女职工', '三十', /不是数字/],
  ['其中女职工', null, /请填写其中女职工/],
  ['其中女职工', 61, /女职工/],
  ['经费（元）', '一千', /不是数字/],
  ['经费（元）', 10.005, /最多两位小数/],
  ['经费（元）', -1, /不能小于 0/],
  ['经费来源', '企业赞助', /不在可选项中/],
  ['载体', null, /请选择载体/],
  ['载体', '夜校', /不在可选项中/],
  ['培训内容', '容'.repeat(101), /最多 100 个字/],
  ['学时', 501, /学时不能大于 500/],
  ['证据等级', '照片', /不在可选项中/],
  ['联办单位', '不存在的工会', /没有“不存在的工会”这个单位/],
]

it(
  '37 seeded faults among 10,000 rows are all found and nothing else; the same file again changes nothing',
  { timeout: 900_000 },
  () =>
    stage.trial(async (tx) => {
      const [sheet] = sheetsOf(training, bodies)
      const seeded = new Map(faults.map((fault, n) => [137 + 251 * n, fault]))
      const lines = sheet!.lines.map((cells, n) => {
        const fault = seeded.get(n)
        if (!fault) return cells
        const at = sheet!.head.indexOf(fault[0])
        expect([fault[0], at]).not.toContain(-1)
        return cells.map((cell, column) => (column === at ? fault[1] : cell))
      })
      const brought = await bring(stage, 'U1', 'training', await bookOf(stage, { ...sheet!, lines }))
      expect(brought.page.counts).toEqual({ ...none, right: size - faults.length, wrong: faults.length })
      const wrong = await rowsOf(stage, 'U1', brought.id, '?state=wrong')
      expect(wrong.map((row) => [row.line, row.issues.length])).toEqual(
        [...seeded.keys()].map((n) => [n + 2, 1]),
      )
      for (const [n, [heading, , message]] of faults.entries())
        expect([heading, wrong[n]!.issues[0]!.message]).toEqual([heading, expect.stringMatching(message)])
      const done = await commitAll(stage, 'U1', brought, { mode: 'right' })
      expect(done.body).toEqual({ made: size - faults.length, left: faults.length })
      const count = () =>
        rows<{ n: number; entries: number }>(
          tx,
          sql`SELECT (SELECT count(*)::int FROM app.record) AS n, (SELECT count(*)::int FROM app.ledger) AS entries`,
        )
      const before = await count()
      expect(before[0]!.n).toBe(size - faults.length)
      const again = await bring(stage, 'U1', 'training', await bookOf(stage, { ...sheet!, lines }))
      expect(again.page.counts).toEqual({ ...none, same: size - faults.length, wrong: faults.length })
      expect((await commitAll(stage, 'U1', again, { mode: 'right' })).status).toBe(422)
      expect(await count()).toEqual(before)
    }),
)
