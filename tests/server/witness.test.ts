import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hashList, witnessed, type Doubt } from '#audit/api.ts'
import { canonical, genesis, type AuditRow } from '#audit/chain.ts'
import { verifyChain } from '#audit/verify.server.ts'
import { continues, follow, type Seen } from '#audit/witness.ts'
import { sha256 } from '#crypto/provider.server.ts'
import { rows, type Tx } from '#server/database.server.ts'
import * as z from 'zod/mini'
import { openStage, type Stage } from '../support/client.ts'
import { playOn } from '../support/play.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const headsOf = async (who: string) =>
  z.parse(witnessed, (await stage.as(who).get('/api/audit/heads')).body).heads
const headOf = async (who: string): Promise<Seen & { streamId: number }> => (await headsOf(who))[0]!

/** Holds the head that a browser kept against today's, as the browser does. */
const holds = async (who: string, kept: Seen): Promise<boolean> => {
  const now = await headOf(who)
  return continues(
    kept,
    now,
    async (after, until) => {
      const url = `/api/audit/hashes?stream=${now.streamId}&after=${after}&until=${until}`
      return z.parse(hashList, (await stage.as(who).get(url)).body).hashes
    },
    sha256,
  )
}

/** Rewrites a stream from a row on as somebody would who knows how it is made: every hash fits again, link and head too. */
async function rewrite(tx: Tx, district: number, from: number): Promise<void> {
  const found = await rows<AuditRow & { hash: string }>(
    tx,
    sql`SELECT * FROM app.audit WHERE district_id = ${district} ORDER BY seq`,
  )
  let prev = genesis
  const hashes: string[] = []
  for (const row of found) {
    const changed = row.seq === from ? { ...row, action: 'record.return' } : row
    const hash = stage.world.deps.crypto.hash(
      canonical({ ...changed, at: new Date(row.at).toISOString() }, prev),
    )
    await sql`UPDATE app.audit SET action = ${changed.action}, prev = ${prev}, hash = ${hash} WHERE district_id = ${district} AND seq = ${row.seq}`.execute(
      tx,
    )
    hashes.push(hash)
    prev = hash
  }
  const link = await follow(genesis, hashes, sha256)
  await sql`UPDATE app.audit_head SET hash = ${prev}, link = ${link} WHERE district_id = ${district}`.execute(
    tx,
  )
}

it('every later head continues every kept one, for whoever works in the stream', () =>
  stage.trial(async (tx) => {
    const play = playOn(stage.as)
    const kept = [await headOf('U1')]
    for (let n = 0; n < 4; n++) {
      await play.submit('U1', { title: `第${n}场` })
      kept.push(await headOf('D1'))
    }
    expect(kept.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4])
    for (const one of kept) expect(await holds('S1', one)).toBe(true)
    expect((await verifyChain(tx, stage.world.deps.crypto.hash)).breaks).toEqual([])
  }))

it('books written anew from a row on fit themselves, and no head that was kept after that row', () =>
  stage.trial(async (tx) => {
    const play = playOn(stage.as)
    const kept: Seen[] = []
    for (let n = 0; n < 4; n++) {
      await play.submit('U1', { title: `第${n}场` })
      kept.push(await headOf('U1'))
    }
    await rewrite(tx, stage.world.org('D1'), 3)
    expect((await verifyChain(tx, stage.world.deps.crypto.hash)).breaks).toEqual([])
    const held: boolean[] = []
    for (const one of kept) held.push(await holds('U1', one))
    expect(held).toEqual([true, true, false, false])
  }))

it('a backup of before is noticed at once, and still after new acts stand on it', () =>
  stage.trial(async (tx) => {
    const d1 = stage.world.org('D1')
    const play = playOn(stage.as)
    await play.submit('U1')
    const early = await headOf('U1')
    await play.submit('U1', { title: '第二场' })
    const kept = await headOf('U1')
    await sql`DELETE FROM app.audit WHERE district_id = ${d1} AND seq = 2`.execute(tx)
    await sql`UPDATE app.audit_head h SET seq = 1, hash = a.hash, link = ${early.link} FROM app.audit a
      WHERE h.district_id = ${d1} AND a.district_id = ${d1} AND a.seq = 1`.execute(tx)
    expect(await holds('U1', kept)).toBe(false)
    for (let n = 0; n < 3; n++) await play.submit('U1', { title: `又一场${n}` })
    expect((await verifyChain(tx, stage.world.deps.crypto.hash)).breaks).toEqual([])
    expect(await holds('U1', kept)).toBe(false)
    expect(await holds('U1', early)).toBe(true)
  }))

it('a link that is set to please one browser is named by verify', () =>
  stage.trial(async (tx) => {
    const d1 = stage.world.org('D1')
    await playOn(stage.as).submit('U1')
    await sql`UPDATE app.audit_head SET link = repeat('a', 64) WHERE district_id = ${d1}`.execute(tx)
    expect((await verifyChain(tx, stage.world.deps.crypto.hash)).breaks).toEqual([
      { districtId: d1, seq: 1, until: 1 },
    ])
  }))

it('a unit is a witness of its own stream alone, the city of all', () =>
  stage.trial(async () => {
    const play = playOn(stage.as)
    await play.submit('U1')
    await play.submit('U5')
    const d2 = stage.world.org('D2')
    expect((await headsOf('U1')).map((h) => h.streamId)).toEqual([stage.world.org('D1')])
    expect((await headsOf('C')).map((h) => h.streamId)).toContain(d2)
    const hashes = async (who: string) =>
      (await stage.as(who).get<{ hashes: string[] }>(`/api/audit/hashes?stream=${d2}&after=0&until=9`)).body
        .hashes.length
    expect([await hashes('U1'), await hashes('U5'), await hashes('C')]).toEqual([0, 1, 1])
    expect((await stage.as('worker').get('/api/audit/heads')).status).toBe(403)
  }))

it('what does not fit is reported once, told to the audit administrator, and settled by her with a finding', () =>
  stage.trial(async () => {
    const d1 = stage.world.org('D1')
    const doubt = {
      streamId: d1,
      keptSeq: 9,
      keptLink: 'a'.repeat(64),
      keptAt: new Date().toISOString(),
      nowSeq: 1,
      nowLink: 'b'.repeat(64),
    }
    const tell = (who: string, body: object = doubt) => stage.as(who).post('/api/audit/doubts', body)
    expect((await tell('U1')).status).toBe(200)
    expect((await tell('U1')).status).toBe(200)
    expect((await tell('U5')).status).toBe(404)
    const listed = async () =>
      (await stage.as('auditAdmin').get<{ rows: Doubt[] }>('/api/audit/doubts')).body.rows
    const [row, ...more] = await listed()
    expect([row!.streamId, row!.keptSeq, row!.settledAt, more]).toEqual([d1, 9, null, []])
    const told = await stage.as('auditAdmin').get<{ rows: { subject: string }[] }>('/api/messages')
    expect(told.body.rows.map((m) => m.subject)).toEqual([expect.stringContaining('对不上')])
    const settle = (who: string, finding: string) =>
      stage.as(who).post(`/api/audit/doubts/${row!.id}/settle`, { finding })
    expect((await settle('auditAdmin', '没事')).raw).toContain('至少 10 个字')
    expect((await settle('C', '按规定恢复了昨天的备份')).status).toBe(403)
    expect((await settle('auditAdmin', '按规定恢复了昨天的备份')).status).toBe(200)
    expect((await settle('auditAdmin', '按规定恢复了昨天的备份')).status).toBe(409)
    expect((await stage.as('U1').get<{ settled: object[] }>('/api/audit/heads')).body.settled).toEqual([
      { streamId: d1, keptSeq: 9, keptLink: 'a'.repeat(64), nowSeq: 1, nowLink: 'b'.repeat(64) },
    ])
    expect((await stage.as('U2').get<{ settled: object[] }>('/api/audit/heads')).body.settled).toEqual([])
  }))
