import * as z from 'zod/mini'
import { coverageShows, dueKinds } from '#programmes/contract/api.ts'
import { withQuery } from '../urlState.ts'

export const views = ['coverage', 'due'] as const
export type View = (typeof views)[number]

const some = z.optional(z.string())
export const contractsSearch = z.strictObject({
  view: z.optional(z.enum(views)),
  on: some,
  org: some,
  q: some,
  show: z.optional(z.enum(coverageShows)),
  kind: z.optional(z.enum(dueKinds)),
  page: some,
})
export type ContractsSearch = z.infer<typeof contractsSearch>

const part = encodeURIComponent

export const contractApi = {
  coverage: ({ on, org, q, show, page }: ContractsSearch) =>
    withQuery('/contract-coverage', { on, org, q, show, page }),
  due: ({ kind, page }: ContractsSearch) => withQuery('/contract-due', { kind, page }),
  contract: (id: string) => `/contracts/${part(id)}`,
  inspections: (id: string) => `/contracts/${part(id)}/inspections`,
  result: (id: string) => `/contract-inspections/${part(id)}/result`,
  fix: (id: string) => `/contract-inspections/${part(id)}/fix`,
  texts: (id: string) => `/contracts/${part(id)}/texts`,
  textLooks: (id: string) => `/contracts/${part(id)}/text-looks`,
  paper: (id: string, kind: string) => `/contracts/${part(id)}/papers/${part(kind)}`,
} as const
