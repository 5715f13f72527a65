import type { Plan, PlanRevision } from './api.ts'

type Said = PlanRevision['before'][number]
type State = { title: string | null; goal: string | null; items: readonly Said[] }

/** One change of a plan: an item that came, went or reads otherwise, or its head; each field before and after. */
export type PlanChange = {
  id: string
  kind: 'added' | 'removed' | 'changed'
  task: string
  fields: {
    field: 'title' | 'goal' | 'section' | 'task' | 'owner' | 'dueOn' | 'evidence' | 'target'
    before: string
    after: string
  }[]
}

/** What a plan says now, in the shape in which its revisions keep what it said. */
const stateNow = ({ title, goal, items }: Plan): State => ({
  title,
  goal,
  items: items.map(({ id, section, task, owner, dueOn, evidence, target }) => ({
    id,
    section,
    task,
    owner: owner.shortName,
    dueOn,
    evidence,
    target,
  })),
})

const itemFields = ['section', 'task', 'owner', 'dueOn', 'evidence', 'target'] as const

/** What a revision changed: what it kept beside what the next one kept, or beside the plan as it stands. */
export function changesOf(
  plan: Plan,
  revision: PlanRevision,
  inWords: (target: Said['target']) => string,
): PlanChange[] {
  const next = plan.revisions.find(({ no }) => no === revision.no + 1)
  const after: State = next ? { title: next.title, goal: next.goal, items: next.before } : stateNow(plan)
  const told = (item: Said, field: (typeof itemFields)[number]): string | undefined =>
    field === 'target' ? inWords(item.target) : item[field]
  const differing = (old: Said, now: Said): PlanChange['fields'] =>
    itemFields.flatMap((field) => {
      const [before, since] = [told(old, field), told(now, field)]
      // What one of the two did not keep yet is not told as changed.
      return before === undefined || since === undefined || before === since
        ? []
        : [{ field, before, after: since }]
    })
  const head = (['title', 'goal'] as const).flatMap((field) => {
    const [before, since] = [revision[field], after[field]]
    return before === null || since === null || before === since ? [] : [{ field, before, after: since }]
  })
  const left = new Map(after.items.map((item) => [item.id, item]))
  const known = new Set(revision.before.map(({ id }) => id))
  return [
    ...(head.length > 0 ? [{ id: 'head', kind: 'changed' as const, task: '', fields: head }] : []),
    ...revision.before.flatMap((old): PlanChange[] => {
      const now = left.get(old.id)
      if (!now) return [{ id: old.id, kind: 'removed', task: old.task, fields: [] }]
      const fields = differing(old, now)
      return fields.length > 0 ? [{ id: old.id, kind: 'changed', task: now.task, fields }] : []
    }),
    ...after.items
      .filter(({ id }) => !known.has(id))
      .map(({ id, task }): PlanChange => ({ id, kind: 'added', task, fields: [] })),
  ]
}
