import type { Action, Relation } from '#record/workflow.ts'
import type { PolicyAction } from './policy.ts'
import type { RelationRule } from './rule.ts'

/** Owner: a cadre of the unit itself. Reviewer: a cadre of the unit whose turn it is, another person than the submitter. */
export const relations: Readonly<Record<Relation, RelationRule>> = {
  owner: { role: ['cadre'], reach: 'ownOrg' },
  reviewer: { role: ['cadre'], reach: 'inScope', turn: true, not: ['submitter'] },
}

/** The door through which an act of the workflow comes. */
export const doors: Readonly<Record<Action, PolicyAction>> = {
  edit: 'draft.own',
  correct: 'draft.own',
  withdraw: 'record.act',
  return: 'record.act',
  pass: 'record.act',
  accept: 'record.act',
  handOver: 'record.act',
  void: 'record.act',
  agree: 'record.review',
  agreeUp: 'record.review',
  refuse: 'record.review',
}
