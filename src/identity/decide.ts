import { classNumber } from '#record/spine.ts'
import { workflow, type Action, type RecordState, type Relation, type Transition } from '#record/workflow.ts'
import type { Actor } from './actor.ts'
import type { Role } from './api.ts'
import { doors, relations } from './doors.ts'
import { policy, type PolicyAction } from './policy.ts'
import { parts as allParts, type Part, type Reach, type RelationRule, type Rule } from './rule.ts'
import type { Reason } from './reasons.ts'

/** Who asks: of an actor what rights depend on. */
export type Subject = Pick<Actor, 'role' | 'personId' | 'aal' | 'stepUp'> & {
  org: Pick<Actor['org'], 'id' | 'tier' | 'scopeCode'>
}

/** An object's place in the tree of today: its unit, its path, and its path under the view superior. */
export type Place = { id: number; scopeCode: string; viewCode: string | null }
/** A place with what narrows it: privacy class (0 to 4), co-hosts. */
export type Thing = Place & { class?: number; coHosts?: readonly number[] }
/** A record (or a proposal under review) as the workflow sees it. */
export type OnRecord = Thing & {
  state: RecordState
  turnOf: number | null
  submittedBy: string
  /** The unit whose turn it is, or would be, accepts. */
  accepting: boolean
  /** A correction or request to void waits for review. */
  waiting?: boolean
  /** Its period is locked, and a unit besides the actor's has still to agree. */
  locked?: boolean
}

export type Denial = { allow: false; reason: Reason }
export type Verdict = { allow: true; parts: readonly Part[] } | Denial
export type ActVerdict = { allow: true; transition: Transition } | Denial

/** Everything that decides, as data; the tests decide by mutants of it. */
export type Law = {
  policy: Readonly<Record<string, 'public' | readonly Rule[]>>
  relations: Readonly<Record<Relation, RelationRule>>
  doors: Readonly<Record<Action, string>>
  workflow: typeof workflow
}

const within = (code: string | null, scope: string): boolean => code !== null && code.startsWith(scope)

function reaches(subject: Subject, reach: Reach, at: Thing): boolean {
  switch (reach) {
    case 'ownOrg':
      return at.id === subject.org.id
    case 'inScope':
      return within(at.scopeCode, subject.org.scopeCode)
    case 'viewLine':
      return within(at.viewCode, subject.org.scopeCode)
    case 'coHosted':
      return at.coHosts?.includes(subject.org.id) ?? false
    case 'anywhere':
      return true
  }
}

/** Of several denials the one nearest to being let through is told. */
const nearness = ['role', 'tier', 'outOfReach', 'classAbove', 'aal', 'stepUp'] as const

const denied = (reason: Reason): Denial => ({ allow: false, reason })

type Compiled = Rule & { level: number }

/**
 * Compiles a law: per action and role its few rules. `decide` and `decideAct` are pure and walk those alone.
 */
export function compile(law: Law) {
  const open = new Map<string, Map<Role, Compiled[]> | 'public'>()
  for (const [action, rules] of Object.entries(law.policy)) {
    if (rules === 'public') {
      open.set(action, rules)
      continue
    }
    const byRole = new Map<Role, Compiled[]>()
    for (const rule of rules) {
      for (const role of rule.role)
        byRole.set(role, [...(byRole.get(role) ?? []), { ...rule, level: classNumber(rule.most ?? 'S4') }])
    }
    open.set(action, byRole)
  }
  const actors = new Map<Action, Relation[]>()
  for (const [relation, states] of Object.entries(law.workflow)) {
    for (const acts of Object.values(states)) {
      for (const act of Object.keys(acts) as Action[]) {
        const known = actors.get(act) ?? []
        if (!known.includes(relation as Relation)) actors.set(act, [...known, relation as Relation])
      }
    }
  }
  const everything: Verdict = { allow: true, parts: allParts }

  function fault(subject: Subject, rule: Compiled, at: Thing | null): (typeof nearness)[number] | null {
    if (rule.tier !== undefined && !rule.tier.includes(subject.org.tier)) return 'tier'
    if (at !== null && !reaches(subject, rule.reach, at)) return 'outOfReach'
    if (at?.class !== undefined && at.class > rule.level) return 'classAbove'
    if (subject.aal < (rule.aal ?? 2)) return 'aal'
    return rule.stepUp && !subject.stepUp ? 'stepUp' : null
  }

  function walk(subject: Subject, rules: readonly Compiled[], at: Thing | null): Verdict {
    let nearest: (typeof nearness)[number] = 'role'
    let partly: Verdict | null = null
    for (const rule of rules) {
      const found = fault(subject, rule, at)
      if (found === null) {
        if (rule.parts === undefined) return everything
        partly = { allow: true, parts: rule.parts }
      } else if (nearness.indexOf(found) > nearness.indexOf(nearest)) nearest = found
    }
    return partly ?? denied(nearest)
  }

  /**
   * May she do this, to this object? Without an object: is it open to her post at all, as the door of a route asks; without
   * her: is it open to everybody.
   * The door's reasons come first, so that they never depend on what the object is.
   */
  function decide(subject: Subject | null, action: string, at: Thing | null = null): Verdict {
    const rules = open.get(action)
    if (rules === 'public') return everything
    if (subject === null) return denied('signedOut')
    const own = rules?.get(subject.role)
    if (own === undefined) return denied('role')
    const door = walk(subject, own, null)
    return at === null || !door.allow ? door : walk(subject, own, at)
  }

  /** Whether she stands so to the record. */
  function stands(subject: Subject, relation: Relation, to: OnRecord): boolean {
    const rule = law.relations[relation]
    return (
      rule.role.includes(subject.role) &&
      reaches(subject, rule.reach, to) &&
      subject.aal >= (rule.aal ?? 2) &&
      (!rule.turn || to.turnOf === subject.org.id) &&
      !(rule.not?.includes('submitter') && to.submittedBy === subject.personId)
    )
  }

  /** May she do this act of the workflow to this record, in its state, now? */
  function decideAct(subject: Subject, act: Action, to: OnRecord): ActVerdict {
    const door = decide(subject, law.doors[act])
    if (!door.allow) return door
    const seen = decide(subject, 'record.read', to)
    if (!seen.allow) return seen
    if (!decide(subject, law.doors[act], to).allow)
      return denied(reaches(subject, 'inScope', to) ? 'notOwner' : 'viewOnly')
    const may = actors.get(act) ?? []
    for (const relation of may) {
      const transition = law.workflow[relation][to.state]?.[act]
      if (transition === undefined || !stands(subject, relation, to)) continue
      if (transition.where === 'accepting' && !to.accepting) return denied('acceptsAbove')
      if (transition.where === 'below' && to.accepting) return denied('acceptsHere')
      if (transition.period === 'open' && to.locked) return denied('lockedAbove')
      if (transition.period === 'locked' && !to.locked) return denied('notLocked')
      return to.waiting && relation === 'owner' && to.state === 'accepted'
        ? denied('waiting')
        : { allow: true, transition }
    }
    return denied(obstacle(subject, may, act, to))
  }

  function obstacle(subject: Subject, may: readonly Relation[], act: Action, to: OnRecord): Reason {
    const fits = may.some((relation) => law.workflow[relation][to.state]?.[act] !== undefined)
    if (may.includes('owner') && !stands(subject, 'owner', to)) return 'notOwner'
    if (!fits) return 'wrongState'
    if (to.turnOf !== subject.org.id) return 'notTurn'
    return to.id === subject.org.id ? 'submitter' : 'submitterOtherPost'
  }

  /** The rules by which she may do this to some object; `visible` turns them into SQL. */
  function rulesOf(subject: Subject, action: string): readonly Compiled[] {
    const rules = open.get(action)
    if (rules === undefined || rules === 'public') return []
    return (rules.get(subject.role) ?? []).filter((rule) => fault(subject, rule, null) === null)
  }

  return { decide, decideAct, stands, rulesOf }
}

const engine = compile({ policy, relations, doors, workflow })
export const { decideAct, stands, rulesOf } = engine

/** The decision at the door and in the handlers, by the policy in force. */
export const decide = engine.decide as (
  subject: Subject | null,
  action: PolicyAction,
  at?: Thing | null,
) => Verdict

/** Whether she may. `at` null asks only whether the action is open to the post at all. */
export const can = (subject: Subject, action: PolicyAction, at: Thing | null = null): boolean =>
  decide(subject, action, at).allow
