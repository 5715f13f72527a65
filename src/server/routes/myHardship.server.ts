import { fileDone } from '#hardship/api.ts'
import { askForAid, mendMine, readMyHardship, readMyWords, recallMine } from '#hardship/mine.server.ts'
import * as api from '#hardship/mineApi.ts'
import type { Deps } from '../deps.server.ts'
import { idParam, noBody, none, type Routes } from '../route.server.ts'

const own = {
  policy: 'hardship.own',
  sensitive: true,
  query: none,
  params: none,
  reveals: ['hardship', 'person'],
} as const

/** Hardship aid that a woman asks for herself; who deals with it: hardship.server.ts. */
export function myHardshipRoutes({ add }: Routes, deps: Deps): void {
  add({
    ...own,
    method: 'GET',
    url: '/api/my/hardship',
    summary: '我的困难帮扶申请',
    body: noBody,
    reply: api.myHardship,
    handler: ({ tx, actor }) => readMyHardship(deps, tx, actor),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/my/hardship',
    summary: '本人申请困难帮扶',
    body: api.myApplication,
    reply: fileDone,
    handler: ({ tx, work, body }) => askForAid(deps, tx, work, body),
  })
  add({
    ...own,
    method: 'PUT',
    url: '/api/my/hardship/:id',
    summary: '本人补正申请',
    params: idParam,
    body: api.myMending,
    reply: fileDone,
    handler: ({ tx, work, params, body }) => mendMine(deps, tx, work, params.id, body),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/my/hardship/:id/recall',
    summary: '本人撤回申请',
    params: idParam,
    body: api.myRecall,
    reply: fileDone,
    handler: ({ tx, work, params, body }) => recallMine(deps, tx, work, params.id, body),
  })
  add({
    ...own,
    method: 'POST',
    url: '/api/my/hardship/:id/reveals',
    summary: '查看自己填写的家庭情况',
    // The values must not stand among the stored answers.
    keyless: true,
    params: idParam,
    body: noBody,
    reply: api.myWords,
    handler: ({ tx, actor, params }) => readMyWords(deps, tx, actor, params.id),
  })
}
