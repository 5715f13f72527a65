import * as z from 'zod/mini'
import { noticeStates, objectionStates } from './state.ts'

/** What a notice may be about. */
export const noticeKinds = ['honour', 'family', 'hardship', 'other'] as const
export type NoticeKind = (typeof noticeKinds)[number]
export const noticeKindWords: Readonly<Record<NoticeKind, string>> = {
  honour: '评选表彰',
  family: '最美家庭',
  hardship: '困难帮扶',
  other: '其他',
}

const head = {
  id: z.string(),
  kind: z.enum(noticeKinds),
  title: z.string(),
  organiser: z.string(),
  openedOn: z.string(),
  closesOn: z.string(),
  days: z.number(),
  state: z.enum(noticeStates),
}

/** GET /api/public-notices: what is open, and what closed lately. */
export const notices = z.array(z.strictObject({ ...head, count: z.number() }))
export type Notices = z.infer<typeof notices>

export const noticeLine = z.strictObject({
  line: z.number(),
  name: z.string(),
  unitName: z.string(),
  detail: z.string(),
})
export type NoticeLine = z.infer<typeof noticeLine>

/** GET /api/public-notices/:id */
export const publicNotice = z.strictObject({
  ...head,
  note: z.string(),
  shownUntil: z.string(),
  lines: z.array(noticeLine),
  isDemo: z.boolean(),
})
export type PublicNotice = z.infer<typeof publicNotice>

/** POST /api/public-notices/:id/objections: anybody, with or without a way to reach her. */
export const newObjection = z.strictObject({
  line: z.nullable(z.int32()),
  body: z.string().check(z.trim(), z.maxLength(1000)),
  contact: z.string().check(z.trim(), z.maxLength(100)),
})
export type NewObjection = z.infer<typeof newObjection>
export const raised = z.strictObject({ receipt: z.string() })

/** POST /api/public-notice-objections/look: the receipt opens the answer; it travels in bodies only, never in an address that is logged. */
export const objectionReceipt = z.strictObject({ receipt: z.string().check(z.maxLength(60)) })
export const objectionAnswer = z.strictObject({
  title: z.string(),
  raisedOn: z.string(),
  state: z.enum(objectionStates),
  answer: z.string(),
  answeredOn: z.nullable(z.string()),
})
export type ObjectionAnswer = z.infer<typeof objectionAnswer>

/** GET /api/public-notice-desk: notices of the own unit, with what was brought against them. */
export const desk = z.array(
  z.strictObject({
    ...head,
    count: z.number(),
    objections: z.array(
      z.strictObject({
        id: z.string(),
        line: z.nullable(z.number()),
        about: z.string(),
        body: z.string(),
        contact: z.string(),
        raisedOn: z.string(),
        state: z.enum(objectionStates),
        answer: z.string(),
        answeredOn: z.nullable(z.string()),
      }),
    ),
  }),
)
export type Desk = z.infer<typeof desk>

/** POST /api/public-notice-objections/:id/answer */
export const newAnswer = z.strictObject({
  verdict: z.enum(['valid', 'invalid']),
  answer: z.string().check(z.trim(), z.maxLength(500)),
})
export type NewAnswer = z.infer<typeof newAnswer>
