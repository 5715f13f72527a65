import * as z from 'zod/mini'
import { orgBrief } from '#org/api.ts'
import { uuid } from '#record/api.ts'
import { siloActs } from './flow.ts'
import { duties, legalForms, siloStates, silos, steps } from './kinds.ts'

const text = (most: number) => z.string().check(z.maxLength(most))
const silo = z.enum(silos)

/** GET /api/tell: what the page for everybody offers. `open` = silos that somebody works in. */
export const tellOffer = z.strictObject({
  open: z.array(silo),
  dangerWords: z.array(z.string()),
  isDemo: z.boolean(),
})
export type TellOffer = z.infer<typeof tellOffer>

/** POST /api/tell/units: names alone, as they stand on the door plates; in a body, so that no log keeps what was looked for. */
export const unitQuery = z.strictObject({ q: text(40) })
export const unitList = z.array(z.strictObject({ id: z.number(), name: z.string() }))

/** POST /api/tell, and POST /api/silos/signed. `nonce` is drawn by the page once for a matter: sent again, it gets the same code. */
export const newMatter = z.strictObject({
  nonce: uuid,
  silo,
  topic: text(20),
  form: z.optional(z.enum(legalForms)),
  orgId: z.nullable(z.int()),
  body: text(4000),
  contact: text(100),
})
export type NewMatter = z.infer<typeof newMatter>
/** Shown once. */
export const matterTaken = z.strictObject({ code: z.string(), isUrgent: z.boolean() })

/** POST /api/tell/look: the code travels in bodies only, never in an address that is logged. */
export const holder = z.strictObject({ code: text(80) })

export const followed = z.strictObject({
  silo,
  topic: z.string(),
  form: z.nullable(z.string()),
  state: z.enum(siloStates),
  receivedOn: z.string(),
  step: z.nullable(z.enum(steps)),
  dueOn: z.nullable(z.string()),
  isUrgent: z.boolean(),
  /** Its text was taken away, by her or by its term. */
  isErased: z.boolean(),
  referTo: z.nullable(silo),
  messages: z.array(
    z.strictObject({ n: z.number(), mine: z.boolean(), text: z.string(), onDay: z.string() }),
  ),
  /** Who read it, by duty and day. */
  looks: z.array(z.strictObject({ onDay: z.string(), duty: z.enum(duties) })),
  maySay: z.boolean(),
})
export type Followed = z.infer<typeof followed>

/** POST /api/tell/acts */
export const holderAct = z.strictObject({
  code: text(80),
  act: z.enum(['say', 'erase', 'agree', 'refuse']),
  text: z.optional(text(4000)),
})
export type HolderAct = z.infer<typeof holderAct>
export const holderDone = z.strictObject({ isUrgent: z.boolean() })

/** GET /api/silos: matters of the silos she works in, urgent and late ones first; no text. */
export const siloRow = z.strictObject({
  id: z.string(),
  no: z.string(),
  silo,
  topic: z.string(),
  form: z.nullable(z.string()),
  org: z.nullable(z.string()),
  state: z.enum(siloStates),
  isUrgent: z.boolean(),
  receivedOn: z.string(),
  step: z.nullable(z.enum(steps)),
  dueOn: z.nullable(z.string()),
  isLate: z.boolean(),
  assignedTo: z.nullable(z.string()),
  mine: z.boolean(),
})
export type SiloRow = z.infer<typeof siloRow>
export const desk = z.strictObject({
  seats: z.array(z.strictObject({ silo, duty: z.enum(duties) })),
  /** Of all pages. */
  counts: z.strictObject({ open: z.number(), ended: z.number() }),
  rows: z.array(siloRow),
  next: z.nullable(z.string()),
})
export type Desk = z.infer<typeof desk>

/** POST /api/silos/:id/look: opens the text; that she did is shown to whoever told it. */
export const siloDetail = z.strictObject({
  ...siloRow.shape,
  version: z.number(),
  isErased: z.boolean(),
  /** Null where the text is for another. */
  messages: z.nullable(
    z.array(
      z.strictObject({
        n: z.number(),
        side: z.enum(['asker', 'handler', 'note']),
        text: z.string(),
        onDay: z.string(),
      }),
    ),
  ),
  referTo: z.nullable(silo),
  acts: z.array(z.enum(siloActs)),
  candidates: z.array(
    z.strictObject({ postId: z.string(), name: z.string(), home: z.nullable(z.string()), busy: z.number() }),
  ),
})
export type SiloDetail = z.infer<typeof siloDetail>

/** POST /api/silos/:id/acts. What she is told of it is `text`. */
export const siloAct = z.strictObject({
  act: z.enum(siloActs),
  version: z.int(),
  text: z.optional(text(4000)),
  postId: z.optional(uuid),
  to: z.optional(silo),
})
export type SiloActBody = z.infer<typeof siloAct>

const work = z.strictObject({ silo, duty: z.enum(duties) })
/** GET /api/silo-seats */
export const seat = z.strictObject({
  postId: z.string(),
  name: z.string(),
  silos: z.array(work),
  home: z.nullable(orgBrief),
  /** Nobody seats herself. */
  mayChange: z.boolean(),
})
export type Seat = z.infer<typeof seat>
export const seatList = z.array(seat)
/** PUT /api/silo-seats/:id: all that a post is in the silos; what is left out ends. */
export const seatEntry = z.strictObject({
  silos: z.array(work).check(z.maxLength(silos.length)),
  homeId: z.nullable(z.int()),
})
export type SeatEntry = z.infer<typeof seatEntry>

/** GET /api/silo-counts: closed quarters, put together until they are not small, by topic. */
export const siloPeriod = z.strictObject({
  fromQuarter: z.number(),
  untilQuarter: z.number(),
  total: z.number(),
  lines: z.array(z.strictObject({ topic: z.string(), count: z.number() })),
  rest: z.nullable(z.number()),
  record: z.nullable(z.strictObject({ programme: z.string(), id: z.string() })),
  mayRecord: z.boolean(),
})
export const siloCounts = z.array(z.strictObject({ silo, periods: z.array(siloPeriod) }))
export type SiloCounts = z.infer<typeof siloCounts>
/** POST /api/silo-counts/records */
export const newCounts = z.strictObject({ untilQuarter: z.int().check(z.gte(20001), z.lte(21004)) })
export const countsMade = z.strictObject({ programme: z.string(), id: z.string() })
