import { attemptSheet, myQuizzes, openQuizzes } from '#quiz/api.ts'
import { useApi } from '../../web/api/hooks.tsx'

const part = encodeURIComponent
export const quizPaths = {
  start: (id: string) => `/my/quizzes/${part(id)}/attempts`,
  attempt: (id: string) => `/my/attempts/${part(id)}`,
  answers: (id: string) => `/my/attempts/${part(id)}/answers`,
  submit: (id: string) => `/my/attempts/${part(id)}/submit`,
} as const

/** Quizzes of the whole city, for anybody. */
export const useOpenQuizzes = () => useApi('/open-quizzes', openQuizzes, { keep: true, staleTime: 30_000 })
/** What one woman may answer, and how she stands. */
export const useMyQuizzes = (enabled: boolean) => useApi('/my/quizzes', myQuizzes, { keep: true, enabled })
/** One attempt of hers. It is not read again by itself, what she is choosing stands on the screen; but each time that she comes to it. */
export const useAttempt = (id: string) =>
  useApi(quizPaths.attempt(id), attemptSheet, { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 })
