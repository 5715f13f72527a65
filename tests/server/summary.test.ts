import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeSummaryFile } from '#figures/summary/command.server.ts'
import { snapshotDocx } from '#figures/summary/service.server.ts'
import type { SnapshotDetail, SummaryPreview } from '#figures/summaryApi.ts'
import { actorOfToken } from '#identity/session.server.ts'
import { findProgramme } from '#programmes/index.ts'
import { readDocx } from '#paper/docx/read.server.ts'
import { inTransaction, rows } from '#server/database.server.ts'
import { opened } from '../paper/opened.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

type Written = { id: string; version: number }

/** U4 enters a record, its district accepts it. */
async function accepted(key: string, changes: object): Promise<void> {
  const body = bodyOf(findProgramme(key)!, changes as Record<string, unknown>)
  const made = await stage.as('U4').post<Written>(`/api/records/${key}`, { body, warningNote: '核对无误' })
  expect(made.body).toMatchObject({ state: 'submitted' })
  const { id, version } = made.body
  const done = await stage.as('D1').post(`/api/records/${key}/${id}/actions`, { action: 'accept', version })
  expect(done.body).toMatchObject({ state: 'accepted' })
}

const training = (women: number) =>
  accepted('training', { count: 1, all: women, women, title: `示例培训${women}` })
const honour = (honoree: string) =>
  accepted('honour', {
    title: `${honoree}获奖`,
    subject: '个人',
    honoree,
    employer: null,
    titles: [{ honourType: '全国三八红旗手', giver: '全国妇联', level: '国家级' }],
  })

const preview = async (who = 'C') => (await stage.as(who).get<SummaryPreview>('/api/summary?year=2019')).body
const freeze = async () =>
  (await stage.as('C').post<{ id: string; hash: string }>('/api/summary/snapshots', { year: 2019 })).body
const detail = async (id: string) =>
  (await stage.as('C').get<SnapshotDetail>(`/api/summary/snapshots/${id}`)).body

/** The text as it stands, a line a block. */
const textOf = ({ blocks }: SummaryPreview): string =>
  blocks
    .map((block) =>
      block.kind === 'heading'
        ? block.text
        : (block.lead ?? '') +
          block.runs.map((run) => ('figure' in run ? run.figure.written : run.text)).join(''),
    )
    .join('\n')

/** The Word file of a snapshot: its text and the tags of its figures. */
async function docx(id: string): Promise<{ name: string; text: string; tags: string[]; foot: string }> {
  const actor = (await actorOfToken(stage.world.deps.db, stage.world.person('C').token, 'test'))!
  return inTransaction(
    stage.world.deps.db,
    { scopeCode: actor.org.scopeCode, token: actor.token },
    async (tx) => {
      const { name, bytes } = await snapshotDocx(tx, actor, id, 'clean')
      const paragraphs = readDocx(bytes)
      return {
        name,
        text: paragraphs.map((p) => p.text).join('\n'),
        tags: paragraphs.flatMap((p) => p.tags.map((t) => t.tag)),
        foot: Object.entries(opened(bytes))
          .filter(([path]) => /^word\/footer\d\.xml$/.test(path))
          .map(([, xml]) => xml)
          .join(),
      }
    },
  )
}

describe('the summary over live records', () => {
  it('is read by the city alone, edited and frozen by its cadres', () =>
    stage.trial(async () => {
      const text = { year: 2019, part: 'lead', body: '开头。', version: 0 }
      const doors: [string, number, number, number][] = [
        ['C', 200, 200, 200],
        ['leader', 200, 403, 403],
        ['D1', 403, 403, 403],
        ['U1', 403, 403, 403],
        ['worker', 403, 403, 403],
        ['auditAdmin', 403, 403, 403],
      ]
      for (const [who, read, edit, snapshot] of doors) {
        const caller = stage.as(who)
        const got = [
          await caller.get('/api/summary?year=2019'),
          await caller.put('/api/summary/text', text),
          await caller.post('/api/summary/snapshots', { year: 2019 }),
        ]
        expect([who, ...got.map(({ status }) => status)]).toEqual([who, read, edit, snapshot])
      }
      expect((await preview('C')).mayEdit).toBe(true)
      expect((await preview('leader')).mayEdit).toBe(false)
    }))

  it('takes what is accepted, names the honoured to cadre and leader, and leaves out what only waits', () =>
    stage.trial(async () => {
      await training(60)
      await honour('张示宁')
      await stage.as('U4').post('/api/records/lawTalk', { body: bodyOf(findProgramme('lawTalk')!) })
      for (const who of ['C', 'leader']) {
        const text = textOf(await preview(who))
        expect(text).toContain('举办女职工教育培训1期，60人次参加学习')
        expect(text).toContain('张示宁荣获全国三八红旗手称号')
        expect(text).not.toContain('普法讲座')
      }
      expect((await preview()).figures).toBe(3)
    }))

  it.each(['1999', '2101', '二〇一九', ''])('refuses the year %s', async (year) => {
    const { status, body } = await stage.as('C').get(`/api/summary?year=${encodeURIComponent(year)}`)
    expect([status, body['code']]).toEqual([400, '400.1'])
  })
})

const put = (body: string, version: number, who = 'C') =>
  stage.as(who).put('/api/summary/text', { year: 2019, part: 'planGoal', body, version })

describe('the editors’ texts', () => {
  it('are saved over the version that was read, and never over another', () =>
    stage.trial(async () => {
      expect((await put('先写。', 0)).body).toEqual({ version: 1 })
      expect((await put('也要写。', 0, 'Cb')).body).toMatchObject({ code: '409.4' })
      expect((await put('再写。', 1, 'Cb')).body).toEqual({ version: 2 })
      expect((await put('又写。', 1)).body).toMatchObject({ code: '409.4' })
      const { texts, title } = await preview()
      expect(texts['planGoal']).toEqual({ body: '再写。', version: 2 })
      expect(title[1]).toBe('2019年工作总结和2020年工作要点')
    }))

  it('keep rare characters and line breaks, and lose what no file can hold', () =>
    stage.trial(async () => {
      await put('甲㛃𬱖🌸\r\n乙\u0000\u0007\uD800丙', 0)
      expect((await preview()).texts['planGoal']?.body).toBe('甲㛃𬱖🌸\n乙丙')
    }))
})

describe('a snapshot', () => {
  it('keeps its text and figures while records move on, and tells what moved', () =>
    stage.trial(async () => {
      await training(60)
      const { id, hash } = await freeze()
      expect([id, hash.length]).toEqual(['S2019-1', 64])
      const before = await docx(id)
      const [row] = await rows<{ seq: number; hash: string }>(
        stage.world.deps.db,
        sql`SELECT seq, hash FROM app.audit WHERE action = 'summary.freeze' AND object = ${id}`,
      )
      // On every page the head of the chain right after the freeze: the paper vouches for the chain.
      expect(before.foot).toContain(`审计链第 ${row!.seq} 条　${row!.hash.slice(0, 16)}`)
      await training(45)
      await honour('李例芳')
      await stage
        .as('C')
        .put('/api/summary/text', { year: 2019, part: 'closing', body: '后写的结语。', version: 0 })

      expect(await docx(id)).toEqual(before)
      expect(before.name).toBe('示例C工会女职工委员会2019年工作总结（S2019-1）.docx')
      expect(before.tags).toEqual(['fig:training.sessions=1@S2019-1', 'fig:training.attendances=60@S2019-1'])
      const { figures, hash: kept, by } = await detail(id)
      expect([kept, by]).toEqual([hash, '演示C'])
      expect(
        figures.map(({ indicator, frozen, live, written, writtenNow }) => [
          indicator,
          frozen,
          live,
          written,
          writtenNow,
        ]),
      ).toEqual([
        ['honour.persons', 0, 1, '0人', '1人'],
        ['training.sessions', 1, 2, '1期', '2期'],
        ['training.attendances', 60, 105, '60人次', '105人次'],
      ])
      expect((await preview()).snapshots).toMatchObject([{ id, hash, moved: 3 }])
      const next = await freeze()
      expect(next.id).toBe('S2019-2')
      expect((await docx(next.id)).text).toContain('后写的结语。')
      expect((await preview()).snapshots.map(({ id, moved }) => [id, moved])).toEqual([
        ['S2019-2', 0],
        ['S2019-1', 3],
      ])
    }))

  it('holds the sequences above which stand exactly the entries that moved it', () =>
    stage.trial(async (tx) => {
      await training(60)
      const { id } = await freeze()
      await training(45)
      const above = await rows(
        tx,
        sql`SELECT i.code, sum(l.val) AS val FROM app.ledger l JOIN app.indicator i ON i.id = l.indicator_id
          JOIN app.snapshot s ON s.id = ${id} AND l.seq > (s.seqs ->> l.district_id::text)::bigint WHERE l.state = 1 GROUP BY 1 ORDER BY 1`,
      )
      expect(above).toEqual([
        { code: 'training.attendances', val: 45 },
        { code: 'training.sessions', val: 1 },
      ])
    }))

  it('is one for one request, however often it is sent', () =>
    stage.trial(async () => {
      const key = 'freeze-once-and-for-all'
      const send = () => stage.as('C').post('/api/summary/snapshots', { year: 2019 }, { key })
      const first = await send()
      expect(first.status).toBe(200)
      expect((await send()).body).toEqual(first.body)
      expect((await preview()).snapshots).toHaveLength(1)
    }))

  it('whose content was changed behind its hash is not handed out', () =>
    stage.trial(async (tx) => {
      await training(60)
      const { id } = await freeze()
      await sql`UPDATE app.snapshot SET content = replace(content::text, '"60人次"', '"90人次"')::jsonb`.execute(
        tx,
      )
      await expect(docx(id)).rejects.toThrow('校验码')
    }))

  it('of nobody is not found', async () => {
    expect((await stage.as('C').get('/api/summary/snapshots/S2019-7')).status).toBe(404)
    expect((await stage.as('C').get('/api/summary/snapshots/7/docx')).status).toBe(400)
  })
})

describe('the command', () => {
  it('writes the file whole, leaves nothing beside it, and freezes nothing for a wrong path', () =>
    stage.trial(async () => {
      const { deps, person } = stage.world
      const actor = (await actorOfToken(deps.db, person('service').token, 'test'))!
      const folder = await mkdtemp(join(tmpdir(), 'jinguo-summary-'))
      try {
        await training(60)
        const out = join(folder, '总结.docx')
        const wrong = writeSummaryFile(deps, actor, {
          year: 2019,
          out: join(folder, '没有', 'x.docx'),
          mode: 'clean',
        })
        await expect(wrong).rejects.toThrow('无法写入')
        const made = await writeSummaryFile(deps, actor, { year: 2019, out, mode: 'review' })
        expect(made.id).toBe('S2019-1')
        expect(await readdir(folder)).toEqual(['总结.docx'])
        const tags = readDocx(new Uint8Array(await readFile(out))).flatMap((p) => p.tags.map((t) => t.tag))
        expect(tags).toContain('fig:training.attendances=60@S2019-1')
        expect((await preview()).snapshots.map(({ id, by }) => [id, by])).toEqual([
          ['S2019-1', '演示service'],
        ])
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    }))
})
