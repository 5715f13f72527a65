import * as z from 'zod/mini'
import { fileQuery, watches } from '#hardship/api.ts'
import { aidStates, fileStates } from '#hardship/states.ts'
import { withQuery } from '../urlState.ts'

/** `stage` is the state of a file, `aid` that of an aid: names of their own, since addresses share one set. */
export const deskSearch = z.strictObject({
  stage: z.optional(z.enum(fileStates)),
  watch: z.optional(z.enum(watches)),
  q: fileQuery.shape.q,
})
export type DeskSearch = z.infer<typeof deskSearch>
export const aidSearch = z.strictObject({ aid: z.optional(z.enum(aidStates)) })
/** `id` of a file that is mended, or re-checked with `as`; absent = a new application. */
export const fileFormSearch = z.strictObject({
  id: z.optional(z.string()),
  as: z.optional(z.enum(['recheck'])),
})

const part = encodeURIComponent
const file = (id: string) => `/hardship/files/${part(id)}`
const inquiry = (id: string) => `/hardship/inquiries/${part(id)}`
const batch = (id: string) => `/hardship/batches/${part(id)}`

export const hardshipApi = {
  files: '/hardship/files',
  list: (query: Record<string, string | undefined>) => withQuery('/hardship/files', query),
  file,
  steps: (id: string) => `${file(id)}/steps`,
  reveals: (id: string) => `${file(id)}/reveals`,
  form: (id: string, form: string) => `${file(id)}/forms/${part(form)}`,
  notices: '/hardship/notices',
  openings: '/hardship/openings',
  inquiries: '/hardship/inquiries',
  inquiryFile: (id: string) => `${inquiry(id)}/file`,
  condolenceTerms: '/hardship/condolence-terms',
  condolences: '/hardship/condolences',
  claim: (id: string) => `/hardship/aids/${encodeURIComponent(id)}/reveals`,
  aids: '/hardship/aids',
  aidList: (query: Record<string, string | undefined>) => withQuery('/hardship/aids', query),
  aidSteps: (id: string) => `/hardship/aids/${part(id)}/steps`,
  batches: '/hardship/batches',
  batch,
  batchFile: (id: string) => `${batch(id)}/file`,
  handlers: '/hardship/handlers',
  handlersOf: (org: number) => withQuery('/hardship/handlers', { org: String(org) }),
  handler: (id: string) => `/hardship/handlers/${part(id)}`,
} as const
