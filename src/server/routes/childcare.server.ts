import * as z from 'zod/mini'
import * as api from '#childcare/api.ts'
import { editClass, makeClass, notePaper } from '#childcare/class.server.ts'
import { listClasses, openClassesNow, readClass } from '#childcare/read.server.ts'
import { noteReview, noteSession, setChildren } from '#childcare/register.server.ts'
import { addScan, findScan, takeScanBack } from '#childcare/scans.server.ts'
import { addStaff, certifyStaff, checkStaff, dropStaff } from '#childcare/staff.server.ts'
import { scanText } from '#childcare/states.ts'
import { stepClass } from '#childcare/step.server.ts'
import { Problem } from '#kit/problem.ts'
import { evidenceName } from '#record/evidence/api.ts'
import { receiveEvidence, type Received } from '#record/evidence/service.server.ts'
import type { FileStore } from '#record/evidence/store.server.ts'
import { dropSent } from '#record/typed.server.ts'
import { sentTyped } from '#record/typedApi.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, Raw, type Routes } from '../route.server.ts'

const ok = { ok: true as const }
/** All but the public page is opened by the session's token: the database shows classes to cadres in their own scope. */
const one = { query: none, params: idParam, reveals: [], sensitive: true } as const

/** Childcare classes, from the application to the acceptance. */
export function childcareRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/childcare/open',
    policy: 'childcare.open',
    reveals: [],
    summary: '公开的托管班，不用登录',
    params: none,
    query: none,
    body: noBody,
    reply: api.openClasses,
    handler: ({ tx }) => openClassesNow(deps, tx),
  })
  add({
    method: 'GET',
    sensitive: true,
    url: '/api/childcare/classes',
    policy: 'childcare.read',
    reveals: [],
    summary: '托管班',
    params: none,
    query: api.classQuery,
    body: noBody,
    reply: api.classList,
    handler: ({ tx, actor, query }) => listClasses(tx, actor, query.state),
  })
  add({
    method: 'POST',
    sensitive: true,
    url: '/api/childcare/classes',
    policy: 'childcare.run',
    reveals: [],
    summary: '新建托管班申请',
    params: none,
    query: none,
    body: z.strictObject({ ...api.newClass.shape, ...sentTyped }),
    reply: api.classDone,
    handler: async ({ tx, work, body: { typed, ...given } }) => {
      const made = await makeClass(deps, tx, work, given)
      await dropSent(tx, work.actor, 'childcare:new', typed)
      return made
    },
  })
  add({
    ...one,
    method: 'GET',
    url: '/api/childcare/classes/:id',
    policy: 'childcare.read',
    summary: '一个托管班：安全材料、工作人员、签到、评估和补助',
    body: noBody,
    reply: api.classDetail,
    handler: ({ tx, actor, params }) => readClass(deps, tx, actor, params.id),
  })
  add({
    ...one,
    method: 'PUT',
    url: '/api/childcare/classes/:id',
    policy: 'childcare.run',
    summary: '修改还没有提交的申请',
    body: z.strictObject({ ...api.classEdit.shape, ...sentTyped }),
    reply: api.classDone,
    handler: async ({ tx, work, params, body: { typed, ...given } }) => {
      const edited = await editClass(deps, tx, work, params.id, given)
      await dropSent(tx, work.actor, `childcare:${params.id}`, typed)
      return edited
    },
  })
  add({
    ...one,
    method: 'PUT',
    url: '/api/childcare/classes/:id/papers',
    policy: 'childcare.run',
    summary: '登记一项安全材料',
    body: api.paperLine,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await notePaper(deps, tx, work, params.id, body)
      return ok
    },
  })
  scanRoutes({ add }, deps)
  add({
    ...one,
    method: 'POST',
    url: '/api/childcare/classes/:id/staff',
    policy: 'childcare.run',
    summary: '登记工作人员',
    body: api.newStaff,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await addStaff(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...one,
    method: 'PUT',
    url: '/api/childcare/classes/:id/staff/:staffId',
    policy: 'childcare.run',
    summary: '登记入职查询的结果和日期，或健康证的有效期',
    params: api.staffParam,
    body: api.staffNote,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await ('healthUntil' in body
        ? certifyStaff(deps, tx, work, params.id, params.staffId, body)
        : checkStaff(deps, tx, work, params.id, params.staffId, body))
      return ok
    },
  })
  add({
    ...one,
    method: 'DELETE',
    url: '/api/childcare/classes/:id/staff/:staffId',
    policy: 'childcare.run',
    summary: '移出工作人员，查询结果一并删除；不得录用的留到班级结束',
    params: api.staffParam,
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params }) => {
      await dropStaff(deps, tx, work, params.id, params.staffId)
      return ok
    },
  })
  registerRoutes({ add }, deps)
}

/** The scan of a paper of safety, for whoever may read the class. */
function scanRoutes({ add }: Pick<Routes, 'add'>, deps: Deps): void {
  const store = (): FileStore => {
    if (!deps.files) throw Problem.notFound()
    return deps.files
  }
  const url = '/api/childcare/classes/:id/papers/:kind/scan'
  add({
    ...one,
    method: 'PUT',
    url,
    policy: 'childcare.run',
    summary: '上传一项安全材料的扫描件，替换原来的',
    params: api.scanParam,
    query: evidenceName,
    body: noBody,
    reply: done,
    receive: (stream) => receiveEvidence(store(), stream, scanText),
    handler: async ({ tx, work, params, query, received }) => {
      await addScan(tx, work, params.id, params.kind, { name: query.name, ...(received as Received) })
      return ok
    },
  })
  add({
    ...one,
    method: 'POST',
    url: `${url}/withdrawal`,
    policy: 'childcare.run',
    summary: '撤回传错的扫描件，写明理由',
    params: api.scanParam,
    body: api.scanBack,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await takeScanBack(deps, tx, work, params.id, params.kind, body.reason)
      return ok
    },
  })
  add({
    ...one,
    method: 'GET',
    url,
    policy: 'childcare.read',
    summary: '打开一项安全材料的扫描件',
    noted: 'file',
    params: api.scanParam,
    body: noBody,
    reply: none,
    handler: async ({ tx, actor, params }) => {
      const { type, name, hash } = await findScan(tx, actor, params.id, params.kind)
      const bytes = store().read(hash, false)
      if (bytes === null) throw Problem.notFound()
      return new Raw(type, name, bytes)
    },
  })
}

function registerRoutes({ add }: Pick<Routes, 'add'>, deps: Deps): void {
  add({
    ...one,
    method: 'PUT',
    url: '/api/childcare/classes/:id/children',
    policy: 'childcare.run',
    summary: '在托子女人数',
    body: api.enrolled,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await setChildren(deps, tx, work, params.id, body.children)
      return ok
    },
  })
  add({
    ...one,
    method: 'PUT',
    url: '/api/childcare/classes/:id/sessions',
    policy: 'childcare.run',
    summary: '一天的到班人数',
    body: api.sessionNote,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await noteSession(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...one,
    method: 'POST',
    url: '/api/childcare/classes/:id/reviews',
    policy: 'childcare.review',
    summary: '登记第三方评估',
    body: api.newReview,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await noteReview(deps, tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...one,
    method: 'POST',
    url: '/api/childcare/classes/:id/steps',
    policy: 'childcare.step',
    reveals: ['record'],
    summary: '提交、审核、公布、撤下、结班、验收',
    body: api.classStep,
    reply: api.classDone,
    handler: ({ tx, work, params, body }) => stepClass(deps, tx, work, params.id, body),
  })
}
