import * as z from 'zod/mini'
import { isDay } from '#kit/day.ts'
import { orgBrief } from '#org/api.ts'
import { uuid } from '#record/api.ts'

const line = (most: number) => z.string().check(z.trim(), z.maxLength(most))

/** Documents of one notice. */
export const mostFiles = 10

/** PUT /api/bulletin-files/:id, the bytes as body. */
export const bulletinFile = z.strictObject({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  bytes: z.number(),
})
export type BulletinFile = z.infer<typeof bulletinFile>

/** POST /api/bulletins */
export const newBulletin = z.strictObject({
  title: line(60),
  body: line(5000),
  validUntil: z.string().check(z.refine(isDay, '日期应形如 2019-03-08')),
  /** Documents that she brought before, in PUT /api/bulletin-files/:id. */
  files: z.optional(z.array(uuid).check(z.maxLength(50))),
})
export type NewBulletin = z.infer<typeof newBulletin>

export const bulletin = z.strictObject({
  id: z.string(),
  title: z.string(),
  body: z.string(),
  files: z.array(bulletinFile),
  issuer: orgBrief,
  publishedAt: z.string(),
  validUntil: z.string(),
  /** Withdrawn, or past its day. */
  isOver: z.boolean(),
  /** Whether the actor's own unit took note; null for the issuer. */
  isRead: z.nullable(z.boolean()),
  /** Units below in all, and those that have not taken note; only to the issuer. */
  units: z.nullable(z.number()),
  unread: z.nullable(z.number()),
})
export type Bulletin = z.infer<typeof bulletin>

/** GET /api/bulletins?box= */
export const bulletinBoxes = ['received', 'sent'] as const
export type BulletinBox = (typeof bulletinBoxes)[number]
export const bulletinList = z.array(bulletin)

/** GET /api/bulletins/:id/unread: units that have not taken note, by code. */
export const unreadUnits = z.strictObject({ rows: z.array(orgBrief), next: z.nullable(z.string()) })
export type UnreadUnits = z.infer<typeof unreadUnits>
