import * as z from 'zod/mini'
import * as api from '#certificate/api.ts'
import { answerCheck } from '#certificate/check.server.ts'
import { readMyCertificates } from '#certificate/hers.server.ts'
import { issueCertificates } from '#certificate/issue.server.ts'
import { readCandidates, readLedger, renew, revoke } from '#certificate/ledger.server.ts'
import { printCertificates, printMine } from '#certificate/print.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, Raw, type Routes } from '../route.server.ts'

/** Certificates: the ledger of the unit that issued them, and what anybody may ask who holds one. */
export function certificateRoutes({ add }: Routes, deps: Deps): void {
  const own = { sensitive: true, params: none, query: none, reveals: ['certificate'] } as const
  add({
    ...own,
    method: 'GET',
    url: '/api/certificates',
    policy: 'certificate.read',
    summary: '证书台账：本单位发的证书',
    query: api.ledgerQuery,
    body: noBody,
    reply: api.ledger,
    handler: ({ tx, actor, query }) => readLedger(deps, tx, actor, query),
  })
  add({
    ...own,
    method: 'GET',
    url: '/api/certificates/candidates',
    policy: 'certificate.issue',
    reveals: ['certificate', 'record'],
    summary: '可以发证的记录：审核通过、本级范围内、还没有发过',
    query: api.candidatesQuery,
    body: noBody,
    reply: api.candidates,
    handler: ({ tx, actor, query }) => readCandidates(deps, tx, actor, query),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/certificates',
    policy: 'certificate.issue',
    reveals: ['certificate', 'record'],
    summary: '发放证书，全部成功或全部不发，一次最多 500 份',
    body: api.newCertificates,
    reply: api.issued,
    handler: ({ tx, work, body }) => issueCertificates(deps, tx, work, body),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/certificates/pdf',
    policy: 'certificate.read',
    summary: '证书的 PDF 文件，一页一份',
    // The file would stand among the stored answers.
    keyless: true,
    body: api.printing,
    reply: none,
    handler: async ({ tx, work, body }) => {
      const { name, bytes } = await printCertificates(deps, tx, work, body.ids)
      return new Raw('application/pdf', name, bytes)
    },
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/certificates/:id/revocation',
    policy: 'certificate.issue',
    summary: '撤销一份证书，写明理由',
    params: idParam,
    body: api.revocation,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await revoke(deps, tx, work, params.id, body.reason)
      return { ok: true as const }
    },
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/certificates/:id/renewal',
    policy: 'certificate.issue',
    summary: '按现在的记录换发一份证书，旧的作废',
    params: idParam,
    body: api.renewal,
    reply: api.issued,
    handler: ({ tx, work, params, body }) => renew(deps, tx, work, params.id, body),
  })
  add({
    ...own,
    method: 'GET',
    url: '/api/my/certificates',
    policy: 'certificate.own',
    summary: '我的证书：本人上完的培训班的结业证书',
    body: noBody,
    reply: api.myCertificates,
    handler: ({ tx, actor }) => readMyCertificates(tx, actor),
  })
  add({
    ...own,
    method: 'GET',
    url: '/api/my/certificates/:id/file',
    policy: 'certificate.own',
    summary: '我的证书的 PDF 文件',
    // A link that every WebView follows, where a file made by a program hangs.
    noted: 'file',
    params: idParam,
    body: noBody,
    reply: none,
    handler: async ({ tx, actor, params }) => {
      const { name, bytes } = await printMine(deps, tx, actor, params.id)
      return new Raw('application/pdf', name, bytes)
    },
  })
  add({
    method: 'GET',
    url: '/api/certificates/check/:code',
    policy: 'certificate.check',
    reveals: ['certificate'],
    summary: '核验证书：不用登录，姓名掩码',
    params: z.strictObject({ code: z.string().check(z.maxLength(80)) }),
    query: none,
    body: noBody,
    reply: api.checked,
    // What is counted must stay counted when the code is wrong.
    prepare: ({ params, request }) => answerCheck(deps, params.code, request.ip),
    handler: async ({ prepared }) => prepared as api.Checked,
  })
}
