import { headMark } from '#audit/mark.server.ts'
import * as z from 'zod/mini'
import * as api from '#figures/assessment/api.ts'
import { resultBook, resultListing } from '#figures/assessment/paper.server.ts'
import { listSheets, readSheet, readTotals, readUnit } from '#figures/assessment/read.server.ts'
import {
  answerObjection,
  closeObjection,
  raiseObjection,
  saveScores,
} from '#figures/assessment/score.server.ts'
import { addSheet, changeSheet, moveSheet, publishSheet } from '#figures/assessment/write.server.ts'
import { writeListing } from '#paper/docx/listing.server.ts'
import { docxType } from '#paper/mime.ts'
import { clockOf } from '../clock.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, Raw, type Routes } from '../route.server.ts'

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const made = z.strictObject({ id: z.string() })
const ok = { ok: true as const }

/** Assessments (目标责任考核): sheets, the three columns of each unit, objections, results. */
export function assessmentRoutes({ add }: Routes, deps: Deps): void {
  const read = { method: 'GET', policy: 'assessment.read', query: none, body: noBody } as const
  const write = { method: 'POST', reveals: ['assessment'], query: none, params: idParam } as const

  add({
    ...read,
    url: '/api/assessments',
    reveals: ['assessment'],
    summary: '本单位参加和组织的考核',
    params: none,
    reply: api.sheetList,
    handler: ({ tx, actor }) => listSheets(tx, actor),
  })
  add({
    ...read,
    url: '/api/assessments/:id',
    reveals: ['assessment'],
    summary: '一份考核表',
    params: idParam,
    reply: api.sheet,
    handler: ({ tx, actor, params }) => readSheet(tx, actor, params.id),
  })
  add({
    ...read,
    url: '/api/assessments/:id/units',
    reveals: ['assessment'],
    summary: '各单位三栏合计，按规范顺序',
    params: idParam,
    reply: api.unitTotals,
    handler: ({ tx, actor, params }) => readTotals(tx, actor, params.id),
  })
  add({
    ...read,
    url: '/api/assessments/:id/docx',
    noted: 'file',
    reveals: ['assessment'],
    summary: '考核结果的 Word 文件',
    params: idParam,
    reply: none,
    handler: async ({ tx, actor, params }) => {
      const sheet = await readSheet(tx, actor, params.id)
      const totals = await readTotals(tx, actor, params.id)
      const bytes = await writeListing(
        resultListing(sheet, totals, deps.mode === 'demo', clockOf(deps)),
        await headMark(tx, actor.org.districtId),
      )
      return new Raw(docxType, `${sheet.title}结果.docx`, bytes)
    },
  })
  add({
    ...read,
    url: '/api/assessments/:id/xlsx',
    noted: 'file',
    reveals: ['assessment'],
    summary: '考核结果的 Excel 文件',
    params: idParam,
    reply: none,
    handler: async ({ tx, actor, params }) => {
      const sheet = await readSheet(tx, actor, params.id)
      const bytes = await deps.sheets.write(resultBook(sheet, await readTotals(tx, actor, params.id)))
      return new Raw(xlsxType, `${sheet.title}结果.xlsx`, bytes)
    },
  })
  add({
    ...read,
    url: '/api/assessments/:id/units/:org',
    reveals: ['assessment', 'figure', 'record'],
    summary: '一个单位的考核表：自动计分与三栏评分',
    params: api.unitParams,
    reply: api.unitSheet,
    handler: ({ tx, actor, params }) => readUnit(tx, actor, params.id, Number(params.org)),
  })
  add({
    ...write,
    method: 'PUT',
    policy: 'assessment.score',
    url: '/api/assessments/:id/units/:org/scores',
    summary: '填写属于本单位的一栏',
    params: api.unitParams,
    body: api.scores,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await saveScores(tx, work, params.id, Number(params.org), body)
      return ok
    },
  })
  add({
    ...write,
    policy: 'assessment.lead',
    url: '/api/assessments',
    summary: '新建考核表',
    params: none,
    body: api.newSheet,
    reply: made,
    handler: ({ tx, work, body }) => addSheet(tx, work, body),
  })
  add({
    ...write,
    method: 'PUT',
    policy: 'assessment.lead',
    url: '/api/assessments/:id',
    summary: '修改还没有下发的考核表',
    body: api.sheetChange,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await changeSheet(tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...write,
    policy: 'assessment.lead',
    url: '/api/assessments/:id/state',
    summary: '下发、提请发布、退回或锁定',
    body: api.stateAct,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await moveSheet(tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...write,
    policy: 'assessment.publish',
    url: '/api/assessments/:id/publication',
    summary: '发布考核结果（提请人以外的另一人）',
    body: api.publication,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await publishSheet(tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...write,
    policy: 'assessment.score',
    url: '/api/assessments/:id/objections',
    summary: '本单位对一项评分提异议',
    body: api.newObjection,
    reply: made,
    handler: ({ tx, work, params, body }) => raiseObjection(tx, work, params.id, body),
  })
  add({
    ...write,
    policy: 'assessment.lead',
    url: '/api/assessment-objections/:id/answer',
    summary: '答复异议',
    body: api.objectionAnswer,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await answerObjection(tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...write,
    policy: 'assessment.score',
    url: '/api/assessment-objections/:id/close',
    summary: '办结异议',
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params }) => {
      await closeObjection(tx, work, params.id)
      return ok
    },
  })
}
