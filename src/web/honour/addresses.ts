import * as z from 'zod/mini'
import { withQuery } from '../urlState.ts'

const text = z.optional(z.string())
export const formSearch = z.strictObject({ id: text })
export const nominateSearch = z.strictObject({ campaign: text })
export const registerSearch = z.strictObject({ q: text, year: text, level: text })

const part = encodeURIComponent
const campaign = (id: string) => `/honour-campaigns/${part(id)}`
const nomination = (id: string) => `/honour-nominations/${part(id)}`

export const honourApi = {
  campaigns: '/honour-campaigns',
  campaign,
  state: (id: string) => `${campaign(id)}/state`,
  jurors: (id: string) => `${campaign(id)}/jurors`,
  choice: (id: string) => `${campaign(id)}/choice`,
  decision: (id: string) => `${campaign(id)}/decision`,
  reopening: (id: string) => `${campaign(id)}/reopening`,
  grant: (id: string) => `${campaign(id)}/grant`,
  jurorChoices: (q: string) => withQuery('/honour-juror-choices', { q }),
  quotaUnits: '/honour-quota-units',
  nominations: '/honour-nominations',
  nomination,
  opinions: (id: string) => `${nomination(id)}/opinions`,
  nominationState: (id: string) => `${nomination(id)}/state`,
  score: (id: string) => `${nomination(id)}/score`,
  form: (id: string) => `${nomination(id)}/form`,
  register: (query: Record<string, string | undefined>) => withQuery('/honour-register', query),
  revocation: (id: string) => `/honour-register/${part(id)}/revocation`,
  stories: '/honour-stories',
  storyState: (id: string) => `/honour-stories/${part(id)}/state`,
  roll: (query: Record<string, string | undefined>) => withQuery('/honour-roll', query),
  story: (id: string) => `/honour-roll/stories/${part(id)}`,
} as const
