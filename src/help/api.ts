import * as z from 'zod/mini'

export const suggestionKinds = ['suggestion', 'question', 'complaint'] as const
export const suggestionLabels: Record<(typeof suggestionKinds)[number], string> = {
  suggestion: '建议',
  question: '疑问',
  complaint: '投诉',
}
export const suggestionStates = ['sent', 'read', 'answered'] as const

/** POST /api/suggestions */
export const newSuggestion = z.strictObject({
  kind: z.enum(suggestionKinds),
  body: z.string().check(z.maxLength(2000)),
})

/** POST /api/suggestions/:id/answer */
export const answerSuggestion = z.strictObject({ answer: z.string().check(z.maxLength(2000)) })

export const suggestion = z.strictObject({
  id: z.string(),
  kind: z.enum(suggestionKinds),
  body: z.string(),
  state: z.enum(suggestionStates),
  answer: z.string(),
  sentAt: z.string(),
  readAt: z.nullable(z.string()),
  answeredAt: z.nullable(z.string()),
  /** Who sent it, from which unit. */
  person: z.string(),
  org: z.string(),
  /** She sent it herself, so another one answers. */
  mine: z.boolean(),
})
export type Suggestion = z.infer<typeof suggestion>

/** GET /api/suggestions: one's own, in words. */
export const suggestionList = z.strictObject({ rows: z.array(suggestion), next: z.nullable(z.string()) })
export type SuggestionList = z.infer<typeof suggestionList>

const { body: _body, answer: _answer, ...head } = suggestion.shape
/** GET /api/suggestions/inbox: what came to the city tier, without its words; those are opened one by one. */
export const suggestionInbox = z.strictObject({
  rows: z.array(z.strictObject(head)),
  /** Of all pages, those without an answer. */
  open: z.number(),
  next: z.nullable(z.string()),
})
export type SuggestionInbox = z.infer<typeof suggestionInbox>
export type SuggestionHead = SuggestionInbox['rows'][number]

/** POST /api/suggestions/:id/read: the words of one; who sent it sees that they were read. */
export const suggestionWords = z.strictObject({ body: z.string(), answer: z.string() })
export type SuggestionWords = z.infer<typeof suggestionWords>
