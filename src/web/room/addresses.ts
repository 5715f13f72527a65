import * as z from 'zod/mini'
import { shows } from '#programmes/careRoom/api.ts'
import { withQuery } from '../urlState.ts'

export const roomsSearch = z.strictObject({
  q: z.optional(z.string()),
  show: z.optional(z.enum(shows)),
})

export const tabs = ['map', 'rank', 'use'] as const
export type Tab = (typeof tabs)[number]
export const roomSearch = z.strictObject({ tab: z.optional(z.enum(tabs)) })

const part = encodeURIComponent

export const roomApi = {
  list: (query: { q?: string | undefined; show?: string | undefined; after?: string | undefined }) =>
    withQuery('/care-rooms', query),
  room: (id: string) => `/care-rooms/${part(id)}`,
  point: (id: string) => `/care-rooms/${part(id)}/point`,
  listings: (id: string) => `/care-rooms/${part(id)}/listings`,
  checks: (id: string) => `/care-rooms/${part(id)}/checks`,
  finding: (report: string) => `/care-room-reports/${part(report)}/finding`,
  uses: (id: string) => `/care-rooms/${part(id)}/uses`,
  card: (id: string) => `/care-rooms/${part(id)}/card`,
  ratings: (id: string) => `/care-rooms/${part(id)}/ratings`,
  scores: (id: string) => `/care-room-ratings/${part(id)}/scores`,
  ratingActs: (id: string) => `/care-room-ratings/${part(id)}/actions`,
  subsidy: (id: string) => `/care-room-ratings/${part(id)}/subsidy`,
  subsidyActs: (id: string) => `/care-room-subsidies/${part(id)}/actions`,
  visits: (id: string) => `/care-rooms/${part(id)}/visits`,
  visitResult: (id: string) => `/care-room-visits/${part(id)}/result`,
  delisting: (id: string) => `/care-rooms/${part(id)}/delisting`,
  book: (vendor: string) => `/api/care-room-books/${part(vendor)}`,
} as const
