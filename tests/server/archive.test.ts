import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { verifyExport } from '#audit/export.server.ts'
import { openStore } from '#record/evidence/store.server.ts'
import { runCommand } from '#server/commands.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { body, playOn } from '../support/play.ts'

let stage: Stage
let folder: string
beforeAll(async () => {
  stage = await openStage()
  folder = mkdtempSync(join(tmpdir(), 'jinguo-archive-'))
  stage.world.deps.files = openStore(join(folder, 'files'))
})
afterAll(async () => {
  await stage.close()
  rmSync(folder, { recursive: true })
})

async function run(argv: string[]): Promise<{ code: number; said: string }> {
  const said: string[] = []
  const io = {
    out: (t: string) => void said.push(t),
    err: (t: string) => void said.push(t),
    cwd: folder,
    user: 'x',
  }
  return { code: await runCommand(stage.world.deps, argv, io), said: said.join('') }
}

it('is a folder with everything, whose files can be checked one by one', () =>
  stage.trial(async (tx) => {
    await sql`INSERT INTO app.earlier_total (district_id, id, org_id, indicator_id, year, val, source, state, entered_by, decided_by, decided_at)
      SELECT o.district_id, gen_random_uuid(), o.id, i.id, 2012, 7, '2012年总结', 'accepted', a.id, a.id, now()
      FROM app.org o, app.indicator i, (SELECT id FROM app.account LIMIT 1) a WHERE o.org_code = 'U5' AND i.code = 'training.sessions'`.execute(
      tx,
    )
    const play = playOn(stage.as)
    const record = await play.submit('U1', { title: '礼仪培训' })
    const pdf = Buffer.from('%PDF-1.4\n%%EOF\n')
    const added = await stage
      .as('U1')
      .upload(
        `/api/records/training/${record.id}/evidence/00000000-0000-4000-8000-000000000001?name=签到.pdf`,
        pdf,
      )
    expect([added.status, added.raw]).toEqual([200, expect.any(String)])
    await stage.as('U5').post('/api/records/lawTalk', { body: body() })
    expect((await stage.as('C').post('/api/summary/snapshots', { year: 2019 })).status).toBe(200)
    const { code, said } = await run(['export', '--all', '移交'])
    expect([code, said]).toEqual([0, expect.stringContaining('附件 1 份')])
    const at = (name: string) => readFileSync(join(folder, '移交', name))
    const lines = at('校验.sha256').toString('utf8').trim().split('\n')
    const names = lines.map((line) => line.slice(66))
    for (const line of lines)
      expect(
        createHash('sha256')
          .update(at(line.slice(66)))
          .digest('hex'),
      ).toBe(line.slice(0, 64))
    expect(names).toEqual(
      expect.arrayContaining([
        '组织.xlsx',
        expect.stringMatching(/^台账\/.*培训.*_2019\.xlsx$/),
        '附件/目录.csv',
        '指标/全市指标_2019.xlsx',
        expect.stringMatching(/^总结\/C_.*_S2019-1\.docx$/),
        '审计/审计.jsonl',
        '说明.txt',
      ]),
    )
    expect(at('附件/目录.csv').toString('utf8')).toContain(`"${record.id}","training","签到.pdf"`)
    expect(at('说明.txt').toString('utf8')).toContain('会员实名信息')
    const book = await stage.world.deps.sheets.readAll(at(names.find((n) => /^台账\/.*培训/.test(n))!), 1000)
    expect(JSON.stringify(book)).toContain('礼仪培训')
    const orgs = await stage.world.deps.sheets.readAll(at('组织.xlsx'), 1000)
    expect(JSON.stringify(orgs)).toContain('"U1","示例U1工会"')
    const earlier = await stage.world.deps.sheets.readAll(at('历年估报.xlsx'), 1000)
    expect(JSON.stringify(earlier)).toContain(
      '"U5","示例U5工会",2012,"training.sessions",7,"期","2012年总结"',
    )
    const chain = await verifyExport(join(folder, '移交', '审计/审计.jsonl'), null)
    expect([chain.badLine, chain.breaks]).toEqual([null, []])
    expect(at('审计/审计.jsonl').toString('utf8')).toContain('archive.export')
    expect(
      (await run(['export', '--all', '移交']).catch((e: Error) => ({ said: e.message }))).said,
    ).toContain('里已有文件')
  }))

it('stands whole or not at all', () =>
  stage.trial(async () => {
    const play = playOn(stage.as)
    await play.submit('U1')
    const { deps } = stage.world
    const { sheets } = deps
    deps.sheets = { ...sheets, write: () => Promise.reject(new Error('disk')) }
    try {
      await expect(run(['export', '--all', '半份'])).rejects.toThrow('disk')
    } finally {
      deps.sheets = sheets
    }
    expect(existsSync(join(folder, '半份'))).toBe(false)
    writeFileSync(join(folder, '一个文件'), '')
    await expect(run(['export', '--all', '一个文件/里面'])).rejects.toThrow('无法写入')
    expect((await run(['export'])).code).toBe(2)
  }))
