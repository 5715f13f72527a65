import * as z from 'zod/mini'
import { withQuery } from '../urlState.ts'

const text = z.optional(z.string())
export const earlierSearch = z.strictObject({ org: text, until: text })

type At = { org?: number | string | undefined; from: number; until: number }

export const earlierApi = {
  grid: ({ org, from, until }: At) =>
    withQuery('/earlier', { org: org?.toString(), from: String(from), until: String(until) }),
  waiting: '/earlier/waiting',
  save: '/earlier',
  submission: '/earlier/submission',
  decision: '/earlier/decision',
  trace: (org: number | undefined, indicator: string, year: number) =>
    withQuery('/earlier/trace', { org: org?.toString(), indicator, year: String(year) }),
} as const
