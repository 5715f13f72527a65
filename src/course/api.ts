import * as z from 'zod/mini'
import { orgBrief } from '#org/api.ts'

const words = (most: number) => z.string().check(z.trim(), z.maxLength(most))

export const courseStates = ['draft', 'open', 'ended'] as const
export type CourseState = (typeof courseStates)[number]
export const courseStateWords: Readonly<Record<CourseState, string>> = {
  draft: '草稿',
  open: '正在开课',
  ended: '已结课',
}
export const mostPages = 30

export const coursePage = z.strictObject({ title: words(60), body: words(5000), video: words(300) })
export type CoursePage = z.infer<typeof coursePage>
/** POST /api/courses, PUT /api/courses/:id */
export const newCourse = z.strictObject({
  title: words(60),
  about: words(500),
  isPublic: z.boolean(),
  pages: z.array(coursePage).check(z.maxLength(mostPages)),
})
export type NewCourse = z.infer<typeof newCourse>
export const courseEdit = z.strictObject({ ...newCourse.shape, version: z.int32() })
export const courseDone = z.strictObject({ id: z.string(), state: z.enum(courseStates), version: z.number() })
export type CourseDone = z.infer<typeof courseDone>
/** POST /api/courses/:id/steps */
export const courseActs = ['open', 'end', 'drop'] as const
export type CourseAct = (typeof courseActs)[number]
export const courseStep = z.strictObject({ act: z.enum(courseActs), version: z.int32() })
/** POST /api/courses/:id/record */
export const courseRecord = z.strictObject({ hours: z.nullable(z.int()) })
export const courseRecordDone = z.strictObject({ recordId: z.string(), women: z.number() })

const courseShape = {
  id: z.string(),
  org: orgBrief,
  title: z.string(),
  about: z.string(),
  state: z.enum(courseStates),
  isPublic: z.boolean(),
  pageCount: z.number(),
}
export const courseLine = z.strictObject(courseShape)
export type CourseLine = z.infer<typeof courseLine>
/** GET /api/courses: of the actor's unit; GET /api/open-courses: of the whole city, for anybody. */
export const courseList = z.strictObject({ rows: z.array(courseLine) })
/** GET /api/courses/:id: to its organiser. */
export const courseDetail = z.strictObject({
  ...courseShape,
  version: z.number(),
  pages: z.array(coursePage),
  recordId: z.nullable(z.string()),
  persons: z.number(),
  women: z.number(),
})
export type CourseDetail = z.infer<typeof courseDetail>
/** GET /api/open-courses/:id */
export const openCourse = z.strictObject({ ...courseShape, pages: z.array(coursePage) })
export type OpenCourse = z.infer<typeof openCourse>

const myCourseShape = { ...courseShape, doneAt: z.nullable(z.string()) }
/** GET /api/my/courses */
export const myCourses = z.strictObject({
  isRegistered: z.boolean(),
  rows: z.array(z.strictObject(myCourseShape)),
})
export type MyCourses = z.infer<typeof myCourses>
/** GET /api/my/courses/:id */
export const myCourse = z.strictObject({ ...myCourseShape, pages: z.array(coursePage) })
export type MyCourse = z.infer<typeof myCourse>

/** Why a course cannot be finished by her. */
export const finishRefusals = {
  person: '您还没有登记在会员名册里，请先联系所在单位的女职工委员登记',
  ended: '这门课已经结课',
  outside: '这门课只面向主办单位和下级单位的女职工',
} as const
