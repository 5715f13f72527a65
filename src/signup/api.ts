import * as z from 'zod/mini'
import { orgBrief } from '#org/api.ts'
import { uuid } from '#record/api.ts'
import {
  allEventKinds,
  attendanceWays,
  entryStates,
  eventKinds,
  eventModes,
  eventPhases,
  eventStates,
  noShowStates,
  presenceStates,
} from './states.ts'

const words = (most: number) => z.string().check(z.trim(), z.maxLength(most))
/** An instant with its zone. */
export const instant = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/),
  z.refine((text) => !Number.isNaN(Date.parse(text))),
)
const places = z.int().check(z.gte(0), z.lte(100_000))

export const mostAllotments = 60
export const mostSlots = 40
export const mostSessions = 40
/** Members whom a cadre signs up in one act. */
export const mostAtOnce = 50

/** POST /api/events, PUT /api/events/:id */
export const newEvent = z.strictObject({
  kind: z.enum(eventKinds),
  title: words(60),
  place: words(80),
  about: words(1000),
  mode: z.enum(eventModes),
  isPublic: z.boolean(),
  opensAt: instant,
  closesAt: instant,
  cancelUntil: instant,
  startsAt: instant,
  endsAt: instant,
  cap: places,
  hasList: z.boolean(),
  offerHours: z.int().check(z.gte(1), z.lte(72)),
  /** So many absences within so many days bar a woman; null = no such rule. */
  noShow: z.nullable(
    z.strictObject({
      limit: z.int().check(z.gte(1), z.lte(9)),
      days: z.int().check(z.gte(1), z.lte(730)),
    }),
  ),
  /** Places of units, with all below them; [] = anybody whom the event is open to. */
  allotments: z.array(z.strictObject({ orgId: z.int32(), cap: places })).check(z.maxLength(mostAllotments)),
  /** Of match-making, and of nothing else: places of women and of men within the total. */
  sexCaps: z.nullable(z.strictObject({ women: places, men: places })),
  /** More slots of the series beside the first, a place of one of which she takes. */
  slots: z
    .array(z.strictObject({ startsAt: instant, endsAt: instant, cap: places }))
    .check(z.maxLength(mostSlots)),
  /** All evenings of a class that has several, in their order; [] = one. The first begins and the last ends it. */
  sessions: z.array(z.strictObject({ startsAt: instant, endsAt: instant })).check(z.maxLength(mostSessions)),
  /** Of several: in how many she must have been, each for so many hundredths of its time. */
  doneRule: z.nullable(
    z.strictObject({
      sessions: z.int().check(z.gte(1), z.lte(mostSessions)),
      share: z.int().check(z.gte(1), z.lte(100)),
    }),
  ),
  /** Of a draw: the public value that is known only later; '' = none. */
  drawSource: words(100),
})
export type NewEvent = z.infer<typeof newEvent>
export const eventEdit = z.strictObject({ ...newEvent.shape, version: z.int32() })
export const eventDone = z.strictObject({ id: z.string(), state: z.enum(eventStates), version: z.number() })
export type EventDone = z.infer<typeof eventDone>

/** POST /api/events/:id/steps */
export const eventActs = ['publish', 'close', 'cancel', 'end', 'drop'] as const
export type EventAct = (typeof eventActs)[number]
export const eventStep = z.strictObject({
  act: z.enum(eventActs),
  version: z.int32(),
  reason: z.optional(words(200)),
})
/** PUT /api/events/:id/cap */
export const newCap = z.strictObject({ cap: places })
export const promotedDone = z.strictObject({ promoted: z.number() })
/** POST /api/events/:id/draw: the value of the source that was named when the event was put up. */
export const newDraw = z.strictObject({ value: words(200) })
/** POST /api/events/:id/words */
export const newWord = z.strictObject({ body: words(500) })
/** POST /api/events/:id/record: what the attendance does not tell of the training. */
export const newTraining = z.strictObject({
  carrier: words(20),
  subject: words(100),
  hours: z.nullable(z.int()),
})
export type NewTraining = z.infer<typeof newTraining>
export const recordDone = z.strictObject({ recordId: z.string(), women: z.number() })

/** What is told of every event. */
export const eventShape = {
  id: z.string(),
  org: orgBrief,
  kind: z.enum(allEventKinds),
  title: z.string(),
  place: z.string(),
  about: z.string(),
  mode: z.enum(eventModes),
  state: z.enum(eventStates),
  phase: z.enum(eventPhases),
  isPublic: z.boolean(),
  opensAt: z.string(),
  closesAt: z.string(),
  cancelUntil: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  cap: z.number(),
  taken: z.number(),
  waiting: z.number(),
  hasList: z.boolean(),
  seriesId: z.nullable(z.string()),
}
export const eventLine = z.strictObject(eventShape)
export type EventLine = z.infer<typeof eventLine>

/** GET /api/events?box=: of the actor's unit, or those to which it may sign its members up. */
export const eventBoxes = ['own', 'open'] as const
export type EventBox = (typeof eventBoxes)[number]
export const eventQuery = z.strictObject({ box: z.optional(z.enum(eventBoxes)) })
export const eventList = z.strictObject({ rows: z.array(eventLine), more: z.boolean() })
export type EventList = z.infer<typeof eventList>

const entryLine = z.strictObject({
  id: z.string(),
  personId: z.string(),
  name: z.string(),
  org: z.string(),
  seq: z.number(),
  /** Order in the line; of a draw known only by it. */
  turn: z.nullable(z.number()),
  state: z.enum(entryStates),
  askedAt: z.string(),
  /** Not by herself. */
  isProxy: z.boolean(),
  offerUntil: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  cameAt: z.nullable(z.string()),
  cameHow: z.nullable(z.enum(attendanceWays)),
  noShow: z.nullable(z.enum(noShowStates)),
  appeal: z.nullable(z.string()),
  appealAnswer: z.nullable(z.string()),
  /** Of several sessions, those that something is noted of; to the organiser. */
  presences: z.array(
    z.strictObject({
      sessionId: z.string(),
      state: z.enum(presenceStates),
      cameAt: z.nullable(z.string()),
      missedMinutes: z.nullable(z.number()),
      counts: z.boolean(),
    }),
  ),
  /** Fixed at the end: whether she was in as many as were asked. */
  isDone: z.nullable(z.boolean()),
})
export type EntryLine = z.infer<typeof entryLine>

/** GET /api/events/:id */
export const eventDetail = z.strictObject({
  ...eventShape,
  version: z.number(),
  offerHours: z.number(),
  noShow: z.nullable(z.strictObject({ limit: z.number(), days: z.number() })),
  reason: z.nullable(z.string()),
  recordId: z.nullable(z.string()),
  recordProgramme: z.nullable(z.string()),
  sexCaps: z.nullable(z.strictObject({ women: z.number(), men: z.number() })),
  allotments: z.array(
    /** How many of a unit are taken: to the organiser and to that unit. */
    z.strictObject({ orgId: z.number(), org: z.string(), cap: z.number(), taken: z.nullable(z.number()) }),
  ),
  slots: z.array(
    z.strictObject({
      id: z.string(),
      startsAt: z.string(),
      endsAt: z.string(),
      cap: z.number(),
      taken: z.number(),
    }),
  ),
  sessions: z.array(z.strictObject({ id: z.string(), startsAt: z.string(), endsAt: z.string() })),
  doneRule: z.nullable(z.strictObject({ sessions: z.number(), share: z.number() })),
  draw: z.nullable(
    z.strictObject({
      source: z.string(),
      frozenAt: z.nullable(z.string()),
      drawnAt: z.nullable(z.string()),
    }),
  ),
  counts: z.record(z.enum(entryStates), z.number()),
  came: z.number(),
  /** Everybody who signed up, to the organiser; her unit's own women to another. */
  entries: z.array(entryLine),
  words: z.array(z.strictObject({ id: z.string(), body: z.string(), at: z.string() })),
  isOwner: z.boolean(),
  /** Whether the organiser scans at its door now, or looks at what was scanned. */
  hasScans: z.boolean(),
})
export type EventDetail = z.infer<typeof eventDetail>

/** POST /api/events/:id/enrolments: by a cadre, for members of her unit; each has her own answer. */
export const proxyEntries = z.strictObject({
  personIds: z.array(uuid).check(z.minLength(1), z.maxLength(mostAtOnce)),
})
export const proxyDone = z.array(
  z.strictObject({
    personId: z.string(),
    state: z.nullable(z.enum(entryStates)),
    /** Why not; null where she is signed up. */
    refusal: z.nullable(z.string()),
  }),
)
export type ProxyDone = z.infer<typeof proxyDone>
/** GET /api/events/:id/candidates: members of the actor's unit who are not signed up. */
export const candidateQuery = z.strictObject({ q: z.optional(words(40)) })
export const candidates = z.array(z.strictObject({ id: z.string(), name: z.string() }))
export type Candidates = z.infer<typeof candidates>

export const entryParam = z.strictObject({ id: uuid, entryId: uuid })
/** PUT /api/events/:id/enrolments/:entryId/decision */
export const decision = z.strictObject({ isTaken: z.boolean(), reason: z.optional(words(200)) })
/** PUT …/no-show */
export const noShowAnswer = z.strictObject({ isExcused: z.boolean(), answer: words(200) })
/** PUT /api/events/:id/attendance */
export const attendance = z.strictObject({
  personIds: z.array(uuid).check(z.minLength(1), z.maxLength(500)),
  hasCome: z.boolean(),
  how: z.enum(['tick', 'paper']),
  /** Of several sessions: which. `hasCome: false` takes back what was noted of it. */
  session: z.optional(
    z.strictObject({
      id: uuid,
      state: z.enum(presenceStates),
      /** Late and gone early together; null = nothing noted. */
      missedMinutes: z.nullable(z.int().check(z.gte(0), z.lte(1440))),
    }),
  ),
})
export type Attendance = z.infer<typeof attendance>
export const attendanceDone = z.strictObject({ noted: z.number(), refused: z.array(z.string()) })
/** GET /api/events/:id/code: what the poster shows now, and for how long. */
export const eventCode = z.strictObject({ url: z.string(), seconds: z.number() })
export type EventCode = z.infer<typeof eventCode>

/** GET /api/draws/:id: for anybody; what the script needs to recompute the draw. */
export const publicDraw = z.strictObject({
  id: z.string(),
  title: z.string(),
  org: z.string(),
  closesAt: z.string(),
  hasList: z.boolean(),
  secretHash: z.string(),
  source: z.string(),
  frozenAt: z.nullable(z.string()),
  places: z.nullable(z.number()),
  quotas: z.nullable(z.string()),
  list: z.nullable(z.string()),
  listHash: z.nullable(z.string()),
  publicValue: z.nullable(z.string()),
  secret: z.nullable(z.string()),
  seed: z.nullable(z.string()),
  withdrawn: z.array(z.number()),
  drawnAt: z.nullable(z.string()),
  /** Numbers that have a place by the draw, in the order of their ranks. */
  placed: z.array(z.number()),
})
export type PublicDraw = z.infer<typeof publicDraw>
