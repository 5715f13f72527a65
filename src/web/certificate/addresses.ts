import * as z from 'zod/mini'
import { withQuery } from '../urlState.ts'

const text = z.optional(z.string())
export const certificatesSearch = z.strictObject({ year: text, q: text })

const part = encodeURIComponent

export const certificateApi = {
  all: '/certificates',
  ledger: (query: { year?: string | undefined; q?: string | undefined; after?: string | undefined }) =>
    withQuery('/certificates', query),
  candidates: (layout: string, year: number) =>
    withQuery('/certificates/candidates', { layout, year: String(year) }),
  pdf: '/certificates/pdf',
  revocation: (id: string) => `/certificates/${part(id)}/revocation`,
  renewal: (id: string) => `/certificates/${part(id)}/renewal`,
  check: (code: string) => `/certificates/check/${part(code)}`,
} as const
