import * as z from 'zod/mini'
import { orgBrief } from '#org/api.ts'
import { findings, listingStates, vendors } from './listing.ts'
import { roomReport } from './openApi.ts'
import { systems } from './point.ts'
import { roomUse } from './useApi.ts'

export const vendor = z.enum(vendors)
const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))
const short = (most: number) => z.string().check(z.maxLength(most))
const number = z.number()

export const points = z.strictObject({
  given: z.strictObject({ lng: number, lat: number, crs: z.enum(systems) }),
  source: z.string(),
  accuracy: z.nullable(number),
  wgs84: z.strictObject({ lng: number, lat: number }),
  isOutside: z.boolean(),
  setOn: z.string(),
  setBy: z.string(),
})
export type RoomPoint = z.infer<typeof points>

const listingNow = z.strictObject({
  vendor,
  state: z.enum(listingStates),
  fromOn: z.nullable(z.string()),
  checkedOn: z.nullable(z.string()),
  isDue: z.boolean(),
})
export type ListingNow = z.infer<typeof listingNow>

/** One room in the list: as it stands today. */
export const roomLine = z.strictObject({
  id: z.string(),
  title: z.string(),
  org: orgBrief,
  address: z.string(),
  builtOn: z.string(),
  delistedOn: z.nullable(z.string()),
  isOpen: z.boolean(),
  rank: z.nullable(z.string()),
  hasPoint: z.boolean(),
  isOutside: z.boolean(),
  listings: z.array(listingNow),
  faults: z.array(z.string()),
})
export type RoomLine = z.infer<typeof roomLine>

export const shows = ['all', 'noPoint', 'faults', 'due', 'open'] as const
export type Show = (typeof shows)[number]

/** GET /api/care-rooms: accepted rooms of the own scope. */
export const roomQuery = z.strictObject({
  q: z.optional(short(40)),
  show: z.optional(z.enum(shows)),
  after: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}_[0-9a-f-]{36}$/))),
})
export type RoomQuery = z.infer<typeof roomQuery>
export const roomList = z.strictObject({
  rows: z.array(roomLine),
  counts: z.strictObject({ all: number, noPoint: number, faults: number, due: number, open: number }),
  next: z.nullable(z.string()),
  mayList: z.boolean(),
})
export type RoomList = z.infer<typeof roomList>

export const listingRow = z.strictObject({
  id: z.string(),
  vendor,
  state: z.enum(listingStates),
  fromOn: z.string(),
  untilOn: z.nullable(z.string()),
  poiId: z.nullable(z.string()),
  mapName: z.nullable(z.string()),
  reason: z.string(),
  deltaMetres: z.nullable(number),
  checkedOn: z.nullable(z.string()),
  notedBy: z.string(),
})
export type ListingRow = z.infer<typeof listingRow>

/** GET /api/care-rooms/:id */
export const roomDetail = z.strictObject({
  room: roomLine,
  details: z.array(z.strictObject({ label: z.string(), text: z.string() })),
  point: z.nullable(points),
  earlierPoints: z.array(points),
  /** The canonical point in the system of each vendor, as text to copy. */
  vendorPoints: z.array(z.strictObject({ vendor, system: z.string(), text: z.string() })),
  ledger: z.array(listingRow),
  /** Vendors whose statements in the record differ from the ledger: someone corrected the record. */
  unlike: z.array(vendor),
  /** What anybody said of it, what waits on top. */
  reports: z.array(roomReport),
  uses: z.array(roomUse),
  /** What the code at its door opens. */
  door: z.string(),
  may: z.strictObject({ place: z.boolean(), list: z.boolean(), handle: z.boolean(), keep: z.boolean() }),
})
export type RoomDetail = z.infer<typeof roomDetail>

/** PUT /api/care-rooms/:id/point; `isSure` where it lies outside the city. */
export const newPoint = z.strictObject({
  lng: number,
  lat: number,
  crs: z.enum(systems),
  source: short(40),
  accuracy: z.optional(z.nullable(z.int().check(z.gte(0), z.lte(100_000)))),
  isSure: z.optional(z.boolean()),
})
export type NewPoint = z.infer<typeof newPoint>

/** POST /api/care-rooms/:id/listings: the next state with a vendor. */
export const newListing = z.strictObject({
  vendor,
  state: z.enum(listingStates),
  fromOn: day,
  poiId: z.optional(short(60)),
  mapName: z.optional(short(60)),
  reason: z.optional(short(200)),
})
export type NewListing = z.infer<typeof newListing>

/** POST /api/care-rooms/:id/checks: the monthly look at a map. */
export const newCheck = z.strictObject({
  vendor,
  finding: z.enum(Object.keys(findings) as [keyof typeof findings, ...(keyof typeof findings)[]]),
  deltaMetres: z.optional(z.nullable(z.int().check(z.gte(0), z.lte(100_000)))),
  note: z.optional(short(200)),
})
export type NewCheck = z.infer<typeof newCheck>
