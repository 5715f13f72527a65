import * as z from 'zod/mini'
import { orgBrief } from '#org/api.ts'
import { sealedFields } from './purposes.ts'

// 紧急查看: what only her own unit may open, opened once by a cadre above it.

export const emergencyKinds = ['safety', 'rescue', 'disaster', 'justice'] as const
export type EmergencyKind = (typeof emergencyKinds)[number]
export const emergencyWords: Record<EmergencyKind, string> = {
  safety: '人身安全受到威胁',
  rescue: '伤病紧急救治',
  disaster: '灾害、事故中找人',
  justice: '司法机关依法要求',
}

/** Minutes from asking within which it opens. */
export const openMinutes = 30
/** Working days within which another reviews it. */
export const reviewDays = 3
/** Characters of a reason that says something. */
export const leastReason = 10

export const verdicts = ['proper', 'misuse'] as const
export type Verdict = (typeof verdicts)[number]
export const verdictWords: Record<Verdict, string> = { proper: '已复核', misuse: '不当使用' }

/** What she may do with one now: nothing is opened twice, nor after its half hour. */
export function openFault(
  { openedAt, untilAt }: { openedAt: string | null; untilAt: string },
  now: Date,
): string | null {
  if (openedAt !== null) return '这次紧急查看已经打开过一次，不能再打开'
  if (new Date(untilAt) < now) return `已超过 ${openMinutes} 分钟，这次紧急查看已经失效`
  return null
}

const text = z.string().check(z.maxLength(500))

/** POST /api/persons/:id/emergencies */
export const newEmergency = z.strictObject({
  kind: z.enum(emergencyKinds),
  fields: z.array(z.enum(sealedFields)).check(z.minLength(1), z.maxLength(sealedFields.length)),
  reason: text,
})
export type NewEmergency = z.infer<typeof newEmergency>
export const emergencyAsked = z.strictObject({ id: z.string(), untilAt: z.string() })

/** POST /api/emergencies/:id/open */
export const emergencyOpened = z.strictObject({
  values: z.array(z.strictObject({ field: z.enum(sealedFields), value: z.nullable(z.string()) })),
  untilAt: z.string(),
})

/** GET /api/emergencies: for the two administrators all, for a unit what concerns its members, and one's own. */
export const emergency = z.strictObject({
  id: z.string(),
  /** Name of the person, for whoever may read the register; null for administrators. */
  whose: z.nullable(z.string()),
  of: orgBrief,
  by: z.string(),
  org: orgBrief,
  kind: z.enum(emergencyKinds),
  reason: z.string(),
  fields: z.array(z.enum(sealedFields)),
  askedAt: z.string(),
  openedAt: z.nullable(z.string()),
  dueOn: z.string(),
  isLate: z.boolean(),
  verdict: z.nullable(z.enum(verdicts)),
  opinion: z.nullable(z.string()),
  reviewedBy: z.nullable(z.string()),
  reviewedAt: z.nullable(z.string()),
  mayReview: z.boolean(),
})
export type Emergency = z.infer<typeof emergency>
export const emergencyList = z.strictObject({ rows: z.array(emergency) })

/** POST /api/emergencies/:id/review */
export const emergencyReview = z.strictObject({ verdict: z.enum(verdicts), opinion: text })
export type EmergencyReview = z.infer<typeof emergencyReview>
