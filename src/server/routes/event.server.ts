import * as z from 'zod/mini'
import * as api from '#signup/api.ts'
import { codeOf, recordOf, tickOff } from '#signup/attend.server.ts'
import { receivedOf } from '#signup/clock.server.ts'
import { answerNoShow, decideEntry, enterOthers } from '#signup/enter.server.ts'
import { editEvent, makeEvent } from '#signup/event.server.ts'
import { listOpenEvents, readsEvent } from '#signup/open.server.ts'
import { openEvents } from '#signup/openApi.ts'
import { candidatesOf, listEvents, printList, readDraw, readEvent } from '#signup/read.server.ts'
import { changeCap, drawNow, sayWord, stepEvent } from '#signup/step.server.ts'
import { dropSent } from '#record/typed.server.ts'
import { uuid } from '#record/api.ts'
import { sentTyped } from '#record/typedApi.ts'
import type { Deps } from '../deps.server.ts'
import { done, idParam, noBody, none, Raw, type Routes } from '../route.server.ts'

const ok = { ok: true as const }
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
/** Opened by the session's token: the database shows entries to her, to her unit and to the organiser. */
const one = { query: none, params: idParam, reveals: [], sensitive: true } as const

/** Events with places: set up, put up, kept and ended by their organiser. */
export function eventRoutes({ add }: Routes, deps: Deps): void {
  add({
    method: 'GET',
    url: '/api/draws/:id',
    policy: 'event.draw',
    reveals: [],
    summary: '抽签的公开材料：面向全市的不用登录，只面向本单位的要能看到这项活动',
    params: idParam,
    query: none,
    body: noBody,
    reply: api.publicDraw,
    prepare: ({ request, params }) => readsEvent(deps, request, params.id),
    handler: ({ tx, params, prepared }) => readDraw(tx, params.id, prepared === true),
  })
  add({
    method: 'GET',
    url: '/api/open-events',
    policy: 'event.open',
    reveals: [],
    summary: '面向全市、正在报名或即将报名的活动，不用登录',
    params: none,
    query: none,
    body: noBody,
    reply: openEvents,
    handler: ({ tx }) => listOpenEvents(deps, tx),
  })
  add({
    method: 'GET',
    sensitive: true,
    url: '/api/events',
    policy: 'event.read',
    reveals: [],
    summary: '本单位的活动，或可以为会员报名的活动',
    params: none,
    query: api.eventQuery,
    body: noBody,
    reply: api.eventList,
    handler: ({ tx, actor, query }) => listEvents(deps, tx, actor, query.box ?? 'own'),
  })
  add({
    method: 'POST',
    sensitive: true,
    url: '/api/events',
    policy: 'event.run',
    reveals: [],
    summary: '新建活动',
    params: none,
    query: none,
    // A copy of an earlier event was typed under its name.
    body: z.strictObject({ ...api.newEvent.shape, ...sentTyped, like: z.optional(uuid) }),
    reply: api.eventDone,
    handler: async ({ tx, work, body: { typed, like, ...given } }) => {
      const made = await makeEvent(deps, tx, work, given)
      await dropSent(tx, work.actor, `event:${like === undefined ? 'new' : `like ${like}`}`, typed)
      return made
    },
  })
  add({
    ...one,
    method: 'GET',
    url: '/api/events/:id',
    policy: 'event.read',
    summary: '一项活动：名额、报名名单、签到',
    body: noBody,
    reply: api.eventDetail,
    handler: ({ tx, actor, params }) => readEvent(deps, tx, actor, params.id),
  })
  add({
    ...one,
    method: 'PUT',
    url: '/api/events/:id',
    policy: 'event.run',
    summary: '修改还没有发布的活动',
    body: z.strictObject({ ...api.eventEdit.shape, ...sentTyped }),
    reply: api.eventDone,
    handler: async ({ tx, work, params, body: { typed, ...given } }) => {
      const edited = await editEvent(deps, tx, work, params.id, given)
      await dropSent(tx, work.actor, `event:${params.id}`, typed)
      return edited
    },
  })
  add({
    ...one,
    method: 'POST',
    url: '/api/events/:id/steps',
    policy: 'event.run',
    summary: '发布、提前截止、取消、结束登记、删除草稿',
    body: api.eventStep,
    reply: api.eventDone,
    handler: ({ tx, work, params, body }) => stepEvent(deps, tx, work, params.id, body),
  })
  add({
    ...one,
    method: 'PUT',
    url: '/api/events/:id/cap',
    policy: 'event.run',
    summary: '调整名额',
    body: api.newCap,
    reply: api.promotedDone,
    handler: ({ tx, work, params, body }) => changeCap(deps, tx, work, params.id, body.cap),
  })
  add({
    ...one,
    method: 'POST',
    url: '/api/events/:id/draw',
    policy: 'event.run',
    summary: '填写公开数值并抽签',
    body: api.newDraw,
    reply: api.promotedDone,
    handler: ({ tx, work, params, body }) => drawNow(deps, tx, work, params.id, body.value),
  })
  add({
    ...one,
    method: 'POST',
    url: '/api/events/:id/words',
    policy: 'event.run',
    summary: '通知已有名额的人',
    body: api.newWord,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await sayWord(deps, tx, work, params.id, body.body)
      return ok
    },
  })
  add({
    ...one,
    method: 'GET',
    url: '/api/events/:id/list',
    policy: 'event.run',
    noted: 'file',
    summary: '活动报名名单',
    body: noBody,
    reply: none,
    handler: async ({ tx, actor, params }) => {
      const { name, book } = await printList(deps, tx, actor, params.id)
      return new Raw(xlsx, name, () => deps.sheets.write(book))
    },
  })
  entryRoutes({ add }, deps)
  attendanceRoutes({ add }, deps)
}

function entryRoutes({ add }: Pick<Routes, 'add'>, deps: Deps): void {
  add({
    ...one,
    method: 'GET',
    url: '/api/events/:id/candidates',
    policy: 'event.proxy',
    summary: '本单位还没有报名的会员',
    query: api.candidateQuery,
    body: noBody,
    reply: api.candidates,
    handler: ({ tx, actor, params, query }) => candidatesOf(tx, actor, params.id, query.q ?? ''),
  })
  add({
    ...one,
    method: 'POST',
    url: '/api/events/:id/enrolments',
    policy: 'event.proxy',
    summary: '为本单位的会员报名',
    body: api.proxyEntries,
    reply: api.proxyDone,
    handler: ({ tx, work, params, body, reply }) =>
      enterOthers(tx, work, params.id, body.personIds, receivedOf(deps, reply)),
  })
  add({
    ...one,
    method: 'PUT',
    url: '/api/enrolments/:id/decision',
    policy: 'event.run',
    summary: '审核一条报名',
    body: api.decision,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await decideEntry(deps, tx, work, params.id, body.isTaken, body.reason ?? '')
      return ok
    },
  })
  add({
    ...one,
    method: 'PUT',
    url: '/api/enrolments/:id/no-show',
    policy: 'event.run',
    summary: '答复没有到场的申诉',
    body: api.noShowAnswer,
    reply: done,
    handler: async ({ tx, work, params, body }) => {
      await answerNoShow(tx, work, params.id, body.isExcused, body.answer)
      return ok
    },
  })
}

function attendanceRoutes({ add }: Pick<Routes, 'add'>, deps: Deps): void {
  add({
    ...one,
    method: 'GET',
    url: '/api/events/:id/code',
    policy: 'event.run',
    summary: '现场签到码，每分钟更换',
    body: noBody,
    reply: api.eventCode,
    handler: ({ tx, work, params }) => codeOf(deps, tx, work, params.id),
  })
  add({
    ...one,
    method: 'PUT',
    url: '/api/events/:id/attendance',
    policy: 'event.run',
    summary: '现场勾选或按纸质名单补录到场',
    body: api.attendance,
    reply: api.attendanceDone,
    handler: ({ tx, work, params, body }) => tickOff(deps, tx, work, params.id, body),
  })
  add({
    ...one,
    method: 'POST',
    url: '/api/events/:id/record',
    policy: 'event.run',
    reveals: ['record'],
    summary: '把签到计入女职工教育培训',
    body: api.newTraining,
    reply: api.recordDone,
    handler: ({ tx, work, params, body }) =>
      recordOf(deps, tx, work, params.id, deps.findProgramme('training')!, body),
  })
}
