import * as z from 'zod/mini'

export const helpTabs = ['guide', 'keys', 'voice'] as const
export const helpSearch = z.strictObject({ tab: z.optional(z.enum(helpTabs)) })

/** Addresses of the API for 投诉建议. */
export const suggestionApi = {
  mine: '/suggestions',
  inbox: '/suggestions/inbox',
  read: (id: string) => `/suggestions/${encodeURIComponent(id)}/read`,
  answer: (id: string) => `/suggestions/${encodeURIComponent(id)}/answer`,
  publication: (id: string) => `/suggestions/${encodeURIComponent(id)}/publication`,
} as const
