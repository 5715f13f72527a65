import { bytesOf } from '#intake/receive.server.ts'
import { allot } from '#screening/allot.server.ts'
import * as api from '#screening/api.ts'
import { bookWomen, cancelWomen, declineWomen, listWomen } from '#screening/entries.server.ts'
import { listEntries } from '#screening/entryList.server.ts'
import type { CameRow, Workbook } from '#screening/exchange.ts'
import { endFollow, listFollows } from '#screening/follow.server.ts'
import { endHandler, listHandlers, nameHandler } from '#screening/hands.server.ts'
import { hospitalBook, readCameFile, takeCame } from '#screening/hospital.server.ts'
import { listMembers } from '#screening/match.server.ts'
import { listRounds, readRound } from '#screening/read.server.ts'
import { editRound, makeRound, setDays, setTold, stepRound } from '#screening/round.server.ts'
import type { Deps } from '../deps.server.ts'
import { pageQuery, rowsBefore } from '../pages.server.ts'
import { done, idParam, noBody, none, Raw, type Routes } from '../route.server.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const ok = { ok: true as const }
const plain = { sensitive: true, query: none, params: idParam, reveals: [] } as const
/** Names of women: each answer is noted for them. */
const named = { sensitive: true, query: none, params: idParam, reveals: ['person'] } as const

/** Screening rounds: what is planned and handed on. */
export function screeningRoutes(routes: Routes, deps: Deps): void {
  const { add } = routes
  add({
    ...plain,
    method: 'GET',
    url: '/api/screening/rounds',
    policy: 'screening.read',
    summary: '“两癌”筛查轮次',
    params: none,
    query: pageQuery,
    body: noBody,
    reply: api.roundList,
    handler: ({ tx, actor, query }) => listRounds(tx, actor, rowsBefore(query)),
  })
  add({
    ...plain,
    method: 'POST',
    url: '/api/screening/rounds',
    policy: 'screening.lead',
    summary: '新建轮次',
    params: none,
    body: api.newRound,
    reply: api.roundDone,
    handler: ({ tx, work, body }) => makeRound(deps, tx, work, body),
  })
  add({
    ...plain,
    method: 'GET',
    url: '/api/screening/rounds/:id',
    policy: 'screening.read',
    summary: '一个轮次：名额、医院日期和人数',
    body: noBody,
    reply: api.roundDetail,
    handler: ({ tx, actor, params }) => readRound(tx, actor, params.id),
  })
  add({
    ...plain,
    method: 'PUT',
    url: '/api/screening/rounds/:id',
    policy: 'screening.lead',
    summary: '修改还没有开始的轮次',
    body: api.roundEdit,
    reply: api.roundDone,
    handler: ({ tx, work, params, body }) => editRound(tx, work, params.id, body),
  })
  add({
    ...plain,
    method: 'PUT',
    url: '/api/screening/rounds/:id/days',
    policy: 'screening.lead',
    summary: '医院的日期和容量',
    body: api.newDays,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await setDays(tx, work, params.id, body.days)
      return ok
    },
  })
  add({
    ...plain,
    method: 'POST',
    url: '/api/screening/rounds/:id/steps',
    policy: 'screening.lead',
    summary: '开始或结束轮次',
    body: api.roundStep,
    reply: api.roundDone,
    handler: ({ tx, work, params, body }) => stepRound(deps, tx, work, params.id, body),
  })
  add({
    ...plain,
    method: 'PUT',
    url: '/api/screening/rounds/:id/satisfaction',
    policy: 'screening.lead',
    summary: '满意度：三个人数',
    body: api.told,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await setTold(tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...plain,
    method: 'PUT',
    url: '/api/screening/rounds/:id/allotments',
    policy: 'screening.allot',
    summary: '分配定向名额',
    body: api.newAllotment,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await allot(tx, work, params.id, body)
      return ok
    },
  })
  womenRoutes(routes, deps)
  hospitalRoutes(routes, deps)
  handlerRoutes(routes)
}

function womenRoutes({ add }: Routes, deps: Deps): void {
  add({
    ...named,
    method: 'GET',
    url: '/api/screening/rounds/:id/members',
    policy: 'screening.list',
    summary: '与会员登记比对：应查的和还没到时候的',
    query: api.memberQuery,
    body: noBody,
    reply: api.memberList,
    handler: ({ tx, actor, params, query }) => listMembers(deps, tx, actor, params.id, query.standing),
  })
  add({
    ...named,
    method: 'GET',
    url: '/api/screening/rounds/:id/entries',
    policy: 'screening.list',
    summary: '名单：预约和到检',
    query: api.entryQuery,
    body: noBody,
    reply: api.entryList,
    handler: ({ tx, actor, params, query }) => listEntries(deps, tx, actor, params.id, query.state),
  })
  add({
    ...named,
    method: 'POST',
    url: '/api/screening/rounds/:id/entries',
    policy: 'screening.list',
    summary: '列入名单',
    body: api.newEntries,
    reply: api.counted,
    handler: ({ tx, work, params, body }) => listWomen(deps, tx, work, params.id, body),
  })
  add({
    ...named,
    method: 'POST',
    url: '/api/screening/rounds/:id/refusals',
    policy: 'screening.list',
    summary: '登记本人不参加',
    body: api.declining,
    reply: api.counted,
    handler: ({ tx, work, params, body }) => declineWomen(deps, tx, work, params.id, body.personIds),
  })
  add({
    ...named,
    method: 'POST',
    url: '/api/screening/rounds/:id/bookings',
    policy: 'screening.list',
    summary: '预约或改约医院和日期',
    body: api.booking,
    reply: api.counted,
    handler: ({ tx, work, params, body }) => bookWomen(deps, tx, work, params.id, body),
  })
  add({
    ...named,
    method: 'POST',
    url: '/api/screening/rounds/:id/cancellations',
    policy: 'screening.list',
    summary: '取消，名额和日期退回',
    body: api.cancelling,
    reply: api.counted,
    handler: ({ tx, work, params, body }) => cancelWomen(tx, work, params.id, body.entryIds),
  })
}

function hospitalRoutes({ add }: Routes, deps: Deps): void {
  const file = ({ name, book }: Workbook) => new Raw(xlsx, name, () => deps.sheets.write(book))
  add({
    ...named,
    method: 'POST',
    url: '/api/screening/rounds/:id/list',
    policy: 'screening.handOver',
    summary: '给医院的预约名单：姓名、手机号码、预约编码和日期',
    keyless: true,
    body: api.listOf,
    reply: none,
    handler: async ({ tx, work, params, body }) =>
      file(await hospitalBook(deps, tx, work, params.id, body.hospital)),
  })
  add({
    ...named,
    method: 'PUT',
    url: '/api/screening/rounds/:id/attendance',
    policy: 'screening.attend',
    summary: '导入到检，按预约编码，重复导入不变',
    reveals: ['person', 'record'],
    body: noBody,
    reply: api.answered,
    receive: bytesOf,
    prepare: ({ received }) => readCameFile(deps, received as Buffer),
    handler: ({ tx, work, params, prepared }) => takeCame(deps, tx, work, params.id, prepared as CameRow[]),
  })
  add({
    ...named,
    method: 'GET',
    url: '/api/screening/rounds/:id/follows',
    policy: 'screening.attend',
    summary: '随访：请本人联系医院的',
    body: noBody,
    reply: api.follows,
    handler: ({ tx, actor, params }) => listFollows(deps, tx, actor, params.id),
  })
  add({
    ...named,
    method: 'PUT',
    url: '/api/screening/rounds/:id/follows',
    policy: 'screening.attend',
    summary: '登记本人已联系医院',
    body: api.followEnd,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await endFollow(deps, tx, work, params.id, body.entryId)
      return ok
    },
  })
}

function handlerRoutes({ add }: Pick<Routes, 'add'>): void {
  add({
    ...plain,
    method: 'GET',
    url: '/api/screening/rounds/:id/handlers',
    policy: 'screening.name',
    summary: '轮次的经办人',
    body: noBody,
    reply: api.handlers,
    handler: ({ tx, actor, params }) => listHandlers(tx, actor, params.id),
  })
  add({
    ...plain,
    method: 'POST',
    url: '/api/screening/rounds/:id/handlers',
    policy: 'screening.name',
    summary: '指定经办人',
    body: api.newHandler,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await nameHandler(tx, work, params.id, body)
      return ok
    },
  })
  add({
    ...plain,
    method: 'DELETE',
    url: '/api/screening/handlers/:id',
    policy: 'screening.name',
    summary: '不再指定',
    body: noBody,
    reply: done,
    handler: async ({ tx, work, params }) => {
      await endHandler(tx, work, params.id)
      return ok
    },
  })
}
