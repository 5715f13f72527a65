import * as api from '#hardship/api.ts'
import { askAid, takeAidStep } from '#hardship/aid.server.ts'
import { applyCondolence, condolenceToday, revealClaim } from '#hardship/condolence.server.ts'
import { listAids } from '#hardship/desk.server.ts'
import type { AnswerRow, Workbook } from '#hardship/exchange.ts'
import { inquiryBook, listInquiries, makeInquiry, takeAnswers } from '#hardship/inquiry.server.ts'
import { bankBook, listBatches, makeBatch, takeBankAnswers } from '#hardship/pay.server.ts'
import { readAnswerFile } from '#hardship/read.server.ts'
import { bytesOf } from '#intake/receive.server.ts'
import type { Deps } from '../deps.server.ts'
import { idParam, noBody, none, Raw, type Routes } from '../route.server.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const own = { sensitive: true, query: none, params: none, reveals: ['hardship'] } as const

/** Aid, and the files that go out to civil affairs and the bank and come back by their codes. */
export function hardshipAidRoutes({ add }: Routes, deps: Deps): void {
  const file = ({ name, book }: Workbook) => new Raw(xlsx, name, () => deps.sheets.write(book))
  add({
    ...own,
    method: 'GET',
    url: '/api/hardship/inquiries',
    policy: 'hardship.centre',
    summary: '送民政核对收入的批次',
    body: noBody,
    reply: api.inquirySheets,
    handler: ({ tx, actor }) => listInquiries(tx, actor),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/hardship/inquiries',
    policy: 'hardship.centre',
    summary: '送民政核对收入',
    body: api.ids,
    reply: api.made,
    handler: ({ tx, work, body }) => makeInquiry(deps, tx, work, body.ids),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/hardship/inquiries/:id/file',
    policy: 'hardship.pay',
    summary: '核对名单：编码、姓名、证件号码和授权日期',
    reveals: ['hardship', 'person'],
    keyless: true,
    params: idParam,
    body: noBody,
    reply: none,
    handler: async ({ tx, work, params }) => file(await inquiryBook(deps, tx, work, params.id)),
  })
  add({
    ...own,
    method: 'PUT',
    url: '/api/hardship/inquiries',
    policy: 'hardship.centre',
    summary: '导入民政核对结果，按编码，重复导入不变',
    body: noBody,
    reply: api.answered,
    receive: bytesOf,
    prepare: ({ received }) => readAnswerFile(deps, received as Buffer, '核对结果'),
    handler: ({ tx, work, prepared }) => takeAnswers(deps, tx, work, prepared as AnswerRow[]),
  })
  add({
    ...own,
    method: 'GET',
    url: '/api/hardship/aids',
    policy: 'hardship.read',
    summary: '帮扶台账：本单位或本帮扶中心经办的',
    query: api.aidQuery,
    body: noBody,
    reply: api.aidList,
    handler: ({ tx, actor, query }) => listAids(tx, actor, query.state),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/hardship/aids',
    policy: 'hardship.handle',
    summary: '登记一笔帮扶',
    body: api.newAid,
    reply: api.aidDone,
    handler: ({ tx, work, body }) => askAid(deps, tx, work, body),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/hardship/aids/:id/steps',
    policy: 'hardship.handle',
    summary: '办理一笔帮扶：核对、审批、不予发放、签收',
    params: idParam,
    body: api.aidStep,
    reply: api.aidDone,
    handler: ({ tx, work, params, body }) => takeAidStep(deps, tx, work, params.id, body),
  })
  add({
    ...own,
    method: 'GET',
    url: '/api/hardship/condolence-terms',
    policy: 'hardship.read',
    summary: '现行“两癌”慰问金标准',
    body: noBody,
    reply: api.condolenceToday,
    handler: ({ tx }) => condolenceToday(deps, tx),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/hardship/condolences',
    policy: 'hardship.handle',
    summary: '登记“两癌”慰问金申请',
    body: api.newCondolence,
    reply: api.aidDone,
    handler: ({ tx, work, body }) => applyCondolence(deps, tx, work, body),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/hardship/aids/:id/reveals',
    policy: 'hardship.reveal',
    summary: '查看一份慰问金申请，她本人看得到',
    keyless: true,
    params: idParam,
    body: api.revealFile,
    reply: api.revealedClaim,
    handler: ({ tx, work, params, body }) => revealClaim(deps, tx, work, params.id, body.reason),
  })
  add({
    ...own,
    method: 'GET',
    url: '/api/hardship/batches',
    policy: 'hardship.centre',
    summary: '发放批次',
    body: noBody,
    reply: api.batches,
    handler: ({ tx, actor }) => listBatches(tx, actor),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/hardship/batches',
    policy: 'hardship.pay',
    summary: '编一批交银行发放',
    body: api.ids,
    reply: api.made,
    handler: ({ tx, work, body }) => makeBatch(deps, tx, work, body.ids),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/hardship/batches/:id/file',
    policy: 'hardship.pay',
    summary: '银行代发名单：编码、收款人、账号和金额',
    keyless: true,
    params: idParam,
    body: noBody,
    reply: none,
    handler: async ({ tx, work, params }) => file(await bankBook(deps, tx, work, params.id)),
  })
  add({
    ...own,
    method: 'PUT',
    url: '/api/hardship/batches/:id',
    policy: 'hardship.pay',
    summary: '导入银行回单，按编码，重复导入不变',
    reveals: ['hardship', 'record'],
    params: idParam,
    body: noBody,
    reply: api.answered,
    receive: bytesOf,
    prepare: ({ received }) => readAnswerFile(deps, received as Buffer, '结果'),
    handler: ({ tx, work, params, prepared }) =>
      takeBankAnswers(deps, tx, work, params.id, prepared as AnswerRow[]),
  })
}
