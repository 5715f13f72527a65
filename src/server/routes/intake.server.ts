import type { UnitOfWork } from '#audit/unitOfWork.server.ts'
import * as api from '#intake/api.ts'
import { hasRows, markedOf, templateOf } from '#intake/books.server.ts'
import { commit, undo } from '#intake/commit.server.ts'
import { progressOf, watched } from '#intake/progress.server.ts'
import { bytesOf, readFile } from '#intake/receive.server.ts'
import { detail, list, listFaults, listRows } from '#intake/look.server.ts'
import {
  dropIntake,
  fillCells,
  keep,
  setCells,
  setChoices,
  setMapping,
  type Mended,
} from '#intake/mend.server.ts'
import { arrive, mustMay, open, readUpload, targetOf, type Arrived } from '#intake/staging.server.ts'
import { Problem } from '#kit/problem.ts'
import type { Cell } from '#paper/sheet/cell.ts'
import { inviteAll } from '#onboarding/invitations.server.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, Raw, type Routes } from '../route.server.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const own = { policy: 'intake.own', sensitive: true } as const

/** What stands leaves in a template as it does in an export: who took how many rows of what is kept. */
function noteTaken(work: UnitOfWork, target: string, rows: Record<string, Cell[][]>): void {
  const taken = Object.values(rows).reduce((sum, list) => sum + list.length, 0)
  if (taken === 0) return
  const { id, districtId } = work.actor.org
  work.audit({ districtId, action: 'intake.take', object: `org:${id}`, fields: [target, String(taken)] })
}

/** Workbooks on their way in: whose they are sees them, nobody else. Each target's own right is asked besides. */
export function intakeRoutes({ add }: Routes, deps: Deps): void {
  add({
    ...own,
    method: 'GET',
    url: '/api/intake-templates/:target',
    reveals: ['record'],
    summary: '下载导入模板，可以带上去年填过的内容',
    noted: true,
    params: api.targetParam,
    query: api.templateQuery,
    body: noBody,
    reply: none,
    handler: async ({ tx, work, params, query }) => {
      const { actor } = work
      const target = targetOf(deps, params.target)
      mustMay(actor, target.enterBy)
      const org = actor.org.name
      if (query.rows === 'standing') {
        if (!target.standing) throw Problem.notFound()
        const given = { org, rows: await target.standing(deps, tx, actor), isStanding: true }
        noteTaken(work, target.key, given.rows)
        return new Raw(xlsx, `现有${target.label}.xlsx`, await deps.sheets.write(templateOf(target, given)))
      }
      const rows = query.rows || target.startsWith ? await target.lastYear?.(deps, tx, actor) : undefined
      if (rows) noteTaken(work, target.key, rows)
      const name = `${target.label}导入模板${query.rows && rows && hasRows(rows) ? '（带上年数据）' : ''}.xlsx`
      return new Raw(xlsx, name, await deps.sheets.write(templateOf(target, { org, rows })))
    },
  })
  add({
    ...own,
    method: 'GET',
    url: '/api/intakes',
    reveals: ['intake'],
    summary: '我导入的表格',
    params: none,
    query: none,
    body: noBody,
    reply: api.intakeList,
    handler: ({ tx, actor }) => list(deps, tx, actor),
  })
  add({
    ...own,
    method: 'PUT',
    url: '/api/intakes/:id',
    reveals: ['intake'],
    summary: '上传一份表格，核对但不导入',
    params: idParam,
    query: api.intakeUpload,
    body: noBody,
    reply: api.intakeDone,
    receive: bytesOf,
    prepare: async ({ actor, params, query, received }) => {
      const target = targetOf(deps, query.target)
      mustMay(actor, target.enterBy)
      const read = await readUpload(target, await readFile(deps, target, received as Buffer))
      return arrive(deps, actor, target, params.id, query.name, read)
    },
    handler: ({ tx, work, params, query, prepared }) =>
      open(tx, work, targetOf(deps, query.target), params.id, prepared as Arrived),
  })
  add({
    ...own,
    method: 'GET',
    url: '/api/intakes/:id',
    reveals: ['intake'],
    summary: '一份表格：栏目对应和核对结果',
    params: idParam,
    query: none,
    body: noBody,
    reply: api.intakeDetail,
    handler: ({ tx, actor, params }) => detail(deps, tx, actor, params.id),
  })
  add({
    ...own,
    method: 'GET',
    url: '/api/intakes/:id/rows',
    reveals: ['intake'],
    summary: '一份表格的各行',
    params: idParam,
    query: api.rowsQuery,
    body: noBody,
    reply: api.rowList,
    handler: ({ tx, actor, params, query }) => listRows(deps, tx, actor, params.id, query),
  })
  add({
    ...own,
    method: 'GET',
    url: '/api/intakes/:id/faults',
    reveals: ['intake'],
    summary: '有错和疑似重复的行在哪里',
    params: idParam,
    query: api.faultsQuery,
    body: noBody,
    reply: api.faultList,
    handler: ({ tx, actor, params, query }) => listFaults(deps, tx, actor, params.id, query.sheet),
  })
  add({
    ...own,
    method: 'GET',
    url: '/api/intakes/:id/progress',
    reveals: [],
    summary: '正在进行的导入到了第几行（服务器推送）',
    params: idParam,
    query: api.progressQuery,
    body: noBody,
    reply: none,
    handler: ({ actor, params, query }) =>
      Promise.resolve(
        new Raw('text/event-stream', 'progress', progressOf(actor, params.id, query.wait !== undefined)),
      ),
  })
  add({
    ...own,
    method: 'GET',
    url: '/api/intakes/:id/marked',
    noted: 'file',
    reveals: ['intake'],
    summary: '下载标注后的表格',
    params: idParam,
    query: none,
    body: noBody,
    reply: none,
    handler: async ({ tx, actor, params }) => {
      const { name, bytes } = await markedOf(deps, tx, actor, params.id)
      return new Raw(xlsx, `${name.replace(/\.[^.]*$/, '')}（已核对）.xlsx`, bytes)
    },
  })
  changes({ add }, deps)
}

function changes({ add }: Pick<Routes, 'add'>, deps: Deps): void {
  add({
    ...own,
    method: 'PUT',
    url: '/api/intakes/:id/mapping',
    reveals: ['intake'],
    summary: '确认栏目对应',
    params: idParam,
    query: none,
    body: api.mappingBody,
    reply: api.intakeDone,
    prepare: ({ actor, params, body }) => setMapping(deps, actor, params.id, body),
    handler: ({ tx, work, params, body, prepared }) =>
      keep(deps, tx, work, params.id, body.version, prepared as Mended | null),
  })
  add({
    ...own,
    method: 'PUT',
    url: '/api/intakes/:id/cells',
    reveals: ['intake'],
    summary: '就地修改',
    params: idParam,
    query: none,
    body: api.cellsBody,
    reply: api.intakeDone,
    prepare: ({ actor, params, body }) => setCells(deps, actor, params.id, body),
    handler: ({ tx, work, params, body, prepared }) =>
      keep(deps, tx, work, params.id, body.version, prepared as Mended | null),
  })
  add({
    ...own,
    method: 'PUT',
    url: '/api/intakes/:id/fill',
    reveals: ['intake'],
    summary: '一次填写或替换一栏的多个单元格',
    params: idParam,
    query: none,
    body: api.fillBody,
    reply: api.filled,
    prepare: ({ actor, params, body }) => fillCells(deps, actor, params.id, body),
    handler: async ({ tx, work, params, body, prepared }) => {
      const mended = prepared as Mended | null
      const kept = await keep(deps, tx, work, params.id, body.version, mended)
      return { ...kept, cells: mended?.touched ?? 0 }
    },
  })
  add({
    ...own,
    method: 'PUT',
    url: '/api/intakes/:id/choices',
    reveals: ['intake'],
    summary: '疑似重复的行：跳过、更新或仍新增',
    params: idParam,
    query: none,
    body: api.choicesBody,
    reply: api.intakeDone,
    prepare: ({ actor, params, body }) => setChoices(deps, actor, params.id, body),
    handler: ({ tx, work, params, body, prepared }) =>
      keep(deps, tx, work, params.id, body.version, prepared as Mended | null),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/intakes/:id/commit',
    reveals: ['intake', 'person', 'record'],
    summary: '导入',
    params: idParam,
    query: none,
    body: api.commitBody,
    reply: api.commitDone,
    handler: ({ tx, work, params, body }) =>
      watched(work.actor, params.id, (tell) => commit(deps, tx, work, params.id, body, tell)),
  })
  add({
    method: 'POST',
    url: '/api/intakes/:id/invitations',
    policy: 'account.invite',
    sensitive: true,
    reveals: ['intake', 'account'],
    summary: '生成这份表格所建账号的邀请链接（只显示一次）',
    keyless: true,
    params: idParam,
    query: none,
    body: noBody,
    reply: api.invitedList,
    handler: ({ tx, work, params }) => inviteAll(deps, tx, work, params.id),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/intakes/:id/undo',
    reveals: ['intake', 'person', 'record'],
    summary: '撤销这次导入',
    params: idParam,
    query: none,
    body: noBody,
    reply: api.undoDone,
    handler: ({ tx, work, params }) => undo(deps, tx, work, params.id),
  })
  add({
    ...own,
    method: 'DELETE',
    url: '/api/intakes/:id',
    reveals: ['intake'],
    summary: '移除一份表格',
    params: idParam,
    query: none,
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params }) => {
      await dropIntake(deps, tx, work, params.id)
      return { ok: true as const }
    },
  })
}
