import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readWholeDocx } from '#paper/docx/read.server.ts'
import { docxType } from '#paper/mime.ts'
import { findProgramme } from '#programmes/index.ts'
import { rows } from '#server/database.server.ts'
import { bodyOf } from '../support/bodies.ts'
import { openStage, type Stage } from '../support/client.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

async function enter(programme: string, changes: object = {}): Promise<string> {
  const body = bodyOf(findProgramme(programme)!, { ...changes })
  const made = await stage.as('U1').post<{ id: string }>(`/api/records/${programme}`, {
    body,
    warningNote: '已核对',
  })
  expect([made.status, made.raw]).toEqual([200, expect.any(String)])
  return made.body.id
}

async function print(who: string, programme: string, id: string, form: string) {
  const answer = await stage.app.inject({
    method: 'POST',
    url: `/api/records/${programme}/${id}/forms/${form}`,
    headers: { cookie: `__Host-sid=${stage.world.person(who).token}`, 'sec-fetch-site': 'same-origin' },
  })
  const isWord = answer.headers['content-type'] === docxType
  return {
    status: answer.statusCode,
    text: isWord ? readWholeDocx(answer.rawPayload).map((p) => p.text) : [],
    name: decodeURIComponent(answer.headers['content-disposition'] ?? ''),
  }
}
const printed = async () =>
  rows<{ object: string; actor: string }>(
    stage.world.deps.db,
    sql`SELECT object, actor::text FROM app.audit WHERE action = 'record.print' ORDER BY seq`,
  )

describe('a record on its form', () => {
  it('is printed by whoever may read it, and the audit says so', async () => {
    const id = await enter('training', { title: '春季流动课堂' })
    const own = await print('U1', 'training', id, 'approval')
    expect(own.status).toBe(200)
    expect(own.name).toContain('女职工教育培训班审批表_春季流动课堂.docx')
    expect(own.text).toContain('女职工教育培训班审批表')
    expect(own.text).toContain('春季流动课堂')
    expect(own.text.join()).toContain('打印时记录状态为“待审核”')
    expect((await print('D1', 'training', id, 'approval')).status).toBe(200)
    expect((await printed()).map((row) => row.object)).toEqual([`training:${id}`, `training:${id}`])
  })

  it('is hidden with its record, and has no form of another programme', async () => {
    const id = await enter('training', { title: '夏季流动课堂' })
    const before = (await printed()).length
    expect((await print('U5', 'training', id, 'approval')).status).toBe(404)
    expect((await print('U1', 'training', id, 'filing')).status).toBe(404)
    expect((await print('U1', 'honour', id, 'person')).status).toBe(404)
    expect(await printed()).toHaveLength(before)
  })

  it('of an honour is the one for her kind', async () => {
    const id = await enter('honour', { subject: '个人', honoree: '张示宁' })
    expect((await print('U1', 'honour', id, 'person')).text).toContain('张示宁')
    expect((await print('U1', 'honour', id, 'collective')).status).toBe(404)
  })
})
