import * as z from 'zod/mini'
import { personQuery } from '#person/api.ts'

/** The list: filters of the API and `id`, which opens the drawer. */
export const memberSearch = z.strictObject({ ...personQuery.shape, id: z.optional(z.string()) })
export type MemberSearch = z.infer<typeof memberSearch>
/** 变动: a period of its own names, since addresses share one set. */
export const movementSearch = z.strictObject({
  org: z.optional(z.string().check(z.regex(/^\d{1,9}$/))),
  since: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
  till: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
})
/** The form: `id` names the entry that is changed; absent = a new one. */
export const memberFormSearch = z.strictObject({ id: z.optional(z.string()) })

const part = encodeURIComponent

export const personApi = {
  list: '/persons',
  one: (id: string) => `/persons/${part(id)}`,
  movement: '/persons/movement',
  quality: '/persons/quality',
  check: '/persons/check',
  transfers: '/persons/transfers',
  reveals: (id: string) => `/persons/${part(id)}/reveals`,
  moves: (id: string) => `/persons/${part(id)}/moves`,
  leave: (id: string) => `/persons/${part(id)}/leave`,
  standing: (id: string) => `/persons/${part(id)}/standing`,
  requests: (id: string) => `/persons/${part(id)}/requests`,
  holds: (id: string) => `/persons/${part(id)}/holds`,
  lift: (id: string) => `/person-holds/${part(id)}/lift`,
  consents: (id: string) => `/persons/${part(id)}/consents`,
  consent: (id: string, purpose: string) => `/persons/${part(id)}/consents/${part(purpose)}`,
  emergencies: (id: string) => `/persons/${part(id)}/emergencies`,
  emergencyList: '/emergencies',
  emergencyOpen: (id: string) => `/emergencies/${part(id)}/open`,
  emergencyReview: (id: string) => `/emergencies/${part(id)}/review`,
  open: '/person-requests',
  decision: (id: string) => `/person-requests/${part(id)}/decision`,
  undo: (id: string) => `/person-requests/${part(id)}/undo`,
  my: '/my',
  myAccess: '/my/access',
  myReveals: '/my/reveals',
  myExport: '/my/export',
  myConsent: (purpose: string) => `/my/consents/${part(purpose)}`,
  myErasure: '/my/erasure',
  myJoin: '/my/join',
} as const
