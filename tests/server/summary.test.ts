import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeSummaryFile } from '#figures/summary/command.server.ts'
import { composeSummary } from '#figures/summary/compose.ts'
import { snapshotFile } from '#figures/summary/service.server.ts'
import { chipsOf, type Draft, type Piece } from '#figures/summary/draft.ts'
import type { PaperMaterial, SnapshotDetail, SummaryPreview } from '#figures/summaryApi.ts'
import type { MessageList } from '#notify/api.ts'
import { actorOfToken } from '#identity/session.server.ts'
import { findProgramme, indicators } from '#programmes/index.ts'
import { figuresOf } from '#paper/document.ts'
import { readDocx } from '#paper/docx/read.server.ts'
import type { Inbox } from '#record/api.ts'
import { inTransaction, rows } from '#server/database.server.ts'
import { opened } from '../paper/opened.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import { goldenYear } from '../support/goldenYear.ts'

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

/** Subjects of her messages, the latest first. */
const toldTo = async (who: string) =>
  (await stage.as(who).get<MessageList>('/api/messages')).body.rows.map(({ subject }) => subject)

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
      const { name, bytes: make } = await snapshotFile(tx, actor, id, { mode: 'clean' })
      const bytes = await make()
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

const draftWith = (pieces: Piece[]): Draft => ({
  title: ['示例工会女职工委员会', '2019年工作总结'],
  blocks: [{ id: 'b1', kind: 'paragraph', pieces }],
})

describe('the summary over live records', () => {
  it('is of each unit, edited and frozen by its cadres', () =>
    stage.trial(async () => {
      const text = { year: 2019, version: 0, draft: draftWith([{ text: '开头。' }]) }
      const doors: [string, number, number, number][] = [
        ['C', 200, 200, 200],
        ['leader', 200, 403, 403],
        ['D1', 200, 200, 200],
        ['U1', 200, 200, 200],
        ['worker', 403, 403, 403],
        ['auditAdmin', 403, 403, 403],
      ]
      for (const [who, read, edit, snapshot] of doors) {
        const caller = stage.as(who)
        const got = [
          await caller.get('/api/summary?year=2019'),
          await caller.put('/api/summary/draft', text),
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

const save = async (version: number, draft: Draft, who = 'C') =>
  stage.as(who).put('/api/summary/draft', { year: 2019, version, draft })
const withBlock = (draft: Draft, pieces: Piece[]): Draft => ({
  ...draft,
  blocks: [...draft.blocks, { id: 'zz', kind: 'paragraph', pieces }],
})

describe('the text', () => {
  it('is the template’s until it is saved, and then hers, its figures still those of now', () =>
    stage.trial(async () => {
      await training(60)
      const { draft, version } = await preview()
      expect(version).toBe(0)
      expect((await save(0, withBlock(draft, [{ text: '自己写的一句。' }]))).body).toMatchObject({
        version: 1,
      })
      await training(45)
      const now = await preview()
      expect(textOf(now)).toContain('举办女职工教育培训2期，105人次参加学习')
      expect(textOf(now)).toContain('自己写的一句。')
      expect(now.saved?.by).toBe('演示C')
    }))

  it('is saved over the version that was read, never over another, and once however often it is sent', () =>
    stage.trial(async () => {
      const { draft } = await preview()
      const mine = withBlock(draft, [{ text: '甲写的。' }])
      expect((await save(0, mine)).body).toMatchObject({ version: 1 })
      expect((await save(0, mine)).body).toMatchObject({ version: 1 })
      const refused = await save(0, withBlock(draft, [{ text: '乙写的。' }]), 'Cb')
      expect(refused.body).toMatchObject({ code: '409.4', details: { who: '演示C', version: 1 } })
      expect((await save(1, withBlock(draft, [{ text: '乙又写。' }]), 'Cb')).body).toMatchObject({
        version: 2,
      })
      const versions = (
        await stage.as('C').get<{ version: number; by: string }[]>('/api/summary/versions?year=2019')
      ).body
      expect(versions.map(({ version, by }) => [version, by])).toEqual([
        [2, '演示Cb'],
        [1, '演示C'],
      ])
      const old = (await stage.as('C').get<{ draft: Draft }>('/api/summary/versions/1?year=2019')).body
      expect(old.draft).toEqual(mine)
      expect((await stage.as('D1').get('/api/summary/versions/1?year=2019')).status).toBe(404)
    }))

  it('of one writer within ten minutes is one version', () =>
    stage.trial(async () => {
      const { draft } = await preview()
      for (const version of [0, 1, 2]) await save(version, withBlock(draft, [{ text: `第${version}次。` }]))
      const versions = (await stage.as('C').get<unknown[]>('/api/summary/versions?year=2019')).body
      expect(versions).toMatchObject([{ version: 3 }])
    }))

  it.each<[string, object]>([
    ['markup', { title: ['甲'], blocks: [{ id: 'a', kind: 'html', html: '<b>甲</b>' }] }],
    ['an unknown field', { title: ['甲'], blocks: [{ id: 'a', kind: 'paragraph', pieces: [], style: 'x' }] }],
    [
      'two blocks of one name',
      { title: ['甲'], blocks: ['a', 'a'].map((id) => ({ id, kind: 'paragraph', pieces: [] })) },
    ],
    [
      'a value typed into a figure',
      {
        title: ['甲'],
        blocks: [
          { id: 'a', kind: 'paragraph', pieces: [{ figure: { indicator: 'training.sessions', value: 9 } }] },
        ],
      },
    ],
    [
      'a line break',
      { title: ['甲'], blocks: [{ id: 'a', kind: 'paragraph', pieces: [{ text: '甲\n乙' }] }] },
    ],
  ])('takes no %s', async (_, draft) => {
    const { status } = await stage.as('C').put('/api/summary/draft', { year: 2019, version: 0, draft })
    expect(status).toBe(400)
  })

  it('takes no indicator that nobody declared, and no unit beyond the writer’s scope', () =>
    stage.trial(async () => {
      const { org } = await preview('C')
      for (const figure of [{ indicator: 'no.such' }, { indicator: 'training.sessions', org: org.id }]) {
        const { status, body } = await save(0, draftWith([{ figure }]), 'D1')
        expect([status, body['code']]).toEqual([422, '422.1'])
      }
    }))

  it('shows figures of other units and periods, says what they are of, and freezes them so', () =>
    stage.trial(async () => {
      await training(60)
      const d1 = (await preview('D1')).org
      await save(
        0,
        draftWith([
          { text: '区里全年' },
          { figure: { indicator: 'training.attendances', org: d1.id } },
          { text: '，上半年' },
          { figure: { indicator: 'training.attendances', calendar: 'half', year: 2019, part: 1 } },
        ]),
      )
      const now = await preview()
      const labels = now.blocks
        .flatMap((b) => (b.kind === 'paragraph' ? b.runs : []))
        .flatMap((run) => ('figure' in run ? [[run.figure.label, run.figure.value]] : []))
      const half = labels[1]![1] as number
      expect(labels).toEqual([
        [expect.stringContaining(d1.shortName), 60],
        [expect.stringContaining('2019年上半年'), half],
      ])
      const { id } = await freeze()
      expect((await docx(id)).tags[1]).toBe(`fig:training.attendances~2019h1=${half}@${id}`)
      await training(45)
      const moved = (await detail(id)).figures.find(({ label }) => label.includes(d1.shortName))
      expect(moved).toMatchObject({ frozen: 60, live: 105 })
      const { figures } = await detail(id)
      const changed = figures.filter(({ frozen, live }) => frozen !== live)
      expect((await preview()).snapshots).toMatchObject([{ id, moved: changed.length }])
      expect(changed.length).toBeGreaterThan(2)
    }))

  it('prints a figure by hand as such, with who and why', () =>
    stage.trial(async () => {
      await training(60)
      const correction = { written: '70人次', reason: '两场记录尚未补报' }
      await save(0, draftWith([{ figure: { indicator: 'training.attendances', correction } }]))
      await save(
        1,
        draftWith([{ figure: { indicator: 'training.attendances', correction } }, { text: '。' }]),
        'Cb',
      )
      const { draft } = await preview()
      const piece = (draft.blocks[0] as { pieces: Piece[] }).pieces[0]
      expect(piece).toMatchObject({ figure: { correction: { ...correction, by: '演示C' } } })
      const { text } = await docx((await freeze()).id)
      expect(text).toContain('70人次（人工更正）')
      expect(text).toContain('更正人演示C，理由：两场记录尚未补报')
    }))
})

describe('remarks', () => {
  it('stand at their place until they are resolved, for the unit’s own people', () =>
    stage.trial(async () => {
      const body = { year: 2019, block: 'b1', quote: '围绕中心', body: '这里再具体些' }
      const made = await stage.as('leader').post<{ id: string }>('/api/summary/comments', body)
      expect((await preview()).comments).toMatchObject([
        { quote: '围绕中心', by: '演示leader', resolvedBy: null },
      ])
      const path = `/api/summary/comments/${made.body.id}`
      expect((await stage.as('D1').post(path, { isResolved: true })).status).toBe(404)
      expect((await stage.as('C').post(path, { isResolved: true })).status).toBe(200)
      expect((await preview()).comments).toMatchObject([{ resolvedBy: '演示C' }])
      expect((await preview('D1')).comments).toEqual([])
    }))
})

const doorOf = (act: string) => (act === 'sign' || act === 'return' ? 'decisions' : 'acts')
const doAct = async (who: string, act: string, version: number, remark?: string) =>
  stage.as(who).post<{ state: string; snapshot: string | null }>(`/api/summary/${doorOf(act)}`, {
    year: 2019,
    version,
    act,
    ...(remark === undefined ? {} : { remark }),
  })

const waiting = async (who: string, box = 'review') =>
  (await stage.as(who).get<Inbox>(`/api/inbox?box=${box}`)).body.cards.filter(
    ({ label }) => label === '年度总结',
  )

describe('sign-off', () => {
  it('is not sent for signature for a year that has not begun', () =>
    stage.trial(async () => {
      const asked = { year: 2021, version: 0, act: 'submit' }
      const { status, raw } = await stage.as('C').post(`/api/summary/${doorOf('submit')}`, asked)
      expect([status, raw]).toEqual([422, expect.stringContaining('2021年还没有开始')])
    }))

  it('goes from writer to leader and back, and what is signed is frozen', () =>
    stage.trial(async (tx) => {
      await training(60)
      expect((await preview('leader')).acts).toEqual([])
      expect((await doAct('C', 'submit', 0)).body).toMatchObject({ state: 'submitted' })
      expect(await toldTo('leader')).toEqual(['2019年工作总结已送签，请审阅签发'])
      expect((await waiting('leader')).map(({ link }) => link)).toEqual(['/summary?year=2019'])
      expect(await waiting('C', 'mine')).toMatchObject([{ what: '已送签，等领导签发' }])
      expect(await waiting('leaderD1')).toEqual([])
      expect([(await preview('C')).hasLeader, (await preview('U1')).hasLeader]).toEqual([true, false])
      expect(await toldTo('leaderD1')).toEqual([])
      const { version, draft, acts } = await preview('leader')
      expect([version, acts]).toEqual([1, ['sign', 'return']])
      expect((await save(version, draft)).body).toMatchObject({ code: '409.40' })
      expect((await doAct('C', 'sign', version)).status).toBe(403)
      expect((await doAct('leader', 'return', version)).body).toMatchObject({ code: '422.4' })
      // What comes back is to be mended from that day on, whenever it was sent.
      await sql`UPDATE app.paper SET submitted_at = '2020-03-02T02:00:00Z', turned_at = submitted_at`.execute(
        tx,
      )
      await doAct('leader', 'return', version, '问题写得再实一些')
      expect(await preview('C')).toMatchObject({ state: 'draft', remark: '问题写得再实一些', mayEdit: true })
      expect(await waiting('C', 'returned')).toMatchObject([
        { title: '2019年工作总结', left: expect.toSatisfy((n) => n > 0) as number },
      ])
      expect(await toldTo('C')).toEqual(['2019年工作总结退回修改，意见写在总结页上'])
      await doAct('C', 'submit', version)
      expect((await doAct('leader', 'sign', version + 1)).body).toMatchObject({ code: '409.4' })
      const signed = (await doAct('leader', 'sign', version)).body
      expect(signed).toMatchObject({ state: 'signed', snapshot: 'S2019-1' })
      expect((await toldTo('C'))[0]).toBe('2019年工作总结已签发定稿')
      const frozen = await detail('S2019-1')
      expect((await preview()).signed).toMatchObject({
        by: '演示leader',
        snapshot: 'S2019-1',
        hash: frozen.hash,
      })
      expect((await docx('S2019-1')).foot).toContain('审计链第')
      await doAct('C', 'reopen', version)
      expect(await preview()).toMatchObject({ state: 'draft', signed: null, mayEdit: true })
    }))
})

const lacking = async (year: number, kind = '组织覆盖') => {
  const { body } = await stage.as('D1').get<PaperMaterial>(`/api/summary/material?year=${year}`)
  const found = body.problems.find((problem) => problem.kind === kind)
  const said = JSON.stringify(found?.block ?? '')
  return { count: Number(/(\d+)家/.exec(said)?.[1] ?? 0), said, link: found?.link }
}
const seat = (foundedOn: string, terms: [fromOn: string, untilOn: string][]) =>
  accepted('committee', {
    foundedOn,
    members: [],
    terms: terms.map(([fromOn, untilOn], n) => ({ termNo: n + 1, fromOn, untilOn, director: '李演' })),
  })

describe('material', () => {
  it('offers sentences that are not in the text, findings of the data and named records', () =>
    stage.trial(async () => {
      await training(60)
      const { sentences, problems } = (
        await stage.as('C').get<PaperMaterial>('/api/summary/material?year=2019')
      ).body
      const told = sentences.map(({ block, state }) => [JSON.stringify(block), state] as const)
      expect(told.some(([text]) => text.includes('training.sessions'))).toBe(false)
      expect(told.find(([text]) => text.includes('competition.attendances'))?.[1]).toBe('none')
      expect(problems.map(({ kind }) => kind)).toContain('工作空白')
    }))

  it('tells of a year that is over who lacked a committee at its end, of this year who lacks one', () =>
    stage.trial(async () => {
      const [then, now] = [await lacking(2019), await lacking(2020)]
      expect(then.said).toContain('截至2019年年底')
      expect(now.said).not.toContain('截至')
      expect([then.link, now.link]).toEqual([null, '/orgs'])
      await seat('2020-02-03', [['2020-02-03', '2025-02-02']])
      expect((await lacking(2019)).count).toBe(then.count)
      expect((await lacking(2020)).count).toBe(now.count - 1)
    }))

  it('tells nothing of a year to come', () =>
    stage.trial(async () => {
      const { body } = await stage.as('D1').get<PaperMaterial>('/api/summary/material?year=2021')
      expect(body.problems).toEqual([])
    }))

  it('tells a term that had run out then and has been followed since', () =>
    stage.trial(async () => {
      const then = await lacking(2019)
      await seat('2016-12-20', [
        ['2016-12-20', '2019-12-19'],
        ['2020-02-03', '2023-02-02'],
      ])
      expect((await lacking(2019)).count).toBe(then.count - 1)
      expect((await lacking(2019, '任期届满')).count).toBe(1)
      expect((await lacking(2020, '任期届满')).count).toBe(0)
    }))

  it('tells what was owed at the end of the year in which it was due', () =>
    stage.trial(async (tx) => {
      const task = (title: string, dueOn: string, closedAt: string | null) =>
        sql`INSERT INTO app.task (id, org_id, title, form_no, issuer, approval_no, valid_from, valid_until, programme, tiers, from_on, until_on,
            due_on, closed_at, created_by, created_at, updated_at)
          SELECT gen_random_uuid(), ${stage.world.org('D1')}::int, ${title}, '示例1表', '示例', '示例1号', '2019-01-01', '2021-12-31', 1, '{grassroots}',
            '2019-01-01', '2019-11-30', ${dueOn}::date, ${closedAt}::timestamptz, id, '2019-11-01', '2019-11-01' FROM app.account LIMIT 1`.execute(
          tx,
        )
      await task('年底没有报齐', '2019-12-05', '2020-03-01')
      await task('年内已经办结', '2019-12-06', '2019-12-28')
      await task('次年才到期', '2020-01-10', null)
      expect((await lacking(2019, '未按期报送')).said).toContain(
        '“年底没有报齐”应于12月5日前报送，到年底尚有',
      )
      expect((await lacking(2020, '未按期报送')).said).toContain('“次年才到期”应于1月10日前报送，尚有')
      const { body } = await stage.as('D1').get<PaperMaterial>('/api/summary/material?year=2019')
      expect(JSON.stringify(body.problems)).not.toContain('年内已经办结')
    }))

  it.each(['D1', 'U1'])('and a template of its own for %s', (who) =>
    stage.trial(async () => {
      await training(60)
      const { title, draft } = await preview(who)
      expect(title[1]).toBe('2019年工作总结')
      expect(draft.blocks[0]).not.toEqual((await preview('C')).draft.blocks[0])
      const { sentences } = (await stage.as(who).get<PaperMaterial>('/api/summary/material?year=2019')).body
      const tier = who === 'D1' ? 'district' : 'grassroots'
      const full = { ...goldenYear, tier, figures: new Map(indicators.map(({ id }) => [id, 1000])) } as const
      const told = new Set(figuresOf(composeSummary(full)).map(({ indicator }) => indicator))
      const stands = chipsOf(draft).map(({ indicator }) => indicator)
      const offered = sentences.flatMap(({ block }) => chipsOf({ blocks: [block] }).map((c) => c.indicator))
      // All that its template can tell stands in the text or is offered, once.
      expect([...stands, ...offered].toSorted()).toEqual([...told].toSorted())
    }),
  )
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
      const { draft, version } = await preview()
      await save(version, withBlock(draft, [{ text: '后写的结语。' }]))

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
    expect((await stage.as('C').get('/api/summary/snapshots/7/file')).status).toBe(400)
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
