import type { Tier } from '#org/api.ts'
import type { Actor } from './actor.ts'
import type { Role } from './api.ts'

/** Relation of the actor's unit to the unit of the object. */
export type Reach = 'ownOrg' | 'inScope' | 'inView' | 'anywhere'

export type Rule = { role: readonly Role[]; tier?: readonly Tier[]; reach: Reach }

const above: readonly Tier[] = ['subdistrict', 'district', 'industry', 'city']

/**
 * The policy: action → rules; absence is denial. `public` needs no session.
 * What may be done to one record in one state is told by the workflow besides.
 */
export const policy = {
  'session.open': 'public',
  'session.own': [
    {
      role: ['cadre', 'leader', 'worker', 'handler', 'systemAdmin', 'securityAdmin', 'auditAdmin', 'service'],
      reach: 'anywhere',
    },
  ],
  'system.live': 'public',
  'org.read': [{ role: ['cadre', 'leader', 'service'], reach: 'anywhere' }],
  'org.move': [{ role: ['cadre'], tier: ['city'], reach: 'inScope' }],
  'record.read': [{ role: ['cadre', 'leader', 'service'], reach: 'inView' }],
  'record.create': [{ role: ['cadre'], reach: 'ownOrg' }],
  'record.act': [{ role: ['cadre'], reach: 'inScope' }],
  'record.review': [{ role: ['cadre'], tier: above, reach: 'inScope' }],
  'draft.own': [{ role: ['cadre'], reach: 'ownOrg' }],
  'inbox.read': [{ role: ['cadre'], reach: 'ownOrg' }],
  'figure.read': [{ role: ['cadre', 'leader', 'service'], reach: 'inView' }],
  'audit.read': [{ role: ['auditAdmin'], tier: ['city'], reach: 'anywhere' }],
  'summary.read': [{ role: ['cadre', 'leader', 'service'], tier: ['city'], reach: 'ownOrg' }],
  'summary.edit': [{ role: ['cadre'], tier: ['city'], reach: 'ownOrg' }],
  'summary.freeze': [{ role: ['cadre', 'service'], tier: ['city'], reach: 'ownOrg' }],
} as const satisfies Record<string, 'public' | readonly Rule[]>

export type PolicyAction = keyof typeof policy

/** An object's place in the tree of today: its path, and its path under the view superior. */
export type Place = { id: number; scopeCode: string; viewCode: string | null }

const within = (code: string | null, scope: string): boolean => code !== null && code.startsWith(scope)

function reaches(actor: Actor, reach: Reach, at: Place | null): boolean {
  if (at === null || reach === 'anywhere') return true
  switch (reach) {
    case 'ownOrg':
      return at.id === actor.org.id
    case 'inScope':
      return within(at.scopeCode, actor.org.scopeCode)
    case 'inView':
      return within(at.scopeCode, actor.org.scopeCode) || within(at.viewCode, actor.org.scopeCode)
  }
}

/** The decision at the door. `at` null asks only whether the action is open to the post at all. */
export function can(actor: Actor, action: PolicyAction, at: Place | null = null): boolean {
  const rules: 'public' | readonly Rule[] = policy[action]
  if (rules === 'public') return true
  return rules.some(
    (rule) =>
      rule.role.includes(actor.role) &&
      (rule.tier === undefined || rule.tier.includes(actor.org.tier)) &&
      reaches(actor, rule.reach, at),
  )
}
