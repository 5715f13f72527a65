import type { Vendor } from '#programmes/careRoom/listing.ts'

/** What stands open over the page of a room. */
export type Opened = { kind: 'point' } | { kind: 'listing' | 'check'; vendor: Vendor } | null
