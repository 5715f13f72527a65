import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { intakeCommand } from '#server/intakeCommand.server.ts'
import { openStage, type Stage } from '../support/client.ts'

let stage: Stage
let cwd: string
beforeAll(async () => {
  stage = await openStage()
  cwd = mkdtempSync(join(tmpdir(), 'jinguo-import-'))
})
afterAll(async () => {
  await stage.close()
  rmSync(cwd, { recursive: true })
})

const head = '活动名称,日期,活动方式,期次,参加人数,女职工人数,载体,内容,证据等级'
const right = '春季急救常识课,2020-03-05,线下,1,45,30,流动课堂,急救常识,实名'
const wrong = '春季插花课,2020-13-05,线下,1,20,18,流动课堂,插花,台账'

async function run(args: string, ...lines: string[]) {
  writeFileSync(join(cwd, 'a.csv'), lines.join('\n'))
  const [out, err]: [string[], string[]] = [[], []]
  const io = {
    cwd,
    user: 'tester',
    out: (t: string | Uint8Array) => void out.push(String(t)),
    err: (t: string) => void err.push(t),
  }
  const code = await intakeCommand(stage.world.deps, args.split(' '), io)
  return { code, out: out.join(''), err: err.join('') }
}

it('says which things may come in, which columns are missing, and what would go on', () =>
  stage.trial(async () => {
    const login = 'U1'
    const unknown = await run(`import nothing a.csv --as ${login}`, head, right)
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('training  女职工教育培训')])
    const bare = await run(
      `import training a.csv --as ${login} --dry-run`,
      '名称,结束日期,方式',
      '课,2020-03-05,线下',
    )
    expect(bare.code).toBe(1)
    expect(bare.out.match(/期数/g)).toHaveLength(1)
    const some = await run(`import training a.csv --as ${login}`, head, right, wrong)
    expect([some.code, some.out]).toEqual([
      1,
      expect.stringMatching(/第 3 行 结束日期[^]*没有写入任何内容\n.*--right-only/),
    ])
    const done = await run(`import training a.csv --as ${login} --right-only`, head, right, wrong)
    expect([done.code, done.out]).toEqual([0, expect.stringContaining('已导入 1 行')])
    const alike = right.replace('常识课', '常识课之二')
    const asked = await run(`import training a.csv --as ${login}`, head, alike)
    expect([asked.code, asked.err]).toEqual([1, expect.stringContaining('--note')])
    const refused = await run(`import training a.csv --as ${login} --json`, head, alike)
    expect([refused.code, refused.err, JSON.parse(refused.out)]).toEqual([
      1,
      '',
      {
        refused: expect.objectContaining({ issues: [expect.objectContaining({ field: 'note' })] }) as object,
      },
    ])
    const json = JSON.parse(
      (await run(`import training a.csv --as ${login} --dry-run --json`, head, right)).out,
    ) as object
    expect(json).toMatchObject({ counts: { same: 1 }, missing: [], made: 0 })
  }))

it('names each cell that is wrong in its list, and stands at a unit of hers alone', () =>
  stage.trial(async () => {
    type Told = {
      counts: Record<string, number>
      rows: {
        line: number
        issues: { column: string; label: string | null; level: string; message: string }[]
      }[]
    }
    const twice = wrong.replace('20,18', '20,二十')
    const { code, out } = await run('import training a.csv --as U1 --dry-run --json', head, right, twice)
    const told = JSON.parse(out) as Told
    expect([code, told.counts]).toEqual([1, expect.objectContaining({ right: 1, wrong: 1 })])
    const errors = told.rows.find(({ line }) => line === 3)!.issues.filter(({ level }) => level === 'error')
    expect(errors.map(({ column }) => column).sort()).toEqual(['endsOn', 'women'])
    for (const { message } of errors) expect(message).toMatch(/\p{Script=Han}/u)
    const abroad = run('import training a.csv --as U1 --org U2 --dry-run', head, right)
    await expect(abroad).rejects.toThrow('没有账号“U1”，或它在 U2 没有现任岗位')
    expect((await run('import training a.csv --as U1 --org U1 --dry-run', head, right)).code).toBe(0)
  }))
