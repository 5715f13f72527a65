import * as z from 'zod/mini'
import { bulletinBoxes } from '#bulletin/api.ts'
import { withQuery } from '../urlState.ts'

/** Which box, and which notice stands open. */
export const bulletinSearch = z.strictObject({
  box: z.optional(z.enum(bulletinBoxes)),
  id: z.optional(z.string()),
})

const part = encodeURIComponent

export const bulletinApi = {
  list: (box: string) => withQuery('/bulletins', { box }),
  all: '/bulletins',
  bring: (file: string, name: string) => withQuery(`/bulletin-files/${part(file)}`, { name }),
  drop: (file: string) => `/bulletin-files/${part(file)}`,
  file: (id: string, file: string) => `/bulletins/${part(id)}/files/${part(file)}`,
  note: (id: string) => `/bulletins/${part(id)}/note`,
  withdraw: (id: string) => `/bulletins/${part(id)}/withdraw`,
  unread: (id: string, after: string | undefined) => withQuery(`/bulletins/${part(id)}/unread`, { after }),
} as const
