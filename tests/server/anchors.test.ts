import { randomUUID } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { behind, lateAfterMs, stampedText } from '#audit/anchor.ts'
import { openAnchors, type AnchorFile } from '#audit/anchorFile.server.ts'
import { openStamper } from '#audit/timestamp.server.ts'
import { readHeads, verifyChain } from '#audit/verify.server.ts'
import { buildApp } from '#server/app.server.ts'
import { openStage, type Stage } from '../support/client.ts'
import { matchBody } from '../support/match.ts'
import { peek, playOn } from '../support/play.ts'

let stage: Stage
let folder: string
beforeAll(async () => {
  stage = await openStage()
  folder = mkdtempSync(join(tmpdir(), 'jinguo-anchors-'))
})
afterAll(async () => {
  await stage.close()
  rmSync(folder, { recursive: true, force: true })
})

const later = Date.now() + lateAfterMs + 60_000
/** An anchor file that has succeeded now, and is asked four hours later. */
const lateFile = (file: AnchorFile): AnchorFile => ({ ...file, late: () => file.late(later) })

describe('an audit that nobody anchors', () => {
  it('is told after four hours, by health and to the audit administrator, and is whole again with the next turn', () =>
    stage.trial(async (tx) => {
      await playOn(stage.as).submit('U1')
      const file = openAnchors(join(folder, 'late'), 'late', stage.world.deps.crypto)
      await file.anchor(tx)
      expect([file.late(), file.late(later)]).toEqual([false, true])
      stage.world.deps.anchors = lateFile(file)
      const health = () => stage.as(null).get('/api/healthz')
      const seen = async () =>
        (await stage.as('auditAdmin').get<{ anchors: object }>('/api/audit')).body.anchors
      expect((await health()).body).toEqual({ ok: true, anchored: false })
      expect(await seen()).toMatchObject({ count: 1, late: true, behind: 0, whole: true })
      stage.world.deps.anchors = file
      await file.anchor(tx)
      expect((await health()).body).toEqual({ ok: true, anchored: true })
      expect(await seen()).toMatchObject({ count: 1, late: false })
      stage.world.deps.anchors = null
    }))

  it('stops what writes S3 and S4 with a sentence; reading and S1 go on', () =>
    stage.trial(async (tx) => {
      const { deps } = stage.world
      const file = openAnchors(join(folder, 'sealed'), 'sealed', deps.crypto)
      await file.anchor(tx)
      // Programmes are S1 and S2: one that declares S3 stands in for what is to come. Persons, households and complaints are sealed today.
      const sealed = { ...deps.findProgramme('honour')!, class: 'S3' as const }
      const findProgramme = (key: string) => (key === 'honour' ? sealed : deps.findProgramme(key))
      const { app } = await buildApp(
        { ...deps, db: deps.db, findProgramme, anchors: lateFile(file) },
        { distDir: null, insecureLan: false, log: null, mostLag: null },
      )
      const send = (method: 'GET' | 'POST' | 'PUT', url: string, payload: object = { body: {} }) =>
        peek(tx, () =>
          app.inject({
            method,
            url,
            headers: {
              cookie: `__Host-sid=${stage.world.person('U1').token}`,
              'sec-fetch-site': 'same-origin',
              'content-type': 'application/json',
            },
            ...(method === 'GET' ? {} : { payload }),
          }),
        )
      const refused = await send('POST', '/api/records/honour/check')
      expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([503, '503.2'])
      expect(refused.json<{ message: string }>().message).toContain('查看不受影响')
      const sealedRoutes: [url: string, payload: object][] = [
        ['/api/persons', { body: {} }],
        [`/api/hardship/files/${randomUUID()}/reveals`, { reason: '核对家庭情况' }],
        ['/api/suggestions', { kind: 'complaint', body: '哺乳时间没有落实' }],
      ]
      for (const [url, payload] of sealedRoutes) {
        const stopped = await send('POST', url, payload)
        expect([url, stopped.statusCode, stopped.json<{ code: string }>().code]).toEqual([url, 503, '503.2'])
      }
      for (const [url, payload] of [
        ['/api/my/match', matchBody],
        [`/api/my/childcare-rounds/${randomUUID()}`, { children: [[1]], textHash: '' }],
      ] as const)
        expect([url, (await send('PUT', url, payload)).json<{ code: string }>().code]).toEqual([url, '503.2'])
      expect((await send('GET', '/api/records/honour')).statusCode).toBe(200)
      expect((await send('POST', '/api/records/training/check')).statusCode).toBe(200)
      await app.close()
    }))
})

describe('a database set back to an older state', () => {
  it('ends before what was signed, and says so', () =>
    stage.trial(async (tx) => {
      const play = playOn(stage.as)
      const file = openAnchors(join(folder, 'restored'), 'restored', stage.world.deps.crypto)
      await play.submit('U1')
      await sql`SAVEPOINT backup`.execute(tx)
      await play.submit('U2', { title: '备份以后的一场' })
      await file.anchor(tx)
      expect(behind(await readHeads(tx), file.read().anchors)).toEqual([])
      await sql`ROLLBACK TO SAVEPOINT backup`.execute(tx)
      const lost = behind(await readHeads(tx), file.read().anchors)
      expect(lost).toMatchObject([{ district_id: stage.world.org('D1'), seq: 2 }])
      stage.world.deps.anchors = file
      const seen = await stage.as('auditAdmin').get<{ anchors: object }>('/api/audit')
      expect(seen.body.anchors).toMatchObject({ behind: 1 })
      stage.world.deps.anchors = null
      // What is anchored after the restore keeps the proof of it.
      await play.submit('U3')
      await file.anchor(tx)
      expect((await verifyChain(tx, stage.world.deps.crypto.hash, file.read().anchors)).breaks).toHaveLength(
        1,
      )
    }))
})

/** A time-stamping authority of our own: openssl behind a port, with a root, a signer and a stranger's root. */
class Authority {
  readonly dir: string
  server: Server | null = null
  mode: 'well' | 'refuses' | 'garbage' | 'replays' | 'stranger' = 'well'
  asked = 0
  #last: Buffer | null = null

  constructor(dir: string) {
    this.dir = dir
    for (const name of ['root', 'other']) {
      this.#openssl(
        `req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=${name} -keyout ${name}.key -out ${name}.pem -addext basicConstraints=critical,CA:TRUE`,
      )
      writeFileSync(join(dir, 'ext'), 'extendedKeyUsage=critical,timeStamping\nkeyUsage=digitalSignature\n')
      this.#openssl(`req -newkey rsa:2048 -nodes -subj /CN=tsa-${name} -keyout tsa-${name}.key -out tsa.csr`)
      this.#openssl(
        `x509 -req -in tsa.csr -CA ${name}.pem -CAkey ${name}.key -CAcreateserial -days 30 -extfile ext -out tsa-${name}.pem`,
      )
    }
    writeFileSync(join(dir, 'serial'), '01\n')
    for (const name of ['root', 'other'])
      writeFileSync(
        join(dir, `${name}.cnf`),
        `[tsa]\ndefault_tsa=t\n[t]\nserial=${dir}/serial\nsigner_cert=${dir}/tsa-${name}.pem\ncerts=${dir}/${name}.pem\nsigner_key=${dir}/tsa-${name}.key\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\ndigests=sha256,sha384\ness_cert_id_chain=no\nordering=no\ntsa_name=no\n`,
      )
  }

  #openssl(command: string): void {
    execFileSync('openssl', command.split(' '), { cwd: this.dir, stdio: 'ignore' })
  }

  #answer(query: Buffer): Buffer {
    this.asked++
    if (this.mode === 'garbage') return Buffer.from('no such thing')
    if (this.mode === 'replays' && this.#last) return this.#last
    writeFileSync(join(this.dir, 'q.tsq'), query)
    const name = this.mode === 'stranger' ? 'other' : 'root'
    this.#openssl(`ts -reply -config ${name}.cnf -queryfile q.tsq -out r.tsr`)
    return (this.#last = readFileSync(join(this.dir, 'r.tsr')))
  }

  async listen(): Promise<string> {
    this.server = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        if (this.mode === 'refuses') return void response.writeHead(503).end()
        response.writeHead(200, { 'content-type': 'application/timestamp-reply' })
        response.end(this.#answer(Buffer.concat(parts)))
      })
    })
    await new Promise<void>((ready) => this.server!.listen(0, '127.0.0.1', ready))
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/tsa`
  }
}

describe('a time-stamp by another house', () => {
  let authority: Authority
  let url: string
  beforeAll(async () => {
    authority = new Authority(mkdtempSync(join(folder, 'tsa-')))
    url = await authority.listen()
  }, 60_000)
  afterAll(() => new Promise((done) => void authority.server!.close(done)))
  const stamper = () => openStamper(url, join(authority.dir, 'root.pem'))
  const opened = (name: string) => openAnchors(join(folder, name), name, stage.world.deps.crypto, stamper())

  it('stands with the anchor, is of its very text, and openssl confirms it', () =>
    stage.trial(async (tx) => {
      authority.mode = 'well'
      await playOn(stage.as).submit('U1')
      const file = opened('stamped')
      await file.anchor(tx)
      const { anchors, bad } = file.read()
      expect([anchors.length, bad]).toEqual([1, null])
      const [line] = anchors
      const at = await stamper().check(line!.token!, stampedText(line!))
      expect(Math.abs(at.getTime() - Date.now())).toBeLessThan(60_000)
      await expect(stamper().check(line!.token!, `${stampedText(line!)} `)).rejects.toThrow('与链头不符')
      const strange = openStamper(url, join(authority.dir, 'other.pem'))
      await expect(strange.check(line!.token!, stampedText(line!))).rejects.toThrow('不是所信任的机构')
      expect(await file.tokens()).toEqual({ count: 1, bad: null })
      writeFileSync(join(authority.dir, 'data'), stampedText(line!))
      writeFileSync(join(authority.dir, 'token'), Buffer.from(line!.token!, 'base64'))
      const said = execFileSync(
        'openssl',
        'ts -verify -data data -in token -token_in -CAfile root.pem'.split(' '),
        { cwd: authority.dir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
      )
      expect(said).toContain('Verification: OK')
      // Nothing moved: nothing is anchored, nobody is asked.
      const { asked } = authority
      await file.anchor(tx)
      expect([authority.asked, file.lines().length]).toEqual([asked, 1])
    }))

  it.each(['refuses', 'garbage', 'stranger', 'replays'] as const)(
    'that the authority gives wrongly (%s) is not kept: the anchor stands without one, and it is told',
    (mode) =>
      stage.trial(async (tx) => {
        authority.mode = 'well'
        await stamper().stamp('what was stamped before')
        authority.mode = mode
        await playOn(stage.as).submit('U1')
        const file = opened(`bad-${mode}`)
        await expect(file.anchor(tx)).rejects.toThrow('链头已签名存好，但没有取得时间戳')
        expect([file.lines().length, file.read().anchors[0]!.token, file.late()]).toEqual([
          1,
          undefined,
          false,
        ])
        expect(await file.tokens()).toEqual({ count: 0, bad: null })
      }),
  )

  it('put on another line is found', () =>
    stage.trial(async (tx) => {
      authority.mode = 'well'
      const play = playOn(stage.as)
      const file = opened('swapped')
      await play.submit('U1')
      await file.anchor(tx)
      await play.submit('U2', { title: '另一场' })
      await file.anchor(tx)
      const [first, second] = file.lines().map((text) => JSON.parse(text) as Record<string, unknown>)
      const path = join(folder, 'swapped', 'swapped.jsonl')
      writeFileSync(path, `${JSON.stringify(first)}\n`)
      appendFileSync(path, `${JSON.stringify({ ...second, token: first!['token'] })}\n`)
      expect(await file.tokens()).toEqual({ count: 2, bad: 2 })
    }))

  it('two turns at once anchor one after the other', () =>
    stage.trial(async (tx) => {
      authority.mode = 'well'
      const file = opened('twice')
      await playOn(stage.as).submit('U1')
      await Promise.all([file.anchor(tx), file.anchor(tx)])
      expect([file.lines().length, file.read().bad]).toEqual([1, null])
    }))
})
