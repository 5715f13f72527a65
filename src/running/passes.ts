import type { PolicyAction } from '#identity/policy.ts'
import type { Mode } from './modes.ts'

/** Ways in and out, her own rights over what is kept of her, and what ends or restores access: these stay to the last. */
const always: readonly PolicyAction[] = [
  'session.open',
  'session.begin',
  'session.own',
  'account.secure',
  'account.read',
  'account.invite',
  'access.decide',
  'audit.read',
  // Certificates hang on walls longer than a platform runs.
  'certificate.check',
  'audit.witness',
  'audit.settle',
  'emergency.read',
  'emergency.review',
  'person.self',
  'person.selfExport',
  'running.read',
  'running.ask',
  'running.decide',
  'system.live',
  'system.status',
]
/** By their method changes, by what they do readings: a file for oneself, a sealed value with its reason, a text that is judged. */
const readings: readonly PolicyAction[] = [
  'export.own',
  'export.full',
  'export.decide',
  'person.emergency',
  'certificate.read',
  'person.reveal',
  'message.own',
  'figure.read',
  'record.read',
]
/** Single routes of actions that else change: checks that keep nothing, and the answer to what she asked for herself. */
const readingRoutes: readonly string[] = [
  'POST /api/records/:programme/check',
  'POST /api/persons/check',
  'POST /api/certificates/pdf',
  'POST /api/care-rooms/:id/card',
  'POST /api/contracts/:id/papers/:kind',
  'POST /api/tasks/burden',
  'POST /api/rules/:key/preview',
  'POST /api/tasks/:id/workbook',
  'POST /api/tell/units',
  'POST /api/tell/look',
  'POST /api/silos/:id/look',
  'POST /api/person-requests/:id/decision',
  'DELETE /api/persons/:id/consents/:purpose',
]

/** Whether an action is served however the platform runs. */
export const staysToTheLast = (action: PolicyAction): boolean => always.includes(action)

/** Whether a request is served while the platform runs so. This is the whole rule; the door of every route asks it. */
export function passes(mode: Mode, route: { method: string; url: string; policy: PolicyAction }): boolean {
  if (mode === 'open' || staysToTheLast(route.policy)) return true
  if (mode === 'closed') return false
  return (
    route.method === 'GET' ||
    readings.includes(route.policy) ||
    readingRoutes.includes(`${route.method} ${route.url}`)
  )
}
