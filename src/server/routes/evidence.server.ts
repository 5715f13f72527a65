import * as z from 'zod/mini'
import { Problem } from '#kit/problem.ts'
import type { Programme } from '#kit/programme.ts'
import { uuid } from '#record/api.ts'
import * as api from '#record/evidence/api.ts'
import {
  addEvidence,
  findEvidence,
  listEvidence,
  receiveEvidence,
  removeEvidence,
  type Received,
} from '#record/evidence/service.server.ts'
import type { FileStore } from '#record/evidence/store.server.ts'
import { classNumber } from '#record/spine.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, Raw, type Routes } from '../route.server.ts'

const ofRecord = z.strictObject({ programme: z.string().check(z.maxLength(40)), ...idParam.shape })
const ofFile = z.strictObject({ ...ofRecord.shape, file: uuid })

/** Evidence of records and drafts: whoever sees the record sees its files, and nobody else. */
export function evidenceRoutes({ add }: Routes, deps: Deps): void {
  const programmeOf = (key: string): Programme => {
    const found = deps.findProgramme(key)
    if (!found) throw Problem.notFound()
    return found
  }
  const store = (): FileStore => {
    if (!deps.files) throw Problem.notFound()
    return deps.files
  }
  const sensitive = ({ programme }: { programme: string }): boolean =>
    classNumber(deps.findProgramme(programme)?.class ?? 'S4') > 1
  const url = '/api/records/:programme/:id/evidence'

  add({
    method: 'GET',
    url,
    policy: 'evidence.read',
    summary: '佐证材料清单',
    reveals: ['record', 'proposal'],
    sensitive,
    params: ofRecord,
    query: none,
    body: noBody,
    reply: api.evidenceList,
    handler: ({ tx, actor, params }) => listEvidence(tx, actor, programmeOf(params.programme), params.id),
  })

  add({
    method: 'PUT',
    url: `${url}/:file`,
    policy: 'evidence.write',
    summary: '上传一份佐证材料',
    reveals: ['record', 'proposal'],
    sensitive,
    params: ofFile,
    query: api.evidenceName,
    body: noBody,
    reply: api.evidence,
    receive: (stream) => receiveEvidence(store(), stream),
    handler: ({ tx, work, params, query, received }) =>
      addEvidence(tx, work, programmeOf(params.programme), params.id, {
        id: params.file,
        name: query.name,
        ...(received as Received),
      }),
  })

  add({
    method: 'DELETE',
    url: `${url}/:file`,
    policy: 'evidence.write',
    summary: '移除一份佐证材料',
    reveals: ['record', 'proposal'],
    sensitive,
    params: ofFile,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params }) => {
      await removeEvidence(tx, work, programmeOf(params.programme), params.id, params.file)
      return { ok: true as const }
    },
  })

  for (const preview of [false, true]) {
    add({
      method: 'GET',
      url: `${url}/:file${preview ? '/preview' : ''}`,
      policy: 'evidence.read',
      summary: preview ? '图片的缩略图' : '下载一份佐证材料',
      reveals: ['record', 'proposal'],
      sensitive,
      params: ofFile,
      query: none,
      body: noBody,
      reply: none,
      handler: async ({ tx, actor, params }) => {
        const programme = programmeOf(params.programme)
        const file = await findEvidence(tx, actor, programme, params.id, params.file)
        const bytes = store().read(file.hash, preview)
        if (bytes === null) throw Problem.notFound()
        return new Raw(preview ? 'image/jpeg' : file.type, file.name, bytes)
      },
    })
  }
}
