import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync, strToU8 } from 'fflate'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProgramme } from '#programmes/index.ts'
import type { EvidenceList } from '#record/evidence/api.ts'
import { dailyBytes, mostFiles } from '#record/evidence/rules.ts'
import { keptHashes } from '#record/evidence/service.server.ts'
import { openStore } from '#record/evidence/store.server.ts'
import { rows } from '#server/database.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'
import { scanCases } from './childcareScanCases.ts'

let stage: Stage
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jinguo-files-'))
  stage = await openStage()
  stage.world.deps.files = openStore(folder)
})
afterAll(async () => {
  await stage.close()
  rmSync(folder, { recursive: true })
})

const body = bodyOf(findProgramme('training')!)
const picture = (width = 60, height = 40) =>
  sharp({ create: { width, height, channels: 3, background: '#b3262e' } })
/** Taken upright by a phone that lies on its side, at a place. */
const photo = () =>
  picture()
    .withExif({
      IFD0: { Make: 'phone-of-hers' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '38/1 55/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '121/1 36/1 0/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
const office = (main: string, more: Record<string, Uint8Array> = {}) =>
  Buffer.from(
    zipSync({
      '[Content_Types].xml': strToU8(
        `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.${main}"/></Types>`,
      ),
      ...more,
    }),
  )

const base = (id: string) => `/api/records/training/${id}/evidence`
async function upload(
  who: string,
  id: string,
  bytes: Buffer,
  name = '照片.jpg',
  file: string = randomUUID(),
  key: string = randomUUID(),
) {
  const sent = await stage
    .as(who)
    .upload(`${base(id)}/${file}?name=${encodeURIComponent(name)}`, bytes, { key })
  return { ...sent, file }
}
const draftOf = async (who: string): Promise<string> => {
  const id = randomUUID()
  const saved = await stage
    .as(who)
    .put(`/api/drafts/${id}`, { programme: 'training', kind: 'draft', body, sequence: 1 }, { key: null })
  expect(saved.status).toBe(200)
  return id
}
const listOf = async (who: string, id: string) => stage.as(who).get<EvidenceList>(base(id))
const download = (who: string, path: string) =>
  stage.app.inject({
    method: 'GET',
    url: path,
    headers: { cookie: `__Host-sid=${stage.world.person(who).token}` },
  })

const submitted = async (): Promise<string> => {
  const made = await stage
    .as('U1')
    .post<{ id: string }>('/api/records/training', { body, warningNote: '属实' })
  expect(made.status).toBe(200)
  return made.body.id
}

const bomb = () =>
  Buffer.from(zipSync({ '[Content_Types].xml': new Uint8Array(40 * 1024 * 1024) }, { level: 9 }))
describe('a file on a draft', () => {
  it('goes with it to the record, seen by whoever sees the record and by nobody else', () =>
    stage.trial(async () => {
      const id = await draftOf('U1')
      const sent = await upload('U1', id, await photo(), 'C:\\fakepath\\三八.HEIC')
      expect(sent).toMatchObject({ status: 200, body: { name: '三八.jpg', type: 'image/jpeg' } })
      expect((await listOf('D1', id)).status).toBe(404)
      const done = await stage.as('U1').post(`/api/drafts/${id}/submit`, { body, warningNote: '属实' })
      expect(done.status).toBe(200)
      for (const who of ['U1', 'D1', 'C']) {
        const { body: list } = await listOf(who, id)
        expect(list.files.map((f) => f.id)).toEqual([sent.file])
        expect(list.mayRemove).toBe(false)
        expect(list.mayAdd).toBe(who === 'U1')
        expect((await download(who, `${base(id)}/${sent.file}`)).statusCode).toBe(200)
      }
      for (const who of ['U5', 'D2']) {
        expect((await listOf(who, id)).status).toBe(404)
        for (const path of [`${base(id)}/${sent.file}`, `${base(id)}/${sent.file}/preview`])
          expect((await download(who, path)).statusCode).toBe(404)
      }
      // Nor under the address of a record that she does see.
      const other = await draftOf('U5')
      expect((await download('U5', `${base(other)}/${sent.file}`)).statusCode).toBe(404)
    }))

  it('is made anew: turned upright, without place, camera or anything behind the picture', () =>
    stage.trial(async () => {
      const id = await draftOf('U1')
      const taken = Buffer.concat([await photo(), Buffer.from('<script>alert(1)</script>')])
      const { file } = await upload('U1', id, taken)
      const answer = await download('U1', `${base(id)}/${file}`)
      expect(answer.headers).toMatchObject({
        'content-type': 'image/jpeg',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('照片.jpg')}`,
      })
      const found = await sharp(answer.rawPayload).metadata()
      expect([found.width, found.height, found.exif, found.orientation]).toEqual([
        40,
        60,
        undefined,
        undefined,
      ])
      expect(answer.rawPayload.includes('phone-of-hers')).toBe(false)
      expect(answer.rawPayload.includes('script')).toBe(false)
      const small = await download('U1', `${base(id)}/${file}/preview`)
      expect((await sharp(small.rawPayload).metadata()).width).toBe(360)
    }))

  it('goes for good when it is taken off or the draft is thrown away', () =>
    stage.trial(async () => {
      const id = await draftOf('U1')
      const first = await upload('U1', id, await photo())
      const second = await upload('U1', id, await picture(61).png().toBuffer(), 'b.png')
      expect((await stage.as('U1').del(`${base(id)}/${first.file}`)).status).toBe(200)
      expect((await listOf('U1', id)).body.files.map((f) => f.id)).toEqual([second.file])
      expect((await stage.as('U1').del(`/api/drafts/${id}`)).status).toBe(200)
      expect(await rows(stage.world.deps.db, sql`SELECT 1 FROM app.evidence`)).toEqual([])
    }))
})

describe('on a record', () => {
  it('the owner may add while it is reviewed and later, nobody else; nothing is taken off under review', () =>
    stage.trial(async () => {
      const id = await submitted()
      const { file } = await upload('U1', id, await photo())
      expect((await upload('D1', id, await photo())).status).toBe(403)
      expect((await upload('U5', id, await photo())).status).toBe(404)
      expect((await stage.as('U1').del(`${base(id)}/${file}`)).body).toMatchObject({
        code: '422.11',
        message: expect.stringContaining('不能移除') as string,
      })
      expect((await stage.as('D1').del(`${base(id)}/${file}`)).status).toBe(403)
    }))

  it('what a reviewer may have seen stays named, struck out, after a withdrawal', () =>
    stage.trial(async () => {
      const id = await submitted()
      const { file } = await upload('U1', id, await photo())
      await stage.as('U1').post(`/api/records/training/${id}/actions`, { action: 'withdraw', version: 1 })
      expect((await stage.as('U1').del(`${base(id)}/${file}`)).status).toBe(200)
      const { body: list } = await listOf('D1', id)
      expect(list.files).toMatchObject([{ id: file, removed: { person: '演示U1' } }])
    }))

  it('a repeat with its key is one file and the first answer; more files than allowed are refused', () =>
    stage.trial(async () => {
      const id = await submitted()
      const [file, key, bytes] = [randomUUID(), randomUUID(), await photo()]
      const one = await upload('U1', id, bytes, 'a.jpg', file, key)
      const two = await upload('U1', id, bytes, 'a.jpg', file, key)
      expect([one.status, two.body]).toEqual([200, one.body])
      await sql`INSERT INTO app.evidence SELECT district_id, gen_random_uuid(), record_id, draft_id, org_id, name, type, bytes, hash, account_id
        FROM app.evidence, generate_series(2, ${mostFiles}::int)`.execute(stage.world.deps.db)
      expect((await upload('U1', id, bytes)).body['message']).toContain(`最多 ${mostFiles} 个附件`)
      await sql`UPDATE app.evidence SET bytes = ${dailyBytes}::int, removed_by = account_id, removed_at = now()`.execute(
        stage.world.deps.db,
      )
      expect((await upload('U1', id, bytes)).body['message']).toContain('今天上传的文件已达')
    }))

  it('follows the record in audit, by name in no row of it', () =>
    stage.trial(async () => {
      const id = await submitted()
      await upload('U1', id, await photo(), '不该出现的名字.jpg')
      const audit = await rows<{ row: string }>(
        stage.world.deps.db,
        sql`SELECT to_jsonb(a)::text AS row FROM app.audit a WHERE action = 'evidence.add'`,
      )
      expect(audit).toHaveLength(1)
      expect(audit[0]!.row).toContain(id)
      expect(audit[0]!.row).not.toContain('不该出现')
    }))
})

describe('what is refused, by what it is', () => {
  it.each<[string, () => Promise<Buffer> | Buffer, string]>([
    ['nothing', () => Buffer.alloc(0), '空的'],
    ['text', () => Buffer.from('只是文字'), '只收图片'],
    ['a page', () => Buffer.from('<!doctype html><script>1</script>'), '只收图片'],
    ['SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), '只收图片'],
    ['GIF', () => picture().gif().toBuffer(), '只收图片'],
    ['TIFF', () => picture().tiff().toBuffer(), '只收图片'],
    ['HEIC', () => Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic')]), 'HEIC'],
    ['a cut picture', async () => (await picture(800, 800).jpeg().toBuffer()).subarray(0, 900), '已损坏'],
    ['a picture of 64 million pixels', () => picture(8000, 8000).png().toBuffer(), '像素'],
    ['a zip', () => office('nothing'), '压缩包'],
    [
      'macros',
      () => office('wordprocessingml.document.main+xml', { 'word/vbaProject.bin': strToU8('x') }),
      '宏',
    ],
    ['a bomb', bomb, '压缩'],
    ['an executable', () => Buffer.from('MZ\x90\x00'), '只收图片'],
  ])('%s', async (_, make, sentence) =>
    stage.trial(async () => {
      const id = await draftOf('U1')
      const answer = await upload('U1', id, await make())
      expect(answer.body).toMatchObject({
        code: '422.11',
        message: expect.stringContaining(sentence) as string,
      })
      expect((await listOf('U1', id)).body.files).toEqual([])
      expect(readdirSync(join(folder, 'quarantine'))).toEqual([])
    }),
  )

  it('JSON where bytes are wanted', async () =>
    stage.trial(async () => {
      const id = await draftOf('U1')
      expect((await stage.as('U1').put(`${base(id)}/${randomUUID()}?name=a`, {})).status).toBe(400)
    }))

  it.each([
    ['.docx', 'wordprocessingml.document.main+xml', '通知.docx'],
    ['.xlsx', 'spreadsheetml.sheet.main+xml', '通知.xlsx'],
  ])('but not a %s, whatever it is called', async (_, main, name) =>
    stage.trial(async () => {
      const id = await draftOf('U1')
      expect((await upload('U1', id, office(main), '通知.exe')).body).toMatchObject({ name })
    }),
  )
})

describe('the store', () => {
  it('sweeps what no row names, an hour old, and keeps the rest whole', () =>
    stage.trial(async () => {
      const id = await draftOf('U1')
      await upload('U1', id, await photo())
      const store = stage.world.deps.files!
      const lost = await store.keep(Buffer.from('of a request that failed'), null)
      writeFileSync(join(folder, 'quarantine', 'half'), 'x')
      const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((p) => join(folder, p))
      const sweep = () => store.sweep((hashes) => keptHashes(stage.world.deps.db, hashes))
      expect(await sweep()).toBe(0)
      for (const path of paths.filter((p) => statSync(p).isFile())) utimesSync(path, 0, 0)
      expect(await sweep()).toBeGreaterThanOrEqual(2)
      expect(await store.fault(lost)).toBe('missing')
      const [kept] = await rows<{ hash: string }>(stage.world.deps.db, sql`SELECT hash FROM app.evidence`)
      expect(await store.fault(kept!.hash)).toBeNull()
      writeFileSync(join(folder, kept!.hash.slice(0, 2), kept!.hash), 'rot')
      expect(await store.fault(kept!.hash)).toBe('changed')
    }))
})

describe('a scan of a paper of safety', () => {
  scanCases(() => stage)
})
