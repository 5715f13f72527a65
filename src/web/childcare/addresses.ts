import * as z from 'zod/mini'
import { classStates } from '#childcare/states.ts'
import { withQuery } from '../urlState.ts'

/** `stage` of a class: a name of its own, since addresses share one set. */
export const classesSearch = z.strictObject({ stage: z.optional(z.enum(classStates)) })
/** `id` of an application that was not sent up; absent = a new one. */
export const classFormSearch = z.strictObject({ id: z.optional(z.string()) })

const classes = '/childcare/classes'
const one = (id: string) => `${classes}/${encodeURIComponent(id)}`

export const childcareApi = {
  open: '/childcare/open',
  classes,
  list: (state: string | undefined) => withQuery(classes, { state }),
  one,
  papers: (id: string) => `${one(id)}/papers`,
  scan: (id: string, kind: string) => `${one(id)}/papers/${encodeURIComponent(kind)}/scan`,
  scanBack: (id: string, kind: string) => `${one(id)}/papers/${encodeURIComponent(kind)}/scan/withdrawal`,
  staff: (id: string) => `${one(id)}/staff`,
  person: (id: string, staffId: string) => `${one(id)}/staff/${encodeURIComponent(staffId)}`,
  children: (id: string) => `${one(id)}/children`,
  sessions: (id: string) => `${one(id)}/sessions`,
  reviews: (id: string) => `${one(id)}/reviews`,
  rounds: '/childcare/rounds',
  round: (id: string) => `/childcare/rounds/${encodeURIComponent(id)}`,
  roundSteps: (id: string) => `/childcare/rounds/${encodeURIComponent(id)}/steps`,
  openRound: (id: string) => `/open-childcare-rounds/${encodeURIComponent(id)}`,
  steps: (id: string) => `${one(id)}/steps`,
} as const
