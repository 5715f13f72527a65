import * as z from 'zod/mini'
import { uuid } from '#record/api.ts'

/** What is said to the city tier; a question on policy besides may be asked without a name. */
export const voiceKinds = ['suggestion', 'question', 'complaint'] as const
export const suggestionKinds = [...voiceKinds, 'policy'] as const
export const suggestionLabels: Record<(typeof suggestionKinds)[number], string> = {
  suggestion: '建议',
  question: '疑问',
  complaint: '投诉',
  policy: '政策咨询',
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
  /** Of a question on policy: the day by which it is answered, and since when question and answer are published. */
  dueOn: z.nullable(z.string()),
  shownOn: z.nullable(z.string()),
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

/** POST /api/policy-questions. `nonce` is drawn by the page once for a question: sent again, it gets the same code. */
export const policyQuestion = z.strictObject({ nonce: uuid, body: z.string().check(z.maxLength(2000)) })
/** Shown once. */
export const questionTaken = z.strictObject({ code: z.string() })
/** POST /api/policy-questions/look: the code travels in bodies only, never in an address that is logged. */
export const questionHolder = z.strictObject({ code: z.string().check(z.maxLength(80)) })
export const followedQuestion = z.strictObject({
  body: z.string(),
  answer: z.string(),
  state: z.enum(suggestionStates),
  sentOn: z.string(),
  dueOn: z.string(),
})
export type FollowedQuestion = z.infer<typeof followedQuestion>

/** PUT /api/suggestions/:id/publication */
export const publication = z.strictObject({
  question: z.string().check(z.trim(), z.maxLength(500)),
  answer: z.string().check(z.trim(), z.maxLength(2000)),
})
export type Publication = z.infer<typeof publication>
/** GET /api/policy-answers */
export const policyAnswers = z.strictObject({
  /** Working days within which a question of today is answered. */
  days: z.number(),
  rows: z.array(
    z.strictObject({ id: z.string(), question: z.string(), answer: z.string(), shownOn: z.string() }),
  ),
  next: z.nullable(z.string()),
})
export type PolicyAnswers = z.infer<typeof policyAnswers>
