import { rulesFor } from '#rules/tables.server.ts'
import * as z from 'zod/mini'
import { Problem } from '#kit/problem.ts'
import type { Programme } from '#kit/programme.ts'
import { validate } from '#kit/validate.ts'
import { docxType } from '#paper/mime.ts'
import { forms } from '#programmes/forms.ts'
import { actOn } from '#record/act.server.ts'
import { acceptMany } from '#record/batch.server.ts'
import * as api from '#record/api.ts'
import { createRecords, warningsOf } from '#record/create.server.ts'
import { readDetail } from '#record/detail.server.ts'
import { deleteDraft, getOwnProposal, readDraft, saveDraft } from '#record/draft.server.ts'
import { readInbox } from '#inbox/read.server.ts'
import { inboxReveals } from '#inbox/register.server.ts'
import { listRecords, sumRecords } from '#record/list.server.ts'
import { classNumber } from '#record/spine.ts'
import { decideProposal } from '#record/decision.server.ts'
import { acceptMany as manyAccepted, decision, verdicts } from '#record/decisionApi.ts'
import { printForm } from '#record/form.server.ts'
import { requestVoid, submitDraft } from '#record/propose.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, Raw, type Routes } from '../route.server.ts'
import { dropSent } from '#record/typed.server.ts'
import { typedRoutes } from './typed.server.ts'

const programmeParam = z.strictObject({ programme: z.string().check(z.maxLength(40)) })
const recordParam = z.strictObject({ ...programmeParam.shape, ...idParam.shape })
const inboxQuery = z.strictObject({ box: z.optional(z.enum(api.boxes)), after: z.optional(z.string()) })

/** Records, drafts, corrections, review and inbox: the one generic path of all programmes. */
export function recordRoutes({ add }: Routes, deps: Deps): void {
  typedRoutes({ add }, deps)
  const programmeOf = (key: string): Programme => {
    const found = deps.findProgramme(key)
    if (!found) throw Problem.notFound()
    return found
  }
  const aboveS1 = ({ programme }: { programme: string }): boolean =>
    classNumber(deps.findProgramme(programme)?.class ?? 'S4') > 1

  add({
    method: 'GET',
    url: '/api/records/:programme',
    policy: 'record.read',
    reveals: ['record'],
    summary: '记录列表',
    sensitive: aboveS1,
    params: programmeParam,
    query: api.recordQuery,
    body: noBody,
    reply: api.recordList,
    handler: ({ tx, actor, params, query }) =>
      listRecords(deps, tx, actor, programmeOf(params.programme), query),
  })

  add({
    method: 'GET',
    url: '/api/records/:programme/sums',
    policy: 'record.read',
    reveals: ['record'],
    summary: '查询结果合计',
    sensitive: aboveS1,
    params: programmeParam,
    query: api.recordFilter,
    body: noBody,
    reply: api.recordSums,
    handler: ({ tx, actor, params, query }) =>
      sumRecords(deps, tx, actor, programmeOf(params.programme), query),
  })

  add({
    method: 'GET',
    url: '/api/records/:programme/:id',
    policy: 'record.read',
    reveals: ['record', 'proposal'],
    summary: '记录详情',
    sensitive: aboveS1,
    params: recordParam,
    query: none,
    body: noBody,
    reply: api.recordDetail,
    handler: ({ tx, actor, params }) => readDetail(deps, tx, actor, programmeOf(params.programme), params.id),
  })

  add({
    method: 'POST',
    url: '/api/records/:programme/:id/forms/:form',
    policy: 'record.read',
    reveals: ['record'],
    summary: '把一条记录填到待盖章的表格（Word）',
    // The file would stand among the stored answers.
    keyless: true,
    sensitive: aboveS1,
    params: z.strictObject({ ...recordParam.shape, form: z.string().check(z.maxLength(20)) }),
    query: none,
    body: noBody,
    reply: none,
    handler: async ({ tx, work, params }) => {
      const programme = programmeOf(params.programme)
      const { name, bytes } = await printForm(deps, tx, work, programme, forms[programme.key] ?? [], params)
      return new Raw(docxType, name, bytes)
    },
  })

  add({
    method: 'POST',
    url: '/api/records/:programme',
    policy: 'record.create',
    reveals: ['record'],
    summary: '填报并上报一条',
    sensitive: aboveS1,
    params: programmeParam,
    query: none,
    body: api.newRecord,
    reply: api.written,
    handler: async ({ tx, work, params, body }) =>
      (await createRecords(deps, tx, work, programmeOf(params.programme), [body]))[0]!,
  })

  add({
    method: 'POST',
    url: '/api/records/:programme/batch',
    policy: 'record.create',
    reveals: ['record'],
    summary: '填报并上报多条，全部成功或全部不入库',
    sensitive: true,
    params: programmeParam,
    query: none,
    body: api.newRecords,
    reply: api.writtenAll,
    handler: async ({ tx, work, params, body }) => {
      await dropSent(tx, work.actor, `rows:${params.programme}`, body.typed)
      return { records: await createRecords(deps, tx, work, programmeOf(params.programme), body.records) }
    },
  })

  add({
    method: 'POST',
    url: '/api/records/:programme/check',
    policy: 'record.create',
    reveals: ['record'],
    summary: '只校验，不入库',
    keyless: true,
    sensitive: aboveS1,
    params: programmeParam,
    query: none,
    body: api.check,
    reply: api.checked,
    handler: async ({ tx, actor, params, body }) => {
      const programme = programmeOf(params.programme)
      const { row, issues } = validate(programme, body.body, deps.today(), await rulesFor(tx, programme))
      const warnings =
        row === null
          ? []
          : (
              await warningsOf(
                tx,
                deps,
                programme,
                actor.org.id,
                [row],
                [body.coHosts ?? []],
                [body.id ?? null],
              )
            )[0]!
      return { issues, warnings }
    },
  })

  add({
    method: 'POST',
    url: '/api/records/:programme/:id/actions',
    policy: 'record.act',
    reveals: ['record'],
    summary: '撤回、退回、上报、通过、转办、申请作废',
    sensitive: aboveS1,
    params: recordParam,
    query: none,
    body: api.act,
    reply: api.written,
    handler: ({ tx, work, params, body }) =>
      body.action === 'void'
        ? requestVoid(deps, tx, work, programmeOf(params.programme), params.id, body)
        : actOn(deps, tx, work, programmeOf(params.programme), params.id, body),
  })

  add({
    method: 'POST',
    url: '/api/review/accept',
    policy: 'record.review',
    reveals: ['record'],
    summary: '批量审核通过',
    sensitive: true,
    params: none,
    query: none,
    body: manyAccepted,
    reply: verdicts,
    handler: ({ tx, work, body }) => acceptMany(deps, tx, work, body.items),
  })

  add({
    method: 'GET',
    url: '/api/inbox',
    policy: 'inbox.read',
    reveals: inboxReveals,
    summary: '待办',
    sensitive: true,
    params: none,
    query: inboxQuery,
    body: noBody,
    reply: api.inbox,
    handler: ({ tx, actor, query }) => readInbox(deps, tx, actor, query.box ?? 'review', query.after ?? null),
  })

  add({
    method: 'PUT',
    url: '/api/drafts/:id',
    policy: 'draft.own',
    reveals: ['proposal', 'record'],
    summary: '草稿自动保存',
    keyless: true,
    sensitive: true,
    params: idParam,
    query: none,
    body: api.saveDraft,
    reply: api.savedDraft,
    handler: ({ tx, work, params, body }) =>
      saveDraft(deps, tx, work, programmeOf(body.programme), params.id, body),
  })

  add({
    method: 'GET',
    url: '/api/drafts/:id',
    policy: 'draft.own',
    reveals: ['proposal', 'record'],
    summary: '草稿',
    sensitive: true,
    params: idParam,
    query: none,
    body: noBody,
    reply: api.draft,
    handler: ({ tx, actor, params }) => readDraft(deps, tx, actor, params.id),
  })

  add({
    method: 'DELETE',
    url: '/api/drafts/:id',
    policy: 'draft.own',
    reveals: ['proposal', 'record'],
    summary: '删除草稿',
    sensitive: true,
    params: idParam,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params }) => {
      await deleteDraft(tx, work, params.id)
      return { ok: true as const }
    },
  })

  add({
    method: 'POST',
    url: '/api/drafts/:id/submit',
    policy: 'draft.own',
    reveals: ['proposal', 'record'],
    summary: '提交草稿（新记录、退回后的修改、更正）',
    sensitive: true,
    params: idParam,
    query: none,
    body: api.submitDraft,
    reply: api.written,
    handler: async ({ tx, actor, work, params, body }) => {
      const draft = await getOwnProposal(tx, actor, params.id)
      return submitDraft(
        deps,
        tx,
        work,
        programmeOf(deps.catalogue.programmeKey(draft.programme)),
        params.id,
        body,
      )
    },
  })

  add({
    method: 'POST',
    url: '/api/proposals/:id/decision',
    policy: 'record.review',
    reveals: ['proposal', 'record'],
    summary: '审核更正或作废申请',
    sensitive: true,
    params: idParam,
    query: none,
    body: decision,
    reply: api.written,
    handler: ({ tx, work, params, body }) => decideProposal(deps, tx, work, params.id, body),
  })
}
