import * as z from 'zod/mini'
import { taskBoxes } from '#task/api.ts'
import { withQuery, type Search } from '../urlState.ts'

/** Which box stands open. */
export const tasksSearch = z.strictObject({ box: z.optional(z.enum(taskBoxes)) })
/** Of whom the progress is shown, and which state the list of units. */
export const taskSearch = z.strictObject({ org: z.optional(z.string()), show: z.optional(z.string()) })

const part = encodeURIComponent

export const taskApi = {
  list: (box: string) => withQuery('/tasks', { box }),
  all: '/tasks',
  burden: '/tasks/burden',
  one: (id: string) => `/tasks/${part(id)}`,
  answer: (id: string) => `/tasks/${part(id)}/answer`,
  decisions: (id: string) => `/tasks/${part(id)}/decisions`,
  change: (id: string) => `/tasks/${part(id)}/change`,
  workbook: (id: string) => `/tasks/${part(id)}/workbook`,
  end: (id: string) => `/tasks/${part(id)}/end`,
  units: (id: string, search: Search) => withQuery(`/tasks/${part(id)}/units`, search),
  progress: (id: string, search: Search) => withQuery(`/tasks/${part(id)}/progress`, search),
} as const
