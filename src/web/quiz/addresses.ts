import * as z from 'zod/mini'

const tabs = ['quizzes', 'banks'] as const
export type QuizTab = (typeof tabs)[number]
export const quizzesSearch = z.strictObject({ tab: z.optional(z.enum(tabs)) })
/** `id` of a draft that is mended. */
export const quizFormSearch = z.strictObject({ id: z.optional(z.string()) })

const part = encodeURIComponent
const one = (id: string) => `/quizzes/${part(id)}`

export const quizApi = {
  all: '/quizzes',
  one,
  steps: (id: string) => `${one(id)}/steps`,
  bars: (id: string) => `${one(id)}/bars`,
  record: (id: string) => `${one(id)}/record`,
  banks: '/quiz-banks',
  bank: (id: string) => `/quiz-banks/${part(id)}`,
} as const
