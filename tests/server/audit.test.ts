import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAnchors } from '#audit/anchorFile.server.ts'
import { exportAudit } from '#audit/export.server.ts'
import { canonical, genesis, type ChainedRow, type Head } from '#audit/chain.ts'
import { headMark } from '#audit/mark.server.ts'
import { verifyFile } from '#server/commands.server.ts'
import { follow, unseen } from '#audit/witness.ts'
import { sha256 } from '#crypto/provider.server.ts'
import { verifyChain } from '#audit/verify.server.ts'
import { realToday } from '#kit/day.ts'
import { rows, type Tx } from '#server/database.server.ts'
import { opened } from '../paper/opened.ts'
import { openStage, type Stage } from '../support/client.ts'
import { sheetAsked } from '../support/assessments.ts'
import { body, peek, playOn } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** Two streams: D1's with five rows, D2's with one. */
async function chained(tx: Tx): Promise<{ d1: number; d2: number }> {
  const play = playOn(stage.as)
  const first = await play.submit('U1')
  await play.giveBack('S1', first)
  await play.submit('U2', { title: '另一场' })
  await play.submit('U3')
  await play.submit('U4')
  await play.submit('U5')
  const streams = { d1: stage.world.org('D1'), d2: stage.world.org('D2') }
  expect(
    await rows(tx, sql`SELECT district_id, max(seq) AS last FROM app.audit GROUP BY 1 ORDER BY 1`),
  ).toEqual([
    { district_id: streams.d1, last: 5 },
    { district_id: streams.d2, last: 1 },
  ])
  expect(await verifyChain(tx, stage.world.deps.crypto.hash)).toEqual({ streams: 2, rows: 6, breaks: [] })
  return streams
}

/** The columns of a table but those that name the row. */
const columnsOf = async (tx: Tx, table: string) =>
  (
    await rows<{ name: string; type: string }>(
      tx,
      sql`SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
        WHERE attrelid = ${`app.${table}`}::regclass AND attnum > 0 AND attname NOT IN ('district_id', 'seq')`,
    )
  ).map(({ name, type }) => ({ name, type }))

const at = (d1: number) => `district_id = ${d1}`

const other: Record<string, string> = {
  uuid: 'gen_random_uuid()',
  text: `COLUMN || ' '`,
  'timestamp with time zone': `COLUMN + interval '1 ms'`,
}

describe('the chain', () => {
  it('names the first row of which any column was changed', () =>
    stage.trial(async (tx) => {
      const { d1 } = await chained(tx)
      const columns = await columnsOf(tx, 'audit')
      expect(columns.length).toBe(12)
      for (const { name, type } of columns) {
        await peek(tx, async () => {
          const value = other[type]!.replace('COLUMN', name)
          await sql
            .raw(`UPDATE app.audit SET ${name} = ${value} WHERE district_id = ${d1} AND seq = 3`)
            .execute(tx)
          expect([name, (await verifyChain(tx, stage.world.deps.crypto.hash)).breaks]).toEqual([
            name,
            [{ districtId: d1, seq: 3, until: null }],
          ])
        })
      }
    }))

  it.each<[string, (d1: number, d2: number) => string, number]>([
    ['the first row deleted', (d1) => `DELETE FROM app.audit WHERE ${at(d1)} AND seq = 1`, 1],
    ['a row deleted', (d1) => `DELETE FROM app.audit WHERE ${at(d1)} AND seq = 3`, 3],
    ['the last row deleted', (d1) => `DELETE FROM app.audit WHERE ${at(d1)} AND seq = 5`, 5],
    ['a whole stream deleted', (d1) => `DELETE FROM app.audit WHERE ${at(d1)}`, 1],
    [
      'a row deleted and the rest moved up',
      (d1) =>
        `DELETE FROM app.audit WHERE ${at(d1)} AND seq = 3; UPDATE app.audit SET seq = seq - 1 WHERE ${at(d1)} AND seq > 3`,
      3,
    ],
    [
      'two rows swapped',
      (
        d1,
      ) => `UPDATE app.audit SET seq = 99 WHERE ${at(d1)} AND seq = 2; UPDATE app.audit SET seq = 2 WHERE ${at(d1)} AND seq = 3;
        UPDATE app.audit SET seq = 3 WHERE ${at(d1)} AND seq = 99`,
      2,
    ],
    [
      'a row put at the end',
      (
        d1,
      ) => `INSERT INTO app.audit SELECT district_id, 6, at, actor, on_behalf, action, object, result, purpose, request_id, fields, body_hmac, prev, hash
        FROM app.audit WHERE ${at(d1)} AND seq = 5`,
      6,
    ],
    [
      'a row brought from another stream',
      (d1, d2) =>
        `DELETE FROM app.audit WHERE ${at(d1)} AND seq = 1; UPDATE app.audit SET district_id = ${d1} WHERE district_id = ${d2}`,
      1,
    ],
    ['the head set back', (d1) => `UPDATE app.audit_head SET seq = 4 WHERE ${at(d1)}`, 6],
    ['the head lost', (d1) => `DELETE FROM app.audit_head WHERE ${at(d1)}`, 6],
  ])('shows %s', (_, change, seq) =>
    stage.trial(async (tx) => {
      const { d1, d2 } = await chained(tx)
      for (const statement of change(d1, d2).split(';')) await sql.raw(statement).execute(tx)
      expect(
        (await verifyChain(tx, stage.world.deps.crypto.hash)).breaks.find((b) => b.districtId === d1),
      ).toEqual({
        districtId: d1,
        seq,
        until: null,
      })
    }),
  )

  it('shows a change that was hashed anew, at the row after it', () =>
    stage.trial(async (tx) => {
      const { d1 } = await chained(tx)
      await sql`UPDATE app.audit SET hash = repeat('a', 64) WHERE district_id = ${d1} AND seq = 2`.execute(tx)
      await sql`UPDATE app.audit SET prev = repeat('a', 64) WHERE district_id = ${d1} AND seq = 3`.execute(tx)
      expect((await verifyChain(tx, stage.world.deps.crypto.hash)).breaks).toEqual([
        { districtId: d1, seq: 2, until: null },
      ])
    }))
})

describe('a row of the audit', () => {
  it('says who did what to which record, in which fields, and no content', () =>
    stage.trial(async (tx) => {
      await playOn(stage.as).submit('U1', { title: '机密的名称' })
      const [row] = await rows<Record<string, string>>(tx, sql`SELECT * FROM app.audit`)
      const { accountId, postId } = stage.world.person('U1')
      expect(row).toEqual(
        expect.objectContaining({
          actor: accountId,
          on_behalf: postId,
          action: 'record.submit',
          object: expect.stringMatching(/^training:[0-9a-f-]{36}$/),
          result: 'done',
          fields: expect.stringContaining('women'),
          body_hmac: expect.stringMatching(/^[0-9a-f]{64}$/),
        }),
      )
      expect(JSON.stringify(row)).not.toContain('机密')
    }))

  it('is left by every change and by no refusal', () =>
    stage.trial(async (tx) => {
      const seen = async () => (await rows<{ n: number }>(tx, sql`SELECT count(*) AS n FROM app.audit`))[0]!.n
      const play = playOn(stage.as)
      const record = await play.submit('U4')
      expect(await seen()).toBe(1)
      await play.act('U2', record.id, { action: 'accept', version: 1 })
      await play.act('D1', record.id, { action: 'accept', version: 9 })
      await stage.as('U1').post('/api/records/training', { body: body({ women: 61 }) })
      await stage.as('U1').post('/api/records/training/check', { body: body() }, { key: null })
      expect(await seen()).toBe(1)
      await play.mustAct('D1', record, { action: 'accept' })
      expect(await seen()).toBe(2)
    }))
})

describe('outside the database', () => {
  let dir: string
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'jinguo-audit-'))
  })
  afterAll(() => rmSync(dir, { recursive: true }))

  it('signed heads show what was set back or written anew', () =>
    stage.trial(async (tx) => {
      const { d1 } = await chained(tx)
      const file = openAnchors(dir, 'first', stage.world.deps.crypto)
      await file.anchor(stage.world.deps.db)
      await file.anchor(stage.world.deps.db)
      // A power cut while the second was written.
      appendFileSync(join(dir, 'first.jsonl'), '{"at":"20')
      expect(file.read()).toMatchObject({ bad: null })
      await file.anchor(stage.world.deps.db)
      expect(file.lines().length).toBe(1)
      const { anchors, bad } = file.read()
      expect([anchors.length, bad]).toEqual([1, null])
      expect((await verifyChain(tx, stage.world.deps.crypto.hash, anchors)).breaks).toEqual([])
      // Yesterday's state, whole in itself.
      await sql`DELETE FROM app.audit WHERE district_id = ${d1} AND seq > 3`.execute(tx)
      const kept = await rows<{ hash: string }>(
        tx,
        sql`SELECT hash FROM app.audit WHERE district_id = ${d1} ORDER BY seq`,
      )
      const link = await follow(
        unseen.link,
        kept.map((row) => row.hash),
        sha256,
      )
      await sql`UPDATE app.audit_head h SET seq = 3, hash = a.hash, link = ${link} FROM app.audit a
        WHERE h.district_id = ${d1} AND a.district_id = ${d1} AND a.seq = 3`.execute(tx)
      expect((await verifyChain(tx, stage.world.deps.crypto.hash)).breaks).toEqual([])
      expect((await verifyChain(tx, stage.world.deps.crypto.hash, anchors)).breaks).toEqual([
        { districtId: d1, seq: 4, until: 5 },
      ])
    }))

  type Line = { head?: Head; row?: ChainedRow; anchor?: string }
  /** A stream hashed anew from a row on, and its head with it: what who owns database and program could do. */
  const rehashed = (lines: readonly Line[], stream: number, from: number): Line[] => {
    let last: ChainedRow | null = null
    const done = lines.map((line): Line => {
      const { row } = line
      if (row?.district_id !== stream) return line
      const prev: string = last?.hash ?? genesis
      last = row.seq < from ? row : { ...row, prev, hash: stage.world.deps.crypto.hash(canonical(row, prev)) }
      return { row: last }
    })
    const { seq, hash } = last!
    return done.map((line) =>
      line.head?.district_id === stream ? { head: { ...line.head, seq, hash } } : line,
    )
  }
  const isRow = (line: Line, stream: number, seq: number) =>
    line.row?.district_id === stream && line.row.seq === seq
  const tampering: Record<string, { seq: number; by(lines: readonly Line[], d1: number): Line[] }> = {
    'a row changed': {
      seq: 3,
      by: (lines, d1) =>
        lines.map((line) => (isRow(line, d1, 3) ? { row: { ...line.row!, action: 'record.void' } } : line)),
    },
    'a row deleted': { seq: 3, by: (lines, d1) => lines.filter((line) => !isRow(line, d1, 3)) },
    'two rows swapped': {
      seq: 2,
      by: (lines, d1) => {
        const [second, third] = [2, 3].map((seq) => lines.findIndex((line) => isRow(line, d1, seq)))
        return lines.with(second!, lines[third!]!).with(third!, lines[second!]!)
      },
    },
    'a row put in': {
      seq: 4,
      by: (lines, d1) =>
        lines.flatMap((line) =>
          isRow(line, d1, 3) ? [line, { row: { ...line.row!, seq: 4, prev: line.row!.hash } }] : [line],
        ),
    },
    'all rows hashed anew from one on': {
      seq: 1,
      by: (lines, d1) =>
        rehashed(
          lines.map((line) => (isRow(line, d1, 3) ? { row: { ...line.row!, action: 'record.void' } } : line)),
          d1,
          3,
        ),
    },
    'an older state put back': {
      seq: 4,
      by: (lines, d1) =>
        rehashed(
          lines.filter((line) => !(line.row?.district_id === d1 && line.row.seq > 3)),
          d1,
          9,
        ),
    },
  }

  it('an export is checked by the command, without the database: each kind of tampering at its row', () =>
    stage.trial(async (tx) => {
      const { d1 } = await chained(tx)
      const { crypto, db } = stage.world.deps
      const file = openAnchors(dir, 'second', crypto)
      await file.anchor(db)
      const path = join(dir, 'audit.jsonl')
      const of = { installation: 'second', publicKey: crypto.publicKey, anchors: file.lines() }
      await expect(exportAudit(tx, join(dir, 'no such folder', 'a'), of)).rejects.toThrow('无法写入')
      expect(await exportAudit(tx, path, of)).toBe(6)
      const text = readFileSync(path, 'utf8')
      const verify = async (content: string, ...more: string[]) => {
        writeFileSync(path, content)
        let said = ''
        const hear = (words: string) => void (said += words)
        const code = await verifyFile(['--audit', path, ...more], { out: hear, err: hear, cwd: '/' })
        return { code, said }
      }
      const withKey = ['--key', crypto.publicKey]
      expect(await verify(text, ...withKey)).toEqual({
        code: 0,
        said: '审计链：2 流 6 条，库外锚定 1 次，完好\n',
      })
      expect((await verify(text)).said).toContain(`自带的公钥核对：${crypto.publicKey}`)
      const [top, ...lines] = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Line)
      const kinds = Object.entries(tampering)
      const found: string[] = []
      for (const [kind, { by }] of kinds) {
        const changed = [top!, ...by(lines, d1)].map((line) => JSON.stringify(line)).join('\n')
        const { code, said } = await verify(changed, ...withKey)
        found.push(`${kind}: ${code}, ${/流第 (\d+) 条/.exec(said)?.[1]}`)
      }
      console.log(`kinds of tampering with an export: ${kinds.length}, first bad rows: ${found.join('; ')}`)
      expect(found).toEqual(kinds.map(([kind, { seq }]) => `${kind}: 1, ${seq}`))
      const third = text.split('\n').find((l) => l.includes(`"district_id":${d1},"seq":3,`))!
      const broken = await verify(text.replace(third, third.slice(0, -3)), ...withKey)
      expect([broken.code, broken.said]).toEqual([1, expect.stringMatching(/^导出文件第 \d+ 行已损坏/)])
      const foreign = crypto.publicKey.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))
      expect(await verify(text, '--key', foreign)).toMatchObject({
        code: 1,
        said: expect.stringContaining('锚定文件不符：第 1 行'),
      })
      expect(await verify(text, '--other').catch((e: Error) => e)).toBeInstanceOf(Error)
      rmSync(path)
      expect(
        await verifyFile(['--audit', path], { out: () => undefined, err: () => undefined, cwd: '/' }),
      ).toBe(2)
    }))
})

it('each Word file carries the head of the audit at the foot of its pages', () =>
  stage.trial(async (tx) => {
    const record = await playOn(stage.as).submit('U4')
    const item = {
      section: '关爱服务',
      task: '办好托管班',
      ownerId: stage.world.org('C'),
      dueOn: '2020-09-10',
      evidence: '',
      target: null,
    }
    expect((await stage.as('C').post('/api/plans/2020/items', item)).status).toBe(200)
    const sheet = await stage.as('C').post<{ id: string }>('/api/assessments', sheetAsked)
    expect(sheet.status).toBe(200)
    const papers = [
      ['GET', 'U4', '/api/my-year/docx?year=2019'],
      ['GET', 'C', `/api/plans/${stage.world.org('C')}/docx?year=2020`],
      ['GET', 'C', '/api/summary/file?year=2019'],
      ['GET', 'C', `/api/assessments/${sheet.body.id}/docx`],
      ['POST', 'U4', `/api/records/training/${record.id}/forms/approval`],
    ] as const
    for (const [method, who, url] of papers) {
      const { token, org } = stage.world.person(who)
      // The mark is the chain's head when the paper was asked for: a print that is itself audited comes after it.
      const head = await headMark(tx, org === 'C' ? stage.world.org('C') : stage.world.org('D1'))
      const answer = await stage.app.inject({
        method,
        url,
        headers: { cookie: `__Host-sid=${token}`, 'sec-fetch-site': 'same-origin' },
      })
      expect([url, answer.statusCode]).toEqual([url, 200])
      const feet = Object.entries(opened(answer.rawPayload)).filter(([path]) =>
        /^word\/footer\d\.xml$/.test(path),
      )
      expect(feet).toHaveLength(2)
      for (const [, xml] of feet) expect([url, xml.includes(head!)]).toEqual([url, true])
    }
  }))

it('tells who changed a figure on which days and by how much, and no content', () =>
  stage.trial(async () => {
    const play = playOn(stage.as)
    const record = await play.submit('U4', { title: '机密的名称' })
    await play.mustAct('D1', record, { action: 'accept' })
    const url = '/api/figures/changes?indicator=training.sessions&year=2019'
    const ask = (who: string, days = '') =>
      stage.as(who).get<{ rows: Record<string, unknown>[] }>(`${url}${days}`)
    const found = await ask('D1')
    expect(found.body.rows).toEqual([
      expect.objectContaining({
        org: '示例D1',
        action: 'record.accept',
        recordId: record.id,
        owner: '示例U4',
        value: 2,
      }),
    ])
    expect(found.raw).not.toContain('机密')
    expect((await ask('D1', `&since=${realToday()}&until=${realToday()}`)).body.rows.length).toBe(1)
    expect((await ask('D1', '&since=2019-01-01&until=2019-12-31')).body.rows).toEqual([])
    expect((await ask('D2')).body.rows).toEqual([])
    expect((await ask('D1', '&since=2019-02-30')).status).toBe(400)
  }))

it('is read by the audit administrator alone, by day, act and person, page by page, without content', () =>
  stage.trial(async (tx) => {
    await chained(tx)
    type Found = { rows: { action: string; person: string; object: string }[]; next: string | null }
    const ask = (query = '') => stage.as('auditAdmin').get<Found>(`/api/audit${query}`)
    const all = await ask()
    expect([all.status, all.body.rows.length, all.body.next]).toEqual([200, 6, null])
    expect(all.raw).not.toContain('另一场')
    expect((await ask('?action=record.return')).body.rows.map((r) => r.person)).toEqual(['演示S1'])
    expect((await ask('?person=U3')).body.rows.map((r) => r.action)).toEqual(['record.submit'])
    expect((await ask('?since=2019-01-01&until=2019-12-31')).body.rows).toEqual([])
    expect((await ask('?since=2019-02-30')).status).toBe(400)
    expect((await ask('?after=x')).status).toBe(400)
    for (const who of ['C', 'leader', 'systemAdmin', 'securityAdmin', 'worker'])
      expect((await stage.as(who).get('/api/audit')).status).toBe(403)
  }))
