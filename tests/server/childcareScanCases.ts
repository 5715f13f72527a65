import sharp from 'sharp'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import type { ClassDetail } from '#childcare/api.ts'
import { paperKinds } from '#childcare/states.ts'
import { checkEvidence, keptHashes } from '#record/evidence/service.server.ts'
import { rows } from '#server/database.server.ts'
import { childcareAt } from '../support/childcare.ts'
import type { Stage } from '../support/client.ts'
import { well } from '../support/hardship.ts'
import type { Refusal } from '../support/play.ts'

const pdf = Buffer.from('%PDF-1.4 消防检查合格')

const scanOf = ({ papers }: ClassDetail, kind = 'fire') => papers.find((one) => one.kind === kind)?.scan

/** Scans of a class's papers, on the stage of a suite that has a store of files. */
export function scanCases(stageOf: () => Stage): void {
  const play = () => childcareAt(stageOf())
  const put = (who: string, id: string, bytes = pdf, kind = 'fire') =>
    stageOf()
      .as(who)
      .upload<Refusal & { message: string }>(
        play().at(id, `/papers/${kind}/scan?name=${encodeURIComponent('合格证.exe')}`),
        bytes,
      )
  const open = async (who: string | null, id: string, kind = 'fire') =>
    (
      await stageOf()
        .as(who)
        .get(play().at(id, `/papers/${kind}/scan`))
    ).status
  const asked = async (fromOn: string) => {
    const version = { fromOn, basis: '示例市总工会托管班办法 第五条', note: '', value: { isAsked: true } }
    const { id } = well(
      await stageOf().as('C').post<{ id: string }>('/api/rules/childcareScans/versions', version),
    )
    const decision = { isApproved: true, reason: '' }
    well(await stageOf().as('Cb').post<object>(`/api/rule-versions/${id}/decision`, decision))
  }

  it('is opened by its unit and by whoever judges the class, by nobody else, and is kept whole', () =>
    stageOf().trial(async (tx) => {
      const { make, step, read, paper } = play()
      const { id } = well(await make('U1'))
      expect((await put('U1', id)).body.message).toContain('请先登记消防安全材料')
      well(await paper(id, 'fire'))
      expect(await open('U1', id)).toBe(404)
      well(await put('U1', id))
      expect(scanOf(await read('U1', id))).toEqual({ name: '合格证.pdf', bytes: pdf.length })
      // Before it was sent up it is its unit's alone; afterwards it goes the way of the class.
      expect(await open('D1', id)).toBe(404)
      well(await step('U1', id, 'submit'))
      for (const who of ['U1', 'D1', 'C']) expect([who, await open(who, id)]).toEqual([who, 200])
      for (const who of ['U2', 'U4', 'D2']) expect([who, await open(who, id)]).toEqual([who, 404])
      expect(await open(null, id)).toBe(401)
      for (const who of ['D1', 'C', 'U2']) expect([403, 404]).toContain((await put(who, id)).status)
      const store = stageOf().world.deps.files!
      const [{ hash }] = (await rows<{ hash: string }>(
        tx,
        sql`SELECT scan_hash AS hash FROM app.childcare_paper WHERE class_id = ${id}::uuid`,
      )) as [{ hash: string }]
      expect(await keptHashes(tx, [hash])).toEqual([hash])
      expect((await checkEvidence(tx, store)).checked).toBe(1)
    }))

  it('is a picture or a PDF; another takes its place, and with another paper it goes', () =>
    stageOf().trial(async (tx) => {
      const { make, read, paper } = play()
      const { id } = well(await make('U1'))
      well(await paper(id, 'fire'))
      expect((await put('U1', id, Buffer.from('MZ\u0000'))).body.message).toMatch(
        /只收图片（JPG、PNG、WebP）或 PDF$/,
      )
      well(await put('U1', id))
      const old = await rows<{ hash: string }>(tx, sql`SELECT hash FROM app.childcare_scan_hashes()`)
      const webp = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } })
        .webp()
        .toBuffer()
      well(await put('U1', id, webp))
      expect(scanOf(await read('U1', id))!.name).toBe('合格证.jpg')
      expect(await keptHashes(tx, [old[0]!.hash])).toEqual([])
      well(await paper(id, 'fire'))
      expect(scanOf(await read('U1', id))).not.toBeNull()
      well(await paper(id, 'fire', '2020-12-30'))
      expect(scanOf(await read('U1', id))).toBeNull()
    }))

  it('put there by mistake is taken back by its unit alone, with a reason that is kept', () =>
    stageOf().trial(async (tx) => {
      const { make, step, read, paper } = play()
      const { id } = well(await make('U1'))
      well(await paper(id, 'fire'))
      well(await put('U1', id))
      const [{ hash }] = (await rows<{ hash: string }>(
        tx,
        sql`SELECT scan_hash AS hash FROM app.childcare_paper WHERE class_id = ${id}::uuid`,
      )) as [{ hash: string }]
      const back = (who: string, reason: string) =>
        stageOf().as(who).post<Refusal>(play().at(id, '/papers/fire/scan/withdrawal'), { reason })
      expect((await back('U1', '错了')).body.issues?.map(({ field }) => field)).toEqual(['reason'])
      well(await step('U1', id, 'submit'))
      for (const who of ['D1', 'U2']) expect([403, 404]).toContain((await back(who, '传成了别的班的')).status)
      well(await back('U1', '传成了别的班的'))
      const [fire] = (await read('U1', id)).papers
      expect([fire!.kind, fire!.scan]).toEqual(['fire', null])
      expect([await open('U1', id), (await back('U1', '传成了别的班的')).status]).toEqual([404, 404])
      expect(await keptHashes(tx, [hash])).toEqual([])
      const way = (await read('D1', id)).steps.map(({ act, reason }) => [act, reason])
      expect(way).toEqual([
        ['submit', ''],
        ['scanBack', '消防安全：传成了别的班的'],
      ])
      const noted = await rows(
        tx,
        sql`SELECT 1 FROM app.audit WHERE action = 'childcare.scanBack' AND object = ${`childcareClass:${id}`}`,
      )
      expect(noted).toHaveLength(1)
    }))

  it('lacks at the publishing of a class applied for since the city asks for it, not of one before', () =>
    stageOf().trial(async () => {
      const { approved, safe, step, read, paper, open: shown } = play()
      const { deps } = stageOf().world
      const before = await approved({ title: '以前申请的班' })
      await safe(before)
      await asked('2020-04-17')
      deps.today = () => '2020-04-17'
      const id = await approved({ fromOn: '2020-04-17' })
      await safe(id)
      const words = ['消防安全', '房屋安全', '食品安全', '责任保险', '应急预案']
      const lacking = words.map((one) => `${one}：还没有上传扫描件`)
      for (const who of ['U1', 'D1', 'C']) expect((await read(who, id)).blocks).toEqual(lacking)
      expect((await step('U1', id, 'publish')).body.issues?.map(({ message }) => message)).toEqual(lacking)
      well(await step('U1', before, 'publish'))
      for (const kind of paperKinds) well(await put('U1', id, pdf, kind))
      well(await step('U1', id, 'publish'))
      // A paper renewed while it is shown does not take it off the page; what lacks stands at the paper.
      well(await paper(id, 'fire', '2020-11-30'))
      expect([(await read('D1', id)).blocks, scanOf(await read('D1', id))]).toEqual([[], null])
      expect(await shown()).toHaveLength(2)
    }))
}
