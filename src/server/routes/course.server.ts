import * as z from 'zod/mini'
import * as api from '#course/api.ts'
import {
  finishCourse,
  listCourses,
  listOpenCourses,
  readCourse,
  readMyCourse,
  readMyCourses,
  readOpenCourse,
} from '#course/read.server.ts'
import { editCourse, makeCourse, recordCourse, stepCourse } from '#course/run.server.ts'
import { dropSent } from '#record/typed.server.ts'
import { sentTyped } from '#record/typedApi.ts'
import type { Deps } from '../deps.server.ts'
import { idParam, noBody, none, type Routes } from '../route.server.ts'

const ours = { query: none, policy: 'course.run', reveals: [], sensitive: true } as const
const hers = { query: none, policy: 'course.own', reveals: [], sensitive: true } as const
const anybodys = { query: none, policy: 'course.open', reveals: [] } as const

/** Courses on line: read by anybody, finished by a woman herself, run by their unit. */
export function courseRoutes({ add }: Routes, deps: Deps): void {
  add({
    ...anybodys,
    method: 'GET',
    url: '/api/open-courses',
    summary: '面向全市的网上课程，不用登录',
    params: none,
    body: noBody,
    reply: api.courseList,
    handler: ({ tx }) => listOpenCourses(tx),
  })
  add({
    ...anybodys,
    method: 'GET',
    url: '/api/open-courses/:id',
    summary: '一门面向全市的网上课程，不用登录',
    params: idParam,
    body: noBody,
    reply: api.openCourse,
    handler: ({ tx, params }) => readOpenCourse(tx, params.id),
  })
  add({
    ...hers,
    method: 'GET',
    url: '/api/my/courses',
    summary: '可以学和已经学完的网上课程',
    params: none,
    body: noBody,
    reply: api.myCourses,
    handler: ({ tx, actor }) => readMyCourses(tx, actor),
  })
  add({
    ...hers,
    method: 'GET',
    url: '/api/my/courses/:id',
    summary: '一门网上课程',
    params: idParam,
    body: noBody,
    reply: api.myCourse,
    handler: ({ tx, actor, params }) => readMyCourse(tx, actor, params.id),
  })
  add({
    ...hers,
    method: 'POST',
    url: '/api/my/courses/:id/done',
    summary: '学完了',
    params: idParam,
    body: noBody,
    reply: api.myCourse,
    handler: ({ tx, work, params }) => finishCourse(deps, tx, work, params.id),
  })
  runRoutes({ add }, deps)
}

function runRoutes({ add }: Pick<Routes, 'add'>, deps: Deps): void {
  add({
    ...ours,
    method: 'GET',
    url: '/api/courses',
    summary: '本单位的网上课程',
    params: none,
    body: noBody,
    reply: api.courseList,
    handler: ({ tx, actor }) => listCourses(tx, actor),
  })
  add({
    ...ours,
    method: 'POST',
    url: '/api/courses',
    summary: '新建网上课程',
    params: none,
    body: z.strictObject({ ...api.newCourse.shape, ...sentTyped }),
    reply: api.courseDone,
    handler: async ({ tx, work, body: { typed, ...given } }) => {
      const made = await makeCourse(deps, tx, work, given)
      await dropSent(tx, work.actor, 'course:new', typed)
      return made
    },
  })
  add({
    ...ours,
    method: 'GET',
    url: '/api/courses/:id',
    summary: '一门网上课程和学完的人数',
    params: idParam,
    body: noBody,
    reply: api.courseDetail,
    handler: ({ tx, actor, params }) => readCourse(tx, actor, params.id),
  })
  add({
    ...ours,
    method: 'PUT',
    url: '/api/courses/:id',
    summary: '修改还没有开课的网上课程',
    params: idParam,
    body: z.strictObject({ ...api.courseEdit.shape, ...sentTyped }),
    reply: api.courseDone,
    handler: async ({ tx, work, params, body: { typed, ...given } }) => {
      const edited = await editCourse(tx, work, params.id, given)
      await dropSent(tx, work.actor, `course:${params.id}`, typed)
      return edited
    },
  })
  add({
    ...ours,
    method: 'POST',
    url: '/api/courses/:id/steps',
    summary: '开课、结课，或删除草稿',
    params: idParam,
    body: api.courseStep,
    reply: api.courseDone,
    handler: ({ tx, work, params, body }) => stepCourse(deps, tx, work, params.id, body),
  })
  add({
    ...ours,
    reveals: ['record'],
    method: 'POST',
    url: '/api/courses/:id/record',
    summary: '把学完的人次计入女职工教育培训',
    params: idParam,
    body: api.courseRecord,
    reply: api.courseRecordDone,
    handler: ({ tx, work, params, body }) =>
      recordCourse(deps, tx, work, params.id, deps.findProgramme('training')!, body.hours),
  })
}
