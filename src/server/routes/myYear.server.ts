import { headMark } from '#audit/mark.server.ts'
import * as api from '#figures/myYear/api.ts'
import { documentOf } from '#figures/myYear/compose.ts'
import { readMyYear, readMyYearRecords } from '#figures/myYear/read.server.ts'
import { writeDocx } from '#paper/docx/write.server.ts'
import type { Deps } from '../deps.server.ts'
import { noBody, none, Raw, type Routes } from '../route.server.ts'

const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** 我的年度工作: what a cadre and her unit did in a year, to her alone. */
export function myYearRoutes({ add }: Routes, deps: Deps): void {
  const common = {
    method: 'GET',
    policy: 'myYear.read',
    sensitive: true,
    params: none,
    body: noBody,
  } as const
  add({
    ...common,
    url: '/api/my-year',
    reveals: ['record', 'figure'],
    summary: '我的年度工作：本人和本单位办了什么',
    query: api.myYearQuery,
    reply: api.myYear,
    handler: ({ tx, actor, query }) => readMyYear(deps, tx, actor, query.year),
  })
  add({
    ...common,
    url: '/api/my-year/records',
    reveals: ['record', 'figure'],
    summary: '我的年度工作中一个数字背后的记录',
    query: api.myYearRecordsQuery,
    reply: api.myYearRecords,
    handler: ({ tx, actor, query }) => readMyYearRecords(deps, tx, actor, query),
  })
  add({
    ...common,
    url: '/api/my-year/docx',
    noted: 'file',
    reveals: ['record', 'figure'],
    summary: '我的年度工作，公文格式的 Word 文件',
    query: api.myYearQuery,
    reply: none,
    handler: async ({ tx, actor, query }) => {
      const year = await readMyYear(deps, tx, actor, query.year)
      const document = documentOf(year, deps.programmes, deps.today(), deps.mode === 'demo')
      const name = `${year.person}${year.year}年度工作情况.docx`
      const mark = await headMark(tx, actor.org.districtId)
      return new Raw(docxType, name, await writeDocx(document, { mode: 'clean', mark }))
    },
  })
}
