import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { composeSummary } from '#figures/summary/compose.ts'
import { writeDocx } from '#paper/docx/write.server.ts'
import { main } from '#server/cli.server.ts'
import { golden, goldenYear } from '../support/goldenYear.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jinguo-figures-'))
  await writeFile(
    join(folder, 'report.txt'),
    '滨海市总工会2019年工作总结\n筹集资金1144万元，为14091名女职工做两癌筛查。\n培训女职工3万人次。',
  )
  await writeFile(
    join(folder, 'summary.docx'),
    await writeDocx(composeSummary(goldenYear), { mode: 'clean', mark: null }),
  )
})
afterAll(() => rm(folder, { recursive: true }))
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

/** What the command prints where there is no data folder. */
async function run(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  vi.stubEnv('JINGUO_DATA', join(folder, 'none'))
  vi.stubEnv('DATABASE_URL', undefined)
  let [out, err] = ['', '']
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true))
  const code = await main(['figures', ...words])
  vi.restoreAllMocks()
  return { code, out, err }
}

const KEYS = ['context', 'written', 'value', 'low', 'high', 'unit', 'precision', 'indicator', 'verdict']
type Line = { indicator: string | null; verdict: string | null; written: string; value: number }

describe('figures without a data folder', () => {
  it('prints an array with the keys of a figure for a text', async () => {
    const { code, out } = await run(join(folder, 'report.txt'), '--json')
    const lines = JSON.parse(out) as Line[]
    expect(code).toBe(0)
    expect(lines.map((line) => Object.keys(line))).toEqual(lines.map(() => KEYS))
    expect(
      lines.map(({ written, value, indicator, verdict }) => [written, value, indicator, verdict]),
    ).toEqual([
      ['1144万元', 11_440_000, 'screening.cost', null],
      ['14091名', 14_091, 'screening.persons', null],
      ['3万人次', 30_000, 'training.attendances', null],
    ])
  })

  it('and for a .docx, whose year and unit may be told it', async () => {
    const { code, out } = await run(join(folder, 'summary.docx'), '--json', '--year', '2019', '--scope', 'X')
    const lines = JSON.parse(out) as Line[]
    expect(code).toBe(0)
    expect(lines.every((line) => line.verdict === null && Object.keys(line).join() === KEYS.join())).toBe(
      true,
    )
    expect(lines.map(({ indicator }) => indicator ?? '').toSorted()).toEqual(
      golden.map(({ indicator }) => indicator).toSorted(),
    )
  })

  it('says what is wrong with a file or a word', async () => {
    expect((await run(join(folder, 'no.txt'))).err).toMatch(/^读不到文件/)
    const { code, err } = await run('--json')
    expect([code, err.includes('figures')]).toEqual([2, true])
  })
})
