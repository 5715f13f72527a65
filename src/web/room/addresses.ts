import * as z from 'zod/mini'
import { shows } from '#programmes/careRoom/api.ts'
import { withQuery } from '../urlState.ts'
import { paths } from '../paths.ts'

export const roomsSearch = z.strictObject({
  q: z.optional(z.string()),
  show: z.optional(z.enum(shows)),
})

const part = encodeURIComponent

export const roomHref = (id: string): string => paths.room.replace('$id', part(id))

export const roomApi = {
  list: (query: { q?: string | undefined; show?: string | undefined; after?: string | undefined }) =>
    withQuery('/care-rooms', query),
  room: (id: string) => `/care-rooms/${part(id)}`,
  point: (id: string) => `/care-rooms/${part(id)}/point`,
  listings: (id: string) => `/care-rooms/${part(id)}/listings`,
  checks: (id: string) => `/care-rooms/${part(id)}/checks`,
  card: (id: string) => `/care-rooms/${part(id)}/card`,
  book: (vendor: string) => `/api/care-room-books/${part(vendor)}`,
} as const
