import * as z from 'zod/mini'

const text = z.string()

/** A room that anybody may come to today. */
export const openRoom = z.strictObject({
  id: text,
  title: text,
  /** The unit that keeps it. */
  org: text,
  /** Short name of the district or industry union. */
  district: text,
  address: text,
  doorHint: text,
  hours: text,
  phone: text,
  form: text,
  area: z.number(),
  equipment: z.array(text),
  fathersWelcome: z.boolean(),
  stepFree: z.boolean(),
  verifiedOn: z.nullable(text),
  /** WGS84. */
  point: z.nullable(z.strictObject({ lng: z.number(), lat: z.number() })),
  /** The last day on which it was said, more than once, that it is gone or shut; until its keeper has looked. */
  reported: z.nullable(text),
})
export type OpenRoom = z.infer<typeof openRoom>

/** GET /api/open-rooms; `isCut` = there are more than one answer takes. */
export const openRooms = z.strictObject({
  today: text,
  /** By the calendar of holidays. */
  isWorkday: z.boolean(),
  isCut: z.boolean(),
  rooms: z.array(openRoom),
})
export type OpenRooms = z.infer<typeof openRooms>

/** GET /api/open-rooms/file */
export const openFormats = ['csv', 'geojson'] as const
export const openFileQuery = z.strictObject({ form: z.enum(openFormats) })

export const reportKinds = ['gone', 'shut', 'wrong'] as const
export type ReportKind = (typeof reportKinds)[number]
export const reportKindWords: Readonly<Record<ReportKind, string>> = {
  gone: '不在了',
  shut: '打不开',
  wrong: '信息不对',
}

/** POST /api/open-rooms/:id/reports: by anybody; neither name nor address is kept with it. */
export const newReport = z.strictObject({
  kind: z.enum(reportKinds),
  note: z.string().check(z.trim(), z.maxLength(200)),
})
export type NewReport = z.infer<typeof newReport>

export const reportFindings = ['restored', 'corrected', 'untrue'] as const
export type ReportFinding = (typeof reportFindings)[number]
export const reportFindingWords: Readonly<Record<ReportFinding, string>> = {
  restored: '已恢复',
  corrected: '信息已更正',
  untrue: '情况不属实',
}

/** A report as the keeper and the units above read it. */
export const roomReport = z.strictObject({
  id: text,
  kind: z.enum(reportKinds),
  firstOn: text,
  toldOn: text,
  times: z.number(),
  /** None to whoever does not deal with it, and 180 days after it was dealt with. */
  notes: z.array(text),
  dueOn: text,
  finding: z.nullable(z.enum(reportFindings)),
  answer: text,
  handledOn: z.nullable(text),
  handledBy: z.nullable(text),
})
export type RoomReport = z.infer<typeof roomReport>

/** POST /api/care-room-reports/:id/finding: what the keeper found. */
export const reportAnswer = z.strictObject({
  finding: z.enum(reportFindings),
  note: z.string().check(z.trim(), z.maxLength(200)),
})
export type ReportAnswer = z.infer<typeof reportAnswer>
